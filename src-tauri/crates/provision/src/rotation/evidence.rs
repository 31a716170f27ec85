//! What Microsoft's sign-in reports say about an old credential, and how far that can be trusted.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::UseOfOld;

/// How late a sign-in may show up in Microsoft's reports. Microsoft promises no time any more
/// (<https://learn.microsoft.com/entra/identity/monitoring-health/reference-log-latency>); its older figures were five
/// minutes for the logs of sign-ins (99 of 100) and up to two hours for the portal. What is summed up for each credential is
/// made less often, so a whole day is allowed.
pub const LOG_DELAY: SignedDuration = SignedDuration::from_hours(24);

/// How long nothing may have used a credential before it counts as idle. A product that has it signs in again whenever its
/// token ends, which is after 24 hours at the latest (and 60 to 90 minutes as a rule); one that works once a night does so
/// within a day too.
pub const QUIET: SignedDuration = SignedDuration::from_hours(24);

/// A product takes its new credential up when it renews its token or is started again: what is used within this time after
/// the hand-over says nothing.
const CHANGE_OVER: SignedDuration = SignedDuration::from_mins(90);

/// After a use that came later than that, the silence has to be longer to be believed: something out there had it.
const QUIET_AFTER_USE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What was looked up about the use of the old credentials: the last use of any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Evidence {
    /// Used then, the last time.
    Used {
        /// When.
        at: Timestamp,
    },
    /// Not used since then, which is as far back as Microsoft remembers.
    NotSeen {
        /// Since when.
        since: Timestamp,
    },
    /// Nobody here may or can look.
    Unknown,
}

/// What the evidence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Too early to tell, or not telling.
    Open,
    Idle,
    StillUsed(Timestamp),
}

/// What evidence, looked up at `looked_at`, says about the time since the hand-over.
pub(super) fn meaning(evidence: Evidence, looked_at: Timestamp, handed_over_at: Timestamp) -> Meaning {
    // Later sign-ins may not show yet.
    let reaches = plus(looked_at, -LOG_DELAY);
    let settled = plus(handed_over_at, CHANGE_OVER);
    match evidence {
        Evidence::Unknown => Meaning::Open,
        Evidence::Used { at } if at > settled => {
            if reaches >= plus(at, QUIET_AFTER_USE) {
                Meaning::Idle
            } else {
                Meaning::StillUsed(at)
            }
        }
        Evidence::Used { .. } if reaches >= plus(settled, QUIET) => Meaning::Idle,
        // What Microsoft does not remember cannot be denied.
        Evidence::NotSeen { since } if since <= settled && reaches >= plus(settled, QUIET) => Meaning::Idle,
        Evidence::Used { .. } | Evidence::NotSeen { .. } => Meaning::Open,
    }
}

pub(super) fn use_of_old(meaning: Meaning) -> UseOfOld {
    match meaning {
        Meaning::Idle => UseOfOld::Idle,
        Meaning::StillUsed(at) => UseOfOld::StillUsed { at },
        Meaning::Open => UseOfOld::Unknown,
    }
}

fn plus(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.checked_add(span).unwrap_or(if span.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hours(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3600).unwrap()
    }

    const HANDED_OVER: i64 = 0;

    fn after(evidence: Evidence, looked: i64) -> Meaning {
        meaning(evidence, hours(looked), hours(HANDED_OVER))
    }

    #[test]
    fn silence_counts_once_the_reports_must_show_a_day_of_it() {
        let before = Evidence::Used { at: hours(-3) };
        assert_eq!(after(before, 0), Meaning::Open);
        assert_eq!(
            after(before, 49),
            Meaning::Open,
            "reports may be a day late, and a day of silence is needed"
        );
        assert_eq!(after(before, 50), Meaning::Idle);
    }

    #[test]
    fn the_last_moments_of_the_change_over_say_nothing() {
        let during = Evidence::Used { at: hours(1) };
        assert_eq!(after(during, 30), Meaning::Open);
        assert_eq!(after(during, 50), Meaning::Idle);
    }

    #[test]
    fn a_later_use_is_said_at_once_and_forgiven_after_a_week() {
        let later = Evidence::Used { at: hours(5) };
        assert_eq!(after(later, 6), Meaning::StillUsed(hours(5)));
        assert_eq!(after(later, 24 * 8 + 4), Meaning::StillUsed(hours(5)));
        assert_eq!(after(later, 24 * 8 + 5), Meaning::Idle);
    }

    #[test]
    fn what_microsoft_does_not_remember_is_not_denied() {
        assert_eq!(after(Evidence::NotSeen { since: hours(-700) }, 50), Meaning::Idle);
        assert_eq!(
            after(Evidence::NotSeen { since: hours(20) }, 500),
            Meaning::Open,
            "it began to look later"
        );
        assert_eq!(after(Evidence::Unknown, 100_000), Meaning::Open);
    }

    proptest! {
        #[test]
        fn a_use_within_the_reports_delay_is_never_called_idle(used in -100_i64..1000, looked in 0_i64..2000) {
            prop_assume!(used <= looked);
            if after(Evidence::Used { at: hours(used) }, looked) == Meaning::Idle {
                prop_assert!(looked - used >= 24, "used at {used}, looked at {looked}");
                prop_assert!(looked >= 48);
            }
        }

        #[test]
        fn no_date_breaks_it(used in any::<i64>(), looked in any::<i64>(), handed in any::<i64>()) {
            let range = Timestamp::MAX.as_second();
            let at = |number: i64| Timestamp::from_second(number % range).unwrap();
            let _ = meaning(Evidence::Used { at: at(used) }, at(looked), at(handed));
            let _ = meaning(Evidence::NotSeen { since: at(used) }, at(looked), at(handed));
        }
    }
}
