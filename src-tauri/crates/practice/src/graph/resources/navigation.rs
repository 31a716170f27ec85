//! `GET` of what an object leads to: `/groups/{id}/members`, `/users/{id}/transitiveMemberOf`, ...

use http::StatusCode;
use serde_json::{Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::router::{Route, get};
use super::super::{locate, relations};
use super::directory_roles;
use crate::store::Tables;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/users/{user-id}/memberOf", list),
        get("/users/{user-id}/transitiveMemberOf", list),
        get("/users/{user-id}/ownedObjects", list),
        get("/users/{user-id}/createdObjects", list),
        get("/users/{user-id}/directReports", list),
        get("/users/{user-id}/manager", manager),
        get("/users/{user-id}/appRoleAssignments", list),
        get("/users/{user-id}/oauth2PermissionGrants", list),
        get("/users/{user-id}/licenseDetails", list),
        get("/groups/{group-id}/members", list),
        get("/groups/{group-id}/members/$ref", references),
        get("/groups/{group-id}/transitiveMembers", list),
        get("/groups/{group-id}/owners", list),
        get("/groups/{group-id}/memberOf", list),
        get("/groups/{group-id}/transitiveMemberOf", list),
        get("/groups/{group-id}/appRoleAssignments", list),
        get("/applications/{application-id}/owners", list),
        get("/applications/{application-id}/owners/$ref", references),
        get("/applications/{application-id}/federatedIdentityCredentials", list),
        get("/applications/{application-id}/appManagementPolicies", list),
        get("/servicePrincipals/{servicePrincipal-id}/owners", list),
        get("/servicePrincipals/{servicePrincipal-id}/owners/$ref", references),
        get("/servicePrincipals/{servicePrincipal-id}/memberOf", list),
        get("/servicePrincipals/{servicePrincipal-id}/transitiveMemberOf", list),
        get("/servicePrincipals/{servicePrincipal-id}/ownedObjects", list),
        get("/servicePrincipals/{servicePrincipal-id}/createdObjects", list),
        get("/servicePrincipals/{servicePrincipal-id}/appRoleAssignments", list),
        get("/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo", list),
        get("/servicePrincipals/{servicePrincipal-id}/oauth2PermissionGrants", list),
        get("/servicePrincipals/{servicePrincipal-id}/appManagementPolicies", list),
        get("/servicePrincipals/{servicePrincipal-id}/delegatedPermissionClassifications", list),
        get("/directoryRoles/{directoryRole-id}/members", list),
    ]
}

/// The type of the objects below a root.
pub(crate) fn kind_of(template: &str) -> &'static str {
    match template.split('/').nth(1) {
        Some("users") => "user",
        Some("groups") => "group",
        Some("applications") => "application",
        Some("servicePrincipals") => "servicePrincipal",
        Some("directoryRoles") => "directoryRole",
        _ => "directoryObject",
    }
}

/// What the path leads to.
fn related<'t>(call: &Call<'_>, tables: &'t Tables) -> Result<(Vec<Item<'t>>, &'static str)> {
    let kind = kind_of(call.template);
    let id = if kind == "directoryRole" {
        directory_roles::find(call, tables, call.key(0))?.id()
    } else {
        locate::id(call, tables, kind, call.key(0))?
    };
    let navigation = call.template.split('/').nth(3).unwrap_or_default();
    let items = relations::of(call, tables, kind, &id, navigation)
        .ok_or_else(|| GraphError::UnknownSegment(navigation.to_owned()))?;
    Ok((items, navigation))
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (items, navigation) = related(call, tables)?;
    let kind = relations::target(navigation);
    let set = match kind.name.as_str() {
        "directoryObject" => "directoryObjects",
        "appRoleAssignment" => "appRoleAssignments",
        "oAuth2PermissionGrant" => "oauth2PermissionGrants",
        _ => navigation,
    };
    let at = |position: usize| items.get(position).cloned();
    Listing {
        kind,
        set,
        // Members of a directory role are not paged ("Paging Microsoft Graph data").
        service: if kind_of(call.template) == "directoryRole" { Service::Small } else { Service::Directory },
        len: items.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn references(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (items, _) = related(call, tables)?;
    let context = format!("{}/$metadata#Collection($ref)", call.root());
    let body = json!({ "@odata.context": context, "value": relations::links(call, &items) });
    Ok(GraphResponse::json(StatusCode::OK, body))
}

fn manager(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (items, _) = related(call, tables)?;
    let Some(manager) = items.into_iter().next() else { return Err(GraphError::NotFound("manager".into())) };
    let mut response = call.one("directoryObjects", manager.kind, &manager.body)?;
    if let Some(super::super::http::GraphBody::Json(Value::Object(body))) = &mut response.body {
        body.insert("@odata.type".into(), "#microsoft.graph.user".into());
    }
    Ok(response)
}
