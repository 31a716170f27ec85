//! The key that signs tokens: made for one tenant, so that no other server accepts what this one issues.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// An RSA key pair of 2,048 bits and its id.
pub(crate) struct Keys {
    pkcs8: Vec<u8>,
    pair: KeyPair,
    decoding: DecodingKey,
    kid: String,
    modulus: String,
    exponent: String,
}

/// The key as the state file keeps it.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredKey {
    pkcs8: String,
}

/// The cryptographic library refused.
#[derive(Debug, thiserror::Error)]
#[error("the signing key could not be made or read")]
pub struct KeyError;

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Keys {
    /// Makes a new key.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError)?;
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_| KeyError)?;
        Self::from_pkcs8(der.as_ref().to_vec())
    }

    /// Reads a key from the state file.
    pub(crate) fn restore(stored: &StoredKey) -> Result<Self, KeyError> {
        Self::from_pkcs8(STANDARD.decode(&stored.pkcs8).map_err(|_| KeyError)?)
    }

    /// The key for the state file.
    pub(crate) fn store(&self) -> StoredKey {
        StoredKey { pkcs8: STANDARD.encode(&self.pkcs8) }
    }

    fn from_pkcs8(pkcs8: Vec<u8>) -> Result<Self, KeyError> {
        let pair = KeyPair::from_pkcs8(&pkcs8).map_err(|_| KeyError)?;
        let public = pair.public_key();
        let modulus = public.modulus().big_endian_without_leading_zero().to_vec();
        let exponent = public.exponent().big_endian_without_leading_zero().to_vec();
        Ok(Self {
            pair,
            decoding: DecodingKey::from_rsa_raw_components(&modulus, &exponent),
            kid: URL_SAFE_NO_PAD.encode(&Sha256::digest(&modulus)[..20]),
            modulus: URL_SAFE_NO_PAD.encode(&modulus),
            exponent: URL_SAFE_NO_PAD.encode(&exponent),
            pkcs8,
        })
    }

    /// A signed JWT.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        let header = json!({"typ": "JWT", "alg": "RS256", "kid": self.kid, "x5t": self.kid});
        let [header, claims] = [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let mut token = format!("{header}.{claims}");
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
            .map_err(|_| KeyError)?;
        token.push('.');
        token.push_str(&URL_SAFE_NO_PAD.encode(&signature));
        Ok(token)
    }

    /// The claims of a token that this key signed; times are left to the caller, who has the tenant's clock.
    pub(crate) fn open(&self, token: &str) -> Result<Value, KeyError> {
        let mut rules = Validation::new(Algorithm::RS256);
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        jsonwebtoken::decode::<Value>(token, &self.decoding, &rules)
            .map(|data| data.claims)
            .map_err(|_| KeyError)
    }

    /// The JSON Web Key Set; `issuer` is there in Entra's v2 set.
    pub(crate) fn jwks(&self, issuer: Option<&str>) -> Value {
        let mut key = json!({
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "x5t": self.kid,
            "n": self.modulus, "e": self.exponent,
        });
        if let Some(issuer) = issuer {
            key["issuer"] = json!(issuer);
        }
        json!({ "keys": [key] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_only_with_the_key_that_signed_it() {
        let (one, other) = (Keys::generate().unwrap(), Keys::generate().unwrap());
        let token = one.sign(&json!({"sub": "a"})).unwrap();
        assert_eq!(one.open(&token).unwrap()["sub"], "a");
        assert!(other.open(&token).is_err());
        let restored = Keys::restore(&one.store()).unwrap();
        assert_eq!(restored.open(&token).unwrap()["sub"], "a");
    }

    #[test]
    fn the_private_key_is_not_in_debug() {
        let keys = Keys::generate().unwrap();
        assert!(!format!("{keys:?}").contains(&keys.store().pkcs8));
    }
}
