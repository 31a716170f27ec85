//! Waiting that is seen and can be stopped.

use std::sync::Arc;
use std::time::Duration;

use graph::{Attempt, WaitReason};
use jiff::{SignedDuration, Timestamp};

use super::events::{Hold, Observer, Progress};
use super::run::Running;
use super::stop::Stop;

/// Tells the run's observer about the waits of Graph's client.
pub(super) struct Waits {
    observer: Arc<dyn Observer>,
    steps: Vec<String>,
}

impl Waits {
    pub(super) fn new(observer: Arc<dyn Observer>, steps: Vec<String>) -> Arc<Self> {
        Arc::new(Self { observer, steps })
    }
}

impl graph::Observer for Waits {
    fn on_attempt(&self, attempt: Attempt<'_>) {
        if attempt.number > 1 {
            for step in &self.steps {
                self.observer.on(Progress::GoesOn { step });
            }
        }
    }

    fn on_wait(&self, reason: &WaitReason, until: Timestamp) {
        for step in &self.steps {
            self.observer.on(Progress::Held { step, why: reason.into(), until });
        }
    }
}

/// First wait of a series and its longest.
const BASE: Duration = Duration::from_millis(500);
const CAP: Duration = Duration::from_secs(8);
/// A rest is cut into these, so that a computer that slept notices.
const SLICE: Duration = Duration::from_secs(1);

impl Running {
    /// Full jitter: `rand(0, min(8 s, 0.5 s * 2^n))`, never quite nothing.
    pub(crate) fn backoff(&self, attempt: u32) -> Duration {
        let ceiling = BASE.saturating_mul(2u32.saturating_pow(attempt.min(10))).min(CAP);
        ceiling.mul_f64(self.worker.session.surroundings.chance().clamp(0.05, 1.0))
    }

    /// Waits, and says why.
    pub(crate) async fn hold(&self, step: &str, why: Hold, time: Duration) -> Result<(), Stop> {
        let until = SignedDuration::try_from(time).ok().and_then(|span| self.now().checked_add(span).ok());
        let until = until.unwrap_or(Timestamp::MAX);
        self.worker.observer.on(Progress::Held { step, why, until });
        let mut left = time;
        while !left.is_zero() && self.now() < until {
            let slice = left.min(SLICE);
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                () = self.worker.session.surroundings.rest(slice) => left = left.saturating_sub(slice),
            }
        }
        if self.cancel.is_cancelled() {
            return Err(Stop::Cancelled);
        }
        self.worker.observer.on(Progress::GoesOn { step });
        Ok(())
    }
}
