//! Invitations: an admin asks people to connect.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AccountKind, CloudId, PermissionWords, PersonalFeature};

/// What an invitation carries. Nothing in it is secret, and nothing in it is proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Invitation {
    /// The cloud.
    pub cloud: CloudId,
    /// Client id of the app that is connected.
    pub client_id: String,
    /// Which accounts it is for.
    pub accounts: AccountKind,
    /// What for.
    pub features: Vec<PersonalFeature>,
    /// What the product is called, in the sender's words.
    pub product: String,
    /// What the organisation is called, in the sender's words.
    pub organisation: String,
    /// A greeting, in the sender's words; plain text.
    pub greeting: String,
}

/// An invitation to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InvitationView {
    /// What it carries.
    pub invitation: Invitation,
    /// The link (`gatehouse://connect?…`).
    pub link: String,
    /// A ready message with the link and what to do without Gatehouse.
    pub message: String,
    /// Each permission that it will ask for, in words.
    pub permissions: Vec<PermissionWords>,
}

/// An invitation that came, in plain words, before it can do anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InvitationReview {
    /// What it carries.
    pub invitation: Invitation,
    /// Each permission that it asks for, in words.
    pub permissions: Vec<PermissionWords>,
    /// What the person should know first: that nobody can tell who sent it, a domain that looks like another one.
    pub cautions: Vec<String>,
    /// A connection that is already there for the same app and organisation, if any.
    pub connection_id: Option<String>,
}
