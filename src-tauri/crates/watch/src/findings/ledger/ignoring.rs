//! Findings that somebody chose not to see, with a reason and until a day.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::judging::{Health, Ids, refresh_health};
use super::{IgnoreError, Ledger, LedgerError};

/// A finding that somebody chose not to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Why, in their words.
    pub reason: String,
    /// Until when; none for always.
    pub until: Option<Timestamp>,
    /// When they chose.
    pub at: Timestamp,
}

impl Ledger {
    /// Stops showing a finding until a day, or for good. Gives back the app's health where it changed.
    ///
    /// # Errors
    /// [`IgnoreError`] where the reason is empty, the day has passed, or there is no such finding.
    pub fn ignore(
        &self,
        id: &str,
        reason: &str,
        until: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Option<Health>, IgnoreError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(IgnoreError::NoReason);
        }
        if until.is_some_and(|until| until <= now) {
            return Err(IgnoreError::InThePast);
        }
        self.write(|db, organisation| {
            let app_id = app_of(db, organisation, id)?.ok_or(IgnoreError::NoSuchFinding)?;
            db.execute(
                "INSERT OR REPLACE INTO ignored (organisation, id, app_id, reason, until, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![organisation, id, app_id, reason, until.map(Timestamp::as_second), now.as_second()],
            )
            .map_err(LedgerError::from)?;
            Ok(refresh_health(db, organisation, &app_id, now)?)
        })
    }

    /// Shows a finding again. Gives back the app's health where it changed. Nothing happens where it was not ignored.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn unignore(&self, id: &str, now: Timestamp) -> Result<Option<Health>, LedgerError> {
        self.write(|db, organisation| {
            db.execute("DELETE FROM ignored WHERE organisation = ?1 AND id = ?2", params![organisation, id])?;
            match app_of(db, organisation, id)? {
                Some(app_id) => refresh_health(db, organisation, &app_id, now),
                None => Ok(None),
            }
        })
    }
}

fn app_of(db: &Transaction<'_>, organisation: &str, id: &str) -> Result<Option<String>, LedgerError> {
    let sql = "SELECT app_id FROM finding WHERE organisation = ?1 AND id = ?2 AND gone_at IS NULL";
    Ok(db.query_row(sql, params![organisation, id], |row| row.get(0)).optional()?)
}

/// Ids of findings that are not shown now.
pub(super) fn in_force(db: &Transaction<'_>, organisation: &str, now: Timestamp) -> Result<Ids, LedgerError> {
    let mut statement =
        db.prepare("SELECT id FROM ignored WHERE organisation = ?1 AND (until IS NULL OR until > ?2)")?;
    let ids = statement.query_map(params![organisation, now.as_second()], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Apps with a finding that was ignored once.
pub(super) fn apps(db: &Transaction<'_>, organisation: &str) -> Result<Vec<String>, LedgerError> {
    let mut statement = db.prepare("SELECT DISTINCT app_id FROM ignored WHERE organisation = ?1")?;
    let apps = statement.query_map([organisation], |row| row.get(0))?;
    Ok(apps.collect::<Result<_, _>>()?)
}
