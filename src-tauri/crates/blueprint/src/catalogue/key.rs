//! What identifies a permission.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::{Uuid, uuid};

/// Microsoft Graph's app id, the same in every organisation and cloud.
pub const MICROSOFT_GRAPH: Uuid = uuid!("00000003-0000-0000-c000-000000000000");
/// Office 365 Exchange Online's app id.
pub const EXCHANGE_ONLINE: Uuid = uuid!("00000002-0000-0ff1-ce00-000000000000");
/// The app id of Azure AD Graph, which Microsoft has switched off.
pub const AZURE_AD_GRAPH: Uuid = uuid!("00000002-0000-0000-c000-000000000000");

/// A permission's identity.
///
/// All three parts are needed. The same id stands for different permissions on different APIs (`Mail.Read` of
/// Microsoft Graph and of Exchange Online share one), and `User.Export.All` has one id for both kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PermissionKey {
    /// App id of the API.
    pub resource: Uuid,
    /// The id of the app role or of the delegated scope.
    pub id: Uuid,
    /// Which of the two it is.
    pub kind: PermissionKind,
}

/// `resource/id/kind`, such as `00000003-…/810c84a8-…/application`.
impl fmt::Display for PermissionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.resource, self.id, self.kind)
    }
}

/// Whether an app acts by itself or for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PermissionKind {
    /// By itself, without anybody signed in: an app role (`type: Role` in `requiredResourceAccess`).
    Application,
    /// For the signed-in person, never more than that person may do: a scope (`type: Scope`).
    Delegated,
}

impl PermissionKind {
    /// The value of `requiredResourceAccess.resourceAccess.type`.
    #[must_use]
    pub fn as_graph(self) -> &'static str {
        match self {
            Self::Application => "Role",
            Self::Delegated => "Scope",
        }
    }

    /// What it means, in a sentence.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Application => "The app uses this by itself, at any time, with nobody signed in.",
            Self::Delegated => {
                "The app uses this for a person who signed in, and can never do more than that person."
            }
        }
    }
}

impl fmt::Display for PermissionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Application => "application",
            Self::Delegated => "delegated",
        })
    }
}
