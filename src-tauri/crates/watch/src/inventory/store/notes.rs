//! What people wrote about apps. Kept when a damaged file is replaced, as far as it can still be read.

use rusqlite::OptionalExtension;

use super::Store;
use crate::inventory::StoreError;

impl Store {
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
