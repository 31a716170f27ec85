//! The answer to the last query, for the next page of it.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::Entry;
use crate::inventory::calendar::{day, days_after, first_instant};
use crate::inventory::facets::FACETS;
use crate::inventory::notes::Notes;
use crate::inventory::query::{Query, View};

/// How many rows each value of each property leaves.
pub(crate) type Counts = [usize; FACETS.len()];

/// Which entries answer a query, in its order. It stands until an app changes, a credential ends, or a day begins.
pub(crate) struct Standing {
    query: Query,
    ours: HashSet<String>,
    notes: Notes,
    zone: TimeZone,
    /// Milliseconds since 1970 from and until which it holds.
    holds: std::ops::Range<i64>,
    /// Places of the entries.
    pub(crate) places: Vec<u32>,
    pub(crate) counts: Counts,
}

impl Standing {
    pub(crate) fn new(
        query: &Query,
        view: &View,
        entries: &[Entry],
        places: Vec<u32>,
        counts: Counts,
    ) -> Self {
        let now = view.now.as_millisecond();
        let tomorrow = first_instant(days_after(day(view.now, &view.zone), 1), &view.zone);
        let ends = entries.iter().flat_map(|entry| entry.credentials.iter()).filter_map(|end| end.at());
        let next = ends.filter(|at| *at > now).min().unwrap_or(i64::MAX);
        Self {
            query: without_window(query),
            ours: view.ours.clone(),
            notes: view.notes.clone(),
            zone: view.zone.clone(),
            holds: now..next.min(tomorrow),
            places,
            counts,
        }
    }

    pub(crate) fn answers(&self, query: &Query, view: &View) -> bool {
        self.holds.contains(&view.now.as_millisecond())
            && self.query == without_window(query)
            && self.zone == view.zone
            && self.ours == view.ours
            && self.notes == view.notes
    }
}

fn without_window(query: &Query) -> Query {
    Query { offset: 0, limit: 0, ..query.clone() }
}
