//! A turn on one way: claiming what is due, and writing down what became of it.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, params};
use sha2::{Digest as _, Sha256};

use super::claim::{self, Known};
use super::rows::{self, RowState};
use super::{Ledger, LedgerError};
use crate::reminders::{Bundle, ChannelFault, ChannelKind, Delivered, Due, Moment, Reminder};

/// Bundles of one day each that go out beside one another; more days than these become one bundle.
const DAYS_APART: usize = 3;
/// Longest wait before a way is tried again.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);

/// The right to remind on one way, until dropped. Held by one process at a time through a lock of the operating system,
/// which ends with the process however that ends; so a reminder that a killed process had claimed is given by the next one.
#[derive(Debug)]
pub struct Turn {
    ledger: Ledger,
    channel: ChannelKind,
    lock: Option<File>,
}

impl Ledger {
    /// What is due on a way, without claiming it: for looking.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn due(
        &self,
        channel: ChannelKind,
        reminders: Arc<[Reminder]>,
        moment: &Moment,
    ) -> Result<Vec<Due>, LedgerError> {
        let (moment, machine) = (moment.clone(), self.inner.machine.clone());
        self.read(move |db| {
            let (rows, marks) = (rows::of_channel(db, channel, &machine)?, rows::marks(db)?);
            Ok(claim::due(&reminders, &moment, &Known { channel, rows: &rows, marks: &marks, alone: false }))
        })
        .await
    }

    /// Takes the turn on a way; `None` while another process has it.
    ///
    /// # Errors
    /// [`LedgerError`] when the folder cannot be written.
    pub async fn turn(&self, channel: ChannelKind) -> Result<Option<Turn>, LedgerError> {
        let path = self.inner.folder.join(format!("reminders.{}.lock", channel.as_str()));
        let locked = tokio::task::spawn_blocking(move || {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(path)?;
            match file.try_lock() {
                Ok(()) => Ok(Some(Some(file))),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                    Ok(Some(None))
                }
                Err(TryLockError::Error(error)) => Err(LedgerError::from(error)),
            }
        })
        .await
        .unwrap_or(Err(LedgerError::Other { code: 0 }))?;
        Ok(locked.map(|lock| Turn { ledger: self.clone(), channel, lock }))
    }

    /// Tries a way again at once that had failed: its address was changed, or the network is back.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn try_again(&self, channel: ChannelKind) -> Result<(), LedgerError> {
        let machine = self.inner.machine.clone();
        self.write(move |db| {
            db.execute(
                "UPDATE delivery SET next_try = NULL WHERE channel = ?1 AND machine = ?2 AND state = 'waiting'",
                params![channel.as_str(), machine],
            )?;
            Ok(())
        })
        .await
    }
}

impl Turn {
    /// Claims what is due, in one transaction, and bundles it. What is claimed must be [settled](Turn::settle).
    ///
    /// # Errors
    /// [`LedgerError`]; then nothing was claimed and nothing may be shown.
    pub async fn claim(
        &self,
        reminders: Arc<[Reminder]>,
        moment: &Moment,
    ) -> Result<Vec<Bundle>, LedgerError> {
        let (channel, machine, alone) =
            (self.channel, self.ledger.inner.machine.clone(), self.lock.is_some());
        let moment = moment.clone();
        self.ledger
            .write(move |db| {
                forget_what_ran_ahead(db, &machine, &moment)?;
                let (rows, marks) = (rows::of_channel(db, channel, &machine)?, rows::marks(db)?);
                let known = Known { channel, rows: &rows, marks: &marks, alone };
                let due = claim::due(&reminders, &moment, &known);
                give_up(db, channel, &machine, &moment)?;
                for one in &due {
                    insert(db, channel, &machine, one, &moment)?;
                }
                Ok(bundles(channel, due, &moment))
            })
            .await
    }

    /// Writes down what became of a bundle.
    ///
    /// # Errors
    /// [`LedgerError`]; then the bundle counts as claimed, and is given again when this process has ended: rather twice
    /// than never.
    pub async fn settle(
        &self,
        bundle: &Bundle,
        delivered: &Delivered,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let (channel, machine) = (self.channel, self.ledger.inner.machine.clone());
        let (bundle, delivered) = (bundle.clone(), delivered.clone());
        self.ledger
            .write(move |db| {
                for due in &bundle.items {
                    settle(db, channel, &machine, due, &delivered, now)?;
                }
                let fault = match &delivered {
                    Delivered::Failed { fault, .. } => Some(fault),
                    Delivered::Shown | Delivered::Accepted => None,
                };
                note(db, channel, &machine, fault, now)
            })
            .await
    }
}

/// Notes how a way stands.
pub(super) fn note(
    db: &Transaction<'_>,
    channel: ChannelKind,
    machine: &str,
    fault: Option<&ChannelFault>,
    now: Timestamp,
) -> Result<(), LedgerError> {
    db.execute(
        "INSERT INTO channel (channel, machine) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![channel.as_str(), machine],
    )?;
    let at = now.as_second();
    match fault {
        None => db.execute(
            "UPDATE channel SET carried_at = ?3, fault = NULL, fault_at = NULL WHERE channel = ?1 AND machine = ?2",
            params![channel.as_str(), machine, at],
        )?,
        Some(fault) => db.execute(
            "UPDATE channel SET fault = ?3, fault_at = ?4 WHERE channel = ?1 AND machine = ?2",
            params![
                channel.as_str(),
                machine,
                serde_json::to_string(fault).map_err(|_| LedgerError::Other { code: 0 })?,
                at
            ],
        )?,
    };
    Ok(())
}

