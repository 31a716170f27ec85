//! The file: made for this person only, opened defensively, put aside when damaged.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::schema::{APPLICATION_ID, MIGRATIONS, OF_PEOPLE, VERSION};
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
    db.pragma_update(None, "journal_mode", "WAL")?;
    // The whole file can be read from Microsoft again: after a power cut it must be sound, not the newest.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -4096)?;
    if version == 0 {
        db.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    MIGRATIONS.to_latest(&mut db).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        // The version says that the tables are there, and they are not.
        _ => StoreError::Damaged { put_aside: None },
    })?;
    check(&db)?;
    Ok(db)
}

/// Looks at the tables and at the words that people wrote; the rest shows its damage when it is read.
fn check(db: &Connection) -> Result<(), StoreError> {
    for table in ["app", "line", "collection", OF_PEOPLE] {
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

/// Moves a damaged file and its companions out of the way, opens an empty one in its place, and takes over what people
/// wrote, as far as it can still be read.
pub(super) fn replace(path: &Path, now: Timestamp) -> Result<(Connection, PathBuf), StoreError> {
    let aside = put_aside(path, now)?;
    let db = open(path)?;
    if let Err(error) = rescue(&db, &aside, OF_PEOPLE) {
        tracing::warn!(%error, "what people wrote could not be taken over from the damaged inventory");
    }
    Ok((db, aside))
}

fn rescue(db: &Connection, from: &Path, table: &str) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let old = Connection::open_with_flags(from, flags)?;
    harden(&old).map_err(|_| rusqlite::Error::InvalidQuery)?;
    let mut rows = old.prepare(&format!("SELECT * FROM {table}"))?;
    let places = vec!["?"; rows.column_count()].join(",");
    let columns = rows.column_count();
    let mut insert = db.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES ({places})"))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let values =
            (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()?;
        insert.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(())
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
