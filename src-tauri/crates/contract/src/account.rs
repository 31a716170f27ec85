//! People who are signed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CloudId, When};

/// A signed-in person in an organisation, through one client id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AccountView {
    /// Opaque; stable across restarts.
    pub id: String,
    /// The cloud.
    pub cloud: CloudId,
    /// The organisation's id.
    pub tenant_id: String,
    /// The organisation's name; its id until known.
    pub tenant_name: String,
    /// The person's name.
    pub name: String,
    /// The person's sign-in name.
    pub upn: String,
    /// Client id that Gatehouse uses here.
    pub client_id: String,
    /// True while signed in through Microsoft's own client, only to create the organisation's own registration.
    pub bootstrap: bool,
    /// Active directory roles; none while unknown.
    pub roles: Option<Vec<RoleView>>,
    /// Whether the session can be renewed silently.
    pub state: AccountState,
    /// When the person last signed in here.
    pub signed_in_at: When,
}

/// A directory role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RoleView {
    /// Microsoft's name.
    pub name: String,
    /// Microsoft's template id.
    pub template_id: String,
}

/// Whether an account works without a new sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum AccountState {
    /// Works.
    Ready,
    /// Microsoft wants the person to sign in again.
    NeedsSignIn,
    /// The vault is closed, so nobody can tell yet.
    VaultClosed,
}

/// An organisation whose own Gatehouse registration is known on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct OrganisationClient {
    /// The cloud.
    pub cloud: CloudId,
    /// The organisation's id.
    pub tenant_id: String,
    /// The organisation's name.
    pub tenant_name: String,
    /// The client id of its Gatehouse registration.
    pub client_id: String,
}

/// What signing out did, and what it could not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SignedOut {
    /// Sentences: what was removed here.
    pub removed: Vec<String>,
    /// Sentences: what stays valid at Microsoft, and for how long.
    pub remains: Vec<String>,
}
