use serde::Deserialize;

use super::loose::text;

/// Exchange's pointer to an enterprise app of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServicePrincipal {
    /// Client id.
    #[serde(default, deserialize_with = "text")]
    pub app_id: Option<String>,
    /// Object id of the enterprise app in Entra.
    #[serde(default, deserialize_with = "text")]
    pub object_id: Option<String>,
    /// The same under its older name; some answers carry both.
    #[serde(default, deserialize_with = "text")]
    pub service_id: Option<String>,
    /// Name.
    #[serde(default, deserialize_with = "text")]
    pub display_name: Option<String>,
}

impl ServicePrincipal {
    /// Object id of the enterprise app, by whichever name it came.
    #[must_use]
    pub fn enterprise_app(&self) -> Option<&str> {
        self.object_id.as_deref().or(self.service_id.as_deref())
    }
}
