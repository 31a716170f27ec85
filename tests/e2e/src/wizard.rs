//! Going through a wizard as a person does: question by question, by what is written over each.

use std::time::{Duration, Instant};

use thirtyfour::components::SelectElement;
use thirtyfour::{By, Key};

use crate::window::Window;

/// How long one question may take to be answered.
const PATIENCE: Duration = Duration::from_secs(40);

/// What a person does with a question; everything that is not named is left as it is offered.
pub(crate) enum Answer {
    /// Types this.
    Type(&'static str),
    /// Chooses the option that begins with these words.
    Choose(&'static str),
    /// Picks this from a list that drops down.
    Pick(&'static str),
    /// Chooses the option that begins with the first words, and types the second into the field that opens.
    ChooseAndType(&'static str, &'static str),
}

/// From the connectors through the wizard of one of them to the screen of its plan.
pub(crate) async fn plan(window: &Window, connector: &str, answers: &[(&str, Answer)]) {
    window.press("Connectors").await;
    window.sees("Choose the product that you want to connect.").await;
    window.choose(connector).await;
    window.sees("What it can do").await;
    window.press(&format!("Set up {connector}")).await;
    let mut question = next_question(window, "").await;
    loop {
        if let Some((_, answer)) = answers.iter().find(|(title, _)| *title == question) {
            give(window, answer).await;
        }
        match go_on(window, &question).await {
            Some(next) => question = next,
            None => return,
        }
    }
}

/// Presses the way on until there is another question, or the plan. An answer that is filled in by itself, as the own
/// mailbox is, may come a moment late.
async fn go_on(window: &Window, question: &str) -> Option<String> {
    let begun = Instant::now();
    loop {
        let last = window.has_button("See the plan").await;
        window.press(if last { "See the plan" } else { "Next" }).await;
        let pressed = Instant::now();
        while pressed.elapsed() < Duration::from_secs(2) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let now = title(window).await;
            if last && now.is_empty() {
                return None;
            }
            if !now.is_empty() && now != question {
                return Some(now);
            }
        }
        assert!(
            begun.elapsed() < PATIENCE,
            "“{question}” cannot be left. What is there:\n{}",
            window.text().await
        );
    }
}

async fn give(window: &Window, answer: &Answer) {
    match answer {
        Answer::Type(text) => write(window, text).await,
        Answer::Choose(words) => window.tick(words).await,
        Answer::Pick(words) => pick(window, words).await,
        Answer::ChooseAndType(words, text) => {
            window.tick(words).await;
            write(window, text).await;
        }
    }
}

async fn pick(window: &Window, words: &str) {
    let list = window.page.find(By::Css("main select")).await.unwrap();
    SelectElement::new(&list).await.unwrap().select_by_exact_text(words).await.unwrap();
}

async fn write(window: &Window, text: &str) {
    const FIND: &str = "const all = [...document.querySelectorAll('main input, main textarea')];
        const typed = (one) => !['radio', 'checkbox'].includes(one.type) && one.getClientRects().length > 0;
        return all.find(typed) ?? null;";
    let begun = Instant::now();
    let field = loop {
        let found = window.page.execute(FIND, Vec::new()).await.unwrap();
        if let Ok(field) = found.element() {
            break field;
        }
        assert!(begun.elapsed() < PATIENCE, "there is nothing to type into:\n{}", window.text().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    field.send_keys(Key::Control + "a").await.unwrap();
    field.send_keys(text).await.unwrap();
    // A list that opened while one typed would lie over the way on.
    field.send_keys(Key::Tab + "").await.unwrap();
}

async fn next_question(window: &Window, before: &str) -> String {
    let begun = Instant::now();
    loop {
        let now = title(window).await;
        if !now.is_empty() && now != before {
            return now;
        }
        assert!(begun.elapsed() < PATIENCE, "no question came. What is there:\n{}", window.text().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// What is written over the present question; empty where there is none.
async fn title(window: &Window) -> String {
    let found = window.script("return document.querySelector('main h2[tabindex]')?.innerText.trim() ?? '';");
    found.await.as_str().unwrap_or_default().to_owned()
}
