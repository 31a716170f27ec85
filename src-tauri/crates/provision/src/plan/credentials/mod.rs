//! Plans about what an app signs in with: renewing, removing, and who owns it.

mod finish;
mod held;
mod new;
mod owner;
mod problem;
mod remove;
mod renew;
mod trust;
mod trust_words;
mod words;

pub use finish::UseOfOld;
pub use held::{CredentialSort, HeldCredential};
pub use new::{NewCredential, PlannedCertificate};
pub use problem::{CredentialProblem, TrustField};
pub use remove::CredentialOf;
pub use renew::RenewedFor;
pub use trust::Trust;
#[cfg(test)]
pub(in crate::plan) use words::all;
