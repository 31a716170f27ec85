//! Connections: finished set-ups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{FollowUp, PermissionStatus, ProofView, RunSummary, ScriptView, When};

/// A connection in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectionSummary {
    /// Names the connection.
    pub id: String,
    /// The connector.
    pub connector_id: String,
    /// Its name.
    pub connector_name: String,
    /// The organisation.
    pub tenant_name: String,
    /// How it stands.
    pub state: ConnectionState,
    /// When its next secret ends.
    pub next_expiry: Option<When>,
    /// When it was last proved.
    pub proved_at: Option<When>,
}

/// How a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ConnectionState {
    /// Proved.
    Works,
    /// Set up, not proved.
    NotProved,
    /// Waits for another person's consent.
    WaitingForOther,
    /// A proof failed.
    Broken,
}

/// A connection in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectionView {
    /// The summary.
    pub summary: ConnectionSummary,
    /// Its registrations.
    pub registrations: Vec<ConnectedRegistration>,
    /// The last proof.
    pub proofs: Vec<ProofView>,
    /// The vendor's form.
    pub hand_over: HandOver,
    /// What a person still does elsewhere.
    pub follow_ups: Vec<FollowUpState>,
    /// Its runs, newest first.
    pub runs: Vec<RunSummary>,
    /// Set while Microsoft may still be spreading a change: when to test again by itself.
    pub retest: Option<Retest>,
    /// Keys of registrations that work for people and were not seen to work yet: signing in through one of them, with
    /// `authorize_start`, tries what it does.
    pub to_try: Vec<String>,
    /// For the person who can grant the rest; none when nothing is missing.
    pub grant_request: Option<GrantRequest>,
}

/// A change of mailbox access is not felt at once. Testing again by itself shows when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Retest {
    /// The next test.
    pub at: When,
    /// When Microsoft should be done at the latest.
    pub until: When,
    /// What is waited for, in a sentence.
    pub why: String,
}

/// A registration of a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectedRegistration {
    /// The connector's key for it.
    pub key: String,
    /// Display name.
    pub name: String,
    /// Client id.
    pub app_id: String,
    /// Object id of the registration.
    pub object_id: String,
    /// Object id of the enterprise app.
    pub service_principal_id: String,
    /// Its secret.
    pub secret: Option<SecretView>,
    /// Its permissions as last looked up.
    pub permissions: Vec<PermissionStatus>,
    /// When they were looked up.
    pub permissions_at: Option<When>,
}

/// A client secret without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SecretView {
    /// Microsoft's key id. Not the secret.
    pub key_id: String,
    /// Its name.
    pub name: String,
    /// Its first three characters.
    pub hint: String,
    /// When it was made.
    pub created_at: When,
    /// When it ends.
    pub expires_at: When,
    /// The value is in the vault.
    pub stored: bool,
    /// Where the person says they put it.
    pub kept_at: Option<String>,
}

/// What is handed to the vendor, laid out like the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandOver {
    /// One for each of the vendor's forms.
    pub sections: Vec<HandOverSection>,
}

/// A part of the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandOverSection {
    /// Its heading.
    pub title: String,
    /// Where it is in the vendor's product, one menu entry each.
    pub place: Vec<String>,
    /// Something to know before filling it in.
    pub note: Option<String>,
    /// Its fields in the vendor's order.
    pub fields: Vec<HandOverField>,
}

/// A field of the vendor's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandOverField {
    /// Stable within the connection; names what to copy.
    pub id: String,
    /// The vendor's own label.
    pub label: String,
    /// Microsoft's term for it.
    pub microsoft_term: Option<String>,
    /// Something to know about it.
    pub note: Option<String>,
    /// The value; none when it is secret.
    pub value: Option<String>,
    /// A secret: copied and revealed by id only.
    pub secret: bool,
    /// Set when signing in through an app fills it: the registration's key, for `authorize_start`.
    pub authorize: Option<String>,
}

/// A follow-up and whether the person ticked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FollowUpState {
    /// What to do.
    pub follow_up: FollowUp,
    /// Ticked.
    pub done: bool,
    /// A script that does it, with the person's own values in it.
    pub script: Option<ScriptView>,
}

/// What to send to the person who can grant the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct GrantRequest {
    /// Microsoft's consent page for this registration, by registration.
    pub links: Vec<ConsentLink>,
    /// A message, ready to send. Holds nothing secret.
    pub message: String,
    /// Suggested name of the request file.
    pub file_name: String,
    /// Text of the request file that the other person opens in Gatehouse. Holds nothing secret.
    pub file_text: String,
    /// People who can do it, as far as known.
    pub people: Vec<String>,
}

/// A consent page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConsentLink {
    /// The registration's name.
    pub registration: String,
    /// The address.
    pub url: String,
}

/// Something was put on the clipboard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct CopyReceipt {
    /// Seconds until the clipboard is cleared, if it still holds the value; none when it is not cleared.
    pub cleared_in_seconds: Option<u32>,
}
