//! The tables, and the check that a file holds these and nothing else.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::error::VaultError;

/// Append only: a released step is never edited.
const STEPS: &[M<'static>] = &[M::up(
    "CREATE TABLE record (
        id         TEXT PRIMARY KEY,
        kind       TEXT NOT NULL,
        tenant     TEXT NOT NULL,
        key_id     TEXT NOT NULL,
        nonce      BLOB NOT NULL,
        ciphertext BLOB NOT NULL,
        created    TEXT NOT NULL,
        label      TEXT NOT NULL
    ) STRICT;
    CREATE TABLE data_key (
        only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
        key_id     TEXT NOT NULL,
        space      TEXT NOT NULL,
        store      TEXT NOT NULL,
        created    TEXT NOT NULL,
        memory_kib INTEGER,
        passes     INTEGER,
        lanes      INTEGER,
        salt       BLOB,
        nonce      BLOB,
        wrapped    BLOB
    ) STRICT;",
)];

/// Brings a file to the newest schema.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), VaultError> {
    Ok(Migrations::from_slice(STEPS).to_latest(connection)?)
}

/// Whether the file's version is one that this program knows. Looks, and changes nothing.
pub(super) fn check_version(connection: &Connection) -> Result<(), VaultError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(version) {
        Ok(version) if version <= STEPS.len() => Ok(()),
        Ok(_) => Err(VaultError::NewerVersion),
        Err(_) => Err(VaultError::Damaged { quarantined_as: None }),
    }
}

/// Compares what the file defines with what the steps above define. A view, a trigger or a column that is not ours means
/// that somebody else made the file.
pub(super) fn check_definitions(connection: &Connection) -> Result<(), VaultError> {
    let mut expected = Connection::open_in_memory()?;
    migrate(&mut expected)?;
    if definitions(connection)? == definitions(&expected)? {
        Ok(())
    } else {
        Err(VaultError::Damaged { quarantined_as: None })
    }
}

type Definition = (String, String, String, Option<String>);

fn definitions(connection: &Connection) -> rusqlite::Result<Vec<Definition>> {
    connection
        .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_valid() {
        Migrations::from_slice(STEPS).validate().unwrap();
    }

    #[test]
    fn a_foreign_trigger_or_view_is_noticed() {
        for foreign in [
            "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END",
            "CREATE VIEW v AS SELECT * FROM record",
            "ALTER TABLE record ADD COLUMN plaintext TEXT",
        ] {
            let mut connection = Connection::open_in_memory().unwrap();
            migrate(&mut connection).unwrap();
            check_definitions(&connection).unwrap();
            connection.execute_batch(foreign).unwrap();
            let refused = check_definitions(&connection);
            assert!(matches!(refused, Err(VaultError::Damaged { .. })), "{foreign}");
        }
    }

    #[test]
    fn a_newer_version_is_told_from_damage() {
        let connection = Connection::open_in_memory().unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(check_version(&connection), Err(VaultError::NewerVersion)));
        connection.pragma_update(None, "user_version", -1).unwrap();
        assert!(matches!(check_version(&connection), Err(VaultError::Damaged { .. })));
    }
}
