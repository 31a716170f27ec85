//! What a vault is opened with.

use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::error::{NameOf, VaultError};
use crate::keyring::KeyringBackend;
use crate::keyring::thread::PATIENCE;

/// Keeps vaults apart: practice and real organisations have keys of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space(String);

impl Space {
    /// Accepts 1 to 32 lower-case letters, digits and hyphens.
    ///
    /// # Errors
    /// [`VaultError::InvalidName`] otherwise.
    pub fn new(name: impl Into<String>) -> Result<Self, VaultError> {
        let name = name.into();
        let fits = (1..=32).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(name)) } else { Err(VaultError::InvalidName(NameOf::Space)) }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a vault is opened with.
#[derive(Clone)]
pub struct VaultOptions {
    /// The folder for `vault.db`, one for each space. Made if need be, and closed to other people.
    pub dir: PathBuf,
    /// The space that the folder belongs to.
    pub space: Space,
    /// Where the vault reads the time.
    pub clock: Clock,
    /// Which keyring to use.
    pub keyring: KeyringBackend,
    /// How long to wait for the keyring before saying so. 3 s, unless a test needs less.
    pub patience: Duration,
}

impl VaultOptions {
    /// Options with the system's keyring.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>, space: Space, clock: Clock) -> Self {
        Self { dir: dir.into(), space, clock, keyring: KeyringBackend::System, patience: PATIENCE }
    }

    /// The same, with another keyring.
    #[must_use]
    pub fn with_keyring(mut self, keyring: KeyringBackend) -> Self {
        self.keyring = keyring;
        self
    }
}

impl std::fmt::Debug for VaultOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VaultOptions")
            .field("dir", &self.dir)
            .field("space", &self.space)
            .field("keyring", &self.keyring)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_cannot_reach_into_another() {
        assert_eq!(Space::new("practice").unwrap().as_str(), "practice");
        for bad in ["", "a/b", "..", "Work", "a b", &"x".repeat(33)] {
            assert!(matches!(Space::new(bad), Err(VaultError::InvalidName(NameOf::Space))), "{bad:?}");
        }
    }
}
