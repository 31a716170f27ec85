//! What leads from one directory object to others: owners, members, assignments, grants.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::call::Call;
use super::error::{GraphError, Result};
use super::listing::Item;
use super::odata::options::Expand;
use super::projection::{Shape, project};
use super::resources::{directory_roles, licences};
use super::schema::{EntityType, entity};
use crate::lag::View;
use crate::store::{Row, Table, Tables};

/// The tables of directory objects, with the type of what they hold.
pub(crate) fn directory_tables(tables: &Tables) -> [(&Table, &'static EntityType); 4] {
    [
        (&tables.users, entity("user")),
        (&tables.groups, entity("group")),
        (&tables.service_principals, entity("servicePrincipal")),
        (&tables.applications, entity("application")),
    ]
}

/// Any directory object by its id.
pub(crate) fn object<'t>(call: &Call<'_>, tables: &'t Tables, id: &str) -> Option<Item<'t>> {
    directory_tables(tables)
        .into_iter()
        .find_map(|(table, kind)| Some(Item { kind, body: Cow::Borrowed(call.view.seen(table.get(id)?)?) }))
        .or_else(|| directory_roles::by_id(call, tables, id))
}

/// What a navigation of an object leads to; `None` when the type has no such navigation.
pub(crate) fn of<'t>(
    call: &Call<'_>,
    tables: &'t Tables,
    kind: &str,
    id: &str,
    navigation: &str,
) -> Option<Vec<Item<'t>>> {
    let objects = |ids: Option<&Vec<String>>| -> Vec<Item<'t>> {
        ids.into_iter().flatten().filter_map(|id| object(call, tables, id)).collect()
    };
    let assignments =
        |property: &str| rows(&call.view, &tables.app_role_assignments, "appRoleAssignment", property, id);
    Some(match (kind, navigation) {
        ("application" | "servicePrincipal" | "group", "owners") => objects(tables.owners.get(id)),
        ("group", "members") => objects(tables.members.get(id)),
        ("group", "transitiveMembers") => {
            objects(Some(&reachable(id, |id| tables.members.get(id).cloned().unwrap_or_default())))
        }
        ("user" | "servicePrincipal" | "group", "memberOf") => {
            let mut found = objects(Some(&parents(tables, id)));
            found.extend(directory_roles::held_by(call, tables, &[id.to_owned()]));
            found
        }
        ("user" | "servicePrincipal" | "group", "transitiveMemberOf") => {
            let groups = reachable(id, |id| parents(tables, id));
            let mut holders = groups.clone();
            holders.push(id.to_owned());
            let mut found = objects(Some(&groups));
            found.extend(directory_roles::held_by(call, tables, &holders));
            found
        }
        ("user" | "servicePrincipal" | "group", "appRoleAssignments") => assignments("principalId"),
        ("servicePrincipal", "appRoleAssignedTo") => assignments("resourceId"),
        ("servicePrincipal", "oauth2PermissionGrants") => {
            rows(&call.view, &tables.oauth2_permission_grants, "oAuth2PermissionGrant", "clientId", id)
        }
        ("user", "oauth2PermissionGrants") => {
            rows(&call.view, &tables.oauth2_permission_grants, "oAuth2PermissionGrant", "principalId", id)
        }
        ("user" | "servicePrincipal", "ownedObjects") => owned(call, tables, id),
        ("user" | "servicePrincipal", "createdObjects") => directory_tables(tables)
            .into_iter()
            .flat_map(|(table, kind)| table.values().map(move |row| (row, kind)))
            .filter(|(row, _)| row.text("_createdBy") == id)
            .filter_map(|(row, kind)| Some(Item { kind, body: Cow::Borrowed(call.view.seen(row)?) }))
            .collect(),
        ("user", "directReports") => rows(&call.view, &tables.users, "user", "_manager", id),
        ("user", "manager") => {
            let manager = tables.users.get(id).map(|row| row.text("_manager").to_owned());
            objects(manager.map(|id| vec![id]).as_ref())
        }
        ("user", "licenseDetails") => licences::details(tables, id),
        ("user", "ownedDevices" | "registeredDevices" | "scopedRoleMemberOf" | "agreementAcceptances") => {
            vec![]
        }
        ("directoryRole", "members") => directory_roles::members(call, tables, id)
            .into_iter()
            .filter_map(|id| object(call, tables, &id))
            .collect(),
        ("application", "federatedIdentityCredentials") => tables
            .applications
            .get(id)?
            .body
            .get("_federatedIdentityCredentials")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .map(|body| Item { kind: entity("federatedIdentityCredential"), body: Cow::Borrowed(body) })
            .collect(),
        ("application" | "servicePrincipal", "appManagementPolicies") => tables
            .app_management_policies
            .values()
            .filter(|row| applies_to(row, id))
            .map(|row| Item { kind: entity("appManagementPolicy"), body: Cow::Borrowed(&row.body) })
            .collect(),
        (
            "servicePrincipal",
            "claimsMappingPolicies"
            | "homeRealmDiscoveryPolicies"
            | "tokenIssuancePolicies"
            | "tokenLifetimePolicies"
            | "delegatedPermissionClassifications"
            | "endpoints",
        )
        | ("application", "extensionProperties" | "tokenIssuancePolicies" | "tokenLifetimePolicies") => {
            vec![]
        }
        _ => return None,
    })
}

