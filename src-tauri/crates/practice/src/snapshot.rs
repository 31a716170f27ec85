//! The organisation in a form that can be compared: before a run and after it was undone, object by object.
//!
//! What a run cannot put back is left out: moments of change, deleted objects (they stay in the recycle bin), and the ids of
//! things that are named by what they say. A grant that was taken away and given again is the same grant:
//!
//! | section | an entry's name |
//! | --- | --- |
//! | `users`, `groups`, `applications`, `servicePrincipals`, `domains`, `organization`, `policies` | object id (or name) |
//! | `appRoleAssignments` | principal, resource, role |
//! | `oauth2PermissionGrants` | client, resource, person or everyone; its scopes in order |
//! | `roleAssignments`, `roleEligibilities` | principal, role, scope |
//! | `exchange.servicePrincipals`, `exchange.managementScopes` | object id; name |
//! | `exchange.roleAssignments`, `exchange.accessPolicies` | application, role or right, scope |
//! | `mailboxes` | object id of the owner; items without their ids |

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::exchange::access::Reach;
use crate::exchange::live;
use crate::seed;
use crate::store::{Mailbox, Row, Table, Tables};

/// Properties that move by themselves, or that only tell when something happened.
const MOVING: [&str; 10] = [
    "renewedDateTime",
    "lastModifiedDateTime",
    "deletedDateTime",
    "changeKey",
    "@odata.etag",
    "WhenCreatedUTC",
    "WhenChangedUTC",
    "_sessionsValidFrom",
    "_implied",
    "_changes",
];
/// What a thing that is named by what it says has besides.
const OWN_IDENTITY: [&str; 6] = ["id", "createdDateTime", "Guid", "Name", "Identity", "_scope"];

/// The whole organisation.
pub(crate) fn of(tables: &Tables) -> Value {
    json!({
        "organization": by_id(&tables.organization),
        "domains": by_id(&tables.domains),
        "users": by_id(&tables.users),
        "groups": with_people(tables, &tables.groups),
        "applications": with_people(tables, &tables.applications),
        "servicePrincipals": with_people(tables, &tables.service_principals),
        "policies": by_id(&tables.policies),
        "appManagementPolicies": by_id(&tables.app_management_policies),
        "appRoleAssignments": by_content(&tables.app_role_assignments, |row| joined(row, &["principalId", "resourceId", "appRoleId"])),
        "oauth2PermissionGrants": grants(&tables.oauth2_permission_grants),
        "roleAssignments": by_content(&tables.role_assignments, |row| joined(row, &["principalId", "roleDefinitionId", "directoryScopeId"])),
        "roleEligibilities": by_content(&tables.role_eligibilities, |row| joined(row, &["principalId", "roleDefinitionId", "directoryScopeId"])),
        "exchange": {
            "servicePrincipals": by_id(&tables.exchange.service_principals),
            "managementScopes": by_content(&tables.exchange.management_scopes, |row| row.text("Name").to_owned()),
            "roleAssignments": by_content(&tables.exchange.role_assignments, |row| assignment_name(tables, row)),
            "accessPolicies": by_content(&tables.exchange.access_policies, |row| joined(row, &["AppId", "AccessRight", "_target"])),
            "settings": plain(&tables.exchange.settings),
        },
        "mailboxes": mailboxes(tables),
    })
}

/// What is different between two snapshots: paths such as `/groups/{id}/members/0`, each with both values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where, as a JSON pointer.
    pub path: String,
    /// The value before; `None` for what was not there.
    pub before: Option<Value>,
    /// The value after; `None` for what is gone.
    pub after: Option<Value>,
}

/// Compares two snapshots of [`crate::PracticeTenant::snapshot`]. Equal snapshots give an empty list.
pub fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), Some(before), Some(after), &mut found);
    found
}

fn compare(path: String, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    match (before, after) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            let names: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for name in names {
                let step = name.replace('~', "~0").replace('/', "~1");
                compare(format!("{path}/{step}"), one.get(name), other.get(name), found);
            }
        }
        (one, other) if one != other => {
            found.push(Difference { path, before: one.cloned(), after: other.cloned() });
        }
        _ => {}
    }
}

fn by_id(table: &Table) -> Value {
    live(table).map(|(id, row)| (id.clone(), body(row))).collect()
}

/// Without what moves, what is empty, and the lists that Microsoft publishes.
fn body(row: &Row) -> Value {
    let mut own = row.body.clone();
    if seed::is_microsoft(row) {
        own.remove("appRoles");
        own.remove("oauth2PermissionScopes");
    }
    plain(&own)
}

