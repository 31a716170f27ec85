//! Plans about what an app signs in with: renewing, removing, and who owns it.

mod finish;
mod held;
mod new;
mod owner;
mod problem;
mod remove;
mod renew;
mod words;

pub use finish::UseOfOld;
pub use held::{CredentialSort, HeldCredential};
pub use new::{NewCredential, PlannedCertificate};
pub use problem::CredentialProblem;
pub use remove::CredentialOf;
pub use renew::RenewedFor;
#[cfg(test)]
pub(in crate::plan) use words::all;
