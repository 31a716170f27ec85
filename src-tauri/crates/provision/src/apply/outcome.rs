//! What came of a run.

use super::{MadeRegistration, ProofResult, Stop};
use crate::{Problem, RunId};

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finish {
    /// Everything is done, read back and proved, as far as there was something to prove.
    Done,
    /// Everything is done; not every proof succeeded.
    NotProved,
    /// This person's part is done; the rest is for somebody else.
    WaitingForOther,
    /// It stopped. What was done is written down, and it can go on.
    Stopped(Stop),
}

/// The roles in a token that was obtained with the new secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRoles {
    /// Key of the registration.
    pub registration: String,
    /// Client id of the API that the token is for.
    pub resource: String,
    /// The roles.
    pub roles: Vec<String>,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The run.
    pub run: RunId,
    /// How it ended.
    pub finish: Finish,
    /// The registrations that exist now because of it, by key.
    pub made: Vec<MadeRegistration>,
    /// The proofs, by [`PlannedProof::id`](crate::PlannedProof::id).
    pub proofs: Vec<(String, ProofResult)>,
    /// The tokens that were obtained: the third truth.
    pub tokens: Vec<TokenRoles>,
    /// What the person should know.
    pub remarks: Vec<Problem>,
}
