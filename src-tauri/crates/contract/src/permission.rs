//! Permissions and their three truths.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PlanProblem, When};

/// Whether an app acts by itself or for a signed-in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum PermissionKind {
    /// By itself (an app role).
    Application,
    /// For a signed-in person (a delegated permission).
    Delegated,
}

/// How much harm a permission could do in wrong hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Risk {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
    /// The whole organisation.
    Critical,
}

/// A permission in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PermissionWords {
    /// Identifies it: resource app id, permission id, kind, joined by "/".
    pub key: String,
    /// Microsoft's name ("Calendars.Read").
    pub value: String,
    /// Name of the API it belongs to.
    pub resource: String,
    /// Application or delegated.
    pub kind: PermissionKind,
    /// What it allows, as a sentence.
    pub sentence: String,
    /// Its risk.
    pub risk: Risk,
    /// Why that risk, as a sentence.
    pub risk_reason: String,
    /// What it is needed for; empty when nobody said.
    pub why: String,
    /// Set when Microsoft has retired it: a sentence with the date and what replaces it.
    pub retired: Option<String>,
}

/// One of the three truths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Truth {
    /// Seen.
    Yes,
    /// Looked for and not there.
    No,
    /// Could not be looked up, or does not apply.
    Unknown {
        /// Why, as a sentence.
        why: String,
    },
}

/// A permission of one registration, with its three truths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PermissionStatus {
    /// The permission.
    pub permission: PermissionWords,
    /// Listed on the registration.
    pub requested: Truth,
    /// Granted in the organisation.
    pub granted: Truth,
    /// Present in a token that was obtained for looking.
    pub in_token: Truth,
    /// For whom it is granted, where that is not everyone ("3 people").
    pub granted_for: Option<String>,
}

/// A registration, as a search shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RegistrationSummary {
    /// Object id of the registration; absent for an enterprise app whose registration lives elsewhere.
    pub object_id: Option<String>,
    /// Client id.
    pub app_id: String,
    /// Name.
    pub name: String,
    /// When the next of its secrets or certificates ends.
    pub next_expiry: Option<When>,
}

/// Which registration is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RegistrationRef {
    /// Client id.
    pub app_id: String,
}

/// All permissions of one registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PermissionReport {
    /// The registration.
    pub registration: RegistrationSummary,
    /// Object id of its enterprise app in this organisation.
    pub service_principal_id: Option<String>,
    /// Every permission that is requested or granted.
    pub permissions: Vec<PermissionStatus>,
    /// True when a Grant would do something.
    pub can_grant_more: bool,
    /// Why the signed-in person could not grant some of it.
    pub problems: Vec<PlanProblem>,
    /// When this was looked up.
    pub at: When,
}
