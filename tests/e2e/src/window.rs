//! The app's window, driven as a person would: by what is written on it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::surroundings::{Running, Surroundings, binary, free_port};

/// How long something may take to appear.
const PATIENCE: Duration = Duration::from_secs(40);

/// A window of the built app.
pub(crate) struct Window {
    pub(crate) page: WebDriver,
    _driver: Running,
}

impl Window {
    /// Starts the built app under tauri-driver.
    pub(crate) async fn open(surroundings: &Surroundings, arguments: &[&str]) -> Self {
        let (port, native) = (free_port(), free_port());
        let driver = Command::new("tauri-driver")
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .envs(surroundings.environment())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("tauri-driver is missing: `cargo xtask test` installs it");
        let driver = Running(driver);
        let mut capabilities = Capabilities::new();
        capabilities.insert(
            "tauri:options".to_owned(),
            json!({ "application": binary("gatehouse"), "args": arguments }),
        );
        let address = format!("http://127.0.0.1:{port}");
        let begun = std::time::Instant::now();
        let page = loop {
            match WebDriver::new(&address, capabilities.clone()).await {
                Ok(page) => break page,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "the window did not open: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        Self { page, _driver: driver }
    }

    /// Presses the button or link with these words.
    pub(crate) async fn press(&self, words: &str) {
        let path = format!(
            "//*[self::button or self::a or @role='button' or @role='menuitem' or @role='tab'][not(@disabled)]\
             [normalize-space(.)={words} or @aria-label={words}]",
            words = quoted(words)
        );
        let element = self.find(&path, words).await;
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    /// Types into the field with this label.
    pub(crate) async fn fill(&self, label: &str, text: &str) {
        let path = format!(
            "//input[@id=//label[contains(normalize-space(.),{label})]/@for or @aria-label={label}] | \
             //textarea[@id=//label[contains(normalize-space(.),{label})]/@for or @aria-label={label}]",
            label = quoted(label)
        );
        let field = self.find(&path, label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Ticks the box or chooses the option with this label.
    pub(crate) async fn tick(&self, label: &str) {
        let path = format!(
            "//input[@type='checkbox' or @type='radio'][@id=//label[contains(normalize-space(.),{label})]/@for or \
             contains(@aria-label,{label})]",
            label = quoted(label)
        );
        self.find(&path, label).await.click().await.unwrap();
    }

    /// Waits until these words can be read.
    pub(crate) async fn sees(&self, words: &str) {
        let path = format!("//body[contains(normalize-space(.),{})]", quoted(words));
        self.find(&path, words).await;
    }

    /// Whether these words can be read now.
    pub(crate) async fn shows(&self, words: &str) -> bool {
        self.text().await.contains(words)
    }

    /// Everything that can be read.
    pub(crate) async fn text(&self) -> String {
        self.page.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    /// Runs a script in the page and gives its result.
    pub(crate) async fn script(&self, script: &str) -> serde_json::Value {
        self.page.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// A picture of the window.
    pub(crate) async fn picture(&self, folder: &Path, name: &str) {
        std::fs::create_dir_all(folder).unwrap();
        self.page.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
    }

    /// Closes the window as a person does, and waits until the app has ended.
    pub(crate) async fn close(self) {
        let Self { page, _driver } = self;
        page.quit().await.unwrap();
    }

    async fn find(&self, path: &str, what: &str) -> WebElement {
        let found = self
            .page
            .query(By::XPath(path))
            .wait(PATIENCE, Duration::from_millis(100))
            .and_displayed()
            .first()
            .await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("“{what}” is not there. What is there:\n{}", self.text().await),
        }
    }
}

/// A text inside an XPath expression, whatever quotes it has.
fn quoted(text: &str) -> String {
    if text.contains('\'') {
        let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
        format!("concat({})", parts.join(",\"'\","))
    } else {
        format!("'{text}'")
    }
}
