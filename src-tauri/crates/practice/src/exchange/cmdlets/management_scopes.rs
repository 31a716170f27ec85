//! Management scopes: which recipients a role reaches.

use serde_json::{Value, json};

use super::super::invocation::{Invocation, Outcome};
use super::super::opath;
use super::super::organisation::{live, retire, revise};
use super::super::refusal::CmdletError;
use super::{find, list, new_row, shown};
use crate::random;
use crate::store::{Row, Tables};

/// What identifies a scope.
pub(crate) const KEYS: [&str; 3] = ["Name", "Guid", "Identity"];

/// `Get-ManagementScope`.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let mut found = list(invocation, &tables.exchange.management_scopes, &KEYS)?;
    if invocation.flag("Orphan")? == Some(true) {
        let used = |scope: &Value| {
            live(&tables.exchange.role_assignments)
                .any(|(_, row)| row.text("_scope") == scope["Guid"].as_str().unwrap_or_default())
        };
        found.retain(|scope| !used(scope));
    }
    Ok(found)
}

/// A scope as it is kept.
pub(crate) fn scope(invocation: &Invocation<'_>, id: &str, name: &str, filter: &str, exclusive: bool) -> Row {
    new_row(invocation, body(id, name, filter, exclusive))
}

/// The same without dates, for whoever has no invocation.
pub(crate) fn body(id: &str, name: &str, filter: &str, exclusive: bool) -> Value {
    json!({
        "Name": name, "Identity": name, "Guid": id, "ScopeRestrictionType": "RecipientScope", "Exclusive": exclusive,
        "RecipientRoot": "", "RecipientFilter": filter, "ServerFilter": "", "DatabaseFilter": "", "IsValid": true,
    })
}

/// Checks a filter.
///
/// # Errors
/// [`CmdletError::InvalidFilter`].
pub(crate) fn check(filter: &str) -> Result<(), CmdletError> {
    opath::parse(filter).and_then(|filter| filter.check_names()).map_err(CmdletError::InvalidFilter)
}

/// `New-ManagementScope`.
pub(crate) fn new(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    super::require_customization(tables)?;
    let name = invocation.text("Name")?;
    if name.chars().count() > 64 {
        return Err(CmdletError::InvalidValue {
            parameter: "Name",
            value: name,
            reason: "The length must be between 1 and 64.".into(),
        });
    }
    let filter = invocation.text("RecipientRestrictionFilter")?;
    if filter.is_empty() {
        return Err(CmdletError::ParameterSet);
    }
    check(&filter)?;
    if find(&tables.exchange.management_scopes, &name, &KEYS).is_some() {
        return Err(CmdletError::AlreadyExists(name));
    }
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    let id = random::fresh_guid();
    let row = scope(invocation, &id, &name, &filter, invocation.flag("Exclusive")? == Some(true));
    let result = shown(&row.body);
    tables.exchange.management_scopes.insert(id, row);
    Ok(vec![result])
}

/// `Set-ManagementScope`: what every assignment with this scope reaches.
pub(crate) fn set(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key = find(&tables.exchange.management_scopes, &identity, &KEYS)
        .ok_or_else(|| CmdletError::NotFound(identity.clone()))?;
    let (name, filter) = (invocation.text("Name")?, invocation.text("RecipientRestrictionFilter")?);
    if !filter.is_empty() {
        check(&filter)?;
    }
    if !name.is_empty()
        && find(&tables.exchange.management_scopes, &name, &KEYS).is_some_and(|own| own != key)
    {
        return Err(CmdletError::AlreadyExists(name));
    }
    let Some(row) = tables.exchange.management_scopes.get_mut(&key) else { return Ok(vec![]) };
    let same = |new: &str, own: &str| new.is_empty() || row.text(own) == new;
    if same(&name, "Name") && same(&filter, "RecipientFilter") {
        invocation.warn(format!(
            "The command completed successfully but no settings of '{identity}' have been modified."
        ));
        return Ok(vec![]);
    }
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    revise(row, invocation.now(), |body| {
        if !filter.is_empty() {
            body.insert("RecipientFilter".into(), filter.into());
        }
        if !name.is_empty() {
            body.insert("Name".into(), name.clone().into());
            body.insert("Identity".into(), name.clone().into());
        }
    });
    if !name.is_empty() {
        for row in tables.exchange.role_assignments.values_mut().filter(|row| row.text("_scope") == key) {
            for shown in ["CustomResourceScope", "CustomRecipientWriteScope"] {
                row.body.insert(shown.into(), name.clone().into());
            }
        }
    }
    Ok(vec![])
}

/// `Remove-ManagementScope`; not while an assignment has it.
pub(crate) fn remove(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key = find(&tables.exchange.management_scopes, &identity, &KEYS)
        .ok_or_else(|| CmdletError::NotFound(identity.clone()))?;
    if live(&tables.exchange.role_assignments).any(|(_, row)| row.text("_scope") == key) {
        return Err(CmdletError::ScopeInUse(identity));
    }
    if !invocation.is_rehearsal() {
        retire(&mut tables.exchange.management_scopes, &key, invocation.now(), invocation.delay_ms());
    }
    Ok(vec![])
}
