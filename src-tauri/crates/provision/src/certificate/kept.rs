//! A certificate together with its private key, as it lies in the vault and as a product gets it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use identity::ClientCredential;
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};
use zeroize::Zeroizing;

use super::PublicCertificate;
use super::public::thumbprint;

/// A certificate with its private key, as PEM: `PRIVATE KEY` (PKCS #8), then `CERTIFICATE`.
#[derive(Clone)]
pub struct KeptCertificate {
    text: SecretString,
    der: Vec<u8>,
}

impl std::fmt::Debug for KeptCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptCertificate").field("thumbprint", &self.thumbprint()).finish_non_exhaustive()
    }
}

impl KeptCertificate {
    /// Reads what the vault gave back; `None` when a part is missing or damaged.
    #[must_use]
    pub fn read(text: SecretString) -> Option<Self> {
        let der = section(text.expose_secret(), "CERTIFICATE")?.to_vec();
        let kept = Self { text, der };
        kept.credential().map(|_| kept)
    }

    /// Both parts as PEM, for the vault and for the product.
    #[must_use]
    pub fn text(&self) -> &SecretString {
        &self.text
    }

    /// The public part, DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The public part, base64 of DER, as Graph takes it.
    #[must_use]
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// SHA-1 in upper-case hexadecimal, as the admin center shows it.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        thumbprint(&self.der)
    }

    /// The public part, with its dates. `None` when it has ended by now.
    #[must_use]
    pub fn public(&self, now: jiff::Timestamp) -> Option<PublicCertificate> {
        PublicCertificate::of_der(&self.der, now).ok()
    }

    /// What an app signs in with.
    pub(crate) fn credential(&self) -> Option<ClientCredential> {
        let key = section(self.text.expose_secret(), "PRIVATE KEY")?;
        let key = SecretSlice::from(key.to_vec());
        ClientCredential::certificate(&self.der, &key).ok()
    }
}

/// The first part of this kind in a PEM text, in memory that is wiped.
fn section(text: &str, kind: &str) -> Option<Zeroizing<Vec<u8>>> {
    let rest = text.split_once(&format!("-----BEGIN {kind}-----"))?.1;
    let body = rest.split_once(&format!("-----END {kind}-----"))?.0;
    let compact: Zeroizing<String> = Zeroizing::new(body.split_whitespace().collect());
    STANDARD.decode(compact.as_bytes()).ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::make;

    fn kept() -> KeptCertificate {
        let (starts, ends) =
            ("2026-11-20T10:00:00Z".parse().unwrap(), "2027-05-20T10:00:00Z".parse().unwrap());
        make("Totalview", starts, ends).unwrap()
    }

    #[test]
    fn it_comes_back_from_the_vault_as_it_went_in() {
        let kept = kept();
        let back = KeptCertificate::read(SecretString::from(kept.text().expose_secret())).unwrap();
        assert_eq!((back.der(), back.thumbprint()), (kept.der(), kept.thumbprint()));
        assert!(back.credential().is_some());
    }

    #[test]
    fn nothing_of_the_key_is_ever_shown() {
        let kept = kept();
        let shown = format!("{kept:?} {kept:#?}");
        let key = section(kept.text().expose_secret(), "PRIVATE KEY").unwrap();
        assert!(!shown.contains("PRIVATE") && !shown.contains(&STANDARD.encode(&key[..24])));
        assert!(shown.contains(&kept.thumbprint()));
    }

    #[test]
    fn a_part_that_is_missing_or_damaged_is_noticed() {
        let text = kept().text().expose_secret().to_owned();
        let only = |kind: &str| {
            let begin = text.find(&format!("-----BEGIN {kind}-----")).unwrap();
            let end = text.find(&format!("-----END {kind}-----")).unwrap();
            text[begin..end].to_owned() + &format!("-----END {kind}-----")
        };
        for broken in [only("CERTIFICATE"), only("PRIVATE KEY"), text.replace('A', ""), String::new()] {
            assert!(KeptCertificate::read(broken.into()).is_none());
        }
    }
}
