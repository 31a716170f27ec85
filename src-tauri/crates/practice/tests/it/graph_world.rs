//! A practice tenant and callers with tokens of their own. Every answer is held against Microsoft's published description.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set up its world has failed")]

use std::cell::RefCell;

use practice::contract_check::Part;
use practice::{Options, PracticeTenant, Row, StoredSecret, Tables};
use reqwest::{Client, Method};
use serde_json::{Value, json};

pub(crate) const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
pub(crate) const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
pub(crate) const GLOBAL_ADMINISTRATOR: &str = "astrid.lindqvist@lindqvist-practice.example";
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: &str = "marcus.oberg@lindqvist-practice.example";
pub(crate) const CLOUD_APPLICATION_ADMINISTRATOR: &str = "chiara.bianchi@lindqvist-practice.example";
pub(crate) const USER_ADMINISTRATOR: &str = "yusuf.demir@lindqvist-practice.example";
pub(crate) const GLOBAL_READER: &str = "hannah.weiss@lindqvist-practice.example";

/// What an administrator's tool asks for.
pub(crate) const ADMIN: &str = "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All \
    Directory.Read.All User.ReadWrite.All Group.ReadWrite.All RoleManagement.ReadWrite.Directory \
    Policy.ReadWrite.ApplicationConfiguration Policy.ReadWrite.Authorization Policy.Read.All \
    Policy.Read.PermissionGrant AuditLog.Read.All ReportSettings.ReadWrite.All Organization.ReadWrite.All \
    LicenseAssignment.ReadWrite.All";

/// A running tenant.
pub(crate) struct World {
    pub(crate) tenant: PracticeTenant,
    http: Client,
}

