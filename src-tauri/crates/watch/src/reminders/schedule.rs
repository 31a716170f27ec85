//! When to remind of what. Pure: the same credentials, settings and zone give the same reminders.

use std::fmt;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, civil};
use serde::{Deserialize, Serialize};

use super::{Settings, Watched};

/// The hour of the day, by the clock on the wall, at which people are reminded.
pub const HOUR: i8 = 9;

/// Names a reminder: `{app id}/{key id}/{days before the end}`. The same on every machine, in every time zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReminderId(String);

impl ReminderId {
    /// The reminder of a credential (see [`Watched::key`]), so many days before its end.
    #[must_use]
    pub fn new(credential: &str, days: u32) -> Self {
        Self(format!("{credential}/{days}"))
    }

    /// Reads an id that a window or a command line gave; `None` for text that cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let own = Self(text.to_owned());
        let (credential, _) = own.parts()?;
        let proper = credential.split_once('/').is_some_and(|(app, key)| !app.is_empty() && !key.is_empty());
        (proper && text.len() <= 512).then_some(own)
    }

    /// The credential's key and the days before its end.
    #[must_use]
    pub fn parts(&self) -> Option<(&str, u32)> {
        let (credential, days) = self.0.rsplit_once('/')?;
        Some((credential, days.parse().ok()?))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReminderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// What ends.
    pub credential: Arc<Watched>,
    /// The chosen number of days before the end.
    pub days_before: u32,
    /// When to remind.
    pub at: Timestamp,
}

impl Reminder {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> ReminderId {
        ReminderId::new(&self.credential.key(), self.days_before)
    }

    /// Whole days, by the local calendar, from `now` to the end; negative after it.
    #[must_use]
    pub fn days_left(&self, now: Timestamp, zone: &TimeZone) -> i32 {
        days_between(now, self.credential.ends, zone)
    }
}

/// Days from one instant to another by the local calendar: tomorrow is 1, however few hours away.
#[must_use]
pub fn days_between(from: Timestamp, to: Timestamp, zone: &TimeZone) -> i32 {
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    day(from).until(day(to)).map_or(0, |span| span.get_days())
}

/// All reminders of these credentials, in order of time.
///
/// Each comes at 09:00 of the day so many days before the day of the end, both by the calendar of `zone`; where the clock
/// jumps over 09:00, as soon as it has jumped. One that would come after the end (the day itself, when the end is before
/// 09:00) comes at 09:00 of the day before. None comes before the credential was made: a secret for a month has no
/// reminder 60 days ahead. Of several that are past, only the one nearest to the end is given to people:
/// see [`Ledger::due`](super::Ledger::due).
#[must_use]
pub fn schedule(credentials: &[Arc<Watched>], settings: &Settings, zone: &TimeZone) -> Vec<Reminder> {
    let mut all: Vec<Reminder> = credentials
        .iter()
        .filter(|own| settings.all_apps || own.connection.is_some())
        .flat_map(|own| {
            let days = settings.days_for(own.connection.as_deref());
            days.into_iter().filter_map(|days| {
                let at = moment(own.ends, days, zone)?;
                let before_it_was = own.starts.is_some_and(|starts| at < starts);
                (!before_it_was).then(|| Reminder { credential: Arc::clone(own), days_before: days, at })
            })
        })
        .collect();
    all.sort_by(|a, b| {
        (a.at, &a.credential.app_id, &a.credential.key_id).cmp(&(
            b.at,
            &b.credential.app_id,
            &b.credential.key_id,
        ))
    });
    all
}

fn moment(ends: Timestamp, days: u32, zone: &TimeZone) -> Option<Timestamp> {
    let day = ends.to_zoned(zone.clone()).date().checked_sub(i64::from(days).days()).ok()?;
    let at = nine(day, zone)?;
    if at < ends { Some(at) } else { nine(day.yesterday().ok()?, zone) }
}

fn nine(day: civil::Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp())
}
