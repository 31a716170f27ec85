//! Every app of an organisation, read in bulk: 999 to a page, and afterwards only what changed.
//! <https://learn.microsoft.com/graph/api/application-list>, <https://learn.microsoft.com/graph/api/application-delta>
//!
//! `keyCredentials` may be selected 150 times a minute in an organisation: plenty for pages, little for single objects.

use crate::changes::Change;
use crate::id::{AppId, ApplicationId, ServicePrincipalId};
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::{Path, literal};
use crate::reply::json;
use crate::request::Request;
use crate::resources::{
    AppRoleAssignment, Application, DirectoryObject, FederatedIdentityCredential, OAuth2PermissionGrant,
    ServicePrincipal,
};

/// Organisations in which Microsoft registers its own apps: Services, and the company itself.
pub const MICROSOFT: [&str; 2] =
    ["f8cdef31-a31e-4b4a-93e4-5f571e91255a", "72f988bf-86f1-41af-91ab-2d7cd011db47"];

const REGISTRATION: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "signInAudience",
    "createdDateTime",
    "requiredResourceAccess",
    "passwordCredentials",
    "keyCredentials",
    "web",
    "spa",
    "publicClient",
    "tags",
    "disabledByMicrosoftStatus",
];

const ENTERPRISE_APP: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "accountEnabled",
    "appOwnerOrganizationId",
    "servicePrincipalType",
    "passwordCredentials",
    "keyCredentials",
    "tags",
];

const OWNER: &[&str] = &["id", "displayName", "userPrincipalName", "accountEnabled"];

/// All registrations.
#[must_use]
pub fn registrations() -> Request<Page<Application>> {
    Request::get(Path::new("applications"), page).select(REGISTRATION).query("$top", PAGE_SIZE)
}

/// Changes of registrations: all of them at first, then by the link of the last page.
#[must_use]
pub fn registration_changes() -> Request<Page<Change>> {
    Request::get(Path::new("applications").then("delta()"), page).select(REGISTRATION)
}

/// A link to the changes from now on, and no objects.
#[must_use]
pub fn registration_changes_from_now() -> Request<Page<Change>> {
    registration_changes().query("$deltatoken", "latest")
}

/// One registration, as in the list.
#[must_use]
pub fn registration(id: &ApplicationId) -> Request<Application> {
    Request::get(Path::new("applications").id(id), json).select(REGISTRATION)
}

/// The registration with this client id, as in the list.
#[must_use]
pub fn registration_by_app_id(id: &AppId) -> Request<Application> {
    Request::get(Path::new("applications").key("appId", id), json).select(REGISTRATION)
}

/// All enterprise apps but Microsoft's own, of which every organisation has hundreds.
#[must_use]
pub fn enterprise_apps() -> Request<Page<ServicePrincipal>> {
    let others = MICROSOFT.map(|owner| format!("appOwnerOrganizationId ne {owner}")).join(" and ");
    all_enterprise_apps()
        .query("$filter", others)
        .query("$count", "true")
        .header("ConsistencyLevel", "eventual")
}

/// All enterprise apps, Microsoft's own too.
#[must_use]
pub fn all_enterprise_apps() -> Request<Page<ServicePrincipal>> {
    Request::get(Path::new("servicePrincipals"), page).select(ENTERPRISE_APP).query("$top", PAGE_SIZE)
}

/// Changes of enterprise apps, Microsoft's own too: changes cannot be filtered.
#[must_use]
pub fn enterprise_app_changes() -> Request<Page<Change>> {
    Request::get(Path::new("servicePrincipals").then("delta()"), page).select(ENTERPRISE_APP)
}

/// A link to the changes from now on, and no objects.
#[must_use]
pub fn enterprise_app_changes_from_now() -> Request<Page<Change>> {
    enterprise_app_changes().query("$deltatoken", "latest")
}

/// One enterprise app, as in the list.
#[must_use]
pub fn enterprise_app(id: &ServicePrincipalId) -> Request<ServicePrincipal> {
    Request::get(Path::new("servicePrincipals").id(id), json).select(ENTERPRISE_APP)
}

/// The enterprise app with this client id, as in the list.
#[must_use]
pub fn enterprise_app_by_app_id(id: &AppId) -> Request<ServicePrincipal> {
    Request::get(Path::new("servicePrincipals").key("appId", id), json).select(ENTERPRISE_APP)
}

/// Delegated permissions that are granted for everybody, to all apps on all APIs.
#[must_use]
pub fn delegated_for_everybody() -> Request<Page<OAuth2PermissionGrant>> {
    Request::get(Path::new("oauth2PermissionGrants"), page)
        .query("$filter", "consentType eq 'AllPrincipals'")
        .select(&["id", "clientId", "consentType", "principalId", "resourceId", "scope"])
        .query("$top", PAGE_SIZE)
}

/// Which apps hold application permissions of this API.
#[must_use]
pub fn holders_of(api: &ServicePrincipalId) -> Request<Page<AppRoleAssignment>> {
    Request::get(Path::new("servicePrincipals").id(api).then("appRoleAssignedTo"), page)
        .select(&["id", "appRoleId", "principalId", "principalType", "resourceId", "createdDateTime"])
        .query("$top", PAGE_SIZE)
}

/// Registrations that nobody owns.
/// <https://learn.microsoft.com/graph/api/application-list>: `owners/$count` needs advanced queries.
#[must_use]
pub fn without_owner() -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("applications"), page)
        .query("$filter", "owners/$count eq 0")
        .select(&["id", "displayName"])
        .query("$count", "true")
        .query("$top", PAGE_SIZE)
        .header("ConsistencyLevel", "eventual")
}

/// Who owns a registration, with whether they can sign in.
#[must_use]
pub fn owners(id: &ApplicationId) -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("applications").id(id).then("owners"), page).select(OWNER).query("$top", PAGE_SIZE)
}

/// Who owns an enterprise app.
#[must_use]
pub fn owners_of_enterprise_app(id: &ServicePrincipalId) -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("servicePrincipals").id(id).then("owners"), page)
        .select(OWNER)
        .query("$top", PAGE_SIZE)
}

/// Trust of a registration in other services.
/// <https://learn.microsoft.com/graph/api/application-list-federatedidentitycredentials>
#[must_use]
pub fn federated_credentials(id: &ApplicationId) -> Request<Page<FederatedIdentityCredential>> {
    Request::get(Path::new("applications").id(id).then("federatedIdentityCredentials"), page)
}

/// Enterprise apps of these APIs (at most 15), with ids alone.
#[must_use]
pub fn apis(app_ids: &[&str]) -> Request<Page<ServicePrincipal>> {
    let list: Vec<String> = app_ids.iter().take(15).map(|id| literal(id)).collect();
    Request::get(Path::new("servicePrincipals"), page)
        .query("$filter", format!("appId in ({})", list.join(",")))
        .select(&["id", "appId"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_asked_for_with_the_properties_of_the_list() {
        let list = registrations().describe().url;
        let selected = list.split("$select=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        let changes = registration_changes_from_now().describe().url;
        assert_eq!(changes, format!("/v1.0/applications/delta()?$select={selected}&$deltatoken=latest"));
    }

    #[test]
    fn microsoft_s_own_are_left_out_by_an_advanced_query() {
        let request = enterprise_apps().describe();
        assert!(request.url.contains("appOwnerOrganizationId ne f8cdef31"), "{}", request.url);
        assert!(request.url.contains("$count=true"), "{}", request.url);
        assert_eq!(request.headers, [("ConsistencyLevel".to_owned(), "eventual".to_owned())]);
    }
}
