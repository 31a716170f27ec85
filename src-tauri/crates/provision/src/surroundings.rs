//! What a run takes from outside besides the network: time, rest and chance. Passed in, so that a test decides them.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;

/// Time, rest and chance.
#[async_trait]
pub trait Surroundings: Send + Sync {
    /// Now, by the wall clock. Deadlines are compared with it after every rest, so a computer that slept does not wait
    /// again for what is over.
    fn now(&self) -> Timestamp;

    /// Rests for about `time`.
    async fn rest(&self, time: Duration);

    /// A number from 0 up to, not including, 1: spreads retries of many computers over time.
    fn chance(&self) -> f64;

    /// 128 random bits that nobody can guess.
    fn random_bits(&self) -> u128;
}

/// The real ones, on tokio's timer.
pub struct Real<C> {
    clock: C,
}

impl<C: Fn() -> Timestamp + Send + Sync> Real<C> {
    /// With this clock.
    pub fn new(clock: C) -> Self {
        Self { clock }
    }
}

impl<C> std::fmt::Debug for Real<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Real").finish_non_exhaustive()
    }
}

#[async_trait]
impl<C: Fn() -> Timestamp + Send + Sync> Surroundings for Real<C> {
    fn now(&self) -> Timestamp {
        (self.clock)()
    }

    async fn rest(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    fn chance(&self) -> f64 {
        rand::random()
    }

    fn random_bits(&self) -> u128 {
        rand::random()
    }
}
