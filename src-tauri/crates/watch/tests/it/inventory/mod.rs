//! The inventory against the practice tenant and real files.
// The lint knows test functions, not the stages and made-up apps that stand around them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod bad_days;
mod export;
mod file;
mod large;
mod made;
mod one_app;
mod scan;
mod search;
pub(crate) mod stage;
mod timeline;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use watch::inventory::{Notes, View};

/// Looked at from Stockholm.
fn view(now: Timestamp) -> View {
    View {
        now,
        zone: TimeZone::get("Europe/Stockholm").unwrap(),
        ours: HashSet::new(),
        notes: Notes::default(),
    }
}
