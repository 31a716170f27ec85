//! Values that nobody can guess: 256 bits each from the operating system's generator, by way of `rand::rng()`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;

/// Octets in every value here: 256 bits, as RFC 7636 section 7.1 recommends for the verifier.
const OCTETS: usize = 32;

/// 43 characters of the URL-safe base64 alphabet.
pub(crate) fn token() -> String {
    let mut octets = [0_u8; OCTETS];
    rand::rng().fill_bytes(&mut octets);
    URL_SAFE_NO_PAD.encode(octets)
}

/// An id for one request, as Microsoft's support wants it: the form of a GUID. Guards nothing.
pub(crate) fn request_id() -> String {
    let mut octets = [0_u8; 16];
    rand::rng().fill_bytes(&mut octets);
    let hex = octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
