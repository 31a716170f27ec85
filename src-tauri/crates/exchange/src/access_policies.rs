//! Application access policies: the older way to limit an app. Microsoft asks not to make new ones.
//! <https://learn.microsoft.com/powershell/module/exchange/new-applicationaccesspolicy>

use net::call::Repeat;

use crate::command::{Command, all, nothing, one};
use crate::identity::Identity;
use crate::resources::{AccessRight, ApplicationAccessPolicy, PolicyTest};

/// All of the organisation.
#[must_use]
pub fn list() -> Command<Vec<ApplicationAccessPolicy>> {
    Command::reading("Get-ApplicationAccessPolicy", all)
}

/// Makes one. A second one may be made by a second sending: what came of a lost answer is found by `description`.
#[must_use]
pub fn create(
    app_id: &str,
    group: &Identity,
    right: AccessRight,
    description: &str,
) -> Command<ApplicationAccessPolicy> {
    let right = if right == AccessRight::Deny { "DenyAccess" } else { "RestrictAccess" };
    Command::writing("New-ApplicationAccessPolicy", Repeat::Duplicates, one)
        .with("AppId", app_id)
        .with("PolicyScopeGroupId", group)
        .with("AccessRight", right)
        .with("Description", description)
}

/// Removes one, by [`ApplicationAccessPolicy::identity`].
#[must_use]
pub fn remove(identity: &Identity) -> Command<()> {
    Command::writing("Remove-ApplicationAccessPolicy", Repeat::Safe, nothing)
        .with("Identity", identity)
        .with("Confirm", false)
}

/// Whether the policies let an app, by what *Entra* grants it, into this mailbox. Roles in Exchange are not looked at.
#[must_use]
pub fn test(mailbox: &Identity, app_id: &str) -> Command<PolicyTest> {
    Command::reading("Test-ApplicationAccessPolicy", one).with("Identity", mailbox).with("AppId", app_id)
}
