//! A password that nobody has to type.

use secrecy::SecretString;

use crate::Surroundings;

/// Letters and digits without those that look alike, in groups.
const ALPHABET: &[u8; 56] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// 24 characters of 56: 139 bits.
const GROUPS: usize = 4;
const IN_GROUP: usize = 6;

/// Makes one of at least 128 random bits, with all the kinds of characters that rules ask for.
pub(super) fn make(surroundings: &dyn Surroundings) -> SecretString {
    loop {
        let mut text = String::with_capacity(GROUPS * (IN_GROUP + 1));
        for group in 0..GROUPS {
            if group > 0 {
                text.push('-');
            }
            // 6 characters of 56 take 35 of 128 bits, so that the remainder's bias is beyond measure.
            let mut bits = surroundings.random_bits();
            for _ in 0..IN_GROUP {
                let at = usize::try_from(bits % ALPHABET.len() as u128).unwrap_or_default();
                text.push(char::from(ALPHABET[at]));
                bits /= ALPHABET.len() as u128;
            }
        }
        let has = |kind: fn(&char) -> bool| text.chars().any(|c| kind(&c));
        if has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit) {
            return text.into();
        }
        zeroize::Zeroize::zeroize(&mut text);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::Real;

    #[test]
    fn a_password_is_long_of_all_kinds_and_never_the_same() {
        let around = Real::new(|| jiff::Timestamp::UNIX_EPOCH);
        let mut seen = BTreeSet::new();
        for _ in 0..200 {
            let password = make(&around);
            let text = password.expose_secret();
            assert_eq!(text.len(), 27);
            assert!(text.contains('-') && !text.contains(['l', 'I', 'O', '0', '1', 'o']), "{text}");
            for kind in [char::is_ascii_lowercase, char::is_ascii_uppercase, char::is_ascii_digit] {
                assert!(text.chars().any(|c| kind(&c)), "{text}");
            }
            assert!(!format!("{password:?}").contains(text));
            assert!(seen.insert(text.to_owned()));
        }
        let bits = (ALPHABET.len() as f64).log2() * (GROUPS * IN_GROUP) as f64;
        assert!(bits >= 128.0, "{bits}");
        let distinct: BTreeSet<&u8> = ALPHABET.iter().collect();
        assert_eq!(distinct.len(), ALPHABET.len());
    }
}
