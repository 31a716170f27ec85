use serde::{Deserialize, Deserializer};

use super::loose::text;

/// What an application access policy does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccessRight {
    /// The app reaches the members of the group and nobody else.
    Restrict,
    /// The app reaches everybody but the members of the group.
    Deny,
    /// Something that this version does not know.
    Other,
}

/// An application access policy: limits what Entra grants an app on mailboxes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ApplicationAccessPolicy {
    /// What it is removed by.
    pub identity: String,
    /// Client id of the app; `*` for all apps.
    #[serde(default, deserialize_with = "text")]
    pub app_id: Option<String>,
    /// The group (or mailbox), by name.
    #[serde(default, deserialize_with = "text")]
    pub scope_name: Option<String>,
    /// The group (or mailbox), as Exchange identifies it.
    #[serde(default, deserialize_with = "text")]
    pub scope_identity: Option<String>,
    /// What it does.
    #[serde(default = "other", deserialize_with = "right")]
    pub access_right: AccessRight,
    /// Somebody's words for it.
    #[serde(default, deserialize_with = "text")]
    pub description: Option<String>,
}

impl ApplicationAccessPolicy {
    /// Whether it concerns this app.
    #[must_use]
    pub fn is_for(&self, app_id: &str) -> bool {
        self.app_id.as_deref().is_some_and(|own| own == "*" || own.eq_ignore_ascii_case(app_id))
    }
}

/// What a policy says about one mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyTest {
    /// `Granted` or `Denied`.
    #[serde(default, deserialize_with = "text")]
    access_check_result: Option<String>,
}

impl PolicyTest {
    /// Whether the app may; `None` for a word that is not known.
    #[must_use]
    pub fn is_granted(&self) -> Option<bool> {
        match self.access_check_result.as_deref()? {
            "Granted" => Some(true),
            "Denied" => Some(false),
            _ => None,
        }
    }
}

fn other() -> AccessRight {
    AccessRight::Other
}

fn right<'de, D: Deserializer<'de>>(from: D) -> Result<AccessRight, D::Error> {
    Ok(match text(from)?.as_deref() {
        Some("RestrictAccess") => AccessRight::Restrict,
        Some("DenyAccess") => AccessRight::Deny,
        _ => AccessRight::Other,
    })
}
