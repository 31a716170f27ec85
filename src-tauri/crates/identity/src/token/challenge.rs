//! A service that wants fresh proof in the middle of the work (continuous access evaluation), and when to stop trying.

use jiff::{SignedDuration, Timestamp};

use crate::claims::Claims;

use super::AccessToken;

/// A 401 with claims, together with the token that it answered to.
#[derive(Debug, Clone)]
pub struct Challenge {
    pub(super) claims: Claims,
    pub(super) rejected: u64,
}

impl Challenge {
    /// `claims` were asked for in answer to a request that carried `rejected`.
    #[must_use]
    pub fn new(claims: Claims, rejected: &AccessToken) -> Self {
        Self { claims, rejected: rejected.serial }
    }
}

/// How long one try counts. Challenges that are further apart have different causes.
const MEMORY: SignedDuration = SignedDuration::from_mins(10);

/// What has been tried already.
#[derive(Debug, Default)]
pub(super) struct History {
    silent: Option<Timestamp>,
    interactive: Option<Timestamp>,
}

/// What to do with the next challenge.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    TrySilently,
    AskThePerson,
    Stop,
}

impl History {
    /// One silent try, then one by a person, then an end (`trust.md` 2.4 row 18). Counted by time and not by content:
    /// challenges carry the time of day, so no two are equal.
    pub(super) fn next(&mut self, now: Timestamp) -> Next {
        let recent = |at: Option<Timestamp>| at.is_some_and(|at| now.duration_since(at) < MEMORY);
        if recent(self.interactive) {
            Next::Stop
        } else if recent(self.silent) {
            Next::AskThePerson
        } else {
            self.silent = Some(now);
            Next::TrySilently
        }
    }

    /// A person has signed in. Counts as an answer only if a challenge was open.
    pub(super) fn answered_by_person(&mut self, now: Timestamp) {
        let open = self.silent.is_some_and(|at| now.duration_since(at) < MEMORY);
        self.interactive = open.then_some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_silently_once_by_a_person_then_stop() {
        let start = Timestamp::UNIX_EPOCH;
        let mut history = History::default();
        assert_eq!(history.next(start), Next::TrySilently);
        for _ in 0..3 {
            assert_eq!(history.next(start), Next::AskThePerson);
        }
        history.answered_by_person(start);
        assert_eq!(history.next(start), Next::Stop);
        assert_eq!(history.next(start + MEMORY), Next::TrySilently, "a new cause gets its own tries");
    }

    #[test]
    fn an_ordinary_sign_in_uses_up_nothing() {
        let start = Timestamp::UNIX_EPOCH;
        let mut history = History::default();
        history.answered_by_person(start);
        assert_eq!(history.next(start), Next::TrySilently);
    }
}
