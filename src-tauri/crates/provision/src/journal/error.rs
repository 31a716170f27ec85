//! What can go wrong with the journal.

use std::path::PathBuf;

use super::LeaseHolder;

/// Why the journal could not be used. The variants are what a screen can act on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// No room on the disk. Nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder does not accept writes.
    #[error("the journal cannot be written")]
    ReadOnly,
    /// A newer Gatehouse wrote the file. It can be read, not written.
    #[error("the journal was written by a newer version")]
    Newer,
    /// The file was damaged. At start it is put aside and a new one begun.
    #[error("the journal is damaged")]
    Damaged {
        /// Where the damaged file was put, if it was.
        put_aside: Option<PathBuf>,
    },
    /// Another window or process is working on this organisation.
    #[error("another Gatehouse is working on this organisation")]
    Busy {
        /// Who, as far as known.
        holder: Option<LeaseHolder>,
    },
    /// No such run.
    #[error("there is no such run")]
    NoSuchRun,
    /// The run was written by a newer version, or cannot be read: it can be listed, not continued.
    #[error("the run cannot be read by this version")]
    UnreadableRun,
    /// Anything else the database or the system says, by SQLite's extended code
    /// (<https://www.sqlite.org/rescode.html>) or 0.
    #[error("the journal could not be used (code {code})")]
    Other {
        /// The code.
        code: i32,
    },
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
                Self::NoSuchRun
            } else {
                Self::Other { code: 0 }
            };
        };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { put_aside: None },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy { holder: None },
            _ => Self::Other { code: failure.extended_code },
        }
    }
}

impl From<std::io::Error> for JournalError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Other { code: 0 },
        }
    }
}
