//! What the person said about a reminder, and how everything stands, for a window to show.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::params;

use super::claim;
use super::rows::{self, Mark, RowState};
use super::turn::note;
use super::{Ledger, LedgerError};
use crate::reminders::{ChannelFault, ChannelKind, Moment, Reminder, ReminderId};

/// How a reminder stands on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderState {
    /// Comes later.
    Ahead,
    /// Due now.
    Due,
    /// Was due while nothing could remind.
    Missed,
    /// Shown or sent.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Put off.
    Snoozed {
        /// Until when.
        until: Timestamp,
    },
    /// The person has taken care of it.
    Done,
}

/// How a way stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRecord {
    /// Which.
    pub channel: ChannelKind,
    /// When it last carried something.
    pub carried_at: Option<Timestamp>,
    /// What went wrong the last time, and when.
    pub fault: Option<(ChannelFault, Timestamp)>,
    /// Reminders that wait for it.
    pub waiting: u32,
    /// Reminders that never got through, and no longer matter.
    pub given_up: u32,
}

impl Ledger {
    /// Puts a reminder off: it comes again then, on this desktop. A reminder nearer to the end comes at its time all the same.
    ///
    /// # Errors
    /// [`LedgerError::NoSuchReminder`] for an id that cannot be one, and others.
    pub async fn snooze(
        &self,
        id: &ReminderId,
        until: Timestamp,
        moment: &Moment,
    ) -> Result<(), LedgerError> {
        let (credential, days) = parts(id)?;
        let (now, known_at) = (moment.now.as_second(), moment.known_at.map(|at| at.as_second()));
        self.write(move |db| {
            db.execute(
                "INSERT INTO mark (credential, snoozed_days, snoozed_until, snoozed_at, snoozed_known_at, round)
                 VALUES (?1, ?2, ?3, ?4, ?5, 1)
                 ON CONFLICT DO UPDATE SET snoozed_days = ?2, snoozed_until = ?3, snoozed_at = ?4,
                   snoozed_known_at = ?5, round = round + 1",
                params![credential, days, until.as_second(), now, known_at],
            )?;
            Ok(())
        })
        .await
    }

    /// The person has taken care of the credential: no reminder of it comes any more, on no way.
    ///
    /// # Errors
    /// As [`Ledger::snooze`].
    pub async fn done(&self, id: &ReminderId, now: Timestamp) -> Result<(), LedgerError> {
        let (credential, _) = parts(id)?;
        self.write(move |db| {
            db.execute(
                "INSERT INTO mark (credential, done, round) VALUES (?1, ?2, 0) ON CONFLICT DO UPDATE SET done = ?2",
                params![credential, now.as_second()],
            )?;
            Ok(())
        })
        .await
    }

    /// Takes [`Ledger::done`] and [`Ledger::snooze`] back.
    ///
    /// # Errors
    /// As [`Ledger::snooze`].
    pub async fn reopen(&self, id: &ReminderId) -> Result<(), LedgerError> {
        let (credential, _) = parts(id)?;
        self.write(move |db| {
            db.execute(
                "UPDATE mark SET done = NULL, snoozed_days = NULL WHERE credential = ?1",
                params![credential],
            )?;
            Ok(())
        })
        .await
    }

    /// The credentials that the person has taken care of, see [`Ledger::done`].
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn taken_care_of(&self) -> Result<HashSet<String>, LedgerError> {
        self.read(|db| {
            let marks = rows::marks(db)?;
            Ok(marks.into_iter().filter(|(_, mark)| mark.done).map(|(credential, _)| credential).collect())
        })
        .await
    }

