//! What is set up in these tests, and what of it lies in the tenant afterwards.

use std::collections::{BTreeMap, BTreeSet};

use blueprint::Setup;
use practice::Tables;
use provision::RunId;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use crate::tenant::Tenant;
use crate::world::World;

pub(crate) const MAILBOX: &str = "erik.johansson@lindqvist-practice.example";

/// Totalview with both of its registrations.
pub(crate) fn totalview() -> Setup {
    with_features(&["calendar", "email"])
}

/// Totalview's calendar alone.
pub(crate) fn calendar() -> Setup {
    with_features(&["calendar"])
}

fn with_features(features: &[&str]) -> Setup {
    let connector = blueprint::builtin::find("totalview").unwrap();
    let mut choices = connector.default_choices();
    choices.features = features.iter().map(|one| (*one).to_owned()).collect();
    if features.contains(&"calendar") {
        choices.inputs.insert("test-mailbox".to_owned(), MAILBOX.to_owned());
    }
    if features.contains(&"email") {
        choices.inputs.insert("sender".to_owned(), MAILBOX.to_owned());
    }
    connector.setup(&choices).unwrap()
}

/// What lies in the tenant because of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Left {
    /// Live registrations, by `uniqueName`.
    pub(crate) applications: Vec<String>,
    pub(crate) principals: usize,
    /// Permission names by registration name.
    pub(crate) roles: BTreeMap<String, Vec<String>>,
    /// Key ids of live secrets.
    pub(crate) secrets: BTreeSet<String>,
    /// What lies in Exchange: scopes, roles, policies and groups by name, and pointers to enterprise apps.
    pub(crate) exchange: BTreeSet<String>,
}

pub(crate) fn left(tenant: &Tenant, run: &RunId) -> Left {
    tenant.practice().tables(|tables| left_in(tables, run))
}

fn left_in(tables: &Tables, run: &RunId) -> Left {
    let mut left = Left::default();
    let ours = tables
        .applications
        .values()
        .filter(|row| row.deleted.is_none() && row.text("uniqueName").ends_with(run.as_str()));
    for app in ours {
        left.applications.push(app.text("uniqueName").to_owned());
        for secret in app.body["passwordCredentials"].as_array().unwrap() {
            left.secrets.insert(secret["keyId"].as_str().unwrap().to_owned());
        }
        let principals: Vec<_> = tables
            .service_principals
            .values()
            .filter(|row| row.deleted.is_none() && row.text("appId") == app.text("appId"))
            .collect();
        left.principals += principals.len();
        for principal in &principals {
            let known = tables.exchange.service_principals.get(principal.text("id"));
            left.exchange.extend(known.filter(|row| row.deleted.is_none()).map(|_| "the app".to_owned()));
        }
        for principal in principals {
            let roles = tables
                .app_role_assignments
                .values()
                .filter(|row| row.text("principalId") == principal.text("id"));
            let mut names: Vec<String> =
                roles.map(|row| role_name(tables, row.text("resourceId"), row.text("appRoleId"))).collect();
            names.sort();
            left.roles.insert(app.text("displayName").to_owned(), names);
        }
    }
    let tag = &run.as_str()[..12];
    let exchange = &tables.exchange;
    for table in [&exchange.management_scopes, &exchange.role_assignments, &exchange.access_policies] {
        for row in table.values().filter(|row| row.deleted.is_none()) {
            let names = [row.text("Name"), row.text("Description")];
            left.exchange.extend(names.into_iter().find(|name| name.contains(tag)).map(str::to_owned));
        }
    }
    let groups = tables.groups.values().map(|row| row.text("mailNickname"));
    left.exchange.extend(groups.filter(|name| name.contains(tag)).map(str::to_owned));
    left
}

fn role_name(tables: &Tables, resource: &str, role: &str) -> String {
    let roles = tables.service_principals[resource].body["appRoles"].as_array().unwrap();
    roles.iter().find(|one| one["id"] == role).unwrap()["value"].as_str().unwrap().to_owned()
}

/// The rule of secrets at rest: every live secret with one of our names has its value in the vault, which opens it.
pub(crate) async fn assert_every_secret_is_kept(world: &World, left: &Left) {
    let vault = world.vault().await;
    let kept = vault.list(None).await.unwrap();
    for key in &left.secrets {
        let record = kept
            .iter()
            .find(|info| info.id.as_str().ends_with(key.as_str()))
            .unwrap_or_else(|| panic!("orphan secret {key}"));
        let address =
            vault::RecordAddress::new(record.id.clone(), record.kind, record.tenant.clone()).unwrap();
        let value = vault.get(&address).await.unwrap();
        let real = world.tenant.practice().tables(|tables| tables.secrets[key].value.clone());
        assert_eq!(value.expose_secret(), real, "the value kept is the value made");
    }
    for info in &kept {
        let key = info.id.as_str().rsplit('/').next().unwrap();
        assert!(left.secrets.contains(key), "a value is kept whose secret is gone: {key}");
    }
}

/// Totalview with both registrations, complete and once.
pub(crate) fn assert_complete(left: &Left) {
    assert_eq!(left.applications.len(), 2, "{left:?}");
    assert_eq!(left.principals, 2, "{left:?}");
    assert_eq!(left.secrets.len(), 2, "{left:?}");
    let expected = json!({
        "Totalview Calendar Synchronization": ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"],
        "Totalview E-Mail Sending": ["Mail.Send"],
    });
    assert_eq!(serde_json::to_value(&left.roles).unwrap(), expected);
}

