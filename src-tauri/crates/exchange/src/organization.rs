//! Settings of the whole organisation.
//! <https://learn.microsoft.com/powershell/module/exchange/get-organizationconfig>

use crate::command::{Command, one};
use crate::resources::OrganizationConfig;

/// The settings, without the list of apps that may use Exchange Web Services.
#[must_use]
pub fn config() -> Command<OrganizationConfig> {
    Command::reading("Get-OrganizationConfig", one)
}

/// The settings with that list.
#[must_use]
pub fn ews_policy() -> Command<OrganizationConfig> {
    config().with("RetrieveEwsOperationAccessPolicy", true)
}
