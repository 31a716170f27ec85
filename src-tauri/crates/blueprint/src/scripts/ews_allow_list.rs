//! The list of apps that may still use Exchange Web Services in Exchange Online.

use uuid::Uuid;

use super::quoting::quoted;

/// A script for Exchange Online PowerShell that puts an app on the organisation's list of apps that may use Exchange Web
/// Services, without taking any other app off. It helps until 1 April 2027.
#[must_use]
pub fn ews_allow_list(client_id: Uuid) -> String {
    format!(
        "# Lets one app go on using Exchange Web Services in Exchange Online, until 1 April 2027.\n\
         # Needs the module ExchangeOnlineManagement and the role Exchange Administrator. It can be run again.\n\
         $ErrorActionPreference = 'Stop'\n\
         $appId = {app_id}\n\
         \n\
         Connect-ExchangeOnline -ShowBanner:$false\n\
         $config = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy\n\
         $listed = @(\"$($config.EwsAllowedAppIDs)\" -split '[,; ]+' | Where-Object {{ $_ }})\n\
         if ($listed -notcontains $appId) {{ $listed += $appId }}\n\
         # The list first, then the switch: with the switch on and nothing on the list, no app gets in.\n\
         Set-OrganizationConfig -EwsAllowedAppIDs ($listed -join ',')\n\
         # This turns Exchange Web Services on for the apps on the list, and off for all others.\n\
         Set-OrganizationConfig -EwsEnabled $true\n\
         Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List EwsEnabled, EwsAllowedAppIDs\n",
        app_id = quoted(&client_id.to_string())
    )
}
