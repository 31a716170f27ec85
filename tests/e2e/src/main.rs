//! Journeys through the built app: a real window, a real browser, a real keyring, and the practice tenant.
//!
//! Run by `cargo xtask test`, which installs and builds what they need and starts a session bus and a display. One after
//! the other: they share the display and the keyring.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a test that cannot go on has failed"
)]

mod journeys;
mod notifications;
mod person;
mod session_bus;
mod surroundings;
mod tenant_file;
mod window;
mod wizard;
