//! Granted permissions of seeded registrations.

use serde_json::json;

use super::{DOMAIN, Ground};
use crate::store::{Row, Tables};

/// Grants application permissions of one resource, by name. Names that the resource does not publish are left out.
pub(crate) fn application(
    ground: &Ground,
    tables: &mut Tables,
    client: &str,
    resource_app: &str,
    names: &[&str],
) {
    let Some(resource) = tables.service_principal_by_app_id(resource_app) else { return };
    let (resource_id, resource_name) =
        (resource.text("id").to_owned(), resource.text("displayName").to_owned());
    let roles: Vec<_> = names.iter().filter_map(|name| permission_id(resource, "appRoles", name)).collect();
    let client_name = tables
        .service_principals
        .get(client)
        .map(|row| row.text("displayName").to_owned())
        .unwrap_or_default();
    for role in roles {
        let id = format!(
            "{}-{}",
            &ground.id(&format!("assignment:{client}:{resource_app}:{role}"))[..18],
            &role[19..]
        );
        let mut row = ground.row(
            300,
            json!({
                "id": id,
                "deletedDateTime": null,
                "appRoleId": role,
                "principalDisplayName": client_name,
                "principalId": client,
                "principalType": "ServicePrincipal",
                "resourceDisplayName": resource_name,
                "resourceId": resource_id,
            }),
        );
        row.body.entry("createdDateTime").or_insert(json!(ground.date(-300)));
        tables.app_role_assignments.insert(id, row);
    }
}

/// Grants delegated permissions, for everyone or for one person.
pub(crate) fn delegated(
    ground: &Ground,
    tables: &mut Tables,
    client: &str,
    resource_app: &str,
    scopes: &str,
    person: Option<&str>,
) {
    let Some(resource) = tables.service_principal_by_app_id(resource_app) else { return };
    let resource_id = resource.text("id").to_owned();
    let id = ground.id(&format!("grant:{client}:{resource_app}:{person:?}")).replace('-', "");
    let mut row = ground.row(
        250,
        json!({
            "id": id,
            "clientId": client,
            "consentType": if person.is_some() { "Principal" } else { "AllPrincipals" },
            "principalId": person,
            "resourceId": resource_id,
            "scope": scopes,
        }),
    );
    row.body.remove("createdDateTime");
    tables.oauth2_permission_grants.insert(id, row);
}

/// The app that people here have let act for them, each for the own account.
const ALLOWED: &str = "Contoso Meetings";

/// What some people allowed one app for themselves: one of them cannot sign in any more, one has left and is deleted.
pub(crate) fn of_people(ground: &Ground, tables: &mut Tables) {
    let client = ground.id(&format!("foreign:{ALLOWED}"));
    for (local, scopes) in [
        ("hannah.weiss", "openid profile offline_access User.Read Mail.Read"),
        ("erik.johansson", "User.Read Mail.Read Mail.Send Contacts.Read"),
        ("pavel.novak", "User.Read Mail.Read"),
        ("has.left", "User.Read Mail.Read Mail.Send"),
    ] {
        let upn = format!("{local}@{DOMAIN}");
        let person = tables.user(&upn).map_or_else(|| ground.id(&upn), |row| row.text("id").to_owned());
        delegated(ground, tables, &client, crate::reference::GRAPH, scopes, Some(&person));
    }
}

/// The id of a permission of a resource by its name.
pub(crate) fn permission_id(resource: &Row, list: &str, name: &str) -> Option<String> {
    let all = resource.body.get(list)?.as_array()?;
    let found = all.iter().find(|permission| permission["value"] == name)?;
    found["id"].as_str().map(str::to_owned)
}
