//! A fragment beside a registration.

use std::collections::BTreeSet;

use super::Entry;
use crate::catalogue::PermissionKey;

/// How a fragment differs from what a registration asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// In the fragment and not on the registration.
    pub new: Vec<Entry>,
    /// On both.
    pub already: Vec<Entry>,
    /// On the registration and not in the fragment. Merging keeps them; replacing takes them away.
    pub only_there: Vec<Entry>,
}

impl Difference {
    /// Compares a fragment with the permissions of a registration.
    #[must_use]
    pub fn between(fragment: &[Entry], registration: &[PermissionKey]) -> Self {
        let there: BTreeSet<&PermissionKey> = registration.iter().collect();
        let wanted: BTreeSet<&PermissionKey> = fragment.iter().map(|entry| &entry.key).collect();
        let (already, new) = fragment.iter().cloned().partition(|entry| there.contains(&entry.key));
        let mut only_there: Vec<Entry> = Vec::new();
        for key in registration {
            if !wanted.contains(key) && !only_there.iter().any(|entry| entry.key == *key) {
                only_there.push(Entry::of(*key));
            }
        }
        Self { new, already, only_there }
    }

    /// What the registration asks for after merging: all that it has, and the new ones behind them.
    #[must_use]
    pub fn merged(&self, registration: &[PermissionKey]) -> Vec<PermissionKey> {
        registration.iter().copied().chain(self.new.iter().map(|entry| entry.key)).collect()
    }

    /// What the registration asks for after replacing: the fragment alone.
    #[must_use]
    pub fn replaced(fragment: &[Entry]) -> Vec<PermissionKey> {
        fragment.iter().map(|entry| entry.key).collect()
    }

    /// How they differ, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let new = match self.new.len() {
            0 => "Everything in the text is on the app already.".to_owned(),
            1 => "One permission in the text is new to the app.".to_owned(),
            count => format!("{count} permissions in the text are new to the app."),
        };
        match self.only_there.len() {
            0 => new,
            1 => format!("{new} The app has one that the text does not have. Merging keeps it."),
            count => format!("{new} The app has {count} that the text does not have. Merging keeps them."),
        }
    }
}
