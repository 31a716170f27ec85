//! The real Secret Service, gnome-keyring, in each of the six situations that people's machines are in.
//!
//! Each test starts itself again inside a session bus of its own, with a home that is thrown away.

mod absent;
mod broken;
mod locked;
mod prompter;
mod session;
mod unlocked;
