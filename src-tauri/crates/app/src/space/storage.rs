//! The files of a space: documents, journal, vault. What is damaged is put aside; what cannot be written is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::{AppError, ErrorCode};
use jiff::Timestamp;
use provision::{Journal, JournalAccess};
use vault::{KeyringBackend, Vault, VaultOptions};

use super::place::Place;
use crate::documents::{Documents, DocumentsError};
use crate::errors::Explain;

/// What could be opened.
pub(super) struct Stored {
    pub(super) documents: Documents,
    pub(super) journal: Result<Journal, AppError>,
    pub(super) vault: Result<Vault, AppError>,
    pub(super) problem: Option<AppError>,
}

type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Opens all three on a thread that may block.
pub(super) async fn open(place: &Place, keyring: KeyringBackend, clock: Clock) -> Stored {
    let place = place.clone();
    let now = clock();
    let opened = tokio::task::spawn_blocking(move || open_now(&place, keyring, &clock)).await;
    opened.unwrap_or_else(|_| {
        let error =
            AppError::new(ErrorCode::Internal).because(format!("The data could not be opened at {now}."));
        Stored {
            documents: in_memory(),
            journal: Err(error.clone()),
            vault: Err(error.clone()),
            problem: Some(error),
        }
    })
}

fn open_now(place: &Place, keyring: KeyringBackend, clock: &Clock) -> Stored {
    let folder = place.folder.as_path();
    let before = private_folder(folder, &folder.join("gatehouse.db"));
    // Making and mending the files is for one Gatehouse at a time. Let go at the end of this function.
    let opening = std::fs::File::create(folder.join("opening.lock"));
    let _alone = opening.as_ref().map(std::fs::File::lock);
    let mut problem = before.err().map(|error| error.explain());
    let (documents, trouble) = open_documents(&folder.join("gatehouse.db"), clock());
    problem = problem.or(trouble);
    let journal = Journal::open(folder, clock()).map_err(|error| error.explain());
    match &journal {
        Ok(journal) if journal.put_aside().is_some() => {
            problem = problem.or_else(|| Some(put_aside(journal.put_aside(), "the record of runs")));
        }
        Ok(journal) => match journal.access() {
            JournalAccess::Full => {}
            JournalAccess::ReadOnly => problem = problem.or(Some(AppError::new(ErrorCode::DiskReadOnly))),
            JournalAccess::Newer => problem = problem.or(Some(AppError::new(ErrorCode::DataNewer))),
        },
        Err(error) => problem = problem.or(Some(error.clone())),
    }
    let vault = open_vault(place, keyring, clock);
    match &vault {
        Ok(vault) if vault.quarantined_as().is_some() => {
            problem = problem.or_else(|| Some(put_aside(vault.quarantined_as(), "sealed secrets")));
        }
        Ok(_) => {}
        Err(error) => problem = problem.or(Some(error.clone())),
    }
    Stored { documents, journal, vault, problem }
}

fn open_vault(place: &Place, keyring: KeyringBackend, clock: &Clock) -> Result<Vault, AppError> {
    let space = vault::Space::new(place.vault).map_err(|error| error.explain())?;
    let options = VaultOptions::new(&place.folder, space, Arc::clone(clock)).with_keyring(keyring);
    Vault::open(options).map_err(|error| error.explain())
}

/// What was damaged, and where it lies now.
fn put_aside(file: Option<&Path>, what: &str) -> AppError {
    let name = file.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    AppError::new(ErrorCode::DataDamaged).because(format!(
        "The file with {what} was damaged. It was put aside as {name}, and a fresh one begun."
    ))
}

/// Documents that are damaged are put aside and begun anew; those that cannot be written are read.
fn open_documents(file: &Path, now: Timestamp) -> (Documents, Option<AppError>) {
    let error = match Documents::open(file) {
        Ok(documents) => return (documents, None),
        Err(error) => error.explain(),
    };
    if error.code == ErrorCode::DataDamaged {
        for suffix in ["", "-wal", "-shm"] {
            let from = PathBuf::from(format!("{}{suffix}", file.display()));
            let to = PathBuf::from(format!("{}.damaged-{}{suffix}", file.display(), now.as_second()));
            if from.exists() && std::fs::rename(&from, &to).is_err() {
                return (in_memory(), Some(error));
            }
        }
        if let Ok(documents) = Documents::open(file) {
            let aside = PathBuf::from(format!("{}.damaged-{}", file.display(), now.as_second()));
            return (documents, Some(put_aside(Some(&aside), "accounts, answers and set-ups")));
        }
    }
    if matches!(error.code, ErrorCode::DiskReadOnly | ErrorCode::DiskFull | ErrorCode::DataNewer)
        && let Ok(documents) = Documents::open_to_read(file)
    {
        return (documents, Some(error));
    }
    (in_memory(), Some(error))
}

fn in_memory() -> Documents {
    // SQLite in memory fails only when there is no memory left.
    match Documents::open(Path::new(":memory:")) {
        Ok(documents) => documents,
        Err(
            DocumentsError::Database(_)
            | DocumentsError::Version(_)
            | DocumentsError::Shape(_)
            | DocumentsError::Poisoned,
        ) => std::process::abort(),
    }
}

/// A folder that nobody else can look into, and in it a file that nobody else can read.
fn private_folder(folder: &Path, file: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    if file.exists() {
        return Ok(());
    }
    // SQLite gives its log and index files the rights of the database.
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
