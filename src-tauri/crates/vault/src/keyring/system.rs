//! The keyring of the operating system, through the `keyring` crate.

use std::collections::HashMap;

use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{Availability, EntryName, SecretStore, StoreError};
use crate::status::AbsentReason;

/// Secret Service on Linux and the BSDs, Keychain on macOS, Credential Manager on Windows.
pub(super) struct SystemKeyring;

impl SystemKeyring {
    /// The `keyring` crate sets its store up once per process and keeps a failure for ever; so it is only touched after
    /// a look has shown that the store answers.
    fn entry(&self, name: &EntryName) -> Result<Entry, StoreError> {
        match self.availability() {
            Availability::Open | Availability::Locked => {}
            Availability::Absent(reason) => return Err(StoreError::Absent(reason)),
            Availability::NotAnswering => return Err(StoreError::NotAnswering),
        }
        if let Err(error) = keyring::Entry::store_status() {
            return Err(self.explain(error));
        }
        Entry::new_with_modifiers(&name.service, name.user, &modifiers())
            .map_err(|error| self.explain(&error))
    }

    /// Sorts an error by what the store is like now. Never by the error's text, which differs between versions and
    /// languages; nor is the text kept, since it may quote what was stored.
    fn explain(&self, error: &Error) -> StoreError {
        match (error, self.availability()) {
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
}

impl SecretStore for SystemKeyring {
    fn availability(&self) -> Availability {
        #[cfg(all(unix, not(target_os = "macos")))]
        return super::secret_service::look();
        // Keychain and Credential Manager are always there, and are unlocked with the session.
        #[cfg(not(all(unix, not(target_os = "macos"))))]
        return Availability::Open;
    }

    fn read(&self, name: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(self.explain(&error)),
        }
    }

    fn write(&self, name: &EntryName, value: &str) -> Result<(), StoreError> {
        self.entry(name)?.set_password(value).map_err(|error| self.explain(&error))
    }

    fn delete(&self, name: &EntryName) -> Result<(), StoreError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(self.explain(&error)),
        }
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
