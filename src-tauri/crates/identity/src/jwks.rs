//! The keys that ID tokens are signed with (RFC 7517).

use jsonwebtoken::DecodingKey;
use serde::Deserialize;

/// A published key set. Keys that are not RSA signing keys are passed over.
#[derive(Debug, Deserialize)]
pub(crate) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    purpose: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    /// Microsoft's own addition: whose tokens this key may sign.
    #[serde(default)]
    issuer: Option<String>,
}

/// A key for checking one signature.
pub(crate) struct SigningKey {
    pub(crate) key: DecodingKey,
    /// If present, the only issuer (or its form with a placeholder) that this key speaks for.
    pub(crate) issuer: Option<String>,
}

impl KeySet {
    pub(crate) fn find(&self, kid: &str) -> Option<SigningKey> {
        let key = self.keys.iter().find(|key| {
            key.kid.as_deref() == Some(kid)
                && key.kty == "RSA"
                && key.purpose.as_deref().is_none_or(|p| p == "sig")
        })?;
        let modulus = key.n.as_deref()?;
        Some(SigningKey {
            key: DecodingKey::from_rsa_components(modulus, key.e.as_deref()?).ok()?,
            issuer: key.issuer.clone(),
        })
    }
}
