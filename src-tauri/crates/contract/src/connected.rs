//! The admin's side: who in the organisation has let an app act for them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PermissionWords, When};

/// Everyone who has let an app act for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectedPeople {
    /// The app's name.
    pub app_name: String,
    /// Its client id.
    pub app_id: String,
    /// What an admin granted for everyone; none when nothing was.
    pub everyone: Option<ConnectedGrant>,
    /// Those who granted something themselves, by name.
    pub people: Vec<ConnectedPerson>,
    /// True when there are more than are listed.
    pub more: bool,
    /// When it was looked up.
    pub looked_at: When,
}

/// One person's grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectedPerson {
    /// Object id.
    pub id: String,
    /// Name; the object id when the account is gone.
    pub name: String,
    /// Sign-in name; none when the account is gone.
    pub upn: Option<String>,
    /// Whether the account can sign in; none when nobody knows.
    pub enabled: Option<bool>,
    /// What the person granted.
    pub grant: ConnectedGrant,
}

/// What was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectedGrant {
    /// In words.
    pub permissions: Vec<PermissionWords>,
    /// Microsoft's names, with the API where it is not Microsoft Graph.
    pub scopes: Vec<String>,
}

/// Whose grants to take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum RevokeWhose {
    /// Those of these people (object ids).
    People {
        /// Object ids.
        ids: Vec<String>,
    },
    /// Those of all people who granted something themselves, and what an admin granted for everyone.
    All,
}
