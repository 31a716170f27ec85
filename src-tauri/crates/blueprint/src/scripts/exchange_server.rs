//! One account that opens the mailboxes of others, on an Exchange Server of one's own.

use super::quoting::{exchange_name, quoted, remark};

/// A script for the Exchange Management Shell of an Exchange Server: lets `account` open the mailboxes of the members of
/// `group`, or every mailbox where there is no group.
///
/// `ApplicationImpersonation` no longer exists in Exchange Online; the script notices where it runs and stops there. It
/// puts the account into the group too, since vendors test the account on its own mailbox. `MemberOfGroup` looks at
/// direct members only.
#[must_use]
pub fn exchange_server_impersonation(product: &str, account: &str, group: Option<&str>) -> String {
    let name = quoted(&exchange_name(product, "impersonation"));
    let whom = if group.is_some() { "of the group below" } else { "of everybody" };
    let mut script = format!(
        "# {product}: lets one account open the mailboxes {whom}.\n\
         # For an Exchange Server of your own (2013 and later), and not for Exchange Online.\n\
         # Run it in the Exchange Management Shell, as a member of Organization Management.\n\
         # It can be run again: what is there already stays as it is.\n\
         $ErrorActionPreference = 'Stop'\n\
         $account = {account}\n\
         $name = {name}\n\
         \n\
         if (-not (Get-Command Get-ExchangeServer -ErrorAction SilentlyContinue)) {{\n\
         \x20   throw 'This is not the Exchange Management Shell of an Exchange Server. Nothing was changed.'\n\
         }}\n\
         \n\
         # The account must have a mailbox: the product tests itself on it.\n\
         $mailbox = Get-Mailbox -Identity $account\n",
        product = remark(product),
        account = quoted(account),
    );
    match group {
        Some(group) => script.push_str(&for_group(group)),
        None => {
            script.push_str("\n# Every mailbox: no group was chosen. A group would be safer.\n");
            script.push_str(ASSIGNMENT);
            script.push_str(FOR_EVERYBODY);
        }
    }
    script.push_str(
        "\n# What there is now. Exchange can take two hours to act on it.\n\
         Get-ManagementRoleAssignment -Identity $name | Format-List Name, Role, RoleAssigneeName, CustomRecipientWriteScope\n\
         \n\
         # To take it back:\n\
         # Remove-ManagementRoleAssignment -Identity $name\n",
    );
    if group.is_some() {
        script.push_str("# Remove-ManagementScope -Identity $name\n");
    }
    script
}

fn for_group(group: &str) -> String {
    format!(
        "\n# The account belongs to the group too. Only direct members count: a group inside the group does not.\n\
         $group = Get-DistributionGroup -Identity {group}\n\
         $members = Get-DistributionGroupMember -Identity $group.DistinguishedName -ResultSize Unlimited\n\
         if (-not ($members | Where-Object {{ $_.DistinguishedName -eq $mailbox.DistinguishedName }})) {{\n\
         \x20   Add-DistributionGroupMember -Identity $group.DistinguishedName -Member $mailbox.DistinguishedName\n\
         }}\n\
         \n\
         # The mailboxes of the members, and no others. Whoever joins the group is in without running this again.\n\
         $filter = \"MemberOfGroup -eq '\" + $group.DistinguishedName.Replace(\"'\", \"''\") + \"'\"\n\
         $scope = Get-ManagementScope | Where-Object {{ $_.Name -eq $name }}\n\
         if ($scope) {{\n\
         \x20   Set-ManagementScope -Identity $name -RecipientRestrictionFilter $filter\n\
         }} else {{\n\
         \x20   New-ManagementScope -Name $name -RecipientRestrictionFilter $filter | Out-Null\n\
         }}\n\
         \n\
         {ASSIGNMENT}\
         if ($assignment) {{\n\
         \x20   Set-ManagementRoleAssignment -Identity $name -CustomRecipientWriteScope $name\n\
         }} else {{\n\
         \x20   New-ManagementRoleAssignment -Name $name -Role 'ApplicationImpersonation' -User $mailbox.DistinguishedName -CustomRecipientWriteScope $name | Out-Null\n\
         }}\n",
        group = quoted(group),
    )
}

const ASSIGNMENT: &str = "\
$assignment = Get-ManagementRoleAssignment -Role 'ApplicationImpersonation' | Where-Object { $_.Name -eq $name }
if ($assignment -and $assignment.RoleAssigneeName -ne $mailbox.Name) {
    throw 'Another account has this right under the same name. Take it back first, with the lines at the end.'
}
";

const FOR_EVERYBODY: &str = "\
if (-not $assignment) {
    New-ManagementRoleAssignment -Name $name -Role 'ApplicationImpersonation' -User $mailbox.DistinguishedName | Out-Null
}
";
