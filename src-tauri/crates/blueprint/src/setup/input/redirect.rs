//! Redirect URIs, once every gap is filled in.

use thiserror::Error;
use url::{Host, Url};

use super::{host, text};
use crate::RedirectPlatform;

/// Longest redirect URI that Entra takes, in characters ("Redirect URI (reply URL) restrictions").
const MAX: usize = 256;

/// Why an address cannot be a redirect URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum RedirectError {
    #[error("this is not a whole web address such as https://example.com/return")]
    NotAUrl,
    #[error("the address must begin with https, so that nobody on the way can read the answer")]
    NotHttps,
    #[error("an address with “*” in it would send the answer to any page; write the whole address")]
    Wildcard,
    #[error("the address may not have a part after “#”")]
    Fragment,
    #[error("the address may not have a name or password in it")]
    Password,
    #[error("the address is longer than the 256 characters that Microsoft takes")]
    TooLong,
    #[error("the address must name a computer by its name, not by its number")]
    HostName,
    #[error("the letter “{0}” in the address looks like another one but is not it")]
    LookAlike(char),
}

/// Whether Microsoft takes this as a redirect URI and it is safe to register: https and a full host name, or
/// `http://localhost` for an app on a person's device (RFC 8252 section 7.3).
pub(crate) fn check(uri: &str, platform: RedirectPlatform) -> Result<(), RedirectError> {
    if uri.contains('*') {
        return Err(RedirectError::Wildcard);
    }
    if uri.chars().count() > MAX {
        return Err(RedirectError::TooLong);
    }
    if text::has_hidden(uri, false) || uri.contains(char::is_whitespace) || uri.contains('\\') {
        return Err(RedirectError::NotAUrl);
    }
    let url = Url::parse(uri).map_err(|_| RedirectError::NotAUrl)?;
    let on_device = platform == RedirectPlatform::Public
        && matches!(url.scheme(), "http" | "https")
        && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    if url.scheme() != "https" && !on_device {
        return Err(RedirectError::NotHttps);
    }
    if !uri.contains("://") {
        return Err(RedirectError::NotAUrl);
    }
    if url.fragment().is_some() {
        return Err(RedirectError::Fragment);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RedirectError::Password);
    }
    match url.host() {
        _ if on_device => Ok(()),
        Some(Host::Domain(domain)) => match host::ascii(domain) {
            Ok(_) => Ok(()),
            Err(super::InputProblem::LookAlike { character }) => Err(RedirectError::LookAlike(character)),
            Err(_) => Err(RedirectError::NotAUrl),
        },
        _ => Err(RedirectError::HostName),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_addresses_pass() {
        use RedirectPlatform::{Public, Spa, Web};
        let cases = [
            ("https://acme.example.com/return", Web, Ok(())),
            ("https://acme.example.com/return?tenant=1", Web, Ok(())),
            ("http://localhost", Public, Ok(())),
            ("http://127.0.0.1/return", Public, Ok(())),
            ("http://localhost", Web, Err(RedirectError::NotHttps)),
            ("http://acme.example.com", Spa, Err(RedirectError::NotHttps)),
            ("javascript:alert(1)", Web, Err(RedirectError::NotHttps)),
            ("https:acme.example.com", Web, Err(RedirectError::NotAUrl)),
            ("https://*.example.com/return", Web, Err(RedirectError::Wildcard)),
            ("https://acme.example.com/#x", Web, Err(RedirectError::Fragment)),
            ("https://me:pw@acme.example.com/", Web, Err(RedirectError::Password)),
            ("https://192.0.2.1/return", Web, Err(RedirectError::HostName)),
            ("https://аcme.example.com/", Web, Err(RedirectError::LookAlike('а'))),
            ("https://acme.example.com\\@evil.example/", Web, Err(RedirectError::NotAUrl)),
            ("not an address", Web, Err(RedirectError::NotAUrl)),
        ];
        for (uri, platform, expected) in cases {
            assert_eq!(check(uri, platform), expected, "{uri}");
        }
        assert_eq!(
            check(&format!("https://example.com/{}", "x".repeat(240)), Web),
            Err(RedirectError::TooLong)
        );
    }
}
