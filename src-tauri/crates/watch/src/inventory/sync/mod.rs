//! Reads what is new in the organisation.
//!
//! The first time each collection is read page by page, 999 objects to a page, and every page is in the file before the
//! next but one is asked for. The link to what changes meanwhile is asked for before the first page, so nothing falls in
//! between; afterwards that link is all that is asked. Where a reading stands is in the file too: it goes on after a
//! restart, and what was known before stays to be seen until it is through.

mod collection;
mod details;
mod kinds;
mod patience;

use graph::{Call, GraphClient};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use self::collection::Reader;
use self::kinds::{EnterpriseApps, Registrations};
use super::store::Store;
use super::{StoreError, SyncError};

/// What a scan does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It reads apps; what is shown grows.
    Reading {
        /// Apps that are known now.
        read: u32,
    },
    /// Microsoft asked to wait; it goes on by itself.
    Held {
        /// Apps that are known now.
        read: u32,
        /// Until then.
        until: Timestamp,
    },
    /// All apps are read, and now what is granted to them and when they were used.
    Details {
        /// Apps that are known now.
        read: u32,
    },
}

/// Hears how a scan gets on. Called on the task that runs it: return at once.
pub trait SyncObserver: Send + Sync {
    /// Something moved.
    fn progress(&self, progress: &Progress);
}

/// For scans that nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unobserved;

impl SyncObserver for Unobserved {
    fn progress(&self, _: &Progress) {}
}

/// What a scan did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Synced {
    /// Apps that are known now.
    pub apps: u32,
    /// Everything was read, not only what changed.
    pub whole: bool,
    /// Objects that were read.
    pub read: u32,
    /// Details were looked up again: grants, sign-ins, and in small organisations owners and federated credentials. They
    /// are when they are more than six hours old.
    pub details: bool,
}

/// Reads what is new: everything the first time, afterwards what changed, with one request for registrations and one for
/// enterprise apps when nothing did. Waits as long as Microsoft asks. Time is the client's.
///
/// # Errors
/// [`SyncError`]. What was read until then is kept, and the next call goes on there.
pub async fn sync(
    graph: &GraphClient,
    store: &Store,
    observer: &dyn SyncObserver,
    cancel: &CancellationToken,
) -> Result<Synced, SyncError> {
    // A deadline for all of it would end a long scan; each request has its own half minute.
    let call = Call { cancel: cancel.clone(), deadline: None, ..graph.call().clone() };
    let graph = graph.with_call(call);
    let reader = Reader { graph: &graph, store, observer };
    let registrations = reader.bring_up_to_date::<Registrations>().await?;
    let enterprise_apps = reader.bring_up_to_date::<EnterpriseApps>().await?;
    let details = reader.details().await?;
    let kept = store.clone();
    let apps = blocking(move || kept.freshness()).await?.apps;
    Ok(Synced {
        apps,
        whole: registrations.whole || enterprise_apps.whole,
        read: registrations.read + enterprise_apps.read,
        details,
    })
}

/// Works with the disk on a thread that may block.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(StoreError::Other { code: 0 }))
}