/// Somebody with a token.
pub(crate) struct Caller<'w> {
    world: &'w World,
    token: String,
    /// Object id of the person or of the application's service principal.
    pub(crate) id: String,
    /// Client id of the application that acts, or acts for the person.
    pub(crate) client: String,
    /// Headers for the next request only.
    headers: RefCell<Vec<(String, String)>>,
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Reply {
    /// `error.code`.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// `error.message`.
    pub(crate) fn message(&self) -> &str {
        self.body["error"]["message"].as_str().unwrap_or_default()
    }

    /// A text property.
    pub(crate) fn text(&self, name: &str) -> String {
        self.body[name].as_str().unwrap_or_default().to_owned()
    }

    /// The list of a page.
    pub(crate) fn value(&self) -> &[Value] {
        self.body["value"].as_array().map_or(&[], Vec::as_slice)
    }

    /// One property of each object of a page.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.value().iter().filter_map(|own| own[name].as_str()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let tenant = PracticeTenant::start(options).await.unwrap();
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { tenant, http }
    }

    pub(crate) fn base(&self) -> String {
        self.tenant.base_url().as_str().trim_end_matches('/').to_owned()
    }

    /// An address of the Exchange admin endpoint.
    pub(crate) fn cmdlets(&self, operation: &str) -> String {
        format!("{}/exchange/adminapi/beta/{}/{operation}", self.base(), self.tenant.tenant_id())
    }

    /// Object id of a person.
    pub(crate) fn person(&self, upn: &str) -> String {
        self.tenant.tables(|tables| tables.user(upn).unwrap().text("id").to_owned())
    }

    /// Somebody with a mailbox and no role.
    pub(crate) fn colleagues(&self) -> Vec<String> {
        self.tenant.tables(|tables| {
            let plain = |row: &&Row| {
                row.text("userType") == "Member"
                    && tables.active_roles(row.text("id")).is_empty()
                    && tables.mailboxes.contains_key(row.text("id"))
                    && row.body["accountEnabled"] == true
                    && !tables
                        .role_eligibilities
                        .values()
                        .any(|own| own.text("principalId") == row.text("id"))
            };
            tables.users.values().filter(plain).map(|row| row.text("userPrincipalName").to_owned()).collect()
        })
    }

    /// A person with a token for these scopes of Graph, through the token endpoint.
    pub(crate) async fn person_with(&self, upn: &str, scopes: &str) -> Caller<'_> {
        self.person_for(upn, GRAPH, "https://graph.microsoft.com", scopes).await
    }

    /// A person who may run cmdlets, as far as the token goes.
    pub(crate) async fn exchange_person(&self, upn: &str) -> Caller<'_> {
        self.person_for(upn, EXCHANGE, "https://outlook.office365.com", "Exchange.Manage").await
    }

    /// A person with a token for these scopes of a resource.
    pub(crate) async fn person_for(
        &self,
        upn: &str,
        resource: &str,
        address: &str,
        scopes: &str,
    ) -> Caller<'_> {
        let id = self.person(upn);
        let client = self.tenant.tables(|tables| {
            let (client, principal) = register(tables, "Test client", None);
            let resource = tables.service_principal_by_app_id(resource).unwrap().text("id").to_owned();
            let grant = json!({
                "id": format!("grant-{client}"), "clientId": principal, "consentType": "AllPrincipals", "principalId": null,
                "resourceId": resource, "scope": scopes.split_whitespace().collect::<Vec<_>>().join(" "),
            });
            tables.oauth2_permission_grants.insert(format!("grant-{client}"), row(&grant));
            client
        });
        // Signing in with a password is refused to administrators; Graph looks at roles when it is called.
        let held = self.tenant.tables(|tables| {
            let all = std::mem::take(&mut tables.role_assignments);
            let (held, rest) = all.into_iter().partition(|(_, own)| own.text("principalId") == id);
            tables.role_assignments = rest;
            held
        });
        let scopes: Vec<String> =
            scopes.split_whitespace().map(|scope| format!("{address}/{scope}")).collect();
        let form = [
            ("grant_type", "password"),
            ("client_id", &client),
            ("username", upn),
            ("password", "anything"),
            ("scope", &scopes.join(" ")),
        ];
        let token = self.token(&form).await;
        self.tenant.tables(|tables| {
            tables.role_assignments.extend(held);
        });
        Caller { world: self, token, id, client, headers: RefCell::default() }
    }

    /// An application with a token for these application permissions of Microsoft Graph.
    pub(crate) async fn application_with(&self, permissions: &[&str]) -> Caller<'_> {
        self.application_for(GRAPH, "https://graph.microsoft.com", permissions).await
    }

    /// An application with a token for these application permissions of a resource.
    pub(crate) async fn application_for(
        &self,
        resource: &str,
        address: &str,
        permissions: &[&str],
    ) -> Caller<'_> {
        let secret = "abc8Q~practice-secret-of-a-test-0123456789";
        let (client, principal) = self.tenant.tables(|tables| {
            let (client, principal) = register(tables, "Test service", Some(secret));
            let resource = tables.service_principal_by_app_id(resource).unwrap().clone();
            for name in permissions {
                let role = resource.body["appRoles"].as_array().unwrap().iter().find(|own| own["value"] == **name);
                let role = role.unwrap_or_else(|| panic!("{name} is no application permission"))["id"].clone();
                let id = format!("assignment-{client}-{name}");
                let assignment = json!({
                    "id": id, "appRoleId": role, "principalId": principal, "principalType": "ServicePrincipal",
                    "resourceId": resource.text("id"),
                });
                tables.app_role_assignments.insert(id, row(&assignment));
            }
            (client, principal)
        });
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client.as_str()),
            ("client_secret", secret),
            ("scope", &format!("{address}/.default")),
        ];
        let token = self.token(&form).await;
        Caller { world: self, token, id: principal, client, headers: RefCell::default() }
    }

    /// Asks the token endpoint; the status and the body.
    pub(crate) async fn sign_in(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let url = format!("{}/{}/oauth2/v2.0/token", self.base(), self.tenant.tenant_id());
        let answer = self.http.post(url).form(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Asks for a token of Graph with a secret; the number of the refusal, 0 for success.
    pub(crate) async fn with_secret(&self, client: &str, secret: &str) -> u64 {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_secret", secret),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        self.sign_in(&form).await.1["error_codes"][0].as_u64().unwrap_or(0)
    }

    async fn token(&self, form: &[(&str, &str)]) -> String {
        let (_, answer) = self.sign_in(form).await;
        answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    /// Sends with any headers and no token of its own.
    pub(crate) async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Reply {
        let url = if url.starts_with("http") { url.to_owned() } else { format!("{}/v1.0{url}", self.base()) };
        let mut request = self.http.request(method, &url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        self.assert_contract();
        Reply { status, headers, text, body }
    }

    /// Every answer so far is as Microsoft describes it.
    #[track_caller]
    pub(crate) fn assert_contract(&self) {
        let wrong: Vec<_> =
            self.tenant.violations().into_iter().filter(|own| own.part == Part::Response).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Every request so far is as Microsoft describes it.
    #[track_caller]
    pub(crate) fn assert_requests(&self) {
        assert_eq!(self.tenant.violations(), []);
    }
}

impl Caller<'_> {
    /// Adds a header to the next request.
    pub(crate) fn with(&self, name: &str, value: &str) -> &Self {
        self.headers.borrow_mut().push((name.to_owned(), value.to_owned()));
        self
    }

    /// `ConsistencyLevel: eventual`, for the next request.
    pub(crate) fn eventual(&self) -> &Self {
        self.with("ConsistencyLevel", "eventual")
    }

    async fn send(&self, method: Method, url: &str, body: Option<Value>) -> Reply {
        let mut own = self.headers.take();
        own.push(("authorization".into(), format!("Bearer {}", self.token)));
        if body.is_some() {
            own.push(("content-type".into(), "application/json".into()));
        }
        let headers: Vec<(&str, &str)> =
            own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.world.send(method, url, &headers, body.map(|body| body.to_string())).await
    }

    /// `GET` below `/beta`.
    pub(crate) async fn beta(&self, path: &str) -> Reply {
        self.get(&format!("{}/beta{path}", self.world.base())).await
    }

    pub(crate) async fn get(&self, url: &str) -> Reply {
        self.send(Method::GET, url, None).await
    }

    pub(crate) async fn post(&self, url: &str, body: Value) -> Reply {
        self.send(Method::POST, url, Some(body)).await
    }

    pub(crate) async fn patch(&self, url: &str, body: Value) -> Reply {
        self.send(Method::PATCH, url, Some(body)).await
    }

    pub(crate) async fn put(&self, url: &str, body: Value) -> Reply {
        self.send(Method::PUT, url, Some(body)).await
    }

    pub(crate) async fn delete(&self, url: &str) -> Reply {
        self.send(Method::DELETE, url, None).await
    }

    /// Runs an Exchange cmdlet.
    pub(crate) async fn run(&self, cmdlet: &str, parameters: Value) -> Reply {
        let body = json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } });
        self.post(&self.world.cmdlets("InvokeCommand"), body).await
    }

    /// Creates a registration and gives its object id and client id.
    pub(crate) async fn application(&self, name: &str) -> (String, String) {
        let body = json!({ "displayName": name, "signInAudience": "AzureADMyOrg" });
        let made = self.post("/applications", body).await.expect(201);
        (made.text("id"), made.text("appId"))
    }

    /// Creates a registration with its service principal; gives the object id of the latter.
    pub(crate) async fn instance(&self, name: &str) -> String {
        let (_, app_id) = self.application(name).await;
        self.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id")
    }

    /// Object id of the service principal of a resource.
    pub(crate) async fn resource(&self, app_id: &str) -> String {
        self.get(&format!("/servicePrincipals(appId='{app_id}')?$select=id")).await.expect(200).text("id")
    }
}

