//! How far this computer's clock is from the server's.

use ::http::HeaderMap;
use ::http::header::DATE;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};

/// Beyond this, tokens and certificates start to look expired or not yet valid, and the person should be told.
pub const WORTH_A_WARNING: SignedDuration = SignedDuration::from_mins(5);

static HTTP_DATE: DateTimeParser = DateTimeParser::new();

/// The date of an HTTP header (RFC 9110 section 5.6.7, its IMF-fixdate form; the two obsolete forms read as none).
#[must_use]
pub fn http_date(text: &str) -> Option<Timestamp> {
    HTTP_DATE.parse_timestamp(text.trim()).ok()
}

/// How far `now` is ahead of the server's clock; negative when this computer is behind. `None` without a `Date`.
///
/// Good to about a second plus the time that the answer took.
#[must_use]
pub fn of(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let server = http_date(headers.get(DATE)?.to_str().ok()?)?;
    Some(now.duration_since(server))
}

/// Whether a skew is large enough to explain failures.
#[must_use]
pub fn is_worth_a_warning(skew: SignedDuration) -> bool {
    skew.abs() > WORTH_A_WARNING
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ahead_is_positive_and_behind_is_negative() {
        let mut headers = HeaderMap::new();
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        assert_eq!(of(&headers, now), None);
        headers.insert(DATE, "Fri, 20 Nov 2026 11:50:00 GMT".parse().unwrap());
        let ahead = of(&headers, now).unwrap();
        assert_eq!(ahead, SignedDuration::from_mins(10));
        assert!(is_worth_a_warning(ahead) && is_worth_a_warning(-ahead));
        assert!(!is_worth_a_warning(SignedDuration::from_mins(5)));
        headers.insert(DATE, "yesterday".parse().unwrap());
        assert_eq!(of(&headers, now), None);
    }
}
