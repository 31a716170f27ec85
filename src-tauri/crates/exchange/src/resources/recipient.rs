use serde::Deserialize;

use super::loose::text;

/// Somebody or something that has an address.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Recipient {
    /// Its name, unique in the organisation.
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
    /// The short name by which it is found, and the beginning of its address.
    #[serde(default, deserialize_with = "text")]
    pub alias: Option<String>,
    /// The name that people see.
    #[serde(default, deserialize_with = "text")]
    pub display_name: Option<String>,
    /// Its address.
    #[serde(default, deserialize_with = "text")]
    pub primary_smtp_address: Option<String>,
    /// Where it lies in the directory.
    #[serde(default, deserialize_with = "text")]
    pub distinguished_name: Option<String>,
    /// Object id in Entra.
    #[serde(default, deserialize_with = "text")]
    pub external_directory_object_id: Option<String>,
    /// `UserMailbox`, `SharedMailbox`, `MailUniversalSecurityGroup`, `MailUser`, …
    #[serde(default, deserialize_with = "text")]
    pub recipient_type_details: Option<String>,
}

impl Recipient {
    /// Whether it has a mailbox in Exchange Online.
    #[must_use]
    pub fn has_mailbox(&self) -> bool {
        self.recipient_type_details.as_deref().is_some_and(|kind| {
            matches!(
                kind,
                "UserMailbox"
                    | "SharedMailbox"
                    | "RoomMailbox"
                    | "EquipmentMailbox"
                    | "LinkedMailbox"
                    | "SchedulingMailbox"
                    | "TeamMailbox"
            )
        })
    }

    /// Whether it is a group of any kind.
    #[must_use]
    pub fn is_group(&self) -> bool {
        let kind = self.recipient_type_details.as_deref().unwrap_or_default();
        kind.ends_with("Group") || kind == "GroupMailbox"
    }

    /// Whether this address means it.
    #[must_use]
    pub fn is_at(&self, address: &str) -> bool {
        self.primary_smtp_address.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(address.trim()))
    }
}
