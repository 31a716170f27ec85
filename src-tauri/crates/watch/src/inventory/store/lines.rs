//! What lists show and search of an app, in a table of its own: read in one go, without the documents.

use std::ops::RangeInclusive;

use rusqlite::{Connection, Row, params};

use super::apps::backdrop;
use crate::inventory::StoreError;
use crate::inventory::index::{Columns, Entry, Index, Line, ends};
use crate::inventory::kind::AppKind;

/// Writes it, keeping what `findings` said.
pub(super) fn write(db: &Connection, organisation: &str, line: &Line) -> Result<(), StoreError> {
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
        line.id,
        organisation,
        line.app_id,
        line.name,
        line.words,
        line.kind.number(),
        line.audience,
        line.disabled,
        line.registration_id,
        line.enterprise_app_id,
        line.created,
        line.last_use,
        line.owners,
        ends::pack(&line.credentials),
    ])?;
    Ok(())
}

/// All lines of an organisation, as far as they are searched, narrowed and ordered by.
pub(super) fn read_all(db: &Connection, organisation: &str, version: i64) -> Result<Index, StoreError> {
    // In the order of the file: an index would lead through it to and fro.
    let mut statement = db.prepare_cached(
        "SELECT id, app_id, words, kind, audience, created, last_use, credentials, health, findings
         FROM line NOT INDEXED WHERE organisation = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([organisation])?;
    let mut index = Index::new(version, backdrop(db, organisation)?);
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(7)?.as_blob().unwrap_or_default();
        index.put(Entry::new(Columns {
            id: row.get(0)?,
            app_id: text(row, 1)?,
            words: text(row, 2)?,
            kind: AppKind::of_number(row.get(3)?),
            audience: maybe(row, 4)?,
            created: row.get(5)?,
            last_use: row.get(6)?,
            credentials: ends::unpack_instants(packed).ok_or(StoreError::Damaged { put_aside: None })?,
            health: super::health::of_number(row.get(8)?),
            findings: row.get(9)?,
        }));
    }
    Ok(index)
}

/// The line of one app, by its number.
pub(crate) fn line_of(db: &Connection, id: i64) -> Result<Option<Line>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, app_id, name, words, kind, audience, disabled, registration_id, enterprise_app_id, created,
           last_use, owners, credentials, health, findings FROM line WHERE id = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let packed = row.get_ref(12)?.as_blob().unwrap_or_default();
    Ok(Some(Line {
        id: row.get(0)?,
        app_id: text(row, 1)?.into(),
        name: text(row, 2)?.into(),
        words: text(row, 3)?.into(),
        kind: AppKind::of_number(row.get(4)?),
        audience: maybe(row, 5)?.map(Into::into),
        disabled: row.get(6)?,
        registration_id: maybe(row, 7)?.map(Into::into),
        enterprise_app_id: maybe(row, 8)?.map(Into::into),
        created: row.get(9)?,
        last_use: row.get(10)?,
        owners: row.get(11)?,
        credentials: ends::unpack(packed).ok_or(StoreError::Damaged { put_aside: None })?,
        health: super::health::of_number(row.get(13)?),
        findings: row.get(14)?,
    }))
}

/// Of so many lines after one, those with a credential that ends within these milliseconds; and the last that was looked
/// at, none after the end.
pub(super) fn ending(
    db: &Connection,
    organisation: &str,
    after: i64,
    within: &RangeInclusive<i64>,
    at_most: u32,
) -> Result<(Vec<i64>, Option<i64>), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT id, credentials FROM line NOT INDEXED WHERE id > ?2 AND organisation = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query(params![organisation, after])?;
    let (mut found, mut looked) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let packed = row.get_ref(1)?.as_blob().unwrap_or_default();
        let ends = ends::unpack_instants(packed).ok_or(StoreError::Damaged { put_aside: None })?;
        if ends.iter().any(|end| end.at().is_some_and(|at| within.contains(&at))) {
            found.push(id);
        }
        looked += 1;
        // Most lines are passed over, and that is quick.
        if found.len() as u64 >= u64::from(at_most) || looked >= 20 * at_most {
            return Ok((found, Some(id)));
        }
    }
    Ok((found, None))
}

fn text<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<&'r str> {
    row.get_ref(at)?.as_str().map_err(|_| rusqlite::Error::InvalidQuery)
}

fn maybe<'r>(row: &'r Row<'_>, at: usize) -> rusqlite::Result<Option<&'r str>> {
    Ok(row.get_ref(at)?.as_str_or_null().ok().flatten())
}
