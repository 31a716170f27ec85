//! What stands in the way of a plan, found before anything is written.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::accounts::AccountProblem;
use super::changes::RedirectProblem;
use super::credentials::CredentialProblem;
use super::mailboxes::MailboxProblem;

/// How much a problem stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "steps")]
pub enum Blocks {
    /// The whole plan.
    Everything,
    /// These steps.
    Steps(Vec<String>),
    /// Nothing: it is to be known.
    Nothing,
}

/// A person, and the role by which that person could help.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonWithRole {
    /// Name.
    pub name: String,
    /// Address, where known.
    pub address: Option<String>,
    /// Microsoft's name of the role.
    pub role: String,
}

impl std::fmt::Display for PersonWithRole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.name, self.role)
    }
}

/// Something that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// What.
    pub kind: ProblemKind,
    /// How much it stops.
    pub blocks: Blocks,
    /// What, in a few words.
    pub title: String,
    /// Why, and what to do, in sentences.
    pub why: String,
    /// People who could do it.
    pub people: Vec<PersonWithRole>,
}

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ProblemKind {
    /// The signed-in person lacks a role (row 13).
    RoleMissing {
        /// Any one of these would do.
        roles: Vec<String>,
    },
    /// Ordinary people may not register apps here (row 14).
    RegistrationDisabled,
    /// Client secrets are forbidden here (row 14).
    SecretsForbidden,
    /// A secret may not live as long as was asked (row 14). The plan already asks for no more than is allowed.
    LifetimeLimited {
        /// What was asked.
        asked_until: Timestamp,
        /// What will be asked instead.
        allowed_until: Timestamp,
        /// The organisation's limit.
        limit: SignedDuration,
    },
    /// The person may not own more objects (row 15).
    QuotaReached {
        /// How many there are.
        count: u32,
        /// Names of deleted apps that still count and could be deleted for ever.
        purgeable: Vec<String>,
    },
    /// Another app has the same name (row 11). It is left alone; ours is told apart by its id.
    SameName {
        /// Client id of the other one.
        app_id: String,
        /// Its owners, where there are any.
        owners: Vec<String>,
    },
    /// A deleted app of ours could be restored (row 12).
    Deleted {
        /// Object id.
        id: String,
        /// Name.
        name: String,
        /// When it was deleted.
        when: Option<Timestamp>,
    },
    /// The API does not offer a permission of this name here.
    PermissionNotOffered {
        /// The permission.
        value: String,
        /// The API.
        resource: String,
    },
    /// Something could not be looked up; the plan goes on without knowing.
    NotLookedUp {
        /// What, in words.
        what: String,
        /// Microsoft's code, for support.
        code: Option<String>,
    },
    /// A part of the connector that this version cannot set up by itself.
    NotSupported {
        /// What, in words.
        what: String,
    },
    /// About whose mailboxes an app reaches.
    MailboxAccess {
        /// What.
        problem: MailboxProblem,
    },
    /// About an account that a product signs in with.
    Account {
        /// Its address.
        address: String,
        /// What.
        problem: AccountProblem,
    },
    /// About a return address.
    Redirect {
        /// The address.
        uri: String,
        /// What.
        problem: RedirectProblem,
    },
    /// About what an app signs in with, or who owns it.
    Credential {
        /// The app's name.
        app: String,
        /// What.
        problem: CredentialProblem,
    },
    /// Something that follows from a change.
    Consequence {
        /// What, in words.
        what: String,
    },
    /// Another Gatehouse, or another person, made the same (row 31).
    AlsoMade {
        /// Client id of the other one.
        app_id: String,
        /// The run that made it.
        run: Option<String>,
    },
}

/// A short word for a setback, stable, for journals and exit codes.
pub trait Setback {
    /// The word.
    fn code(&self) -> &'static str;
}

impl Setback for ProblemKind {
    fn code(&self) -> &'static str {
        match self {
            Self::RoleMissing { .. } => "role-missing",
            Self::RegistrationDisabled => "registration-disabled",
            Self::SecretsForbidden => "secrets-forbidden",
            Self::LifetimeLimited { .. } => "lifetime-limited",
            Self::QuotaReached { .. } => "quota-reached",
            Self::SameName { .. } => "same-name",
            Self::Deleted { .. } => "deleted",
            Self::PermissionNotOffered { .. } => "permission-not-offered",
            Self::NotLookedUp { .. } => "not-looked-up",
            Self::NotSupported { .. } => "not-supported",
            Self::MailboxAccess { problem } => problem.code(),
            Self::Account { problem, .. } => problem.code(),
            Self::Redirect { .. } => "redirect",
            Self::Credential { problem, .. } => problem.code(),
            Self::Consequence { .. } => "consequence",
            Self::AlsoMade { .. } => "also-made",
        }
    }
}
