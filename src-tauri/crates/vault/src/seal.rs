//! Sealing: XChaCha20-Poly1305 with associated data that ties a ciphertext to its place.
//!
//! The construction is draft-irtf-cfrg-xchacha; its 192-bit nonce may be drawn at random for any number of records.

use chacha20poly1305::{AeadInOut as _, KeyInit as _, XChaCha20Poly1305, XNonce};
use rand::Rng as _;
use zeroize::Zeroizing;

use crate::key::{DataKey, KEY_BYTES};

/// Bytes in a nonce.
pub(crate) const NONCE_BYTES: usize = 24;
/// Bytes that the authentication tag adds.
pub(crate) const TAG_BYTES: usize = 16;

/// A ciphertext with its nonce. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) nonce: [u8; NONCE_BYTES],
    pub(crate) ciphertext: Vec<u8>,
}

/// The ciphertext does not belong to this key and place, or was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAuthentic;

/// Associated data in which no two different lists of fields look alike: each is preceded by its length.
pub(crate) struct AssociatedData(Vec<u8>);

impl AssociatedData {
    /// Starts with a domain, which includes the version of the format.
    pub(crate) fn new(domain: &str) -> Self {
        Self(Vec::with_capacity(256)).field(domain.as_bytes())
    }

    /// Adds a field.
    #[must_use]
    pub(crate) fn field(mut self, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }
}

/// Seals `plaintext` under `key`.
pub(crate) fn seal(key: &DataKey, place: &AssociatedData, plaintext: &[u8]) -> Result<Sealed, NotAuthentic> {
    seal_with(key.expose(), place, plaintext)
}

/// Opens what [`seal`] made. The result is wiped when dropped.
pub(crate) fn open(
    key: &DataKey,
    place: &AssociatedData,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    open_with(key.expose(), place, sealed)
}

/// [`seal`] under a key that is not a data key: the one derived from a passphrase.
pub(crate) fn seal_with(
    key: &[u8; KEY_BYTES],
    place: &AssociatedData,
    plaintext: &[u8],
) -> Result<Sealed, NotAuthentic> {
    let mut nonce = [0; NONCE_BYTES];
    rand::rng().fill_bytes(&mut nonce);
    // Room for the tag from the start: growing would leave a copy of the plaintext behind.
    let mut buffer = Zeroizing::new(Vec::with_capacity(plaintext.len() + TAG_BYTES));
    buffer.extend_from_slice(plaintext);
    XChaCha20Poly1305::new(key.into())
        .encrypt_in_place(&XNonce::from(nonce), &place.0, &mut *buffer)
        .map_err(|_| NotAuthentic)?;
    Ok(Sealed { nonce, ciphertext: std::mem::take(&mut *buffer) })
}

/// [`open`] under a key that is not a data key.
pub(crate) fn open_with(
    key: &[u8; KEY_BYTES],
    place: &AssociatedData,
    sealed: &Sealed,
) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    let mut buffer = Zeroizing::new(sealed.ciphertext.clone());
    XChaCha20Poly1305::new(key.into())
        .decrypt_in_place(&XNonce::from(sealed.nonce), &place.0, &mut *buffer)
        .map_err(|_| NotAuthentic)?;
    Ok(buffer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(fields: &[Vec<u8>]) -> AssociatedData {
        fields.iter().fold(AssociatedData::new("test v1"), |place, field| place.field(field))
    }

    /// From draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_published_vector_comes_out() {
        let key: [u8; 32] = std::array::from_fn(|i| 0x80 + i as u8);
        let nonce: [u8; 24] = std::array::from_fn(|i| 0x40 + i as u8);
        let aad = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let mut buffer = b"Ladies and Gentlemen of the class of '99: If I could offer you \
            only one tip for the future, sunscreen would be it."
            .to_vec();
        let cipher = XChaCha20Poly1305::new(&key.into());
        cipher.encrypt_in_place(&nonce.into(), &aad, &mut buffer).unwrap();
        assert_eq!(buffer[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        let tag = 0xc087_5924_c1c7_9879_47de_afd8_780a_cf49_u128;
        assert_eq!(buffer[buffer.len() - TAG_BYTES..], tag.to_be_bytes());
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens(text: Vec<u8>, fields: Vec<Vec<u8>>) {
            let key = DataKey::generate();
            let sealed = seal(&key, &place(&fields), &text).unwrap();
            prop_assert_eq!(&*open(&key, &place(&fields), &sealed).unwrap(), &text);
        }

        #[test]
        fn another_place_does_not_open(text: Vec<u8>, fields: Vec<Vec<u8>>, others: Vec<Vec<u8>>) {
            prop_assume!(fields != others);
            let key = DataKey::generate();
            let sealed = seal(&key, &place(&fields), &text).unwrap();
            prop_assert!(open(&key, &place(&others), &sealed).is_err());
        }

        #[test]
        fn moving_the_border_between_fields_does_not_open(joined in proptest::collection::vec(any::<u8>(), 1..40),
                                                          a in 0_usize..40, b in 0_usize..40) {
            let split = |at: usize| {
                let at = at % (joined.len() + 1);
                [joined[..at].to_vec(), joined[at..].to_vec()]
            };
            prop_assume!(split(a) != split(b));
            let key = DataKey::generate();
            let sealed = seal(&key, &place(&split(a)), b"x").unwrap();
            prop_assert!(open(&key, &place(&split(b)), &sealed).is_err());
        }

        #[test]
        fn another_key_does_not_open(text: Vec<u8>) {
            let sealed = seal(&DataKey::generate(), &place(&[]), &text).unwrap();
            prop_assert!(open(&DataKey::generate(), &place(&[]), &sealed).is_err());
        }

        #[test]
        fn any_cut_or_changed_byte_does_not_open(text: Vec<u8>, at: prop::sample::Index, flip in 1_u8..=255) {
            let key = DataKey::generate();
            let sealed = seal(&key, &place(&[]), &text).unwrap();

            let mut cut = sealed.clone();
            cut.ciphertext.truncate(at.index(cut.ciphertext.len()));
            prop_assert!(open(&key, &place(&[]), &cut).is_err());

            let mut changed = sealed.clone();
            let position = at.index(changed.ciphertext.len());
            changed.ciphertext[position] ^= flip;
            prop_assert!(open(&key, &place(&[]), &changed).is_err());

            let mut renonced = sealed;
            renonced.nonce[at.index(NONCE_BYTES)] ^= flip;
            prop_assert!(open(&key, &place(&[]), &renonced).is_err());
        }
    }

    #[test]
    fn ten_thousand_nonces_differ() {
        let key = DataKey::generate();
        let nonces: std::collections::HashSet<_> =
            (0..10_000).map(|_| seal(&key, &place(&[]), b"").unwrap().nonce).collect();
        assert_eq!(nonces.len(), 10_000);
    }
}
