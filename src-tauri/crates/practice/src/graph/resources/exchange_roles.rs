//! Exchange's roles through Graph beta (`roleManagement/exchange`): the same assignments and scopes as its cmdlets show.
//!
//! Source: "Create unifiedRoleAssignment" (Exchange Online provider), "customAppScope resource type". Graph makes Exchange's
//! pointer to the enterprise application by itself; here it goes again with its last assignment.

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, required, text};
use crate::exchange::access::Reach;
use crate::exchange::cmdlets::{management_scopes, role_assignments, service_principals};
use crate::exchange::{live, retire, revise, roles};
use crate::random;
use crate::seed::object;
use crate::store::{Row, Tables};

/// What all paths here begin with. There is nothing of it on v1.0.
pub(crate) const ROOT: &str = "/roleManagement/exchange/";

const DEFINITIONS: &str = "roleManagement/exchange/roleDefinitions";
const ASSIGNMENTS: &str = "roleManagement/exchange/roleAssignments";
const SCOPES: &str = "roleManagement/exchange/customAppScopes";
const ASSIGNMENT: &str = "UnifiedRoleAssignment";
const SCOPE: &str = "CustomAppScope";

pub(crate) fn routes() -> Vec<Route> {
    const ONE_ASSIGNMENT: &str = "/roleManagement/exchange/roleAssignments/{unifiedRoleAssignment-id}";
    const ONE_SCOPE: &str = "/roleManagement/exchange/customAppScopes/{customAppScope-id}";
    vec![
        get("/roleManagement/exchange/roleDefinitions", definitions),
        get("/roleManagement/exchange/roleDefinitions/{unifiedRoleDefinition-id}", definition),
        get("/roleManagement/exchange/roleAssignments", assignments),
        change(Method::POST, "/roleManagement/exchange/roleAssignments", assign),
        get(ONE_ASSIGNMENT, assignment),
        change(Method::DELETE, ONE_ASSIGNMENT, unassign),
        get("/roleManagement/exchange/customAppScopes", scopes),
        change(Method::POST, "/roleManagement/exchange/customAppScopes", add_scope),
        get(ONE_SCOPE, scope),
        change(Method::PATCH, ONE_SCOPE, update_scope),
        change(Method::DELETE, ONE_SCOPE, remove_scope),
    ]
}

fn list(call: &Call<'_>, kind: &str, set: &str, all: &[Map<String, Value>]) -> Result<GraphResponse> {
    let kind = entity(kind);
    let at = |position: usize| Some(Item { kind, body: Cow::Borrowed(all.get(position)?) });
    Listing {
        kind,
        set,
        service: Service::Small,
        len: all.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn all_definitions() -> Vec<Map<String, Value>> {
    let shown = |name| {
        object(json!({
            "id": roles::id(name), "displayName": name, "description": roles::description(name), "isBuiltIn": true,
            "isEnabled": true, "templateId": roles::id(name), "version": "0.12 (14.0.451.0)", "resourceScopes": ["/"],
            "rolePermissions": [],
        }))
    };
    roles::names().map(shown).collect()
}

fn definitions(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    list(call, "unifiedRoleDefinition", DEFINITIONS, &all_definitions())
}

fn definition(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    let id = &call.key(0).value;
    let all = all_definitions();
    let found =
        all.iter().find(|own| text(own, "id") == id).ok_or_else(|| GraphError::NotFound(id.clone()))?;
    call.one(DEFINITIONS, entity("unifiedRoleDefinition"), found)
}

/// A role assignment as Graph writes it.
fn shown(row: &Row) -> Map<String, Value> {
    let (directory, app) = match Reach::of(&row.body) {
        Reach::Organisation => (json!("/"), Value::Null),
        Reach::Group(id) => (json!(format!("/Groups/{id}")), Value::Null),
        Reach::Person(id) => (json!(format!("/Users/{id}")), Value::Null),
        Reach::Scope(id) => (Value::Null, json!(id)),
    };
    object(json!({
        "id": row.text("Guid"), "principalId": format!("/ServicePrincipals/{}", row.text("App")),
        "roleDefinitionId": roles::id(row.text("Role")), "directoryScopeId": directory, "appScopeId": app, "condition": null,
    }))
}

fn assignments(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    let all: Vec<_> = live(&tables.exchange.role_assignments).map(|(_, row)| shown(row)).collect();
    list(call, "unifiedRoleAssignment", ASSIGNMENTS, &all)
}

fn assignment(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    let id = &call.key(0).value;
    let row = tables.exchange.role_assignments.get(id).filter(|row| row.deleted.is_none());
    let row = row.ok_or_else(|| GraphError::NotFound(id.clone()))?;
    call.one(ASSIGNMENTS, entity("unifiedRoleAssignment"), &shown(row))
}

/// The id behind `/ServicePrincipals/{id}` and the like.
fn below<'v>(value: &'v str, root: &str) -> Option<&'v str> {
    let (own, id) = value.strip_prefix('/')?.split_once('/')?;
    own.eq_ignore_ascii_case(root).then_some(id)
}

