//! The operations, by resource.

pub(crate) mod app_role_assignments;
pub(crate) mod applications;
pub(crate) mod audit_logs;
pub(crate) mod credentials;
pub(crate) mod deleted_items;
pub(crate) mod delta;
pub(crate) mod directory_objects;
pub(crate) mod directory_roles;
pub(crate) mod exchange_roles;
pub(crate) mod groups;
pub(crate) mod keys;
pub(crate) mod licences;
pub(crate) mod mailbox;
pub(crate) mod navigation;
pub(crate) mod organization;
pub(crate) mod owners;
pub(crate) mod permission_grants;
pub(crate) mod policies;
pub(crate) mod reports;
pub(crate) mod role_management;
pub(crate) mod service_principals;
pub(crate) mod sign_in_reports;
pub(crate) mod signing_certificates;
pub(crate) mod users;

use super::router::Route;

/// Every operation that is played.
pub(crate) fn routes() -> Vec<Route> {
    [
        organization::routes(),
        users::routes(),
        groups::routes(),
        directory_roles::routes(),
        role_management::routes(),
        exchange_roles::routes(),
        delta::routes(),
        applications::routes(),
        service_principals::routes(),
        owners::routes(),
        credentials::routes(),
        keys::routes(),
        signing_certificates::routes(),
        app_role_assignments::routes(),
        permission_grants::routes(),
        policies::routes(),
        deleted_items::routes(),
        directory_objects::routes(),
        licences::routes(),
        audit_logs::routes(),
        reports::routes(),
        sign_in_reports::routes(),
        mailbox::routes(),
        navigation::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
