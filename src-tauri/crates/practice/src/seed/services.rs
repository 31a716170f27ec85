//! Microsoft's own service principals: the resources that permissions belong to, and the clients that everyone has.

use serde_json::{Value, json};

use super::Ground;
use crate::reference::{self, Permission, PermissionKind, WellKnown};
use crate::store::{Row, Tables};

/// Resources that a young organisation does not have yet; `POST /servicePrincipals` brings them.
const NOT_YET_HERE: [&str; 4] = [
    "0000000a-0000-0000-c000-000000000000",
    "00000009-0000-0000-c000-000000000000",
    "fc780465-2017-40d4-a0c5-307022471b92",
    "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd",
];

/// A community application that was deleted in 2024; tenants that had it lost it.
const DELETED: &str = "31359c7f-bd7e-475c-86db-fdb8c937548e";

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    for app in reference::well_known() {
        if app.app_id == DELETED || NOT_YET_HERE.contains(&app.app_id.as_str()) {
            continue;
        }
        if let Some(row) = microsoft_service_principal(ground, &app.app_id) {
            tables.service_principals.insert(row.text("id").to_owned(), row);
        }
    }
}

/// The service principal of a Microsoft application, as it appears in a tenant; `None` for an id that is not Microsoft's.
pub(crate) fn microsoft_service_principal(ground: &Ground, app_id: &str) -> Option<Row> {
    let app = reference::well_known().iter().find(|app| app.app_id == app_id && app.app_id != DELETED)?;
    let mut body = json!({
        "id": ground.id(&format!("sp:{app_id}")),
        "appId": app_id,
        "displayName": app.display_name,
        "appDisplayName": app.display_name,
        "appOwnerOrganizationId": app.owner_tenant.as_deref().unwrap_or(reference::MICROSOFT_TENANT),
        "accountEnabled": true,
        "appRoleAssignmentRequired": false,
        "servicePrincipalType": "Application",
        "signInAudience": "AzureADMultipleOrgs",
        "publisherName": "Microsoft Services",
        "servicePrincipalNames": names(app),
        "replyUrls": reply_urls(app_id),
        "tags": [],
        "keyCredentials": [],
        "passwordCredentials": [],
        "alternativeNames": [],
        "notificationEmailAddresses": [],
        "addIns": [],
        "verifiedPublisher": {"displayName": null, "verifiedPublisherId": null, "addedDateTime": null},
        "info": {"logoUrl": null, "marketingUrl": null, "privacyStatementUrl": null, "supportUrl": null, "termsOfServiceUrl": null},
    });
    let (roles, scopes) = published(app_id);
    body["appRoles"] = roles;
    body["oauth2PermissionScopes"] = scopes;
    Some(ground.row(2_400, body))
}

/// Puts back the long lists that the state file leaves out.
pub(crate) fn restore_published_permissions(tables: &mut Tables) {
    for row in tables.service_principals.values_mut() {
        if is_microsoft(row) {
            let (roles, scopes) = published(row.text("appId"));
            row.body.insert("appRoles".into(), roles);
            row.body.insert("oauth2PermissionScopes".into(), scopes);
        }
    }
}

/// Whether the lists of this service principal come from the data files.
pub(crate) fn is_microsoft(row: &Row) -> bool {
    reference::well_known().iter().any(|app| app.app_id == row.text("appId"))
}

fn names(app: &WellKnown) -> Value {
    let uris: &[&str] = match app.app_id.as_str() {
        reference::GRAPH => &["https://graph.microsoft.com", "https://graph.microsoft.com/"],
        reference::EXCHANGE => &[
            "https://outlook.office365.com",
            "https://outlook.office365.com/",
            "https://outlook.office.com",
            "https://ps.outlook.com",
        ],
        reference::AAD_GRAPH => &["https://graph.windows.net", "https://graph.windows.net/"],
        reference::AZURE_RESOURCE_MANAGER => &[
            "https://management.azure.com",
            "https://management.azure.com/",
            "https://management.core.windows.net",
            "https://management.core.windows.net/",
        ],
        "c5393580-f805-4401-95e8-94b7a6ef2fc2" => &["https://manage.office.com"],
        "cfa8b339-82a2-471a-a3c9-0fc0be7a4093" => &["https://vault.azure.net"],
        _ => &[],
    };
    let mut all = vec![app.app_id.as_str()];
    all.extend(uris);
    json!(all)
}

/// Redirect addresses of the public clients; these applications have no registration in the tenant.
fn reply_urls(app_id: &str) -> Value {
    match reference::first_party().get(app_id) {
        Some(client) => json!(client.redirect_uris),
        None if app_id == reference::GRAPH_COMMAND_LINE => {
            json!(["http://localhost", "https://login.microsoftonline.com/common/oauth2/nativeclient"])
        }
        None => json!([]),
    }
}

/// App roles and scopes of a resource, in Graph's shape.
fn published(app_id: &str) -> (Value, Value) {
    let permissions: &[Permission] = if app_id == reference::GRAPH {
        reference::graph_permissions()
    } else if let Some(resource) = reference::other_resources().get(app_id) {
        &resource.permissions
    } else if app_id == reference::AZURE_RESOURCE_MANAGER {
        return (json!([]), json!([user_impersonation()]));
    } else {
        &[]
    };
    let of = |kind| permissions.iter().filter(move |permission| permission.kind == kind);
    let roles = of(PermissionKind::Application).map(app_role).collect();
    let scopes = of(PermissionKind::Delegated).map(|one| scope(one, app_id == reference::EXCHANGE)).collect();
    (Value::Array(roles), Value::Array(scopes))
}

fn app_role(permission: &Permission) -> Value {
    json!({
        "allowedMemberTypes": ["Application"],
        "description": description(permission),
        "displayName": permission.display_name,
        "id": permission.id,
        "isEnabled": permission.is_enabled,
        "origin": "Application",
        "value": permission.value,
    })
}

fn scope(permission: &Permission, exchange: bool) -> Value {
    // Exchange's list does not say who may consent: what stays within one's own mailbox, a person may.
    let own_mailbox = exchange
        && (permission.value.contains("AsUser") || !permission.value.contains(".All"))
        && !["Exchange.Manage", "AdminApi", "RemotePowerShell", "FfoPowerShell"]
            .iter()
            .any(|p| permission.value.starts_with(p));
    let needs_admin = permission.admin_consent_required && !own_mailbox;
    json!({
        "adminConsentDescription": description(permission),
        "adminConsentDisplayName": permission.display_name,
        "id": permission.id,
        "isEnabled": permission.is_enabled,
        "type": if needs_admin { "Admin" } else { "User" },
        "userConsentDescription": permission.user_description,
        "userConsentDisplayName": permission.user_display_name,
        "value": permission.value,
    })
}

fn description(permission: &Permission) -> &str {
    if permission.description.is_empty() { &permission.display_name } else { &permission.description }
}

fn user_impersonation() -> Value {
    json!({
        "adminConsentDescription": "Allows the application to access the Azure Management Service API acting as users in the organization.",
        "adminConsentDisplayName": "Access Azure Service Management as organization users (preview)",
        "id": "41094075-9dad-400e-a0bd-54e686782033",
        "isEnabled": true,
        "type": "User",
        "userConsentDescription": "Allows the application to access Azure Service Management as you.",
        "userConsentDisplayName": "Access Azure Service Management as you (preview)",
        "value": "user_impersonation",
    })
}
