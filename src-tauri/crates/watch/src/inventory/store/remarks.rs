//! What people wrote about apps: findings that they ignore, and notes. Kept when a damaged file is replaced, as far as it
//! can still be read.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::Store;
use crate::inventory::StoreError;

/// A finding that somebody decided to ignore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Client id of the app.
    pub app_id: String,
    /// Which finding, by a text that stays the same.
    pub finding: String,
    /// Why, in the person's words.
    pub reason: String,
    /// Until when; none for good.
    pub until: Option<Timestamp>,
    /// When this was decided.
    pub at: Timestamp,
    /// Who decided.
    pub person: String,
}

fn ignored(row: &Row<'_>) -> rusqlite::Result<Ignored> {
    let (until, at): (Option<String>, String) = (row.get(3)?, row.get(4)?);
    Ok(Ignored {
        app_id: row.get(0)?,
        finding: row.get(1)?,
        reason: row.get(2)?,
        until: until.and_then(|text| text.parse().ok()),
        at: at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        person: row.get(5)?,
    })
}

impl Store {
    /// Ignores a finding, in place of what was decided about it before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ignore(&self, what: &Ignored) -> Result<(), StoreError> {
        self.change(|db, _| {
            db.execute(
                "INSERT OR REPLACE INTO ignored_finding
                   (organisation, app_id, finding, reason, until, at, person)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    self.organisation(),
                    what.app_id,
                    what.finding,
                    what.reason,
                    what.until.map(|until| until.to_string()),
                    what.at.to_string(),
                    what.person,
                ],
            )?;
            Ok(())
        })
    }

    /// Shows a finding again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unignore(&self, app_id: &str, finding: &str) -> Result<(), StoreError> {
        self.change(|db, _| {
            db.execute(
                "DELETE FROM ignored_finding WHERE organisation = ?1 AND app_id = ?2 AND finding = ?3",
                [self.organisation(), app_id, finding],
            )?;
            Ok(())
        })
    }

    /// All findings that are ignored, also those whose time is over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn ignored(&self) -> Result<Vec<Ignored>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT app_id, finding, reason, until, at, person FROM ignored_finding
                     WHERE organisation = ?1 ORDER BY app_id, finding",
                )?
                .query_map([self.organisation()], ignored)?
                .collect::<Result<_, _>>()?)
        })
    }

    /// What people wrote about an app.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn note(&self, app_id: &str) -> Result<Option<String>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT text FROM note WHERE organisation = ?1 AND app_id = ?2")?
                .query_row([self.organisation(), app_id], |row| row.get(0))
                .optional()?)
        })
    }

    /// Writes a note about an app; an empty one goes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_note(&self, app_id: &str, text: &str) -> Result<(), StoreError> {
        self.change(|db, _| {
            if text.trim().is_empty() {
                db.execute(
                    "DELETE FROM note WHERE organisation = ?1 AND app_id = ?2",
                    [self.organisation(), app_id],
                )?;
            } else {
                db.execute(
                    "INSERT OR REPLACE INTO note (organisation, app_id, text) VALUES (?1, ?2, ?3)",
                    [self.organisation(), app_id, text],
                )?;
            }
            Ok(())
        })
    }

    /// All notes, as client id and text.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn notes(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT app_id, text FROM note WHERE organisation = ?1 ORDER BY app_id")?
                .query_map([self.organisation()], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?)
        })
    }
}
