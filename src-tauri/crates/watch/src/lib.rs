//! Every app of an organisation, what ends when, what needs attention, and who is reminded.
//!
//! `model` is what is known of an app; `inventory/` reads it from Microsoft and keeps it on this machine; `findings/` judges it;
//! `reminders/` says when to remind and carries reminders to people. Time is passed in. Nothing here is secret.

pub mod findings;
pub mod inventory;
mod model;
pub mod reminders;

pub use model::*;
