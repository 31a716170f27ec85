//! A certificate that was made elsewhere: only its public part is ever taken.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::public_key::PublicKey;

use super::CertificateFault;

/// Longer than the longest certificate that Entra takes, in characters.
const LONGEST: usize = 64 * 1024;
/// Clocks, and time zones of those who make certificates, differ by this much at most.
const EARLY: SignedDuration = SignedDuration::from_hours(24);
const KEY_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

/// MD5 and SHA-1 with RSA (RFC 8017, appendix A.2.4).
const FORGEABLE: [&str; 2] = ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5"];

/// The public part of a certificate, good for signing in as an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicCertificate {
    der: Vec<u8>,
    subject: String,
    starts: Timestamp,
    ends: Timestamp,
}

impl PublicCertificate {
    /// Reads PEM, or base64 of DER, as somebody pasted it. Nothing of the text is kept when it is refused.
    ///
    /// # Errors
    /// [`CertificateFault`]: a private key, more or less than one certificate, one that has ended, one that Microsoft does
    /// not take.
    pub fn read(text: &str, now: Timestamp) -> Result<Self, CertificateFault> {
        if text.len() > LONGEST {
            return Err(CertificateFault::TooLong);
        }
        if text.contains("PRIVATE KEY-----") {
            return Err(CertificateFault::PrivateKey);
        }
        Self::of_der(&der_of(text)?, now)
    }

    /// The same from DER.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn of_der(der: &[u8], now: Timestamp) -> Result<Self, CertificateFault> {
        let (rest, certificate) = match X509Certificate::from_der(der) {
            Ok(read) => read,
            Err(_) if is_private_key(der) => return Err(CertificateFault::PrivateKey),
            Err(_) => return Err(CertificateFault::Unreadable),
        };
        if !rest.is_empty() {
            return Err(CertificateFault::Unreadable);
        }
        let validity = certificate.validity();
        let at = |second| Timestamp::from_second(second).map_err(|_| CertificateFault::Unreadable);
        let (starts, ends) = (at(validity.not_before.timestamp())?, at(validity.not_after.timestamp())?);
        if ends <= now || ends <= starts {
            return Err(CertificateFault::Ended);
        }
        if starts.duration_since(now) > EARLY {
            return Err(CertificateFault::NotBegun);
        }
        check_key(&certificate)?;
        let subject = certificate.subject().iter_common_name().next();
        let subject = subject.and_then(|name| name.as_str().ok()).unwrap_or_default();
        let subject = subject.chars().filter(|c| !c.is_control()).take(64).collect();
        Ok(Self { der: der.to_vec(), subject, starts, ends })
    }

    /// The certificate, base64 of DER, as Graph takes it.
    #[must_use]
    pub fn base64(&self) -> String {
        STANDARD.encode(&self.der)
    }

    /// SHA-1 of the certificate in upper-case hexadecimal, as the admin center shows it.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        thumbprint(&self.der)
    }

    /// SHA-256 of the certificate in lower-case hexadecimal.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Sha256::digest(&self.der).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The name in it; may be empty.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// First instant at which it works.
    #[must_use]
    pub fn starts(&self) -> Timestamp {
        self.starts
    }

    /// When it ends.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.ends
    }
}

/// SHA-1 in upper-case hexadecimal: the name by which people know a certificate. No safety rests on it.
pub(super) fn thumbprint(der: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, der);
    digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect()
}

fn der_of(text: &str) -> Result<Vec<u8>, CertificateFault> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    let mut parts = text.split(BEGIN);
    let (before, first) = (parts.next().unwrap_or_default(), parts.next());
    if parts.next().is_some() {
        return Err(CertificateFault::Several);
    }
    let body = match first {
        Some(rest) => rest.split("-----END CERTIFICATE-----").next().unwrap_or_default(),
        None => before,
    };
    let compact: String = body.split_whitespace().collect();
    STANDARD.decode(compact).map_err(|_| CertificateFault::Unreadable)
}

/// PKCS #8, PKCS #1 and PKCS #12 begin with a small version number where a certificate has a sequence.
fn is_private_key(der: &[u8]) -> bool {
    let Some((0x30, rest)) = der.split_first().map(|(tag, rest)| (*tag, rest)) else { return false };
    let skip = match rest.first() {
        Some(length) if *length < 0x80 => 1,
        Some(length) => 1 + usize::from(length & 0x7f),
        None => return false,
    };
    matches!(rest.get(skip..skip + 3), Some([0x02, 0x01, 0 | 1 | 3]))
}

