//! Who is who: directories, apps and people, each by its id and never by its name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A GUID in its usual form, in lower case.
///
/// Microsoft's ids are compared as such; the same id pasted in upper case or in braces is the same id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guid(Box<str>);

/// The text is not a GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form 00000000-0000-0000-0000-000000000000")]
pub struct NotAGuid;

impl Guid {
    /// The id as text, lower case, without braces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let text = text.trim();
        let text = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
        let well_formed = text.len() == 36
            && text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        if well_formed { Ok(Self(text.to_ascii_lowercase().into())) } else { Err(NotAGuid) }
    }
}

impl TryFrom<String> for Guid {
    type Error = NotAGuid;

    fn try_from(text: String) -> Result<Self, NotAGuid> {
        text.parse()
    }
}

impl From<Guid> for String {
    fn from(id: Guid) -> Self {
        id.0.into()
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a directory (`tid`).
pub type TenantId = Guid;
/// The client id of an app registration (`appId`, `client_id`).
pub type ClientId = Guid;
/// The id of a person in one directory (`oid`).
pub type ObjectId = Guid;

/// One person in one organisation: the only key that never changes hands. Names and mail addresses do
/// (<https://learn.microsoft.com/entra/identity-platform/claims-validation>).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountKey {
    /// The organisation in which the person signed in.
    pub tenant_id: TenantId,
    /// The person there. A guest has another one at home.
    pub object_id: ObjectId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_guid_is_one_in_any_of_its_spellings() {
        let id: Guid = "04b07795-8ddb-461a-bbee-02f9e1bf7b46".parse().unwrap();
        for same in [" 04B07795-8DDB-461A-BBEE-02F9E1BF7B46 ", "{04b07795-8ddb-461a-bbee-02f9e1bf7b46}"] {
            assert_eq!(same.parse(), Ok(id.clone()));
        }
        for other in
            ["", "04b07795", "04b077958ddb461abbee02f9e1bf7b46", "04b07795-8ddb-461a-bbee-02f9e1bf7b4g", "{}"]
        {
            assert_eq!(other.parse::<Guid>(), Err(NotAGuid), "{other}");
        }
        assert!(serde_json::from_str::<Guid>("\"x\"").is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            if let Ok(id) = text.parse::<Guid>() {
                prop_assert_eq!(id.as_str().len(), 36);
            }
        }
    }
}
