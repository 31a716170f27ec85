//! Roles of administrators.
//! <https://learn.microsoft.com/graph/api/resources/directoryrole>,
//! <https://learn.microsoft.com/graph/api/resources/unifiedroleassignment>

use serde::{Deserialize, Serialize};

use super::DirectoryObject;
use crate::id::{DirectoryObjectId, RoleTemplateId};

/// A built-in role that is in use in the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryRole {
    /// Object id, different in each organisation.
    pub id: DirectoryObjectId,
    /// Template id, the same everywhere: compare this, never the name (names are translated).
    #[serde(default)]
    pub role_template_id: Option<RoleTemplateId>,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
}

/// One role held by one person, app or group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleAssignment {
    /// Its id.
    #[serde(default)]
    pub id: Option<String>,
    /// Who holds it.
    pub principal_id: DirectoryObjectId,
    /// Which role; for a built-in one the same as its template id.
    pub role_definition_id: RoleTemplateId,
    /// `/` for the whole organisation, else a part of it.
    #[serde(default)]
    pub directory_scope_id: Option<String>,
    /// The holder, where it was expanded.
    #[serde(default)]
    pub principal: Option<DirectoryObject>,
}

impl RoleAssignment {
    /// Whether it holds for the whole organisation. A role over one administrative unit does not help to register apps.
    #[must_use]
    pub fn is_organisation_wide(&self) -> bool {
        self.directory_scope_id.as_deref() == Some("/")
    }
}