fn check_key(certificate: &X509Certificate<'_>) -> Result<(), CertificateFault> {
    match certificate.public_key().parsed() {
        Ok(PublicKey::RSA(key)) if KEY_BITS.contains(&key.key_size()) => {}
        Ok(PublicKey::RSA(_)) => return Err(CertificateFault::KeyLength),
        _ => return Err(CertificateFault::NotRsa),
    }
    let signed_with = certificate.signature_algorithm.algorithm.to_id_string();
    if FORGEABLE.contains(&signed_with.as_str()) {
        return Err(CertificateFault::WeakSignature);
    }
    match certificate.key_usage() {
        Ok(Some(usage)) if !usage.value.digital_signature() => Err(CertificateFault::NotForSigning),
        Ok(_) => Ok(()),
        Err(_) => Err(CertificateFault::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }

    fn params() -> CertificateParams {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.distinguished_name.push(DnType::CommonName, "prod-1");
        params.not_before = rcgen::date_time_ymd(2026, 1, 2);
        params.not_after = rcgen::date_time_ymd(2027, 3, 4);
        params
    }

    fn rsa() -> KeyPair {
        KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
    }

    fn pem(params: &CertificateParams, key: &KeyPair) -> String {
        params.clone().self_signed(key).unwrap().pem()
    }

    #[test]
    fn pem_and_bare_base64_are_the_same_certificate() {
        let key = rsa();
        let pem = pem(&params(), &key);
        let read = PublicCertificate::read(&format!("Bag Attributes\n{pem}"), now()).unwrap();
        assert_eq!((read.subject(), read.ends().to_string().as_str()), ("prod-1", "2027-03-04T00:00:00Z"));
        assert_eq!(read.thumbprint().len(), 40);
        assert_eq!(PublicCertificate::read(&read.base64(), now()), Ok(read));
    }

    #[test]
    fn a_private_key_is_refused_however_it_is_wrapped() {
        let key = rsa();
        let with_key = format!("{}\n{}", pem(&params(), &key), key.serialize_pem());
        assert_eq!(PublicCertificate::read(&with_key, now()), Err(CertificateFault::PrivateKey));
        let bare = STANDARD.encode(key.serialized_der());
        assert_eq!(PublicCertificate::read(&bare, now()), Err(CertificateFault::PrivateKey));
    }

    #[test]
    fn dates_decide() {
        let key = rsa();
        let text = pem(&params(), &key);
        let read = |at: &str| PublicCertificate::read(&text, at.parse().unwrap()).map(drop);
        assert_eq!(read("2027-03-04T00:00:00Z"), Err(CertificateFault::Ended));
        assert_eq!(read("2027-03-03T23:59:59Z"), Ok(()));
        assert_eq!(read("2025-12-31T00:00:00Z"), Err(CertificateFault::NotBegun));
        assert_eq!(read("2026-01-01T12:00:00Z"), Ok(()), "a clock may be behind");
    }

    #[test]
    fn keys_that_microsoft_does_not_take_are_refused() {
        let curve = KeyPair::generate().unwrap();
        assert_eq!(PublicCertificate::read(&pem(&params(), &curve), now()), Err(CertificateFault::NotRsa));
        let mut only_encrypts = params();
        only_encrypts.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
        let key = rsa();
        assert_eq!(
            PublicCertificate::read(&pem(&only_encrypts, &key), now()),
            Err(CertificateFault::NotForSigning)
        );
        let mut signs = params();
        signs.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        assert!(PublicCertificate::read(&pem(&signs, &key), now()).is_ok());
    }

    #[test]
    fn two_certificates_and_rubbish_are_refused() {
        let key = rsa();
        let one = pem(&params(), &key);
        assert_eq!(PublicCertificate::read(&format!("{one}{one}"), now()), Err(CertificateFault::Several));
        for text in ["", "hello", "AAAA", "-----BEGIN CERTIFICATE-----", "MIIB"] {
            assert_eq!(PublicCertificate::read(text, now()), Err(CertificateFault::Unreadable), "{text}");
        }
        assert_eq!(PublicCertificate::read(&"A".repeat(70_000), now()), Err(CertificateFault::TooLong));
    }

    #[test]
    fn a_damaged_certificate_is_refused_and_never_panics() {
        let key = rsa();
        let der = params().self_signed(&key).unwrap().der().to_vec();
        for cut in 0..der.len() {
            assert!(PublicCertificate::of_der(&der[..cut], now()).is_err(), "{cut}");
        }
        for at in 0..der.len() {
            let mut bent = der.clone();
            bent[at] ^= 0xff;
            // Many bits are not looked at, the signature for one: that it ends is all that is asked here.
            let _ = PublicCertificate::of_der(&bent, now());
        }
    }
}
