//! Every app of the organisation, as last read, and reading it again.

use contract::{
    AppDetail, AppError, ErrorCode, InventoryExport, InventoryPage, InventoryQuery, RegistrationRef,
    SyncState, Timeline, TimelineQuery,
};

use crate::errors::Answer;
use crate::{App, Observer};

impl App {
    /// A part of the inventory, as last read.
    pub async fn inventory_rows(&self, _query: InventoryQuery) -> Answer<InventoryPage> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Reads the organisation's apps, or what changed since the last time.
    pub async fn inventory_sync(&self, _observer: Observer<SyncState>) -> Answer<SyncState> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// One app with its credentials.
    pub async fn inventory_app(&self, _app: RegistrationRef) -> Answer<AppDetail> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Saves rows of the inventory to the person's downloads; gives the path.
    pub async fn inventory_export(&self, _export: InventoryExport) -> Answer<String> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// What ends when.
    pub async fn timeline(&self, _query: TimelineQuery) -> Answer<Timeline> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }
}
