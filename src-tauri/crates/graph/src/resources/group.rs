//! Groups.
//! <https://learn.microsoft.com/graph/api/resources/group>

use serde::{Deserialize, Serialize};

use crate::id::DirectoryObjectId;

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Object id.
    pub id: DirectoryObjectId,
    /// Name; not unique.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Main address; none where it cannot receive mail.
    #[serde(default)]
    pub mail: Option<String>,
    /// Whether it can receive mail.
    #[serde(default)]
    pub mail_enabled: Option<bool>,
    /// Whether it can hold rights.
    #[serde(default)]
    pub security_enabled: Option<bool>,
    /// `Unified` for a Microsoft 365 group, `DynamicMembership` for one whose members follow from a rule.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub group_types: Vec<String>,
}
