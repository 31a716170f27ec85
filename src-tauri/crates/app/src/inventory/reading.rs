//! Reading the organisation's apps: one reading for each organisation at a time, which everyone who asks follows. It goes on
//! when nobody looks any more.

use std::sync::Arc;

use contract::{AppError, Changed, ErrorCode, SignInPurpose, SyncState, When};
use tokio::sync::watch::{Receiver, Sender, channel};
use tokio_util::sync::CancellationToken;
use watch::inventory::{Progress, Store, SyncError, SyncObserver};

use crate::accounts::Account;
use crate::errors::{Answer, Explain};
use crate::space::OpenSpace;
use crate::{App, Observer, held};

impl App {
    /// Reads the organisation's apps, or what changed since the last time.
    pub async fn inventory_sync(&self, observer: Observer<SyncState>) -> Answer<SyncState> {
        let space = self.space()?;
        let account = self.able(&space, &[SignInPurpose::Inspect])?;
        let mut states = self.read_inventory(&space, &account).await?;
        loop {
            let state = states.borrow_and_update().clone();
            observer(state.clone());
            if is_at_rest(&state) || states.changed().await.is_err() {
                return Ok(states.borrow().clone());
            }
        }
    }

    /// Begins a reading, or joins the one that is under way.
    pub(crate) async fn read_inventory(
        &self,
        space: &Arc<OpenSpace>,
        account: &Account,
    ) -> Answer<Receiver<SyncState>> {
        let store = self.inventory(space, account.key.tenant_id.as_str()).await?;
        let session = self.session(space, account).await?;
        let mut readings = held(&space.inventories.readings);
        if let Some(under_way) = readings.get(store.organisation())
            && !is_at_rest(&under_way.borrow())
            && under_way.has_changed().is_ok()
        {
            return Ok(under_way.clone());
        }
        let (told, states) = channel(SyncState::Reading { read: 0 });
        readings.insert(store.organisation().to_owned(), states.clone());
        drop(readings);
        let (app, space, account) = (self.clone(), Arc::clone(space), account.clone());
        tokio::spawn(async move {
            let teller = Teller(told);
            // The space is left or the program ends: then so does this task, and the next reading goes on where it was.
            let read =
                watch::inventory::sync(&session.graph, &store, &teller, &CancellationToken::new()).await;
            let state = app.came_of(&space, &account, &store, read.map(drop)).await;
            teller.0.send_replace(state);
            app.changed(Changed::Inventory);
            app.changed(Changed::Reminders);
            app.changed(Changed::Status);
        });
        Ok(states)
    }

    async fn came_of(
        &self,
        space: &Arc<OpenSpace>,
        account: &Account,
        store: &Store,
        read: Result<(), SyncError>,
    ) -> SyncState {
        let kept = store.clone();
        let at = tokio::task::spawn_blocking(move || kept.freshness()).await;
        let at = at.ok().and_then(Result::ok).and_then(|freshness| freshness.read_at).map(When);
        match read {
            Ok(()) => {
                if let Err(error) = self.judge_inventory(space, account, store).await {
                    tracing::warn!(code = ?error.code, "what was read could not be judged");
                }
                SyncState::Fresh { at: at.unwrap_or(When(self.now())) }
            }
            Err(error) => SyncState::Stale { at, error: error.explain() },
        }
    }
}

fn is_at_rest(state: &SyncState) -> bool {
    !matches!(state, SyncState::Reading { .. } | SyncState::Held { .. })
}

/// Tells how far a reading is.
struct Teller(Sender<SyncState>);

impl SyncObserver for Teller {
    fn progress(&self, progress: &Progress) {
        self.0.send_replace(match progress {
            Progress::Held { read, until } => SyncState::Held {
                read: *read,
                why: "Microsoft asked to slow down. Gatehouse goes on by itself.".to_owned(),
                until: When(*until),
            },
            Progress::Reading { read } | Progress::Details { read } => SyncState::Reading { read: *read },
        });
    }
}

impl Explain for SyncError {
    fn explain(&self) -> AppError {
        match self {
            Self::Graph(error) => error.explain(),
            Self::Store(error) => error.explain(),
            Self::Cancelled => AppError::new(ErrorCode::Cancelled),
        }
    }
}
