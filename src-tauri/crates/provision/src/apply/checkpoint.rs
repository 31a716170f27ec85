//! Places where a run could be cut short. Nothing in production waits at one; tests cut runs there, one by one.

use async_trait::async_trait;

use crate::StepKey;

/// How far one request is, seen from the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Checkpoint {
    /// Nothing is written down yet.
    BeforeIntent,
    /// The intent is on the disk, the request not yet sent.
    AfterIntent,
    /// Microsoft did it and answered; nobody here has looked at the answer.
    Sent,
    /// The answer was read (a secret is sealed); the journal does not know yet.
    Answered,
    /// The journal knows.
    Persisted,
}

impl Checkpoint {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::BeforeIntent, Self::AfterIntent, Self::Sent, Self::Answered, Self::Persisted];
}

/// Is told whenever a run comes to a checkpoint, and may keep it there.
#[async_trait]
pub trait Checkpoints: Send + Sync {
    /// The request of this step is here.
    async fn reached(&self, at: Checkpoint, key: &StepKey);
}

/// Lets every run pass.
#[derive(Debug, Clone, Copy, Default)]
pub struct Uninterrupted;

#[async_trait]
impl Checkpoints for Uninterrupted {
    async fn reached(&self, _: Checkpoint, _: &StepKey) {}
}
