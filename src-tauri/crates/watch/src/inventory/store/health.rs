//! What `findings` found, as far as lists show and sort by it.

use rusqlite::{OptionalExtension, params};

use super::Store;
use crate::findings::Severity;
use crate::inventory::StoreError;

/// How an app is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// The worst finding that is not ignored; none when nothing needs attention.
    pub worst: Option<Severity>,
    /// Findings that are not ignored.
    pub findings: u32,
}

pub(super) fn number(worst: Option<Severity>) -> Option<i64> {
    worst.map(|severity| match severity {
        Severity::Info => 1,
        Severity::Warning => 2,
        Severity::Critical => 3,
    })
}

pub(super) fn of_number(number: Option<i64>) -> Option<Severity> {
    match number? {
        1 => Some(Severity::Info),
        2 => Some(Severity::Warning),
        3 => Some(Severity::Critical),
        _ => None,
    }
}

impl Store {
    /// Sets how these apps (by client id) are; the others stay as they were. Apps that are not known are passed over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_health(&self, of: &[(String, Health)]) -> Result<(), StoreError> {
        self.change(|db, index| {
            let mut update = db.prepare_cached(
                "UPDATE line SET health = ?3, findings = ?4 WHERE organisation = ?1 AND app_id = ?2
                 RETURNING id",
            )?;
            for (app_id, health) in of {
                let values = params![self.organisation(), app_id, number(health.worst), health.findings];
                let id: Option<i64> = update.query_row(values, |row| row.get(0)).optional()?;
                if let (Some(id), Some(index)) = (id, index.as_mut()) {
                    index.set_health(id, *health);
                }
            }
            Ok(())
        })
    }

    /// How an app is, as last set; none when it is not known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn health(&self, app_id: &str) -> Result<Option<Health>, StoreError> {
        self.read(|db| {
            Ok(db
                .prepare_cached("SELECT health, findings FROM line WHERE organisation = ?1 AND app_id = ?2")?
                .query_row([self.organisation(), app_id], |row| {
                    Ok(Health { worst: of_number(row.get(0)?), findings: row.get(1)? })
                })
                .optional()?)
        })
    }
}
