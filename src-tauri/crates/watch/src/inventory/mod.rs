//! Reads the organisation's apps and keeps what was read on this machine.
//!
//! # For callers
//! ```text
//! // One store for each organisation; the file `inventory.db` of a space serves all of them. Blocks; nothing in it is secret.
//! Store::open(folder: &Path, organisation: &str, now: Timestamp) -> Result<Store, StoreError>        // Clone, Send, Sync
//! store.put_aside() -> Option<PathBuf>                       // where a damaged file went; the inventory is then read anew
//! store.freshness() -> Result<Freshness, StoreError>         // when it was read last, how many apps, whether a scan is under way
//! store.app(app_id) -> Result<Option<App>, StoreError>       // everything that is known of one app
//! store.read_at() -> Result<Option<Timestamp>, StoreError>   // the same without counting
//! store.each(|app: App| …) -> Result<(), StoreError>         // all apps, one after the other, in no order; lists are answered meanwhile
//! store.each_ending(&(from..=until), |app: App| …)           // those with a credential that ends then: quick, since the others are not read
//! store.set_health(&[(app_id, Health { worst, findings })])  // what `findings` found; rows show and sort by it
//! store.health(app_id) -> Result<Option<Health>, StoreError>
//! store.rest() / store.forget()                               // gives memory back / forgets what was read
//!
//! // Reads what is new. Async. The first time everything, page by page; then only what changed.
//! sync(graph: &GraphClient, store: &Store, observer: &dyn SyncObserver, cancel: &CancellationToken) -> Result<Synced, SyncError>
//! SyncObserver::progress(&self, progress: &Progress)         // Reading { read } | Held { read, until } | Details, often
//! look_at(graph, store, app_id: &AppId, cancel) -> Result<Option<App>, SyncError>   // one app, fresh, with owners and last use by key id
//!
//! // What a window shows: which rows from memory, what is in them from the file; milliseconds for 50,000 apps.
//! query(store: &Store, query: &Query, view: &View) -> Result<Page, StoreError>
//! timeline(store: &Store, from: Option<Date>, months: u32, query: &Query, view: &View) -> Result<Timeline, StoreError>
//! View { now, zone, ours: HashSet<String>, notes: Notes }           // client ids of set-ups made here; what people wrote
//! export_csv(store, query, only, view, &mut impl Write) / export_json(…) -> Result<u64, ExportError>   // rows written
//! ```
//! Functions that are not async block on the disk for milliseconds: call them from a thread that may.
//!
//! # What counts as "next"
//! The credential of an app that ends *next* is the first to end of those that still work; where none works any more, the
//! one that ended last. The facet `ends` looks at every credential: an app with an expired secret and a good one is in
//! both places.

mod calendar;
mod compose;
mod error;
mod export;
mod facets;
mod index;
mod kind;
mod look_at;
mod notes;
mod query;
mod store;
mod sync;
mod timeline;

pub use error::{ExportError, StoreError, SyncError};
pub use export::{COLUMNS, export_csv, export_json, original};
pub use facets::{Ends, FACETS, Facet, SetUpBy};
pub use kind::AppKind;
pub use look_at::look_at;
pub use notes::Notes;
pub use query::{MOST, NextEnd, Page, Query, Row, Sort, View, query};
pub use store::{Freshness, Health, Store};
pub use sync::{Progress, SyncObserver, Synced, Unobserved, sync};
pub use timeline::{NAMED, Timeline, TimelineDay, TimelineEnd, timeline};
