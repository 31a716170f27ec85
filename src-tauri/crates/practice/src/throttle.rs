//! Graph's identity throttling: a bucket of resource units per application and tenant.
//!
//! Source: "Microsoft Graph service-specific throttling limits", Identity and access: 3,500 units per 10 s for a tenant of fewer
//! than 50 users, 5,000 up to 500, 8,000 beyond; 3,000 writes per 2.5 min; 60 writes per minute for an application that admits
//! personal accounts. Identity and access reports: 5 requests per 10 s. "List applications": 150 requests per minute and tenant
//! that select `keyCredentials`.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use http::Method;
use jiff::Timestamp;

/// Its window in seconds.
const WINDOW: f64 = 10.0;
/// Writes per window.
const WRITES: f64 = 3_000.0;
/// Its window in seconds.
const WRITE_WINDOW: f64 = 150.0;
/// Writes per minute for an application that admits personal accounts.
const PERSONAL_WRITES: f64 = 60.0;
/// Requests for logs and reports of sign-ins per 10 seconds.
const REPORTS: f64 = 5.0;
/// Requests per minute that select `keyCredentials`, of all applications together.
const KEYS: f64 = 150.0;

/// Units per window of the read bucket, by the number of users.
pub(crate) const fn units(users: usize) -> f64 {
    match users {
        0..50 => 3_500.0,
        50..=500 => 5_000.0,
        _ => 8_000.0,
    }
}

/// One request, as throttling looks at it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) app_id: &'a str,
    pub(crate) method: &'a Method,
    /// What follows the version.
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    /// Whether the application admits personal accounts.
    pub(crate) personal: bool,
    /// Units per window that this tenant has.
    pub(crate) units: f64,
}

/// The buckets of all calling applications.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    buckets: Mutex<HashMap<String, Buckets>>,
    keys: Mutex<Option<Bucket>>,
}

#[derive(Debug)]
struct Buckets {
    units: Bucket,
    writes: Bucket,
    personal: Bucket,
    reports: Bucket,
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
    pub(crate) fn count(&self, request: Request<'_>, now: Timestamp) -> Verdict {
        let cost = cost(request.method, request.path, request.query);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let buckets = buckets.entry(request.app_id.to_owned()).or_insert_with(|| Buckets {
            units: Bucket::new(request.units, WINDOW, now),
            writes: Bucket::new(WRITES, WRITE_WINDOW, now),
            personal: Bucket::new(PERSONAL_WRITES, 60.0, now),
            reports: Bucket::new(REPORTS, 10.0, now),
        });
        let writes = !matches!(*request.method, Method::GET | Method::HEAD);
        let mut wait = buckets.units.take(now, f64::from(cost));
        if writes {
            wait = wait.max(buckets.writes.take(now, 1.0));
        }
        if writes && request.personal {
            wait = wait.max(buckets.personal.take(now, 1.0));
        }
        if is_report(request.path) {
            wait = wait.max(buckets.reports.take(now, 1.0));
        }
        if selects_keys(request.path, request.query) {
            let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
            wait = wait.max(keys.get_or_insert_with(|| Bucket::new(KEYS, 60.0, now)).take(now, 1.0));
        }
        Verdict { cost, share: buckets.units.used / request.units, retry_after: wait }
    }
}

fn is_report(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    path.starts_with("/auditlogs/") || path.starts_with("/reports/") && path.contains("signinactivities")
}

fn selects_keys(path: &str, query: Option<&str>) -> bool {
    let path = path.to_ascii_lowercase();
    (path.starts_with("/applications") || path.starts_with("/serviceprincipals"))
        && query.is_some_and(|query| {
            query.replace("%24", "$").split('&').any(|pair| {
                pair.to_ascii_lowercase()
                    .strip_prefix("$select=")
                    .is_some_and(|all| all.contains("keycredentials"))
            })
        })
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

    fn request<'a>(app_id: &'a str, method: &'a Method, path: &'a str) -> Request<'a> {
        Request { app_id, method, path, query: None, personal: false, units: units(40) }
    }

    #[test]
    fn the_bucket_refuses_when_empty_and_fills_again() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let read = |app: &str, at| throttle.count(request(app, &Method::GET, "/applications"), at);
        for _ in 0..1_750 {
            assert_eq!(read("a", now).retry_after, None);
        }
        let refused = read("a", now);
        assert_eq!(refused.retry_after, Some(1));
        assert!(refused.share > 0.99);
        assert_eq!(read("b", now).retry_after, None, "each application has its own");
        assert_eq!(read("a", now + SignedDuration::from_secs(1)).retry_after, None);
        assert!(units(50) < units(501));
    }

    #[test]
    fn personal_accounts_mean_sixty_writes_a_minute() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let one = Request { personal: true, ..request("a", &Method::POST, "/applications") };
        let refused = (0..61).filter(|_| throttle.count(one, now).retry_after.is_some());
        assert_eq!(refused.count(), 1);
    }

    #[test]
    fn logs_and_certificates_have_limits_of_their_own() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let log = request("a", &Method::GET, "/auditLogs/signIns");
        let waits: Vec<_> = (0..6).map(|_| throttle.count(log, now).retry_after).collect();
        assert_eq!(waits, [None, None, None, None, None, Some(2)]);
        let keys = |app| Request {
            query: Some("%24select=id,keyCredentials&$top=999"),
            ..request(app, &Method::GET, "/applications")
        };
        let refused = (0..151)
            .filter(|number| {
                let app = if number % 2 == 0 { "c" } else { "d" };
                throttle.count(keys(app), now).retry_after.is_some()
            })
            .count();
        assert_eq!(refused, 1, "all applications together");
    }
}
