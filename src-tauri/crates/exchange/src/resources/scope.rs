use serde::Deserialize;

use super::loose::text;

/// A limit on recipients, by a filter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagementScope {
    /// Its name, unique in the organisation.
    pub name: String,
    /// The filter, in OPATH.
    #[serde(default, deserialize_with = "text")]
    pub recipient_filter: Option<String>,
}
