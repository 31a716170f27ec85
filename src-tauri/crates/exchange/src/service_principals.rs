//! Exchange's pointers to enterprise apps: an app needs one before it can have a role.
//! <https://learn.microsoft.com/powershell/module/exchange/new-serviceprincipal>

use net::call::Repeat;

use crate::command::{Command, all, nothing, one};
use crate::identity::Identity;
use crate::resources::ServicePrincipal;

/// One, by client id or by the enterprise app's object id.
#[must_use]
pub fn get(identity: &Identity) -> Command<ServicePrincipal> {
    Command::reading("Get-ServicePrincipal", one).with("Identity", identity)
}

/// All of the organisation.
#[must_use]
pub fn list() -> Command<Vec<ServicePrincipal>> {
    Command::reading("Get-ServicePrincipal", all)
}

/// Makes one. `object_id` is the *enterprise app's*, not the app registration's. Refused as existing for the same app.
#[must_use]
pub fn create(app_id: &str, object_id: &str, display_name: &str) -> Command<ServicePrincipal> {
    Command::writing("New-ServicePrincipal", Repeat::Refused, one)
        .with("AppId", app_id)
        .with("ObjectId", object_id)
        .with("DisplayName", display_name)
}

/// Removes one, by the enterprise app's object id.
#[must_use]
pub fn remove(identity: &Identity) -> Command<()> {
    Command::writing("Remove-ServicePrincipal", Repeat::Safe, nothing)
        .with("Identity", identity)
        .with("Confirm", false)
}
