//! Pointers to enterprise applications: who can be given a role.

use serde_json::json;

use super::super::invocation::{Invocation, Outcome};
use super::super::organisation::{live, retire, revise};
use super::super::refusal::CmdletError;
use super::{find, list, new_row, shown};
use crate::store::{Row, Tables};

/// What identifies a pointer.
pub(crate) const KEYS: [&str; 4] = ["ObjectId", "AppId", "DisplayName", "Identity"];

/// `Get-ServicePrincipal`.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    list(invocation, &tables.exchange.service_principals, &KEYS)
}

/// `New-ServicePrincipal`. Exchange takes any object id: with the registration's id instead of the enterprise
/// application's, the pointer leads nowhere.
pub(crate) fn new(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let app_id = guid(invocation, "AppId")?;
    // The older name of the same parameter.
    let object_id = guid(invocation, if invocation.given("ObjectId") { "ObjectId" } else { "ServiceId" })?;
    let pointers = &tables.exchange.service_principals;
    let taken = live(pointers).any(|(key, row)| *key == object_id || row.text("AppId") == app_id);
    if taken {
        return Err(CmdletError::AlreadyExists(app_id));
    }
    let name = invocation.text("DisplayName")?;
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    let row = new_row(invocation, pointer(&app_id, &object_id, &name));
    let result = shown(&row.body);
    tables.exchange.service_principals.insert(object_id, row);
    Ok(vec![result])
}

/// A pointer as it is shown.
fn pointer(app_id: &str, object_id: &str, name: &str) -> serde_json::Value {
    json!({
        "DisplayName": name, "ObjectId": object_id, "AppId": app_id, "ServiceId": object_id, "Identity": object_id,
        "Id": object_id, "Name": object_id, "Guid": object_id, "ServicePrincipalType": "Application",
    })
}

/// The pointer that Graph makes when it assigns a role; it goes with its last assignment.
pub(crate) fn implied(now: jiff::Timestamp, enterprise: &Row) -> Row {
    let mut body = pointer(enterprise.text("appId"), enterprise.text("id"), enterprise.text("displayName"));
    body["_implied"] = true.into();
    body["IsValid"] = true.into();
    for name in ["WhenCreatedUTC", "WhenChangedUTC"] {
        body[name] = crate::seed::moment(now).into();
    }
    let body = body.as_object().cloned().unwrap_or_default();
    Row { body, created: now, changed: now, before: None, deleted: None }
}

fn guid(invocation: &Invocation<'_>, name: &'static str) -> Result<String, CmdletError> {
    let value = invocation.text(name)?;
    if value.is_empty() {
        return Err(CmdletError::MissingParameter("ObjectId"));
    }
    match uuid::Uuid::try_parse(value.trim()) {
        Ok(guid) => Ok(guid.to_string()),
        Err(_) => Err(CmdletError::WrongType { parameter: name.to_owned(), value, wanted: "System.Guid" }),
    }
}

/// `Set-ServicePrincipal`.
pub(crate) fn set(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key =
        find(&tables.exchange.service_principals, &identity, &KEYS).ok_or(CmdletError::NotFound(identity))?;
    let name = invocation.text("DisplayName")?;
    if let Some(row) = tables.exchange.service_principals.get_mut(&key) {
        revise(row, invocation.now(), |body| {
            body.insert("DisplayName".into(), name.into());
        });
    }
    Ok(vec![])
}

/// `Remove-ServicePrincipal`; not while it holds a role.
pub(crate) fn remove(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key = find(&tables.exchange.service_principals, &identity, &KEYS)
        .ok_or_else(|| CmdletError::NotFound(identity.clone()))?;
    if live(&tables.exchange.role_assignments).any(|(_, row)| row.text("App") == key) {
        return Err(CmdletError::PrincipalInUse(identity));
    }
    if !invocation.is_rehearsal() {
        retire(&mut tables.exchange.service_principals, &key, invocation.now(), invocation.delay_ms());
    }
    Ok(vec![])
}
