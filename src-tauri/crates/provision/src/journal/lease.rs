//! One worker per organisation at a time, across windows and processes.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::JournalError;

/// Who works on an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaseHolder {
    /// Process id.
    pub process: u32,
    /// What it does, in a few words.
    pub what: String,
    /// Since when.
    pub since: Timestamp,
}

/// The right to change one organisation, until dropped.
///
/// The operating system's file lock decides: it ends with the process however that ends, so a crash leaves nothing
/// behind. The row beside it says who holds it, and decides alone where a file system has no locks.
#[derive(Debug)]
pub struct Lease {
    // Held for its lock.
    _file: Option<File>,
}

/// Where there are no locks, a row that was not renewed for this long is taken for left behind.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_mins(15);

impl Lease {
    pub(super) fn take(
        db: &Connection,
        folder: &Path,
        tenant: &str,
        what: &str,
        now: Timestamp,
    ) -> Result<Self, JournalError> {
        let file = lock_file(folder, tenant)?;
        let file = match file.try_lock() {
            Ok(()) => Some(file),
            Err(TryLockError::WouldBlock) => return Err(JournalError::Busy { holder: holder(db, tenant)? }),
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                refuse_if_seen(db, tenant, now)?;
                None
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        };
        db.execute(
            "INSERT INTO lease (tenant, process, what, since, seen) VALUES (?1, ?2, ?3, ?4, ?4)
             ON CONFLICT (tenant) DO UPDATE SET process = ?2, what = ?3, since = ?4, seen = ?4",
            params![tenant, std::process::id(), what, now.to_string()],
        )?;
        Ok(Self { _file: file })
    }
}

fn lock_file(folder: &Path, tenant: &str) -> Result<File, JournalError> {
    // The tenant's text never becomes part of a path.
    let name: String =
        Sha256::digest(tenant.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(folder.join(format!("{name}.lock")))?)
}

fn holder(db: &Connection, tenant: &str) -> Result<Option<LeaseHolder>, JournalError> {
    let row: Option<(u32, String, String)> = db
        .query_row("SELECT process, what, since FROM lease WHERE tenant = ?1", [tenant], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    Ok(row.and_then(|(process, what, since)| Some(LeaseHolder { process, what, since: since.parse().ok()? })))
}

fn refuse_if_seen(db: &Connection, tenant: &str, now: Timestamp) -> Result<(), JournalError> {
    let seen: Option<String> =
        db.query_row("SELECT seen FROM lease WHERE tenant = ?1", [tenant], |row| row.get(0)).optional()?;
    let fresh = seen
        .and_then(|text| text.parse::<Timestamp>().ok())
        .is_some_and(|seen| now.duration_since(seen) < FORGOTTEN_AFTER);
    if fresh { Err(JournalError::Busy { holder: holder(db, tenant)? }) } else { Ok(()) }
}
