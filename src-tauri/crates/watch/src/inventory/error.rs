//! What can go wrong with the inventory.

use std::path::PathBuf;

use graph::GraphError;

/// Why what is kept on this machine could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk. Nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder does not accept writes.
    #[error("the inventory cannot be written")]
    ReadOnly,
    /// A newer Gatehouse wrote the file, and it is left as it is.
    #[error("the inventory was written by a newer version")]
    Newer,
    /// The file was damaged and put aside. The next call works on an empty one, which the next scan fills.
    #[error("the inventory is damaged")]
    Damaged {
        /// Where the damaged file was put, if it could be.
        put_aside: Option<PathBuf>,
    },
    /// Another Gatehouse is writing and does not finish.
    #[error("another Gatehouse uses the inventory")]
    Busy,
    /// Anything else the database or the system says, by SQLite's extended code
    /// (<https://www.sqlite.org/rescode.html>) or 0.
    #[error("the inventory could not be used (code {code})")]
    Other {
        /// The code.
        code: i32,
    },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(failure, _) = &error else { return Self::Other { code: 0 } };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => Self::ReadOnly,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged { put_aside: None },
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            _ => Self::Other { code: failure.extended_code },
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Other { code: 0 },
        }
    }
}

/// Why a scan, or a look at one app, did not come to its end. What was read until then is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// Microsoft did not give it.
    #[error("Microsoft Graph did not give the apps")]
    Graph(#[source] Box<GraphError>),
    /// It could not be kept.
    #[error("what was read could not be kept")]
    Store(#[from] StoreError),
    /// Stopped by the caller.
    #[error("stopped")]
    Cancelled,
}

impl From<GraphError> for SyncError {
    fn from(error: GraphError) -> Self {
        match error {
            GraphError::Cancelled { .. } => Self::Cancelled,
            other => Self::Graph(Box::new(other)),
        }
    }
}

/// Why the inventory was not exported as a whole.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be read.
    #[error("the inventory could not be read")]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error("the file could not be written")]
    Write(#[from] std::io::Error),
}
