//! Building and checking the page.

use std::path::Path;
use std::process::Command;

use crate::process::{Failure, Outcome, command, on_path, root, step};

/// Installs the page's packages when the lock file is newer than what is installed.
pub(crate) fn install() -> Outcome {
    if !on_path("npm") {
        return Err(Failure(
            "Node.js 20 or newer is missing. Install it (nodejs.org), then run this again.".into(),
        ));
    }
    let modified = |path: &Path| path.metadata().and_then(|meta| meta.modified()).ok();
    let installed = modified(&root().join("ui/node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&root().join("ui/package-lock.json")) {
        return Ok(());
    }
    step("install the page's packages", &mut npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

/// Builds the page into `ui/dist`.
pub(crate) fn build() -> Outcome {
    install()?;
    step("build the page", &mut npm(&["run", "--silent", "build"]))
}

/// npm in the page's folder.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = command("npm", args);
    command.current_dir(root().join("ui"));
    command
}
