//! What a cmdlet is about: a name, an address, a GUID or a distinguished name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longer than any distinguished name that Exchange gives out.
const LONGEST: usize = 1024;

/// Text that cannot name one object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidIdentity {
    /// Nothing was given.
    #[error("the name is empty")]
    Empty,
    /// More than a name ever has.
    #[error("the name is too long")]
    TooLong,
    /// `*` would mean several objects: cmdlets read it as "anything".
    #[error("the name contains a star, which stands for anything")]
    Wildcard,
    /// A control character.
    #[error("the name contains a character that cannot be written")]
    Unsafe,
}

/// Names exactly one object of Exchange.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identity(String);

impl Identity {
    /// Takes a name, an address, a GUID or a distinguished name; surrounding space is dropped.
    ///
    /// # Errors
    /// [`InvalidIdentity`] for text that could mean several objects, or none.
    pub fn new(text: impl AsRef<str>) -> Result<Self, InvalidIdentity> {
        let text = text.as_ref().trim();
        if text.is_empty() {
            return Err(InvalidIdentity::Empty);
        }
        if text.len() > LONGEST {
            return Err(InvalidIdentity::TooLong);
        }
        if text.contains('*') {
            return Err(InvalidIdentity::Wildcard);
        }
        if text.chars().any(char::is_control) {
            return Err(InvalidIdentity::Unsafe);
        }
        Ok(Self(text.to_owned()))
    }

    /// A stand-in for what will only exist later, for showing a command before its time. A command that holds one is
    /// refused when sent.
    #[must_use]
    pub fn placeholder(what: &str) -> Self {
        Self(format!("⟨{what}⟩"))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl TryFrom<String> for Identity {
    type Error = InvalidIdentity;
    fn try_from(text: String) -> Result<Self, InvalidIdentity> {
        Self::new(text)
    }
}
impl From<Identity> for String {
    fn from(identity: Identity) -> String {
        identity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_names_one_object() {
        assert_eq!(Identity::new(" sales@contoso.com ").unwrap().as_str(), "sales@contoso.com");
        assert_eq!(Identity::new("  "), Err(InvalidIdentity::Empty));
        assert_eq!(Identity::new("sales*"), Err(InvalidIdentity::Wildcard));
        assert_eq!(Identity::new("a\nb"), Err(InvalidIdentity::Unsafe));
        assert_eq!(Identity::new("x".repeat(2000)), Err(InvalidIdentity::TooLong));
        assert!(serde_json::from_str::<Identity>("\"*\"").is_err());
    }
}
