//! The practice tenant on threads of its own, so that it lives on when a run is cut short together with its runtime.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use practice::{Options, PracticeTenant, Tables};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

/// Client id of the organisation's own Gatehouse registration.
pub(crate) const GATEHOUSE: &str = "6a7e4035-0000-4000-8000-000000000001";
const GATEHOUSE_PRINCIPAL: &str = "6a7e4035-0000-4000-8000-000000000002";
const GATEHOUSE_OBJECT: &str = "6a7e4035-0000-4000-8000-000000000003";
const SCOPES: &str = "openid profile offline_access User.Read Application.ReadWrite.All AppRoleAssignment.ReadWrite.All \
                      DelegatedPermissionGrant.ReadWrite.All Directory.Read.All Policy.Read.All User.ReadWrite.All \
                      LicenseAssignment.ReadWrite.All ReportSettings.ReadWrite.All Reports.Read.All";

/// A running practice tenant.
pub(crate) struct Tenant {
    pub(crate) practice: Option<PracticeTenant>,
    runtime: Option<Runtime>,
}

impl Tenant {
    /// One in which the person with this role (or job) is signed in everywhere.
    pub(crate) fn start(role: &str) -> Arc<Self> {
        Self::start_with(role, Duration::ZERO)
    }

    /// The same, with every answer this much later.
    pub(crate) fn start_with(role: &str, latency: Duration) -> Arc<Self> {
        let role = role.to_owned();
        // A runtime cannot be started from within another one.
        std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let options = Options {
                sign_in_as: Some(address_of(&role)),
                applications: 12,
                latency,
                ..Options::default()
            };
            let practice = runtime.block_on(PracticeTenant::start(options)).unwrap();
            practice.tables(add_gatehouse);
            Arc::new(Self { practice: Some(practice), runtime: Some(runtime) })
        })
        .join()
        .unwrap()
    }

    pub(crate) fn practice(&self) -> &PracticeTenant {
        self.practice.as_ref().unwrap()
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.practice().clock().now()
    }

    pub(crate) fn pass(&self, span: SignedDuration) {
        self.practice().clock().advance(span);
    }

    pub(crate) fn id(&self) -> String {
        self.practice().tenant_id().to_owned()
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        self.practice.take();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The seed makes the same people each time.
pub(crate) fn address_of(role: &str) -> String {
    match role {
        "Global Administrator" => "astrid.lindqvist",
        "Privileged Role Administrator" => "marcus.oberg",
        "Cloud Application Administrator" => "chiara.bianchi",
        "Application Administrator" => "tomas.herrera",
        "Exchange Administrator" => "ingrid.solberg",
        "nobody special" => "noor.haddad",
        other => other,
    }
    .to_owned()
        + "@lindqvist-practice.example"
}

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("an object") };
    map
}

/// The organisation's own registration, granted to everybody: what a finished bootstrap leaves behind.
fn add_gatehouse(tables: &mut Tables) {
    let mut application = tables.applications.values().find(|row| row.deleted.is_none()).unwrap().clone();
    let wanted = object(json!({
        "id": GATEHOUSE_OBJECT, "appId": GATEHOUSE, "displayName": "Gatehouse", "signInAudience": "AzureADMyOrg",
        "publicClient": {"redirectUris": ["http://localhost"]}, "passwordCredentials": [], "keyCredentials": [],
        "requiredResourceAccess": [], "uniqueName": null,
    }));
    application.body.extend(wanted);
    tables.applications.insert(GATEHOUSE_OBJECT.to_owned(), application);
    let mut principal = tables
        .service_principals
        .values()
        .find(|row| row.text("servicePrincipalType") == "Application")
        .unwrap()
        .clone();
    let organisation = tables.organization.keys().next().unwrap().clone();
    principal.body.extend(object(json!({
        "id": GATEHOUSE_PRINCIPAL, "appId": GATEHOUSE, "displayName": "Gatehouse", "appOwnerOrganizationId": organisation,
        "accountEnabled": true, "appRoleAssignmentRequired": false, "servicePrincipalNames": [GATEHOUSE],
        "appRoles": [], "oauth2PermissionScopes": [],
    })));
    tables.service_principals.insert(GATEHOUSE_PRINCIPAL.to_owned(), principal);
    let graph = tables
        .service_principal_by_app_id("00000003-0000-0000-c000-000000000000")
        .unwrap()
        .text("id")
        .to_owned();
    let mut grant = tables.oauth2_permission_grants.values().next().unwrap().clone();
    grant.body.extend(object(json!({
        "id": "gatehouse-grant", "clientId": GATEHOUSE_PRINCIPAL, "consentType": "AllPrincipals", "principalId": null,
        "resourceId": graph, "scope": SCOPES,
    })));
    let mut for_exchange = grant.clone();
    tables.oauth2_permission_grants.insert("gatehouse-grant".to_owned(), grant);
    let exchange = tables
        .service_principal_by_app_id("00000002-0000-0ff1-ce00-000000000000")
        .unwrap()
        .text("id")
        .to_owned();
    for_exchange.body.extend(object(json!({
        "id": "gatehouse-exchange-grant", "resourceId": exchange, "scope": "Exchange.Manage",
    })));
    tables.oauth2_permission_grants.insert("gatehouse-exchange-grant".to_owned(), for_exchange);
}
