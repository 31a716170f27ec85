use serde::Deserialize;

use super::loose::text;

/// A group that Exchange knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Group {
    /// Its name, unique in the organisation.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    /// The name that people see.
    #[serde(default, deserialize_with = "text")]
    pub display_name: Option<String>,
    /// Its address.
    #[serde(default, deserialize_with = "text")]
    pub primary_smtp_address: Option<String>,
    /// Where it lies in the directory: what a filter names it by.
    #[serde(default, deserialize_with = "text")]
    pub distinguished_name: Option<String>,
    /// Object id in Entra.
    #[serde(default, deserialize_with = "text")]
    pub external_directory_object_id: Option<String>,
    /// `MailUniversalSecurityGroup`, `MailUniversalDistributionGroup`, `GroupMailbox`, …
    #[serde(default, deserialize_with = "text")]
    pub recipient_type_details: Option<String>,
}

impl Group {
    /// Whether it is a mail-enabled security group.
    #[must_use]
    pub fn is_mail_enabled_security_group(&self) -> bool {
        self.recipient_type_details.as_deref() == Some("MailUniversalSecurityGroup")
    }

    /// The name to show.
    #[must_use]
    pub fn title(&self) -> &str {
        let name = self.display_name.as_deref().or(self.name.as_deref());
        name.or(self.primary_smtp_address.as_deref()).unwrap_or("a group")
    }
}
