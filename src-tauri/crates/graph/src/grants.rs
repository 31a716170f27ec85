//! Granting and taking back permissions.
//! <https://learn.microsoft.com/graph/permissions-grant-via-msgraph>
//!
//! A grant takes effect at once for tokens issued afterwards; those issued before keep what they have for up to 90 minutes.

use reqwest::Method;
use serde::Serialize;

use crate::id::{AppRoleId, AssignmentId, DirectoryObjectId, GrantId, ServicePrincipalId};
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::{Path, literal};
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::{AppRoleAssignment, ConsentType, OAuth2PermissionGrant};
use net::call::Repeat;

const ASSIGNMENT: &[&str] = &[
    "id",
    "appRoleId",
    "principalId",
    "principalType",
    "principalDisplayName",
    "resourceId",
    "resourceDisplayName",
    "createdDateTime",
];

/// Application permissions that this enterprise app holds.
#[must_use]
pub fn app_roles_of(client: &ServicePrincipalId) -> Request<Page<AppRoleAssignment>> {
    Request::get(Path::new("servicePrincipals").id(client).then("appRoleAssignments"), page)
        .select(ASSIGNMENT)
        .query("$top", PAGE_SIZE)
}

/// Who holds application permissions of this API.
#[must_use]
pub fn app_roles_on(resource: &ServicePrincipalId) -> Request<Page<AppRoleAssignment>> {
    Request::get(Path::new("servicePrincipals").id(resource).then("appRoleAssignedTo"), page)
        .select(ASSIGNMENT)
        .query("$top", PAGE_SIZE)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewAssignment<'a> {
    principal_id: &'a ServicePrincipalId,
    resource_id: &'a ServicePrincipalId,
    app_role_id: &'a AppRoleId,
}

/// Grants an application permission of `resource` to `client`. Refused as existing when it holds it already.
/// Permissions of Microsoft Graph need Privileged Role Administrator, others Cloud Application Administrator.
#[must_use]
pub fn assign_app_role(
    client: &ServicePrincipalId,
    resource: &ServicePrincipalId,
    role: &AppRoleId,
) -> Request<AppRoleAssignment> {
    let path = Path::new("servicePrincipals").id(resource).then("appRoleAssignedTo");
    let body = NewAssignment { principal_id: client, resource_id: resource, app_role_id: role };
    Request::new(Method::POST, path, Repeat::Refused, json).json(&body)
}

/// Takes an application permission back.
#[must_use]
pub fn remove_app_role(resource: &ServicePrincipalId, assignment: &AssignmentId) -> Request<()> {
    let path = Path::new("servicePrincipals").id(resource).then("appRoleAssignedTo").id(assignment);
    Request::new(Method::DELETE, path, Repeat::Safe, nothing)
}

/// Delegated permissions that this enterprise app holds, for everybody and for single people.
#[must_use]
pub fn delegated_of(client: &ServicePrincipalId) -> Request<Page<OAuth2PermissionGrant>> {
    Request::get(Path::new("servicePrincipals").id(client).then("oauth2PermissionGrants"), page)
        .select(DELEGATED)
        .query("$top", PAGE_SIZE)
}

const DELEGATED: &[&str] = &["id", "clientId", "consentType", "principalId", "resourceId", "scope"];

/// Delegated permissions that this enterprise app holds for everybody, on all APIs: at most one object for each.
#[must_use]
pub fn delegated_for_all(client: &ServicePrincipalId) -> Request<Page<OAuth2PermissionGrant>> {
    let filter = format!("clientId eq {} and consentType eq 'AllPrincipals'", literal(client.as_str()));
    Request::get(Path::new("oauth2PermissionGrants"), page).query("$filter", filter).select(DELEGATED)
}

/// Every delegated permission that this enterprise app holds, for everybody and for each person who granted one: long in a
/// large organisation, so read it page by page.
#[must_use]
pub fn delegated_to(client: &ServicePrincipalId) -> Request<Page<OAuth2PermissionGrant>> {
    let filter = format!("clientId eq {}", literal(client.as_str()));
    Request::get(Path::new("oauth2PermissionGrants"), page)
        .query("$filter", filter)
        .select(DELEGATED)
        .query("$top", PAGE_SIZE)
}

/// Delegated permissions that I have given to apps for my own account, and those given for everybody.
#[must_use]
pub fn delegated_by_me() -> Request<Page<OAuth2PermissionGrant>> {
    Request::get(Path::new("me").then("oauth2PermissionGrants"), page)
        .select(DELEGATED)
        .query("$top", PAGE_SIZE)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewGrant<'a> {
    client_id: &'a ServicePrincipalId,
    consent_type: ConsentType,
    principal_id: Option<&'a DirectoryObjectId>,
    resource_id: &'a ServicePrincipalId,
    scope: String,
}

/// Grants delegated permissions for everybody, or for one person. Refused as existing when there is a grant already:
/// then change that one with [`change_delegated`], keeping what it has
/// ([`OAuth2PermissionGrant::merged_with`]).
#[must_use]
pub fn grant_delegated(
    client: &ServicePrincipalId,
    resource: &ServicePrincipalId,
    person: Option<&DirectoryObjectId>,
    scopes: &[&str],
) -> Request<OAuth2PermissionGrant> {
    let body = NewGrant {
        client_id: client,
        consent_type: if person.is_some() { ConsentType::Principal } else { ConsentType::AllPrincipals },
        principal_id: person,
        resource_id: resource,
        scope: scopes.join(" "),
    };
    Request::new(Method::POST, Path::new("oauth2PermissionGrants"), Repeat::Refused, json).json(&body)
}

#[derive(Serialize)]
struct Scopes<'a> {
    scope: &'a str,
}

/// Sets the whole list of a delegated grant (names separated by spaces, at most 3,850 characters).
#[must_use]
pub fn change_delegated(grant: &GrantId, scopes: &str) -> Request<()> {
    let path = Path::new("oauth2PermissionGrants").id(grant);
    Request::new(Method::PATCH, path, Repeat::Safe, nothing).json(&Scopes { scope: scopes })
}

/// Takes a whole delegated grant back.
#[must_use]
pub fn remove_delegated(grant: &GrantId) -> Request<()> {
    Request::new(Method::DELETE, Path::new("oauth2PermissionGrants").id(grant), Repeat::Safe, nothing)
}
