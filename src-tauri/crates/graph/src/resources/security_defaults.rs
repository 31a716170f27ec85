//! Microsoft's basic rules for signing in.

use serde::{Deserialize, Serialize};

/// The rules that hold where an organisation has made none of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityDefaults {
    /// Everybody is asked for a second proof.
    #[serde(default)]
    pub is_enabled: Option<bool>,
}
