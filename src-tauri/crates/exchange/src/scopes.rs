//! Management scopes: limits on recipients, by filter.
//! <https://learn.microsoft.com/powershell/module/exchange/new-managementscope>

use net::call::Repeat;

use crate::command::{Command, all, nothing, one};
use crate::identity::Identity;
use crate::opath::Filter;
use crate::resources::ManagementScope;

/// One, by name.
#[must_use]
pub fn get(name: &Identity) -> Command<ManagementScope> {
    Command::reading("Get-ManagementScope", one).with("Identity", name)
}

/// All of the organisation.
#[must_use]
pub fn list() -> Command<Vec<ManagementScope>> {
    Command::reading("Get-ManagementScope", all)
}

/// Makes one. Refused as existing when the name is taken.
#[must_use]
pub fn create(name: &Identity, filter: &Filter) -> Command<ManagementScope> {
    Command::writing("New-ManagementScope", Repeat::Refused, one)
        .with("Name", name)
        .with("RecipientRestrictionFilter", filter.as_str())
}

/// Removes one. Refused while an assignment uses it.
#[must_use]
pub fn remove(name: &Identity) -> Command<()> {
    Command::writing("Remove-ManagementScope", Repeat::Safe, nothing)
        .with("Identity", name)
        .with("Confirm", false)
}
