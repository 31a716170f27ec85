//! What binds one sign-in together: PKCE verifier, `state` and `nonce`, all made anew for each attempt.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::random;

/// The secrets of one attempt. Used once; a second attempt gets its own.
#[derive(Debug)]
pub(crate) struct Transaction {
    pub(crate) verifier: Verifier,
    pub(crate) state: State,
    pub(crate) nonce: Nonce,
}

impl Transaction {
    pub(crate) fn new() -> Self {
        Self {
            verifier: Verifier(random::token().into()),
            state: State(random::token().into()),
            nonce: Nonce(random::token().into()),
        }
    }
}

/// The PKCE code verifier (RFC 7636 section 4.1): 43 characters from 32 random octets.
pub(crate) struct Verifier(SecretString);

impl Verifier {
    /// `BASE64URL(SHA256(verifier))`; the method is always S256 (RFC 7636 section 4.2).
    pub(crate) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose_secret().as_bytes()))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Ties an answer to its request (RFC 6749 section 10.12).
#[derive(Clone)]
pub(crate) struct State(SecretString);

impl State {
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Compares in constant time, so that the time of a refusal tells nothing.
    pub(crate) fn matches(&self, given: &str) -> bool {
        self.0.expose_secret().as_bytes().ct_eq(given.as_bytes()).into()
    }

    #[cfg(test)]
    pub(crate) fn of(text: &str) -> Self {
        Self(text.into())
    }
}

/// Ties an ID token to its request (OpenID Connect Core section 3.1.2.1).
pub(crate) struct Nonce(SecretString);

impl Nonce {
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn matches(&self, given: &str) -> bool {
        self.0.expose_secret().as_bytes().ct_eq(given.as_bytes()).into()
    }

    #[cfg(test)]
    pub(crate) fn of(text: &str) -> Self {
        Self(text.into())
    }
}

macro_rules! redacted {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}
redacted!(Verifier, State, Nonce);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const FLOWS: usize = 10_000;

    /// Attack 14: unique, of the right length and alphabet, and with every character equally likely.
    #[test]
    fn ten_thousand_flows_share_nothing_and_lean_nowhere() {
        let mut seen = HashSet::new();
        let mut counts = [[0_u32; 256]; 42];
        for _ in 0..FLOWS {
            let flow = Transaction::new();
            for value in [flow.verifier.expose(), flow.state.expose(), flow.nonce.expose()] {
                assert_eq!(value.len(), 43, "RFC 7636: 43 to 128 characters");
                assert!(value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
                assert!(seen.insert(value.to_owned()), "a value came twice");
                // The last character carries only four bits, so it is left out of the count.
                for (at, byte) in value.bytes().take(42).enumerate() {
                    counts[at][usize::from(byte)] += 1;
                }
            }
        }
        // Chi-squared over 64 characters at each of 42 places: 63 degrees of freedom, mean 63, deviation 11.2. A bound
        // of 63 + 8 deviations is passed by chance once in more than 10^12 runs, and a bias of 3 % fails it.
        let expected = (FLOWS * 3) as f64 / 64.0;
        for (at, place) in counts.iter().enumerate() {
            let chi: f64 = place
                .iter()
                .enumerate()
                .filter(|(byte, _)| (*byte as u8).is_ascii_alphanumeric() || *byte == 45 || *byte == 95)
                .map(|(_, count)| (f64::from(*count) - expected).powi(2) / expected)
                .sum();
            assert!(chi < 153.0, "place {at} leans: chi squared {chi:.1}");
        }
    }

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let verifier = Verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".into());
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn nothing_shows_in_debug() {
        let flow = Transaction::new();
        let shown = format!("{flow:?}");
        for secret in [flow.verifier.expose(), flow.state.expose(), flow.nonce.expose()] {
            assert!(!shown.contains(secret));
        }
    }

    #[test]
    fn only_the_same_value_matches() {
        let state = State::of("abc");
        assert!(state.matches("abc"));
        for other in ["", "ab", "abcd", "abC"] {
            assert!(!state.matches(other));
        }
        assert!(!Nonce::of("abc").matches("abd"));
    }
}
