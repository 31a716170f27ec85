//! Roles given to apps (RBAC for Applications).
//! <https://learn.microsoft.com/exchange/permissions-exo/application-rbac>

use net::call::Repeat;

use crate::command::{Command, all, nothing, one};
use crate::identity::Identity;
use crate::resources::{ManagementRole, RoleAssignment};

/// One, by name.
#[must_use]
pub fn get(name: &Identity) -> Command<RoleAssignment> {
    Command::reading("Get-ManagementRoleAssignment", one).with("Identity", name)
}

/// Everything that is given to this app, by its enterprise app's object id.
#[must_use]
pub fn of_app(app: &Identity) -> Command<Vec<RoleAssignment>> {
    Command::reading("Get-ManagementRoleAssignment", all).with("RoleAssignee", app)
}

/// Everything that is given to anybody: some hundreds to people's role groups, beside what apps have.
#[must_use]
pub fn list() -> Command<Vec<RoleAssignment>> {
    Command::reading("Get-ManagementRoleAssignment", all)
}

/// Gives an app a role, within a scope or (without one) on every mailbox. Refused as existing when the name is taken.
#[must_use]
pub fn create(
    name: &Identity,
    app: &Identity,
    role: &str,
    scope: Option<&Identity>,
) -> Command<RoleAssignment> {
    let command = Command::writing("New-ManagementRoleAssignment", Repeat::Refused, one)
        .with("Name", name)
        .with("App", app)
        .with("Role", role);
    match scope {
        Some(scope) => command.with("CustomResourceScope", scope),
        None => command,
    }
}

/// Takes a role back, by the assignment's name.
#[must_use]
pub fn remove(name: &Identity) -> Command<()> {
    Command::writing("Remove-ManagementRoleAssignment", Repeat::Safe, nothing)
        .with("Identity", name)
        .with("Confirm", false)
}

/// Every role that can be given.
#[must_use]
pub fn roles() -> Command<Vec<ManagementRole>> {
    Command::reading("Get-ManagementRole", all)
}
