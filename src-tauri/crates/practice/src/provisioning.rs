//! Mailboxes come with a licence, after a while, and go with it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::graph;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// Makes the mailboxes whose time has come.
pub(crate) fn settle(tenant: &Tenant) {
    let (now, delay) = (tenant.clock.now(), delay(tenant));
    let due = |licensed: &Timestamp| now.duration_since(*licensed) >= delay;
    if !tenant.read(|tables| tables.pending_mailboxes.values().any(due)) {
        return;
    }
    tenant.write(|tables| {
        let ready: Vec<String> = tables
            .pending_mailboxes
            .iter()
            .filter(|(_, licensed)| due(licensed))
            .map(|(id, _)| id.clone())
            .collect();
        for id in ready {
            tables.pending_mailboxes.shift_remove(&id);
            connect(tables, &id);
        }
    });
}

fn delay(tenant: &Tenant) -> SignedDuration {
    SignedDuration::from_millis(i64::try_from(tenant.faults.lag().mailboxes_ms).unwrap_or(i64::MAX))
}

/// A licence with a mailbox in it was assigned.
pub(crate) fn licensed(tenant: &Tenant, tables: &mut Tables, user: &str, now: Timestamp) {
    if tables.mailboxes.contains_key(user) {
        return;
    }
    if delay(tenant).is_zero() {
        connect(tables, user);
    } else {
        tables.pending_mailboxes.entry(user.to_owned()).or_insert(now);
    }
}

/// The last licence with a mailbox in it was taken away: the mailbox is kept aside, in case a licence comes back.
pub(crate) fn unlicensed(tables: &mut Tables, user: &str) {
    tables.pending_mailboxes.shift_remove(user);
    if let Some(mailbox) = tables.mailboxes.remove(user) {
        tables.disconnected_mailboxes.insert(user.to_owned(), mailbox);
    }
    if let Some(row) = tables.users.get_mut(user) {
        row.body.insert("mail".into(), Value::Null);
        row.body.insert("proxyAddresses".into(), json!([]));
    }
}

fn connect(tables: &mut Tables, user: &str) {
    let Some(row) = tables.users.get_mut(user) else { return };
    if row.deleted.is_some() {
        return;
    }
    address(row);
    let mailbox = match tables.disconnected_mailboxes.remove(user) {
        Some(mailbox) => mailbox,
        None => graph::new_mailbox(&row.body),
    };
    tables.mailboxes.insert(user.to_owned(), mailbox);
}

/// A mailbox brings an address.
fn address(row: &mut Row) {
    if !row.text("mail").is_empty() {
        return;
    }
    let address = row.text("userPrincipalName").to_owned();
    row.body.insert("proxyAddresses".into(), json!([format!("SMTP:{address}")]));
    row.body.insert("mail".into(), address.into());
}
