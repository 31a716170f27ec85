//! A notification daemon as desktops have one, on the journeys' screen.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::surroundings::Running;

/// How long a notification may take to be seen.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running daemon.
pub(crate) struct Notifications {
    _daemon: Running,
}

impl Notifications {
    /// Starts one, and waits until it answers.
    pub(crate) fn on_the_screen() -> Self {
        let daemon = Command::new("dunst")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dunst is missing: `cargo xtask test` installs it");
        let daemon = Running(daemon);
        let begun = Instant::now();
        while said(&["is-paused"]).is_none() {
            assert!(begun.elapsed() < PATIENCE, "the notification daemon does not answer");
            std::thread::sleep(Duration::from_millis(100));
        }
        Self { _daemon: daemon }
    }

    /// Waits until some notification is shown.
    pub(crate) fn shows_one(&self) {
        let begun = Instant::now();
        while said(&["count", "displayed"]).is_none_or(|count| count.trim() == "0") {
            assert!(begun.elapsed() < PATIENCE, "no notification is shown");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Takes all notifications away; what they said.
    pub(crate) fn read_and_close(&self) -> String {
        said(&["close-all"]);
        said(&["history"]).unwrap_or_default()
    }
}

/// A picture of the whole screen, with what lies over the window.
pub(crate) fn picture_of_the_screen(folder: &Path, name: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let file = folder.join(format!("{name}.png"));
    let taken = Command::new("scrot").arg("--overwrite").arg(&file).status();
    assert!(taken.is_ok_and(|status| status.success()), "no picture of the screen was taken");
}

fn said(words: &[&str]) -> Option<String> {
    let output = Command::new("dunstctl").args(words).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
