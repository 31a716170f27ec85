//! A person at the browser: a headless Chromium that opens what the app asked for and signs in there.

use std::process::{Command, Stdio};
use std::time::Duration;

use thirtyfour::prelude::*;

use crate::surroundings::{Running, free_port};

/// The way back from the page that only an admin gets past. Other pages can be left by a button of the same name.
const ONLY_AN_ADMIN: &str = "body:has(#other-account) #cancel";

/// A browser with a fresh profile.
pub(crate) struct Person {
    browser: WebDriver,
    _driver: Running,
}

impl Person {
    /// Starts the browser.
    pub(crate) async fn at_the_browser() -> Self {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: `cargo xtask test` installs it");
        let driver = Running(driver);
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        let address = format!("http://127.0.0.1:{port}");
        let begun = std::time::Instant::now();
        let browser = loop {
            match WebDriver::new(&address, capabilities.clone()).await {
                Ok(browser) => break browser,
                Err(error) => assert!(begun.elapsed() < Duration::from_secs(40), "no browser: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        Self { browser, _driver: driver }
    }

    /// Opens an address.
    pub(crate) async fn opens(&self, address: &str) {
        self.browser.goto(address).await.unwrap();
    }

    /// Picks an account on the sign-in page; agrees to what is asked, if something is asked.
    pub(crate) async fn signs_in(&self, upn: &str) {
        self.browser
            .query(By::Css(account(upn)))
            .wait(Duration::from_secs(20), Duration::from_millis(100))
            .first()
            .await
            .unwrap()
            .click()
            .await
            .unwrap();
        self.agrees().await;
    }

    /// Agrees to the permissions, if they are asked for, and waits for the way back to the app.
    pub(crate) async fn agrees(&self) {
        self.presses_until_back(&["#accept"]).await;
    }

    /// Picks this account if one must be picked, agrees if something is asked, and comes back to the app.
    pub(crate) async fn comes_back(&self, upn: &str) {
        self.presses_until_back(&[&account(upn), "#accept"]).await;
    }

    /// Picks this account, may not agree to what is asked, and goes back to the app without it.
    pub(crate) async fn leaves_without_an_answer(&self, upn: &str) {
        self.presses_until_back(&[&account(upn), ONLY_AN_ADMIN]).await;
    }

    /// Takes back, on the page for it, what this person allowed an app.
    pub(crate) async fn takes_back(&self, page: &str, upn: &str, client_id: &str) {
        self.opens(page).await;
        self.presses_until(&[&account(upn), &format!("[id='revoke-{client_id}']")], async || {
            self.browser.find(By::Id("done")).await.is_ok()
        })
        .await;
    }

    async fn presses_until_back(&self, all: &[&str]) {
        self.presses_until(all, async || self.is_back().await).await;
    }

    /// Presses whatever of these is there, page after page, until it is done.
    async fn presses_until(&self, all: &[&str], is_done: impl AsyncFn() -> bool) {
        for _ in 0..200 {
            for one in all {
                if let Ok(found) = self.browser.find(By::Css(*one)).await {
                    let _ = found.click().await;
                }
            }
            if is_done().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the browser did not come so far: {}", self.reads().await);
    }

    /// What the page says.
    pub(crate) async fn reads(&self) -> String {
        match self.browser.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Leaves the browser.
    pub(crate) async fn leaves(self) {
        let Self { browser, _driver } = self;
        browser.quit().await.unwrap();
    }

    async fn is_back(&self) -> bool {
        let address = self.browser.current_url().await.unwrap();
        address.path() == "/" && !address.query_pairs().any(|(name, _)| name == "client_id")
    }
}

/// An account on the page where one is picked.
fn account(upn: &str) -> String {
    format!("[id='account-{upn}']")
}
