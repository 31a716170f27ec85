//! The claims challenge of Continuous Access Evaluation: a 401 that says what the next token must carry.
//! <https://learn.microsoft.com/entra/identity-platform/claims-challenge>

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

/// Longest `claims` that is read, in bytes of base64. Real ones are under 1 KiB.
const LONGEST: usize = 16 * 1024;

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Claims that the next token must meet, as JSON, to be handed to the authorization server unread.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimsChallenge(String);

impl ClaimsChallenge {
    /// Takes claims in JSON, as the token endpoint gives them. `None` unless they are an object of at most 16 KiB.
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        let readable = json.len() <= LONGEST
            && serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json).is_ok();
        readable.then(|| Self(json.to_owned()))
    }

    /// The JSON.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// Finds the challenge in the headers of a 401.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Option<Self> {
        headers
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find_map(Self::from_header)
    }

    /// Reads one `WWW-Authenticate` value (RFC 9110 section 11.6.1).
    pub(crate) fn from_header(value: &str) -> Option<Self> {
        let mut insufficient = false;
        let mut claims = None;
        for (name, value) in parameters(value) {
            match name.to_ascii_lowercase().as_str() {
                "error" => insufficient |= value == "insufficient_claims",
                "claims" if value.len() <= LONGEST => claims = Some(value),
                _ => {}
            }
        }
        let claims = claims.filter(|_| insufficient)?;
        let json = STANDARD.decode(&claims).or_else(|_| URL_SAFE.decode(&claims)).ok()?;
        Self::from_json(std::str::from_utf8(&json).ok()?)
    }
}

/// Shows only the size: claims may name policies of the organisation.
impl fmt::Debug for ClaimsChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClaimsChallenge({} bytes)", self.0.len())
    }
}

/// The `name=value` and `name="value"` parameters of a challenge; scheme names have no `=` and are passed over.
fn parameters(mut rest: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].rsplit([' ', ',', '\t']).next().unwrap_or_default();
        rest = &rest[equals + 1..];
        let value = if let Some(quoted) = rest.strip_prefix('"') {
            let (value, after) = unquote(quoted);
            rest = after;
            value
        } else {
            // Base64 padding may follow unquoted, so `=` is part of a bare value.
            let end = rest.find([',', ' ', '\t']).unwrap_or(rest.len());
            let value = rest[..end].to_owned();
            rest = &rest[end..];
            value
        };
        found.push((name, value));
    }
    found
}

fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const JSON: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

    #[test]
    fn the_header_of_microsoft_s_page_is_read() {
        let claims = STANDARD.encode(JSON);
        let header = format!(
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
             client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{claims}\""
        );
        assert_eq!(ClaimsChallenge::from_header(&header).unwrap().as_json(), JSON);
    }

    #[test]
    fn padding_alphabet_and_quotes_may_vary() {
        for claims in [
            STANDARD.encode(JSON),
            URL_SAFE.encode(JSON),
            STANDARD.encode(JSON).trim_end_matches('=').to_owned(),
        ] {
            for header in [
                format!("Bearer error=insufficient_claims, claims={claims}"),
                format!("Bearer claims=\"{claims}\" , ERROR=\"insufficient_claims\""),
                format!("PoP nonce=\"a=\\\"b\", Bearer error=\"insufficient_claims\", claims=\"{claims}\""),
            ] {
                assert_eq!(ClaimsChallenge::from_header(&header).unwrap().as_json(), JSON, "{header}");
            }
        }
    }

    #[test]
    fn what_is_no_challenge_is_not_one() {
        let claims = STANDARD.encode(JSON);
        let huge = STANDARD.encode(format!("{{\"x\":\"{}\"}}", "y".repeat(1 << 20)));
        let list = STANDARD.encode("[1,2]");
        for header in [
            "Bearer".to_owned(),
            "Bearer error=\"invalid_token\"".to_owned(),
            format!("Bearer error=\"invalid_token\", claims=\"{claims}\""),
            "Bearer error=\"insufficient_claims\", claims=\"%%%not base64%%%\"".to_owned(),
            format!("Bearer error=\"insufficient_claims\", claims=\"{huge}\""),
            format!("Bearer error=\"insufficient_claims\", claims=\"{list}\""),
        ] {
            assert_eq!(ClaimsChallenge::from_header(&header), None);
        }
    }

    #[test]
    fn its_debug_form_says_nothing() {
        assert_eq!(
            format!("{:?}", ClaimsChallenge::from_json("{\"canary\":1}").unwrap()),
            "ClaimsChallenge(12 bytes)"
        );
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_a_panic(header in ".{0,400}") {
            let _ = ClaimsChallenge::from_header(&header);
        }
    }
}
