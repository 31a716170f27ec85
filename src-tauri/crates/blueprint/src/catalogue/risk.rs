//! How much harm a permission could do in wrong hands.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::PermissionKind;
use super::table::Row;
use super::words::Words;

/// How much harm a permission could do in wrong hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// Little: names, or what one person may see anyway.
    Low,
    /// Some: one person's data, or facts about the organisation.
    Medium,
    /// Much: the data of many people, or changes to it.
    High,
    /// Control over the organisation: who may sign in, which roles people have, what apps may do.
    Critical,
}

impl Risk {
    /// The word on the screen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }
}

/// Names whose change gives control over sign-ins, roles or grants.
const CONTROL: [&str; 16] = [
    "AppRoleAssignment",
    "Application",
    "DelegatedPermissionGrant",
    "Directory",
    "Domain",
    "EntitlementManagement",
    "FederatedIdentityCredential",
    "IdentityProvider",
    "Policy",
    "PrivilegedAccess",
    "PrivilegedAssignmentSchedule",
    "PrivilegedEligibilitySchedule",
    "RoleAssignmentSchedule",
    "RoleEligibilitySchedule",
    "RoleManagement",
    "RoleManagementPolicy",
];

/// The risk, with its reason: hand-written, or by rule.
pub(super) fn of(row: &Row, words: Option<&&'static Words>) -> (Risk, Cow<'static, str>) {
    match words {
        Some(words) => (words.risk, Cow::Borrowed(words.risk_reason)),
        None => {
            let (risk, reason) = by_rule(row);
            (risk, Cow::Borrowed(reason))
        }
    }
}

/// Microsoft's own level goes into it, but cannot be all: it puts reading calendars (4) above changing them (3).
fn by_rule(row: &Row) -> (Risk, &'static str) {
    let level = row.level.unwrap_or(3);
    let changes = changes(row.value);
    let area = row.value.split('.').next().unwrap_or_default();
    let control = CONTROL.contains(&area) || area.starts_with("UserAuth") || area == "User-PasswordProfile";
    match row.key.kind {
        PermissionKind::Application if control && changes && (level >= 4 || area != "Policy") => {
            (Risk::Critical, "The app could give itself or others more rights.")
        }
        PermissionKind::Application if changes => {
            (Risk::High, "The app can make changes at any time, with nobody signed in.")
        }
        PermissionKind::Application if level >= 4 => {
            (Risk::High, "The app can read sensitive data at any time, with nobody signed in.")
        }
        PermissionKind::Application => {
            (Risk::Medium, "The app can read this at any time, with nobody signed in.")
        }
        PermissionKind::Delegated if changes && (level >= 4 || control) => {
            (Risk::High, "The app could give away rights that the signed-in person has.")
        }
        PermissionKind::Delegated if changes || row.admin || level >= 3 => {
            (Risk::Medium, "The app can do this only while it acts for a person who may do it too.")
        }
        PermissionKind::Delegated => (Risk::Low, "The app sees only what the signed-in person sees."),
    }
}

/// Whether the name's verb says more than reading: `ReadWrite`, `Send`, `Manage`, but not `Read` or `ReadBasic`.
fn changes(value: &str) -> bool {
    value.split('.').nth(1).is_none_or(|verb| {
        let writes = verb.starts_with("ReadWrite") || verb.starts_with("ReadUpdate");
        writes || !(verb.starts_with("Read") || verb == "Selected")
    })
}
