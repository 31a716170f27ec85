//! What was read, on this machine: one file for all organisations of a space.

mod apps;
mod collections;
mod file;
mod health;
mod lines;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(crate) use self::apps::{AppKey, Details, Everywhere, Part};
pub use self::collections::Freshness;
pub(crate) use self::collections::{Collection, CollectionState, Progressed};
pub use self::health::Health;
pub(crate) use self::lines::line_of;
use super::StoreError;
use super::index::Index;

/// The file.
const FILE: &str = "inventory.db";

/// The apps of one organisation, as far as they were read. Cheap to clone; clones share the file.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    organisation: String,
    opened: Timestamp,
    state: Mutex<State>,
}

struct State {
    db: Connection,
    put_aside: Option<PathBuf>,
    /// What lists show, once it was asked for.
    index: Option<Index>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.inner.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the inventory of `organisation` (its id) in `folder`, and makes the file if there is none (folder 0700, file
    /// 0600). A damaged file is put aside, and an empty one takes its place. Blocks.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Newer`] for a file of a newer version, which is not touched.
    pub fn open(folder: &Path, organisation: &str, now: Timestamp) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let (db, put_aside) = match file::open(&path) {
            Err(StoreError::Damaged { .. }) => {
                let (db, aside) = file::replace(&path, now)?;
                (db, Some(aside))
            }
            other => (other?, None),
        };
        let state = State { db, put_aside, index: None };
        let inner =
            Inner { path, organisation: organisation.to_owned(), opened: now, state: Mutex::new(state) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Where a damaged file was put, if one was.
    #[must_use]
    pub fn put_aside(&self) -> Option<PathBuf> {
        self.state().put_aside.clone()
    }

    /// The organisation's id.
    #[must_use]
    pub fn organisation(&self) -> &str {
        &self.inner.organisation
    }

    /// Gives back the memory that lists use. The next list reads it again.
    pub fn rest(&self) {
        self.state().index = None;
    }

    /// Forgets everything that was read of this organisation.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn forget(&self) -> Result<(), StoreError> {
        let organisation = self.organisation().to_owned();
        self.change(|db, index| {
            for table in ["line", "app", "collection"] {
                db.execute(&format!("DELETE FROM {table} WHERE organisation = ?1"), [&organisation])?;
            }
            *index = None;
            Ok(())
        })
    }

    /// Reads into memory what lists show and are ordered by, before somebody asks for it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn have_ready(&self) -> Result<(), StoreError> {
        self.with_index(|index, _| {
            index.name_places();
            Ok(())
        })
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.state();
        let done = work(&state.db);
        self.mend(&mut state, done)
    }

    /// Writes, all or nothing. The index is given along, to follow; when the change fails, it is read again.
    pub(crate) fn change<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut Option<Index>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.state();
        let State { db, index, .. } = &mut *state;
        let done = (|| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction, index)?;
            transaction.commit()?;
            Ok(done)
        })();
        if done.is_err() {
            *index = None;
        }
        self.mend(&mut state, done)
    }

    /// Works with what lists show, reading it first if need be.
    pub(crate) fn with_index<T>(
        &self,
        work: impl FnOnce(&mut Index, &Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.state();
        // Changes when another process has written; our own writes do not change it.
        let version: Result<i64, _> = state.db.pragma_query_value(None, "data_version", |row| row.get(0));
        let done = version.map_err(StoreError::from).and_then(|version| {
            let State { db, index, .. } = &mut *state;
            match index {
                Some(index) if index.version == version => work(index, db),
                _ => {
                    let fresh = index.insert(lines::read_all(db, self.organisation(), version)?);
                    work(fresh, db)
                }
            }
        });
        self.mend(&mut state, done)
    }

    /// A file that turns out to be damaged while it is used is replaced there and then.
    fn mend<T>(&self, state: &mut State, done: Result<T, StoreError>) -> Result<T, StoreError> {
        let Err(StoreError::Damaged { .. }) = done else { return done };
        state.index = None;
        // An open file cannot be renamed everywhere.
        state.db = Connection::open_in_memory()?;
        match file::replace(&self.inner.path, self.inner.opened) {
            Ok((db, aside)) => {
                state.db = db;
                state.put_aside = Some(aside.clone());
                Err(StoreError::Damaged { put_aside: Some(aside) })
            }
            Err(error) => {
                tracing::warn!(%error, "the damaged inventory could not be replaced");
                Err(StoreError::Damaged { put_aside: None })
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic inside a transaction rolled it back; the connection is as good as before.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
