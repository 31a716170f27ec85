//! All apps in memory, for lists that answer while somebody types: read once from the file, then kept up to date.

pub(crate) mod ends;
mod entry;
mod line;
mod standing;
pub(crate) mod words;

use std::collections::HashMap;

pub(crate) use self::ends::End;
pub(crate) use self::entry::{Columns, Entry};
pub(crate) use self::line::Line;
pub(crate) use self::standing::{Counts, Standing};
use super::compose::Backdrop;
use super::store::Health;

/// All apps of an organisation.
pub(crate) struct Index {
    /// Of the file when this was read.
    pub(crate) version: i64,
    pub(crate) backdrop: Backdrop,
    entries: Vec<Entry>,
    places: HashMap<i64, u32>,
    /// Place of each entry in the order of names; empty when it has to be made again.
    by_name: Vec<u32>,
    /// The last answer, as long as nothing has changed.
    pub(crate) standing: Option<Standing>,
}

impl Index {
    pub(crate) fn new(version: i64, backdrop: Backdrop) -> Self {
        Self {
            version,
            backdrop,
            entries: Vec::new(),
            places: HashMap::new(),
            by_name: Vec::new(),
            standing: None,
        }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds an app or replaces it, keeping how it is.
    pub(crate) fn put(&mut self, mut entry: Entry) {
        self.standing = None;
        let known = self.places.get(&entry.id).and_then(|place| self.entries.get_mut(*place as usize));
        if let Some(known) = known {
            if known.words != entry.words {
                self.by_name.clear();
            }
            (entry.health, entry.findings) = (known.health, known.findings);
            *known = entry;
        } else if let Ok(place) = u32::try_from(self.entries.len()) {
            self.by_name.clear();
            self.places.insert(entry.id, place);
            self.entries.push(entry);
        }
    }

    pub(crate) fn remove(&mut self, id: i64) {
        let Some(place) = self.places.remove(&id) else { return };
        self.standing = None;
        self.by_name.clear();
        self.entries.swap_remove(place as usize);
        if let Some(moved) = self.entries.get(place as usize) {
            self.places.insert(moved.id, place);
        }
    }

    pub(crate) fn set_health(&mut self, id: i64, health: Health) {
        let place = self.places.get(&id).copied();
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place as usize)) {
            self.standing = None;
            (entry.health, entry.findings) = (health.worst, health.findings);
        }
    }

    /// For each entry its place in the order of names; ids decide between equal ones.
    pub(crate) fn name_places(&mut self) -> (&[Entry], &[u32]) {
        if self.by_name.len() != self.entries.len() {
            // Most names differ in their first letters, and numbers are compared at once.
            let mut order: Vec<(u64, u32)> =
                self.entries.iter().map(|entry| first_letters(entry.name())).zip(0..).collect();
            let entry = |place: u32| &self.entries[place as usize];
            order.sort_unstable_by(|(a, one), (b, other)| {
                a.cmp(b).then_with(|| {
                    let (one, other) = (entry(*one), entry(*other));
                    one.name().cmp(other.name()).then_with(|| one.app_id().cmp(other.app_id()))
                })
            });
            let mut places = vec![0; order.len()];
            for (place, (_, entry)) in (0..).zip(order) {
                places[entry as usize] = place;
            }
            self.by_name = places;
        }
        (&self.entries, &self.by_name)
    }
}

/// The first eight bytes, as a number that is ordered as they are. An app without a name is last: no text begins with 255.
fn first_letters(name: &str) -> u64 {
    let mut letters = [0; 8];
    let known = name.len().min(8);
    letters[..known].copy_from_slice(&name.as_bytes()[..known]);
    if name.is_empty() { u64::MAX } else { u64::from_be_bytes(letters) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn first_letters_never_contradict_the_order_of_names(one in "\\PC{0,10}", other in "\\PC{0,10}") {
            let order = (one.is_empty(), &one).cmp(&(other.is_empty(), &other));
            let by_letters = first_letters(&one).cmp(&first_letters(&other));
            prop_assert!(by_letters.is_eq() || by_letters == order);
        }
    }
}
