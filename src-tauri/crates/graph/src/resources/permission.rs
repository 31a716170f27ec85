//! Permissions that an API offers.
//! <https://learn.microsoft.com/graph/api/resources/approle>, <https://learn.microsoft.com/graph/api/resources/permissionscope>

use serde::{Deserialize, Serialize};

use crate::id::{AppRoleId, ScopeId};
use crate::open_enum::open_enum;

/// An application permission that an API offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRole {
    /// Its id, unique within this API only.
    pub id: AppRoleId,
    /// Its name, as it appears in the `roles` of a token: `Calendars.Read`.
    #[serde(default)]
    pub value: Option<String>,
    /// Short sentence.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Longer sentence.
    #[serde(default)]
    pub description: Option<String>,
    /// `Application`, `User` or both.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub allowed_member_types: Vec<String>,
    /// Whether it can be granted.
    #[serde(default)]
    pub is_enabled: Option<bool>,
}

open_enum! {
    /// Who may consent to a delegated permission.
    pub enum ScopeType {
        /// A person for the own account.
        User = "User",
        /// An administrator only.
        Admin = "Admin",
    }
}

/// A delegated permission that an API offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PermissionScope {
    /// Its id, unique within this API only.
    pub id: ScopeId,
    /// Its name, as it appears in the `scp` of a token.
    #[serde(default)]
    pub value: Option<String>,
    /// Who may consent.
    #[serde(rename = "type", default)]
    pub kind: Option<ScopeType>,
    /// Short sentence for an administrator.
    #[serde(default)]
    pub admin_consent_display_name: Option<String>,
    /// Longer sentence for an administrator.
    #[serde(default)]
    pub admin_consent_description: Option<String>,
    /// Short sentence for a person.
    #[serde(default)]
    pub user_consent_display_name: Option<String>,
    /// Longer sentence for a person.
    #[serde(default)]
    pub user_consent_description: Option<String>,
    /// Whether it can be granted.
    #[serde(default)]
    pub is_enabled: Option<bool>,
}
