//! Roles of administrators: mine, and who else holds one.

use crate::id::{DirectoryObjectId, RoleTemplateId};
use crate::paging::{Page, page};
use crate::path::{Path, literal};
use crate::request::Request;
use crate::resources::{DirectoryObject, DirectoryRole, RoleAssignment};

/// Roles that I hold now, directly or through a group. Roles that must be activated first are not among them.
#[must_use]
pub fn mine() -> Request<Page<DirectoryRole>> {
    Request::get(Path::new("me").then("transitiveMemberOf").then("microsoft.graph.directoryRole"), page)
        .select(&["id", "roleTemplateId", "displayName"])
}

/// Who holds this role for the whole organisation or a part of it, with names.
#[must_use]
pub fn assignments_of(role: &RoleTemplateId) -> Request<Page<RoleAssignment>> {
    assignments(format!("roleDefinitionId eq {}", literal(role.as_str()))).query("$expand", "principal")
}

/// Roles that this person or app holds directly.
#[must_use]
pub fn assignments_to(principal: &DirectoryObjectId) -> Request<Page<RoleAssignment>> {
    assignments(format!("principalId eq {}", literal(principal.as_str())))
}

fn assignments(filter: String) -> Request<Page<RoleAssignment>> {
    Request::get(Path::new("roleManagement").then("directory").then("roleAssignments"), page)
        .query("$filter", filter)
}

/// Members of a role, by template id. Not found when nobody in the organisation ever held it.
#[must_use]
pub fn members_of(role: &RoleTemplateId) -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("directoryRoles").key("roleTemplateId", role).then("members"), page).select(&[
        "id",
        "displayName",
        "userPrincipalName",
        "mail",
    ])
}
