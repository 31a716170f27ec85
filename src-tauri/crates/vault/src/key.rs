//! The data key: 32 random bytes that seal every record, and the public fingerprint that recognises it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::Rng as _;
use secrecy::{ExposeSecret as _, ExposeSecretMut as _, SecretBox};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes in a key: what XChaCha20-Poly1305 takes.
pub(crate) const KEY_BYTES: usize = 32;
/// Separates the fingerprint from every other use of the key. Changing it loses every key.
const FINGERPRINT_DOMAIN: &[u8] = b"gatehouse vault key fingerprint v1\0";
/// 128 bits: no two keys meet by accident, and nothing of the key can be worked back from them.
const FINGERPRINT_BYTES: usize = 16;

/// The fingerprint of a data key, in hexadecimal. Not secret: it is stored beside every record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyId(String);

impl KeyId {
    /// The fingerprint as it is stored.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The key that seals records. It stays in one place on the heap and is wiped when dropped.
pub(crate) struct DataKey {
    bytes: SecretBox<[u8; KEY_BYTES]>,
    id: KeyId,
}

impl DataKey {
    /// A new random key.
    pub(crate) fn generate() -> Self {
        Self::fill(|bytes| rand::rng().fill_bytes(bytes))
    }

    /// The key with these bytes, which the caller wipes.
    pub(crate) fn from_bytes(from: &[u8; KEY_BYTES]) -> Self {
        Self::fill(|bytes| bytes.copy_from_slice(from))
    }

    /// Reads what [`Self::to_text`] wrote; `None` for anything else.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        // Longer than the key, because the decoder wants room for its estimate.
        let mut decoded = Zeroizing::new([0_u8; KEY_BYTES + 4]);
        let written = STANDARD_NO_PAD.decode_slice(text.trim(), decoded.as_mut_slice()).ok()?;
        let bytes: &[u8; KEY_BYTES] = decoded.get(..written)?.try_into().ok()?;
        Some(Self::from_bytes(bytes))
    }

    /// Base64, because one widespread keyring stores UTF-8 text only.
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        // Room for all of it at once, so that no half-grown copy is left behind.
        let mut text = Zeroizing::new(String::with_capacity(2 * KEY_BYTES));
        STANDARD_NO_PAD.encode_string(self.expose(), &mut text);
        text
    }

    /// The key's fingerprint.
    pub(crate) fn id(&self) -> &KeyId {
        &self.id
    }

    /// The key itself, to hand to the cipher and to nothing that keeps it.
    pub(crate) fn expose(&self) -> &[u8; KEY_BYTES] {
        self.bytes.expose_secret()
    }

    fn fill(fill: impl FnOnce(&mut [u8; KEY_BYTES])) -> Self {
        let mut bytes = SecretBox::new(Box::new([0_u8; KEY_BYTES]));
        fill(bytes.expose_secret_mut());
        let id = fingerprint(bytes.expose_secret());
        Self { bytes, id }
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataKey").field("id", &self.id.0).finish_non_exhaustive()
    }
}

fn fingerprint(key: &[u8; KEY_BYTES]) -> KeyId {
    let digest = Sha256::new().chain_update(FINGERPRINT_DOMAIN).chain_update(key).finalize();
    KeyId(digest.iter().take(FINGERPRINT_BYTES).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_text_form() {
        let key = DataKey::generate();
        let again = DataKey::from_text(&key.to_text()).unwrap();
        assert_eq!(again.expose(), key.expose());
        assert_eq!(again.id(), key.id());
        assert_eq!(key.to_text().len(), 43);
    }

    #[test]
    fn what_is_not_a_key_is_not_read_as_one() {
        let key = DataKey::generate();
        let text = key.to_text();
        for bad in ["", "hunter2", &text[..42], &format!("{}A", text.as_str()), "=".repeat(43).as_str()] {
            assert!(DataKey::from_text(bad).is_none(), "{} characters", bad.len());
        }
    }

    #[test]
    fn the_fingerprint_is_stable_and_tells_keys_apart() {
        assert_eq!(DataKey::from_bytes(&[7; 32]).id().as_str(), "fa98d8bf5c332f6cb669224c309830f9");
        assert_ne!(DataKey::from_bytes(&[8; 32]).id(), DataKey::from_bytes(&[7; 32]).id());
    }

    #[test]
    fn debug_shows_the_fingerprint_and_nothing_of_the_key() {
        let key = DataKey::from_bytes(&[0xA5; 32]);
        let shown = format!("{key:?}");
        assert!(shown.contains(key.id().as_str()));
        assert!(!shown.to_lowercase().contains("a5a5") && !shown.contains("165") && !shown.contains("pa"));
    }
}
