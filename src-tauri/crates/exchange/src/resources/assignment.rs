use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::loose::{flag, text, texts};

/// A role given to an app, or to people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RoleAssignment {
    /// Its name, unique in the organisation.
    pub name: String,
    /// The role's name.
    #[serde(default, deserialize_with = "text")]
    pub role: Option<String>,
    /// Who has it, as Exchange names it.
    #[serde(default, deserialize_with = "text")]
    pub role_assignee_name: Option<String>,
    /// `ServicePrincipal` for an app.
    #[serde(default, deserialize_with = "text")]
    pub role_assignee_type: Option<String>,
    /// The app, where it is one.
    #[serde(default, deserialize_with = "text")]
    pub app: Option<String>,
    /// The management scope that limits it.
    #[serde(default, deserialize_with = "text")]
    pub custom_resource_scope: Option<String>,
    /// The group whose direct members it is limited to.
    #[serde(default, deserialize_with = "text")]
    pub recipient_group_scope: Option<String>,
    /// The administrative unit that it is limited to.
    #[serde(default, deserialize_with = "text")]
    pub recipient_administrative_unit_scope: Option<String>,
    /// Whether it is in force.
    #[serde(default, deserialize_with = "flag")]
    pub enabled: Option<bool>,
}

impl RoleAssignment {
    /// Whether nothing limits it.
    #[must_use]
    pub fn is_organisation_wide(&self) -> bool {
        self.custom_resource_scope.is_none()
            && self.recipient_group_scope.is_none()
            && self.recipient_administrative_unit_scope.is_none()
    }
}

/// A role that can be given.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagementRole {
    /// Its name, for example `Application Mail.Read`.
    pub name: String,
}

/// Whether a mailbox lies within a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InScope {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// No mailbox was named, or Exchange said something else.
    Unknown,
}

/// What an app may do by its roles in Exchange: not by what Entra grants it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Authorization {
    /// The role.
    #[serde(default, deserialize_with = "text")]
    pub role_name: Option<String>,
    /// The permissions in it.
    #[serde(default, deserialize_with = "texts")]
    pub granted_permissions: Vec<String>,
    /// What limits it, by name.
    #[serde(default, deserialize_with = "text")]
    pub allowed_resource_scope: Option<String>,
    /// The kind of limit (`CustomRecipientScope`, `Organization`, …).
    #[serde(default, deserialize_with = "text")]
    pub scope_type: Option<String>,
    /// Whether the mailbox that was asked about lies within.
    #[serde(default = "unknown", deserialize_with = "in_scope")]
    pub in_scope: InScope,
}

fn unknown() -> InScope {
    InScope::Unknown
}

fn in_scope<'de, D: Deserializer<'de>>(from: D) -> Result<InScope, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        Some(Value::Bool(true)) => InScope::Yes,
        Some(Value::Bool(false)) => InScope::No,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => InScope::Yes,
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => InScope::No,
        _ => InScope::Unknown,
    })
}
