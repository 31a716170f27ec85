//! Replication lag: what one replica of the directory shows of an object that was just created or changed.
//!
//! Entra answers from replicas that learn of a write at different times; Microsoft gives no bound. Here each object has,
//! per replica, its own delay below the configured maximum, so consecutive reads may disagree, as they do in life.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::faults::Lag;
use crate::random::Random;
use crate::store::Row;

/// How many replicas answer in turn.
pub(crate) const REPLICAS: u64 = 3;

/// The directory as one replica shows it at one moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    pub(crate) now: Timestamp,
    pub(crate) lag: Lag,
    pub(crate) replica: u64,
}

impl View {
    /// The object as this replica shows it; `None` while it has not heard of it, or once it is deleted.
    pub(crate) fn seen<'row>(&self, row: &'row Row) -> Option<&'row Map<String, Value>> {
        if row.deleted.is_some() {
            return None;
        }
        let id = row.text("id");
        if self.within(id, row.created, self.lag.objects_ms) {
            return None;
        }
        match &row.before {
            Some(before) if self.within(id, row.changed, self.lag.changes_ms) => Some(before),
            _ => Some(&row.body),
        }
    }

    /// Whether a write that refers to this object is accepted: Entra checks references against a replica too.
    pub(crate) fn knows(&self, row: &Row) -> bool {
        self.seen(row).is_some()
    }

    /// Whether a grant made at `created` is in tokens issued by this replica now.
    pub(crate) fn grant_in_tokens(&self, id: &str, created: Timestamp) -> bool {
        !self.within(id, created, self.lag.grants_ms)
    }

    /// Whether the token endpoint has heard of a secret made at `created`.
    pub(crate) fn secret_known(&self, key_id: &str, created: Timestamp) -> bool {
        !self.within(key_id, created, self.lag.secrets_ms)
    }

    /// Whether this replica has heard of a change of an object at `at`.
    pub(crate) fn change_known(&self, id: &str, at: Timestamp) -> bool {
        !self.within(id, at, self.lag.changes_ms)
    }

    /// Whether the logs tell of a sign-in at `at` yet.
    pub(crate) fn sign_in_known(&self, at: Timestamp) -> bool {
        let behind = i64::try_from(self.lag.sign_ins_ms).unwrap_or(i64::MAX);
        behind == 0 || self.now.duration_since(at) >= SignedDuration::from_millis(behind)
    }

    /// Whether this replica has not heard of what happened at `since` yet. Without lag it hears at once, even if the clock
    /// was moved back in between.
    fn within(&self, id: &str, since: Timestamp, maximum_ms: u64) -> bool {
        maximum_ms > 0 && self.now.duration_since(since) < self.delay(id, maximum_ms)
    }

    /// Between three tenths of the maximum and all of it; always the same for one object on one replica.
    fn delay(&self, id: &str, maximum_ms: u64) -> SignedDuration {
        let share = 300 + Random::for_purpose(self.replica, id).below(701) as u64;
        SignedDuration::from_millis(i64::try_from(maximum_ms * share / 1_000).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(created: Timestamp) -> Row {
        let Value::Object(body) = json!({"id": "a1", "displayName": "new"}) else { unreachable!() };
        let mut before = body.clone();
        before.insert("displayName".into(), json!("old"));
        Row {
            body,
            created,
            changed: created + SignedDuration::from_secs(100),
            before: Some(before),
            deleted: None,
        }
    }

    #[test]
    fn a_new_object_appears_after_its_delay_and_a_change_later() {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let lag = Lag { objects_ms: 10_000, changes_ms: 10_000, ..Lag::default() };
        let row = row(start);
        let at = |seconds| View { now: start + SignedDuration::from_secs(seconds), lag, replica: 1 };
        assert!(at(1).seen(&row).is_none());
        assert_eq!(at(101).seen(&row).unwrap()["displayName"], "old");
        assert_eq!(at(111).seen(&row).unwrap()["displayName"], "new");
    }

    #[test]
    fn replicas_disagree_for_a_while() {
        let lag = Lag { objects_ms: 1_000_000, ..Lag::default() };
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let delays: std::collections::BTreeSet<_> =
            (0..REPLICAS).map(|replica| View { now, lag, replica }.delay("a1", 1_000_000)).collect();
        assert_eq!(delays.len(), 3);
    }

    #[test]
    fn without_lag_everything_is_there_at_once() {
        let now: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let view = View { now, lag: Lag::default(), replica: 0 };
        assert_eq!(view.seen(&row(now)).unwrap()["displayName"], "new");
    }
}
