//! For tests: a session bus of a test's own, so that what stands on this computer's desktop plays no part.

use std::process::Command;

/// Says which test runs on its bus.
const HERE: &str = "GATEHOUSE_TEST_ON_ITS_BUS";

/// A bus that starts no service of this computer by itself: where there is a display, one that shows notifications would come.
const ALONE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/src/desktop/own_bus.conf");

/// What a test is started with.
#[derive(Clone, Copy)]
pub(crate) enum Bus {
    /// A session bus on which nobody else is.
    Fresh,
    /// No session bus at all.
    None,
}

/// Runs `body` in a process of its own with this bus. `module` is the test's `module_path!()`, `name` its function.
pub(crate) fn on(bus: Bus, module: &str, name: &str, desktop: &str, body: impl FnOnce()) {
    let module = module.split_once("::").map_or("", |(_, rest)| rest);
    let test = format!("{module}::{name}");
    if std::env::var(HERE).is_ok_and(|here| here == test) {
        return body();
    }
    let program = std::env::current_exe().unwrap();
    let mut command = match bus {
        Bus::Fresh => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--config-file", ALONE, "--"]).arg(&program);
            command.env_remove("DBUS_SESSION_BUS_ADDRESS");
            command
        }
        Bus::None => {
            let mut command = Command::new(&program);
            command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
            command
        }
    };
    let status = command
        .args([test.as_str(), "--exact", "--nocapture"])
        .env(HERE, &test)
        .env("XDG_CURRENT_DESKTOP", desktop)
        .status()
        .expect("dbus-run-session is missing: `cargo xtask test` installs it");
    assert!(status.success(), "{test} failed on its bus: {status}");
}
