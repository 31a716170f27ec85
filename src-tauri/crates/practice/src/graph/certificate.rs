//! Reading the little that Entra shows of an uploaded certificate: validity, subject and thumbprint.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Certificate {
    pub(super) not_before: Timestamp,
    pub(super) not_after: Timestamp,
    /// `CN=...` of the subject; empty without a common name.
    pub(super) subject: String,
    /// SHA-1 in upper-case hexadecimal, as the portal shows it.
    pub(super) thumbprint: String,
}

/// Reads base64 of a DER certificate, or of PEM text.
pub(super) fn read(key: &str) -> Option<Certificate> {
    let compact: String = key.split_whitespace().collect();
    let bytes = STANDARD
        .decode(compact.trim_end_matches('='))
        .or_else(|_| STANDARD.decode(&compact))
        .or_else(|_| URL_SAFE_NO_PAD.decode(compact.trim_end_matches('=')))
        .ok()?;
    let der = match std::str::from_utf8(&bytes)
        .ok()
        .and_then(|text| text.trim().strip_prefix("-----BEGIN CERTIFICATE-----"))
    {
        Some(rest) => {
            let body: String = rest.split("-----END").next()?.split_whitespace().collect();
            STANDARD.decode(body).ok()?
        }
        None => bytes,
    };
    let (certificate, _) = sequence(&der)?;
    let (mut fields, _) = sequence(certificate)?;
    // [0] version, serial number, signature algorithm, issuer (RFC 5280, 4.1)
    if fields.first() == Some(&0xa0) {
        fields = element(fields)?.2;
    }
    for _ in 0..3 {
        fields = element(fields)?.2;
    }
    let (validity, rest) = sequence(fields)?;
    let (tag, not_before, after) = element(validity)?;
    let not_before = time(tag, not_before)?;
    let (tag, not_after, _) = element(after)?;
    let not_after = time(tag, not_after)?;
    let (subject, _) = sequence(rest)?;
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &der);
    let thumbprint = digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect();
    Some(Certificate { not_before, not_after, subject: common_name(subject), thumbprint })
}

/// One DER element: tag, content, what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 {
            return None;
        }
        let length = rest.get(..count)?.iter().fold(0_usize, |length, byte| length << 8 | usize::from(*byte));
        (length, &rest[count..])
    };
    Some((tag, rest.get(..length)?, &rest[length..]))
}

fn sequence(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = element(bytes)?;
    (tag == 0x30).then_some((content, rest))
}

/// UTCTime `YYMMDDHHMMSSZ` (years from 50 are 19xx) or GeneralizedTime `YYYYMMDDHHMMSSZ`.
fn time(tag: u8, content: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(content).ok()?;
    let full = match tag {
        0x17 => format!("{}{text}", if text.get(..2)? < "50" { "20" } else { "19" }),
        0x18 => text.to_owned(),
        _ => return None,
    };
    let part = |range: std::ops::Range<usize>| full.get(range);
    format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(8..10)?,
        part(10..12)?,
        part(12..14)?
    )
    .parse()
    .ok()
}

/// Looks for the attribute 2.5.4.3 in a Name.
fn common_name(mut name: &[u8]) -> String {
    while let Some((_, set, rest)) = element(name) {
        if let Some((attribute, _)) = sequence(set)
            && let Some((6, [0x55, 0x04, 0x03], value)) = element(attribute)
            && let Some((_, text, _)) = element(value)
        {
            return format!("CN={}", String::from_utf8_lossy(text));
        }
        name = rest;
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_real_certificate_is_read_and_garbage_is_not() {
        let mut parameters = rcgen::CertificateParams::new(vec![]).unwrap();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "Practice");
        parameters.not_before = rcgen::date_time_ymd(2026, 1, 2);
        parameters.not_after = rcgen::date_time_ymd(2028, 3, 4);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        let read_back = read(&STANDARD.encode(certificate.der())).unwrap();
        assert_eq!(read_back.subject, "CN=Practice");
        assert_eq!(read_back.not_after.to_string(), "2028-03-04T00:00:00Z");
        assert_eq!(read_back.thumbprint.len(), 40);
        assert_eq!(read(&STANDARD.encode(certificate.pem())), Some(read_back));
        assert_eq!(read("AAAA"), None);
        assert_eq!(read("not base64!"), None);
        let mut cut = certificate.der().to_vec();
        cut.truncate(60);
        assert_eq!(read(&STANDARD.encode(cut)), None);
    }
}
