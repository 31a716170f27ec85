//! Enterprise apps.
//! <https://learn.microsoft.com/graph/api/resources/serviceprincipal>

use serde::{Deserialize, Serialize};

use super::{AppRole, KeyCredential, PasswordCredential, PermissionScope};
use crate::id::{AppId, ServicePrincipalId};

/// An app as present in this organisation, or an API of Microsoft. Only selected fields are filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePrincipal {
    /// Object id: this, not the client id, is what grants refer to.
    pub id: ServicePrincipalId,
    /// Client id.
    pub app_id: AppId,
    /// Name that people see.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Whether anybody can sign in with it.
    #[serde(default)]
    pub account_enabled: Option<bool>,
    /// Organisation in which the app is registered.
    #[serde(default)]
    pub app_owner_organization_id: Option<String>,
    /// Whether a person must be assigned before signing in.
    #[serde(default)]
    pub app_role_assignment_required: Option<bool>,
    /// Application permissions that it offers.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub app_roles: Vec<AppRole>,
    /// Delegated permissions that it offers.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub oauth2_permission_scopes: Vec<PermissionScope>,
    /// Secrets on the enterprise app itself (rare: SAML).
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub password_credentials: Vec<PasswordCredential>,
    /// Certificates on the enterprise app itself (SAML signing).
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub key_credentials: Vec<KeyCredential>,
    /// `Application`, `ManagedIdentity`, `Legacy`, …
    #[serde(default)]
    pub service_principal_type: Option<String>,
    /// Labels.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub tags: Vec<String>,
    /// Notes for administrators.
    #[serde(default)]
    pub notes: Option<String>,
}

impl ServicePrincipal {
    /// The application permission of this name that an app can be granted.
    #[must_use]
    pub fn app_role(&self, value: &str) -> Option<&AppRole> {
        self.app_roles
            .iter()
            .find(|role| role.value.as_deref() == Some(value) && role.is_enabled != Some(false))
    }

    /// The delegated permission of this name.
    #[must_use]
    pub fn scope(&self, value: &str) -> Option<&PermissionScope> {
        self.oauth2_permission_scopes
            .iter()
            .find(|scope| scope.value.as_deref() == Some(value) && scope.is_enabled != Some(false))
    }
}

/// What is to be set on an enterprise app. Fields left out stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ServicePrincipalPatch {
    /// Labels. `WindowsAzureActiveDirectoryIntegratedApp` makes it appear among the enterprise apps of the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Notes for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Whether anybody can sign in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_enabled: Option<bool>,
    /// Whether a person must be assigned before signing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_role_assignment_required: Option<bool>,
}
