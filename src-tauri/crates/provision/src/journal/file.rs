//! The journal's file: opening, judging its health, reading and adding.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::runs::{self, Line};
use super::schema::{APPLICATION_ID, MIGRATIONS, VERSION};
use super::{Entry, JournalError, Lease, Phase, RunRecord};
use crate::RunId;

/// How a journal can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalAccess {
    /// Read and written.
    Full,
    /// Read only: the disk does not accept writes.
    ReadOnly,
    /// Read only: a newer version wrote it.
    Newer,
}

/// The journal of one space (practice, or the real organisations). Cheap to clone; all clones are the same file.
#[derive(Clone)]
pub struct Journal {
    inner: Arc<Inner>,
}

struct Inner {
    db: Mutex<Connection>,
    folder: PathBuf,
    access: JournalAccess,
    put_aside: Option<PathBuf>,
    restored: bool,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal")
            .field("folder", &self.inner.folder)
            .field("access", &self.inner.access)
            .finish()
    }
}

/// Name of the file within its folder.
const FILE: &str = "journal.db";
/// The last good copy, made whenever a run comes to rest.
const BACKUP: &str = "journal.backup.db";

impl Journal {
    /// Opens `journal.db` in `folder`, making both where they are missing (folder 0700, file 0600).
    ///
    /// A damaged file is put aside under another name, and the last good copy takes its place, or an empty one where there
    /// is none; [`Journal::put_aside`] and [`Journal::restored`] say so. A file of a
    /// newer version and one on a disk that cannot be written are opened for reading, see [`Journal::access`].
    /// Blocks: call it from a thread that may.
    ///
    /// # Errors
    /// [`JournalError`] when not even reading is possible.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Self, JournalError> {
        make_folder(folder)?;
        let path = folder.join(FILE);
        let (mut put_aside, mut restored) = (None, false);
        let (db, access) = match open(&path) {
            Err(JournalError::Damaged { .. }) => {
                put_aside = Some(quarantine(&path, now)?);
                match restore(&path) {
                    Some(opened) => {
                        restored = true;
                        opened
                    }
                    None => open(&path)?,
                }
            }
            Err(JournalError::ReadOnly) => (open_to_read(&path)?, JournalAccess::ReadOnly),
            other => other?,
        };
        let inner = Inner { db: Mutex::new(db), folder: folder.to_owned(), access, put_aside, restored };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// How it can be used.
    #[must_use]
    pub fn access(&self) -> &JournalAccess {
        &self.inner.access
    }

    /// Where a damaged file was put when this one was opened.
    #[must_use]
    pub fn put_aside(&self) -> Option<&Path> {
        self.inner.put_aside.as_deref()
    }

    /// Whether the last good copy took the place of a damaged file: runs since then are missing from it.
    #[must_use]
    pub fn restored(&self) -> bool {
        self.inner.restored
    }

