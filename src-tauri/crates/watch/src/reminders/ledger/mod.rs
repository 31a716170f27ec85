//! The ledger: which reminder reached whom by which way, and what the person said about it.
//!
//! SQLite with a write-ahead log and `synchronous=FULL`, in a file of its own, so that reminders work though every other
//! file is damaged and the keyring is locked. Nothing secret is in it.

mod calendar;
mod claim;
mod error;
mod file;
mod marks;
mod rows;
mod schema;
mod turn;

pub use calendar::KnownEvent;
pub use claim::GIVEN_UP_AFTER_DAYS;
pub use error::LedgerError;
pub use file::{Ledger, LedgerAccess};
pub use marks::{ChannelRecord, ReminderState};
pub use turn::Turn;