/// Totalview's calendar registration, complete and once.
pub(crate) fn assert_one_complete(left: &Left) {
    assert_eq!((left.applications.len(), left.principals, left.secrets.len()), (1, 1, 1), "{left:?}");
    assert_eq!(
        left.roles["Totalview Calendar Synchronization"],
        ["Calendars.Read", "Calendars.ReadWrite", "User.Read.All"]
    );
}

/// Everything in the directory that a run could touch, for comparing before and after.
pub(crate) fn picture(tenant: &Tenant) -> Value {
    tenant.practice().tables(|tables| {
        let alive = |table: &practice::Table| -> BTreeMap<String, Value> {
            table
                .iter()
                .filter(|(_, row)| row.deleted.is_none())
                .map(|(id, row)| (id.clone(), Value::Object(row.body.clone())))
                .collect()
        };
        // What is made again in Exchange has a new id and date: its names and limits count.
        let named = |table: &practice::Table| -> BTreeSet<String> {
            let shown = ["Name", "Role", "App", "CustomResourceScope", "RecipientFilter", "AppId", "AccessRight", "ScopeName"];
            let rows = table.values().filter(|row| row.deleted.is_none());
            rows.map(|row| {
                let counts = |name: &str| row.body.contains_key(name) && !(name == "Name" && row.body.contains_key("AppId"));
                shown.into_iter().filter(|name| counts(name)).map(|name| format!("{name}={};", row.text(name))).collect()
            })
            .collect()
        };
        // What hangs on a deleted enterprise app lies in the recycle bin with it.
        let of_the_living = |table: &practice::Table, holder: &str| -> BTreeMap<String, Value> {
            let living = |row: &practice::Row| {
                tables.service_principals.get(row.text(holder)).is_some_and(|holder| holder.deleted.is_none())
            };
            table
                .iter()
                .filter(|(_, row)| living(row))
                .map(|(id, row)| (id.clone(), Value::Object(row.body.clone())))
                .collect()
        };
        json!({
            "applications": alive(&tables.applications),
            "servicePrincipals": alive(&tables.service_principals),
            "appRoleAssignments": of_the_living(&tables.app_role_assignments, "principalId"),
            "oauth2PermissionGrants": of_the_living(&tables.oauth2_permission_grants, "clientId"),
            "secrets": tables.secrets.keys().collect::<BTreeSet<_>>(),
            "exchange": {
                "apps": alive(&tables.exchange.service_principals), "scopes": named(&tables.exchange.management_scopes),
                "roles": named(&tables.exchange.role_assignments), "policies": named(&tables.exchange.access_policies),
            },
            "groups": alive(&tables.groups),
            "members": tables.members.iter().map(|(group, members)| (group, members.iter().collect::<BTreeSet<_>>()))
                .filter(|(_, members)| !members.is_empty()).collect::<BTreeMap<_, _>>(),
        })
    })
}

/// Client id of the registration with this name that the run made.
pub(crate) fn app_id_of(tenant: &Tenant, run: &RunId, name: &str) -> String {
    tenant.practice().tables(|tables| {
        let row = tables
            .applications
            .values()
            .find(|row| row.text("uniqueName").ends_with(run.as_str()) && row.text("displayName") == name)
            .unwrap();
        row.text("appId").to_owned()
    })
}

/// Takes everything of a run out of the tenant, the recycle bin included.
pub(crate) fn forget(tenant: &Tenant, run: &RunId) {
    let tag = &run.as_str()[..12];
    tenant.practice().tables(|tables| {
        let ours = |row: &practice::Row| {
            ["Name", "Description", "mailNickname"].iter().any(|name| row.text(name).contains(tag))
        };
        let exchange = &mut tables.exchange;
        for table in
            [&mut exchange.management_scopes, &mut exchange.role_assignments, &mut exchange.access_policies]
        {
            table.retain(|_, row| !ours(row));
        }
        tables.groups.retain(|_, row| !ours(row));
        let apps: Vec<(String, String)> = tables
            .applications
            .values()
            .filter(|row| row.text("uniqueName").ends_with(run.as_str()))
            .map(|row| (row.text("id").to_owned(), row.text("appId").to_owned()))
            .collect();
        for (id, app_id) in apps {
            tables.applications.shift_remove(&id);
            let principals: Vec<String> = tables
                .service_principals
                .values()
                .filter(|row| row.text("appId") == app_id)
                .map(|row| row.text("id").to_owned())
                .collect();
            for principal in principals {
                tables.service_principals.shift_remove(&principal);
                tables.exchange.service_principals.shift_remove(&principal);
                tables.app_role_assignments.retain(|_, row| row.text("principalId") != principal);
                tables.oauth2_permission_grants.retain(|_, row| row.text("clientId") != principal);
            }
        }
    });
}

/// The same, or a list of what differs.
pub(crate) fn assert_same(after: &Value, before: &Value) {
    let mut differs = Vec::new();
    compare("", after, before, &mut differs);
    assert!(differs.is_empty(), "{differs:#?}");
}

fn compare(path: &str, after: &Value, before: &Value, differs: &mut Vec<String>) {
    match (after, before) {
        (Value::Object(after), Value::Object(before)) => {
            let keys: BTreeSet<&String> = after.keys().chain(before.keys()).collect();
            // When a property was changed is no part of what an object is.
            for key in keys.into_iter().filter(|key| *key != "_changes") {
                let (after, before) =
                    (after.get(key).unwrap_or(&Value::Null), before.get(key).unwrap_or(&Value::Null));
                compare(&format!("{path}/{key}"), after, before, differs);
            }
        }
        _ if after == before => {}
        _ => differs.push(format!("{path}: {after} instead of {before}")),
    }
}
