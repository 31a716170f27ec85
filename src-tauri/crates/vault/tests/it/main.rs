//! The vault at its boundary: real files, real processes, the real keyring.

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
