//! Management roles and their assignment to applications.

use serde_json::{Value, json};

use super::super::access::Reach;
use super::super::invocation::{Invocation, Outcome};
use super::super::organisation::{live, retire, revise};
use super::super::recipients;
use super::super::refusal::CmdletError;
use super::super::roles as known;
use super::{find, management_scopes, new_row, service_principals, shown};
use crate::random;
use crate::store::{Row, Tables};

/// What identifies an assignment.
const KEYS: [&str; 3] = ["Name", "Guid", "Identity"];
/// Gone since 2025 (MC718754).
const RETIRED: &str = "ApplicationImpersonation";

/// `Get-ManagementRole`.
pub(crate) fn roles(invocation: &Invocation<'_>, _: &Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    if identity.is_empty() {
        return Ok(known::names().map(known::shown).collect());
    }
    if identity.contains('*') {
        let inner = identity.trim_matches('*').to_lowercase();
        return Ok(known::names()
            .filter(|name| name.to_lowercase().contains(&inner))
            .map(known::shown)
            .collect());
    }
    let name = known::named(&identity).ok_or(CmdletError::NotFound(identity))?;
    Ok(vec![known::shown(name)])
}

/// `Get-ManagementRoleAssignment`.
pub(crate) fn get(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let (role, assignee) = (invocation.text("Role")?, invocation.text("RoleAssignee")?);
    if !role.is_empty() && known::named(&role).is_none() && !role.eq_ignore_ascii_case(RETIRED) {
        return Err(CmdletError::NotFound(role));
    }
    let app = match assignee.as_str() {
        "" => None,
        named => Some(
            find(&tables.exchange.service_principals, named, &service_principals::KEYS)
                .ok_or_else(|| CmdletError::NotFound(assignee.clone()))?,
        ),
    };
    let role = known::named(&role).map_or(role.as_str(), |name| name).to_owned();
    let found: Vec<Value> = live(&tables.exchange.role_assignments)
        .map(|(_, row)| row)
        .filter(|row| {
            identity.is_empty() || KEYS.iter().any(|name| row.text(name).eq_ignore_ascii_case(&identity))
        })
        .filter(|row| role.is_empty() || row.text("Role").eq_ignore_ascii_case(&role))
        .filter(|row| app.as_ref().is_none_or(|app| row.text("App") == app))
        .map(|row| shown(&row.body))
        .collect();
    if found.is_empty() && !identity.is_empty() {
        return Err(CmdletError::NotFound(identity));
    }
    Ok(found)
}

/// `New-ManagementRoleAssignment -App`.
pub(crate) fn new(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    super::require_customization(tables)?;
    let asked = invocation.text("Role")?;
    if asked.eq_ignore_ascii_case(RETIRED) {
        return Err(CmdletError::RoleRetired(RETIRED.to_owned()));
    }
    let role = known::named(&asked).ok_or_else(|| CmdletError::NotFound(asked.clone()))?;
    let named = invocation.text("App")?;
    // Assignments to people and groups are not played: the role must be for applications.
    if named.is_empty() {
        return Err(CmdletError::ParameterSet);
    }
    let app = find(&tables.exchange.service_principals, &named, &service_principals::KEYS)
        .ok_or(CmdletError::NotFound(named))?;
    if known::permissions(role).is_none() {
        return Err(CmdletError::RoleNotForApplications(role.to_owned()));
    }
    let reach = reach(invocation, tables)?.unwrap_or(Reach::Organisation);
    let name = match invocation.text("Name")?.as_str() {
        "" => default_name(tables, role, &app),
        given => given.to_owned(),
    };
    let same =
        |row: &Row| row.text("Role") == role && row.text("App") == app && Reach::of(&row.body) == reach;
    let clash = live(&tables.exchange.role_assignments)
        .find(|(_, row)| same(row) || row.text("Name").eq_ignore_ascii_case(&name));
    if let Some((_, row)) = clash {
        return Err(CmdletError::AlreadyExists(row.text("Name").to_owned()));
    }
    if invocation.is_rehearsal() {
        return Ok(vec![]);
    }
    let id = random::fresh_guid();
    let row = new_row(invocation, body(tables, &id, &name, role, &app, &reach));
    let result = shown(&row.body);
    tables.exchange.role_assignments.insert(id, row);
    Ok(vec![result])
}

