//! What can go wrong with the ledger.

/// Why the ledger could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// No room on the disk. Nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder does not accept writes.
    #[error("the list of reminders cannot be written")]
    ReadOnly,
    /// A newer Gatehouse wrote the file.
    #[error("the list of reminders was written by a newer version")]
    Newer,
    /// The file is damaged. At the next start it is put aside and a new one begun.
    #[error("the list of reminders is damaged")]
    Damaged,
    /// Another Gatehouse holds the file for longer than five seconds.
    #[error("another Gatehouse is using the list of reminders")]
    Busy,
    /// No such reminder.
    #[error("there is no such reminder")]
    NoSuchReminder,
    /// Anything else, by SQLite's extended code (<https://www.sqlite.org/rescode.html>) or 0.
    #[error("the list of reminders could not be used (code {code})")]
    Other {
        /// The code.
        code: i32,
    },
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            // A column that does not hold what its strict table allows: something else changed the file.
            return Self::Damaged;
        };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            _ => Self::Other { code: failure.extended_code },
        }
    }
}

impl From<std::io::Error> for LedgerError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Other { code: 0 },
        }
    }
}