fn plain(object: &Map<String, Value>) -> Value {
    let kept = object.iter().filter(|(name, value)| !MOVING.contains(&name.as_str()) && !is_empty(value));
    kept.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// A property that was never set and one that was emptied are the same.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.values().all(is_empty),
        _ => false,
    }
}

/// Objects with their owners and members, deleted ones left out.
fn with_people(tables: &Tables, table: &Table) -> Value {
    let alive = |id: &&String| {
        [&tables.users, &tables.groups, &tables.service_principals]
            .iter()
            .any(|table| table.get(*id).is_some_and(|row| row.deleted.is_none()))
    };
    let sorted = |ids: Option<&Vec<String>>| {
        let mut ids: Vec<&String> = ids.into_iter().flatten().filter(alive).collect();
        ids.sort();
        json!(ids)
    };
    let entry = |(id, row): (&String, &Row)| {
        let mut object = body(row);
        for (name, ids) in [("owners", tables.owners.get(id)), ("members", tables.members.get(id))] {
            let ids = sorted(ids);
            if !is_empty(&ids) {
                object[name] = ids;
            }
        }
        (id.clone(), object)
    };
    live(table).map(entry).collect()
}

fn joined(row: &Row, properties: &[&str]) -> String {
    properties.iter().map(|name| row.text(name)).collect::<Vec<_>>().join(" ")
}

/// Entries by a name made from their content; several of one name are numbered.
fn by_content(table: &Table, name: impl Fn(&Row) -> String) -> Value {
    let mut found = Map::new();
    for (_, row) in live(table) {
        let Value::Object(mut own) = body(row) else { continue };
        own.retain(|property, _| !OWN_IDENTITY.contains(&property.as_str()));
        let first = name(row);
        let free = (2..).map(|number| format!("{first} #{number}"));
        let key = std::iter::once(first.clone()).chain(free).find(|key| !found.contains_key(key));
        found.insert(key.unwrap_or(first), Value::Object(own));
    }
    Value::Object(found)
}

fn grants(table: &Table) -> Value {
    let mut found =
        by_content(table, |row| joined(row, &["clientId", "resourceId", "consentType", "principalId"]));
    for grant in found.as_object_mut().into_iter().flatten().map(|(_, grant)| grant) {
        let mut scopes: Vec<&str> = grant["scope"].as_str().unwrap_or_default().split_whitespace().collect();
        scopes.sort_unstable();
        grant["scope"] = scopes.join(" ").into();
    }
    found
}

fn assignment_name(tables: &Tables, row: &Row) -> String {
    let scope = match Reach::of(&row.body) {
        Reach::Organisation => "everything".to_owned(),
        Reach::Scope(id) => tables
            .exchange
            .management_scopes
            .get(&id)
            .map(|scope| scope.text("Name").to_owned())
            .unwrap_or(id),
        Reach::Group(id) | Reach::Person(id) => id,
    };
    format!("{} {} {scope}", row.text("App"), row.text("Role"))
}

fn mailboxes(tables: &Tables) -> Value {
    let alive = |id: &&String| tables.users.get(*id).is_some_and(|row| row.deleted.is_none());
    let sorted: BTreeMap<&String, Value> =
        tables.mailboxes.keys().filter(alive).map(|id| (id, mailbox(&tables.mailboxes[id]))).collect();
    json!(sorted)
}

fn mailbox(mailbox: &Mailbox) -> Value {
    let items = |all: &[Map<String, Value>]| {
        let without_id = |item: &Map<String, Value>| {
            let mut item = item.clone();
            item.retain(|name, _| !["id", "createdDateTime", "iCalUId", "webLink"].contains(&name.as_str()));
            plain(&item).to_string()
        };
        let mut all: Vec<String> = all.iter().map(without_id).collect();
        all.sort();
        all
    };
    json!({
        "calendars": items(&mailbox.calendars), "events": items(&mailbox.events),
        "folders": items(&mailbox.folders), "messages": items(&mailbox.messages), "contacts": items(&mailbox.contacts),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_the_place_and_both_values() {
        let before = json!({"users": {"a": {"name": "x"}, "b": {}}});
        let after = json!({"users": {"a": {"name": "y"}, "c/d": 1}});
        let found = differences(&before, &after);
        let paths: Vec<&str> = found.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths, ["/users/a/name", "/users/b", "/users/c~1d"]);
        assert_eq!((&found[1].before, &found[1].after), (&Some(json!({})), &None));
        assert_eq!(differences(&before, &before), []);
    }

    #[test]
    fn nothing_and_never_set_are_the_same() {
        let with = |value: Value| plain(value.as_object().unwrap());
        assert_eq!(with(json!({"a": null, "b": [], "c": {"d": null}, "e": 1})), with(json!({"e": 1})));
    }
}
