//! How long to wait before another try, where the service does not say: full jitter, so that clients which failed
//! together do not come back together.

use std::time::Duration;

/// First wait after throttling and outages, doubled each time.
const BASE: Duration = Duration::from_secs(1);
/// Its longest.
const CAP: Duration = Duration::from_secs(60);
/// The same for an object that is still spreading, or a second writer: seconds, not minutes.
const SHORT_BASE: Duration = Duration::from_millis(500);
const SHORT_CAP: Duration = Duration::from_secs(8);

/// The wait after the failed attempt `attempt` (counted from 1): up to a minute. `unit` is random in `0.0..1.0`.
#[must_use]
pub fn backoff(attempt: u32, unit: f64) -> Duration {
    spread(BASE, CAP, attempt, unit)
}

/// The same for what passes in seconds: up to eight of them.
#[must_use]
pub fn short_backoff(attempt: u32, unit: f64) -> Duration {
    spread(SHORT_BASE, SHORT_CAP, attempt, unit)
}

fn spread(base: Duration, cap: Duration, attempt: u32, unit: f64) -> Duration {
    let ceiling = 2u32
        .checked_pow(attempt.saturating_sub(1))
        .and_then(|n| base.checked_mul(n))
        .map_or(cap, |wait| wait.min(cap));
    ceiling.mul_f64(unit.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ceiling_doubles_up_to_its_cap() {
        let seconds: Vec<u64> = (1..=9).map(|n| backoff(n, 1.0).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(backoff(u32::MAX, 1.0), CAP);
        assert_eq!(short_backoff(30, 1.0), SHORT_CAP);
        assert_eq!(backoff(5, 0.0), Duration::ZERO);
        assert_eq!(backoff(5, 7.0), Duration::from_secs(16), "chance out of range is brought back");
    }
}
