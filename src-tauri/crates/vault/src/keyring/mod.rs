//! The keyring, as small as the vault needs it: look without waking a prompt, read, write, delete.

#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service;
mod system;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub(crate) mod thread;

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::status::AbsentReason;

/// Which keyring a vault uses.
#[derive(Clone)]
pub enum KeyringBackend {
    /// The one of the operating system: Secret Service, Keychain or Credential Manager.
    System,
    /// None: only a passphrase or session-only can be chosen.
    None,
    /// Another one.
    Custom(Arc<dyn SecretStore>),
}

impl KeyringBackend {
    pub(crate) fn into_store(self) -> Arc<dyn SecretStore> {
        match self {
            Self::System => Arc::new(system::SystemKeyring::default()),
            Self::None => Arc::new(NoKeyring),
            Self::Custom(store) => store,
        }
    }
}

impl std::fmt::Debug for KeyringBackend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::None => "None",
            Self::Custom(_) => "Custom",
        })
    }
}

/// A place that keeps short texts for this person. All calls come from one thread, one after the other, and may block: a
/// store need not have timeouts of its own. Each question of the vault starts with [`SecretStore::availability`].
pub trait SecretStore: Send + Sync {
    /// Looks whether the store can be used now. Must not wake a prompt.
    fn availability(&self) -> Availability;

    /// Asks the person to unlock it, and waits until they did or will not.
    ///
    /// # Errors
    /// [`StoreError::Locked`] if they dismissed the question or left it alone; others.
    fn unlock(&self) -> Result<(), StoreError>;

    /// Reads an entry; `None` if there is none. May wake a prompt.
    ///
    /// # Errors
    /// [`StoreError`].
    fn read(&self, entry: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError>;

    /// Writes an entry, in the place of any other of that name. May wake a prompt.
    ///
    /// # Errors
    /// [`StoreError`].
    fn write(&self, entry: &EntryName, value: &str) -> Result<(), StoreError>;

    /// Deletes an entry. It is no error if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    fn delete(&self, entry: &EntryName) -> Result<(), StoreError>;
}

/// What a look at a store showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// It can be read and written without a prompt.
    Open,
    /// It is locked: the next read or write asks the person.
    Locked,
    /// It is not there.
    Absent(AbsentReason),
    /// It is there and does not answer.
    NotAnswering,
}

/// The name of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryName {
    /// `gatehouse/<space>/v1`.
    pub service: String,
    /// The entry within it.
    pub user: &'static str,
}

impl EntryName {
    /// Where the data key of a space lies.
    pub(crate) fn data_key(space: &str) -> Self {
        Self { service: service(space), user: "data-key" }
    }

    /// Where a test value is written before the store is trusted with a key.
    pub(crate) fn probe(space: &str) -> Self {
        Self { service: service(space), user: "probe" }
    }
}

fn service(space: &str) -> String {
    format!("gatehouse/{space}/v1")
}

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is locked, and the person dismissed the prompt or there is nobody to ask.
    #[error("the keyring is locked")]
    Locked,
    /// It is not there (any more).
    #[error("there is no keyring")]
    Absent(AbsentReason),
    /// It is there and did not answer.
    #[error("the keyring did not answer")]
    NotAnswering,
    /// It answered with another error, or with something that is no text.
    #[error("the keyring refused")]
    Refused,
}

/// For a vault that was opened without a keyring.
struct NoKeyring;

impl SecretStore for NoKeyring {
    fn availability(&self) -> Availability {
        Availability::Absent(AbsentReason::NotConfigured)
    }

    fn unlock(&self) -> Result<(), StoreError> {
        Err(StoreError::Absent(AbsentReason::NotConfigured))
    }

    fn read(&self, _: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        Err(StoreError::Absent(AbsentReason::NotConfigured))
    }

    fn write(&self, _: &EntryName, _: &str) -> Result<(), StoreError> {
        Err(StoreError::Absent(AbsentReason::NotConfigured))
    }

    fn delete(&self, _: &EntryName) -> Result<(), StoreError> {
        Err(StoreError::Absent(AbsentReason::NotConfigured))
    }
}
