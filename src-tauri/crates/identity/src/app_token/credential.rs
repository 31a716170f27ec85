//! What an app proves itself with.

use std::fmt;

use aws_lc_rs::signature::RsaKeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};
use sha2::{Digest as _, Sha256};

use crate::error::IdentityError;
use crate::ids::Guid;

/// A client secret or a certificate.
#[derive(Debug)]
pub enum ClientCredential {
    /// A secret.
    Secret(ClientSecret),
    /// A certificate with its private key.
    Certificate(ClientCertificate),
}

impl ClientCredential {
    /// From the value of a client secret.
    ///
    /// # Errors
    /// [`IdentityError::SecretIdPasted`].
    pub fn secret(value: SecretString) -> Result<Self, IdentityError> {
        ClientSecret::new(value).map(Self::Secret)
    }

    /// From a certificate (DER) and its RSA key (PKCS#8, DER).
    ///
    /// # Errors
    /// [`IdentityError::Certificate`] for a key that is not RSA of 2,048 to 8,192 bits.
    pub fn certificate(certificate_der: &[u8], key_pkcs8: &SecretSlice<u8>) -> Result<Self, IdentityError> {
        let key =
            RsaKeyPair::from_pkcs8(key_pkcs8.expose_secret()).map_err(|_| IdentityError::Certificate)?;
        let thumbprint = URL_SAFE_NO_PAD.encode(Sha256::digest(certificate_der));
        Ok(Self::Certificate(ClientCertificate { key, thumbprint }))
    }
}

/// The value of a client secret; never its id.
#[derive(Clone)]
pub struct ClientSecret(SecretString);

impl ClientSecret {
    /// Refuses what is certainly not a secret's value, before anything is sent. Microsoft's values hold a `~` and are
    /// not GUIDs; the portal shows the id, which is one, right beside them.
    ///
    /// # Errors
    /// [`IdentityError::SecretIdPasted`].
    pub fn new(value: SecretString) -> Result<Self, IdentityError> {
        if value.expose_secret().parse::<Guid>().is_ok() {
            return Err(IdentityError::SecretIdPasted);
        }
        let trimmed = value.expose_secret().trim();
        Ok(if trimmed.len() == value.expose_secret().len() { Self(value) } else { Self(trimmed.into()) })
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// A certificate that can sign.
pub struct ClientCertificate {
    pub(super) key: RsaKeyPair,
    /// SHA-256 of the certificate, base64url.
    pub(super) thumbprint: String,
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate").field("thumbprint", &self.thumbprint).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secrets_id_is_refused_before_anything_is_sent() {
        for id in ["04b07795-8ddb-461a-bbee-02f9e1bf7b46", " 04B07795-8DDB-461A-BBEE-02F9E1BF7B46\n"] {
            assert!(matches!(ClientCredential::secret(id.into()), Err(IdentityError::SecretIdPasted)));
        }
        let secret = ClientSecret::new(" canary~value\n".into()).unwrap();
        assert_eq!(secret.expose(), "canary~value", "spaces come along when copying");
        assert!(!format!("{secret:?}").contains("canary"));
    }

    #[test]
    fn a_key_that_cannot_sign_is_refused() {
        let key = SecretSlice::from(b"canary".to_vec());
        let refused = ClientCredential::certificate(b"certificate", &key).unwrap_err();
        assert!(matches!(refused, IdentityError::Certificate));
        assert!(!format!("{refused:?}").contains("canary"));
    }
}
