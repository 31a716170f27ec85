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
        // Also what SQLite says of a table that is missing, which in our own file means damage; the schema is compared
        // at open, so here it is a plain refusal.
        _ => VaultError::Database { code: failure.extended_code },
    }
}
