//! The ledger's file: opening it, judging its health, working on it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::LedgerError;
use super::schema::{APPLICATION_ID, MIGRATIONS, VERSION};

/// How a ledger can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerAccess {
    /// Read and written.
    Full,
    /// The disk does not accept writes. Nothing can be claimed, so that nothing is given twice.
    ReadOnly,
    /// A newer version wrote it.
    Newer,
}

/// What was reminded of on this machine, for one space (practice, or the real organisations). Clones are the same file.
#[derive(Clone)]
pub struct Ledger {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    db: Mutex<Connection>,
    pub(super) folder: PathBuf,
    pub(super) machine: String,
    access: LedgerAccess,
    put_aside: Option<PathBuf>,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger")
            .field("folder", &self.inner.folder)
            .field("access", &self.inner.access)
            .finish()
    }
}

/// Name of the file within its folder.
const FILE: &str = "reminders.db";

impl Ledger {
    /// Opens `reminders.db` in `folder`, making both where they are missing (folder 0700, file 0600). `machine` names this
    /// computer: a folder can be on a disk that two of them share, and each shows its own notifications.
    ///
    /// A damaged file is put aside under another name and an empty one begun: people are then reminded once more of what
    /// is nearest, see [`Ledger::put_aside`]. Blocks: call it from a thread that may.
    ///
    /// # Errors
    /// [`LedgerError`] when not even reading is possible.
    pub fn open(folder: &Path, machine: &str, now: Timestamp) -> Result<Self, LedgerError> {
        make_folder(folder)?;
        let path = folder.join(FILE);
        let mut put_aside = None;
        let (db, access) = match open(&path) {
            Err(LedgerError::Damaged) => {
                put_aside = Some(quarantine(&path, now)?);
                open(&path)?
            }
            Err(LedgerError::ReadOnly) => (open_to_read(&path)?, LedgerAccess::ReadOnly),
            other => other?,
        };
        let (folder, machine) = (folder.to_owned(), machine.to_owned());
        Ok(Self { inner: Arc::new(Inner { db: Mutex::new(db), folder, machine, access, put_aside }) })
    }

    /// How it can be used.
    #[must_use]
    pub fn access(&self) -> LedgerAccess {
        self.inner.access
    }

    /// Where a damaged file was put when this one was opened.
    #[must_use]
    pub fn put_aside(&self) -> Option<&Path> {
        self.inner.put_aside.as_deref()
    }

    /// Reads, on a thread that may block.
    pub(super) async fn read<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<R, LedgerError> + Send + 'static,
    ) -> Result<R, LedgerError> {
        self.with(move |db| work(db)).await
    }

    /// Writes, all or nothing; it is on the disk when this returns. One process at a time: the others wait.
    pub(super) async fn write<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<R, LedgerError> + Send + 'static,
    ) -> Result<R, LedgerError> {
        match self.inner.access {
            LedgerAccess::Full => {}
            LedgerAccess::ReadOnly => return Err(LedgerError::ReadOnly),
            LedgerAccess::Newer => return Err(LedgerError::Newer),
        }
        self.with(move |db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })
        .await
    }

    async fn with<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<R, LedgerError> + Send + 'static,
    ) -> Result<R, LedgerError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            work(&mut inner.db.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await
        .unwrap_or(Err(LedgerError::Other { code: 0 }))
    }
}

fn open(path: &Path) -> Result<(Connection, LedgerAccess), LedgerError> {
    make_file(path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(path, flags)?;
    harden(&db)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if version > 0 && application != APPLICATION_ID {
        return Err(LedgerError::Damaged);
    }
    if version > VERSION {
        return Ok((open_to_read(path)?, LedgerAccess::Newer));
    }
    let health: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if health != "ok" {
        return Err(LedgerError::Damaged);
    }
    database::write_ahead(&db)?;
    // FULL: a claim that is not on the disk when the notification shows could be claimed again after a power cut.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "cache_size", database::CACHE)?;
    if version == 0 {
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    database::migrate(&mut db, &MIGRATIONS).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => LedgerError::Other { code: 0 },
    })?;
    Ok((db, LedgerAccess::Full))
}

fn open_to_read(path: &Path) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_URI;
    let mut address = url::Url::from_file_path(path).map_err(|()| LedgerError::Other { code: 0 })?;
    if !path.with_extension("db-wal").exists() {
        // Without a log nothing changes the file: SQLite then makes no shared memory beside it, where it may not.
        address.set_query(Some("immutable=1"));
    }
    let db = Connection::open_with_flags(address.as_str(), flags)?;
    harden(&db)?;
    Ok(db)
}

/// A crafted file must not run anything (<https://www.sqlite.org/security.html>).
fn harden(db: &Connection) -> Result<(), LedgerError> {
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for off in [
        DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
        DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
        DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
    ] {
        db.set_db_config(off, false)?;
    }
    Ok(())
}

/// Moves a damaged file and its companions out of the way, keeping them for whoever can rescue something.
fn quarantine(path: &Path, now: Timestamp) -> Result<PathBuf, LedgerError> {
    let stamp = now.strftime("%Y%m%dT%H%M%S");
    let mut target = path.with_file_name(format!("reminders.damaged-{stamp}.db"));
    for n in 2.. {
        if !target.exists() {
            break;
        }
        target = path.with_file_name(format!("reminders.damaged-{stamp}-{n}.db"));
    }
    std::fs::rename(path, &target)?;
    for companion in ["-wal", "-shm"] {
        let from = path.with_file_name(format!("{FILE}{companion}"));
        if from.exists() {
            let mut name = target.as_os_str().to_owned();
            name.push(companion);
            std::fs::rename(from, PathBuf::from(name))?;
        }
    }
    Ok(target)
}

fn make_folder(folder: &Path) -> Result<(), LedgerError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// The file must be ours alone before SQLite writes the first byte; SQLite gives its companions the same mode.
fn make_file(path: &Path) -> Result<(), LedgerError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}
