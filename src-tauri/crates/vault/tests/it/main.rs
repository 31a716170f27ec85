//! The vault at its boundary: real files, real processes, the real keyring.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper of a test that cannot go on must fail it; a child tells its parent what it did"
)]
#![allow(clippy::await_holding_invalid_type, reason = "the secrets of tests are not secret")]

#[cfg(unix)]
mod broken_disk;
mod choosing;
mod damage;
mod files;
mod key_loss;
#[cfg(target_os = "linux")]
mod keyring;
mod life;
mod processes;
mod redaction;
mod support;
mod writable;
