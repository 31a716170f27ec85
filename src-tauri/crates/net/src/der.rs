//! Just enough DER to read the issuer's name out of an X.509 certificate (RFC 5280 section 4.1).
//!
//! Only for a message to a person. No decision hangs on it, and every malformed input reads as "no name".

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const OID: u8 = 0x06;
const VERSION: u8 = 0xa0;
const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const IA5_STRING: u8 = 0x16;
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];
const LONGEST_NAME: usize = 64;

/// Common name of the issuer, else its organisation. At most 64 characters, none of them a control or direction mark.
pub(crate) fn issuer_name(certificate: &[u8]) -> Option<String> {
    let (to_be_signed, _) = take(take(certificate, SEQUENCE)?.0, SEQUENCE)?;
    let rest = take(to_be_signed, VERSION).map_or(to_be_signed, |(_, rest)| rest);
    let (_, rest) = any(rest)?; // serial number
    let (_, rest) = any(rest)?; // signature algorithm
    let (issuer, _) = take(rest, SEQUENCE)?;
    attribute(issuer, COMMON_NAME).or_else(|| attribute(issuer, ORGANIZATION))
}

fn attribute(mut name: &[u8], wanted: &[u8]) -> Option<String> {
    while let Some((set, rest)) = take(name, SET) {
        name = rest;
        let (pair, _) = take(set, SEQUENCE)?;
        let (oid, value) = take(pair, OID)?;
        if oid == wanted {
            return text(value);
        }
    }
    None
}

fn text(value: &[u8]) -> Option<String> {
    let (content, _) =
        [UTF8_STRING, PRINTABLE_STRING, IA5_STRING].iter().find_map(|tag| take(value, *tag))?;
    let shown: String = std::str::from_utf8(content)
        .ok()?
        .chars()
        .filter(|c| !c.is_control() && !is_direction_mark(*c))
        .take(LONGEST_NAME)
        .collect();
    (!shown.trim().is_empty()).then_some(shown)
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The content of the next element and what follows it, if the element has this tag.
fn take(input: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    if input.first() == Some(&tag) { any(input) } else { None }
}

fn any(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, after) = input.get(1..)?.split_first()?;
    let (length, after) = if first < 0x80 {
        (usize::from(first), after)
    } else {
        let octets = usize::from(first & 0x7f);
        if octets == 0 || octets > 4 {
            return None;
        }
        let length = after.get(..octets)?.iter().fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
        (length, after.get(octets..)?)
    };
    Some((after.get(..length)?, after.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

    fn self_signed(name: DistinguishedName) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["a.example".into()]).unwrap();
        params.distinguished_name = name;
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn the_common_name_goes_before_the_organisation() {
        let mut name = DistinguishedName::new();
        name.push(DnType::OrganizationName, "Contoso");
        assert_eq!(issuer_name(&self_signed(name.clone())).as_deref(), Some("Contoso"));
        name.push(DnType::CommonName, "Contoso Web \u{202e}Filter\n");
        assert_eq!(issuer_name(&self_signed(name)).as_deref(), Some("Contoso Web Filter"));
    }

    #[test]
    fn a_cut_or_flipped_certificate_never_panics() {
        let mut name = DistinguishedName::new();
        name.push(DnType::CommonName, "x".repeat(300));
        let whole = self_signed(name);
        assert_eq!(issuer_name(&whole).map(|n| n.len()), Some(LONGEST_NAME));
        for end in 0..whole.len() {
            let _ = issuer_name(&whole[..end]);
        }
        for at in 0..whole.len() {
            let mut broken = whole.clone();
            broken[at] ^= 0xff;
            let _ = issuer_name(&broken);
        }
    }
}
