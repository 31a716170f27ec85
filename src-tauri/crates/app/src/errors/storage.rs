//! The database of documents, and files.

use contract::{AppError, ErrorCode};
use rusqlite::ErrorCode as Sqlite;

use super::Explain;
use crate::documents::DocumentsError;

impl Explain for DocumentsError {
    fn explain(&self) -> AppError {
        AppError::new(match self {
            Self::Database(error) => match error.sqlite_error_code() {
                Some(Sqlite::DiskFull) => ErrorCode::DiskFull,
                Some(Sqlite::ReadOnly | Sqlite::CannotOpen | Sqlite::PermissionDenied) => {
                    ErrorCode::DiskReadOnly
                }
                Some(Sqlite::DatabaseCorrupt | Sqlite::NotADatabase) => ErrorCode::DataDamaged,
                _ => ErrorCode::Internal,
            },
            Self::Version(_) => ErrorCode::DataNewer,
            Self::Shape(_) | Self::Poisoned => ErrorCode::Internal,
        })
    }
}

impl Explain for std::io::Error {
    fn explain(&self) -> AppError {
        AppError::new(match self.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorCode::DiskFull,
            std::io::ErrorKind::NotFound => ErrorCode::FileNotUsable,
            _ => ErrorCode::DiskReadOnly,
        })
    }
}

impl Explain for crate::HostError {
    fn explain(&self) -> AppError {
        match self {
            Self::ClipboardAbsent => AppError::new(ErrorCode::NoSuchThing)
                .because("There is no clipboard here.")
                .advise("Write it down, or use the window on a desktop."),
            Self::NotificationsAbsent => AppError::new(ErrorCode::NoSuchThing)
                .because("Nothing on this computer shows notifications.")
                .advise("Reminders wait in the window. Messages and calendar events work without it."),
        }
    }
}
