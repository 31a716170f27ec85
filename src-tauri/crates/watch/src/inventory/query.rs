//! A part of the inventory, as a window shows it.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use memchr::memmem::Finder;

use super::StoreError;
use super::calendar::{day, days_between, instant};
use super::compose::last_use;
use super::facets::{Bits, FACETS, Facet, Judge, Wanted};
use super::index::words::terms;
use super::index::{Counts, Entry, Index, Line, Standing};
use super::kind::AppKind;
use super::notes::{Notes, say_it};
use super::store::{Store, line_of};
use crate::findings::Severity;
use crate::{CredentialKind, Known, LastUse};

/// Most rows that one page gives.
pub const MOST: usize = 500;

/// From where the inventory is looked at.
#[derive(Debug, Clone)]
pub struct View {
    /// Now.
    pub now: Timestamp,
    /// The machine's time zone: days are counted in it.
    pub zone: TimeZone,
    /// Client ids of what was set up here.
    pub ours: HashSet<String>,
    /// What people wrote: searched too.
    pub notes: Notes,
}

/// The order of rows. Rows without a value come last either way; names decide between equal ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the end of the credential that ends next.
    #[default]
    NextEnd,
    /// By name.
    Name,
    /// By the worst finding, then by their number.
    Health,
    /// By the day on which it was registered.
    Created,
    /// By its last sign-in.
    LastSignIn,
}

/// Which rows, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, all of which are parts of a name, an id, an owner, a credential's name, or of what people wrote; without
    /// regard to case.
    pub text: String,
    /// Only rows that have these. Two values of one property widen, two properties narrow.
    pub facets: Vec<Facet>,
    /// The order.
    pub sort: Sort,
    /// Turns the order around.
    pub descending: bool,
    /// First row, from 0.
    pub offset: usize,
    /// Rows at most, up to [`MOST`].
    pub limit: usize,
}

/// The credential that ends next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextEnd {
    /// When, to the millisecond.
    pub at: Timestamp,
    /// Days from today by the machine's calendar; negative once past.
    pub days: i32,
    /// What ends.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// Microsoft's key id.
    pub key_id: String,
}

/// An app in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Client id.
    pub app_id: String,
    /// Name; may be empty.
    pub name: String,
    /// What kind.
    pub kind: AppKind,
    /// Object id of the registration.
    pub registration_id: Option<String>,
    /// Object id of the enterprise app.
    pub enterprise_app_id: Option<String>,
    /// `signInAudience`, as Microsoft writes it.
    pub audience: Option<String>,
    /// Nobody can sign in with it.
    pub disabled: bool,
    /// Client secrets, certificates and federated credentials.
    pub credentials: u32,
    /// The credential that ends next.
    pub next: Option<NextEnd>,
    /// Number of owners, where it was looked up.
    pub owners: Option<u32>,
    /// When it was last used.
    pub last_sign_in: Known<LastUse>,
    /// The worst finding; none when nothing needs attention.
    pub health: Option<Severity>,
    /// Findings that are not ignored.
    pub findings: u32,
    /// When it was registered.
    pub created: Option<Timestamp>,
}

/// A part of the inventory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Rows in all that answer the query.
    pub total: usize,
    /// Rows in all, without any narrowing.
    pub known: usize,
    /// For each value of each property, how many rows it would leave with all other narrowing applied.
    pub facets: Vec<(Facet, usize)>,
}

/// Gives a part of the inventory: which rows from memory, once it was read from the file, and what they show from the file.
///
/// # Errors
/// [`StoreError`].
pub fn query(store: &Store, query: &Query, view: &View) -> Result<Page, StoreError> {
    store.with_index(|index, db| {
        let standing = match index.standing.take().filter(|standing| standing.answers(query, view)) {
            Some(standing) => standing,
            None => answer(index, query, view),
        };
        let standing = index.standing.insert(standing);
        let (total, counts) = (standing.places.len(), standing.counts);
        let window = standing.places.iter().skip(query.offset).take(query.limit.min(MOST));
        let window: Vec<u32> = window.copied().collect();
        let mut rows = Vec::with_capacity(window.len());
        for at in window {
            // What another program removed in this moment is left out once.
            rows.extend(line_of(db, index.entries()[at as usize].id)?.map(|line| row(&line, index, view)));
        }
        Ok(Page {
            rows,
            total,
            known: index.entries().len(),
            facets: FACETS.into_iter().zip(counts).collect(),
        })
    })
}

fn answer(index: &mut Index, query: &Query, view: &View) -> Standing {
    let judge = Judge::new(view.now, &view.zone, &view.ours);
    let mut counts = [0; FACETS.len()];
    let found = select(index.entries(), query, view, &judge, &mut counts);
    let places = order(index, query, view, found);
    Standing::new(query, view, index.entries(), places, counts)
}

