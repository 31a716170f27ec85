//! Writing consent down, in the same objects that Graph shows.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::client::Client;
use crate::random;
use crate::seed::{self, Ground};
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// The service principal of an application; consent to an application that is new here creates it.
pub(crate) fn service_principal(
    tenant: &Tenant,
    tables: &mut Tables,
    client: &Client,
    now: Timestamp,
) -> String {
    if let Some(row) = tables.service_principal_by_app_id(&client.app_id) {
        return row.text("id").to_owned();
    }
    let ground = Ground::of_tenant(tenant, now);
    let row = seed::microsoft_service_principal(&ground, &client.app_id).unwrap_or_else(|| {
        let owner = client.owner.as_ref().map_or(&tenant.tenant_id, |owner| &owner.tenant_id);
        fresh(
            now,
            object(json!({
                "id": random::fresh_guid(),
                "appId": client.app_id,
                "displayName": client.name,
                "appDisplayName": client.name,
                "appOwnerOrganizationId": owner,
                "accountEnabled": true,
                "appRoleAssignmentRequired": false,
                "servicePrincipalType": "Application",
                "signInAudience": client.audience,
                "servicePrincipalNames": [client.app_id],
                "replyUrls": client.addresses(),
                "appRoles": [],
                "oauth2PermissionScopes": [],
                "tags": [],
                "keyCredentials": [],
                "passwordCredentials": [],
                "alternativeNames": [],
                "notificationEmailAddresses": [],
                "addIns": [],
            })),
        )
    });
    let row = Row { created: now, changed: now, ..row };
    let id = row.text("id").to_owned();
    tables.service_principals.insert(id.clone(), row);
    id
}

/// Adds scopes to the grant of one person, or of everyone; creates the grant when there is none.
pub(crate) fn delegated(
    tables: &mut Tables,
    client: &str,
    resource: &str,
    person: Option<&str>,
    scopes: &[String],
    now: Timestamp,
) {
    let consent_type = if person.is_some() { "Principal" } else { "AllPrincipals" };
    let existing = tables.oauth2_permission_grants.values_mut().find(|grant| {
        grant.deleted.is_none()
            && grant.text("clientId") == client
            && grant.text("resourceId") == resource
            && grant.text("consentType") == consent_type
            && person.is_none_or(|person| grant.text("principalId") == person)
    });
    if let Some(grant) = existing {
        let mut all: Vec<String> = grant.text("scope").split_whitespace().map(str::to_owned).collect();
        let new: Vec<_> = scopes.iter().filter(|scope| !all.contains(scope)).cloned().collect();
        if !new.is_empty() {
            all.extend(new);
            grant.before = Some(grant.body.clone());
            grant.changed = now;
            grant.body.insert("scope".into(), json!(all.join(" ")));
        }
        return;
    }
    let id = random::fresh_token();
    let body = json!({
        "id": id,
        "clientId": client,
        "consentType": consent_type,
        "principalId": person,
        "resourceId": resource,
        "scope": scopes.join(" "),
    });
    tables.oauth2_permission_grants.insert(id, fresh(now, object(body)));
}

/// Replaces what everyone granted, as the admin consent page does: permissions that are not asked for any more are lost.
pub(crate) fn replace_for_everyone(
    tables: &mut Tables,
    client: &str,
    resource: &str,
    scopes: &[String],
    now: Timestamp,
) {
    tables.oauth2_permission_grants.retain(|_, grant| {
        !(grant.text("clientId") == client
            && grant.text("resourceId") == resource
            && grant.text("consentType") == "AllPrincipals")
    });
    delegated(tables, client, resource, None, scopes, now);
}

/// Grants one application permission; granting it twice changes nothing.
pub(crate) fn application(tables: &mut Tables, client: &str, resource: &str, role: &str, now: Timestamp) {
    let exists = tables.app_role_assignments.values().any(|row| {
        row.deleted.is_none()
            && row.text("principalId") == client
            && row.text("resourceId") == resource
            && row.text("appRoleId") == role
    });
    if exists {
        return;
    }
    let name = |id: &str| tables.service_principals.get(id).map(|row| row.text("displayName").to_owned());
    let id = random::fresh_token();
    let body = json!({
        "id": id,
        "deletedDateTime": null,
        "createdDateTime": seed::moment(now),
        "appRoleId": role,
        "principalId": client,
        "principalDisplayName": name(client),
        "principalType": "ServicePrincipal",
        "resourceId": resource,
        "resourceDisplayName": name(resource),
    });
    tables.app_role_assignments.insert(id, fresh(now, object(body)));
}

fn fresh(now: Timestamp, body: Map<String, Value>) -> Row {
    Row { body, created: now, changed: now, before: None, deleted: None }
}

fn object(value: Value) -> Map<String, Value> {
    seed::object(value)
}
