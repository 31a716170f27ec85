//! What the rules know besides the app itself.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use blueprint::{RegistrationSpec, ews};
use graph::resources::AppManagementPolicy;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::permissions::Permissions;
use crate::Known;

/// What the rules know besides the app itself. Time is passed in.
#[derive(Debug, Clone)]
pub struct Context {
    /// Now.
    pub now: Timestamp,
    /// By whose calendar days are counted.
    pub zone: TimeZone,
    /// How the organisation limits the life of credentials.
    pub policy: Known<AppManagementPolicy>,
    /// Policies that are assigned to single apps and take the place of the organisation's, by client id.
    pub own_policies: BTreeMap<String, AppManagementPolicy>,
    /// Domains that the organisation has proved to own.
    pub domains: Known<Vec<String>>,
    /// Set-ups made here, by client id.
    pub connections: BTreeMap<String, Connection>,
    /// Names of permissions that the catalogue does not know.
    pub permissions: Permissions,
    /// What Exchange limits, by client id; [`EVERY_APP`] for what it limits on all of them. An app that is not in it has no
    /// limit of its own there.
    pub mailboxes: Known<BTreeMap<String, MailboxLimits>>,
    /// What the organisation has decided about Exchange Web Services.
    pub ews: Known<ews::Policy>,
    /// From when on something counts.
    pub thresholds: Thresholds,
}

impl Context {
    /// Nothing looked up yet.
    #[must_use]
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self {
            now,
            zone,
            policy: Known::NotLooked,
            own_policies: BTreeMap::new(),
            domains: Known::NotLooked,
            connections: BTreeMap::new(),
            permissions: Permissions::default(),
            mailboxes: Known::NotLooked,
            ews: Known::NotLooked,
            thresholds: Thresholds::default(),
        }
    }

    /// A number that changes when anything here does, the time left out.
    pub(super) fn stamp(&self) -> u64 {
        let Self {
            now: _,
            zone,
            policy,
            own_policies,
            domains,
            connections,
            permissions,
            mailboxes,
            ews,
            thresholds,
        } = self;
        // Maps here are ordered, so that the same content reads the same.
        let text = format!(
            "{zone:?}{policy:?}{own_policies:?}{domains:?}{connections:?}{permissions:?}{mailboxes:?}{ews:?}{thresholds:?}"
        );
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    }
}

/// A set-up made here, as far as it is about one app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The set-up.
    pub id: String,
    /// The connector's name, such as “Cirrus Insight”.
    pub name: String,
    /// What the connector asks for, with the person's answers.
    pub spec: RegistrationSpec,
}

/// Stands for every app in [`Context::mailboxes`], as it does in Exchange's policies.
pub const EVERY_APP: &str = "*";

/// How Exchange limits an app.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailboxLimits {
    /// An application access policy keeps the app to some mailboxes (`RestrictAccess`).
    pub restricted_by_policy: bool,
    /// Names of groups whose mailboxes a policy closes to the app (`DenyAccess`): every other one stays open.
    #[serde(default)]
    pub closed_by_policy: Vec<String>,
    /// Roles in Exchange that hold for some mailboxes.
    pub limited_roles: Vec<String>,
    /// Roles in Exchange that hold for every mailbox.
    pub wide_roles: Vec<String>,
}

/// From when on something counts. Days are whole days of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// An end within so many days is good to know.
    pub notice: i32,
    /// An end within so many days needs the person.
    pub warning: i32,
    /// An end within so many days is an emergency.
    pub emergency: i32,
    /// An app that came to a stop longer ago than this, unnoticed, is no emergency any more.
    pub forgotten: i32,
    /// A use within so many days counts as lately.
    pub lately: i32,
    /// A credential without a use for so many days is not used.
    pub unused: i32,
    /// An end further away than this is as good as none. Just over the three years of a usual signing certificate.
    pub far: i32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { notice: 30, warning: 7, emergency: 1, forgotten: 90, lately: 30, unused: 90, far: 1_100 }
    }
}
