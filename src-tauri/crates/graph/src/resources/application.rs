//! App registrations.
//! <https://learn.microsoft.com/graph/api/resources/application>

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{KeyCredential, PasswordCredential};
use crate::id::{AppId, ApplicationId};
use crate::open_enum::open_enum;

open_enum! {
    /// Who may sign in to an app (`signInAudience`). Always sent on creation: Microsoft's pages disagree on the default.
    pub enum SignInAudience {
        /// Accounts of this organisation only.
        MyOrg = "AzureADMyOrg",
        /// Accounts of any organisation.
        MultipleOrgs = "AzureADMultipleOrgs",
        /// Accounts of any organisation and personal accounts. Such an app may be written only 60 times a minute.
        OrgsAndPersonal = "AzureADandPersonalMicrosoftAccount",
        /// Personal accounts only.
        Personal = "PersonalMicrosoftAccount",
    }
}

open_enum! {
    /// Whether a requested permission is used by the app itself or for a signed-in person.
    pub enum ResourceAccessType {
        /// Application permission: its id is an [`AppRole`](super::AppRole).
        Role = "Role",
        /// Delegated permission: its id is a [`PermissionScope`](super::PermissionScope).
        Scope = "Scope",
    }
}

/// One requested permission.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceAccess {
    /// Id of the app role or scope. Unique within its resource only: the same GUID means other things elsewhere.
    pub id: String,
    /// Which of the two it is.
    #[serde(rename = "type")]
    pub kind: ResourceAccessType,
}

/// The permissions requested of one API (at most 50 APIs and 400 permissions in all). A request is not a grant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequiredResourceAccess {
    /// Client id of the API.
    pub resource_app_id: AppId,
    /// What is asked of it.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub resource_access: Vec<ResourceAccess>,
}

/// Settings of the web platform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WebApplication {
    /// Home page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_page_url: Option<String>,
    /// Where answers of a sign-in may go.
    #[serde(deserialize_with = "crate::nullable::or_default")]
    pub redirect_uris: Vec<String>,
}

/// Settings of the single-page platform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SpaApplication {
    /// Where answers of a sign-in may go.
    #[serde(deserialize_with = "crate::nullable::or_default")]
    pub redirect_uris: Vec<String>,
}

/// Settings of the desktop and mobile platform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PublicClient {
    /// Where answers of a sign-in may go.
    #[serde(deserialize_with = "crate::nullable::or_default")]
    pub redirect_uris: Vec<String>,
}

/// An app registration as read. Only selected fields are filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Application {
    /// Object id.
    pub id: ApplicationId,
    /// Client id.
    pub app_id: AppId,
    /// Name that people see; not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Name under which it was created at most once; fixed.
    #[serde(default)]
    pub unique_name: Option<String>,
    /// Who may sign in.
    #[serde(default)]
    pub sign_in_audience: Option<SignInAudience>,
    /// Requested permissions.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub required_resource_access: Vec<RequiredResourceAccess>,
    /// Client secrets, without their values.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub password_credentials: Vec<PasswordCredential>,
    /// Certificates, without the key itself.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub key_credentials: Vec<KeyCredential>,
    /// Web platform.
    #[serde(default)]
    pub web: Option<WebApplication>,
    /// Single-page platform.
    #[serde(default)]
    pub spa: Option<SpaApplication>,
    /// Desktop and mobile platform.
    #[serde(default)]
    pub public_client: Option<PublicClient>,
    /// Whether flows without a redirect (device code) are allowed.
    #[serde(default)]
    pub is_fallback_public_client: Option<bool>,
    /// Labels.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub tags: Vec<String>,
    /// Notes for administrators.
    #[serde(default)]
    pub notes: Option<String>,
    /// When it was registered.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub created_date_time: Option<Timestamp>,
    /// When it was deleted, if it was.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub deleted_date_time: Option<Timestamp>,
    /// Set by Microsoft when it has disabled the app.
    #[serde(default)]
    pub disabled_by_microsoft_status: Option<String>,
}

/// What is to be set on an app registration. Fields left out stay as they are.
///
/// A collection replaces the whole collection. `passwordCredentials` cannot be set this way (see
/// [`credentials::add_password`](crate::credentials::add_password)).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ApplicationPatch {
    /// Name that people see. Needed for an upsert.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Who may sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_audience: Option<SignInAudience>,
    /// Requested permissions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_resource_access: Option<Vec<RequiredResourceAccess>>,
    /// Web platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web: Option<WebApplication>,
    /// Single-page platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spa: Option<SpaApplication>,
    /// Desktop and mobile platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_client: Option<PublicClient>,
    /// Whether flows without a redirect (device code) are allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fallback_public_client: Option<bool>,
    /// Certificates: send the existing ones back, they are replaced as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_credentials: Option<Vec<KeyCredential>>,
    /// Labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Notes for administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}
