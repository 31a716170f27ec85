//! The crate as others use it, against the practice tenant.
// The lint knows test functions, not the desks and stages that stand around them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod findings;
mod fresh_files;
mod inventory;
mod reminders;