/// Client ids of all rows that answer a query, in its order; of these apps only, where some are named, whatever the query
/// narrows by.
pub(super) fn app_ids(
    store: &Store,
    query: &Query,
    only: Option<&HashSet<String>>,
    view: &View,
) -> Result<Vec<String>, StoreError> {
    store.with_index(|index, _| {
        let judge = Judge::new(view.now, &view.zone, &view.ours);
        let found = match only {
            Some(only) => {
                let places = (0..).zip(index.entries());
                places.filter(|(_, entry)| only.contains(entry.app_id())).map(|(place, _)| place).collect()
            }
            None => select(index.entries(), query, view, &judge, &mut [0; FACETS.len()]),
        };
        let found = order(index, query, view, found);
        Ok(found.into_iter().map(|at| index.entries()[at as usize].app_id().to_owned()).collect())
    })
}

/// Places of the entries that answer a query, and what each value would leave.
pub(super) fn select(
    entries: &[Entry],
    query: &Query,
    view: &View,
    judge: &Judge<'_>,
    counts: &mut Counts,
) -> Vec<u32> {
    let terms = terms(&query.text);
    let finders: Vec<Finder<'_>> = terms.iter().map(Finder::new).collect();
    let wanted = Wanted::new(&query.facets);
    let mut found = Vec::new();
    for (place, entry) in (0..).zip(entries) {
        if !say_it(&finders, &entry.words, view.notes.about(entry)) {
            continue;
        }
        let bits = judge.of(entry);
        match wanted.misses(bits) {
            (0, _) => {
                found.push(place);
                count(bits, counts);
            }
            // It would be there but for one property: it counts for that property's values.
            (1, Some(group)) => count(bits & wanted.whole(group), counts),
            _ => {}
        }
    }
    found
}

fn count(mut bits: Bits, counts: &mut Counts) {
    while bits != 0 {
        counts[bits.trailing_zeros() as usize] += 1;
        bits &= bits - 1;
    }
}

fn order(index: &mut Index, query: &Query, view: &View, found: Vec<u32>) -> Vec<u32> {
    let now = view.now.as_millisecond();
    let (entries, names) = index.name_places();
    let mut keyed: Vec<(bool, i64, u32, u32)> = found
        .into_iter()
        .map(|place| {
            let (entry, name) = (&entries[place as usize], names[place as usize]);
            let value = match query.sort {
                Sort::NextEnd => next(entry.credentials.iter().filter_map(|end| Some((end.at()?, ()))), now)
                    .map(|(at, ())| at),
                Sort::Name => Some(i64::from(name)),
                Sort::Health => entry.health.map(|worst| weight(worst, entry.findings)),
                Sort::Created => entry.created,
                Sort::LastSignIn => entry.last_use,
            };
            // `!` turns the order of numbers around, and has a place for each.
            let key = value.map_or(0, |value| if query.descending { !value } else { value });
            (value.is_none(), key, name, place)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(.., place)| place).collect()
}

fn weight(worst: Severity, findings: u32) -> i64 {
    let worst = match worst {
        Severity::Info => 1,
        Severity::Warning => 2,
        Severity::Critical => 3,
    };
    (worst << 32) + i64::from(findings)
}

/// The first to end of those that still work; where none does, the one that ended last.
fn next<T>(ending: impl Iterator<Item = (i64, T)> + Clone, now: i64) -> Option<(i64, T)> {
    let working = ending.clone().filter(|(at, _)| *at > now).min_by_key(|(at, _)| *at);
    working.or_else(|| ending.max_by_key(|(at, _)| *at))
}

fn row(line: &Line, index: &Index, view: &View) -> Row {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let ending = line.credentials.iter().filter_map(|end| Some((end.at?, end)));
    let next = next(ending, view.now.as_millisecond()).map(|(at, end)| {
        let at = instant(at);
        let days = days_between(day(view.now, &view.zone), day(at, &view.zone));
        NextEnd { at, days, kind: end.kind, name: end.name.to_string(), key_id: end.key_id.to_string() }
    });
    Row {
        app_id: line.app_id.to_string(),
        name: line.name.to_string(),
        kind: line.kind,
        registration_id: text(&line.registration_id),
        enterprise_app_id: text(&line.enterprise_app_id),
        audience: text(&line.audience),
        disabled: line.disabled,
        credentials: u32::try_from(line.credentials.len()).unwrap_or(u32::MAX),
        next,
        owners: line.owners,
        last_sign_in: last_use(line.last_use.map(instant), &index.backdrop.activity),
        health: line.health,
        findings: line.findings,
        created: line.created.map(instant),
    }
}
