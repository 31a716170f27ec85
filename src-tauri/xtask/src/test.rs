//! `cargo xtask test`: every test there is, each at the level at which a user meets what it tests.

use std::process::Command;

use crate::process::{Failure, Outcome, command, step, step_beside, target};
use crate::{packages, ui};

/// Sets up what the tests need, and runs all of them.
pub(crate) fn run() -> Outcome {
    packages::ensure_for_tests()?;
    ui::build()?;
    step("tests of the page", &mut ui::npm(&["run", "--silent", "test"]))?;
    // Builds the programs too.
    step("tests of the crates, the commands and the command line", of_crates().arg("--no-fail-fast"))?;
    step("build the page with the imitation of the application", &mut ui::npm(&["run", "--silent", "tour"]))?;
    step("build the journeys", &mut command("cargo", &["nextest", "run", "-p", "e2e", "--no-run"]))?;
    // Journeys wait for windows most of the time; the tour computes.
    std::thread::scope(|scope| {
        let page = scope.spawn(page_in_a_browser);
        let built = built_app();
        page.join().unwrap_or_else(|_| Err(Failure("The tour of the page broke off.".into()))).and(built)
    })
}

/// Runs tests of everything but the journeys. Those are built apart: their WebDriver library keeps the order of JSON's keys,
/// and would bring that to everything that is built with it. Always this selection, or Cargo builds all of it anew.
pub(crate) fn of_crates() -> Command {
    command("cargo", &["nextest", "run", "--workspace", "--exclude", "e2e"])
}

/// The page alone, with the imitation of the application.
fn page_in_a_browser() -> Outcome {
    let screens = target().join("screens");
    step_beside(
        "every screen of the page in a browser: accessibility, content policy, looks",
        ui::npm(&["run", "--silent", "screens", "--", &screens.to_string_lossy()]).env("PICTURES", "failed"),
    )?;
    step_beside("the page by keyboard alone", &mut ui::npm(&["run", "--silent", "keyboard"]))
}

/// What is built, against programs that are not ours.
fn built_app() -> Outcome {
    let display = ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24"];
    let journeys = ["cargo", "nextest", "run", "-p", "e2e", "--no-fail-fast"];
    let journeys = [&["--"], display.as_slice(), journeys.as_slice()].concat();
    step_beside(
        "journeys through the built app: a real window, a real browser, a real keyring",
        &mut command("dbus-run-session", &journeys),
    )?;
    step_beside(
        "other people's clients against the practice tenant",
        &mut command("python3", &["src-tauri/crates/practice/tests/clients/run.py"]),
    )
}
