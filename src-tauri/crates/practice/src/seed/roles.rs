//! Directory roles and who holds them.

use serde_json::json;

use super::{DOMAIN, Ground};
use crate::store::Tables;

/// Built-in roles by template id, as Microsoft publishes them ("Microsoft Entra built-in roles"), and whether Microsoft calls
/// them privileged.
const ROLES: [(&str, &str, bool, &str); 23] = [
    (
        "62e90394-69f5-4237-9190-012177145e10",
        "Global Administrator",
        true,
        "Can manage all aspects of Microsoft Entra ID and Microsoft services that use Microsoft Entra identities.",
    ),
    (
        "e8611ab8-c189-46e8-94e1-60213ab1f814",
        "Privileged Role Administrator",
        true,
        "Can manage role assignments in Microsoft Entra ID, and all aspects of Privileged Identity Management.",
    ),
    (
        "158c047a-c907-4556-b7ef-446551a6b5f7",
        "Cloud Application Administrator",
        true,
        "Can create and manage all aspects of app registrations and enterprise apps except App Proxy.",
    ),
    (
        "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
        "Application Administrator",
        true,
        "Can create and manage all aspects of app registrations and enterprise apps.",
    ),
    (
        "cf1c38e5-3621-4004-a7cb-879624dced7c",
        "Application Developer",
        true,
        "Can create application registrations independent of the 'Users can register applications' setting.",
    ),
    (
        "29232cdf-9323-42fd-ade2-1d097af3e4de",
        "Exchange Administrator",
        false,
        "Can manage all aspects of the Exchange product.",
    ),
    (
        "31392ffb-586c-42d1-9346-e59415a2cc4e",
        "Exchange Recipient Administrator",
        false,
        "Can create or update Exchange Online recipients within the Exchange Online organization.",
    ),
    (
        "fe930be7-5e62-47db-91af-98c3a49a38b1",
        "User Administrator",
        true,
        "Can manage all aspects of users and groups, including resetting passwords for limited admins.",
    ),
    (
        "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
        "Global Reader",
        true,
        "Can read everything that a Global Administrator can, but not update anything.",
    ),
    (
        "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
        "Directory Readers",
        false,
        "Can read basic directory information.",
    ),
    (
        "9360feb5-f418-4baa-8175-e2a00bac4301",
        "Directory Writers",
        true,
        "Can read and write basic directory information.",
    ),
    (
        "194ae4cb-b126-40b2-bd5b-6091b380977d",
        "Security Administrator",
        true,
        "Can read security information and reports, and manage configuration in Microsoft Entra ID and Office 365.",
    ),
    (
        "5d6b6bb7-de71-4623-b4af-96380a352509",
        "Security Reader",
        true,
        "Can read security information and reports in Microsoft Entra ID and Office 365.",
    ),
    (
        "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
        "Security Operator",
        true,
        "Can create and manage security events.",
    ),
    (
        "729827e3-9c14-49f7-bb1b-9608f156bbb8",
        "Helpdesk Administrator",
        true,
        "Can reset passwords for non-administrators and Helpdesk Administrators.",
    ),
    (
        "4d6ac14f-3453-41d0-bef9-a3e0c569773a",
        "License Administrator",
        false,
        "Can manage product licenses on users and groups.",
    ),
    (
        "fdd7a751-b60b-444a-984c-02652fe8fa1c",
        "Groups Administrator",
        false,
        "Can manage all aspects of groups and group settings.",
    ),
    ("4a5d8f65-41da-4de4-8968-e035b65339cf", "Reports Reader", false, "Can read sign-in and audit reports."),
    (
        "c4e39bd9-1100-46d3-8c65-fb160da0071f",
        "Authentication Administrator",
        true,
        "Can view, set and reset authentication method information for any non-admin user.",
    ),
    (
        "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
        "Conditional Access Administrator",
        true,
        "Can manage Conditional Access capabilities.",
    ),
    (
        "69091246-20e8-4a56-aa4d-066075b2a7a8",
        "Teams Administrator",
        false,
        "Can manage the Microsoft Teams service.",
    ),
    (
        "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
        "SharePoint Administrator",
        false,
        "Can manage all aspects of the SharePoint service.",
    ),
    (
        "b0f54661-2d74-4c50-afa3-1ec803f12efe",
        "Billing Administrator",
        false,
        "Can perform common billing related tasks like updating payment information.",
    ),
];

/// Local part of the address and the role that is active.
const HOLDERS: [(&str, &str); 8] = [
    ("astrid.lindqvist", "62e90394-69f5-4237-9190-012177145e10"),
    ("emergency-access", "62e90394-69f5-4237-9190-012177145e10"),
    ("marcus.oberg", "e8611ab8-c189-46e8-94e1-60213ab1f814"),
    ("chiara.bianchi", "158c047a-c907-4556-b7ef-446551a6b5f7"),
    ("tomas.herrera", "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3"),
    ("ingrid.solberg", "29232cdf-9323-42fd-ade2-1d097af3e4de"),
    ("yusuf.demir", "fe930be7-5e62-47db-91af-98c3a49a38b1"),
    ("hannah.weiss", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
];

/// Somebody who may activate Global Administrator, but has not.
const ELIGIBLE: (&str, &str) = ("priya.raman", "62e90394-69f5-4237-9190-012177145e10");

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    for (id, name, privileged, description) in ROLES {
        let mut row = ground.row(
            2_400,
            json!({
                "id": id,
                "templateId": id,
                "displayName": name,
                "description": description,
                "isBuiltIn": true,
                "isEnabled": true,
                "isPrivileged": privileged,
                "resourceScopes": ["/"],
                "version": "1",
                "rolePermissions": [],
            }),
        );
        row.body.remove("createdDateTime");
        tables.role_definitions.insert(id.to_owned(), row);
    }
    for (local, role) in HOLDERS {
        if let Some(principal) = user_id(tables, local) {
            give(ground, tables, local, &principal, role);
        }
    }
    let (local, role) = ELIGIBLE;
    if let Some(principal) = user_id(tables, local) {
        let id = ground.id(&format!("eligible:{local}"));
        let mut row = ground.row(90, json!({
            "id": id, "principalId": principal, "roleDefinitionId": role, "directoryScopeId": "/", "appScopeId": null,
            "memberType": "Direct", "roleEligibilityScheduleId": id,
            "startDateTime": ground.date(-90), "endDateTime": ground.date(275),
        }));
        row.body.remove("createdDateTime");
        tables.role_eligibilities.insert(id, row);
    }
}

/// Gives a role to somebody of another organisation than the main one.
pub(super) fn assign(ground: &Ground, tables: &mut Tables, upn: &str, role: &str) {
    if let Some(principal) = tables.user(upn).map(|user| user.text("id").to_owned()) {
        give(ground, tables, upn, &principal, role);
    }
}

fn give(ground: &Ground, tables: &mut Tables, name: &str, principal: &str, role: &str) {
    let id = ground.id(&format!("role:{name}:{role}"));
    let mut row = ground.row(400, json!({
        "id": id, "principalId": principal, "roleDefinitionId": role, "directoryScopeId": "/", "appScopeId": null, "condition": null,
    }));
    row.body.remove("createdDateTime");
    tables.role_assignments.insert(id, row);
}

fn user_id(tables: &Tables, local: &str) -> Option<String> {
    tables.user(&format!("{local}@{DOMAIN}")).map(|user| user.text("id").to_owned())
}
