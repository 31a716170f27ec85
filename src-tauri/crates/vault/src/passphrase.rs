//! A data key wrapped under a passphrase, with Argon2id (RFC 9106).

use argon2::{Algorithm, Argon2, Block, Params, Version};
use rand::Rng as _;
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::{Zeroize as _, Zeroizing};

use crate::error::VaultError;
use crate::key::{DataKey, KEY_BYTES};
use crate::seal::{self, AssociatedData, Sealed};

/// The fewest characters of a passphrase that guards by itself: NIST SP 800-63B-4 section 3.1.1.2 asks for 15.
pub const PASSPHRASE_MINIMUM: usize = 15;
/// Bytes of salt: RFC 9106 section 3.1 recommends 16.
pub(crate) const SALT_BYTES: usize = 16;

/// What Argon2id is told. Stored beside the wrapped key, so that it can grow without locking anyone out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

impl Cost {
    /// RFC 9106 section 4, second recommended option: 64 MiB, 3 passes, 4 lanes.
    pub(crate) const RECOMMENDED: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };

    /// Refuses what only a damaged or hostile file would ask for: it could exhaust memory or take for ever.
    pub(crate) fn is_sane(self) -> bool {
        (8 * self.lanes..=256 * 1024).contains(&self.memory_kib)
            && (1..=16).contains(&self.passes)
            && (1..=16).contains(&self.lanes)
    }
}

/// A data key that only the passphrase opens. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrappedKey {
    pub(crate) cost: Cost,
    pub(crate) salt: [u8; SALT_BYTES],
    pub(crate) sealed: Sealed,
}

/// Wraps `key`, after checking that the passphrase is long enough.
pub(crate) fn wrap(key: &DataKey, passphrase: &SecretString, cost: Cost) -> Result<WrappedKey, VaultError> {
    if passphrase.expose_secret().chars().count() < PASSPHRASE_MINIMUM {
        return Err(VaultError::PassphraseTooShort { minimum: PASSPHRASE_MINIMUM });
    }
    let mut salt = [0; SALT_BYTES];
    rand::rng().fill_bytes(&mut salt);
    let wrapping = derive(passphrase, &salt, cost)?;
    let sealed = seal::seal_with(&wrapping, &place(key.id().as_str(), cost, &salt), key.expose())
        .map_err(|_| VaultError::OutOfMemory)?;
    Ok(WrappedKey { cost, salt, sealed })
}

/// Opens a wrapped key whose fingerprint is `id`.
pub(crate) fn unwrap(
    wrapped: &WrappedKey,
    id: &str,
    passphrase: &SecretString,
) -> Result<DataKey, VaultError> {
    if !wrapped.cost.is_sane() {
        return Err(VaultError::Damaged { quarantined_as: None });
    }
    let wrapping = derive(passphrase, &wrapped.salt, wrapped.cost)?;
    let bytes = seal::open_with(&wrapping, &place(id, wrapped.cost, &wrapped.salt), &wrapped.sealed)
        .map_err(|_| VaultError::WrongPassphrase)?;
    let bytes: &[u8; KEY_BYTES] =
        bytes.as_slice().try_into().map_err(|_| VaultError::Damaged { quarantined_as: None })?;
    Ok(DataKey::from_bytes(bytes))
}

fn derive(
    passphrase: &SecretString,
    salt: &[u8],
    cost: Cost,
) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(KEY_BYTES))
        .map_err(|_| VaultError::Damaged { quarantined_as: None })?;
    let mut memory: Vec<Block> = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| VaultError::OutOfMemory)?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    let outcome = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        // The one place where the passphrase is read.
        passphrase.expose_secret().as_bytes(),
        salt,
        key.as_mut_slice(),
        &mut memory,
    );
    memory.iter_mut().for_each(zeroize::Zeroize::zeroize);
    memory.zeroize();
    outcome.map_err(|_| VaultError::OutOfMemory)?;
    Ok(key)
}

fn place(id: &str, cost: Cost, salt: &[u8]) -> AssociatedData {
    AssociatedData::new("gatehouse vault wrapped key v1")
        .field(id.as_bytes())
        .field(&cost.memory_kib.to_le_bytes())
        .field(&cost.passes.to_le_bytes())
        .field(&cost.lanes.to_le_bytes())
        .field(salt)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    fn phrase(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn the_right_passphrase_opens_and_a_wrong_one_does_not() {
        let key = DataKey::generate();
        let wrapped = wrap(&key, &phrase("correct horse battery"), CHEAP).unwrap();
        let opened = unwrap(&wrapped, key.id().as_str(), &phrase("correct horse battery")).unwrap();
        assert_eq!(opened.expose(), key.expose());
        let refused = unwrap(&wrapped, key.id().as_str(), &phrase("correct horse batterz"));
        assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        let key = DataKey::generate();
        let refused = wrap(&key, &phrase(&"ü".repeat(14)), CHEAP);
        assert!(matches!(refused, Err(VaultError::PassphraseTooShort { minimum: 15 })));
        assert!(wrap(&key, &phrase(&"ü".repeat(15)), CHEAP).is_ok());
    }

    #[test]
    fn changed_parameters_do_not_open() {
        let key = DataKey::generate();
        let passphrase = phrase("correct horse battery");
        let good = wrap(&key, &passphrase, CHEAP).unwrap();
        let mut other_cost = good.clone();
        other_cost.cost.passes = 2;
        let mut other_salt = good.clone();
        other_salt.salt[0] ^= 1;
        for changed in [other_cost, other_salt] {
            assert!(matches!(
                unwrap(&changed, key.id().as_str(), &passphrase),
                Err(VaultError::WrongPassphrase)
            ));
        }
        let other_id = DataKey::generate();
        assert!(matches!(
            unwrap(&good, other_id.id().as_str(), &passphrase),
            Err(VaultError::WrongPassphrase)
        ));
    }

    #[test]
    fn a_file_cannot_ask_for_more_memory_or_time_than_is_sane() {
        let key = DataKey::generate();
        let mut wrapped = wrap(&key, &phrase("correct horse battery"), CHEAP).unwrap();
        for cost in [
            Cost { memory_kib: u32::MAX, ..CHEAP },
            Cost { passes: u32::MAX, ..CHEAP },
            Cost { lanes: 1 << 20, ..CHEAP },
            Cost { memory_kib: 0, ..CHEAP },
            Cost { passes: 0, ..CHEAP },
            Cost { lanes: 0, ..CHEAP },
        ] {
            wrapped.cost = cost;
            let refused = unwrap(&wrapped, key.id().as_str(), &phrase("correct horse battery"));
            assert!(matches!(refused, Err(VaultError::Damaged { .. })), "{cost:?}");
        }
        assert!(Cost::RECOMMENDED.is_sane());
    }

    #[test]
    fn debug_of_a_wrapped_key_names_neither_key_nor_passphrase() {
        let key = DataKey::generate();
        let wrapped = wrap(&key, &phrase("correct horse battery"), CHEAP).unwrap();
        let shown = format!("{wrapped:?}");
        let bytes = format!("{:?}", &key.expose()[..8]);
        assert!(!shown.contains("correct") && !shown.contains(bytes.trim_matches(['[', ']'])));
    }
}