fn reach(tables: &Tables, body: &Map<String, Value>) -> Result<Reach> {
    let (directory, app) = (text(body, "directoryScopeId"), text(body, "appScopeId"));
    let invalid = || GraphError::InvalidValue { property: "directoryScopeId".into(), resource: ASSIGNMENT };
    let missing = |id: &str| GraphError::NotFound(id.to_owned());
    match (directory, app) {
        ("", "") => Err(GraphError::MissingProperty { property: "directoryScopeId", resource: ASSIGNMENT }),
        ("", scope) => {
            let known = tables.exchange.management_scopes.get(scope).is_some_and(|row| row.deleted.is_none());
            if known { Ok(Reach::Scope(scope.to_owned())) } else { Err(missing(scope)) }
        }
        ("/", "") => Ok(Reach::Organisation),
        (directory, "") => {
            if let Some(id) = below(directory, "Groups") {
                let known = tables.groups.get(id).is_some_and(|row| row.deleted.is_none());
                return if known { Ok(Reach::Group(id.to_owned())) } else { Err(missing(id)) };
            }
            if let Some(id) = below(directory, "Users") {
                return match tables.user(id) {
                    Some(row) => Ok(Reach::Person(row.text("id").to_owned())),
                    None => Err(missing(id)),
                };
            }
            // The practice organisation has no administrative units.
            Err(below(directory, "AdministrativeUnits").map_or_else(invalid, missing))
        }
        _ => Err(invalid()),
    }
}

fn assign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageExchangeRoles)?;
    let sent = validate::body(entity("unifiedRoleAssignment"), ASSIGNMENT, &["id"], call.body()?)?;
    let principal = required(&sent, "principalId", ASSIGNMENT)?;
    let wanted = required(&sent, "roleDefinitionId", ASSIGNMENT)?;
    let role = roles::named(wanted).ok_or_else(|| GraphError::NotFound(wanted.to_owned()))?;
    let app = below(principal, "ServicePrincipals")
        .ok_or_else(|| GraphError::InvalidValue { property: "principalId".into(), resource: ASSIGNMENT })?
        .to_owned();
    let enterprise = tables.service_principals.get(&app).filter(|row| row.deleted.is_none());
    let enterprise = enterprise.ok_or_else(|| GraphError::NotFound(app.clone()))?;
    if roles::permissions(role).is_none() {
        return Err(GraphError::DirectoryBadRequest(format!(
            "The role '{role}' can't be assigned to an application."
        )));
    }
    let reach = reach(tables, &sent)?;
    let taken = live(&tables.exchange.role_assignments)
        .any(|(_, row)| row.text("App") == app && row.text("Role") == role && Reach::of(&row.body) == reach);
    if taken {
        return Err(GraphError::DirectoryBadRequest(
            "A conflicting object with one or more of the specified property values is present in the directory."
                .into(),
        ));
    }
    let pointer = service_principals::implied(call.now(), enterprise);
    if tables.exchange.service_principals.get(&app).is_none_or(|row| row.deleted.is_some()) {
        tables.exchange.service_principals.insert(app.clone(), pointer);
    }
    let id = random::fresh_guid();
    let name = role_assignments::default_name(tables, role, &app);
    let body = object(role_assignments::body(tables, &id, &name, role, &app, &reach));
    let row = validate::new_row(body, call.now());
    let response = call.created(ASSIGNMENTS, entity("unifiedRoleAssignment"), &shown(&row));
    tables.exchange.role_assignments.insert(id, row);
    Ok(response)
}