/// The objects to which an app management policy was assigned.
pub(crate) fn applies_to(policy: &Row, id: &str) -> bool {
    let assigned = policy.body.get("_appliesTo").and_then(Value::as_array);
    assigned.is_some_and(|ids| ids.iter().any(|own| own == id))
}

/// The type of the objects that a navigation leads to; mixed lists are `directoryObject`.
pub(crate) fn target(navigation: &str) -> &'static EntityType {
    entity(match navigation {
        "appRoleAssignments" | "appRoleAssignedTo" => "appRoleAssignment",
        "oauth2PermissionGrants" => "oAuth2PermissionGrant",
        "licenseDetails" => "licenseDetails",
        "federatedIdentityCredentials" => "federatedIdentityCredential",
        "appManagementPolicies" => "appManagementPolicy",
        "delegatedPermissionClassifications" => "delegatedPermissionClassification",
        _ => "directoryObject",
    })
}

/// The value that `$expand` puts into an object; Graph shows at most 20 related objects.
///
/// # Errors
/// When the type has no such navigation, or the inner `$select` names what is not there.
pub(crate) fn expand(call: &Call<'_>, tables: &Tables, item: &Item<'_>, expand: &Expand) -> Result<Value> {
    let id = item.body.get("id").and_then(Value::as_str).unwrap_or_default();
    let related = of(call, tables, &item.kind.name, id, &expand.navigation).ok_or_else(|| {
        GraphError::UnreadableExpand(format!(
            "Could not find a property named '{}' on type 'microsoft.graph.{}'.",
            expand.navigation, item.kind.name
        ))
    })?;
    let typed = target(&expand.navigation).name == "directoryObject";
    let mut shown = related.iter().take(20).map(|item| {
        let select: Option<Vec<&str>> = expand
            .select
            .as_ref()
            .map(|names| names.iter().filter_map(|name| Some(item.kind.property(name)?.0)).collect());
        Value::Object(project(
            item.kind,
            &item.body,
            Shape { select: select.as_deref(), single: false, typed },
        ))
    });
    Ok(if expand.navigation == "manager" { shown.next().unwrap_or(Value::Null) } else { shown.collect() })
}

/// What all navigations of `$expand` put into one object.
///
/// # Errors
/// As [`expand`].
pub(crate) fn expanded(
    call: &Call<'_>,
    tables: &Tables,
    kind: &'static EntityType,
    body: &Map<String, Value>,
) -> Result<Map<String, Value>> {
    let item = Item { kind, body: Cow::Borrowed(body) };
    let each = call.options.expand.iter();
    each.map(|asked| Ok((asked.navigation.clone(), expand(call, tables, &item, asked)?))).collect()
}

/// `{"@odata.id": ...}` of each object.
pub(crate) fn links(call: &Call<'_>, items: &[Item<'_>]) -> Value {
    let link = |item: &Item<'_>| {
        let id = item.body.get("id").and_then(Value::as_str).unwrap_or_default();
        json!({ "@odata.id": format!("{}/directoryObjects/{id}/Microsoft.DirectoryServices.{}", call.root(), super::odata::rules::resource(item.kind)) })
    };
    items.iter().map(link).collect()
}

/// Groups of which the object is a direct member.
pub(crate) fn parents(tables: &Tables, id: &str) -> Vec<String> {
    let mut groups: Vec<String> = tables
        .members
        .iter()
        .filter(|(_, members)| members.iter().any(|member| member == id))
        .map(|(group, _)| group.clone())
        .collect();
    groups.sort();
    groups
}

/// Everything that can be reached step by step, without the start; circles are walked once.
pub(crate) fn reachable(start: &str, step: impl Fn(&str) -> Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut open = vec![start.to_owned()];
    while let Some(id) = open.pop() {
        for next in step(&id) {
            if next != start && seen.insert(next.clone()) {
                found.push(next.clone());
                open.push(next);
            }
        }
    }
    found
}

fn rows<'t>(view: &View, table: &'t Table, kind: &str, property: &str, value: &str) -> Vec<Item<'t>> {
    let kind = entity(kind);
    table
        .values()
        .filter(|row| row.text(property) == value)
        .filter_map(|row| Some(Item { kind, body: Cow::Borrowed(view.seen(row)?) }))
        .collect()
}

fn owned<'t>(call: &Call<'_>, tables: &'t Tables, owner: &str) -> Vec<Item<'t>> {
    let mut ids: Vec<&String> = tables
        .owners
        .iter()
        .filter(|(_, owners)| owners.iter().any(|own| own == owner))
        .map(|(id, _)| id)
        .collect();
    ids.sort();
    ids.into_iter().filter_map(|id| object(call, tables, id)).collect()
}
