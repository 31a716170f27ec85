//! What stands in the way of changing what an app signs in with.

use graph::KeyId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CredentialSort, HeldCredential};
use crate::Setback;
use crate::plan::problem::{Problem, ProblemKind};

/// What stands in the way, or is to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CredentialProblem {
    /// Only certificates of some authorities are allowed.
    AuthorityNeeded,
    /// The brought certificate would live longer than the organisation allows.
    LivesTooLong {
        /// Days that are allowed.
        days: i64,
    },
    /// The brought certificate is on the registration already.
    AlreadyThere,
    /// Nobody here has its private key, so nobody here can sign in with it.
    CannotTry {
        /// What it is.
        sort: CredentialSort,
    },
    /// The app cannot sign in by itself at all: it has no enterprise app, or that one is switched off.
    CannotSignIn,
    /// What should be replaced or removed is not there.
    NotThere {
        /// Its id.
        key: KeyId,
    },
    /// What takes the old one's place is not there, or has ended.
    ReplacementGone,
    /// The old one was used after the hand-over.
    StillUsed {
        /// When.
        at: Timestamp,
    },
    /// Whether the old one is used cannot be told.
    UseUnknown,
    /// It still works: whatever signs in with it stops.
    StillWorks {
        /// Its id.
        key: KeyId,
        /// When it would end.
        ends: Option<Timestamp>,
    },
    /// Without it, the app cannot sign in by itself any more.
    LastOne,
    /// The person is an owner already.
    OwnerAlready,
    /// Microsoft would not take this trust as it is written.
    TrustUnusable {
        /// What is to be changed.
        field: TrustField,
    },
    /// The app trusts this already.
    TrustAlready,
    /// Another trust of the app has this name.
    TrustNameTaken,
    /// The app has as many as Microsoft allows.
    TrustsFull,
}

/// A part of a [`Trust`](super::Trust).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TrustField {
    /// Its name.
    Name,
    /// Who vouches.
    Issuer,
    /// For whom.
    Subject,
    /// What the tokens are for.
    Audience,
}

impl Setback for CredentialProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::AuthorityNeeded => "authority-needed",
            Self::LivesTooLong { .. } => "lives-too-long",
            Self::AlreadyThere => "already-there",
            Self::CannotTry { .. } => "cannot-try",
            Self::CannotSignIn => "cannot-sign-in",
            Self::NotThere { .. } => "not-there",
            Self::ReplacementGone => "replacement-gone",
            Self::StillUsed { .. } => "still-used",
            Self::UseUnknown => "use-unknown",
            Self::StillWorks { .. } => "still-works",
            Self::LastOne => "last-one",
            Self::OwnerAlready => "owner-already",
            Self::TrustUnusable { .. } => "trust-unusable",
            Self::TrustAlready => "trust-already",
            Self::TrustNameTaken => "trust-name-taken",
            Self::TrustsFull => "trusts-full",
        }
    }
}

/// Something that stands in the way of an app's credentials; blocks nothing until [`Problem::blocking`].
pub(super) fn problem(app: &str, problem: CredentialProblem, title: &str, why: impl Into<String>) -> Problem {
    Problem::to_know(ProblemKind::Credential { app: app.to_owned(), problem }, title, why)
}

pub(super) fn not_there(app: &str, key: &KeyId) -> Problem {
    let kind = CredentialProblem::NotThere { key: key.clone() };
    let why = format!("“{app}” has no credential with the id {key}. Somebody may have removed it already.");
    problem(app, kind, "It is not there any more", why)
}

pub(super) fn still_works(app: &str, held: &HeldCredential) -> Problem {
    let (name, sort) = (held.short_name(), held.sort.word());
    let until = held.ends.map_or_else(String::new, |end| format!(" until {}", day(end)));
    let kind = CredentialProblem::StillWorks { key: held.key_id.clone(), ends: held.ends };
    let why = format!(
        "The {sort} “{name}” of “{app}” works{until}. A product that signs in with it stops working when it is removed."
    );
    problem(app, kind, "It still works", why)
}

pub(super) fn last_one(app: &str) -> Problem {
    let why = format!(
        "“{app}” has nothing else to sign in with. When this is removed, it cannot sign in by itself until it gets a new secret or \
         certificate."
    );
    problem(app, CredentialProblem::LastOne, "It is the last one", why)
}

/// A day as people read it, in UTC.
pub(super) fn day(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}
