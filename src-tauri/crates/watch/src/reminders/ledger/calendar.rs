//! Events that were put into calendars, so that they are found again and a person's own removal is respected.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::params;

use super::rows::moment;
use super::{Ledger, LedgerError};

/// An event that was seen in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEvent {
    /// What it stands for: the same on every machine.
    pub key: String,
    /// Its id in the calendar.
    pub graph_id: String,
    /// Changes with what it says.
    pub revision: String,
    /// When it reminds.
    pub at: Timestamp,
    /// Somebody removed it by hand: it is not made again unless what it says changes.
    pub removed: bool,
}

impl Ledger {
    /// The events that were seen in a mailbox, by key.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn events(&self, mailbox: &str) -> Result<HashMap<String, KnownEvent>, LedgerError> {
        let mailbox = mailbox.to_owned();
        self.read(move |db| {
            let mut statement = db.prepare_cached(
                "SELECT key, graph_id, revision, at, removed FROM event WHERE mailbox = ?1",
            )?;
            let rows = statement.query_map([&mailbox], |row| {
                let key: String = row.get(0)?;
                let event = KnownEvent {
                    key: key.clone(),
                    graph_id: row.get(1)?,
                    revision: row.get(2)?,
                    at: moment(row.get(3)?),
                    removed: row.get(4)?,
                };
                Ok((key, event))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Replaces what is known of a mailbox's events.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn keep_events(&self, mailbox: &str, events: Vec<KnownEvent>) -> Result<(), LedgerError> {
        let mailbox = mailbox.to_owned();
        self.write(move |db| {
            db.execute("DELETE FROM event WHERE mailbox = ?1", [&mailbox])?;
            let mut insert = db.prepare_cached(
                "INSERT OR REPLACE INTO event (mailbox, key, graph_id, revision, at, removed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for event in &events {
                insert.execute(params![
                    mailbox,
                    event.key,
                    event.graph_id,
                    event.revision,
                    event.at.as_second(),
                    event.removed
                ])?;
            }
            Ok(())
        })
        .await
    }
}
