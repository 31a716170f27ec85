//! Tenant-wide policies, with Microsoft's defaults.

use serde_json::{Value, json};

use super::Ground;
use crate::store::Tables;

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    let restrictions = json!({"passwordCredentials": [], "keyCredentials": []});
    let policies = [
        (
            "defaultAppManagementPolicy",
            json!({
                "id": "00000000-0000-0000-0000-000000000000",
                "displayName": "Default app management tenant policy",
                "description": "Default tenant policy that enforces app management restrictions on applications and service principals. To apply policy to targeted resources, create a new policy under appManagementPolicies collection.",
                "isEnabled": false,
                "applicationRestrictions": restrictions,
                "servicePrincipalRestrictions": restrictions,
            }),
        ),
        (
            "authorizationPolicy",
            json!({
                "id": "authorizationPolicy",
                "displayName": "Authorization Policy",
                "description": "Used to manage authorization related settings across the company.",
                "allowInvitesFrom": "adminsAndGuestInviters",
                "allowedToSignUpEmailBasedSubscriptions": true,
                "allowedToUseSSPR": true,
                "allowEmailVerifiedUsersToJoinOrganization": false,
                "allowUserConsentForRiskyApps": null,
                "blockMsolPowerShell": false,
                "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
                "defaultUserRolePermissions": {
                    "allowedToCreateApps": true,
                    "allowedToCreateSecurityGroups": true,
                    "allowedToCreateTenants": true,
                    "allowedToReadBitlockerKeysForOwnedDevice": true,
                    "allowedToReadOtherUsers": true,
                    "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"],
                },
            }),
        ),
        (
            "adminConsentRequestPolicy",
            json!({
                "isEnabled": false, "notifyReviewers": false, "remindersEnabled": false, "requestDurationInDays": 0, "version": 0, "reviewers": [],
            }),
        ),
        (
            "identitySecurityDefaultsEnforcementPolicy",
            json!({
                "id": "00000000-0000-0000-0000-000000000005",
                "displayName": "Security Defaults",
                "description": "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
                "isEnabled": false,
            }),
        ),
        // No policy, but a setting of the organisation: reports hide names unless an administrator shows them.
        ("reportSettings", json!({"id": "", "displayConcealedNames": true})),
    ];
    for (name, body) in policies {
        let mut row = ground.row(2_400, body);
        row.body.remove("createdDateTime");
        tables.policies.insert(name.to_owned(), row);
    }
}

/// What people may agree to by themselves ("Manage app consent policies").
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SelfConsent {
    /// Everything that needs no administrator: how organisations were set up before 2025.
    Legacy,
    /// What Microsoft recommends, the default of new organisations: no mail, no calendars.
    Recommended,
    /// Signing in and little more.
    Low,
    /// Nothing: only administrators agree.
    Nothing,
}

/// Decides it.
pub(crate) fn set_self_consent(tables: &mut Tables, allowed: SelfConsent) {
    let names: &[&str] = match allowed {
        SelfConsent::Legacy => &["microsoft-user-default-legacy"],
        SelfConsent::Recommended => {
            &["microsoft-user-default-recommended", "microsoft-user-default-allow-consent-apps"]
        }
        SelfConsent::Low => &["microsoft-user-default-low"],
        SelfConsent::Nothing => &[],
    };
    let names: Vec<_> = names.iter().map(|name| format!("ManagePermissionGrantsForSelf.{name}")).collect();
    if let Some(policy) = tables.policies.get_mut("authorizationPolicy") {
        policy.body["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] = json!(names);
    }
}

/// Which permission grant policies let people consent for themselves.
pub(crate) fn self_consent(tables: &Tables) -> Vec<String> {
    let assigned = tables.policies.get("authorizationPolicy").and_then(|policy| {
        policy.body.get("defaultUserRolePermissions")?.get("permissionGrantPoliciesAssigned")?.as_array()
    });
    assigned.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
