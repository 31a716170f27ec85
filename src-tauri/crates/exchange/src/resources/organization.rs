use serde::Deserialize;

use super::loose::{flag, text, texts};

/// Settings of the organisation, as far as products that reach mailboxes depend on them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OrganizationConfig {
    /// Whether Exchange Web Services answer; `None` when nothing was ever set.
    #[serde(default, deserialize_with = "flag")]
    pub ews_enabled: Option<bool>,
    /// `EnforceAllowList` or `EnforceBlockList`, by user agent.
    #[serde(default, deserialize_with = "text")]
    pub ews_application_access_policy: Option<String>,
    /// Client ids that may still use Exchange Web Services.
    #[serde(default, rename = "EwsAllowedAppIDs", deserialize_with = "texts")]
    pub ews_allowed_app_ids: Vec<String>,
    /// Nothing of the organisation's own can be made in Exchange yet: scopes and assignments are refused until
    /// `Enable-OrganizationCustomization` was run.
    #[serde(default, deserialize_with = "flag")]
    pub is_dehydrated: Option<bool>,
}

impl OrganizationConfig {
    /// Whether this app may still use Exchange Web Services.
    #[must_use]
    pub fn allows_ews(&self, app_id: &str) -> bool {
        self.ews_enabled == Some(true)
            && self.ews_allowed_app_ids.iter().any(|one| one.eq_ignore_ascii_case(app_id))
    }
}