    /// All runs, newest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn runs(&self) -> Result<Vec<RunRecord>, JournalError> {
        self.with(|db| runs::list(db)).await
    }

    /// One run.
    ///
    /// # Errors
    /// [`JournalError::NoSuchRun`] and others.
    pub async fn run(&self, id: &RunId) -> Result<RunRecord, JournalError> {
        let id = id.clone();
        self.with(move |db| runs::find(db, &id)).await
    }

    /// The lines of a run, oldest first.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn entries(&self, run: &RunId) -> Result<Vec<Entry>, JournalError> {
        let run = run.clone();
        self.with(move |db| runs::entries(db, &run)).await
    }

    /// Takes the organisation for this process; see [`Lease`].
    ///
    /// # Errors
    /// [`JournalError::Busy`] when another process has it.
    pub async fn lease(&self, tenant: &str, what: &str, now: Timestamp) -> Result<Lease, JournalError> {
        self.writable()?;
        let (folder, tenant, what) = (self.inner.folder.clone(), tenant.to_owned(), what.to_owned());
        self.with(move |db| Lease::take(db, &folder, &tenant, &what, now)).await
    }

    /// Writes a new run down.
    pub(crate) async fn begin(&self, run: RunRecord) -> Result<(), JournalError> {
        self.writable()?;
        self.with(move |db| runs::insert(db, &run)).await
    }

    /// Adds lines, all or none; they are on the disk when this returns.
    pub(crate) async fn append(&self, run: &RunId, lines: Vec<Line>) -> Result<(), JournalError> {
        self.writable()?;
        if lines.is_empty() {
            return Ok(());
        }
        let (run, folder) = (run.clone(), self.inner.folder.clone());
        self.with(move |db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for line in &lines {
                runs::append(&transaction, &run, line)?;
            }
            transaction.commit()?;
            if lines.iter().any(|line| line.phase == Phase::Run)
                && let Err(error) = back_up(db, &folder)
            {
                // The journal itself is written; only its copy is older than it could be.
                tracing::warn!(%error, "the journal could not be copied");
            }
            Ok(())
        })
        .await
    }

    fn writable(&self) -> Result<(), JournalError> {
        match self.inner.access {
            JournalAccess::Full => Ok(()),
            JournalAccess::ReadOnly => Err(JournalError::ReadOnly),
            JournalAccess::Newer => Err(JournalError::Newer),
        }
    }

    /// Works on the database on a thread that may block: a disk can take its time, and a click must not.
    async fn with<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<R, JournalError> + Send + 'static,
    ) -> Result<R, JournalError> {
        let inner = Arc::clone(&self.inner);
        tokio::task::spawn_blocking(move || {
            work(&mut inner.db.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await
        .unwrap_or(Err(JournalError::Other { code: 0 }))
    }
}

fn open(path: &Path) -> Result<(Connection, JournalAccess), JournalError> {
    make_file(path)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut db = Connection::open_with_flags(path, flags)?;
    harden(&db)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if version > 0 && application != APPLICATION_ID {
        return Err(JournalError::Damaged { put_aside: None });
    }
    if version > VERSION {
        return Ok((open_to_read(path)?, JournalAccess::Newer));
    }
    let health: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if health != "ok" {
        return Err(JournalError::Damaged { put_aside: None });
    }
    database::write_ahead(&db)?;
    // FULL: a commit in WAL mode is on the disk, not only in the system's cache, when it returns.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    if version == 0 {
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    database::migrate(&mut db, &MIGRATIONS).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => JournalError::Other { code: 0 },
    })?;
    Ok((db, JournalAccess::Full))
}

/// Copies the file beside itself, complete or not at all.
fn back_up(db: &Connection, folder: &Path) -> Result<(), JournalError> {
    let (target, fresh) = (folder.join(BACKUP), folder.join(format!("{BACKUP}.new")));
    let _ = std::fs::remove_file(&fresh);
    // SQLite fills an empty file and keeps its mode.
    make_file(&fresh)?;
    db.execute("VACUUM INTO ?1", [fresh.to_string_lossy()])?;
    std::fs::File::open(&fresh)?.sync_all()?;
    Ok(std::fs::rename(fresh, target)?)
}

/// Puts the last good copy in the place of the file; `None` where there is none, or it is damaged too.
fn restore(path: &Path) -> Option<(Connection, JournalAccess)> {
    make_file(path).ok()?;
    std::fs::copy(path.with_file_name(BACKUP), path).ok()?;
    if let Ok(opened) = open(path) {
        return Some(opened);
    }
    let _ = std::fs::remove_file(path);
    None
}

fn open_to_read(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_URI;
    let mut address = url::Url::from_file_path(path).map_err(|()| JournalError::Other { code: 0 })?;
    if !path.with_extension("db-wal").exists() {
        // Without a log nothing changes the file: SQLite then makes no shared memory beside it, where it may not.
        address.set_query(Some("immutable=1"));
    }
    let db = Connection::open_with_flags(address.as_str(), flags)?;
    harden(&db)?;
    Ok(db)
}

/// A crafted file must not run anything (trust.md 59: defensive mode, untrusted schema).
fn harden(db: &Connection) -> Result<(), JournalError> {
    db.busy_timeout(Duration::from_secs(5))?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(())
}

/// Moves a damaged file and its companions out of the way, keeping them for whoever can rescue something.
fn quarantine(path: &Path, now: Timestamp) -> Result<PathBuf, JournalError> {
    let stamp = now.strftime("%Y%m%dT%H%M%S");
    let mut target = path.with_file_name(format!("journal.damaged-{stamp}.db"));
    for n in 2.. {
        if !target.exists() {
            break;
        }
        target = path.with_file_name(format!("journal.damaged-{stamp}-{n}.db"));
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

fn make_folder(folder: &Path) -> Result<(), JournalError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// The file must be ours alone before SQLite writes the first byte; SQLite gives its companions the same mode.
fn make_file(path: &Path) -> Result<(), JournalError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}
