//! Lines of the ledger as they are read.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::LedgerError;
use crate::reminders::ChannelKind;

/// What became of one reminder on one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) ends: i64,
    pub(super) days: u32,
    pub(super) round: u32,
    pub(super) state: RowState,
    pub(super) at: i64,
    pub(super) next_try: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowState {
    Claimed,
    Sent,
    Waiting,
    GivenUp,
}

impl RowState {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Sent => "sent",
            Self::Waiting => "waiting",
            Self::GivenUp => "given up",
        }
    }

    fn read(text: &str) -> Self {
        match text {
            "claimed" => Self::Claimed,
            "sent" => Self::Sent,
            "waiting" => Self::Waiting,
            _ => Self::GivenUp,
        }
    }
}

/// What the person said about a credential.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) done: bool,
    /// The reminder that was put off.
    pub(super) snoozed: Option<Snooze>,
    pub(super) round: u32,
}

/// A reminder that was put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Snooze {
    pub(super) days: u32,
    pub(super) until: i64,
}

/// All lines of one way on one machine, by credential.
pub(super) fn of_channel(
    db: &Connection,
    channel: ChannelKind,
    machine: &str,
) -> Result<HashMap<String, Vec<Row>>, LedgerError> {
    let mut found: HashMap<String, Vec<Row>> = HashMap::new();
    let mut statement = db.prepare_cached(
        "SELECT credential, ends, days, round, state, at, next_try
         FROM delivery WHERE channel = ?1 AND machine = ?2",
    )?;
    let mut rows = statement.query(params![channel.as_str(), machine])?;
    while let Some(row) = rows.next()? {
        let state: String = row.get(4)?;
        found.entry(row.get(0)?).or_default().push(Row {
            ends: row.get(1)?,
            days: row.get(2)?,
            round: row.get(3)?,
            state: RowState::read(&state),
            at: row.get(5)?,
            next_try: row.get(6)?,
        });
    }
    Ok(found)
}

/// What the person said, by credential.
pub(super) fn marks(db: &Connection) -> Result<HashMap<String, Mark>, LedgerError> {
    let mut statement =
        db.prepare_cached("SELECT credential, done, snoozed_days, snoozed_until, round FROM mark")?;
    let rows = statement.query_map([], |row| {
        let done: Option<i64> = row.get(1)?;
        let (days, until): (Option<u32>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let snoozed = days.zip(until).map(|(days, until)| Snooze { days, until });
        Ok((row.get(0)?, Mark { done: done.is_some(), snoozed, round: row.get(4)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A moment from the ledger.
pub(super) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
