//! The little of X.509 that a client assertion needs: the public key and the thumbprints (RFC 5280 4.1).

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// A certificate of a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Certificate {
    der: Vec<u8>,
    /// `RSAPublicKey` (PKCS #1).
    pub(crate) public_key: Vec<u8>,
}

/// Reads `keyCredentials[].key`: base64 of the certificate, in DER or in PEM.
pub(crate) fn parse(key: &str) -> Option<Certificate> {
    let bytes = STANDARD.decode(key.trim()).ok()?;
    let der = match std::str::from_utf8(&bytes) {
        Ok(pem) if pem.contains("-----BEGIN CERTIFICATE-----") => from_pem(pem)?,
        _ => bytes,
    };
    let public_key = public_key(&der)?.to_vec();
    Some(Certificate { der, public_key })
}

impl Certificate {
    /// Whether a JWT header that says `name` means this certificate: SHA-1 or SHA-256, base64url or hex.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        [&digest::SHA1_FOR_LEGACY_USE_ONLY, &digest::SHA256].into_iter().any(|algorithm| {
            let thumbprint = digest::digest(algorithm, &self.der);
            URL_SAFE_NO_PAD.encode(thumbprint) == name || hex(thumbprint.as_ref()).eq_ignore_ascii_case(name)
        })
    }

    /// SHA-1 in hex, as the portal shows it.
    pub(crate) fn sha1_hex(&self) -> String {
        hex(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &self.der).as_ref())
    }
}

fn from_pem(pem: &str) -> Option<Vec<u8>> {
    let body = pem.split("-----BEGIN CERTIFICATE-----").nth(1)?.split("-----END").next()?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// `Certificate → tbsCertificate → subjectPublicKeyInfo → subjectPublicKey`.
fn public_key(der: &[u8]) -> Option<&[u8]> {
    let (certificate, _) = element(der, 0x30)?;
    let (mut rest, _) = element(certificate, 0x30)?;
    // version [0] is optional
    if rest.first() == Some(&0xA0) {
        rest = element(rest, 0xA0)?.1;
    }
    rest = element(rest, 0x02)?.1; // serialNumber
    for _ in 0..4 {
        rest = element(rest, 0x30)?.1; // signature, issuer, validity, subject
    }
    let (info, _) = element(rest, 0x30)?;
    let (_, after_algorithm) = element(info, 0x30)?;
    let (bits, _) = element(after_algorithm, 0x03)?;
    // The first byte of a BIT STRING counts its unused bits: none in a key.
    bits.strip_prefix(&[0])
}

/// One DER element with this tag: its content and what follows.
fn element(data: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = data.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = rest.split_first()?;
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let count = usize::from(*length & 0x7F);
        if count == 0 || count > 4 || rest.len() < count {
            return None;
        }
        let (bytes, rest) = rest.split_at(count);
        (bytes.iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte)), rest)
    };
    (rest.len() >= length).then(|| rest.split_at(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rubbish_is_no_certificate() {
        assert_eq!(parse(""), None);
        assert_eq!(parse("AAAA"), None);
        assert_eq!(parse(&STANDARD.encode([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF])), None);
        assert_eq!(parse(&STANDARD.encode([0x30, 0x80])), None);
    }
}
