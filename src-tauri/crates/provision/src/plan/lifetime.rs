//! How long a secret is to live.

use blueprint::SecretSpec;
use jiff::{SignedDuration, Span, Timestamp, tz::TimeZone};

use super::desired::PlannedSecret;

/// Computers' clocks differ: a limit is kept with this much to spare.
const SPARE: SignedDuration = SignedDuration::from_hours(1);

pub(super) struct Planned {
    pub(super) secret: PlannedSecret,
    pub(super) asked_until: Timestamp,
    pub(super) limited: bool,
}

/// The wanted months by the calendar, cut to what the organisation allows.
pub(super) fn plan(secret: &SecretSpec, now: Timestamp, longest: Option<SignedDuration>) -> Planned {
    let asked_until = now
        .to_zoned(TimeZone::UTC)
        .checked_add(Span::new().months(i64::from(secret.months)))
        .map_or(now, |zoned| zoned.timestamp());
    let asked = asked_until.duration_since(now);
    let lifetime = longest.map_or(asked, |limit| asked.min(limit - SPARE));
    let expires = now.checked_add(lifetime).unwrap_or(asked_until);
    Planned {
        secret: PlannedSecret { display_name: secret.display_name.clone(), expires, lifetime },
        asked_until,
        limited: lifetime < asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(months: u8) -> SecretSpec {
        SecretSpec { display_name: "x".into(), months, max_months: 24, note: None }
    }

    #[test]
    fn months_are_calendar_months() {
        let now: Timestamp = "2026-08-31T10:00:00Z".parse().unwrap();
        let planned = plan(&spec(6), now, None);
        assert_eq!(planned.secret.expires.to_string(), "2027-02-28T10:00:00Z");
        assert!(!planned.limited);
    }

    #[test]
    fn the_organisation_s_limit_is_kept_with_an_hour_to_spare() {
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let limit = SignedDuration::from_hours(90 * 24);
        let planned = plan(&spec(12), now, Some(limit));
        assert_eq!(planned.secret.lifetime, limit - SPARE);
        assert!(planned.limited && planned.asked_until > planned.secret.expires);
        assert!(!plan(&spec(2), now, Some(limit)).limited);
    }
}
