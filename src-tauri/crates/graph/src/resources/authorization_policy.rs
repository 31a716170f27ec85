//! What ordinary people may do in the organisation.
//! <https://learn.microsoft.com/graph/api/resources/authorizationpolicy>

use serde::{Deserialize, Serialize};

/// Settings that hold for everybody without a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AuthorizationPolicy {
    /// What an ordinary member may do.
    pub default_user_role_permissions: DefaultUserRolePermissions,
    /// Who may invite guests.
    pub allow_invites_from: Option<String>,
    /// Whether people may consent to apps that Microsoft calls risky.
    pub allow_user_consent_for_risky_apps: Option<bool>,
}

/// What an ordinary member may do. `None` is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DefaultUserRolePermissions {
    /// Register apps.
    pub allowed_to_create_apps: Option<bool>,
    /// Read other people's basic data.
    pub allowed_to_read_other_users: Option<bool>,
    /// Policies under which a person may consent for the own account; an empty list is: not at all.
    pub permission_grant_policies_assigned: Option<Vec<String>>,
}

impl DefaultUserRolePermissions {
    /// Whether a person may consent to anything for the own account; `None` is unknown.
    #[must_use]
    pub fn may_consent_for_self(&self) -> Option<bool> {
        let policies = self.permission_grant_policies_assigned.as_ref()?;
        Some(
            policies
                .iter()
                .any(|policy| policy.to_ascii_lowercase().starts_with("managepermissiongrantsforself.")),
        )
    }
}
