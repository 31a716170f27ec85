//! SQLite's result codes, sorted into what a person can do something about.

use rusqlite::ffi::{self, ErrorCode};

use crate::error::VaultError;

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => from_code(failure),
            // A column that does not hold what its STRICT table allows: the file was changed by something else.
            rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::SqlInputError { .. } => Self::Damaged { quarantined_as: None },
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            _ => Self::Database { code: ffi::SQLITE_MISUSE },
        }
    }
}

impl From<rusqlite_migration::Error> for VaultError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::from(err),
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => Self::NewerVersion,
            _ => Self::Damaged { quarantined_as: None },
        }
    }
}

fn from_code(failure: ffi::Error) -> VaultError {
    match failure.code {
        ErrorCode::DiskFull => VaultError::DiskFull,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => VaultError::ReadOnly,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::TypeMismatch => {
            VaultError::Damaged { quarantined_as: None }
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            VaultError::InUse
        }
        ErrorCode::CannotOpen if failure.extended_code == ffi::SQLITE_CANTOPEN_SYMLINK => {
            VaultError::NotAnOrdinaryFile
        }
        ErrorCode::CannotOpen => VaultError::Io { kind: std::io::ErrorKind::NotFound },
        ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_CORRUPTFS => {
            VaultError::Damaged { quarantined_as: None }
        }
        ErrorCode::SystemIoFailure => VaultError::Io { kind: std::io::ErrorKind::Other },
        // The statements are fixed and were tested; so where SQLite misses a table or a column, the file is not ours.
        _ if failure.extended_code == ffi::SQLITE_ERROR => VaultError::Damaged { quarantined_as: None },
        _ => VaultError::Database { code: failure.extended_code },
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    fn sorted(code: i32) -> VaultError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("UNIQUE constraint failed".into())).into()
    }

    #[test]
    fn each_code_becomes_what_a_person_can_act_on() {
        assert!(matches!(sorted(ffi::SQLITE_FULL), VaultError::DiskFull));
        for code in [ffi::SQLITE_READONLY, ffi::SQLITE_READONLY_DIRECTORY, ffi::SQLITE_PERM] {
            assert!(matches!(sorted(code), VaultError::ReadOnly), "{code}");
        }
        for code in
            [ffi::SQLITE_CORRUPT, ffi::SQLITE_CORRUPT_INDEX, ffi::SQLITE_NOTADB, ffi::SQLITE_IOERR_CORRUPTFS]
        {
            assert!(matches!(sorted(code), VaultError::Damaged { quarantined_as: None }), "{code}");
        }
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_BUSY_SNAPSHOT, ffi::SQLITE_LOCKED] {
            assert!(matches!(sorted(code), VaultError::InUse), "{code}");
        }
        for code in [ffi::SQLITE_IOERR_FSYNC, ffi::SQLITE_IOERR_WRITE] {
            assert!(matches!(sorted(code), VaultError::Io { .. }), "{code}");
        }
        assert!(matches!(sorted(ffi::SQLITE_CANTOPEN_SYMLINK), VaultError::NotAnOrdinaryFile));
        assert!(matches!(
            sorted(ffi::SQLITE_CONSTRAINT),
            VaultError::Database { code: ffi::SQLITE_CONSTRAINT }
        ));
    }

    #[test]
    fn a_column_or_table_that_is_not_ours_counts_as_damage() {
        let connection = Connection::open_in_memory().unwrap();
        let wrong_type = connection.query_row("SELECT 'text'", [], |row| row.get::<_, i64>(0)).unwrap_err();
        let wrong_length =
            connection.query_row("SELECT x'00'", [], |row| row.get::<_, [u8; 24]>(0)).unwrap_err();
        let no_table = connection.query_row("SELECT id FROM record", [], |_| Ok(())).unwrap_err();
        for error in [wrong_type, wrong_length, no_table] {
            let shown = error.to_string();
            assert!(matches!(VaultError::from(error), VaultError::Damaged { .. }), "{shown}");
        }
    }
}
