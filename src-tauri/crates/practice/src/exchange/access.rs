//! Whether an application may open a mailbox: RBAC for Applications beside what Entra grants, and application access
//! policies on what Entra grants.
//!
//! Source: "Role Based Access Control for Applications in Exchange Online" (the two grants are a union), "Limiting
//! application permissions to specific Exchange Online mailboxes", `New-ApplicationAccessPolicy`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::opath;
use super::organisation::Knowledge;
use super::recipients::{self, Recipient};
use super::roles;
use crate::store::{Row, Tables};

/// Where a role assignment holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    Organisation,
    /// GUID of a management scope.
    Scope(String),
    /// Object id of a group: its direct members, nested ones do not count.
    Group(String),
    /// Object id of a person.
    Person(String),
}

impl Reach {
    /// Of a role assignment.
    pub(crate) fn of(assignment: &Map<String, Value>) -> Self {
        let own = |name: &str| {
            assignment.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        if let Some(scope) = own("_scope") {
            Self::Scope(scope)
        } else if let Some(group) = own("_group") {
            Self::Group(group)
        } else if let Some(person) = own("_person") {
            Self::Person(person)
        } else {
            Self::Organisation
        }
    }

    /// Whether a recipient is within. A scope that is gone, or cannot be read, reaches nobody.
    pub(crate) fn includes(&self, tables: &Tables, knowledge: Knowledge, recipient: &Recipient<'_>) -> bool {
        match self {
            Self::Organisation => true,
            Self::Person(id) => recipient.id() == id,
            Self::Group(id) => {
                tables.members.get(id).is_some_and(|members| members.iter().any(|own| own == recipient.id()))
            }
            Self::Scope(id) => {
                let scope = tables.exchange.management_scopes.get(id).and_then(|row| knowledge.of(row));
                let filter = scope.and_then(|scope| scope.get("RecipientFilter")?.as_str());
                filter
                    .and_then(|filter| opath::parse(filter).ok())
                    .is_some_and(|filter| filter.holds(tables, recipient))
            }
        }
    }
}

/// The role assignments of an application that count, by the object id of its service principal.
pub(crate) fn assignments<'t>(
    tables: &'t Tables,
    knowledge: Knowledge,
    object_id: &str,
) -> Vec<&'t Map<String, Value>> {
    let known = tables.exchange.role_assignments.values().filter_map(|row| knowledge.of(row));
    known.filter(|body| body.get("App").and_then(Value::as_str) == Some(object_id)).collect()
}

/// What RBAC for Applications lets an application do on one person's mailbox.
pub(crate) fn granted(
    tables: &Tables,
    knowledge: Knowledge,
    object_id: &str,
    person: &Row,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Some(recipient) = recipients::of_user(tables, person) else { return found };
    // An assignment hangs on the pointer; a pointer that was removed takes it along.
    let pointer = tables.exchange.service_principals.get(object_id);
    if pointer.is_none_or(|row| knowledge.of(row).is_none()) {
        return found;
    }
    for body in assignments(tables, knowledge, object_id) {
        if Reach::of(body).includes(tables, knowledge, &recipient) {
            let role = body.get("Role").and_then(Value::as_str).unwrap_or_default();
            found.extend(
                roles::permissions(role).into_iter().flat_map(|(_, all)| all).map(|name| (*name).to_owned()),
            );
        }
    }
    found
}

/// Whether application access policies keep an application out of a mailbox that Entra lets it into: a denial beats
/// everything, then any matching restriction allows, then having restrictions at all denies.
pub(crate) fn policy_denies(tables: &Tables, knowledge: Knowledge, app_id: &str, person: &str) -> bool {
    let mut restricted = false;
    let mut allowed = false;
    for row in tables.exchange.access_policies.values() {
        let Some(body) = knowledge.of(row) else { continue };
        let apps = body.get("_apps").and_then(Value::as_array).into_iter().flatten();
        if !apps.filter_map(Value::as_str).any(|own| own == "*" || own.eq_ignore_ascii_case(app_id)) {
            continue;
        }
        let within =
            contains(tables, body.get("_target").and_then(Value::as_str).unwrap_or_default(), person);
        match body.get("AccessRight").and_then(Value::as_str) {
            Some("DenyAccess") if within => return true,
            Some("RestrictAccess") => {
                restricted = true;
                allowed |= within;
            }
            _ => {}
        }
    }
    restricted && !allowed
}

/// Whether a person is the target or in it, through any number of groups.
fn contains(tables: &Tables, target: &str, person: &str) -> bool {
    let mut open = vec![target];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if id == person {
            return true;
        }
        if seen.insert(id) {
            open.extend(tables.members.get(id).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
