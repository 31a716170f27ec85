//! What identifies a sealed record, and what can be known of it without the key.

use jiff::Timestamp;

use crate::error::{NameOf, VaultError};

/// The longest id, tenant or label, in bytes.
const LONGEST_NAME: usize = 512;

/// The id of a record: chosen by the caller, unique in the vault, readable without the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(String);

impl RecordId {
    /// Accepts 1 to 512 bytes without control characters.
    ///
    /// # Errors
    /// [`VaultError::InvalidName`] otherwise.
    pub fn new(id: impl Into<String>) -> Result<Self, VaultError> {
        checked(id.into(), NameOf::Record).map(Self)
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of secret a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// A refresh token of a signed-in person.
    RefreshToken,
    /// A client secret of an app registration.
    ClientSecret,
    /// A private key in PEM or DER as text.
    PrivateKey,
    /// A password of an account.
    Password,
}

impl RecordKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::RefreshToken, Self::ClientSecret, Self::PrivateKey, Self::Password];

    /// The name under which the kind is stored and authenticated. Never change one.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RefreshToken => "refresh-token",
            Self::ClientSecret => "client-secret",
            Self::PrivateKey => "private-key",
            Self::Password => "password",
        }
    }

    /// The kind with this stored name, unless a newer version wrote one that this version does not know.
    pub(crate) fn from_stored(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a secret belongs. All three parts are authenticated with the ciphertext, so a record that was moved to another
/// id, tenant or kind does not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordAddress {
    id: RecordId,
    kind: RecordKind,
    tenant: String,
}

impl RecordAddress {
    /// An address. `tenant` is the directory id, or any stable name where there is no tenant yet.
    ///
    /// # Errors
    /// [`VaultError::InvalidName`] for an empty or over-long tenant.
    pub fn new(id: RecordId, kind: RecordKind, tenant: impl Into<String>) -> Result<Self, VaultError> {
        Ok(Self { id, kind, tenant: checked(tenant.into(), NameOf::Tenant)? })
    }

    /// The record's id.
    #[must_use]
    pub fn id(&self) -> &RecordId {
        &self.id
    }

    /// The record's kind.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        self.kind
    }

    /// The record's tenant.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.tenant
    }
}

/// What can be known of a record without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordInfo {
    /// Its id.
    pub id: RecordId,
    /// Its kind.
    pub kind: RecordKind,
    /// Its tenant.
    pub tenant: String,
    /// What the caller wrote to recognise it by. Never secret.
    pub label: String,
    /// When this value was put.
    pub created: Timestamp,
    /// Whether the key that is open now is the one that sealed it.
    pub readable: bool,
}

/// Checks a label: like an id, but it may be empty.
pub(crate) fn checked_label(label: &str) -> Result<(), VaultError> {
    if label.is_empty() { Ok(()) } else { checked(label.to_owned(), NameOf::Label).map(drop) }
}

fn checked(name: String, of: NameOf) -> Result<String, VaultError> {
    let fits = !name.is_empty() && name.len() <= LONGEST_NAME && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(VaultError::InvalidName(of)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_confuse_a_reader_are_refused() {
        for bad in [String::new(), "a\0b".into(), "line\nbreak".into(), "x".repeat(LONGEST_NAME + 1)] {
            assert!(matches!(RecordId::new(bad), Err(VaultError::InvalidName(NameOf::Record))));
        }
        assert_eq!(RecordId::new("app/1/secret").unwrap().as_str(), "app/1/secret");
    }

    #[test]
    fn a_kind_keeps_its_stored_name() {
        let names: Vec<_> = RecordKind::ALL.into_iter().map(RecordKind::as_str).collect();
        assert_eq!(names, ["refresh-token", "client-secret", "private-key", "password"]);
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::from_stored(kind.as_str()), Some(kind));
        }
        assert_eq!(RecordKind::from_stored("canary"), None);
    }
}
