//! The `claims` parameter and the claims challenge of continuous access evaluation
//! (<https://learn.microsoft.com/entra/identity-platform/claims-challenge>).

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value, json};

/// Longest challenge that is looked at.
const LONGEST: usize = 16 * 1024;

/// Says that this client understands claims challenges, so that access tokens can live longer and be revoked at once.
const CLIENT_CAPABILITY: &str = "cp1";

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// A JSON object that the next request to the sign-in service must carry.
#[derive(Clone, PartialEq, Eq)]
pub struct Claims(Map<String, Value>);

/// The challenge cannot be read: too long, not base64, or not a JSON object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the service asked for a proof in a form that cannot be read")]
pub struct UnreadableChallenge;

impl Claims {
    /// Reads the JSON of an error's `claims` field.
    ///
    /// # Errors
    /// [`UnreadableChallenge`].
    pub fn from_json(text: &str) -> Result<Self, UnreadableChallenge> {
        if text.len() > LONGEST {
            return Err(UnreadableChallenge);
        }
        serde_json::from_str(text).map(Self).map_err(|_| UnreadableChallenge)
    }

    /// Reads a `WWW-Authenticate` header of a 401. `Ok(None)` when it holds no claims challenge, so that the 401 means
    /// something else.
    ///
    /// # Errors
    /// [`UnreadableChallenge`] for one that is there but cannot be read.
    pub fn from_www_authenticate(header: &str) -> Result<Option<Self>, UnreadableChallenge> {
        let Some(encoded) = quoted(header, "claims=\"") else { return Ok(None) };
        if encoded.len() > LONGEST {
            return Err(UnreadableChallenge);
        }
        let decoded = STANDARD
            .decode(encoded)
            .or_else(|_| URL_SAFE.decode(encoded))
            .map_err(|_| UnreadableChallenge)?;
        let text = String::from_utf8(decoded).map_err(|_| UnreadableChallenge)?;
        Self::from_json(&text).map(Some)
    }

    /// The challenge as JSON, for whoever hands it on.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// The `claims` parameter: `challenge`, if any, plus our capability.
    pub(crate) fn parameter(challenge: Option<&Self>) -> String {
        let mut claims = challenge.map(|challenge| challenge.0.clone()).unwrap_or_default();
        let access_token = claims.entry("access_token").or_insert_with(|| json!({}));
        if let Value::Object(wanted) = access_token {
            wanted.insert("xms_cc".into(), json!({ "values": [CLIENT_CAPABILITY] }));
        }
        Value::Object(claims).to_string()
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Claims").field(&self.0.keys().collect::<Vec<_>>()).finish()
    }
}

fn quoted<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let (before, after) = header.split_once(name)?;
    // `xclaims="` is another parameter.
    if before.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    after.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

    fn header(claims: &str) -> String {
        format!(r#"Bearer realm="", error="insufficient_claims", claims="{claims}""#)
    }

    #[test]
    fn a_challenge_is_read_in_every_base64() {
        for engine in [&STANDARD, &URL_SAFE] {
            let encoded = engine.encode(CHALLENGE);
            for encoded in [encoded.as_str(), encoded.trim_end_matches('=')] {
                let claims = Claims::from_www_authenticate(&header(encoded)).unwrap().unwrap();
                let merged: Value = serde_json::from_str(&Claims::parameter(Some(&claims))).unwrap();
                assert_eq!(merged["access_token"]["nbf"]["value"], "1604106651");
                assert_eq!(merged["access_token"]["xms_cc"]["values"][0], "cp1");
            }
        }
        assert_eq!(Claims::parameter(None), r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#);
    }

    #[test]
    fn a_401_without_a_challenge_is_something_else() {
        for header in ["", "Bearer error=\"invalid_token\"", "Bearer xclaims=\"e30=\"", "Bearer claims=\"e30"]
        {
            assert_eq!(Claims::from_www_authenticate(header), Ok(None), "{header}");
        }
    }

    /// Attack 28: 1 MB, not base64, not JSON, not an object.
    #[test]
    fn a_challenge_that_makes_no_sense_is_refused() {
        let huge = "e".repeat(1024 * 1024);
        for bad in [huge.as_str(), "!!!", "bm90IGpzb24", "W10", "/w=="] {
            let read = Claims::from_www_authenticate(&header(bad));
            assert_eq!(read, Err(UnreadableChallenge), "{}", &bad[..bad.len().min(12)]);
        }
    }
}
