//! The file: made for this person only, opened defensively, put aside when damaged.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::schema::{APPLICATION_ID, MIGRATIONS, VERSION};
use crate::inventory::StoreError;

/// How long one process waits for another to finish a write.
const BUSY: Duration = Duration::from_secs(5);

/// Opens the file, and makes it if need be.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    make_file(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut db = Connection::open_with_flags(path, flags)?;
    harden(&db)?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if version < 0 || (version > 0 && application != APPLICATION_ID) {
        return Err(StoreError::Damaged { put_aside: None });
    }
    if version > VERSION {
        return Err(StoreError::Newer);
    }
    database::write_ahead(&db)?;
    // The whole file can be read from Microsoft again: after a power cut it must be sound, not the newest.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", database::CACHE)?;
    if version == 0 {
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    database::migrate(&mut db, &MIGRATIONS).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        // The version says that the tables are there, and they are not.
        _ => StoreError::Damaged { put_aside: None },
    })?;
    check(&db)?;
    Ok(db)
}

/// Looks whether the tables are there; other damage shows when they are read.
fn check(db: &Connection) -> Result<(), StoreError> {
    for table in ["app", "line", "collection"] {
        let readable = db.query_row(&format!("SELECT 1 FROM {table} LIMIT 1"), [], |_| Ok(()));
        match readable {
            Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) => {}
            Err(rusqlite::Error::SqliteFailure(failure, message)) => {
                let missing = failure.code == rusqlite::ErrorCode::Unknown;
                return Err(if missing {
                    StoreError::Damaged { put_aside: None }
                } else {
                    rusqlite::Error::SqliteFailure(failure, message).into()
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Moves a damaged file and its companions out of the way, and opens an empty one in its place.
pub(super) fn replace(path: &Path, now: Timestamp) -> Result<(Connection, PathBuf), StoreError> {
    let aside = put_aside(path, now)?;
    Ok((open(path)?, aside))
}

/// A crafted file must not run anything: <https://www.sqlite.org/security.html>.
fn harden(db: &Connection) -> Result<(), StoreError> {
    db.busy_timeout(BUSY)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for off in [
        DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
        DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
        DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
    ] {
        db.set_db_config(off, false)?;
    }
    db.pragma_update(None, "cell_size_check", "ON")?;
    db.pragma_update(None, "mmap_size", 0)?;
    Ok(())
}

fn put_aside(path: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let name = |n: u32| {
        let number = if n == 0 { String::new() } else { format!("-{n}") };
        path.with_file_name(format!("inventory.damaged-{stamp}{number}.db"))
    };
    let aside = (0..1000).map(name).find(|name| !name.exists()).ok_or(StoreError::Other { code: 0 })?;
    for companion in ["", "-wal", "-shm"] {
        match std::fs::rename(with_suffix(path, companion), with_suffix(&aside, companion)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// The file must be ours alone before SQLite writes the first byte; SQLite gives its companions the same mode.
fn make_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}
