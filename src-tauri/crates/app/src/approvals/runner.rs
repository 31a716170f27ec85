//! Looks by itself for as long as the program runs and something waits. While nothing does, it sleeps without a timer.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::kept::{Asked, Watch};
use super::schedule::is_due;
use crate::App;
use crate::space::OpenSpace;

/// How often the clock is looked at while something waits. A timer alone would not do: it stands still while the computer
/// sleeps.
const GLANCE: Duration = Duration::from_secs(5);

impl App {
    /// Looks until the program ends.
    pub async fn keep_looking(&self) {
        loop {
            let waits = match self.space() {
                Ok(space) => self.look_round(&space).await,
                Err(_) => false,
            };
            if waits {
                tokio::select! {
                    () = self.0.look_again.notified() => {}
                    () = tokio::time::sleep(GLANCE) => {}
                }
            } else {
                self.0.look_again.notified().await;
            }
        }
    }

    /// Looks after all that is due; whether anything goes on waiting.
    async fn look_round(&self, space: &Arc<OpenSpace>) -> bool {
        if let Err(error) = self.settle_approvals(space).await {
            tracing::info!(code = ?error.code, "what waits for an admin could not be settled");
        }
        let now = self.now();
        for asked in self.all_asked(space).unwrap_or_default() {
            if next(&asked).is_some_and(|next| is_due(next, now))
                && let Err(error) = self.look_for_approval(space, &asked.id).await
            {
                tracing::info!(code = ?error.code, "nobody could be asked whether an admin has agreed");
            }
        }
        self.all_asked(space).unwrap_or_default().iter().any(|asked| next(asked).is_some())
    }
}

fn next(asked: &Asked) -> Option<Timestamp> {
    match asked.watch {
        Watch::Looking { next_at, .. } => Some(next_at),
        _ => None,
    }
}
