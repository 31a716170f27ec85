//! Facts of the organisation that a set-up depends on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PermissionWords, PlanProblem, ScriptView, Truth, When};

/// A licence of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct LicenceView {
    /// Microsoft's id.
    pub sku_id: String,
    /// Microsoft's short name ("O365_BUSINESS_ESSENTIALS"): the answer to a question about a licence.
    pub part_number: String,
    /// Its name in words, where known; else the short name.
    pub name: String,
    /// Seats that were bought.
    pub seats: u32,
    /// Seats that nobody has.
    pub free: u32,
    /// Brings a mailbox.
    pub mailbox: bool,
    /// Why it cannot be given to anybody now; none when it can.
    pub unavailable: Option<String>,
}

/// Whether usage reports show people's names (Microsoft's "display concealed names").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ReportSettingsView {
    /// Names are shown.
    pub names_shown: Truth,
    /// How it stands, in a sentence.
    pub sentence: String,
    /// What showing names means for people's privacy, one sentence each.
    pub consequences: Vec<String>,
    /// Why the signed-in person could not change it.
    pub problems: Vec<PlanProblem>,
}

/// Whether an app can still use Exchange Web Services in Exchange Online, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct EwsReadiness {
    /// Client id of the vendor's app.
    pub app_id: String,
    /// How it stands.
    pub state: EwsState,
    /// The same as a sentence.
    pub sentence: String,
    /// The first day on which it no longer can, where there is one.
    pub until: Option<When>,
    /// Client ids on the organisation's allow list; none when there is no list or it could not be read.
    pub allowed_app_ids: Option<Vec<String>>,
    /// What to do now, one sentence each.
    pub advice: Vec<String>,
    /// A script that puts the app on the list, for as long as that helps.
    pub script: Option<ScriptView>,
    /// When this was looked up.
    pub at: When,
}

/// How an app stands with Exchange Web Services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum EwsState {
    /// Allowed for now.
    Allowed,
    /// The organisation has an allow list, and the app is not on it.
    NotListed,
    /// Switched off for the whole organisation.
    Off,
    /// Could not be looked up.
    Unknown,
}

/// What somebody may have meant by a permission's name that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct NameSuggestion {
    /// The name as it was written.
    pub written: String,
    /// What is probably meant.
    pub permission: PermissionWords,
    /// True when the name is right as it stands.
    pub exact: bool,
    /// Why this one, in a sentence.
    pub sentence: String,
}

/// A colleague's request file, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct GrantRequestView {
    /// Id of the organisation in which to grant; empty when the asking person could not know it.
    pub tenant_id: String,
    /// Its name, as the asking person saw it.
    pub tenant_name: String,
    /// Who asks, as they say; empty when they could not sign in yet.
    pub requested_by: String,
    /// True when the active account belongs to that organisation, or the asking person could not know it.
    pub this_organisation: bool,
    /// The apps.
    pub apps: Vec<GrantRequestApp>,
}

/// One app of a request file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct GrantRequestApp {
    /// Client id: this decides.
    pub app_id: String,
    /// Its name, as the asking person saw it.
    pub name: String,
    /// What to grant.
    pub permissions: Vec<PermissionWords>,
}
