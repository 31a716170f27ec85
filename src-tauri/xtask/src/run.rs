//! `cargo xtask run`: from a fresh machine to the window on the practice tenant.

use crate::process::{Outcome, command, step, target};
use crate::{packages, ui};

/// Sets up what is missing, builds, and opens the app.
#[expect(clippy::print_stdout, reason = "a command-line program")]
pub(crate) fn run(args: &[String]) -> Outcome {
    packages::ensure_for_window()?;
    ui::build()?;
    step("build Gatehouse", &mut command("cargo", &["build"]))?;
    let binary = target().join("debug/gatehouse");
    if !has_display() {
        println!(
            "\nThere is no display here, so no window can open. Without one, the same work goes like this:\n\n  \
             {} --practice setup totalview --input mailbox=… --yes\n\n\
             See `{} --help` and docs/headless.md.",
            binary.display(),
            binary.display()
        );
        return Ok(());
    }
    let mut app = command(&binary.to_string_lossy(), &["--practice"]);
    step("open Gatehouse on the practice tenant", app.args(args))
}

fn has_display() -> bool {
    !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
