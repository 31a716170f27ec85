//! When to look next whether an admin has agreed: often at first, while the person may be talking to the admin, then seldom.

use jiff::{SignedDuration, Timestamp};

/// While somebody may be at it.
const SOON: SignedDuration = SignedDuration::from_secs(20);
const SOON_FOR: SignedDuration = SignedDuration::from_mins(10);
/// For the rest of the afternoon.
const LATER: SignedDuration = SignedDuration::from_mins(5);
const LATER_FOR: SignedDuration = SignedDuration::from_hours(3);
/// From then on.
const SELDOM: SignedDuration = SignedDuration::from_mins(30);

/// The time of the next look, after one at `now`, where the wait began at `since`.
pub(super) fn next_look(since: Timestamp, now: Timestamp) -> Timestamp {
    let waited = now.duration_since(since);
    let pause = if waited < SOON_FOR {
        SOON
    } else if waited < LATER_FOR {
        LATER
    } else {
        SELDOM
    };
    now + pause
}

/// Whether it is time. A clock that was set back must not keep anybody waiting.
pub(super) fn is_due(next: Timestamp, now: Timestamp) -> bool {
    next <= now || next.duration_since(now) > SELDOM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_frequent_at_first_and_then_seldom() {
        let since = Timestamp::from_second(1_700_000_000).unwrap();
        let mut looks = Vec::new();
        let mut now = since;
        while now.duration_since(since) < SignedDuration::from_hours(24) {
            let next = next_look(since, now);
            looks.push(next.duration_since(now));
            now = next;
        }
        let count = |pause| looks.iter().filter(|one| **one == pause).count();
        assert_eq!(count(SOON), 30, "every 20 seconds for 10 minutes");
        assert_eq!(count(LATER), 34, "every 5 minutes until 3 hours");
        assert_eq!(count(SELDOM), 42, "every 30 minutes for the rest of the day");
        assert!(looks.is_sorted(), "never more often again");
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nobody_waiting() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        assert!(is_due(now, now) && is_due(now - SOON, now));
        assert!(!is_due(now + SOON, now) && !is_due(now + SELDOM, now));
        assert!(is_due(now + SignedDuration::from_hours(24 * 365), now), "set back by a year");
        // A wait that began in the future, as it seems, is looked after as a new one.
        assert_eq!(next_look(now + LATER_FOR, now), now + SOON);
    }
}
