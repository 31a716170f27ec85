//! Rules of the organisation that may stand in the way: read before a plan is shown.

use crate::id::ApplicationId;
use crate::paging::{Page, page};
use crate::path::Path;
use crate::reply::json;
use crate::request::Request;
use crate::resources::{AppManagementPolicy, AuthorizationPolicy, SecurityDefaults};

/// What apps may have as credentials, for the whole organisation.
/// <https://learn.microsoft.com/graph/api/tenantappmanagementpolicy-get>
#[must_use]
pub fn default_app_management() -> Request<AppManagementPolicy> {
    Request::get(Path::new("policies").then("defaultAppManagementPolicy"), json).select(&[
        "id",
        "displayName",
        "isEnabled",
        "applicationRestrictions",
        "servicePrincipalRestrictions",
    ])
}

/// What one app may have as credentials, where that differs from the organisation.
#[must_use]
pub fn app_management_of(id: &ApplicationId) -> Request<Page<AppManagementPolicy>> {
    Request::get(Path::new("applications").id(id).then("appManagementPolicies"), page).select(&[
        "id",
        "displayName",
        "isEnabled",
        "restrictions",
    ])
}

/// What ordinary people may do: register apps, consent for themselves.
/// <https://learn.microsoft.com/graph/api/authorizationpolicy-get>
#[must_use]
pub fn authorization() -> Request<AuthorizationPolicy> {
    Request::get(Path::new("policies").then("authorizationPolicy"), json).select(&[
        "defaultUserRolePermissions",
        "allowInvitesFrom",
        "allowUserConsentForRiskyApps",
    ])
}

/// Whether everybody is asked for a second proof at sign-in, wherever no finer rule says otherwise.
/// <https://learn.microsoft.com/graph/api/identitysecuritydefaultsenforcementpolicy-get>
#[must_use]
pub fn security_defaults() -> Request<SecurityDefaults> {
    Request::get(Path::new("policies").then("identitySecurityDefaultsEnforcementPolicy"), json)
        .select(&["id", "isEnabled"])
}
