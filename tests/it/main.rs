//! The shell's own tests, in one binary: the commands that the window may call, over `tauri::test`, and the command line,
//! as the real program, against a practice tenant on this computer and a person who plays the browser.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    clippy::wrong_self_convention,
    reason = "a test that cannot go on has failed"
)]

mod cli;
#[cfg(target_os = "linux")]
mod memory;
mod shell;
