//! Accounts that products sign in with: chosen where they exist, made where they do not.

mod judge;
mod planned;
mod planner;
mod problem;
mod words;

pub(crate) use planned::{MailboxWait, mark_of};
pub use planned::{PlannedAccount, PlannedLicence};
pub(super) use planner::{AccountsSeen, look};
pub use problem::AccountProblem;
#[cfg(test)]
pub(super) use words::all;
