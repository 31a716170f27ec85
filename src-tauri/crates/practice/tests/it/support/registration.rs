//! A registration put into the tables directly: these tests are about signing in, not about Graph.

use practice::{Row, StoredSecret};
use serde_json::{Value, json};

use super::{GRAPH, World};

/// A registration of a test.
#[derive(Debug, Clone)]
pub(crate) struct App {
    /// Object id.
    pub(crate) id: String,
    /// Client id.
    pub(crate) client: String,
    /// Object id of the service principal.
    pub(crate) enterprise: String,
}

impl App {
    /// A program on a device, with `http://localhost`.
    pub(crate) fn native(world: &World) -> Self {
        Self::new(world, json!({"publicClient": {"redirectUris": ["http://localhost"]}}))
    }

    /// A server, with `https://app.example/cb`.
    pub(crate) fn web(world: &World) -> Self {
        Self::new(world, json!({"web": {"redirectUris": ["https://app.example/cb"]}}))
    }

    /// A registration with a service principal.
    pub(crate) fn new(world: &World, body: Value) -> Self {
        let app = Self::without_enterprise(world, body);
        app.add_enterprise(world);
        app
    }

    /// A registration alone.
    pub(crate) fn without_enterprise(world: &World, mut body: Value) -> Self {
        let number = world.tenant.tables(|tables| tables.applications.len());
        let guid = |kind: u32| format!("00000000-0000-4000-8000-{kind:04}{number:08}");
        let app = Self { id: guid(1), client: guid(2), enterprise: guid(3) };
        body["id"] = json!(app.id);
        body["appId"] = json!(app.client);
        for (name, value) in [("displayName", "Test app"), ("signInAudience", "AzureADMyOrg")] {
            if body.get(name).is_none() {
                body[name] = json!(value);
            }
        }
        world.tenant.tables(|tables| tables.applications.insert(app.id.clone(), row(world, body)));
        app
    }

    pub(crate) fn add_enterprise(&self, world: &World) {
        let body = json!({
            "id": self.enterprise, "appId": self.client, "displayName": "Test app", "accountEnabled": true,
            "signInAudience": "AzureADMyOrg", "servicePrincipalNames": [self.client],
        });
        world
            .tenant
            .tables(|tables| tables.service_principals.insert(self.enterprise.clone(), row(world, body)));
    }

    /// Changes a property of the registration.
    pub(crate) fn set(&self, world: &World, name: &str, value: Value) {
        world.tenant.tables(|tables| tables.applications[&self.id].body.insert(name.into(), value));
    }

    /// Changes a property of the service principal.
    pub(crate) fn set_enterprise(&self, world: &World, name: &str, value: Value) {
        world
            .tenant
            .tables(|tables| tables.service_principals[&self.enterprise].body.insert(name.into(), value));
    }

    /// A client secret that began and ends so many days from now.
    pub(crate) fn secret(&self, world: &World, start: i64, end: i64) -> String {
        let now = world.tenant.clock().now();
        let at = |days: i64| (now + jiff::SignedDuration::from_hours(days * 24)).to_string();
        world.tenant.tables(|tables| {
            let key_id = format!("00000000-0000-4000-8000-9999{:08}", tables.secrets.len());
            let value = format!("abc8Q~secret-{}", tables.secrets.len());
            let secret = StoredSecret { owner: self.id.clone(), value: value.clone(), created: now };
            tables.secrets.insert(key_id.clone(), secret);
            let all =
                tables.applications[&self.id].body.entry("passwordCredentials").or_insert_with(|| json!([]));
            let entry = json!({"keyId": key_id, "startDateTime": at(start), "endDateTime": at(end)});
            all.as_array_mut().unwrap().push(entry);
            value
        })
    }

    /// Grants delegated permissions of Graph, for everyone or one person.
    pub(crate) fn grant(&self, world: &World, scope: &str, person: Option<&str>) {
        let body = json!({
            "id": format!("grant-{}-{person:?}", self.client), "clientId": self.enterprise, "resourceId": enterprise_of(world, GRAPH),
            "consentType": if person.is_some() { "Principal" } else { "AllPrincipals" }, "principalId": person, "scope": scope,
        });
        let row = row(world, body);
        world.tenant.tables(|tables| tables.oauth2_permission_grants.insert(row.text("id").to_owned(), row));
    }

    /// Grants an application permission of Graph.
    pub(crate) fn grant_role(&self, world: &World, name: &str) {
        let (resource, role) = (enterprise_of(world, GRAPH), permission(world, "appRoles", name));
        let body = json!({
            "id": format!("role-{}-{name}", self.client), "principalId": self.enterprise, "resourceId": resource, "appRoleId": role,
        });
        let row = row(world, body);
        world.tenant.tables(|tables| tables.app_role_assignments.insert(row.text("id").to_owned(), row));
    }

    /// What is granted now, as text, for everyone or for one person.
    pub(crate) fn granted(&self, world: &World, person: Option<&str>) -> Option<String> {
        world.tenant.tables(|tables| {
            let enterprise = tables.service_principal_by_app_id(&self.client)?.text("id").to_owned();
            let grant = tables.oauth2_permission_grants.values().find(|grant| {
                grant.text("clientId") == enterprise && grant.body["principalId"].as_str() == person
            })?;
            Some(grant.text("scope").to_owned())
        })
    }
}

/// Object id of a service principal by its client id.
fn enterprise_of(world: &World, app_id: &str) -> String {
    world.tenant.tables(|tables| tables.service_principal_by_app_id(app_id).unwrap().text("id").to_owned())
}

/// Id of a permission of Graph.
fn permission(world: &World, list: &str, name: &str) -> String {
    world.tenant.tables(|tables| {
        let graph = tables.service_principal_by_app_id(GRAPH).unwrap();
        let all = graph.body[list].as_array().unwrap();
        all.iter().find(|one| one["value"] == name).unwrap()["id"].as_str().unwrap().to_owned()
    })
}

/// `requiredResourceAccess` for Graph: delegated and application permissions by name.
pub(crate) fn required(world: &World, scopes: &[&str], roles: &[&str]) -> Value {
    let scopes = scopes
        .iter()
        .map(|name| json!({"id": permission(world, "oauth2PermissionScopes", name), "type": "Scope"}));
    let roles = roles.iter().map(|name| json!({"id": permission(world, "appRoles", name), "type": "Role"}));
    json!([{"resourceAppId": GRAPH, "resourceAccess": scopes.chain(roles).collect::<Vec<_>>()}])
}

fn row(world: &World, body: Value) -> Row {
    let now = world.tenant.clock().now();
    let Value::Object(body) = body else { panic!("an object") };
    Row { body, created: now, changed: now, before: None, deleted: None }
}