/// The name that Exchange gives: role and assignee, numbered where that is taken.
pub(crate) fn default_name(tables: &Tables, role: &str, app: &str) -> String {
    let plain = format!("{role}-{app}");
    let taken = |name: &str| live(&tables.exchange.role_assignments).any(|(_, row)| row.text("Name") == name);
    let numbered = (1..).map(|number| format!("{plain}-{number}"));
    std::iter::once(plain.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(plain)
}

/// An assignment as it is kept.
pub(crate) fn body(tables: &Tables, id: &str, name: &str, role: &str, app: &str, reach: &Reach) -> Value {
    let mut body = json!({
        "Name": name, "Identity": name, "Guid": id, "Role": role, "App": app, "RoleAssignee": app, "RoleAssigneeName": app,
        "RoleAssigneeType": "ServicePrincipal", "AssignmentMethod": "Direct", "RoleAssignmentDelegationType": "Regular",
        "EffectiveUserName": app, "RecipientReadScope": "Organization", "Enabled": true, "IsValid": true,
    });
    for (name, value) in scope_properties(tables, reach) {
        body[name] = value;
    }
    body
}

fn scope_properties(tables: &Tables, reach: &Reach) -> [(&'static str, Value); 8] {
    let mut scope = Value::Null;
    let mut group = Value::Null;
    let (mut own_scope, mut own_group, mut own_person) = (Value::Null, Value::Null, Value::Null);
    let kind = match reach {
        Reach::Organisation => "Organization",
        Reach::Scope(id) => {
            scope = tables.exchange.management_scopes.get(id).map(|row| row.text("Name")).into();
            own_scope = id.as_str().into();
            "CustomRecipientScope"
        }
        Reach::Group(id) => {
            group = tables.groups.get(id).map(|row| row.text("displayName")).into();
            own_group = id.as_str().into();
            "Group"
        }
        Reach::Person(id) => {
            own_person = id.as_str().into();
            "User"
        }
    };
    [
        ("CustomResourceScope", scope.clone()),
        ("CustomRecipientWriteScope", scope),
        ("RecipientGroupScope", group),
        ("RecipientAdministrativeUnitScope", Value::Null),
        ("RecipientWriteScope", kind.into()),
        ("_scope", own_scope),
        ("_group", own_group),
        ("_person", own_person),
    ]
}

/// What the scope parameters ask for; `None` when there are none. They exclude each other.
fn reach(invocation: &Invocation<'_>, tables: &Tables) -> Result<Option<Reach>, CmdletError> {
    let all = [
        invocation.text("CustomResourceScope")?,
        invocation.text("RecipientGroupScope")?,
        invocation.text("RecipientAdministrativeUnitScope")?,
    ];
    if all.iter().filter(|text| !text.is_empty()).count() > 1 {
        return Err(CmdletError::ParameterSet);
    }
    let [scope, group, unit] = all;
    if !scope.is_empty() {
        let id = find(&tables.exchange.management_scopes, &scope, &management_scopes::KEYS);
        return Ok(Some(Reach::Scope(id.ok_or(CmdletError::NotFound(scope))?)));
    }
    if !group.is_empty() {
        let found = recipients::one(tables, &group, |one| !one.is_mailbox())?;
        return Ok(Some(Reach::Group(found.id().to_owned())));
    }
    // The practice organisation has no administrative units.
    if unit.is_empty() { Ok(None) } else { Err(CmdletError::NotFound(unit)) }
}

/// `Set-ManagementRoleAssignment`: another scope for the same role.
pub(crate) fn set(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key = find(&tables.exchange.role_assignments, &identity, &KEYS)
        .ok_or_else(|| CmdletError::NotFound(identity.clone()))?;
    let Some(reach) = reach(invocation, tables)? else {
        invocation.warn(format!(
            "The command completed successfully but no settings of '{identity}' have been modified."
        ));
        return Ok(vec![]);
    };
    let properties = scope_properties(tables, &reach);
    if let Some(row) = tables.exchange.role_assignments.get_mut(&key).filter(|_| !invocation.is_rehearsal()) {
        revise(row, invocation.now(), |body| {
            body.extend(properties.into_iter().map(|(name, value)| (name.to_owned(), value)));
        });
    }
    Ok(vec![])
}

/// `Remove-ManagementRoleAssignment`.
pub(crate) fn remove(invocation: &Invocation<'_>, tables: &mut Tables) -> Outcome {
    let identity = invocation.text("Identity")?;
    let key =
        find(&tables.exchange.role_assignments, &identity, &KEYS).ok_or(CmdletError::NotFound(identity))?;
    if !invocation.is_rehearsal() {
        take_away(tables, &key, invocation.now(), invocation.delay_ms());
    }
    Ok(vec![])
}

/// Removes an assignment, and with the last one a pointer that nobody asked for.
pub(crate) fn take_away(tables: &mut Tables, key: &str, now: jiff::Timestamp, delay_ms: u64) {
    let app =
        tables.exchange.role_assignments.get(key).map(|row| row.text("App").to_owned()).unwrap_or_default();
    retire(&mut tables.exchange.role_assignments, key, now, delay_ms);
    let held = live(&tables.exchange.role_assignments).any(|(_, row)| row.text("App") == app);
    let implied =
        tables.exchange.service_principals.get(&app).is_some_and(|row| row.body.contains_key("_implied"));
    if implied && !held {
        retire(&mut tables.exchange.service_principals, &app, now, delay_ms);
    }
}
