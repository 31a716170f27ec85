//! The one row that says which key seals the records, and how that key is guarded.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::error::VaultError;
use crate::passphrase::{Cost, SALT_BYTES, WrappedKey};
use crate::seal::{NONCE_BYTES, Sealed};

/// How the data key is guarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Protection {
    /// It lies in the system keyring.
    Keyring,
    /// It lies here, wrapped under a passphrase.
    Passphrase(WrappedKey),
    /// It lies in memory, like the records.
    Session,
}

/// The key that new records are sealed under. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyRow {
    /// The fingerprint.
    pub(crate) key_id: String,
    /// The space that the folder belongs to.
    pub(crate) space: String,
    /// Where the key is.
    pub(crate) protection: Protection,
    /// Since when, RFC 3339.
    pub(crate) created: String,
}

impl KeyRow {
    /// The row, if a key was ever made.
    pub(crate) fn get(connection: &Connection) -> Result<Option<Self>, VaultError> {
        let sql = "SELECT key_id, space, created, store, memory_kib, passes, lanes, salt, nonce, wrapped FROM data_key";
        connection.prepare_cached(sql)?.query_row([], |row| Ok(Self::from_row(row))).optional()?.transpose()
    }

    /// Writes the row in the place of any other.
    pub(crate) fn put(&self, transaction: &Transaction<'_>) -> Result<(), VaultError> {
        let (store, wrapped) = match &self.protection {
            Protection::Keyring => ("keyring", None),
            Protection::Passphrase(wrapped) => ("passphrase", Some(wrapped)),
            Protection::Session => ("session", None),
        };
        transaction
            .prepare_cached(
                "INSERT OR REPLACE INTO data_key
                 (only_row, key_id, space, created, store, memory_kib, passes, lanes, salt, nonce, wrapped)
                 VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.key_id,
                self.space,
                self.created,
                store,
                wrapped.map(|w| w.cost.memory_kib),
                wrapped.map(|w| w.cost.passes),
                wrapped.map(|w| w.cost.lanes),
                wrapped.map(|w| w.salt),
                wrapped.map(|w| w.sealed.nonce),
                wrapped.map(|w| w.sealed.ciphertext.as_slice()),
            ])?;
        Ok(())
    }

    /// Forgets which key it was.
    pub(crate) fn remove(transaction: &Transaction<'_>) -> Result<(), VaultError> {
        transaction.execute("DELETE FROM data_key", [])?;
        Ok(())
    }

    fn from_row(row: &Row<'_>) -> Result<Self, VaultError> {
        let protection = match row.get::<_, String>(3)?.as_str() {
            "keyring" => Protection::Keyring,
            "session" => Protection::Session,
            "passphrase" => Protection::Passphrase(WrappedKey {
                cost: Cost { memory_kib: row.get(4)?, passes: row.get(5)?, lanes: row.get(6)? },
                salt: row.get::<_, [u8; SALT_BYTES]>(7)?,
                sealed: Sealed { nonce: row.get::<_, [u8; NONCE_BYTES]>(8)?, ciphertext: row.get(9)? },
            }),
            _ => return Err(VaultError::Damaged { quarantined_as: None }),
        };
        Ok(Self { key_id: row.get(0)?, space: row.get(1)?, created: row.get(2)?, protection })
    }
}
