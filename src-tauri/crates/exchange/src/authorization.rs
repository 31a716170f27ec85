//! The immediate truth about an app's roles in Exchange, past the cache that its real calls meet.
//! <https://learn.microsoft.com/powershell/module/exchange/test-serviceprincipalauthorization>

use crate::command::{Command, all};
use crate::identity::Identity;
use crate::resources::Authorization;

/// Which roles an app has, by its enterprise app's object id, and whether `mailbox` lies within each. What Entra grants is
/// not looked at.
#[must_use]
pub fn test(app: &Identity, mailbox: Option<&Identity>) -> Command<Vec<Authorization>> {
    let command = Command::reading("Test-ServicePrincipalAuthorization", all).with("Identity", app);
    match mailbox {
        Some(mailbox) => command.with("Resource", mailbox),
        None => command,
    }
}
