//! What was read of each organisation, opened when it is first asked for.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;

use contract::{AppError, ErrorCode, SyncState, When};
use tokio::sync::watch::Receiver;
use watch::inventory::{Store, StoreError};

use crate::errors::{Answer, Explain};
use crate::space::OpenSpace;
use crate::{App, held};

/// The inventories of a space.
#[derive(Default)]
pub(crate) struct Kept {
    stores: Mutex<HashMap<String, Store>>,
    /// How a reading that is under way, or was the last, stands; by organisation.
    pub(super) readings: Mutex<HashMap<String, Receiver<SyncState>>>,
    /// Findings, by organisation.
    pub(crate) ledgers: Mutex<HashMap<String, watch::findings::Ledger>>,
    /// What was reminded of, in the whole space.
    pub(crate) reminders: Mutex<Option<watch::reminders::Ledger>>,
}

impl App {
    /// The inventory of an organisation; a damaged file is put aside and a fresh one begun.
    pub(crate) async fn inventory(&self, space: &OpenSpace, organisation: &str) -> Answer<Store> {
        if let Some(store) = held(&space.inventories.stores).get(organisation) {
            return Ok(store.clone());
        }
        let (folder, name, now) = (space.folder.clone(), organisation.to_owned(), self.now());
        let opened = off_thread(move || Store::open(&folder, &name, now)).await?;
        Ok(held(&space.inventories.stores).entry(organisation.to_owned()).or_insert(opened).clone())
    }

    /// Reads the list of apps of the organisation in use from the disk before somebody asks, so that it opens at once. What
    /// goes wrong is told when it is opened.
    pub async fn have_apps_ready(&self) {
        let Ok(space) = self.space() else { return };
        let Ok(account) = self.active(&space) else { return };
        let Ok(store) = self.inventory(&space, account.key.tenant_id.as_str()).await else { return };
        let _ = off_thread(move || store.have_ready()).await;
    }

    /// How fresh an inventory is.
    pub(super) async fn freshness(&self, space: &OpenSpace, store: &Store) -> Answer<SyncState> {
        let reading = held(&space.inventories.readings).get(store.organisation()).cloned();
        if let Some(state) = reading.map(|reading| reading.borrow().clone()) {
            match state {
                // A reading that ended well is told by the store, which another Gatehouse may have renewed since.
                SyncState::Fresh { .. } | SyncState::Never => {}
                other => return Ok(other),
            }
        }
        let kept = store.clone();
        let read_at = off_thread(move || kept.read_at()).await?;
        Ok(read_at.map_or(SyncState::Never, |at| SyncState::Fresh { at: When(at) }))
    }
}

/// Work that waits for the disk, on a thread that may.
pub(crate) async fn off_thread<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Answer<T>
where
    T: Send + 'static,
    E: Explain + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| error.explain()),
        Err(_) => Err(AppError::new(ErrorCode::Internal)),
    }
}

impl Explain for StoreError {
    fn explain(&self) -> AppError {
        let file = |file: &PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match self {
            Self::DiskFull => AppError::new(ErrorCode::DiskFull),
            Self::ReadOnly => AppError::new(ErrorCode::DiskReadOnly),
            Self::Newer => AppError::new(ErrorCode::DataNewer),
            Self::Damaged { put_aside } => AppError::new(ErrorCode::DataDamaged).because(match put_aside {
                Some(aside) => format!(
                    "The list of apps was damaged. It was put aside as {}, and is read from Microsoft again.",
                    file(aside)
                ),
                None => "The list of apps is damaged and could not be put aside.".to_owned(),
            }),
            Self::Busy => AppError::new(ErrorCode::RunElsewhere)
                .because("Another Gatehouse is writing the list of apps and does not finish."),
            Self::Other { .. } => AppError::new(ErrorCode::Internal),
        }
    }
}
