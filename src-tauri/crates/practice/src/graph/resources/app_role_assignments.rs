//! App role assignments: what an application may do by itself (or who may use one).

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::odata::lexer::is_guid;
use super::super::privilege;
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{array, new_row, required};
use super::super::{locate, relations, validate};
use super::navigation::kind_of;
use crate::store::{Row, Tables};

const RESOURCE: &str = "AppRoleAssignment";
/// Stands for "assigned without any role", on resources that publish none.
const NO_ROLE: &str = "00000000-0000-0000-0000-000000000000";

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for (all, one) in [
        (
            "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo",
            "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo/{appRoleAssignment-id}",
        ),
        (
            "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments",
            "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments/{appRoleAssignment-id}",
        ),
    ] {
        routes.push(change(Method::POST, all, create));
        routes.push(get(one, read));
        routes.push(change(Method::DELETE, one, delete));
    }
    routes.push(change(Method::POST, "/users/{user-id}/appRoleAssignments", create));
    routes.push(change(Method::POST, "/groups/{group-id}/appRoleAssignments", create));
    routes
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let path_id = locate::id(call, tables, kind_of(call.template), call.key(0))?;
    let read_only = [
        "id",
        "createdDateTime",
        "deletedDateTime",
        "principalDisplayName",
        "principalType",
        "resourceDisplayName",
    ];
    let sent = validate::body(entity("appRoleAssignment"), RESOURCE, &read_only, call.body()?)?;
    let guid = |property: &'static str| -> Result<String> {
        let value = required(&sent, property, RESOURCE)?.to_ascii_lowercase();
        if is_guid(&value) {
            Ok(value)
        } else {
            Err(GraphError::InvalidValue { property: property.to_owned(), resource: RESOURCE })
        }
    };
    let (principal, resource, role) = (guid("principalId")?, guid("resourceId")?, guid("appRoleId")?);
    // The object in the path must be the side that the path is about.
    let side = if call.template.ends_with("appRoleAssignedTo") { &resource } else { &principal };
    if *side != path_id {
        return Err(GraphError::InvalidReferenceUpdate);
    }
    let Some(resource_row) = tables.service_principals.get(&resource).filter(|row| call.view.knows(row))
    else {
        return Err(GraphError::InvalidReferenceUpdate);
    };
    privilege::require_app_role_grant(call, resource_row.text("appId"))?;
    let Some(holder) = relations::object(call, tables, &principal) else {
        return Err(GraphError::InvalidReferenceUpdate);
    };
    let kind = match holder.kind.name.as_str() {
        "user" => "User",
        "group" => "Group",
        "servicePrincipal" => "ServicePrincipal",
        _ => return Err(GraphError::InvalidReferenceUpdate),
    };
    check_role(resource_row, &role, kind)?;
    let exists = tables.app_role_assignments.values().any(|row| {
        row.text("principalId") == principal
            && row.text("resourceId") == resource
            && row.text("appRoleId") == role
    });
    if exists {
        return Err(GraphError::AppRoleAlreadyAssigned);
    }
    let id = assignment_id();
    let body = json!({
        "id": id, "deletedDateTime": null, "appRoleId": role, "createdDateTime": call.now_text(),
        "principalDisplayName": holder.body.get("displayName"), "principalId": principal, "principalType": kind,
        "resourceDisplayName": resource_row.text("displayName"), "resourceId": resource,
    });
    let Value::Object(body) = body else { return Err(GraphError::UnreadableBody) };
    let relation = call.template.rsplit('/').next().unwrap_or_default();
    let root = call.template.split('/').nth(1).unwrap_or_default();
    let response =
        call.created(&format!("{root}('{path_id}')/{relation}"), entity("appRoleAssignment"), &body);
    tables.app_role_assignments.insert(id, new_row(body, call.now()));
    Ok(response)
}

/// The resource must publish the role, for this kind of holder, and have it switched on.
fn check_role(resource: &Row, role: &str, kind: &str) -> Result<()> {
    let roles = array(&resource.body, "appRoles");
    if role == NO_ROLE && roles.is_empty() {
        return Ok(());
    }
    let wanted = if kind == "ServicePrincipal" { "Application" } else { "User" };
    let fits = roles.iter().any(|own| {
        own["id"] == role
            && own["isEnabled"] != false
            && own["allowedMemberTypes"]
                .as_array()
                .is_some_and(|kinds| kinds.iter().any(|kind| kind == wanted))
    });
    if fits { Ok(()) } else { Err(GraphError::AppRoleNotFound(resource.text("appId").to_owned())) }
}

/// 43 characters of base64url, the look of Entra's own.
fn assignment_id() -> String {
    crate::random::fresh_token()
}

fn find<'t>(call: &Call<'_>, tables: &'t Tables) -> Result<&'t Map<String, Value>> {
    let path_id = locate::id(call, tables, "servicePrincipal", call.key(0))?;
    let side = if call.template.contains("/appRoleAssignedTo/") { "resourceId" } else { "principalId" };
    let id = &call.key(1).value;
    call.seen(tables.app_role_assignments.get(id).filter(|row| row.text(side) == path_id), id)
}

fn read(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    call.one("appRoleAssignments", entity("appRoleAssignment"), find(call, tables)?)
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let found = find(call, tables)?;
    let (id, resource) = (call.key(1).value.clone(), validate::text(found, "resourceId").to_owned());
    let app_id =
        tables.service_principals.get(&resource).map(|row| row.text("appId").to_owned()).unwrap_or_default();
    privilege::require_app_role_grant(call, &app_id)?;
    tables.app_role_assignments.shift_remove(&id);
    Ok(call.no_content())
}
