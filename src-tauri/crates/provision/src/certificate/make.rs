//! Making a certificate with its key.

use jiff::Timestamp;
use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose, PKCS_RSA_SHA256,
    RsaKeySize,
};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::KeptCertificate;

/// Makes an RSA key of 2,048 bits and a certificate for it, signed by itself: no authority is needed, since Entra trusts
/// what an administrator puts on the registration. Takes some tenths of a second of computing.
///
/// `None` when the library refuses, which a name or a date cannot cause.
pub(crate) fn make(name: &str, starts: Timestamp, ends: Timestamp) -> Option<KeptCertificate> {
    let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).ok()?;
    let mut params = CertificateParams::new(Vec::new()).ok()?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    // RFC 5280 allows a common name 64 characters.
    params.distinguished_name.push(DnType::CommonName, name.chars().take(64).collect::<String>());
    params.not_before = moment(starts)?;
    params.not_after = moment(ends)?;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let certificate = params.self_signed(&key).ok()?;
    let private = Zeroizing::new(key.serialize_pem());
    let text = Zeroizing::new(format!("{}{}", &*private, certificate.pem()));
    KeptCertificate::read(SecretString::from(text.as_str()))
}

/// To the second, as certificates have it.
fn moment(at: Timestamp) -> Option<time::OffsetDateTime> {
    time::OffsetDateTime::from_unix_timestamp(at.as_second()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PublicCertificate;

    #[test]
    fn what_is_made_here_passes_what_is_asked_of_others() {
        let starts: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let ends: Timestamp = "2027-05-20T10:00:00Z".parse().unwrap();
        let kept = make("Totalview — прод/1", starts, ends).unwrap();
        let public = PublicCertificate::of_der(kept.der(), starts).unwrap();
        assert_eq!((public.starts(), public.ends()), (starts, ends));
        assert_eq!(public.subject(), "Totalview — прод/1");
    }

    #[test]
    fn no_two_have_the_same_key() {
        let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let ends = Timestamp::MAX;
        let (one, other) = (make("x", at, ends).unwrap(), make("x", at, ends).unwrap());
        assert_ne!(one.der(), other.der());
    }
}