/// Takes back what was written down by a clock that ran ahead: Microsoft was read since, and by Microsoft's clock that
/// moment and the reminder's are still more than an hour ahead. Where the reminder's is over meanwhile, a clock that was ahead by less than
/// a day is forgiven: it may well have been the right day.
fn forget_what_ran_ahead(db: &Transaction<'_>, machine: &str, moment: &Moment) -> Result<(), LedgerError> {
    let Some(known_at) = moment.known_at.map(|at| at.as_second()) else { return Ok(()) };
    db.prepare_cached(
        "DELETE FROM delivery WHERE machine = ?1 AND coalesce(known_at < ?2, TRUE)
           AND ((at > ?2 + 3600 AND due > ?2 + 3600) OR at > ?2 + 86400)",
    )?
    .execute(params![machine, known_at])?;
    db.prepare_cached(
        "UPDATE mark SET snoozed_days = NULL
         WHERE snoozed_days IS NOT NULL AND coalesce(snoozed_known_at < ?1, TRUE) AND snoozed_at > ?1 + 3600",
    )?
    .execute(params![known_at])?;
    Ok(())
}

fn give_up(
    db: &Transaction<'_>,
    channel: ChannelKind,
    machine: &str,
    moment: &Moment,
) -> Result<(), LedgerError> {
    // By Microsoft's clock where it is known: giving up is for good, and this computer's may run ahead.
    let now = moment.known_at.unwrap_or(moment.now);
    let limit = now.as_second() - claim::GIVEN_UP_AFTER_DAYS * 24 * 60 * 60;
    db.prepare_cached(
        "UPDATE delivery SET state = 'given up' WHERE channel = ?1 AND machine = ?2 AND state = 'waiting' AND ends < ?3",
    )?
    .execute(params![channel.as_str(), machine, limit])?;
    Ok(())
}

fn insert(
    db: &Transaction<'_>,
    channel: ChannelKind,
    machine: &str,
    due: &Due,
    moment: &Moment,
) -> Result<(), LedgerError> {
    let (reminder, now) = (&due.reminder, moment.now.as_second());
    db.prepare_cached(
        "INSERT INTO delivery (credential, channel, machine, ends, days, round, state, due, at, known_at, missed, tries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'claimed', ?7, ?8, ?9, ?10, 0)
         ON CONFLICT DO UPDATE SET state = 'claimed', at = ?8, known_at = ?9, missed = ?10",
    )?
    .execute(params![
        reminder.credential.key(),
        channel.as_str(),
        machine,
        reminder.credential.ends.as_second(),
        reminder.days_before,
        due.round,
        reminder.at.as_second(),
        now,
        moment.known_at.map(|at| at.as_second()),
        due.missed,
    ])?;
    Ok(())
}

fn settle(
    db: &Transaction<'_>,
    channel: ChannelKind,
    machine: &str,
    due: &Due,
    delivered: &Delivered,
    now: Timestamp,
) -> Result<(), LedgerError> {
    let key = due.reminder.credential.key();
    let ends = due.reminder.credential.ends.as_second();
    let name = params![key, channel.as_str(), machine, ends, due.reminder.days_before, due.round];
    let place =
        "credential = ?1 AND channel = ?2 AND machine = ?3 AND ends = ?4 AND days = ?5 AND round = ?6";
    let Delivered::Failed { fault, wait } = delivered else {
        let sql = format!(
            "UPDATE delivery SET state = '{}', next_try = NULL WHERE {place}",
            RowState::Sent.as_str()
        );
        db.prepare_cached(&sql)?.execute(name)?;
        return Ok(());
    };
    let tries: u32 = db
        .prepare_cached(&format!("SELECT tries FROM delivery WHERE {place}"))?
        .query_row(name, |row| row.get(0))?;
    let wait = pause(fault, tries)
        .max(wait.and_then(|wait| SignedDuration::try_from(wait).ok()).unwrap_or_default())
        .min(LONGEST_WAIT);
    let next = now.as_second().saturating_add(wait.as_secs());
    let sql = format!(
        "UPDATE delivery SET state = '{}', tries = tries + 1, next_try = {next} WHERE {place}",
        RowState::Waiting.as_str()
    );
    db.execute(&sql, name)?;
    Ok(())
}

/// How long to wait before the next try: longer each time, and a day where somebody has to do something first.
fn pause(fault: &ChannelFault, tries: u32) -> SignedDuration {
    if !fault.is_passing() && *fault != ChannelFault::NoDaemon {
        return LONGEST_WAIT;
    }
    let minutes = match tries {
        0 => 5,
        1 => 15,
        2 => 60,
        3 => 4 * 60,
        _ => 12 * 60,
    };
    SignedDuration::from_mins(minutes)
}

fn bundles(channel: ChannelKind, due: Vec<Due>, moment: &Moment) -> Vec<Bundle> {
    let mut days: BTreeMap<Date, Vec<Due>> = BTreeMap::new();
    for one in due {
        let day = one.reminder.credential.ends.to_zoned(moment.zone.clone()).date();
        days.entry(day).or_default().push(one);
    }
    let groups: Vec<Vec<Due>> = if days.len() > DAYS_APART {
        vec![days.into_values().flatten().collect()]
    } else {
        days.into_values().collect()
    };
    groups.into_iter().map(|items| bundle(channel, items, moment)).collect()
}

fn bundle(channel: ChannelKind, items: Vec<Due>, moment: &Moment) -> Bundle {
    let mut hash = Sha256::new();
    for due in &items {
        hash.update(format!("{}#{}\n", due.reminder.id(), due.round));
    }
    let id = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Bundle { id, channel, items, now: moment.now, zone: moment.zone.clone(), known_at: moment.known_at }
}
