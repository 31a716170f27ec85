//! Mail-enabled security groups and their members.
//! <https://learn.microsoft.com/powershell/module/exchange/new-distributiongroup>

use net::call::Repeat;

use crate::command::{Command, all, nothing, one};
use crate::identity::Identity;
use crate::resources::{Group, Recipient};

/// A distribution or mail-enabled security group, by name, address or id. A Microsoft 365 group is not found here.
#[must_use]
pub fn get(group: &Identity) -> Command<Group> {
    Command::reading("Get-DistributionGroup", one).with("Identity", group)
}

/// Its direct members. Members of groups in it are not listed, and a management scope does not reach them.
#[must_use]
pub fn members(group: &Identity) -> Command<Vec<Recipient>> {
    Command::reading("Get-DistributionGroupMember", all)
        .with("Identity", group)
        .with("ResultSize", "Unlimited")
}

/// Makes a mail-enabled security group, closed to letters from outside and hidden from the address book's readers' way:
/// it exists to limit an app. Refused as existing when the name is taken.
#[must_use]
pub fn create(name: &Identity, alias: &str, display_name: &str, members: &[Identity]) -> Command<Group> {
    Command::writing("New-DistributionGroup", Repeat::Refused, one)
        .with("Name", name)
        .with("Alias", alias)
        .with("DisplayName", display_name)
        .with("Type", "Security")
        .with("MemberJoinRestriction", "Closed")
        .with("MemberDepartRestriction", "Closed")
        .with("Members", members)
}

/// Adds a member. Refused as existing when it is one.
#[must_use]
pub fn add_member(group: &Identity, member: &Identity) -> Command<()> {
    Command::writing("Add-DistributionGroupMember", Repeat::Refused, nothing)
        .with("Identity", group)
        .with("Member", member)
        .with("BypassSecurityGroupManagerCheck", true)
}

/// Takes a member away.
#[must_use]
pub fn remove_member(group: &Identity, member: &Identity) -> Command<()> {
    Command::writing("Remove-DistributionGroupMember", Repeat::Safe, nothing)
        .with("Identity", group)
        .with("Member", member)
        .with("BypassSecurityGroupManagerCheck", true)
        .with("Confirm", false)
}

/// Deletes a group, for good.
#[must_use]
pub fn remove(group: &Identity) -> Command<()> {
    Command::writing("Remove-DistributionGroup", Repeat::Safe, nothing)
        .with("Identity", group)
        .with("BypassSecurityGroupManagerCheck", true)
        .with("Confirm", false)
}
