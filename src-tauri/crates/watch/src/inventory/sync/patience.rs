//! Waiting as long as Microsoft asks, and going on there.

use std::future::Future;

use graph::GraphError;
use jiff::SignedDuration;

use super::collection::Reader;
use super::{Progress, blocking};
use crate::inventory::SyncError;

/// First and longest wait where Microsoft throttles and does not say for how long.
const SHORTEST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(10);
/// Longest that is waited at a time, whatever is asked.
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Reader<'_> {
    /// Calls, and calls again after each wait that Microsoft asks for.
    pub(super) async fn patiently<T, F>(&self, call: impl Fn() -> F) -> Result<T, GraphError>
    where
        F: Future<Output = Result<T, GraphError>>,
    {
        let mut wait = SHORTEST;
        loop {
            let until = match call().await {
                Err(GraphError::Throttled { until, .. }) => until,
                other => return other,
            };
            let now = self.graph.now();
            let asked = until.duration_since(now).clamp(wait, DAY);
            wait = (wait * 2).min(LONGEST);
            let until = now.checked_add(asked).unwrap_or(until);
            self.observer.progress(&Progress::Held { read: self.known().await, until });
            if !self.graph.rest_until(until).await {
                return Err(GraphError::Cancelled { outcome: graph::Outcome::Refused });
            }
        }
    }

    /// Apps that are known now.
    pub(super) async fn known(&self) -> u32 {
        let store = self.store.clone();
        blocking(move || store.freshness()).await.map_or(0, |fresh| fresh.apps)
    }

    /// Works with the disk.
    pub(super) async fn keep<T: Send + 'static>(
        &self,
        work: impl FnOnce(&crate::inventory::Store) -> Result<T, crate::inventory::StoreError> + Send + 'static,
    ) -> Result<T, SyncError> {
        let store = self.store.clone();
        Ok(blocking(move || work(&store)).await?)
    }
}
