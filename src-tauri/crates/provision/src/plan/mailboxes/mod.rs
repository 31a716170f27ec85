//! Mailbox access: whose mailboxes an app reaches, and how it is kept to them.
//!
//! Two ways exist in Exchange Online. Roles (RBAC for Applications) give an app a permission on some mailboxes, and count
//! *beside* what Entra grants it: as long as the same permission is granted in Entra, it holds on every mailbox. So the
//! permission goes from Entra, last. Application access policies are the older way: they take away from what Entra grants.
//! <https://learn.microsoft.com/exchange/permissions-exo/application-rbac>

mod decide;
mod goal;
mod look;
mod names;
mod planner;
mod preview;
mod problem;
mod proofs;
mod script;
mod steps;
mod target;
mod words;

use blueprint::{MailboxAccess, PermissionKey};
use exchange::Identity;
use exchange::opath::Filter;
use serde::{Deserialize, Serialize};

pub use goal::MailboxGoal;
pub use problem::MailboxProblem;

pub(in crate::plan) use decide::{Limit, Wish};
pub(crate) use look::{Held, NamedScope, look_at_app};
pub(in crate::plan) use proofs::refusal;
pub(crate) use target::wide_grants;

/// How an app is kept to some mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LimitWay {
    /// By roles in Exchange (RBAC for Applications).
    #[default]
    Roles,
    /// By an application access policy, for organisations that use them already.
    Policy,
}

/// What keeps one app to some mailboxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitedMailboxes {
    /// How.
    pub way: LimitWay,
    /// The groups whose direct members it reaches.
    pub groups: Vec<ScopeGroup>,
    /// Exchange knows the app already.
    pub known: bool,
    /// The limit by which roles are given; `None` for a policy.
    pub scope: Option<ScopeToMake>,
    /// The roles, one for each permission.
    pub roles: Vec<RoleToGive>,
    /// Roles that reach further and go.
    pub takes: Vec<HeldRole>,
    /// The policy.
    pub policy: Option<PolicyToMake>,
    /// A mailbox within, to try.
    pub inside: Option<String>,
    /// A mailbox outside, which must be refused.
    pub outside: Option<String>,
    /// What was chosen, for the script.
    pub access: MailboxAccess,
    /// The permissions that are limited, for the script.
    pub permissions: Vec<PermissionKey>,
}

/// A group that a limit hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ScopeGroup {
    /// One that is made, with these members.
    New {
        /// Its name in Exchange.
        name: String,
        /// Its alias: the beginning of its address.
        alias: String,
        /// The name that people see.
        title: String,
        /// Addresses.
        members: Vec<String>,
    },
    /// One that is there.
    Existing {
        /// Where it lies in the directory (distinguished name).
        place: String,
        /// The name that people see.
        title: String,
        /// Its address.
        address: Option<String>,
        /// Members that are missing: only in a group that Gatehouse made.
        adds: Vec<String>,
        /// Members that go: only in a group that Gatehouse made.
        removes: Vec<String>,
    },
}

impl ScopeGroup {
    /// The name that people see.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::New { title, .. } | Self::Existing { title, .. } => title,
        }
    }
}

/// A management scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScopeToMake {
    /// Its name.
    pub name: String,
    /// It is there already.
    pub exists: bool,
}

/// A role for the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleToGive {
    /// The role in Exchange, for example `Application Mail.Read`.
    pub role: String,
    /// Name of the assignment.
    pub name: String,
    /// It is given already, within the same limit.
    pub given: bool,
}

/// A role that the app has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldRole {
    /// Name of the assignment.
    pub name: String,
    /// The role.
    pub role: String,
    /// The scope that limits it; `None` for every mailbox.
    pub scope: Option<String>,
}

/// An application access policy to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyToMake {
    /// Its description: holds the run's name, and by it the policy is found again.
    pub description: String,
    /// It is there already.
    pub exists: bool,
}

/// An application access policy that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldPolicy {
    /// What it is removed by.
    pub identity: String,
    /// Client id of the app.
    pub app_id: String,
    /// The group, by name.
    pub group: String,
    /// It keeps the app *out* of the group's mailboxes.
    pub denies: bool,
    /// Somebody's words for it.
    pub description: String,
}

impl LimitedMailboxes {
    /// Whether nothing is to be done.
    pub(crate) fn is_settled(&self) -> bool {
        let groups = self.groups.iter().all(|group| match group {
            ScopeGroup::New { .. } => false,
            ScopeGroup::Existing { adds, removes, .. } => adds.is_empty() && removes.is_empty(),
        });
        let by_roles = || {
            self.known
                && self.scope.as_ref().is_some_and(|scope| scope.exists)
                && self.roles.iter().all(|role| role.given)
                && self.takes.is_empty()
        };
        groups
            && match self.way {
                LimitWay::Roles => by_roles(),
                LimitWay::Policy => self.policy.as_ref().is_some_and(|policy| policy.exists),
            }
    }
}

/// The filter that limits to these groups.
pub(crate) fn filter_of(places: &[String]) -> Filter {
    Filter::member_of_any(places)
}

/// A name as an identity. What plan and journal hold was one before.
pub(crate) fn identity(text: &str) -> Identity {
    Identity::new(text).unwrap_or_else(|_| Identity::placeholder("a name that cannot be used"))
}
