//! `cargo xtask test`: every test there is, each at the level at which a user meets what it tests.

use crate::process::{Outcome, command, step, target};
use crate::{packages, ui};

/// Sets up what the tests need, and runs all of them.
pub(crate) fn run() -> Outcome {
    packages::ensure_for_tests()?;
    ui::build()?;
    step("tests of the page", &mut ui::npm(&["run", "--silent", "test"]))?;
    step(
        "build the app as it ships, and the practice tenant",
        &mut command("cargo", &["build", "-p", "gatehouse", "-p", "practice"]),
    )?;
    step(
        "tests of the crates, the commands and the command line",
        &mut command("cargo", &["nextest", "run", "--workspace", "--exclude", "e2e", "--no-fail-fast"]),
    )?;
    step("build the page with the imitation of the application", &mut ui::npm(&["run", "--silent", "tour"]))?;
    step(
        "every screen of the page in a browser: accessibility, content policy, looks",
        ui::npm(&["run", "--silent", "screens", "--", &target().join("screens").to_string_lossy()])
            .env("PICTURES", "failed"),
    )?;
    step("the page by keyboard alone", &mut ui::npm(&["run", "--silent", "keyboard"]))?;
    step(
        "other people's clients against the practice tenant",
        &mut command("python3", &["src-tauri/crates/practice/tests/clients/run.py"]),
    )?;
    step(
        "journeys through the built app: a real window, a real browser, a real keyring",
        &mut command(
            "dbus-run-session",
            &[
                "--",
                "xvfb-run",
                "-a",
                "-s",
                "-screen 0 1280x900x24",
                "cargo",
                "test",
                "-p",
                "e2e",
                "--",
                "--test-threads=1",
            ],
        ),
    )
}
