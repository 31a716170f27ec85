//! What Exchange has decided before anybody comes: one application limited in vain, one limited well, an EWS allow list.

use serde_json::{Value, json};

use super::{Ground, object, tenant_id};
use crate::exchange::access::Reach;
use crate::exchange::cmdlets::{access_policies, role_assignments, service_principals};
use crate::reference::EXCHANGE;
use crate::store::{Row, Tables};

/// Has a role that reaches one group, beside Entra's grant for everything: the role limits nothing.
const LIMITED_IN_VAIN: (&str, &str) = ("Fleetboard Sync", "Application Calendars.Read");
/// Is kept to one group by an application access policy.
const LIMITED: &str = "Harbour Booking";
/// The group that both are to be kept to.
const SCOPE: &str = "calendar-connector-scope";
/// A mail program whose users still need EWS.
const MAIL_PROGRAM: &str = "9e5f94bc-e8a4-4e73-b8be-63364c29d753";

pub(crate) fn add(ground: &Ground, tables: &mut Tables) {
    let group = ground.id(&format!("group:{SCOPE}"));
    let (name, role) = LIMITED_IN_VAIN;
    if let Some(enterprise) = enterprise(tables, name) {
        let pointer = service_principals::implied(ground.days(-120), &enterprise);
        let app = enterprise.text("id").to_owned();
        let mut body = pointer.body.clone();
        body.remove("_implied");
        tables.exchange.service_principals.insert(app.clone(), at_rest(ground, Value::Object(body)));
        let id = ground.id(&format!("exchange-role:{name}"));
        let own = format!("{role}-{app}");
        let body = role_assignments::body(tables, &id, &own, role, &app, &Reach::Group(group.clone()));
        tables.exchange.role_assignments.insert(id, at_rest(ground, body));
    }
    if let Some(enterprise) = enterprise(tables, LIMITED) {
        let id = ground.id(&format!("access-policy:{LIMITED}"));
        let apps = [enterprise.text("appId").to_owned()];
        let scope = ("Calendar connector scope", group.as_str());
        let body = access_policies::body(
            &tenant_id(ground.seed),
            &id,
            &apps,
            "RestrictAccess",
            scope,
            "Dock calendars only",
        );
        tables.exchange.access_policies.insert(id, at_rest(ground, body));
    }
    let mut allowed = vec![MAIL_PROGRAM.to_owned()];
    allowed.extend(users_of_ews(tables));
    tables.exchange.settings = object(
        json!({ "EwsEnabled": true, "EwsAllowedAppIDs": allowed.join(","), "EwsApplicationAccessPolicy": "EnforceAllowList" }),
    );
}

fn at_rest(ground: &Ground, body: Value) -> Row {
    let mut row = ground.row(120, body);
    row.body.remove("createdDateTime");
    for name in ["WhenCreatedUTC", "WhenChangedUTC"] {
        row.body.insert(name.into(), ground.date(-120).into());
    }
    row
}

fn enterprise(tables: &Tables, name: &str) -> Option<Row> {
    tables.service_principals.values().find(|row| row.text("displayName") == name).cloned()
}

/// Client ids of the applications that were granted EWS as themselves.
fn users_of_ews(tables: &Tables) -> Vec<String> {
    let Some(resource) = tables.service_principal_by_app_id(EXCHANGE) else { return Vec::new() };
    let role = super::grants::permission_id(resource, "appRoles", "full_access_as_app");
    let held =
        tables.app_role_assignments.values().filter(|row| role.as_deref() == Some(row.text("appRoleId")));
    held.filter_map(|row| {
        Some(tables.service_principals.get(row.text("principalId"))?.text("appId").to_owned())
    })
    .collect()
}
