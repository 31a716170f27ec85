//! What is in the calendar against what should be.

use std::collections::{HashMap, HashSet};

use graph::events::{Entry, Kept};
use jiff::Timestamp;

use crate::reminders::{KnownEvent, Moment};

/// One change to make.
#[derive(Debug)]
pub(super) enum Change {
    Make(Entry),
    Write(String, Entry),
    Remove(String),
}

/// What to do, and what to remember when nothing of it succeeds.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub(super) changes: Vec<Change>,
    pub(super) keep: HashMap<String, KnownEvent>,
    pub(super) respected: usize,
}

/// Compares the entries that should be `ahead` (and the keys of `all` that may stay) with what was `found` now and what is
/// `known` from before.
pub(super) fn compare(
    ahead: Vec<Entry>,
    all: &HashSet<String>,
    found: &[Kept],
    known: &HashMap<String, KnownEvent>,
    moment: &Moment,
) -> Comparison {
    let mut done = Comparison::default();
    let mut there: HashMap<&str, &Kept> = HashMap::new();
    for kept in found {
        // A second one of the same key, and one that no credential stands behind any more.
        if there.contains_key(kept.key.as_str()) || !all.contains(&kept.key) {
            done.changes.push(Change::Remove(kept.id.clone()));
            continue;
        }
        there.insert(&kept.key, kept);
        let at = known.get(&kept.key).map_or(Timestamp::UNIX_EPOCH, |own| own.at);
        done.keep.insert(kept.key.clone(), remembered(kept, at));
    }
    let tidied = tidied(&there, known, moment);
    for entry in ahead {
        match (there.get(entry.key.as_str()), known.get(&entry.key)) {
            (Some(kept), _) if kept.revision == entry.revision => {
                done.keep.insert(entry.key.clone(), remembered(kept, entry.at));
            }
            (Some(kept), _) => done.changes.push(Change::Write(kept.id.clone(), entry)),
            (None, Some(own)) if own.revision == entry.revision && (own.removed || tidied) => {
                done.respected += 1;
                done.keep.insert(entry.key, KnownEvent { removed: true, ..own.clone() });
            }
            (None, _) => done.changes.push(Change::Make(entry)),
        }
    }
    done
}

/// Whether what is missing was taken away by a person who tidies up. Everything gone at once is a new mailbox instead.
fn tidied(there: &HashMap<&str, &Kept>, known: &HashMap<String, KnownEvent>, moment: &Moment) -> bool {
    let now = moment.effective();
    let (mut seen, mut still) = (0, 0);
    for own in known.values().filter(|own| own.at > now && !own.removed) {
        seen += 1;
        still += usize::from(there.contains_key(own.key.as_str()));
    }
    seen < 2 || still > 0
}

fn remembered(kept: &Kept, at: Timestamp) -> KnownEvent {
    KnownEvent {
        key: kept.key.clone(),
        graph_id: kept.id.clone(),
        revision: kept.revision.clone(),
        at,
        removed: false,
    }
}
