//! Identifiers, one type each, so that an object id cannot stand where a client id belongs.
//!
//! Every one of them is safe as one segment of a path once percent-encoded: not empty, not `.` or `..` (which a URL
//! parser would resolve, encoded or not), without control characters and of bounded length.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest identifier that is accepted, in bytes. Message and event ids are the longest that Graph gives out (about 200).
const LONGEST: usize = 1024;

/// Text that cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// Nothing was given.
    #[error("the identifier is empty")]
    Empty,
    /// More than an identifier ever has.
    #[error("the identifier is too long")]
    TooLong,
    /// `.`, `..`, or a control character: it would change the address that is called.
    #[error("the identifier has a part that cannot stand in an address")]
    Unsafe,
    /// A GUID was needed: 32 hexadecimal digits in five groups.
    #[error("the identifier is not a GUID")]
    NotGuid,
}

pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(i, b)| match i {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

fn checked(text: String) -> Result<String, InvalidId> {
    if text.is_empty() {
        return Err(InvalidId::Empty);
    }
    if text.len() > LONGEST {
        return Err(InvalidId::TooLong);
    }
    if text == "." || text == ".." || text.chars().any(char::is_control) {
        return Err(InvalidId::Unsafe);
    }
    // GUIDs are compared often and written in either case: one spelling makes equality mean what it says.
    Ok(if is_guid(&text) { text.to_ascii_lowercase() } else { text })
}

/// Opening mark of a stand-in for an id that does not exist yet (see [`ApplicationId::placeholder`]).
const STAND_IN: (char, char) = ('⟨', '⟩');

pub(crate) fn is_placeholder(text: &str) -> bool {
    text.starts_with(STAND_IN.0) && text.ends_with(STAND_IN.1)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes an identifier as a server gave it. A GUID is put in lower case.
            ///
            /// # Errors
            /// [`InvalidId`] for text that cannot be one segment of a path.
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                checked(text.into()).map(Self)
            }

            /// Takes an identifier that a person typed: surrounding space is dropped and it must be a GUID.
            ///
            /// # Errors
            /// [`InvalidId::NotGuid`] for anything else.
            pub fn parse_guid(text: &str) -> Result<Self, InvalidId> {
                let text = text.trim();
                if is_guid(text) { Self::new(text) } else { Err(InvalidId::NotGuid) }
            }

            /// A stand-in for an id that will only exist later, for showing a request before its time. A request that
            /// holds one can be described and is refused when sent.
            #[must_use]
            pub fn placeholder(what: &str) -> Self {
                Self(format!("{}{what}{}", STAND_IN.0, STAND_IN.1))
            }

            /// The text of the identifier.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
        impl TryFrom<&str> for $name {
            type Error = InvalidId;
            fn try_from(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )*};
}

ids! {
    /// The client id of an app registration and of its enterprise apps (`appId`).
    AppId;
    /// The object id of an app registration (`application.id`), not its client id.
    ApplicationId;
    /// The name, fixed for ever, by which an app registration is created at most once (`application.uniqueName`).
    UniqueName;
    /// The object id of an enterprise app (`servicePrincipal.id`).
    ServicePrincipalId;
    /// The id of an application permission within its resource (`appRole.id`).
    AppRoleId;
    /// The id of a delegated permission within its resource (`permissionScope.id`).
    ScopeId;
    /// The id of one granted application permission (`appRoleAssignment.id`).
    AssignmentId;
    /// The id of one delegated grant (`oAuth2PermissionGrant.id`).
    GrantId;
    /// The id of one client secret or certificate (`keyId`): not the secret itself.
    KeyId;
    /// The object id of anything in the directory.
    DirectoryObjectId;
    /// The template id of a built-in role, the same in every organisation (`roleTemplateId`).
    RoleTemplateId;
    /// The id of an organisation (`organization.id`).
    TenantId;
    /// A domain of the organisation (`domain.id`).
    DomainName;
    /// A person by object id or by user principal name.
    UserRef;
}

macro_rules! directory_objects {
    ($($name:ident)*) => {$(
        impl From<$name> for DirectoryObjectId {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }
        impl From<DirectoryObjectId> for $name {
            fn from(id: DirectoryObjectId) -> Self {
                Self(id.0)
            }
        }
    )*};
}
directory_objects!(ApplicationId ServicePrincipalId UserRef);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_would_change_the_address_is_refused() {
        assert_eq!(ApplicationId::new(""), Err(InvalidId::Empty));
        assert_eq!(ApplicationId::new(".."), Err(InvalidId::Unsafe));
        assert_eq!(ApplicationId::new("."), Err(InvalidId::Unsafe));
        assert_eq!(ApplicationId::new("a\r\nb"), Err(InvalidId::Unsafe));
        assert_eq!(ApplicationId::new("x".repeat(2000)), Err(InvalidId::TooLong));
        assert!(serde_json::from_str::<ApplicationId>("\"..\"").is_err());
    }

    #[test]
    fn a_guid_is_equal_to_itself_in_either_case() {
        let upper = AppId::new("00000003-0000-0000-C000-000000000000").unwrap();
        assert_eq!(upper, AppId::parse_guid("  00000003-0000-0000-c000-000000000000 ").unwrap());
    }

    #[test]
    fn typed_text_must_be_a_guid() {
        for wrong in
            ["", "abc", "00000003-0000-0000-c000-00000000000", "00000003_0000-0000-c000-000000000000"]
        {
            assert_eq!(AppId::parse_guid(wrong), Err(InvalidId::NotGuid), "{wrong}");
        }
    }

    #[test]
    fn a_person_may_be_named_by_a_guest_s_principal_name() {
        assert_eq!(
            UserRef::new("anna_contoso.com#EXT#@fabrikam.com").unwrap().as_str(),
            "anna_contoso.com#EXT#@fabrikam.com"
        );
    }
}