    /// How each of these reminders stands on this machine, in the given order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn states(
        &self,
        reminders: Arc<[Reminder]>,
        moment: &Moment,
    ) -> Result<Vec<ReminderState>, LedgerError> {
        let (moment, machine) = (moment.clone(), self.inner.machine.clone());
        self.read(move |db| {
            let marks = rows::marks(db)?;
            let mut sent: HashMap<(String, i64, u32), i64> = HashMap::new();
            for channel in [ChannelKind::Desktop, ChannelKind::Webhook] {
                for (credential, found) in rows::of_channel(db, channel, &machine)? {
                    for row in found {
                        if row.state == RowState::Sent {
                            let last = sent.entry((credential.clone(), row.ends, row.days)).or_insert(row.at);
                            *last = row.at.max(*last);
                        }
                    }
                }
            }
            let nearest: HashMap<ReminderId, ()> =
                claim::nearest(&reminders, &moment).map(|own| (own.id(), ())).collect();
            let state = |own: &Reminder| {
                let key = own.credential.key();
                let mark = marks.get(&key);
                let at = sent.get(&(key, own.credential.ends.as_second(), own.days_before)).copied();
                one(own, mark, at, nearest.contains_key(&own.id()), &moment)
            };
            Ok(reminders.iter().map(state).collect())
        })
        .await
    }

    /// How each way stands on this machine; ways that were never used are not in it.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn channels(&self) -> Result<Vec<ChannelRecord>, LedgerError> {
        let machine = self.inner.machine.clone();
        self.read(move |db| {
            let mut statement = db.prepare_cached(
                "SELECT c.channel, c.carried_at, c.fault, c.fault_at,
                   (SELECT count(*) FROM delivery d WHERE d.channel = c.channel AND d.machine = ?1 AND d.state = 'waiting'),
                   (SELECT count(*) FROM delivery d WHERE d.channel = c.channel AND d.machine = ?1 AND d.state = 'given up')
                 FROM channel c WHERE c.machine = ?1 ORDER BY c.channel",
            )?;
            let mut found = Vec::new();
            let mut rows = statement.query([&machine])?;
            while let Some(row) = rows.next()? {
                let name: String = row.get(0)?;
                let Ok(channel) = serde_json::from_value(serde_json::Value::String(name)) else { continue };
                let (fault, at): (Option<String>, Option<i64>) = (row.get(2)?, row.get(3)?);
                let fault = fault.and_then(|text| serde_json::from_str(&text).ok());
                found.push(ChannelRecord {
                    channel,
                    carried_at: row.get::<_, Option<i64>>(1)?.map(rows::moment),
                    fault: fault.zip(at.map(rows::moment)),
                    waiting: row.get(4)?,
                    given_up: row.get(5)?,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Notes how a way stands that carries no bundles: a calendar, a file, the scheduler.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn note(
        &self,
        channel: ChannelKind,
        fault: Option<ChannelFault>,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let machine = self.inner.machine.clone();
        self.write(move |db| note(db, channel, &machine, fault.as_ref(), now)).await
    }
}

fn parts(id: &ReminderId) -> Result<(String, u32), LedgerError> {
    let (credential, days) = id.parts().ok_or(LedgerError::NoSuchReminder)?;
    Ok((credential.to_owned(), days))
}

fn one(
    reminder: &Reminder,
    mark: Option<&Mark>,
    sent: Option<i64>,
    nearest: bool,
    moment: &Moment,
) -> ReminderState {
    if mark.is_some_and(|mark| mark.done) {
        return ReminderState::Done;
    }
    let now = moment.effective();
    let snoozed = mark
        .and_then(|mark| mark.snoozed)
        .filter(|own| own.days == reminder.days_before)
        .map(|own| own.until);
    match (snoozed, sent) {
        (Some(until), _) if until > now.as_second() => ReminderState::Snoozed { until: rows::moment(until) },
        // Put off, and the time is over: due again, unless it was given since.
        (Some(until), Some(at)) if at < until && nearest => ReminderState::Due,
        (_, Some(at)) => ReminderState::Sent { at: rows::moment(at) },
        _ if reminder.at > now => ReminderState::Ahead,
        _ if nearest && !claim::is_over(reminder, moment) && !claim::missed(reminder, moment) => {
            ReminderState::Due
        }
        _ => ReminderState::Missed,
    }
}
