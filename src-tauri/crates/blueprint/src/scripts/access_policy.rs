//! Application Access Policies: the older limit, for organisations that use it already.

use uuid::Uuid;

use super::quoting::{quoted, remark};

/// A script for Exchange Online PowerShell: limits an app to the mailboxes of a mail-enabled security group with an
/// Application Access Policy, and tries one mailbox inside and one outside.
///
/// Microsoft asks not to make new ones (`New-ApplicationAccessPolicy`, 2026-08); [`application_roles`](super::application_roles)
/// is the way for everybody who has none yet.
#[must_use]
pub fn access_policy(
    name: &str,
    client_id: Uuid,
    group: &str,
    inside: Option<&str>,
    outside: Option<&str>,
) -> String {
    let mut script = format!(
        "# {name}: opens only the mailboxes of one group (Application Access Policy, Exchange Online).\n\
         # Microsoft asks for no new ones of these. Use it only where your organisation has them already.\n\
         # Needs the module ExchangeOnlineManagement and the role Exchange Administrator. It can be run again.\n\
         $ErrorActionPreference = 'Stop'\n\
         $appId = {app_id}\n\
         $group = {group}  # a mail-enabled security group; groups inside it count\n\
         \n\
         Connect-ExchangeOnline -ShowBanner:$false\n\
         $scope = (Get-DistributionGroup -Identity $group).Name\n\
         $policy = Get-ApplicationAccessPolicy |\n\
         \x20   Where-Object {{ $_.AppId -eq $appId -and $_.ScopeName -eq $scope -and $_.AccessRight -eq 'RestrictAccess' }}\n\
         if (-not $policy) {{\n\
         \x20   New-ApplicationAccessPolicy -AppId $appId -PolicyScopeGroupId $group -AccessRight RestrictAccess -Description {description} | Out-Null\n\
         }}\n",
        name = remark(name),
        app_id = quoted(&client_id.to_string()),
        group = quoted(group),
        description = quoted(name),
    );
    for (mailbox, word) in [(inside, "Granted"), (outside, "Denied")] {
        if let Some(mailbox) = mailbox {
            script.push_str(&format!(
                "\n# Should say {word}. Microsoft Graph can take more than an hour longer to act on it.\n\
                 Test-ApplicationAccessPolicy -AppId $appId -Identity {} | Format-List AccessCheckResult\n",
                quoted(mailbox)
            ));
        }
    }
    script.push_str("\n# To take it back:\n# $policy | Remove-ApplicationAccessPolicy\n");
    script
}
