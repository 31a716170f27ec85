//! What has been granted.
//! <https://learn.microsoft.com/graph/api/resources/approleassignment>,
//! <https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant>

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AppRoleId, AssignmentId, DirectoryObjectId, GrantId, ServicePrincipalId};
use crate::open_enum::open_enum;

open_enum! {
    /// To what an app role is assigned.
    pub enum PrincipalType {
        /// A person.
        User = "User",
        /// A group.
        Group = "Group",
        /// An app.
        ServicePrincipal = "ServicePrincipal",
    }
}

/// One granted application permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleAssignment {
    /// Its id.
    pub id: AssignmentId,
    /// Who holds it: for an app, the object id of its enterprise app.
    pub principal_id: DirectoryObjectId,
    /// The enterprise app of the API.
    pub resource_id: ServicePrincipalId,
    /// Which permission. All zeros is "default access", which grants nothing.
    pub app_role_id: AppRoleId,
    /// Kind of holder.
    #[serde(default)]
    pub principal_type: Option<PrincipalType>,
    /// Name of the holder.
    #[serde(default)]
    pub principal_display_name: Option<String>,
    /// Name of the API.
    #[serde(default)]
    pub resource_display_name: Option<String>,
    /// When it was granted.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub created_date_time: Option<Timestamp>,
}

open_enum! {
    /// For whom a delegated grant holds.
    pub enum ConsentType {
        /// Everybody in the organisation, future people too.
        AllPrincipals = "AllPrincipals",
        /// One person.
        Principal = "Principal",
    }
}

/// The delegated permissions granted to one app on one API, for everybody or for one person.
///
/// There is one object per (client, resource, consent type, person): a further permission is added by changing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OAuth2PermissionGrant {
    /// Its id.
    pub id: GrantId,
    /// The enterprise app that may act.
    pub client_id: ServicePrincipalId,
    /// For everybody or for one person.
    pub consent_type: ConsentType,
    /// The person; none when for everybody.
    #[serde(default)]
    pub principal_id: Option<DirectoryObjectId>,
    /// The enterprise app of the API.
    pub resource_id: ServicePrincipalId,
    /// Names of the permissions, separated by spaces (sometimes with a leading one).
    #[serde(default)]
    pub scope: Option<String>,
}

impl OAuth2PermissionGrant {
    /// The names of the permissions.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.as_deref().unwrap_or_default().split_whitespace()
    }

    /// The list that also holds `wanted`, for a PATCH that takes nothing away. `None` when nothing is missing.
    #[must_use]
    pub fn merged_with<'a>(&'a self, wanted: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let mut all: Vec<&str> = self.scopes().collect();
        let had = all.len();
        for scope in wanted {
            // Scope names are compared without case, as Entra does.
            if !all.iter().any(|have| have.eq_ignore_ascii_case(scope)) {
                all.push(scope);
            }
        }
        (all.len() > had).then(|| all.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(scope: &str) -> OAuth2PermissionGrant {
        serde_json::from_value(serde_json::json!({
            "id": "g", "clientId": "c", "consentType": "AllPrincipals", "principalId": null, "resourceId": "r", "scope": scope,
        }))
        .unwrap()
    }

    #[test]
    fn merging_never_takes_a_scope_away() {
        let other = grant(" User.Read offline_access");
        assert_eq!(
            other.merged_with(["user.read", "Calendars.Read"]).as_deref(),
            Some("User.Read offline_access Calendars.Read")
        );
        assert_eq!(other.merged_with(["User.Read"]), None);
    }

    #[test]
    fn an_unknown_consent_type_is_kept() {
        let text = r#"{"id":"g","clientId":"c","consentType":"SomeFuture","resourceId":"r"}"#;
        let read: OAuth2PermissionGrant = serde_json::from_str(text).unwrap();
        assert_eq!(read.consent_type, ConsentType::Other("SomeFuture".into()));
        assert_eq!(read.scopes().count(), 0);
    }
}
