use serde::Deserialize;

use super::loose::text;

/// Exchange's pointer to an enterprise app of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServicePrincipal {
    /// Client id.
    #[serde(default, deserialize_with = "text")]
    pub app_id: Option<String>,
    /// Object id of the enterprise app in Entra. Older answers call it `ServiceId`.
    #[serde(default, alias = "ServiceId", deserialize_with = "text")]
    pub object_id: Option<String>,
    /// Name.
    #[serde(default, deserialize_with = "text")]
    pub display_name: Option<String>,
}