/// A row for the tables, as old as the organisation.
pub(crate) fn row(body: &Value) -> Row {
    let long_ago = "2020-01-01T00:00:00Z".parse().unwrap();
    Row {
        body: body.as_object().cloned().unwrap(),
        created: long_ago,
        changed: long_ago,
        before: None,
        deleted: None,
    }
}

/// Puts an application and its service principal into the tables; gives client id and object id of the latter.
fn register(tables: &mut Tables, name: &str, secret: Option<&str>) -> (String, String) {
    let n = tables.applications.len();
    let [object, client, principal, key] =
        ["a", "b", "c", "d"].map(|kind| format!("0000000{kind}-0000-4000-8000-{n:012}"));
    let organisation = tables.organization.keys().next().unwrap().clone();
    let credential = json!({
        "keyId": key, "displayName": "test", "hint": "abc", "startDateTime": "2020-01-01T00:00:00Z",
        "endDateTime": "2099-01-01T00:00:00Z",
    });
    let application = json!({
        "id": object, "appId": client, "displayName": name, "signInAudience": "AzureADMyOrg", "isFallbackPublicClient": true,
        "passwordCredentials": secret.map(|_| vec![credential]).unwrap_or_default(), "keyCredentials": [],
        "publicClient": { "redirectUris": ["http://localhost"] }, "web": { "redirectUris": [] }, "spa": { "redirectUris": [] },
        "requiredResourceAccess": [], "createdDateTime": "2020-01-01T00:00:00Z",
    });
    tables.applications.insert(object.clone(), row(&application));
    let instance = json!({
        "id": principal, "appId": client, "displayName": name, "accountEnabled": true, "servicePrincipalType": "Application",
        "appOwnerOrganizationId": organisation, "servicePrincipalNames": [client], "appRoles": [], "oauth2PermissionScopes": [],
    });
    tables.service_principals.insert(principal.clone(), row(&instance));
    if let Some(value) = secret {
        let created = "2020-01-01T00:00:00Z".parse().unwrap();
        tables.secrets.insert(key, StoredSecret { owner: object, value: value.to_owned(), created });
    }
    (client, principal)
}
