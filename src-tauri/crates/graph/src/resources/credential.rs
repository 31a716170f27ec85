//! Client secrets and certificates of an app.
//! <https://learn.microsoft.com/graph/api/resources/passwordcredential>,
//! <https://learn.microsoft.com/graph/api/resources/keycredential>

use jiff::Timestamp;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::id::KeyId;

/// A client secret as listed: never its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordCredential {
    /// Its id ("Secret ID" in the portal, often mistaken for the secret).
    pub key_id: KeyId,
    /// Its name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The first three characters of the value.
    #[serde(default)]
    pub hint: Option<String>,
    /// First instant at which it works.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub start_date_time: Option<Timestamp>,
    /// Instant at which it stops. `None` is unknown, not "never".
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub end_date_time: Option<Timestamp>,
}

/// A certificate of an app, without private key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyCredential {
    /// Its id; chosen by the server when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<KeyId>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// `AsymmetricX509Cert`, `X509CertAndPassword` or `Symmetric`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `Verify` or `Sign`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Thumbprint, base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_key_identifier: Option<String>,
    /// The certificate, base64. Returned only when `keyCredentials` of a single object is selected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// First instant at which it works.
    #[serde(default, deserialize_with = "crate::time::lenient", skip_serializing_if = "Option::is_none")]
    pub start_date_time: Option<Timestamp>,
    /// Instant at which it stops. `None` is unknown, not "never".
    #[serde(default, deserialize_with = "crate::time::lenient", skip_serializing_if = "Option::is_none")]
    pub end_date_time: Option<Timestamp>,
}

/// A client secret just made: the only time that its value is seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewSecret {
    /// Its id.
    pub key_id: KeyId,
    /// The value. Shown by Graph once.
    #[serde(deserialize_with = "secret")]
    pub secret_text: SecretString,
    /// Its name: carries the marker by which it is found again.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The first three characters of the value.
    #[serde(default)]
    pub hint: Option<String>,
    /// First instant at which it works.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub start_date_time: Option<Timestamp>,
    /// Instant at which it stops, as the server decided. `None` is unknown.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub end_date_time: Option<Timestamp>,
}

fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        // An empty value is a lost one: better an unreadable answer than a secret that opens nothing.
        return Err(serde::de::Error::custom("no value"));
    }
    Ok(SecretString::from(text))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const ANSWER: &str = r#"{"keyId":"f0b0b335-1d71-4883-8f98-567911bfdca6","secretText":"[6gyXA5S20@MN+WRXAJ]I-TO7g1:h2P8",
        "hint":"[6g","displayName":"Gatehouse/1f/1","endDateTime":"2027-05-20T00:00:00Z"}"#;

    #[test]
    fn the_value_is_read_and_never_shown() {
        let secret: NewSecret = serde_json::from_str(ANSWER).unwrap();
        assert_eq!(secret.secret_text.expose_secret(), "[6gyXA5S20@MN+WRXAJ]I-TO7g1:h2P8");
        assert!(!format!("{secret:?}").contains("XA5S20"));
        assert!(!format!("{secret:#?}").contains("XA5S20"));
    }

    #[test]
    fn an_answer_without_a_value_is_unreadable() {
        assert!(
            serde_json::from_str::<NewSecret>(r#"{"keyId":"f0b0b335-1d71-4883-8f98-567911bfdca6"}"#).is_err()
        );
        assert!(
            serde_json::from_str::<NewSecret>(
                r#"{"keyId":"f0b0b335-1d71-4883-8f98-567911bfdca6","secretText":""}"#
            )
            .is_err()
        );
    }

    #[test]
    fn a_listed_secret_with_an_odd_date_is_still_listed() {
        let listed: PasswordCredential =
            serde_json::from_str(r#"{"keyId":"k","endDateTime":"9999-12-31T23:59:59Z","startDateTime":"?"}"#)
                .unwrap();
        assert_eq!(listed.end_date_time, Some(Timestamp::MAX));
        assert_eq!(listed.start_date_time, None);
    }
}
