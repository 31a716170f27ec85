//! The cmdlets, by what they are about.

pub(crate) mod access_policies;
pub(super) mod authorization;
pub(super) mod groups;
pub(crate) mod management_scopes;
pub(super) mod organization;
pub(super) mod recipients;
pub(crate) mod role_assignments;
pub(crate) mod service_principals;

use serde_json::{Map, Value};

use super::invocation::{Invocation, Outcome};
use super::organisation::live;
use super::refusal::CmdletError;
use crate::seed::{moment, object};
use crate::store::{Row, Table, Tables};

/// A new object of Exchange's own.
fn new_row(invocation: &Invocation<'_>, body: Value) -> Row {
    let now = invocation.now();
    let mut body = object(body);
    for name in ["WhenCreatedUTC", "WhenChangedUTC"] {
        body.insert(name.into(), moment(now).into());
    }
    body.insert("IsValid".into(), true.into());
    Row { body, created: now, changed: now, before: None, deleted: None }
}

/// What a cmdlet shows of an object: everything but what is private.
pub(super) fn shown(body: &Map<String, Value>) -> Value {
    body.iter()
        .filter(|(name, _)| !name.starts_with('_'))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Refuses scopes and assignments while the organisation still shares Microsoft's own settings with others.
///
/// # Errors
/// [`CmdletError::Dehydrated`] until `Enable-OrganizationCustomization` was run.
fn require_customization(tables: &Tables) -> Result<(), CmdletError> {
    if organization::is_dehydrated(tables) { Err(CmdletError::Dehydrated) } else { Ok(()) }
}

/// The key of an object by any of these properties.
fn find(table: &Table, identity: &str, properties: &[&str]) -> Option<String> {
    let identity = identity.trim();
    let mut rows = live(table);
    let found =
        rows.find(|(_, row)| properties.iter().any(|name| row.text(name).eq_ignore_ascii_case(identity)));
    found.map(|(key, _)| key.clone())
}

/// One object, or all.
fn list(invocation: &Invocation<'_>, table: &Table, properties: &[&str]) -> Outcome {
    let identity = invocation.text("Identity")?;
    if identity.is_empty() {
        return Ok(live(table).map(|(_, row)| shown(&row.body)).collect());
    }
    let key = find(table, &identity, properties).ok_or(CmdletError::NotFound(identity))?;
    Ok(table.get(&key).map(|row| shown(&row.body)).into_iter().collect())
}
