//! What a run tells while it works.

use std::sync::Mutex;
use std::time::Duration;

use graph::{KeyId, WaitReason};
use jiff::Timestamp;
use secrecy::SecretString;
use tokio::sync::Notify;

use super::Stop;

/// Why a step waits. Waiting is not an error, and looks like none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hold {
    /// Microsoft asks to slow down.
    Throttled,
    /// Microsoft's service, or the way to it, is not available now.
    Unavailable,
    /// There is no way to Microsoft now.
    Network,
    /// Microsoft is still spreading the change.
    Spreading,
    /// Somebody else writes at the same moment.
    Conflict,
    /// Exchange has taken a change of mailbox access in and acts on it later: its caches are renewed in 30 minutes to two
    /// hours (<https://learn.microsoft.com/exchange/permissions-exo/application-rbac>).
    MailboxCache,
    /// Microsoft makes a mailbox.
    Mailbox,
    /// A secret could not be written down here; it is tried again.
    SecretUnsaved,
}

impl Hold {
    /// The reason as a sentence.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Throttled => "Microsoft asked to slow down. It goes on by itself.",
            Self::Unavailable => {
                "Microsoft's service is not available at the moment. It is tried again by itself."
            }
            Self::Network => "Microsoft cannot be reached at the moment. It is tried again by itself.",
            Self::Spreading => "Microsoft is still spreading the change. This can take some minutes.",
            Self::Conflict => "Somebody else is changing the same thing. It is tried again by itself.",
            Self::MailboxCache => {
                "Exchange has the limit and acts on it later: this can take from 30 minutes to two hours. It is tried again by \
                 itself, and nothing is asked of you."
            }
            Self::Mailbox => {
                "Microsoft is making the mailbox. This can take from some minutes to a day. It is tried again by itself."
            }
            Self::SecretUnsaved => "The new secret could not be kept here yet. It is tried again by itself.",
        }
    }
}

impl From<&WaitReason> for Hold {
    fn from(reason: &WaitReason) -> Self {
        match reason {
            WaitReason::Throttled => Self::Throttled,
            WaitReason::Unavailable => Self::Unavailable,
            WaitReason::Network(_) => Self::Network,
            WaitReason::Replication => Self::Spreading,
            WaitReason::Conflict => Self::Conflict,
        }
    }
}

/// How the proof of one feature went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofResult {
    /// It works.
    Proved {
        /// What was seen ("3 events this week").
        seen: Option<String>,
    },
    /// It does not work.
    Refused(Box<Stop>),
    /// It could not be tried, for this reason, as a sentence.
    Unknown(String),
}

/// Something happened. Steps are named by [`Step::id`](crate::Step::id), proofs by
/// [`PlannedProof::id`](crate::PlannedProof::id).
#[derive(Debug)]
pub enum Progress<'a> {
    /// A step begins.
    Started {
        /// Which.
        step: &'a str,
    },
    /// A step waits.
    Held {
        /// Which.
        step: &'a str,
        /// Why.
        why: Hold,
        /// The next try.
        until: Timestamp,
    },
    /// A step goes on after a wait.
    GoesOn {
        /// Which.
        step: &'a str,
    },
    /// A step is done.
    Done {
        /// Which.
        step: &'a str,
        /// How long it took, waits included.
        took: Duration,
    },
    /// The run stopped at a step.
    Failed {
        /// Which.
        step: &'a str,
        /// Why.
        why: &'a Stop,
    },
    /// A step was undone.
    Undone {
        /// Which.
        step: &'a str,
    },
    /// The proof of a feature begins.
    Proving {
        /// Which.
        proof: &'a str,
    },
    /// The proof of a feature ended.
    Proof {
        /// Which.
        proof: &'a str,
        /// How.
        result: &'a ProofResult,
    },
    /// A new secret exists and could not be kept here (row 22). Show "save it now": the value is in memory until it is
    /// kept, or a person says where it is.
    SecretUnsaved {
        /// The secret.
        secret: &'a std::sync::Arc<UnsavedSecret>,
    },
}

/// Hears what a run does. Called on the task that runs it: return at once.
pub trait Observer: Send + Sync {
    /// Something happened.
    fn on(&self, progress: Progress<'_>);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn on(&self, _: Progress<'_>) {}
}

/// A secret that exists at Microsoft and could not be sealed here yet.
#[derive(Debug)]
pub struct UnsavedSecret {
    /// Key of the registration.
    pub registration: String,
    /// Microsoft's id of the secret.
    pub key_id: KeyId,
    /// The value: for copying or printing, on request.
    pub value: SecretString,
    /// Why it could not be kept.
    pub why: super::StoreError,
    answer: Mutex<bool>,
    answered: Notify,
}

impl UnsavedSecret {
    pub(crate) fn new(
        registration: String,
        key_id: KeyId,
        value: SecretString,
        why: super::StoreError,
    ) -> Self {
        Self { registration, key_id, value, why, answer: Mutex::new(false), answered: Notify::new() }
    }

    /// The person made room, or unlocked the keyring: try to keep it now, without waiting for the next try.
    pub fn try_now(&self) {
        self.answered.notify_one();
    }

    /// The person keeps the value elsewhere: the run goes on without it being kept here.
    pub fn kept_elsewhere(&self) {
        *self.answer.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = true;
        self.answered.notify_one();
    }

    pub(crate) fn is_kept_elsewhere(&self) -> bool {
        *self.answer.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub(crate) async fn answered(&self) {
        self.answered.notified().await;
    }
}
