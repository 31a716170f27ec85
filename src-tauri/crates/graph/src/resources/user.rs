//! People and other objects of the directory.
//! <https://learn.microsoft.com/graph/api/resources/user>, <https://learn.microsoft.com/graph/api/resources/directoryobject>

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AppId, DirectoryObjectId, UserRef};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Object id.
    pub id: UserRef,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Name to sign in with.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// Main address; none without a mailbox.
    #[serde(default)]
    pub mail: Option<String>,
    /// Whether the person can sign in.
    #[serde(default)]
    pub account_enabled: Option<bool>,
    /// `Member` or `Guest`.
    #[serde(default)]
    pub user_type: Option<String>,
}

/// Anything in the directory of which only the kind and names matter: an owner, the holder of a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryObject {
    /// Object id.
    pub id: DirectoryObjectId,
    /// `#microsoft.graph.user`, `#microsoft.graph.servicePrincipal`, `#microsoft.graph.group`, …
    #[serde(rename = "@odata.type", default)]
    pub odata_type: Option<String>,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// For a person: the name to sign in with.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// For a person or group: the main address.
    #[serde(default)]
    pub mail: Option<String>,
    /// Whether the account can sign in, where asked for.
    #[serde(default)]
    pub account_enabled: Option<bool>,
}

/// An object in the recycle bin: can be restored for 30 days, and its `uniqueName` stays taken meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedItem {
    /// Object id.
    pub id: DirectoryObjectId,
    /// Client id, for an app.
    #[serde(default)]
    pub app_id: Option<AppId>,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Fixed name, for an app registration.
    #[serde(default)]
    pub unique_name: Option<String>,
    /// When it was deleted.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub deleted_date_time: Option<Timestamp>,
}
