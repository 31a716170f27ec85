//! Every built-in connector, for every choice of features and every answer to a question with choices, as recorded.

use std::fmt::Write as _;

use blueprint::{Choices, Connector, HandOverValue, InputKind, Setup, builtin};

use crate::wants::answer;

/// Every choice of features that can be made, of those that are not unavailable.
fn features(connector: &Connector) -> Vec<Vec<&str>> {
    let possible = connector.features.iter().filter(|one| one.unavailable.is_none());
    let ids: Vec<&str> = possible.map(|one| one.id.as_str()).collect();
    (1..1_u32 << ids.len())
        .map(|bits| {
            ids.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, id)| *id).collect()
        })
        .collect()
}

/// Every way to answer the questions with choices.
fn answers(connector: &Connector) -> Vec<Vec<(&str, &str)>> {
    let mut all: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
    for input in connector.inputs.iter().filter(|input| input.kind == InputKind::Choice) {
        all = all
            .iter()
            .flat_map(|so_far| {
                input.choices.iter().map(|choice| {
                    let mut more = so_far.clone();
                    more.push((input.id.as_str(), choice.value.as_str()));
                    more
                })
            })
            .collect();
    }
    all
}

/// Everything answered, the questions with choices like this.
fn set_up(connector: &Connector, features: &[&str], chosen: &[(&str, &str)]) -> Setup {
    let mut choices = Choices {
        features: features.iter().map(|&id| id.to_owned()).collect(),
        inputs: connector.inputs.iter().map(|input| (input.id.clone(), answer(input))).collect(),
        ..Choices::default()
    };
    choices.inputs.extend(chosen.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())));
    connector.setup(&choices).unwrap_or_else(|issues| panic!("{}: {issues:?}", connector.id))
}

#[test]
fn every_set_up_is_as_recorded() {
    for connector in builtin::all().unwrap() {
        for features in features(connector) {
            for chosen in answers(connector) {
                let mut parts = vec!["setup".to_owned(), connector.id.clone(), features.join("_")];
                parts.extend(chosen.iter().map(|(_, value)| (*value).to_owned()));
                insta::assert_json_snapshot!(parts.join("_"), set_up(connector, &features, &chosen));
            }
        }
    }
    insta::assert_json_snapshot!("setup_gatehouse", blueprint::own_registration());
}

#[test]
fn what_people_read_is_as_recorded() {
    for connector in builtin::all().unwrap() {
        let mut text = questions(connector);
        let every: Vec<&str> = connector
            .features
            .iter()
            .filter(|one| one.unavailable.is_none())
            .map(|one| one.id.as_str())
            .collect();
        for chosen in answers(connector) {
            let words: Vec<String> = chosen.iter().map(|(id, value)| format!("{id} = {value}")).collect();
            writeln!(
                text,
                "\n=== {}",
                if words.is_empty() { "as it is".to_owned() } else { words.join(", ") }
            )
            .unwrap();
            text.push_str(&result(&set_up(connector, &every, &chosen)));
        }
        insta::assert_snapshot!(format!("read_{}", connector.id), text);
    }
}

/// The gallery and the questions.
fn questions(connector: &Connector) -> String {
    let mut text = format!("{}\n{}\n{}\n", connector.name, connector.summary, connector.purpose);
    connector.legacy.iter().for_each(|line| writeln!(text, "! {line}").unwrap());
    for feature in &connector.features {
        writeln!(text, "[ ] {}: {}", feature.name, feature.unavailable.as_ref().unwrap_or(&feature.summary))
            .unwrap();
    }
    for input in &connector.inputs {
        writeln!(text, "? {}{}", input.label, if input.required { "" } else { " (may stay open)" }).unwrap();
        writeln!(text, "    {}", input.help).unwrap();
        for choice in &input.choices {
            writeln!(text, "    ( ) {}: {}", choice.label, choice.note.as_deref().unwrap_or("-")).unwrap();
        }
    }
    text
}

/// What is made, tried, handed over and left to the person.
fn result(setup: &Setup) -> String {
    let mut text = String::new();
    for account in &setup.accounts {
        writeln!(text, "account {} ({})\n    {}", account.title, account.address, account.why).unwrap();
    }
    for setting in &setup.settings {
        writeln!(text, "setting {}\n    {}", setting.kind.sentence(), setting.why).unwrap();
    }
    for registration in &setup.registrations {
        writeln!(
            text,
            "app {} ({}): {}",
            registration.title,
            registration.display_name,
            registration.sign_in_audience.sentence()
        )
        .unwrap();
        for uri in &registration.redirect_uris {
            writeln!(text, "  back to {}", uri.uri).unwrap();
        }
        for (mark, needs) in [("+", &registration.permissions), ("-", &registration.left_out)] {
            for need in needs {
                let retired = need.explain().and_then(|known| known.retired);
                let why = retired.map_or(String::new(), |retired| format!(" | {}", retired.why));
                writeln!(
                    text,
                    "  {mark} {} {} ({}): {}{why}",
                    need.resource.name, need.value, need.kind, need.why
                )
                .unwrap();
            }
        }
    }
    for proof in &setup.proofs {
        writeln!(text, "try ({}) {}", proof.access, proof.sentence()).unwrap();
    }
    for page in &setup.hand_over.pages {
        writeln!(text, "form {} [{}]", page.title, page.place.join(" > ")).unwrap();
        page.note.iter().for_each(|note| writeln!(text, "  {note}").unwrap());
        for entry in &page.entries {
            let value = match &entry.value {
                HandOverValue::Known { text } => text.clone(),
                HandOverValue::OfRegistration { source, .. }
                | HandOverValue::OfTenant { source }
                | HandOverValue::OfAccount { source, .. } => format!("<{source:?}>"),
            };
            writeln!(text, "  {}: {value}", entry.label).unwrap();
            entry.note.iter().for_each(|note| writeln!(text, "      {note}").unwrap());
        }
    }
    for task in &setup.follow_ups {
        writeln!(text, "then ({:?}) {} [{}]", task.moment, task.text, task.tick).unwrap();
    }
    text
}
