//! The crate as others use it, against the practice tenant.

mod findings;
mod inventory;
mod reminders;
