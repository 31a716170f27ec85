//! The journal: what a run meant to do and what came of it, written down before and after every change.
//!
//! SQLite with a write-ahead log and `synchronous=FULL`: what [`Journal::append`] returned from is on the disk. Entries
//! are only ever added; triggers refuse anything else. Nothing secret is in it.

mod entry;
mod error;
mod file;
mod lease;
mod runs;
mod schema;

pub use entry::{Entry, ExchangeDeed, Note, Phase, StepKey};
pub use error::JournalError;
pub use file::{Journal, JournalAccess};
pub use lease::{Lease, LeaseHolder};
pub(crate) use runs::{FORMAT, Line};
pub use runs::{JournalAccount, RunEnd, RunRecord};