fn unassign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageExchangeRoles)?;
    let id = call.key(0).value.clone();
    if tables.exchange.role_assignments.get(&id).is_none_or(|row| row.deleted.is_some()) {
        return Err(GraphError::NotFound(id));
    }
    role_assignments::take_away(tables, &id, call.now(), call.view.lag.mailbox_access_ms);
    Ok(call.no_content())
}

/// A management scope as Graph writes it.
fn shown_scope(row: &Row) -> Map<String, Value> {
    object(json!({
        "id": row.text("Guid"), "type": "RecipientScope", "displayName": row.text("Name"),
        "customAttributes": { "Exclusive": row.body.get("Exclusive"), "RecipientFilter": row.text("RecipientFilter") },
    }))
}

fn scopes(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    let all: Vec<_> = live(&tables.exchange.management_scopes).map(|(_, row)| shown_scope(row)).collect();
    list(call, "customAppScope", SCOPES, &all)
}

fn known_scope<'t>(tables: &'t Tables, id: &str) -> Result<&'t Row> {
    let row = tables.exchange.management_scopes.get(id).filter(|row| row.deleted.is_none());
    row.ok_or_else(|| GraphError::NotFound(id.to_owned()))
}

fn scope(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadExchangeRoles)?;
    call.one(SCOPES, entity("customAppScope"), &shown_scope(known_scope(tables, &call.key(0).value)?))
}

fn checked_filter(sent: &Map<String, Value>) -> Result<Option<String>> {
    let Some(filter) = sent.get("customAttributes").and_then(|own| own["RecipientFilter"].as_str()) else {
        return Ok(None);
    };
    management_scopes::check(filter).map_err(|error| GraphError::DirectoryBadRequest(error.to_string()))?;
    Ok(Some(filter.to_owned()))
}

fn check_name(tables: &Tables, name: &str, own: &str) -> Result<()> {
    let taken = live(&tables.exchange.management_scopes)
        .any(|(id, row)| id != own && row.text("Name").eq_ignore_ascii_case(name));
    if taken { Err(GraphError::Conflict("displayName")) } else { Ok(()) }
}

fn add_scope(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageExchangeRoles)?;
    let sent = validate::body(entity("customAppScope"), SCOPE, &["id"], call.body()?)?;
    let name = required(&sent, "displayName", SCOPE)?;
    if required(&sent, "type", SCOPE)? != "RecipientScope" {
        return Err(GraphError::InvalidValue { property: "type".into(), resource: SCOPE });
    }
    let filter = checked_filter(&sent)?
        .ok_or(GraphError::MissingProperty { property: "customAttributes", resource: SCOPE })?;
    check_name(tables, name, "")?;
    let exclusive = sent["customAttributes"]["Exclusive"] == true;
    let id = random::fresh_guid();
    let row = validate::new_row(object(management_scopes::body(&id, name, &filter, exclusive)), call.now());
    let response = call.created(SCOPES, entity("customAppScope"), &shown_scope(&row));
    tables.exchange.management_scopes.insert(id, row);
    Ok(response)
}

fn update_scope(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageExchangeRoles)?;
    let id = call.key(0).value.clone();
    known_scope(tables, &id)?;
    let sent = validate::body(entity("customAppScope"), SCOPE, &["id", "type"], call.body()?)?;
    let filter = checked_filter(&sent)?;
    let name = text(&sent, "displayName").to_owned();
    check_name(tables, &name, &id)?;
    if let Some(row) = tables.exchange.management_scopes.get_mut(&id) {
        revise(row, call.now(), |body| {
            if let Some(filter) = filter {
                body.insert("RecipientFilter".into(), filter.into());
            }
            if !name.is_empty() {
                body.insert("Name".into(), name.clone().into());
                body.insert("Identity".into(), name.into());
            }
        });
    }
    Ok(call.no_content())
}

fn remove_scope(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageExchangeRoles)?;
    let id = call.key(0).value.clone();
    known_scope(tables, &id)?;
    if live(&tables.exchange.role_assignments).any(|(_, row)| row.text("_scope") == id) {
        return Err(GraphError::DirectoryBadRequest(
            "The management scope can't be removed because it's in use by one or more role assignments."
                .into(),
        ));
    }
    retire(&mut tables.exchange.management_scopes, &id, call.now(), call.view.lag.mailbox_access_ms);
    Ok(call.no_content())
}
