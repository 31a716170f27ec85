//! Connectors that did not come with Gatehouse: built here, or brought in as a file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{OptionalPermission, PermissionKind, RedirectUri, SignInAudience};

/// A connector file that somebody brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ImportText {
    /// Name of the file, for showing.
    pub file_name: Option<String>,
    /// The file's text.
    pub text: String,
}

/// A connector in plain words, before it can do anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectorReview {
    /// Its name; empty when the file cannot be read that far.
    pub name: String,
    /// Who makes the product.
    pub vendor: String,
    /// What it does, one sentence each.
    pub sentences: Vec<String>,
    /// Every permission that it asks for. Those that could harm the whole organisation are off until switched on.
    pub permissions: Vec<OptionalPermission>,
    /// What is wrong with the file. It can be taken in only when there is nothing.
    pub problems: Vec<FileProblem>,
    /// What to look at twice, one sentence each.
    pub warnings: Vec<String>,
    /// True when it can be taken in.
    pub can_import: bool,
    /// Set when it takes the place of a connector that is here: that one's name and version.
    pub replaces: Option<String>,
    /// The connector as a file: what taking it in will keep.
    pub text: String,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FileProblem {
    /// Line, from 1; none when it is about the whole file.
    pub line: Option<u32>,
    /// The field ("registrations[0].display_name"); empty when it is about the whole file.
    pub field: String,
    /// What, and what to do.
    pub sentence: String,
}

/// Takes in a connector file that was reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ImportAccept {
    /// The file's text.
    pub text: String,
    /// Keys of the permissions that the person switched on one by one.
    pub permissions_on: Vec<String>,
}

/// A connector as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectorText {
    /// Suggested name of the file.
    pub file_name: String,
    /// Its text. Holds no secret.
    pub text: String,
    /// What was left out, one sentence each.
    pub left_out: Vec<String>,
}

/// A connector as a person builds it in the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectorDraft {
    /// Stable name, in lower case with hyphens; made from the name when empty.
    pub id: String,
    /// The product's name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// One sentence: what it does.
    pub summary: String,
    /// The vendor's guide.
    pub guide: Option<String>,
    /// The registration's display name.
    pub display_name: String,
    /// Which accounts may sign in.
    pub audience: SignInAudience,
    /// Where Microsoft sends people back to.
    pub redirects: Vec<RedirectUri>,
    /// What the app may do.
    pub permissions: Vec<DraftPermission>,
    /// Lifetime of its secret, in months; none for an app without a secret.
    pub secret_months: Option<u32>,
    /// Whether its mailboxes can be limited.
    pub mailbox_limit: bool,
}

/// A permission of a connector that is being built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct DraftPermission {
    /// The API: its name or its app id.
    pub resource: String,
    /// Microsoft's name of the permission.
    pub value: String,
    /// Application or delegated.
    pub kind: PermissionKind,
    /// Why the product needs it.
    pub why: String,
}
