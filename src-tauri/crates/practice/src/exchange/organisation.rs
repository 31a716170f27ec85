//! What Exchange Online keeps of its own, beside the directory.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::lag::View;
use crate::store::{Row, Table};

/// Exchange's own objects. Each is kept in the shape that its cmdlet shows, with private properties (`_group`) beside it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExchangeOrganisation {
    /// Pointers to enterprise applications, by the object id that was given; nothing checks that it is the right one.
    pub service_principals: Table,
    /// Management scopes, by GUID.
    pub management_scopes: Table,
    /// Role assignments of applications, by GUID.
    pub role_assignments: Table,
    /// Application access policies, by GUID.
    pub access_policies: Table,
    /// `Set-OrganizationConfig`; with `IsDehydrated` set, scopes and role assignments are refused.
    pub settings: Map<String, Value>,
}

/// Which changes count already. Exchange caches what an application may do; its test cmdlets look past the cache.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Knowledge {
    now: Timestamp,
    delay: SignedDuration,
}

impl Knowledge {
    /// Everything as it was written.
    pub(crate) fn immediate(now: Timestamp) -> Self {
        Self { now, delay: SignedDuration::ZERO }
    }

    /// As the cache has it.
    pub(crate) fn cached(view: &View) -> Self {
        let delay = i64::try_from(view.lag.mailbox_access_ms).unwrap_or(i64::MAX);
        Self { now: view.now, delay: SignedDuration::from_millis(delay) }
    }

    /// The object as it counts now; `None` before it does, and once it does no longer.
    pub(crate) fn of<'r>(&self, row: &'r Row) -> Option<&'r Map<String, Value>> {
        if row.deleted.is_some_and(|at| self.heard(at)) || !self.heard(row.created) {
            return None;
        }
        match &row.before {
            Some(before) if !self.heard(row.changed) => Some(before),
            _ => Some(&row.body),
        }
    }

    fn heard(&self, since: Timestamp) -> bool {
        self.delay.is_zero() || self.now.duration_since(since) >= self.delay
    }
}

/// Changes an object and keeps what it was, for as long as the cache does.
pub(crate) fn revise(row: &mut Row, now: Timestamp, change: impl FnOnce(&mut Map<String, Value>)) {
    row.before = Some(row.body.clone());
    row.changed = now;
    change(&mut row.body);
    row.body.insert("WhenChangedUTC".into(), crate::seed::moment(now).into());
}

/// Takes an object away. The cache may know it for a while; then it is forgotten.
pub(crate) fn retire(table: &mut Table, id: &str, now: Timestamp, delay_ms: u64) {
    let delay = SignedDuration::from_millis(i64::try_from(delay_ms).unwrap_or(i64::MAX));
    if delay.is_zero() {
        table.shift_remove(id);
    } else if let Some(row) = table.get_mut(id) {
        row.deleted = Some(now);
    }
    table.retain(|_, row| row.deleted.is_none_or(|at| now.duration_since(at) < delay));
}

/// Those of a table that are there.
pub(crate) fn live(table: &Table) -> impl Iterator<Item = (&String, &Row)> {
    table.iter().filter(|(_, row)| row.deleted.is_none())
}
