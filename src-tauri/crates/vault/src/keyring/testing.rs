//! A keyring in memory that can be told how to behave. For tests, of this crate and of those above it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{Availability, EntryName, KeyringBackend, SecretStore, StoreError};

/// A keyring in memory. Clones share their entries, as two processes share the system's.
#[derive(Clone, Default)]
pub struct MemoryKeyring(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    entries: HashMap<EntryName, Zeroizing<String>>,
    availability: Option<Availability>,
    unlocks: bool,
    forgets: bool,
}

impl MemoryKeyring {
    /// An empty, open keyring.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// This keyring, as a vault takes it.
    #[must_use]
    pub fn backend(&self) -> KeyringBackend {
        KeyringBackend::Custom(Arc::new(self.clone()))
    }

    /// What the next looks show.
    pub fn set_availability(&self, availability: Availability) {
        self.state().availability = Some(availability);
    }

    /// Whether a locked keyring opens when the person is asked, as if they typed the password.
    pub fn unlock_when_asked(&self, unlocks: bool) {
        self.state().unlocks = unlocks;
    }

    /// Whether writes are accepted and then forgotten.
    pub fn forget_writes(&self, forgets: bool) {
        self.state().forgets = forgets;
    }

    /// Empties the keyring, as somebody who resets it does.
    pub fn wipe(&self) {
        self.state().entries.clear();
    }

    /// The names of what is stored.
    #[must_use]
    pub fn entries(&self) -> Vec<EntryName> {
        self.state().entries.keys().cloned().collect()
    }

    /// Puts another text in the place of every entry.
    pub fn replace_all(&self, text: &str) {
        for value in self.state().entries.values_mut() {
            *value = Zeroizing::new(text.to_owned());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn usable(&self) -> Result<MutexGuard<'_, State>, StoreError> {
        let state = self.state();
        match state.availability.unwrap_or(Availability::Open) {
            Availability::Open => Ok(state),
            Availability::Locked => Err(StoreError::Locked),
            Availability::Absent(reason) => Err(StoreError::Absent(reason)),
            Availability::NotAnswering => Err(StoreError::NotAnswering),
        }
    }
}

impl SecretStore for MemoryKeyring {
    fn availability(&self) -> Availability {
        self.state().availability.unwrap_or(Availability::Open)
    }

    fn unlock(&self) -> Result<(), StoreError> {
        let mut state = self.state();
        if state.availability == Some(Availability::Locked) && state.unlocks {
            state.availability = Some(Availability::Open);
        }
        drop(state);
        self.usable().map(drop)
    }

    fn read(&self, entry: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        Ok(self.usable()?.entries.get(entry).cloned())
    }

    fn write(&self, entry: &EntryName, value: &str) -> Result<(), StoreError> {
        let mut state = self.usable()?;
        if !state.forgets {
            state.entries.insert(entry.clone(), Zeroizing::new(value.to_owned()));
        }
        Ok(())
    }

    fn delete(&self, entry: &EntryName) -> Result<(), StoreError> {
        self.usable()?.entries.remove(entry);
        Ok(())
    }
}

impl std::fmt::Debug for MemoryKeyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemoryKeyring").field("entries", &self.entries()).finish_non_exhaustive()
    }
}
