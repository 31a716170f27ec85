//! Changes of one registration that is there: who may sign in, where sign-ins return to, what it asks for.

mod audience;
mod manifest;
mod planner;
mod redirects;
mod words;

pub use manifest::FragmentUse;
pub(crate) use planner::is_delegated;
pub(in crate::plan) use planner::nothing;
pub use redirects::{RedirectChange, RedirectProblem};
#[cfg(test)]
pub(super) use words::all;
