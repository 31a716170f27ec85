//! The files of a space: documents, journal, vault. What is damaged is put aside; what cannot be written is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::{AppError, ErrorCode, Space};
use jiff::Timestamp;
use provision::{Journal, JournalAccess};
use vault::{KeyringBackend, Vault, VaultOptions};

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
pub(super) async fn open(folder: &Path, space: Space, clock: Clock) -> Stored {
    let folder = folder.to_owned();
    let now = clock();
    let opened = tokio::task::spawn_blocking(move || open_now(&folder, space, &clock)).await;
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

fn open_now(folder: &Path, space: Space, clock: &Clock) -> Stored {
    let mut problem = private_folder(folder).err().map(|error| error.explain());
    let (documents, trouble) = open_documents(&folder.join("gatehouse.db"), clock());
    problem = problem.or(trouble);
    let journal = Journal::open(folder, clock()).map_err(|error| error.explain());
    match &journal {
        Ok(journal) if journal.put_aside().is_some() => {
            problem = problem.or(Some(AppError::new(ErrorCode::DataDamaged)));
        }
        Ok(journal) => match journal.access() {
            JournalAccess::Full => {}
            JournalAccess::ReadOnly => problem = problem.or(Some(AppError::new(ErrorCode::DiskReadOnly))),
            JournalAccess::Newer => problem = problem.or(Some(AppError::new(ErrorCode::DataNewer))),
        },
        Err(error) => problem = problem.or(Some(error.clone())),
    }
    let vault = open_vault(folder, space, clock);
    match &vault {
        Ok(vault) if vault.quarantined_as().is_some() => {
            problem = problem.or(Some(AppError::new(ErrorCode::DataDamaged)));
        }
        Ok(_) => {}
        Err(error) => problem = problem.or(Some(error.clone())),
    }
    Stored { documents, journal, vault, problem }
}

fn open_vault(folder: &Path, space: Space, clock: &Clock) -> Result<Vault, AppError> {
    let name = match space {
        Space::Practice => "practice",
        Space::Real => "real",
    };
    let space = vault::Space::new(name).map_err(|error| error.explain())?;
    let options = VaultOptions::new(folder, space, Arc::clone(clock)).with_keyring(KeyringBackend::System);
    Vault::open(options).map_err(|error| error.explain())
}

/// Documents that cannot be used are put aside and begun anew; on a disk that cannot be written, nothing is kept.
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
            return (documents, Some(error));
        }
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

/// A folder that nobody else can look into.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
