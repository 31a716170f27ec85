//! The state file: the whole tenant, written before a change is answered, so that it outlives the process.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::entra::Ledger;
use crate::keys::StoredKey;
use crate::mailboxes::Mailboxes;
use crate::store::Tables;
use crate::tenant::Tenant;

/// What a file holds. A file of another format is refused rather than half-read.
#[derive(Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) format: u32,
    pub(crate) tenant_id: String,
    pub(crate) clock_offset_ms: i64,
    pub(crate) key: StoredKey,
    pub(crate) tables: Tables,
    pub(crate) ledger: Ledger,
    /// Beside the tables since they are kept in writing; older files have them inside.
    #[serde(default)]
    mailboxes: Option<Mailboxes>,
}

/// The same, borrowed, for writing; the mailboxes come in writing already.
#[derive(Serialize)]
pub(crate) struct SnapshotRef<'a> {
    pub(crate) format: u32,
    pub(crate) tenant_id: &'a str,
    pub(crate) clock_offset_ms: i64,
    pub(crate) key: StoredKey,
    pub(crate) tables: &'a Tables,
    pub(crate) ledger: &'a Ledger,
}

/// The format that this version reads and writes.
pub(crate) const FORMAT: u32 = 1;

/// Why the state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It could not be read or written.
    #[error("the state file: {0}")]
    Io(#[from] io::Error),
    /// It is damaged.
    #[error("the state file is damaged: {0}")]
    Damaged(#[from] serde_json::Error),
    /// Another version wrote it.
    #[error("the state file has format {0}, this version reads {FORMAT}")]
    Format(u32),
}

/// Reads a state file; `None` when there is none yet.
pub(crate) fn load(path: &Path) -> Result<Option<Snapshot>, StateError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut snapshot: Snapshot = serde_json::from_slice(&text)?;
    if let Some(mailboxes) = snapshot.mailboxes.take() {
        snapshot.tables.mailboxes = mailboxes;
    }
    if snapshot.format == FORMAT { Ok(Some(snapshot)) } else { Err(StateError::Format(snapshot.format)) }
}

/// What the file beside the state file holds: the other directories.
#[derive(Deserialize)]
struct Others {
    format: u32,
    /// Id of the main organisation that they belong to.
    main: String,
    directories: Vec<Other>,
}

#[derive(Deserialize)]
struct Other {
    tenant_id: String,
    tables: Tables,
    mailboxes: Mailboxes,
}

/// Reads the other directories of this main organisation: id and tables. Empty when there is no such file, or it belongs to
/// an organisation that was thrown away.
pub(crate) fn load_others(path: &Path, main: &str) -> Result<Vec<(String, Tables)>, StateError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let others: Others = serde_json::from_slice(&text)?;
    if others.format != FORMAT {
        return Err(StateError::Format(others.format));
    }
    if others.main != main {
        return Ok(Vec::new());
    }
    let whole = |other: Other| {
        let mut tables = other.tables;
        tables.mailboxes = other.mailboxes;
        (other.tenant_id, tables)
    };
    Ok(others.directories.into_iter().map(whole).collect())
}

/// Replaces the file of the other directories.
pub(crate) fn save_others(path: &Path, main: &str, others: &[Arc<Tenant>]) -> Result<(), StateError> {
    let written: Result<Vec<_>, serde_json::Error> = others
        .iter()
        .map(|tenant| {
            let (tables, mailboxes) = tenant.read(|tables| {
                Ok::<_, serde_json::Error>((
                    serde_json::to_value(tables)?,
                    serde_json::to_value(&tables.mailboxes)?,
                ))
            })?;
            Ok(json!({"tenant_id": tenant.tenant_id, "tables": tables, "mailboxes": mailboxes}))
        })
        .collect();
    let text = json!({"format": FORMAT, "main": main, "directories": written?}).to_string();
    replace(path, text.as_bytes())
}

/// Replaces the state file: written aside and renamed, so that a kill leaves the old one or the new one. Not synced: a
/// killed process loses nothing by it, every change would wait for the disk, and a power cut may cost a pretend tenant.
pub(crate) fn save(path: &Path, snapshot: &SnapshotRef<'_>, mailboxes: &[u8]) -> Result<(), StateError> {
    let mut text = serde_json::to_vec(snapshot)?;
    // Into the object, as its last member.
    text.pop();
    text.extend_from_slice(br#","mailboxes":"#);
    text.extend_from_slice(mailboxes);
    text.push(b'}');
    replace(path, &text)
}

fn replace(path: &Path, text: &[u8]) -> Result<(), StateError> {
    let aside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&aside)?.write_all(text)?;
    fs::rename(&aside, path)?;
    Ok(())
}
