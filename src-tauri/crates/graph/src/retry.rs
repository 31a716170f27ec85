//! The one retry policy: what is repeated, and after how long. No clock, no network, no randomness of its own.

use std::time::Duration;

use net::NetError;
use net::call::{TokenRefusal, WaitReason, backoff, short_backoff};

use crate::classify::Failure;
use crate::error::GraphError;
use net::call::Repeat;

/// A further attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Retry {
    pub(crate) after: Duration,
    pub(crate) reason: WaitReason,
    /// On a connection of its own: the one at hand leads to a server that cannot answer.
    pub(crate) reconnect: bool,
}

/// Whether and when to try again after the failed attempt `attempt` (counted from 1). `unit` is random in `0.0..1.0`.
///
/// The server's `Retry-After` wins and is kept to the letter; else full jitter, so that clients which failed together do
/// not come back together.
pub(crate) fn next(failure: &Failure, repeat: Repeat, attempt: u32, unit: f64) -> Option<Retry> {
    if repeat == Repeat::Duplicates {
        return None;
    }
    let (reason, reconnect) = match &failure.error {
        GraphError::Throttled { .. } => (WaitReason::Throttled, false),
        GraphError::Unavailable { .. } => (WaitReason::Unavailable, true),
        GraphError::Network { fault, .. } if fault.is_passing() => {
            (WaitReason::Network(fault.clone()), matches!(fault, NetError::Timeout(_)))
        }
        GraphError::NoToken(TokenRefusal::Unreachable(fault)) if fault.is_passing() => {
            (WaitReason::Network(fault.clone()), false)
        }
        GraphError::NotYetReplicated(_) => (WaitReason::Replication, false),
        GraphError::Conflict(_) => (WaitReason::Conflict, false),
        _ => return None,
    };
    let after = failure.retry_after.unwrap_or_else(|| pause(&reason, attempt, unit));
    Some(Retry { after, reason, reconnect })
}

fn pause(reason: &WaitReason, attempt: u32, unit: f64) -> Duration {
    match reason {
        WaitReason::Replication | WaitReason::Conflict => short_backoff(attempt, unit),
        _ => backoff(attempt, unit),
    }
}

#[cfg(test)]
mod tests {
    use net::Sent;
    use net::call::Outcome;
    use proptest::prelude::*;

    use super::*;
    use crate::code::GraphErrorCode;
    use crate::error::Refusal;

    fn refusal(status: u16) -> Box<Refusal> {
        let (code, ids) = (GraphErrorCode::UnknownError, net::RequestIds::default());
        Box::new(Refusal { status, code, message: String::new(), ids, request: String::new() })
    }

    fn unavailable() -> Failure {
        GraphError::Unavailable { refusal: refusal(503), outcome: Outcome::Ambiguous }.into()
    }

    fn throttled(retry_after: Option<u64>) -> Failure {
        let error = GraphError::Throttled { until: jiff::Timestamp::UNIX_EPOCH, refusal: refusal(429) };
        Failure { error, retry_after: retry_after.map(Duration::from_secs) }
    }

    #[test]
    fn what_would_happen_twice_is_never_repeated() {
        let reset = GraphError::Network { fault: NetError::Reset(Sent::No), outcome: Outcome::NotSent };
        for failure in [unavailable(), throttled(Some(1)), reset.into()] {
            assert_eq!(next(&failure, Repeat::Duplicates, 1, 0.5), None);
            assert!(next(&failure, Repeat::Safe, 1, 0.5).is_some());
            assert!(next(&failure, Repeat::Refused, 1, 0.5).is_some());
        }
    }

    #[test]
    fn the_server_s_wait_is_kept_to_the_letter() {
        let retry = next(&throttled(Some(300)), Repeat::Safe, 1, 0.0).unwrap();
        assert_eq!(
            retry,
            Retry { after: Duration::from_secs(300), reason: WaitReason::Throttled, reconnect: false }
        );
    }

    #[test]
    fn the_ceiling_doubles_up_to_a_minute() {
        let ceilings: Vec<u64> =
            (1..=9).map(|n| next(&throttled(None), Repeat::Safe, n, 1.0).unwrap().after.as_secs()).collect();
        assert_eq!(ceilings, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(
            next(&throttled(None), Repeat::Safe, u32::MAX, 1.0).unwrap().after,
            Duration::from_secs(60)
        );
        let spreading = GraphError::NotYetReplicated(refusal(404)).into();
        assert_eq!(next(&spreading, Repeat::Safe, 30, 1.0).unwrap().after, Duration::from_secs(8));
    }

    #[test]
    fn an_unavailable_server_is_asked_on_a_new_connection() {
        assert!(next(&unavailable(), Repeat::Safe, 1, 0.5).unwrap().reconnect);
    }

    #[test]
    fn what_only_a_person_can_mend_is_not_repeated() {
        for error in [
            GraphError::Network { fault: NetError::WebPage, outcome: Outcome::Refused },
            GraphError::Network { fault: NetError::ProxyAuth, outcome: Outcome::NotSent },
            GraphError::Network { fault: NetError::TlsUntrusted { issuer: None }, outcome: Outcome::NotSent },
            GraphError::NeedsInteraction { claims: None },
            GraphError::NotFound(refusal(404)),
            GraphError::AlreadyExists(refusal(400)),
            GraphError::QuotaReached(refusal(403)),
        ] {
            assert_eq!(next(&error.clone().into(), Repeat::Safe, 1, 0.5), None, "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn a_wait_of_our_own_is_between_nothing_and_a_minute(attempt in 0u32.., unit in 0.0f64..1.0) {
            let after = next(&throttled(None), Repeat::Safe, attempt, unit).unwrap().after;
            prop_assert!(after <= Duration::from_secs(60));
        }
    }
}
