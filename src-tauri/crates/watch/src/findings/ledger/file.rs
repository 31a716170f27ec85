//! The file: made for its owner alone, opened, and put aside where it is damaged.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::{LedgerError, schema};

const FILE: &str = "findings.db";
/// How long another program may hold it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens `findings.db` in a folder, making both where they are missing. The second part is where a damaged file went.
pub(super) fn open(folder: &Path, now: Timestamp) -> Result<(Connection, Option<PathBuf>), LedgerError> {
    make_folder(folder)?;
    let path = folder.join(FILE);
    match connect(&path) {
        Err(LedgerError::Damaged { .. }) => {
            let (fresh, aside) = begin_anew(folder, now)?;
            Ok((fresh, Some(aside)))
        }
        other => Ok((other?, None)),
    }
}

/// Puts the file aside and opens an empty one. The second part is where the old one went.
pub(super) fn begin_anew(folder: &Path, now: Timestamp) -> Result<(Connection, PathBuf), LedgerError> {
    let path = folder.join(FILE);
    let aside = put_aside(&path, now)?;
    match connect(&path) {
        Ok(fresh) => Ok((fresh, aside)),
        Err(LedgerError::Damaged { .. }) => Err(LedgerError::Damaged { put_aside: Some(aside) }),
        Err(other) => Err(other),
    }
}

fn connect(path: &Path) -> Result<Connection, LedgerError> {
    make_file(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    database::write_ahead(&connection)?;
    // Findings are made again from the inventory; what a power cut takes is the last moment.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", database::CACHE)?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    schema::migrate(&mut connection)?;
    // What people chose cannot be made again. The findings, a thousand times as large, can: their damage is met in use.
    let health: String = connection.query_row("PRAGMA quick_check(ignored)", [], |row| row.get(0))?;
    if health != "ok" {
        return Err(LedgerError::Damaged { put_aside: None });
    }
    Ok(connection)
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

fn put_aside(path: &Path, now: Timestamp) -> Result<PathBuf, LedgerError> {
    let stamp = now.strftime("%Y%m%dT%H%M%S");
    let mut target = path.with_file_name(format!("findings.damaged-{stamp}.db"));
    for n in 2.. {
        if !target.exists() {
            break;
        }
        target = path.with_file_name(format!("findings.damaged-{stamp}-{n}.db"));
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
