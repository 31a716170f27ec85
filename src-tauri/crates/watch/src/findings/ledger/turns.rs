//! When an app has to be judged again although nothing about it changed: time itself turns findings.

use blueprint::ews;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

use crate::findings::days::Days;
use crate::findings::{Context, Finding};
use crate::{App, Known, LastUse};

/// Further away than any threshold that makes sense.
const MOST_DAYS: i32 = 100_000;

/// The next instant at which [`judge`](crate::findings::judge) may say something else about an unchanged app.
pub(super) fn next(app: &App, found: &[Finding], context: &Context) -> Timestamp {
    let days = Days::of(context);
    let mut turns = Turns { context, next: Timestamp::MAX };
    if found.iter().any(|finding| finding.counts_days) {
        turns.day(days.today, 1);
    }
    // Dates of this year are written without it.
    turns.day(date(days.today.year(), 12, 31), 1);
    turns.day(ews::PHASE_OUT, 0);
    turns.day(ews::END, 0);
    let limits = &context.thresholds;
    let (lately, unused) = (limits.lately, limits.unused);
    for one in &app.credentials {
        if let Some(starts) = one.starts {
            turns.instant(starts);
            turns.day(days.date(starts), unused);
        }
        if let Some(ends) = one.ends {
            turns.instant(ends);
            turns.day(days.date(ends), -limits.notice);
            turns.day(days.date(ends), -limits.far);
        }
        if let Some(at) = seen(&one.last_use) {
            turns.day(days.date(at), lately);
            turns.day(days.date(at), lately + 1);
            turns.day(days.date(at), unused);
        }
    }
    if let Some(at) = seen(&app.last_sign_in) {
        turns.day(days.date(at), lately);
    }
    turns.next
}

fn seen(known: &Known<LastUse>) -> Option<Timestamp> {
    known.seen().map(|seen| match seen {
        LastUse::At { at } => *at,
        LastUse::NotSince { since } => *since,
    })
}

struct Turns<'c> {
    context: &'c Context,
    next: Timestamp,
}

impl Turns<'_> {
    fn instant(&mut self, at: Timestamp) {
        if at > self.context.now && at < self.next {
            self.next = at;
        }
    }

    /// The beginning of the day that lies so many days after another one.
    fn day(&mut self, from: Date, after: i32) {
        let day = from.saturating_add(after.clamp(-MOST_DAYS, MOST_DAYS).days());
        if let Ok(zoned) = day.to_zoned(self.context.zone.clone()) {
            self.instant(zoned.timestamp());
        }
    }
}
