//! The rows of sealed records.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row, Transaction, params};

use super::keys::KeyRow;
use crate::error::VaultError;
use crate::record::{RecordAddress, RecordId, RecordInfo, RecordKind};
use crate::seal::{NONCE_BYTES, Sealed};

/// The stored kind of the rows that `prove_writable` writes and deletes. Never counted, never listed.
pub(crate) const CANARY: &str = "canary";

const COLUMNS: &str = "id, kind, tenant, key_id, nonce, ciphertext, created, label";

/// A record as it lies in the file. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredRecord {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) tenant: String,
    pub(crate) key_id: String,
    pub(crate) sealed: Sealed,
    pub(crate) created: String,
    pub(crate) label: String,
}

impl StoredRecord {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            tenant: row.get(2)?,
            key_id: row.get(3)?,
            sealed: Sealed { nonce: row.get::<_, [u8; NONCE_BYTES]>(4)?, ciphertext: row.get(5)? },
            created: row.get(6)?,
            label: row.get(7)?,
        })
    }

    /// Writes the record; one with the same id is replaced, and its ciphertext overwritten (`secure_delete`).
    pub(crate) fn put(&self, transaction: &Transaction<'_>) -> Result<(), VaultError> {
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO record (id, kind, tenant, key_id, nonce, ciphertext, created, label)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.id,
                self.kind,
                self.tenant,
                self.key_id,
                self.sealed.nonce,
                self.sealed.ciphertext,
                self.created,
                self.label,
            ])?;
        Ok(())
    }

    /// The record with this id.
    pub(crate) fn get(connection: &Connection, id: &str) -> Result<Option<Self>, VaultError> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE id = ?1");
        Ok(connection.prepare_cached(&sql)?.query_row([id], Self::from_row).optional()?)
    }

    /// All records, without canaries.
    pub(crate) fn all(connection: &Connection) -> Result<Vec<Self>, VaultError> {
        let sql = format!("SELECT {COLUMNS} FROM record WHERE kind <> '{CANARY}' ORDER BY id");
        let mut statement = connection.prepare_cached(&sql)?;
        let records = statement.query_map([], Self::from_row)?.collect::<rusqlite::Result<_>>()?;
        Ok(records)
    }

    /// Deletes the record and says whether it was there.
    pub(crate) fn remove(transaction: &Transaction<'_>, id: &str) -> Result<bool, VaultError> {
        Ok(transaction.execute("DELETE FROM record WHERE id = ?1", [id])? > 0)
    }

    /// Deletes every record.
    pub(crate) fn remove_all(transaction: &Transaction<'_>) -> Result<(), VaultError> {
        transaction.execute("DELETE FROM record", [])?;
        Ok(())
    }

    /// How many records there are, and how many of them are sealed under another key than `key_id`.
    pub(crate) fn count(connection: &Connection, key_id: &str) -> Result<Count, VaultError> {
        let sql = "SELECT count(*), count(*) FILTER (WHERE key_id <> ?1) FROM record WHERE kind <> ?2";
        let (all, foreign): (i64, i64) =
            connection.query_row(sql, [key_id, CANARY], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Count { all: all.unsigned_abs(), foreign: foreign.unsigned_abs() })
    }

    /// What can be known without the key. `None` for a kind that a newer version wrote or an id that is no id of ours.
    pub(crate) fn info(&self, readable: bool) -> Option<RecordInfo> {
        Some(RecordInfo {
            id: RecordId::new(self.id.as_str()).ok()?,
            kind: RecordKind::from_stored(&self.kind)?,
            tenant: self.tenant.clone(),
            label: self.label.clone(),
            created: self.created.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            readable,
        })
    }

    /// Whether the record says that it belongs here.
    pub(crate) fn is_at(&self, address: &RecordAddress) -> bool {
        self.id == address.id().as_str()
            && self.kind == address.kind().as_str()
            && self.tenant == address.tenant()
    }
}

/// Numbers of sealed records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// All of them.
    pub(crate) all: u64,
    /// Those under another key.
    pub(crate) foreign: u64,
}

/// Rows that prove that the file takes a write.
pub(crate) mod canary {
    use super::{CANARY, Transaction, VaultError};

    /// The stored kind of a canary.
    pub(crate) const KIND: &str = CANARY;

    /// Deletes canaries that a killed process left behind: those put before `before`, an RFC 3339 instant.
    pub(crate) fn sweep(transaction: &Transaction<'_>, before: &str) -> Result<(), VaultError> {
        transaction.execute("DELETE FROM record WHERE kind = ?1 AND created < ?2", [CANARY, before])?;
        Ok(())
    }
}

/// Copies what can still be read of a damaged file, row by row, and returns how many rows that was. Nothing in the file
/// is trusted: it is opened for reading only, without views, triggers or functions, and each value is only ever opened
/// with the key, which notices any change.
pub(super) fn rescue(damaged: &Path, into: &mut Connection) -> usize {
    let Ok((key, rows)) = readable_rows(damaged) else { return 0 };
    let Ok(transaction) = into.transaction() else { return 0 };
    if let Some(key) = key {
        // Without it a passphrase could never open what is copied below.
        let _ = key.put(&transaction);
    }
    let rescued = rows.iter().filter(|row| row.put(&transaction).is_ok()).count();
    if transaction.commit().is_ok() { rescued } else { 0 }
}

fn readable_rows(damaged: &Path) -> Result<(Option<KeyRow>, Vec<StoredRecord>), VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(damaged, flags)?;
    super::harden(&connection)?;
    let key = KeyRow::get(&connection).ok().flatten();
    // Without the index, which may be the part that is damaged.
    let sql = format!("SELECT {COLUMNS} FROM record NOT INDEXED WHERE kind <> '{CANARY}' LIMIT 100000");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    // An error ends the walk; what came before it counts.
    while let Ok(Some(row)) = rows.next() {
        found.extend(StoredRecord::from_row(row));
    }
    Ok((key, found))
}
