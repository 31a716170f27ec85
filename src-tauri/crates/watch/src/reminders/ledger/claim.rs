//! Which reminders are due on a way. Judged for each reminder by what became of it, never by when somebody last looked:
//! so a clock that is set back or forward neither loses one nor brings a flood.

use std::collections::HashMap;

use jiff::SignedDuration;

use super::rows::{Mark, Row, RowState};
use crate::reminders::{ChannelKind, Due, Moment, Reminder};

/// So many days after the end of a credential, nobody is reminded of it any more.
pub const GIVEN_UP_AFTER_DAYS: i64 = 7;
/// A claim of a process that cannot be seen any more. Only where a file system has no locks.
const FORGOTTEN_AFTER_SECONDS: u64 = 600;
/// A next try farther ahead was written by a clock that ran ahead.
const LONGEST_WAIT_SECONDS: i64 = 25 * 60 * 60;

/// What is known when somebody asks what is due.
pub(super) struct Known<'a> {
    pub(super) channel: ChannelKind,
    pub(super) rows: &'a HashMap<String, Vec<Row>>,
    pub(super) marks: &'a HashMap<String, Mark>,
    /// No other process works on this way.
    pub(super) alone: bool,
}

/// What is due: of each credential at most one reminder, the one nearest to its end. The most pressing first.
pub(super) fn due(reminders: &[Reminder], moment: &Moment, known: &Known<'_>) -> Vec<Due> {
    let mut found: Vec<Due> =
        nearest(reminders, moment).filter_map(|reminder| judge(reminder, moment, known)).collect();
    found.sort_by(|a, b| {
        let order = |due: &Due| (due.reminder.credential.ends, due.reminder.days_before);
        order(a).cmp(&order(b)).then_with(|| {
            let name = |due: &Due| (due.reminder.credential.app_name.clone(), due.reminder.id());
            name(a).cmp(&name(b))
        })
    });
    found
}

/// Of each credential the last reminder that is past.
pub(super) fn nearest<'r>(
    reminders: &'r [Reminder],
    moment: &Moment,
) -> impl Iterator<Item = &'r Reminder> + use<'r> {
    let now = moment.effective();
    let mut last: HashMap<(&str, &str), &Reminder> = HashMap::new();
    for reminder in reminders.iter().filter(|own| own.at <= now) {
        let key = (reminder.credential.app_id.as_str(), reminder.credential.key_id.as_str());
        let held = last.entry(key).or_insert(reminder);
        if reminder.days_before < held.days_before {
            *held = reminder;
        }
    }
    last.into_values()
}

/// Whether nobody is reminded of it any more.
pub(super) fn is_over(reminder: &Reminder, moment: &Moment) -> bool {
    let limit = SignedDuration::from_hours(24 * GIVEN_UP_AFTER_DAYS);
    moment.effective().duration_since(reminder.credential.ends) > limit
}

fn judge(reminder: &Reminder, moment: &Moment, known: &Known<'_>) -> Option<Due> {
    if is_over(reminder, moment) {
        return None;
    }
    let key = reminder.credential.key();
    let mark = known.marks.get(&key).cloned().unwrap_or_default();
    if mark.done {
        return None;
    }
    // Putting off is for whoever sits here; a channel of a team does not repeat itself for it.
    let now = moment.effective().as_second();
    let snoozed = mark.snoozed.filter(|own| own.days == reminder.days_before);
    let round = match snoozed.filter(|_| known.channel == ChannelKind::Desktop) {
        Some(own) if now < own.until => return None,
        Some(_) => mark.round,
        None => 0,
    };
    let due = || Some(Due { reminder: reminder.clone(), missed: missed(reminder, moment), round });
    let ends = reminder.credential.ends.as_second();
    let Some(rows) = known.rows.get(&key) else { return due() };
    let mut rows = rows.iter().filter(|row| row.ends == ends).peekable();
    if rows.peek().is_none() {
        return due();
    }
    for row in rows {
        if row.days < reminder.days_before {
            // A nearer one was given, or waits, already: the clock was set back.
            return None;
        }
        if row.days != reminder.days_before || row.round < round {
            continue;
        }
        let free = match row.state {
            RowState::Sent | RowState::GivenUp => false,
            RowState::Claimed => {
                known.alone || row.at.abs_diff(moment.now.as_second()) > FORGOTTEN_AFTER_SECONDS
            }
            RowState::Waiting => row.next_try.is_none_or(|next| {
                let wait = next - moment.now.as_second();
                wait <= 0 || wait > LONGEST_WAIT_SECONDS
            }),
        };
        if !free {
            return None;
        }
    }
    due()
}

/// Whether it was due on an earlier day.
pub(super) fn missed(reminder: &Reminder, moment: &Moment) -> bool {
    let day = |at: jiff::Timestamp| at.to_zoned(moment.zone.clone()).date();
    day(reminder.at) < day(moment.effective())
}
