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
            // WebDriver takes no picture of a page that WebKit draws by itself (src-tauri/src/graphics.rs).
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("tauri-driver is missing: `cargo xtask test` installs it");
        let driver = Running(driver);
        let mut capabilities = Capabilities::new();
        capabilities
            .set("tauri:options", json!({ "application": binary("gatehouse"), "args": arguments }))
            .unwrap();
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

    /// Presses the first button or link with these words; within the dialog, where one is open.
    pub(crate) async fn press(&self, words: &str) {
        const FIND: &str = "const words = arguments[0];
            const room = document.querySelector('[role=dialog], [role=alertdialog]') ?? document;
            const all = room.querySelectorAll('button, a, summary, [role=button], [role=tab], [role=menuitem]');
            const named = (one) => one.innerText.trim() === words || one.getAttribute('aria-label') === words;
            const usable = (one) => !one.disabled && one.getClientRects().length > 0;
            const found = [...all].find((one) => named(one) && usable(one)) ?? null;
            found?.scrollIntoView({ block: 'center' });
            return found;";
        self.press_found(FIND, words).await;
    }

    /// Whether there is a button with these words.
    pub(crate) async fn has_button(&self, words: &str) -> bool {
        const FIND: &str = "const all = [...document.querySelectorAll('button')];
            return all.some((one) => one.innerText.trim() === arguments[0]);";
        let found = self.page.execute(FIND, vec![json!(words)]).await.unwrap();
        found.json().as_bool().unwrap_or_default()
    }

    /// Presses exactly these words, wherever they stand: the heading of a card is part of a larger link.
    pub(crate) async fn choose(&self, words: &str) {
        const FIND: &str = "const all = [...document.querySelectorAll('main *')];
            const found = all.filter((one) => one.children.length === 0 && one.textContent.trim() === arguments[0]);
            return found.find((one) => one.getClientRects().length > 0) ?? null;";
        self.press_found(FIND, words).await;
    }

    /// Presses the box or the choice whose label begins so.
    pub(crate) async fn tick(&self, words: &str) {
        const FIND: &str = "const labels = [...document.querySelectorAll('main label')];
            return labels.find((one) => one.innerText.trim().startsWith(arguments[0])) ?? null;";
        self.press_found(FIND, words).await;
    }

    /// Gives a file of this text to the button that opens one.
    pub(crate) async fn opens_a_file(&self, text: &str) {
        const GIVE: &str = "const input = document.querySelector('main input[type=file]');
            if (input === null) return false;
            const files = new DataTransfer();
            files.items.add(new File([arguments[0]], 'file.json', { type: 'application/json' }));
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        let begun = std::time::Instant::now();
        loop {
            let given = self.page.execute(GIVE, vec![json!(text)]).await.unwrap();
            if given.json().as_bool() == Some(true) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "no file can be opened here:\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Presses what a script of the page finds by these words.
    pub(crate) async fn press_found(&self, find: &str, words: &str) {
        let begun = std::time::Instant::now();
        loop {
            let found = self.page.execute(find, vec![json!(words)]).await.unwrap();
            if let Ok(element) = found.element()
                && lies_still(&element).await
                && element.click().await.is_ok()
            {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "“{words}” cannot be pressed. What is there:\n{}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until these words can be read.
    pub(crate) async fn sees(&self, words: &str) {
        self.sees_within(words, PATIENCE).await;
    }

    /// Waits until one of these can be read; which one.
    pub(crate) async fn sees_one_of(&self, all: &[&str]) -> usize {
        let begun = std::time::Instant::now();
        loop {
            let text = self.text().await;
            if let Some(found) = all.iter().position(|words| text.contains(words)) {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "none of {all:?} came. What is there:\n{text}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// The address that the app asks the browser to open, the first after `before` others.
    pub(crate) async fn opens_the_browser(&self, surroundings: &Surroundings, before: usize) -> String {
        let begun = std::time::Instant::now();
        loop {
            if let Some(address) = surroundings.opened(before) {
                return address;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no browser was opened. What is there:\n{}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The same with more patience, for what waits on purpose.
    pub(crate) async fn sees_within(&self, words: &str, patience: Duration) {
        let begun = std::time::Instant::now();
        while !self.text().await.contains(words) {
            assert!(
                begun.elapsed() < patience,
                "“{words}” did not come. What is there:\n{}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Everything that can be read.
    pub(crate) async fn text(&self) -> String {
        self.page.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    /// Runs a script in the page and gives its result.
    pub(crate) async fn script(&self, script: &str) -> serde_json::Value {
        self.page.execute(script, Vec::new()).await.unwrap().json().clone()
    }

    /// From now on, notes what the content policy blocks.
    pub(crate) async fn watch_the_content_policy(&self) {
        self.script(
            "window.blocked = []; document.addEventListener('securitypolicyviolation', \
             (event) => window.blocked.push(event.violatedDirective + ' ' + event.blockedURI));",
        )
        .await;
    }

    /// What the content policy blocked since.
    pub(crate) async fn content_policy_violations(&self) -> Vec<String> {
        serde_json::from_value(self.script("return window.blocked;").await).unwrap()
    }

    /// Whether Fluent's styles are there: without them a primary button is grey.
    pub(crate) async fn is_styled(&self) -> bool {
        let sheets = self
            .script("return [...document.styleSheets].reduce((sum, one) => sum + one.cssRules.length, 0);");
        sheets.await.as_u64().is_some_and(|rules| rules > 200)
    }

    /// Fails when axe-core finds anything on the present screen.
    pub(crate) async fn is_accessible(&self, screen: &str) {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(axe).expect("axe-core is missing: `cargo xtask test` installs it");
        self.script(&format!("{axe}; return typeof axe;")).await;
        let found = self
            .page
            .execute_async(
                "const done = arguments[arguments.length - 1]; axe.run(document).then((result) => \
                 done(result.violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' | '))));",
                Vec::new(),
            )
            .await
            .unwrap();
        let violations: Vec<String> = serde_json::from_value(found.json().clone()).unwrap();
        assert!(violations.is_empty(), "on {screen}: {violations:#?}");
    }

    /// Ends the app as a power cut would.
    pub(crate) fn kill(self, surroundings: &Surroundings) {
        let home = format!("GATEHOUSE_HOME={}", surroundings.home().display());
        let mut killed = 0;
        for process in std::fs::read_dir("/proc").unwrap().flatten() {
            let of = |name: &str| std::fs::read(process.path().join(name)).unwrap_or_default();
            let ours = of("environ").split(|byte| *byte == 0).any(|entry| entry == home.as_bytes());
            let the_app = of("cmdline")
                .split(|byte| *byte == 0)
                .next()
                .is_some_and(|name| name.ends_with(b"/gatehouse"));
            if ours && the_app {
                let pid = process.file_name().to_string_lossy().into_owned();
                assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
                killed += 1;
            }
        }
        assert_eq!(killed, 1, "the app's process");
        drop(self._driver);
    }

    /// A picture of the window, once what fades in has come.
    pub(crate) async fn picture(&self, folder: &Path, name: &str) {
        const MOVES: &str = "return document.getAnimations().some((one) => one.playState === 'running'
            && one.effect.getComputedTiming().endTime !== Infinity);";
        let begun = std::time::Instant::now();
        while self.script(MOVES).await.as_bool() == Some(true) && begun.elapsed() < Duration::from_secs(5) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        std::fs::create_dir_all(folder).unwrap();
        self.page.screenshot(&folder.join(format!("{name}.png"))).await.unwrap();
    }

    /// Closes the window as a person does, and waits until the app has ended.
    pub(crate) async fn close(self) {
        let Self { page, _driver } = self;
        page.quit().await.unwrap();
    }
}

/// Whether something has come to rest: a dialog grows while it opens, and a click goes to where its button was.
async fn lies_still(element: &WebElement) -> bool {
    let before = place(element).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    before.is_some() && before == place(element).await
}

async fn place(element: &WebElement) -> Option<[f64; 4]> {
    let rect = element.rect().await.ok()?;
    Some([rect.x, rect.y, rect.width, rect.height])
}
