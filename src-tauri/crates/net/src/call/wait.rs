//! Waiting that can be stopped, that survives the computer's sleep, and that knows when it is too late.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Clock;

/// Waits for a span of time. Replaced in tests, so that no test waits.
pub type Sleeper = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Waits by tokio's timer.
#[must_use]
pub fn tokio_sleeper() -> Sleeper {
    Arc::new(|span| Box::pin(tokio::time::sleep(span)))
}

/// Longest uninterrupted sleep. Timers stand still while a computer sleeps; looking at the clock each second notices.
const SLICE: Duration = Duration::from_secs(1);

/// Without a deadline of the caller.
const ORDINARY: SignedDuration = SignedDuration::from_secs(30);

/// The end of a call, by the clock on the wall and by the one that cannot be set: whichever comes first.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    wall: Timestamp,
    steady: Instant,
}

impl Deadline {
    /// At `wanted`, or half a minute from `now`.
    #[must_use]
    pub fn new(wanted: Option<Timestamp>, now: Timestamp) -> Self {
        let wall = wanted.unwrap_or_else(|| now.checked_add(ORDINARY).unwrap_or(Timestamp::MAX));
        let left = Duration::try_from(wall.duration_since(now)).unwrap_or_default();
        // Far enough for any call, and never an overflow.
        let left = left.min(Duration::from_secs(30 * 24 * 60 * 60));
        Self { wall, steady: Instant::now() + left }
    }

    /// The time that is left.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> Duration {
        let wall = Duration::try_from(self.wall.duration_since(now)).unwrap_or_default();
        wall.min(self.steady.saturating_duration_since(Instant::now()))
    }
}

/// Waits until `span` is over by either clock. `false` when cancelled.
pub async fn wait(span: Duration, clock: &Clock, sleeper: &Sleeper, cancel: &CancellationToken) -> bool {
    let end = SignedDuration::try_from(span)
        .ok()
        .and_then(|span| clock().checked_add(span).ok())
        .unwrap_or(Timestamp::MAX);
    let mut left = span;
    while !left.is_zero() && clock() < end {
        let slice = left.min(SLICE);
        tokio::select! {
            biased;
            () = cancel.cancelled() => return false,
            () = sleeper(slice) => left -= slice,
        }
    }
    !cancel.is_cancelled()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn paused_clock(jump: SignedDuration) -> Clock {
        let (start, begun): (Timestamp, _) = ("2026-11-20T12:00:00Z".parse().unwrap(), Instant::now());
        Arc::new(move || {
            let slept = SignedDuration::try_from(begun.elapsed()).unwrap();
            let jump = if slept > SignedDuration::from_secs(3) { jump } else { SignedDuration::ZERO };
            start + slept + jump
        })
    }

    #[tokio::test(start_paused = true)]
    async fn it_waits_exactly_as_long_as_asked() {
        let begun = Instant::now();
        assert!(
            wait(
                Duration::from_millis(17_250),
                &paused_clock(SignedDuration::ZERO),
                &tokio_sleeper(),
                &CancellationToken::new()
            )
            .await
        );
        assert_eq!(begun.elapsed(), Duration::from_millis(17_250));
    }

    #[tokio::test(start_paused = true)]
    async fn a_computer_that_slept_does_not_wait_again() {
        let begun = Instant::now();
        let clock = paused_clock(SignedDuration::from_hours(8));
        assert!(wait(Duration::from_secs(3600), &clock, &tokio_sleeper(), &CancellationToken::new()).await);
        assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_is_set_back_does_not_prolong_the_wait() {
        let begun = Instant::now();
        let clock = paused_clock(SignedDuration::from_hours(-8));
        assert!(wait(Duration::from_secs(10), &clock, &tokio_sleeper(), &CancellationToken::new()).await);
        assert_eq!(begun.elapsed(), Duration::from_secs(10));
    }

    #[tokio::test(start_paused = true)]
    async fn stopping_ends_it_at_once() {
        let cancel = CancellationToken::new();
        let slices = Arc::new(Mutex::new(0));
        let (stop, counted) = (cancel.clone(), slices.clone());
        let sleeper: Sleeper = Arc::new(move |_| {
            *counted.lock().unwrap() += 1;
            stop.cancel();
            Box::pin(std::future::pending())
        });
        assert!(!wait(Duration::from_secs(60), &paused_clock(SignedDuration::ZERO), &sleeper, &cancel).await);
        assert_eq!(*slices.lock().unwrap(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_deadline_passes_by_either_clock() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let deadline = Deadline::new(Some(now + SignedDuration::from_secs(60)), now);
        assert_eq!(deadline.left(now), Duration::from_secs(60));
        assert_eq!(deadline.left(now + SignedDuration::from_secs(61)), Duration::ZERO);
        tokio::time::advance(Duration::from_secs(61)).await;
        assert_eq!(deadline.left(now), Duration::ZERO, "the wall clock was set back");
    }
}
