//! The keyring of the operating system, through the stores of the `keyring` family.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{Availability, EntryName, SecretStore, StoreError};
use crate::status::AbsentReason;

/// Secret Service on Linux and the BSDs, Keychain on macOS, Credential Manager on Windows.
#[derive(Default)]
pub(super) struct SystemKeyring {
    /// The connection of the current question. Each question starts with a look, and the look drops it: a daemon that
    /// was restarted since knows nothing of an older one.
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl SystemKeyring {
    fn entry(&self, name: &EntryName) -> Result<Entry, StoreError> {
        let mut store = self.store();
        let connected = match &*store {
            Some(connected) => Arc::clone(connected),
            None => match look() {
                Availability::Open | Availability::Locked => {
                    store.insert(connect().map_err(|error| explain(&error))?).clone()
                }
                Availability::Absent(reason) => return Err(StoreError::Absent(reason)),
                Availability::NotAnswering => return Err(StoreError::NotAnswering),
            },
        };
        let modifiers = modifiers();
        let modifiers = (!modifiers.is_empty()).then_some(&modifiers);
        connected.build(&name.service, name.user, modifiers).map_err(|error| explain(&error))
    }

    fn store(&self) -> MutexGuard<'_, Option<Arc<CredentialStore>>> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for SystemKeyring {
    fn availability(&self) -> Availability {
        self.store().take();
        look()
    }

    fn unlock(&self) -> Result<(), StoreError> {
        #[cfg(all(unix, not(target_os = "macos")))]
        return super::secret_service::unlock();
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        return Ok(());
    }

    fn read(&self, name: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(explain(&error)),
        }
    }

    fn write(&self, name: &EntryName, value: &str) -> Result<(), StoreError> {
        self.entry(name)?.set_password(value).map_err(|error| explain(&error))
    }

    fn delete(&self, name: &EntryName) -> Result<(), StoreError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(explain(&error)),
        }
    }
}

fn look() -> Availability {
    #[cfg(all(unix, not(target_os = "macos")))]
    return super::secret_service::look();
    // Keychain and Credential Manager are always there, and are unlocked with the session.
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    return Availability::Open;
}

#[cfg(all(unix, not(target_os = "macos")))]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(any(windows, target_os = "macos"))]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    if keyring::Entry::store_status().is_err() {
        return Err(Error::NoDefaultStore);
    }
    keyring_core::get_default_store().ok_or(Error::NoDefaultStore)
}

/// Sorts an error by what the keyring is like now. Never by the error's text, which differs between versions and
/// languages; nor is the text kept, since it may quote what was stored.
fn explain(error: &Error) -> StoreError {
    match (error, look()) {
        (_, Availability::Absent(reason)) => StoreError::Absent(reason),
        (_, Availability::NotAnswering) => StoreError::NotAnswering,
        (_, Availability::Locked) => StoreError::Locked,
        // Credential Manager says so in a session without a person, as over SSH; Keychain, of a dismissed prompt.
        (Error::NoStorageAccess(_), Availability::Open) if cfg!(windows) => {
            StoreError::Absent(AbsentReason::NoService)
        }
        (Error::NoStorageAccess(_), Availability::Open) => StoreError::Locked,
        (Error::NoDefaultStore, Availability::Open) => StoreError::Absent(AbsentReason::NoService),
        (_, Availability::Open) => StoreError::Refused,
    }
}

fn modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([
        // Without this, Windows lets the key roam to every machine where the person signs in.
        #[cfg(windows)]
        ("persistence", "Local"),
        // What the person reads in the keyring's own window.
        #[cfg(all(unix, not(target_os = "macos")))]
        ("label", "Gatehouse: key that opens its stored secrets"),
    ])
}
