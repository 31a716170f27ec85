//! The part of an address that names an organisation.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{Guid, TenantId};

/// The directory of personal Microsoft accounts
/// (<https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference>, `tid`).
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// Which organisation a sign-in is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Tenant {
    /// Any work or school account, and personal accounts.
    Common,
    /// Any work or school account.
    Organizations,
    /// Personal Microsoft accounts. They have no directory to work on, only what is their person's own.
    Consumers,
    /// This organisation, by its id.
    Id(TenantId),
    /// This organisation, by one of its verified domains.
    Domain(Box<str>),
}

/// Why a text names no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TenantTextError {
    /// Nothing was given.
    #[error("no organisation was given")]
    Empty,
    /// Neither an id nor a domain name.
    #[error("an organisation is given by its id or by a domain such as contoso.com")]
    Form,
    /// A name with letters outside a to z, which can look like another name.
    #[error(
        "domains with letters outside a to z can look like other domains; the organisation's id is safe to use"
    )]
    NotAscii,
    /// `consumers`: personal accounts have no directory. [`Tenant::Consumers`] is for their own sign-in.
    #[error("personal Microsoft accounts have no organisation")]
    Personal,
}

const LONGEST_DOMAIN: usize = 253;
const LONGEST_LABEL: usize = 63;

impl Tenant {
    /// Reads what a person typed or a file says. Only letters, digits, dots and hyphens can come out of it, so the
    /// result is safe in a path whatever went in.
    ///
    /// # Errors
    /// [`TenantTextError`] says which rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, TenantTextError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TenantTextError::Empty);
        }
        if let Ok(id) = text.parse::<Guid>() {
            return Ok(Self::Id(id));
        }
        match text.to_ascii_lowercase().as_str() {
            "common" => Ok(Self::Common),
            "organizations" => Ok(Self::Organizations),
            // Nobody types an organisation that does not exist; a personal account is asked for by name.
            "consumers" => Err(TenantTextError::Personal),
            domain => parse_domain(domain),
        }
    }

    /// The path segment: an id, a domain, `common`, `organizations` or `consumers`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Common => "common",
            Self::Organizations => "organizations",
            Self::Consumers => "consumers",
            Self::Id(id) => id.as_str(),
            Self::Domain(domain) => domain,
        }
    }

    /// The id, where it is already known.
    #[must_use]
    pub fn id(&self) -> Option<&TenantId> {
        match self {
            Self::Id(id) => Some(id),
            _ => None,
        }
    }

    /// Whether somebody of this directory may come back when this was asked for. A domain's id is known from the service's
    /// description of itself, which is checked elsewhere.
    #[must_use]
    pub fn admits(&self, directory: &TenantId) -> bool {
        match self {
            Self::Common => true,
            Self::Organizations | Self::Domain(_) => !is_personal(directory),
            Self::Consumers => is_personal(directory),
            Self::Id(wanted) => wanted == directory,
        }
    }

    /// Whether this names one organisation and not any of them.
    #[must_use]
    pub fn is_specific(&self) -> bool {
        matches!(self, Self::Id(_) | Self::Domain(_))
    }
}

/// Whether this is the directory of all personal Microsoft accounts.
#[must_use]
pub fn is_personal(directory: &TenantId) -> bool {
    directory.as_str() == PERSONAL
}

fn parse_domain(domain: &str) -> Result<Tenant, TenantTextError> {
    let labels: Vec<&str> = domain.split('.').collect();
    if !domain.is_ascii() || labels.iter().any(|label| label.starts_with("xn--")) {
        return Err(TenantTextError::NotAscii);
    }
    let label_is_fine = |label: &&str| {
        !label.is_empty()
            && label.len() <= LONGEST_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last_is_a_name =
        labels.last().is_some_and(|label| label.bytes().any(|byte| byte.is_ascii_alphabetic()));
    if labels.len() < 2
        || domain.len() > LONGEST_DOMAIN
        || !last_is_a_name
        || !labels.iter().all(label_is_fine)
    {
        return Err(TenantTextError::Form);
    }
    Ok(Tenant::Domain(domain.into()))
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<TenantId> for Tenant {
    fn from(id: TenantId) -> Self {
        Self::Id(id)
    }
}

impl TryFrom<String> for Tenant {
    type Error = TenantTextError;

    fn try_from(text: String) -> Result<Self, TenantTextError> {
        // What was written by `From<Tenant>`, and not what somebody typed.
        if text == "consumers" { Ok(Self::Consumers) } else { Self::parse(&text) }
    }
}

impl From<Tenant> for String {
    fn from(tenant: Tenant) -> Self {
        tenant.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_names_an_organisation() {
        assert_eq!(
            Tenant::parse(" Contoso.onmicrosoft.COM "),
            Ok(Tenant::Domain("contoso.onmicrosoft.com".into()))
        );
        assert_eq!(Tenant::parse("COMMON"), Ok(Tenant::Common));
        assert_eq!(Tenant::parse("organizations"), Ok(Tenant::Organizations));
        let id = "7b1e5f0a-0000-4000-8000-00000000000A";
        assert_eq!(Tenant::parse(id).unwrap().as_str(), id.to_ascii_lowercase());
    }

    /// Attack 21.
    #[test]
    fn hostile_text_is_refused() {
        use TenantTextError::{Empty, Form, NotAscii, Personal};
        for (text, why) in [
            ("", Empty),
            ("consumers", Personal),
            ("\";calc", Form),
            ("--flag", Form),
            ("-a.example", Form),
            ("file:///etc/passwd", Form),
            ("smb://host/share", Form),
            ("javascript:alert(1)", Form),
            ("../common", Form),
            ("contoso.com/../evil", Form),
            ("contoso.com?x=y", Form),
            ("contoso.com#x", Form),
            ("contoso.com\r\nHost: evil", Form),
            ("a@contoso.com", Form),
            ("contoso..com", Form),
            ("127.0.0.1", Form),
            ("localhost", Form),
            ("c\u{43e}ntoso.com", NotAscii),
            ("xn--cntoso-9ye.com", NotAscii),
            ("contoso\u{2024}com", NotAscii),
        ] {
            assert_eq!(Tenant::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn personal_accounts_and_organisations_are_told_apart() {
        let personal: TenantId = PERSONAL.parse().unwrap();
        let work: TenantId = "7b1e5f0a-0000-4000-8000-00000000000a".parse().unwrap();
        for (tenant, admits) in [
            (Tenant::Common, (true, true)),
            (Tenant::Organizations, (true, false)),
            (Tenant::Consumers, (false, true)),
            (Tenant::Id(work.clone()), (true, false)),
            (Tenant::Id(personal.clone()), (false, true)),
            (Tenant::Domain("contoso.com".into()), (true, false)),
        ] {
            assert_eq!((tenant.admits(&work), tenant.admits(&personal)), admits, "{tenant}");
        }
        let written: String = Tenant::Consumers.into();
        assert_eq!(Tenant::try_from(written), Ok(Tenant::Consumers));
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_is_safe_in_a_path(text in "\\PC{0,80}") {
            if let Ok(tenant) = Tenant::parse(&text) {
                prop_assert!(tenant.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'));
                prop_assert!(!tenant.as_str().contains(".."));
            }
        }
    }
}
