//! What can keep a ledger from answering.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use thiserror::Error;

/// What can keep a ledger from answering. Findings can always be made again; what people chose to ignore cannot.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file is damaged.
    #[error("The list of findings is damaged.")]
    Damaged {
        /// Where it was put, if it was.
        put_aside: Option<PathBuf>,
    },
    /// A newer version wrote it.
    #[error("A newer Gatehouse wrote the list of findings.")]
    Newer,
    /// Another program holds it, for longer than we wait.
    #[error("Another program holds the list of findings.")]
    Busy,
    /// The disk is full.
    #[error("The disk is full.")]
    Full,
    /// The disk takes no writes.
    #[error("The list of findings cannot be written.")]
    ReadOnly,
    /// Something else about the disk.
    #[error("The list of findings cannot be opened.")]
    Disk(#[source] std::io::Error),
    /// Something that SQLite says, by its extended code.
    #[error("The list of findings gave no answer (SQLite {code}).")]
    Other {
        /// SQLite's extended code.
        code: i32,
    },
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { put_aside: None },
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::ReadOnly => Self::ReadOnly,
                _ => Self::Other { code: failure.extended_code },
            },
            // A column of another type than ours: somebody else wrote it.
            rusqlite::Error::FromSqlConversionFailure(..) | rusqlite::Error::InvalidColumnType(..) => {
                Self::Damaged { put_aside: None }
            }
            _ => Self::Other { code: 0 },
        }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            std::io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Disk(error),
        }
    }
}

/// Why a finding is still shown.
#[derive(Debug, Error)]
pub enum IgnoreError {
    /// No reason was given.
    #[error("Nobody said why. Write a few words, so that others know.")]
    NoReason,
    /// The day lies behind.
    #[error("That day has passed. Choose a later one.")]
    InThePast,
    /// The finding is gone.
    #[error("This finding is gone. Nothing is left to ignore.")]
    NoSuchFinding,
    /// The ledger gave no answer.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}
