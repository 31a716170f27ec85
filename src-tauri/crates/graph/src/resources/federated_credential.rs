//! Trust of an app in another service.
//! <https://learn.microsoft.com/graph/api/resources/federatedidentitycredential>

use serde::{Deserialize, Serialize};

use crate::id::DirectoryObjectId;

/// An outside identity that may act as the app. There is nothing secret in it, and nothing that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FederatedIdentityCredential {
    /// Its id.
    pub id: DirectoryObjectId,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// Who vouches.
    #[serde(default)]
    pub issuer: Option<String>,
    /// For whom.
    #[serde(default)]
    pub subject: Option<String>,
    /// What its tokens are for: one value.
    #[serde(default)]
    pub audiences: Vec<String>,
}
