//! All mailboxes. They make up most of a tenant and change seldom, so it is known whether they did.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

use crate::store::Mailbox;

/// Mailboxes by user object id; used like the map that it holds.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Mailboxes {
    all: HashMap<String, Mailbox>,
    /// Counts up whenever somebody could have changed something.
    #[serde(skip)]
    changes: u64,
}

/// The mailboxes in writing, as they were at one moment.
#[derive(Debug, Default)]
pub(crate) struct Written {
    changes: u64,
    json: Vec<u8>,
}

impl Mailboxes {
    /// The mailboxes in writing; written anew only after a change.
    pub(crate) fn written<'w>(&self, last: &'w mut Option<Written>) -> serde_json::Result<&'w [u8]> {
        let fresh = match last.take() {
            Some(written) if written.changes == self.changes => written,
            _ => Written { changes: self.changes, json: serde_json::to_vec(&self.all)? },
        };
        Ok(&last.insert(fresh).json)
    }
}

impl Deref for Mailboxes {
    type Target = HashMap<String, Mailbox>;

    fn deref(&self) -> &Self::Target {
        &self.all
    }
}

impl DerefMut for Mailboxes {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.changes += 1;
        &mut self.all
    }
}

impl Serialize for Mailboxes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.all.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_written_and_a_look_is_not() {
        let mut mailboxes = Mailboxes::default();
        let mut last = None;
        assert_eq!(mailboxes.written(&mut last).unwrap(), b"{}");
        assert!(!mailboxes.contains_key("a"));
        let before = last.as_ref().map(|written: &Written| written.json.as_ptr());
        mailboxes.written(&mut last).unwrap();
        assert_eq!(last.as_ref().map(|written| written.json.as_ptr()), before, "kept");
        mailboxes.insert("a".into(), Mailbox::default());
        assert!(mailboxes.written(&mut last).unwrap().len() > 2);
    }
}
