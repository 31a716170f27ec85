//! How one call may behave: how long, who is told about waits, how it is stopped.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderMap;
use tokio_util::sync::CancellationToken;

use crate::{NetError, skew};

/// Why a call waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitReason {
    /// 429: too many requests.
    Throttled,
    /// 500, 502, 503, 504.
    Unavailable,
    /// The network failed.
    Network(NetError),
    /// Microsoft is still spreading an object made moments ago.
    Replication,
    /// 409: somebody else writes at the same moment.
    Conflict,
}

/// One attempt at a request, about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Counted from 1.
    pub number: u32,
    /// The `client-request-id` that is sent with it.
    pub client_request_id: &'a str,
    /// Method and path without identifiers.
    pub shape: &'a str,
}

/// Hears what a call does while it runs. Called on the task that runs the call: return at once.
pub trait Observer: Send + Sync {
    /// An attempt is about to be sent.
    fn on_attempt(&self, attempt: Attempt<'_>) {
        let _ = attempt;
    }

    /// The call waits until then, because of this.
    fn on_wait(&self, reason: &WaitReason, until: Timestamp) {
        let _ = (reason, until);
    }

    /// This computer's clock is more than five minutes away from Microsoft's: ahead of it when positive. Tokens and
    /// certificates then look expired or not yet valid.
    fn on_clock_skew(&self, skew: SignedDuration) {
        let _ = skew;
    }
}

/// Who waits for the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Priority {
    /// A person: sent with `x-ms-throttle-priority: high`, so that the service throttles it last.
    #[default]
    Person,
    /// Nobody: work in the background.
    Background,
}

/// How one call, or a series of them, may behave.
#[derive(Clone, Default)]
pub struct Call {
    /// Past this instant no further attempt is begun; the first one always is, and a write under way is never cut short by
    /// it. Without it: half a minute from the start of the call.
    pub deadline: Option<Timestamp>,
    /// Stops the call at once, in a wait or in the middle of an answer.
    pub cancel: CancellationToken,
    /// Hears about attempts and waits.
    pub observer: Option<Arc<dyn Observer>>,
    /// Who waits.
    pub priority: Priority,
    /// When the object that the call is about was made. For ten minutes after it, the errors by which the service says "not
    /// everywhere yet" are waited out (or, for a call that must not be repeated, given as
    /// an error of their own). Leave it out when removing: there "not
    /// found" is what is wanted.
    pub fresh_since: Option<Timestamp>,
    /// Sent as `client-request-id` of the first attempt, so that a journal can hold it before it is sent. Else a random one.
    pub client_request_id: Option<String>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("deadline", &self.deadline)
            .field("cancelled", &self.cancel.is_cancelled())
            .field("priority", &self.priority)
            .field("fresh_since", &self.fresh_since)
            .finish_non_exhaustive()
    }
}

impl Call {
    /// Tells the observer that an attempt is about to be sent.
    pub fn observe_attempt(&self, attempt: Attempt<'_>) {
        if let Some(observer) = &self.observer {
            observer.on_attempt(attempt);
        }
    }

    /// Tells the observer when the service's clock, by its `Date`, is far from `now`.
    pub fn observe_clock(&self, headers: &HeaderMap, now: Timestamp) {
        if let (Some(observer), Some(skew)) = (&self.observer, skew::of(headers, now))
            && skew::is_worth_a_warning(skew)
        {
            observer.on_clock_skew(skew);
        }
    }

    /// Tells the observer that the call waits until then.
    pub fn observe_wait(&self, reason: &WaitReason, until: Timestamp) {
        if let Some(observer) = &self.observer {
            observer.on_wait(reason, until);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_can_be_shown() {
        let call = Call { fresh_since: Some(Timestamp::UNIX_EPOCH), ..Call::default() };
        call.cancel.cancel();
        let shown = format!("{call:?}");
        assert!(shown.contains("cancelled: true") && shown.contains("1970-01-01"), "{shown}");
        assert_eq!(call.priority, Priority::Person, "somebody waits, unless it is said otherwise");
    }
}
