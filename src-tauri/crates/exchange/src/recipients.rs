//! Who has an address, and who a mailbox.
//! <https://learn.microsoft.com/powershell/module/exchange/get-recipient>

use crate::command::{Command, all, one};
use crate::identity::Identity;
use crate::resources::Recipient;

/// One, by address, name or id.
#[must_use]
pub fn get(recipient: &Identity) -> Command<Recipient> {
    Command::reading("Get-Recipient", one).with("Identity", recipient)
}

/// Some mailboxes of people: enough to find one that lies outside of a limit.
#[must_use]
pub fn some_mailboxes(how_many: u32) -> Command<Vec<Recipient>> {
    Command::reading("Get-Recipient", all)
        .with("RecipientTypeDetails", ["UserMailbox"])
        .with("ResultSize", how_many)
}
