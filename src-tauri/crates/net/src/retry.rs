//! `Retry-After`, as both token endpoints and Graph use it.

use std::time::Duration;

use ::http::HeaderMap;
use ::http::header::RETRY_AFTER;
use jiff::Timestamp;

use crate::skew::http_date;

/// How long a server asks us to wait (RFC 9110 section 10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RetryAfter(Duration);

impl RetryAfter {
    /// Longer waits are cut to this: a server's mistake must not park a run for years.
    pub const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

    /// Reads the header: seconds, or a date compared with `now`. `None` when absent or unreadable; a date in the past
    /// is no wait.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap, now: Timestamp) -> Option<Self> {
        Self::parse(headers.get(RETRY_AFTER)?.to_str().ok()?, now)
    }

    /// Reads the value alone, for members of a `$batch`, whose headers are JSON.
    #[must_use]
    pub fn parse(value: &str, now: Timestamp) -> Option<Self> {
        let value = value.trim();
        let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit are still a request to wait: as long as we ever do.
            value.parse().map_or(Self::LONGEST, Duration::from_secs)
        } else {
            Duration::try_from(http_date(value)?.duration_since(now)).unwrap_or(Duration::ZERO)
        };
        Some(Self(wait.min(Self::LONGEST)))
    }

    /// The wait.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_dates_and_nonsense() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let wait = |text: &str| RetryAfter::parse(text, now).map(RetryAfter::duration);
        assert_eq!(wait("17"), Some(Duration::from_secs(17)));
        assert_eq!(wait(" 0 "), Some(Duration::ZERO));
        assert_eq!(wait("Fri, 20 Nov 2026 12:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(wait("Fri, 20 Nov 2026 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(wait("Fri, 20 Nov 2099 11:00:00 GMT"), Some(RetryAfter::LONGEST));
        assert_eq!(wait("99999999999999999999999999"), Some(RetryAfter::LONGEST));
        for nonsense in ["", "-5", "1.5", "soon", "0x10"] {
            assert_eq!(wait(nonsense), None, "{nonsense}");
        }
    }
}
