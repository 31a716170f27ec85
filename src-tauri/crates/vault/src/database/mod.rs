//! The file with the sealed records: opened defensively, checked before use, set aside when damaged.

mod fault;
mod files;
mod keys;
mod records;
mod schema;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub(crate) use self::files::lock_file;
pub(crate) use self::keys::{KeyRow, Protection};
pub(crate) use self::records::{StoredRecord, canary};
use crate::error::VaultError;

/// How long one process waits for another to finish a write.
const BUSY: Duration = Duration::from_secs(5);
/// Held while a file is opened, checked or set aside, so that two processes do not do so at once.
const OPENING_LOCK: &str = "vault.lock";

/// One connection to sealed records, on disk or (for session-only) in memory.
pub(crate) struct Database {
    connection: Mutex<Connection>,
    writable: bool,
}

/// A file on disk, and what happened to a damaged one.
pub(crate) struct Opened {
    pub(crate) database: Database,
    pub(crate) folder: PathBuf,
    pub(crate) quarantined_as: Option<PathBuf>,
}

impl Database {
    /// Opens the file in `folder`. A damaged file is renamed and replaced by an empty one, and what can still be read of
    /// it is copied over: a record that opens under the key is whole, whatever happened around it.
    pub(crate) fn open(folder: &Path, now: Timestamp) -> Result<Opened, VaultError> {
        let folder = files::prepare_folder(folder)?;
        let file = folder.join(files::FILE);
        let writable = files::prepare_file(&file)?;
        if !writable {
            let database = Self { connection: Mutex::new(connect_read_only(&file)?), writable };
            return Ok(Opened { database, folder, quarantined_as: None });
        }

        // Released when it is closed, at the end of this function.
        let opening = lock_file(&folder.join(OPENING_LOCK))?;
        opening.lock()?;
        let (connection, quarantined_as) = match connect(&file) {
            Err(VaultError::Damaged { .. }) => {
                let aside = files::quarantine(&file, now)?;
                files::prepare_file(&file)?;
                let mut fresh = connect(&file)?;
                let rescued = records::rescue(&aside, &mut fresh);
                tracing::warn!(rescued, "the vault's file was damaged and set aside");
                (fresh, Some(aside))
            }
            other => (other?, None),
        };
        let database = Self { connection: Mutex::new(connection), writable };
        Ok(Opened { database, folder, quarantined_as })
    }

    /// Records that never reach the disk.
    pub(crate) fn in_memory() -> Result<Self, VaultError> {
        let mut connection = Connection::open_in_memory()?;
        harden(&connection)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection: Mutex::new(connection), writable: true })
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        work(&self.connection())
    }

    /// Writes, all or nothing. When this returns, the change is on the disk (`synchronous = FULL`), and what it replaced
    /// is gone from the file and, unless another process is reading, from the log.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        if !self.writable {
            return Err(VaultError::ReadOnly);
        }
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&transaction)?;
        transaction.commit()?;
        empty_log(&connection);
        Ok(done)
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back; the connection is as good as before.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn connect(file: &Path) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut connection = Connection::open_with_flags(file, flags)?;
    harden(&connection)?;
    schema::check_version(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    // Apple's fsync does not reach the platter without these; elsewhere they do nothing.
    connection.pragma_update(None, "fullfsync", "ON")?;
    connection.pragma_update(None, "checkpoint_fullfsync", "ON")?;
    check_pages(&connection)?;
    schema::migrate(&mut connection)?;
    schema::check_definitions(&connection)?;
    Ok(connection)
}

fn connect_read_only(file: &Path) -> Result<Connection, VaultError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE
        | OpenFlags::SQLITE_OPEN_URI;
    let open = |immutable: bool| {
        let connection = Connection::open_with_flags(uri(file, immutable), flags)?;
        harden(&connection)?;
        schema::check_version(&connection)?;
        check_pages(&connection)?;
        schema::check_definitions(&connection)?;
        Ok(connection)
    };
    match open(false) {
        // SQLite wants to make its shared-memory file even to read; without a log it can do without.
        Err(VaultError::Io { .. } | VaultError::ReadOnly) if !files::has_log(file) => open(true),
        other => other,
    }
}

/// <https://www.sqlite.org/security.html>: what to turn off before reading a file that somebody may have prepared.
fn harden(connection: &Connection) -> Result<(), VaultError> {
    connection.busy_timeout(BUSY)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for off in [
        DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
        DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
        DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
    ] {
        connection.set_db_config(off, false)?;
    }
    connection.pragma_update(None, "cell_size_check", "ON")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Empties the log, so that what was replaced does not live on in it. The commit stands whether or not that is possible
/// now, so nobody waits for other processes that read; the next write tries again.
fn empty_log(connection: &Connection) {
    let _ = connection.busy_timeout(Duration::ZERO);
    let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    let _ = connection.busy_timeout(BUSY);
}

fn check_pages(connection: &Connection) -> Result<(), VaultError> {
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(VaultError::Damaged { quarantined_as: None }) }
}

/// `file:` with the characters escaped that a URI gives a meaning, <https://www.sqlite.org/uri.html>.
fn uri(file: &Path, immutable: bool) -> String {
    let mut uri = String::from("file:");
    for character in file.to_string_lossy().chars() {
        match character {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            '\\' => uri.push('/'),
            other => uri.push(other),
        }
    }
    uri.push_str(if immutable { "?mode=ro&immutable=1" } else { "?mode=ro" });
    uri
}
