//! RBAC for Applications: an app that opens some mailboxes of Exchange Online, and no others.

use std::fmt::Write as _;

use uuid::Uuid;

use super::quoting::{exchange_name, quoted, remark};
use super::recipient_filter;
use crate::catalogue::{self, PermissionKey, PermissionKind};
use crate::setup::MailboxAccess;

/// The app that a script limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitedApp {
    /// What it is called.
    pub name: String,
    /// Its client id.
    pub client_id: Uuid,
    /// The object id of its enterprise app, which is not the one of its registration.
    pub service_principal_id: Uuid,
    /// The application permissions that become limited, by name and API.
    pub permissions: Vec<PermissionKey>,
    /// Whose mailboxes it is to open.
    pub access: MailboxAccess,
    /// A mailbox to try at the end, one that is within the limit.
    pub inside: Option<String>,
}

/// A script for Exchange Online PowerShell and Microsoft Graph PowerShell: gives the app its Exchange roles for these
/// mailboxes, and then takes the permissions for the whole organisation away, which would count beside them.
///
/// Permissions that have no Exchange role are left alone and named in a comment.
#[must_use]
pub fn application_roles(app: &LimitedApp) -> String {
    let (limited, others): (Vec<_>, Vec<_>) = app
        .permissions
        .iter()
        .filter(|key| key.kind == PermissionKind::Application)
        .partition(|key| role_of(key).is_some());
    let roles: Vec<String> = limited.iter().filter_map(role_of).map(|role| quoted(&role)).collect();
    let ids: Vec<String> = limited.iter().map(|key| quoted(&key.id.to_string())).collect();
    let mut script = format!(
        "# {name}: opens only the mailboxes that are named here (RBAC for Applications, Exchange Online).\n\
         # Needs the modules ExchangeOnlineManagement and Microsoft.Graph.Applications, and the roles Exchange\n\
         # Administrator and Privileged Role Administrator. It can be run again.\n\
         $ErrorActionPreference = 'Stop'\n\
         $appId = {app_id}\n\
         $objectId = {object_id}  # of the enterprise app\n\
         $name = {scope}\n\
         $roles = @({roles})\n\
         \n\
         Connect-ExchangeOnline -ShowBanner:$false\n\
         if (-not (Get-ServicePrincipal | Where-Object {{ $_.AppId -eq $appId }})) {{\n\
         \x20   New-ServicePrincipal -AppId $appId -ObjectId $objectId -DisplayName {display_name} | Out-Null\n\
         }}\n",
        name = remark(&app.name),
        app_id = quoted(&app.client_id.to_string()),
        object_id = quoted(&app.service_principal_id.to_string()),
        scope = quoted(&exchange_name(&app.name, "mailboxes")),
        roles = roles.join(", "),
        display_name = quoted(&app.name),
    );
    script.push_str(&scope(&app.access));
    script.push_str(ASSIGN);
    if let Some(mailbox) = &app.inside {
        let _ = write!(
            script,
            "\n# InScope says True for a mailbox within the limit.\n\
             Test-ServicePrincipalAuthorization -Identity $objectId -Resource {} | Format-Table\n",
            quoted(mailbox)
        );
    }
    let _ = write!(
        script,
        "\n# The same permissions for the whole organisation count beside the roles, so they go. Do this last: an app\n\
         # that is in use can be without access until Exchange acts on the roles.\n\
         $limited = @({ids})\n\
         Connect-MgGraph -Scopes 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All' -NoWelcome\n\
         Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $objectId -All |\n\
         \x20   Where-Object {{ $limited -contains $_.AppRoleId }} |\n\
         \x20   ForEach-Object {{ Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $objectId -AppRoleAssignmentId $_.Id }}\n",
        ids = ids.join(", ")
    );
    for key in others {
        let name = catalogue::get(key).map_or_else(|| key.id.to_string(), |known| known.value.to_owned());
        let _ = writeln!(script, "# Exchange has no role for {}, so it stays as it is.", remark(&name));
    }
    script.push_str(
        "\n# Exchange can take from 30 minutes to two hours to act on it.\n\
         # To take it back: give the permissions in Entra again, then\n\
         # Get-ManagementRoleAssignment -RoleAssignee $objectId | Remove-ManagementRoleAssignment\n\
         # Remove-ManagementScope -Identity $name\n",
    );
    script
}

fn role_of(key: &PermissionKey) -> Option<String> {
    catalogue::exchange_role_for(*key).map(str::to_owned)
}

fn scope(access: &MailboxAccess) -> String {
    let filter = match access {
        MailboxAccess::Everyone => return "\n$scope = ''  # every mailbox\n$scoped = @{}\n".to_owned(),
        MailboxAccess::Group(group) => format!(
            "\n# Only direct members of the group count.\n\
             $group = Get-Group -Identity {}\n\
             $filter = \"MemberOfGroup -eq '\" + $group.DistinguishedName.Replace(\"'\", \"''\") + \"'\"\n",
            quoted(group)
        ),
        people @ MailboxAccess::People(_) => {
            format!("\n$filter = {}\n", quoted(&recipient_filter(people).unwrap_or_default()))
        }
    };
    format!("{filter}{SCOPE}")
}

const SCOPE: &str = "\
if (Get-ManagementScope | Where-Object { $_.Name -eq $name }) {
    Set-ManagementScope -Identity $name -RecipientRestrictionFilter $filter
} else {
    New-ManagementScope -Name $name -RecipientRestrictionFilter $filter | Out-Null
}
$scope = $name
$scoped = @{ CustomResourceScope = $name }
";

const ASSIGN: &str = "
# Each role once, for these mailboxes. The same role for other mailboxes would count beside it, so that one goes.
foreach ($role in $roles) {
    $found = @(Get-ManagementRoleAssignment -RoleAssignee $objectId | Where-Object { $_.Role -eq $role })
    if (-not ($found | Where-Object { [string]$_.CustomResourceScope -eq $scope })) {
        New-ManagementRoleAssignment -App $objectId -Role $role @scoped | Out-Null
    }
    $found | Where-Object { [string]$_.CustomResourceScope -ne $scope } | Remove-ManagementRoleAssignment -Confirm:$false
}
";
