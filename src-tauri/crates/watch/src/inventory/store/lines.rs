//! What lists show and search of an app, in a table of its own: read in one go, without the documents.

use rusqlite::{Connection, params};

use super::apps::backdrop;
use crate::App;
use crate::inventory::StoreError;
use crate::inventory::index::{Entry, Index, ends};
use crate::inventory::kind::AppKind;

/// The line of an app. `last_use` is its own last use, where one was seen.
pub(super) fn entry(id: i64, app: &App, last_use: Option<jiff::Timestamp>) -> Entry {
    Entry::of(id, app, last_use)
}

/// Writes it, keeping what `findings` said.
pub(super) fn write(db: &Connection, organisation: &str, entry: &Entry) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO line (id, organisation, app_id, name, words, kind, audience, disabled, registration_id,
           enterprise_app_id, created, last_use, owners, credentials)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, words = excluded.words, kind = excluded.kind,
           audience = excluded.audience, disabled = excluded.disabled,
           registration_id = excluded.registration_id, enterprise_app_id = excluded.enterprise_app_id,
           created = excluded.created, last_use = excluded.last_use, owners = excluded.owners,
           credentials = excluded.credentials",
    )?
    .execute(params![
        entry.id,
        organisation,
        entry.app_id,
        entry.name,
        entry.words,
        entry.kind.number(),
        entry.audience,
        entry.disabled,
        entry.registration_id,
        entry.enterprise_app_id,
        entry.created,
        entry.last_use,
        entry.owners,
        ends::pack(&entry.credentials),
    ])?;
    Ok(())
}

/// All lines of an organisation.
pub(super) fn read_all(db: &Connection, organisation: &str, version: i64) -> Result<Index, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, app_id, name, words, kind, audience, disabled, registration_id, enterprise_app_id, created,
           last_use, owners, credentials, health, findings FROM line WHERE organisation = ?1",
    )?;
    let mut rows = statement.query([organisation])?;
    let mut index = Index::new(version, backdrop(db, organisation)?);
    while let Some(row) = rows.next()? {
        let text = |at: usize| -> rusqlite::Result<Box<str>> {
            Ok(row.get_ref(at)?.as_str().map_err(|_| rusqlite::Error::InvalidQuery)?.into())
        };
        let maybe = |at: usize| -> rusqlite::Result<Option<Box<str>>> {
            Ok(row.get_ref(at)?.as_str_or_null().ok().flatten().map(Into::into))
        };
        let packed = row.get_ref(12)?.as_blob().unwrap_or_default();
        index.put(Entry {
            id: row.get(0)?,
            app_id: text(1)?,
            name: text(2)?,
            words: text(3)?,
            kind: AppKind::of_number(row.get(4)?),
            audience: maybe(5)?,
            disabled: row.get(6)?,
            registration_id: maybe(7)?,
            enterprise_app_id: maybe(8)?,
            created: row.get(9)?,
            last_use: row.get(10)?,
            owners: row.get(11)?,
            credentials: ends::unpack(packed).ok_or(StoreError::Damaged { put_aside: None })?,
            health: super::health::of_number(row.get(13)?),
            findings: row.get(14)?,
        });
    }
    Ok(index)
}
