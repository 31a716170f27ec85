//! What is known of an app. Kept on this machine as JSON: fields are added, never renamed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An app of the organisation: a registration, an enterprise app, or both with the same client id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Client id.
    pub app_id: String,
    /// Name that people see: the registration's, else the enterprise app's. May be empty.
    pub name: String,
    /// The registration, where it is in this organisation.
    pub registration: Option<Registration>,
    /// The enterprise app, where there is one here.
    pub enterprise_app: Option<EnterpriseApp>,
    /// Secrets, certificates and federated credentials of both.
    pub credentials: Vec<Credential>,
    /// Object ids and names of its owners.
    pub owners: Known<Vec<Owner>>,
    /// Permissions granted in the organisation.
    pub grants: Known<Vec<Granted>>,
    /// When it last got a token by itself or for somebody.
    pub last_sign_in: Known<LastUse>,
}

/// A registration in this organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Object id.
    pub object_id: String,
    /// `signInAudience`, as Microsoft writes it.
    pub audience: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Where people are sent back to.
    pub redirects: Vec<Redirect>,
    /// Permissions that it asks for.
    pub requested: Vec<Requested>,
    /// Set by Microsoft when it has disabled the app.
    pub disabled_by_microsoft: bool,
    /// Its labels.
    pub tags: Vec<String>,
}

/// An enterprise app in this organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnterpriseApp {
    /// Object id.
    pub object_id: String,
    /// `servicePrincipalType`, as Microsoft writes it (`Application`, `ManagedIdentity`, …).
    pub kind: Option<String>,
    /// Id of the organisation in which the app is registered.
    pub owner_organisation: Option<String>,
    /// Whether anybody can sign in with it; `None` is unknown.
    pub enabled: Option<bool>,
    /// Its labels.
    pub tags: Vec<String>,
}

/// A redirect address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    /// What waits there.
    pub platform: Platform,
    /// The address, byte for byte.
    pub uri: String,
}

/// What waits at a redirect address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Platform {
    /// A web server.
    Web,
    /// A page in the browser.
    Spa,
    /// An app on a device.
    Public,
}

/// A permission that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requested {
    /// Client id of the API.
    pub resource: String,
    /// Id of the permission.
    pub id: String,
    /// For the app itself (a role); otherwise for a signed-in person (a scope).
    pub application: bool,
}

/// A permission that is granted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Granted {
    /// Object id of the API's enterprise app.
    pub resource_object: String,
    /// Client id of the API, where known.
    pub resource: Option<String>,
    /// Id of the role, or name of the scope.
    pub permission: String,
    /// For the app itself; otherwise for signed-in people.
    pub application: bool,
    /// For everybody. Always so for the app itself.
    pub everybody: bool,
    /// Since when, where Microsoft says.
    pub since: Option<Timestamp>,
}

/// Somebody who owns an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Owner {
    /// Object id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Sign-in name; none for an owner that is no person.
    pub upn: Option<String>,
    /// Whether the account can sign in; `None` is unknown.
    pub enabled: Option<bool>,
}

/// A way for an app to say who it is. Never the secret itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// Microsoft's key id; the id of the object for a federated credential.
    pub key_id: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its name; may be empty.
    pub name: String,
    /// First three characters of a secret.
    pub hint: Option<String>,
    /// `customKeyIdentifier` of a certificate; the subject of a federated credential.
    pub identifier: Option<String>,
    /// First instant at which it works.
    pub starts: Option<Timestamp>,
    /// Instant at which it stops. `None` is unknown, or never for a federated credential.
    pub ends: Option<Timestamp>,
    /// On the enterprise app instead of the registration.
    pub on_enterprise_app: bool,
    /// When an app last signed in with it.
    pub last_use: Known<LastUse>,
}

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CredentialKind {
    /// A client secret.
    Secret,
    /// A certificate that the app signs in with.
    Certificate,
    /// A certificate that Microsoft signs sign-ins with (SAML).
    SigningCertificate,
    /// Trust in another service.
    Federated,
}

/// When something was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LastUse {
    /// Seen then.
    At {
        /// When.
        at: Timestamp,
    },
    /// Not since then, which is as far back as Microsoft remembers.
    NotSince {
        /// Since when.
        since: Timestamp,
    },
}

/// Something that is looked up separately, and not always can be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
pub enum Known<T> {
    /// Nobody has looked.
    #[default]
    NotLooked,
    /// Somebody looked, and could not see: why.
    Hidden(Unseen),
    /// Seen.
    Seen(T),
}

impl<T> Known<T> {
    /// What was seen.
    #[must_use]
    pub fn seen(&self) -> Option<&T> {
        match self {
            Self::Seen(value) => Some(value),
            Self::NotLooked | Self::Hidden(_) => None,
        }
    }
}

/// Why something could not be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Unseen {
    /// The organisation has no licence for it.
    NotLicensed,
    /// The person, or Gatehouse, may not read it.
    NotAllowed,
    /// Microsoft did not answer.
    NoAnswer,
}
