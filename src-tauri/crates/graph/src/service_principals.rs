//! Enterprise apps.
//! <https://learn.microsoft.com/graph/api/resources/serviceprincipal>

use reqwest::Method;
use serde::Serialize;

use crate::id::{AppId, ServicePrincipalId};
use crate::paging::{Page, page};
use crate::path::{Path, literal};
use crate::reply::{Reply, Unreadable, json, nothing};
use crate::request::Request;
use crate::resources::{ServicePrincipal, ServicePrincipalPatch};
use net::call::Repeat;

const BASIC: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "accountEnabled",
    "appOwnerOrganizationId",
    "appRoleAssignmentRequired",
    "servicePrincipalType",
    "tags",
    "notes",
];

/// What an API offers.
const OFFER: &[&str] = &["id", "appId", "displayName", "appRoles", "oauth2PermissionScopes"];

/// Most client ids in one [`many_by_app_id`]: the longest `in` list that the directory takes.
pub const MANY: usize = 15;

/// What an upsert did.
#[derive(Debug, Clone, PartialEq)]
pub enum Upserted {
    /// It was made now, by this request (201).
    Created(Box<ServicePrincipal>),
    /// It existed (204). Read it with [`by_app_id`].
    Existed,
}

/// Makes the enterprise app of this client id present: at most one ever exists in an organisation.
/// <https://learn.microsoft.com/graph/api/serviceprincipal-upsert>
#[must_use]
pub fn upsert(app_id: &AppId, patch: &ServicePrincipalPatch) -> Request<Upserted> {
    let path = Path::new("servicePrincipals").key("appId", app_id);
    Request::new(Method::PATCH, path, Repeat::Safe, upserted)
        .header("Prefer", "create-if-missing")
        .json(patch)
}

fn upserted(reply: &Reply) -> Result<Upserted, Unreadable> {
    match reply.status {
        201 => Ok(Upserted::Created(Box::new(json(reply)?))),
        200 | 204 => Ok(Upserted::Existed),
        other => Err(Unreadable::Status(other)),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct New<'a> {
    app_id: &'a AppId,
}

/// Makes the enterprise app of this client id; refused when there is one. For an API of Microsoft that the organisation
/// lacks.
#[must_use]
pub fn create(app_id: &AppId) -> Request<ServicePrincipal> {
    Request::new(Method::POST, Path::new("servicePrincipals"), Repeat::Refused, json).json(&New { app_id })
}

/// One enterprise app by client id.
#[must_use]
pub fn by_app_id(app_id: &AppId) -> Request<ServicePrincipal> {
    Request::get(Path::new("servicePrincipals").key("appId", app_id), json).select(BASIC)
}

/// One API by client id, with all permissions that it offers (Graph: about 600 KB, compressed 90).
#[must_use]
pub fn offer(app_id: &AppId) -> Request<ServicePrincipal> {
    Request::get(Path::new("servicePrincipals").key("appId", app_id), json).select(OFFER)
}

/// One enterprise app by object id.
#[must_use]
pub fn get(id: &ServicePrincipalId) -> Request<ServicePrincipal> {
    Request::get(Path::new("servicePrincipals").id(id), json).select(BASIC)
}

/// Those of these client ids (at most [`MANY`]; the rest is ignored) that the organisation has, without their offers.
#[must_use]
pub fn many_by_app_id(app_ids: &[AppId]) -> Request<Page<ServicePrincipal>> {
    let list: Vec<String> = app_ids.iter().take(MANY).map(|id| literal(id.as_str())).collect();
    Request::get(Path::new("servicePrincipals"), page)
        .query("$filter", format!("appId in ({})", list.join(",")))
        .select(BASIC)
}

/// Sets fields.
#[must_use]
pub fn update(id: &ServicePrincipalId, patch: &ServicePrincipalPatch) -> Request<()> {
    Request::new(Method::PATCH, Path::new("servicePrincipals").id(id), Repeat::Safe, nothing).json(patch)
}

/// Removes it, with all its grants.
#[must_use]
pub fn remove(id: &ServicePrincipalId) -> Request<()> {
    Request::new(Method::DELETE, Path::new("servicePrincipals").id(id), Repeat::Safe, nothing)
}
