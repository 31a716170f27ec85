//! Findings on this machine: what was found when, what people chose to ignore, and what has to be judged again.

mod error;
mod file;
mod ignoring;
mod judging;
mod listing;
mod narrowed;
mod schema;
mod turns;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use error::{IgnoreError, LedgerError};
pub use ignoring::Ignored;
pub use judging::{Health, Judged, Waiting};
pub use listing::{Listed, Page, Query, RuleCount};

use self::narrowed::Names;
use super::Severity;

/// The findings of one organisation. The file `findings.db` of a space serves all of them. Cheap to clone; all clones are
/// the same file. Nothing in it is secret. Its functions block on the disk: call them from a thread that may.
#[derive(Clone)]
pub struct Ledger {
    connection: Arc<Mutex<Connection>>,
    /// What narrowing by text looks through, once somebody has typed; used while the connection is held.
    names: Arc<Mutex<Option<Names>>>,
    folder: Arc<Path>,
    organisation: Arc<str>,
    opened: Timestamp,
    put_aside: Option<PathBuf>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("organisation", &self.organisation).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Opens `findings.db` in `folder`, making both where they are missing (folder 0700, file 0600).
    ///
    /// A damaged file is put aside, and an empty one takes its place; [`Self::put_aside`] says so. What people chose to
    /// ignore is then shown again. Only their part is looked through here: findings are made again anyway, and there can be
    /// a hundred megabytes of them. Damage among them is met when they are read: that call then gives
    /// [`LedgerError::Damaged`] with the place of the file, and the next one has an empty list.
    ///
    /// # Errors
    /// [`LedgerError`] when the file cannot be used.
    pub fn open(folder: &Path, organisation: &str, now: Timestamp) -> Result<Self, LedgerError> {
        let (connection, put_aside) = file::open(folder, now)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            names: Arc::default(),
            folder: Arc::from(folder),
            organisation: Arc::from(organisation),
            opened: now,
            put_aside,
        })
    }

    /// Where a damaged file was put when this one was opened.
    #[must_use]
    pub fn put_aside(&self) -> Option<&Path> {
        self.put_aside.as_deref()
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back; the connection is as good as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn names(&self) -> MutexGuard<'_, Option<Names>> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads.
    fn read<T>(
        &self,
        work: impl FnOnce(&Connection, &str) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let mut connection = self.connection();
        let done = work(&connection, &self.organisation);
        done.map_err(|error| self.mended(&mut connection, error))
    }

    /// All or nothing.
    fn write<T, E: From<LedgerError> + OfTheFile>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &str) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection();
        let done = self.written(&mut connection, work);
        *self.names() = None;
        done.map_err(|error| match error.of_the_file() {
            Ok(error) => E::from(self.mended(&mut connection, error)),
            Err(other) => other,
        })
    }

    fn written<T, E: From<LedgerError>>(
        &self,
        connection: &mut Connection,
        work: impl FnOnce(&Transaction<'_>, &str) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| E::from(error.into()))?;
        let done = work(&transaction, &self.organisation)?;
        transaction.commit().map_err(|error| E::from(error.into()))?;
        Ok(done)
    }

    /// Damage that is met in use: the file is put aside and an empty one begun, so that only this one call fails.
    fn mended(&self, connection: &mut Connection, error: LedgerError) -> LedgerError {
        let LedgerError::Damaged { .. } = error else { return error };
        // A file that is open cannot be renamed everywhere.
        let Ok(none) = Connection::open_in_memory() else { return error };
        drop(std::mem::replace(connection, none));
        *self.names() = None;
        match file::begin_anew(&self.folder, self.opened) {
            Ok((fresh, aside)) => {
                *connection = fresh;
                LedgerError::Damaged { put_aside: Some(aside) }
            }
            Err(failure) => failure,
        }
    }
}

/// Errors of which some are about the file.
trait OfTheFile: Sized {
    /// What is wrong with the file; otherwise the error as it was.
    fn of_the_file(self) -> Result<LedgerError, Self>;
}

impl OfTheFile for LedgerError {
    fn of_the_file(self) -> Result<LedgerError, Self> {
        Ok(self)
    }
}

impl OfTheFile for IgnoreError {
    fn of_the_file(self) -> Result<LedgerError, Self> {
        match self {
            Self::Ledger(error) => Ok(error),
            other => Err(other),
        }
    }
}

/// As a column that sorts.
fn rank(severity: Severity) -> i64 {
    match severity {
        Severity::Info => 1,
        Severity::Warning => 2,
        Severity::Critical => 3,
    }
}

fn severity(rank: i64) -> Option<Severity> {
    match rank {
        1 => Some(Severity::Info),
        2 => Some(Severity::Warning),
        3 => Some(Severity::Critical),
        _ => None,
    }
}

fn instant(seconds: i64) -> Timestamp {
    let bound = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_second(seconds).unwrap_or(bound)
}
