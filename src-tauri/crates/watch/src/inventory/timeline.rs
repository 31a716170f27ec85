//! What ends when, day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::StoreError;
use super::calendar::{day, days_after, days_between, first_instant, instant};
use super::facets::{FACETS, Judge, Wanted};
use super::index::{End, Line};
use super::query::{Query, View, select};
use super::store::{Store, line_of};
use crate::CredentialKind;

/// Most ends of one day that are named.
pub const NAMED: usize = 20;

/// What ends when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// First day.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// Today.
    pub today: Date,
    /// Days on which something ends, in order.
    pub days: Vec<TimelineDay>,
    /// Credentials that end before the first day.
    pub before: usize,
    /// Credentials that end after the last.
    pub after: usize,
    /// Credentials without an end, or without one that is known.
    pub no_end: usize,
}

/// A day on which something ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineDay {
    /// The day by the machine's calendar.
    pub date: Date,
    /// Days from today.
    pub days: i32,
    /// How many end.
    pub count: usize,
    /// The first of them, at most [`NAMED`].
    pub ends: Vec<TimelineEnd>,
}

/// A credential that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEnd {
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What ends.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// When, to the millisecond.
    pub at: Timestamp,
}

/// The ends of the credentials of the apps that answer `query` (its order and window do not matter), from a day on (30
/// days ago by default) for so many months (1 to 600). Where the query narrows by `ends` or `credential`, only such
/// credentials are in it.
///
/// # Errors
/// [`StoreError`].
pub fn timeline(
    store: &Store,
    from: Option<Date>,
    months: u32,
    query: &Query,
    view: &View,
) -> Result<Timeline, StoreError> {
    let today = day(view.now, &view.zone);
    let from = from.unwrap_or_else(|| days_after(today, -30));
    let until = from.checked_add(i64::from(months.clamp(1, 600)).months()).unwrap_or(Date::MAX);
    let (first, end) = (first_instant(from, &view.zone), first_instant(until, &view.zone));
    store.with_index(|index, db| {
        let judge = Judge::new(view.now, &view.zone, &view.ours);
        let wanted = Wanted::new(&query.facets);
        let places = select(index.entries(), query, view, &judge, &mut [0; FACETS.len()]);
        let (entries, names) = index.name_places();
        let mut timeline = Timeline { from, until, today, days: Vec::new(), before: 0, after: 0, no_end: 0 };
        let mut inside = Vec::new();
        for place in places {
            for (number, one) in entries[place as usize].credentials.iter().enumerate() {
                if !wanted.holds(judge.of_end(*one)) {
                    continue;
                }
                match one.at() {
                    None => timeline.no_end += 1,
                    Some(at) if at < first => timeline.before += 1,
                    Some(at) if at >= end => timeline.after += 1,
                    Some(at) => inside.push((at, names[place as usize], place, number)),
                }
            }
        }
        inside.sort_unstable();
        let mut days: BTreeMap<Date, TimelineDay> = BTreeMap::new();
        let mut named = Vec::new();
        for (at, _, place, number) in inside {
            let date = day(instant(at), &view.zone);
            let that_day = days.entry(date).or_insert_with(|| TimelineDay {
                date,
                days: days_between(today, date),
                count: 0,
                ends: Vec::new(),
            });
            if that_day.count < NAMED {
                named.push((entries[place as usize].id, date, that_day.count, number));
            }
            that_day.count += 1;
        }
        // In the order of the file, so that neighbours are read together.
        named.sort_unstable();
        let mut ends = Vec::with_capacity(named.len());
        for of_app in named.chunk_by(|(one, ..), (other, ..)| one == other) {
            let Some(line) = of_app.first().map(|(id, ..)| line_of(db, *id)).transpose()?.flatten() else {
                continue;
            };
            for (_, date, turn, number) in of_app {
                ends.extend(
                    line.credentials.get(*number).and_then(|one| Some((*date, *turn, end_of(&line, one)?))),
                );
            }
        }
        ends.sort_unstable_by_key(|(date, turn, _)| (*date, *turn));
        for (date, _, end) in ends {
            if let Some(that_day) = days.get_mut(&date) {
                that_day.ends.push(end);
            }
        }
        timeline.days = days.into_values().collect();
        Ok(timeline)
    })
}

fn end_of(line: &Line, one: &End) -> Option<TimelineEnd> {
    Some(TimelineEnd {
        app_id: line.app_id.to_string(),
        app_name: line.name.to_string(),
        key_id: one.key_id.to_string(),
        kind: one.kind,
        name: one.name.to_string(),
        at: instant(one.at?),
    })
}
