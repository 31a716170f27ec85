//! Graph's identity throttling: a bucket of resource units per application and tenant.
//!
//! Source: "Microsoft Graph service-specific throttling limits", Identity and access: 8,000 units per 10 s for a large
//! tenant, 3,000 writes per 2.5 min, 60 writes per minute for an application that admits personal accounts.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use http::Method;
use jiff::Timestamp;

/// Units per window of the read bucket.
const UNITS: f64 = 8_000.0;
/// Its window in seconds.
const WINDOW: f64 = 10.0;
/// Writes per window.
const WRITES: f64 = 3_000.0;
/// Its window in seconds.
const WRITE_WINDOW: f64 = 150.0;
/// Writes per minute for an application that admits personal accounts.
const PERSONAL_WRITES: f64 = 60.0;

/// The buckets of all calling applications.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    buckets: Mutex<HashMap<String, Buckets>>,
}

#[derive(Debug)]
struct Buckets {
    units: Bucket,
    writes: Bucket,
    personal: Bucket,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    capacity: f64,
    window: f64,
    used: f64,
    at: Timestamp,
}

/// What the answer says about the bucket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    /// Resource units that this request costs.
    pub(crate) cost: u32,
    /// Share of the limit in use; Graph reports it from 0.8.
    pub(crate) share: f64,
    /// Seconds to wait; set when the request is refused.
    pub(crate) retry_after: Option<u64>,
}

impl Throttle {
    /// Counts one request.
    pub(crate) fn count(
        &self,
        app_id: &str,
        now: Timestamp,
        method: &Method,
        cost: u32,
        personal: bool,
    ) -> Verdict {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let buckets = buckets.entry(app_id.to_owned()).or_insert_with(|| Buckets {
            units: Bucket::new(UNITS, WINDOW, now),
            writes: Bucket::new(WRITES, WRITE_WINDOW, now),
            personal: Bucket::new(PERSONAL_WRITES, 60.0, now),
        });
        let writes = !matches!(*method, Method::GET | Method::HEAD);
        let mut wait = buckets.units.take(now, f64::from(cost));
        if writes {
            wait = wait.max(buckets.writes.take(now, 1.0));
        }
        if writes && personal {
            wait = wait.max(buckets.personal.take(now, 1.0));
        }
        Verdict { cost, share: buckets.units.used / UNITS, retry_after: wait }
    }
}

impl Bucket {
    const fn new(capacity: f64, window: f64, at: Timestamp) -> Self {
        Self { capacity, window, used: 0.0, at }
    }

    /// Takes `amount`; answers how many seconds to wait when there is not enough.
    fn take(&mut self, now: Timestamp, amount: f64) -> Option<u64> {
        let rate = self.capacity / self.window;
        let elapsed = now.duration_since(self.at).as_secs_f64().max(0.0);
        self.used = (self.used - elapsed * rate).max(0.0);
        self.at = now;
        if self.used + amount <= self.capacity {
            self.used += amount;
            return None;
        }
        let seconds = ((self.used + amount - self.capacity) / rate).ceil().clamp(1.0, 300.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=300")]
        let seconds = seconds as u64;
        Some(seconds)
    }
}

/// What a request costs, from the published table: `$select` saves one unit, `$top` below 20 another, `$expand` adds one.
pub(crate) fn cost(method: &Method, path: &str, query: Option<&str>) -> u32 {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return 1;
    }
    let path = path.to_ascii_lowercase();
    let base: i32 = match () {
        () if path.contains("/members")
            || path.contains("memberof")
            || path.starts_with("/subscribedskus") =>
        {
            3
        }
        () if path.starts_with("/applications")
            || path.starts_with("/users")
            || path.starts_with("/serviceprincipals")
            || path.starts_with("/oauth2permissiongrants") =>
        {
            2
        }
        () => 1,
    };
    let query = query.unwrap_or_default().replace("%24", "$");
    let small_page = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("$top="))
        .and_then(|top| top.parse::<u32>().ok())
        .is_some_and(|top| top < 20);
    let adjusted = base - i32::from(query.contains("$select=")) + i32::from(query.contains("$expand="))
        - i32::from(small_page);
    u32::try_from(adjusted.max(1)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn costs_follow_the_table() {
        assert_eq!(cost(&Method::GET, "/applications", None), 2);
        assert_eq!(cost(&Method::GET, "/applications", Some("$select=id")), 1);
        assert_eq!(cost(&Method::GET, "/applications", Some("%24top=5&%24select=id")), 1);
        assert_eq!(cost(&Method::GET, "/groups/1/members", None), 3);
        assert_eq!(cost(&Method::GET, "/users", Some("$expand=manager")), 3);
        assert_eq!(cost(&Method::POST, "/applications", None), 1);
    }

    #[test]
    fn the_bucket_refuses_when_empty_and_fills_again() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        for _ in 0..4_000 {
            assert_eq!(throttle.count("a", now, &Method::GET, 2, false).retry_after, None);
        }
        let refused = throttle.count("a", now, &Method::GET, 2, false);
        assert_eq!(refused.retry_after, Some(1));
        assert!(refused.share > 0.99);
        assert_eq!(
            throttle.count("b", now, &Method::GET, 2, false).retry_after,
            None,
            "each application has its own"
        );
        let later = now + SignedDuration::from_secs(1);
        assert_eq!(throttle.count("a", later, &Method::GET, 2, false).retry_after, None);
    }

    #[test]
    fn personal_accounts_mean_sixty_writes_a_minute() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let refused =
            (0..61).filter(|_| throttle.count("a", now, &Method::POST, 1, true).retry_after.is_some());
        assert_eq!(refused.count(), 1);
    }
}
