//! The practice tenant as the other side: a whole set-up, its bad days, and both sides held against Microsoft's description.

use std::sync::Arc;

use async_trait::async_trait;
use graph::resources::{
    ApplicationPatch, ConsentType, NewSecret, RequiredResourceAccess, ResourceAccess, ResourceAccessType,
    ServicePrincipal, SignInAudience,
};
use graph::{
    AccessToken, AppId, Batch, Call, ClaimsChallenge, GraphClient, GraphError, RoleTemplateId,
    ServicePrincipalId, TokenRefusal, TokenSource, UniqueName, UserRef, applications, calendar, credentials,
    deleted, directory, grants, mail, policies, roles, service_principals,
};
use jiff::SignedDuration;
use practice::{Action, Fault, Lag, Options, PracticeTenant};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::openapi::{operation, violations};
use crate::world::http;

/// A first-party client that may register apps and grant permissions without a consent page.
const COMMAND_LINE: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const ADMIN: &str = "Global Administrator";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// Signs in once as the person whom the practice tenant was started for, and gives that token out.
struct Signed {
    tenant: Url,
    parameters: Vec<(&'static str, String)>,
}

impl Signed {
    async fn ask(&self) -> AccessToken {
        let url = self.tenant.join("oauth2/v2.0/token").unwrap();
        let answer = http().post(url).form(&self.parameters).send().await.unwrap();
        let body: Value = answer.json().await.unwrap();
        AccessToken::new(body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned())
    }
}

struct Held(tokio::sync::OnceCell<AccessToken>, Signed);

#[async_trait]
impl TokenSource for Held {
    async fn token(&self, _: &[&str], _: Option<&ClaimsChallenge>) -> Result<AccessToken, TokenRefusal> {
        Ok(self.0.get_or_init(|| self.1.ask()).await.clone())
    }
}

struct Stage {
    tenant: Arc<PracticeTenant>,
    client: GraphClient,
    lag: Lag,
}

impl Stage {
    async fn with(role: &str, applications: usize, lag: Lag) -> Self {
        // Who holds the role is asked of a tenant that is thrown away: the seed makes both alike.
        let person = PracticeTenant::start(Options::default()).await.unwrap().people();
        let upn = person.into_iter().find(|person| person.role == role).unwrap().upn;
        let options = Options { applications, sign_in_as: Some(upn), ..Options::default() };
        let tenant = Arc::new(PracticeTenant::start(options).await.unwrap());
        let login = tenant.base_url().join(&format!("{}/", tenant.tenant_id())).unwrap();
        let code = authorize(&login).await;
        let tokens = Signed {
            tenant: login,
            parameters: vec![
                ("grant_type", "authorization_code".to_owned()),
                ("client_id", COMMAND_LINE.to_owned()),
                ("redirect_uri", "http://localhost".to_owned()),
                ("code", code),
            ],
        };
        tenant.faults().set_lag(lag);
        Self { client: client(&tenant, tokens), tenant, lag }
    }

    /// A client of an app by itself, with a token for this secret.
    fn app_only(&self, app_id: &AppId, secret: &SecretString) -> GraphClient {
        let tokens = Signed {
            tenant: self.tenant.base_url().join(&format!("{}/", self.tenant.tenant_id())).unwrap(),
            parameters: vec![
                ("grant_type", "client_credentials".to_owned()),
                ("client_id", app_id.to_string()),
                ("client_secret", secret.expose_secret().to_owned()),
                ("scope", "https://graph.microsoft.com/.default".to_owned()),
            ],
        };
        client(&self.tenant, tokens)
    }

    /// The client for work on an object made just now.
    fn fresh(&self) -> GraphClient {
        let now = self.tenant.clock().now();
        self.client.with_call(Call { fresh_since: Some(now), ..call(&self.tenant) })
    }

    fn pass(&self, span: SignedDuration) {
        self.tenant.clock().advance(span);
    }

    /// Everything that was sent, members of batches too, held against the description.
    fn assert_contract(&self) {
        let mut wrong = Vec::new();
        for exchange in self.tenant.requests() {
            let Some(path) = exchange.path.strip_prefix("/v1.0") else { continue };
            if path != "/$batch" {
                wrong.extend(undescribed(&exchange.method, path, exchange.body.as_ref()));
                continue;
            }
            for member in exchange.body.as_ref().unwrap()["requests"].as_array().unwrap() {
                let (method, url) = (member["method"].as_str().unwrap(), member["url"].as_str().unwrap());
                wrong.extend(undescribed(method, url.split('?').next().unwrap(), member.get("body")));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

fn undescribed(method: &str, path: &str, body: Option<&Value>) -> Vec<String> {
    let at = format!("{method} {path}");
    let path = path.replace("%27", "'");
    let path = path.strip_suffix("/microsoft.graph.directoryRole").unwrap_or(&path);
    match (operation(method, path), body) {
        (None, _) => vec![format!("{at} is not described")],
        (Some(operation), Some(body)) => {
            operation.body().map_or(vec![], |schema| violations(body, schema, &at))
        }
        (Some(_), None) => vec![],
    }
}

fn call(tenant: &PracticeTenant) -> Call {
    Call { deadline: Some(tenant.clock().now() + SignedDuration::from_mins(10)), ..Call::default() }
}

/// Waits move the tenant's clock, so that no test waits.
fn client(tenant: &Arc<PracticeTenant>, tokens: Signed) -> GraphClient {
    let (clock, sleeper) = (tenant.clone(), tenant.clone());
    let tokens = Arc::new(Held(tokio::sync::OnceCell::new(), tokens));
    GraphClient::new(http(), tenant.base_url(), tokens, Arc::new(move || clock.clock().now()))
        .unwrap()
        .with_call(call(tenant))
        .sleeping_with(move |span| {
            sleeper.clock().advance(span.try_into().unwrap());
            tokio::task::yield_now()
        })
}

async fn authorize(login: &Url) -> String {
    let mut url = login.join("oauth2/v2.0/authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", COMMAND_LINE)
        .append_pair("response_type", "code")
        .append_pair("response_mode", "query")
        .append_pair("redirect_uri", "http://localhost")
        .append_pair("scope", "https://graph.microsoft.com/.default")
        .append_pair("state", "s");
    let answer = http().get(url).send().await.unwrap();
    let location = answer.headers().get("location").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let Some(location) = location else { panic!("{}", answer.text().await.unwrap()) };
    let back = Url::parse(&location).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    code.unwrap_or_else(|| panic!("{back}"))
}

fn wanted(api: &ServicePrincipal) -> ApplicationPatch {
    let id = api.app_role("Calendars.Read").unwrap().id.to_string();
    ApplicationPatch {
        display_name: Some("Totalview".into()),
        sign_in_audience: Some(SignInAudience::MyOrg),
        required_resource_access: Some(vec![RequiredResourceAccess {
            resource_app_id: AppId::new(GRAPH).unwrap(),
            resource_access: vec![ResourceAccess { id, kind: ResourceAccessType::Role }],
        }]),
        ..ApplicationPatch::default()
    }
}

struct SetUp {
    app: Box<graph::resources::Application>,
    principal: ServicePrincipalId,
    secret: NewSecret,
}

/// Registration, enterprise app, one permission, one secret.
async fn set_up(stage: &Stage, name: &UniqueName) -> SetUp {
    set_up_with(stage, name, &["Calendars.Read"]).await
}

async fn set_up_with(stage: &Stage, name: &UniqueName, permissions: &[&str]) -> SetUp {
    let api = stage.client.send(service_principals::offer(&AppId::new(GRAPH).unwrap())).await.unwrap();
    let made = stage.client.send(applications::upsert(name, &wanted(&api))).await.unwrap();
    let applications::Upserted::Created(app) = made else { panic!("{made:?}") };
    let fresh = stage.fresh();
    let made = fresh.send(service_principals::upsert(&app.app_id, &Default::default())).await.unwrap();
    let service_principals::Upserted::Created(principal) = made else { panic!("{made:?}") };
    let mut batch = Batch::new();
    let granted: Vec<_> = permissions
        .iter()
        .map(|name| &api.app_role(name).unwrap().id)
        .map(|role| batch.add(grants::assign_app_role(&principal.id, &api.id, role)))
        .collect();
    let scope = batch.add(grants::grant_delegated(&principal.id, &api.id, None, &["User.Read"]));
    let answers = fresh.batch(batch).await;
    for slot in granted {
        assert_eq!(answers.take(slot).unwrap().principal_id.as_str(), principal.id.as_str());
    }
    assert_eq!(answers.take(scope).unwrap().consent_type, ConsentType::AllPrincipals);
    let end = stage.tenant.clock().now() + SignedDuration::from_hours(24 * 180);
    // Sent once by the transport: while the app spreads, it is the caller who asks again.
    let secret = loop {
        match fresh.send(credentials::add_password(&app.id, "Gatehouse/1f/1", end)).await {
            Err(GraphError::NotYetReplicated(_)) => stage.pass(SignedDuration::from_secs(1)),
            answered => break answered.unwrap(),
        }
    };
    SetUp { app, principal: principal.id, secret }
}

async fn mailbox(stage: &Stage) -> mail::Mailbox {
    let people = stage.client.send(directory::find_users("Calendar service", 5)).await.unwrap().value;
    mail::Mailbox::Of(UserRef::new(people[0].user_principal_name.clone().unwrap()).unwrap())
}

#[tokio::test]
async fn a_set_up_is_proved_with_its_own_secret() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let name = UniqueName::new("gatehouse-1f").unwrap();
    let done = set_up(&stage, &name).await;

    let read = stage.client.send(applications::by_unique_name(&name)).await.unwrap();
    assert_eq!(read.id, done.app.id);
    assert_eq!(read.password_credentials[0].key_id, done.secret.key_id);
    assert_eq!(
        read.password_credentials[0].hint.as_deref(),
        Some(&done.secret.secret_text.expose_secret()[..3])
    );
    let granted = stage.client.all(grants::app_roles_of(&done.principal)).await.unwrap();
    assert_eq!(granted.len(), 1);
    let delegated = stage.client.all(grants::delegated_for_all(&done.principal)).await.unwrap();
    assert_eq!(delegated[0].scopes().collect::<Vec<_>>(), ["User.Read"]);

    let app = stage.app_only(&done.app.app_id, &done.secret.secret_text);
    let mailbox = mailbox(&stage).await;
    app.send(calendar::probe(&mailbox)).await.unwrap();
    let refused = app.send(mail::probe(&mailbox)).await.unwrap_err();
    assert!(matches!(refused, GraphError::Forbidden { .. }), "{refused:?}");
    stage.assert_contract();
}

#[tokio::test]
async fn a_set_up_succeeds_while_microsoft_is_still_spreading_it() {
    let stage = Stage::with(ADMIN, 40, Lag::REALISTIC).await;
    let name = UniqueName::new("gatehouse-2f").unwrap();
    let done = set_up(&stage, &name).await;
    assert!(stage.lag.objects_ms > 0);
    stage.pass(SignedDuration::from_mins(1));
    let read = stage.client.send(applications::by_unique_name(&name)).await.unwrap();
    assert_eq!(read.id, done.app.id);
    assert_eq!(read.password_credentials.len(), 1);
}

#[tokio::test]
async fn doing_it_again_finds_what_is_there() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let name = UniqueName::new("gatehouse-3f").unwrap();
    let done = set_up(&stage, &name).await;
    let api = stage.client.send(service_principals::offer(&AppId::new(GRAPH).unwrap())).await.unwrap();
    let again = stage.client.send(applications::upsert(&name, &wanted(&api))).await.unwrap();
    assert_eq!(again, applications::Upserted::Existed);
    let again =
        stage.client.send(service_principals::upsert(&done.app.app_id, &Default::default())).await.unwrap();
    assert_eq!(again, service_principals::Upserted::Existed);
    let role = &api.app_role("Calendars.Read").unwrap().id;
    let error = stage.client.send(grants::assign_app_role(&done.principal, &api.id, role)).await.unwrap_err();
    assert!(matches!(error, GraphError::AlreadyExists(_)), "{error:?}");
    let error =
        stage.client.send(grants::grant_delegated(&done.principal, &api.id, None, &["Mail.Read"])).await;
    assert!(matches!(error, Err(GraphError::AlreadyExists(_))), "{error:?}");

    let grant = stage.client.all(grants::delegated_for_all(&done.principal)).await.unwrap().remove(0);
    let merged = grant.merged_with(["Mail.Read"]).unwrap();
    stage.client.send(grants::change_delegated(&grant.id, &merged)).await.unwrap();
    let grant = stage.client.all(grants::delegated_of(&done.principal)).await.unwrap().remove(0);
    assert_eq!(grant.scopes().collect::<Vec<_>>(), ["User.Read", "Mail.Read"]);
    stage.assert_contract();
}

#[tokio::test]
async fn all_of_it_can_be_taken_back_and_restored() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let done = set_up(&stage, &UniqueName::new("gatehouse-4f").unwrap()).await;
    stage.client.send(credentials::remove_password(&done.app.id, &done.secret.key_id)).await.unwrap();
    assert!(
        stage.client.send(applications::get(&done.app.id)).await.unwrap().password_credentials.is_empty()
    );
    let gone =
        stage.client.send(credentials::remove_password(&done.app.id, &done.secret.key_id)).await.unwrap_err();
    assert!(matches!(gone, GraphError::NotFound(_)), "{gone:?}");

    let granted = stage.client.all(grants::app_roles_of(&done.principal)).await.unwrap().remove(0);
    stage.client.send(grants::remove_app_role(&granted.resource_id, &granted.id)).await.unwrap();
    assert!(stage.client.all(grants::app_roles_of(&done.principal)).await.unwrap().is_empty());
    let delegated = stage.client.all(grants::delegated_of(&done.principal)).await.unwrap().remove(0);
    stage.client.send(grants::remove_delegated(&delegated.id)).await.unwrap();

    stage.client.send(applications::remove(&done.app.id)).await.unwrap();
    let gone = stage.client.send(applications::get(&done.app.id)).await.unwrap_err();
    assert!(matches!(gone, GraphError::NotFound(_)), "{gone:?}");
    let bin = stage.client.all(deleted::applications()).await.unwrap();
    let item = bin.into_iter().find(|item| item.app_id.as_ref() == Some(&done.app.app_id)).unwrap();
    stage.client.send(deleted::restore(&item.id)).await.unwrap();
    stage.client.send(applications::get(&done.app.id)).await.unwrap();
    stage.assert_contract();
}

#[tokio::test]
async fn what_a_plan_reads_comes_in_one_round_trip() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let mut batch = Batch::new();
    let me = batch.add(directory::me());
    let organisation = batch.add(directory::organization());
    let domains = batch.add(directory::domains());
    let mine = batch.add(roles::mine());
    let policy = batch.add(policies::default_app_management());
    let rules = batch.add(policies::authorization());
    let before = stage.tenant.requests().len();
    let answers = stage.client.batch(batch).await;
    assert_eq!(
        stage.tenant.requests().iter().skip(before).filter(|one| one.path == "/v1.0/$batch").count(),
        1
    );
    let me = answers.take(me).unwrap();
    let organisation = answers.take(organisation).unwrap().value.remove(0);
    assert_eq!(organisation.id.as_str(), stage.tenant.tenant_id());
    let domains = answers.take(domains).unwrap().value;
    assert!(domains.iter().any(|domain| Some(domain.id.as_str()) == organisation.default_domain()));
    assert!(me.user_principal_name.is_some());
    let mine = answers.take(mine).unwrap().value;
    assert_eq!(mine[0].role_template_id.as_ref().unwrap().as_str(), GLOBAL_ADMINISTRATOR);
    // The command line's client may not read policies: the refusal of two members leaves the others alone.
    for refused in [answers.take(policy).map(|_| ()), answers.take(rules).map(|_| ())] {
        assert!(matches!(refused, Err(GraphError::Forbidden { .. })), "{refused:?}");
    }

    stage.assert_contract();
}

#[tokio::test]
async fn rules_and_holders_of_roles_are_read_with_the_permission_for_them() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let name = UniqueName::new("gatehouse-6f").unwrap();
    let done =
        set_up_with(&stage, &name, &["Policy.Read.All", "RoleManagement.Read.Directory", "User.Read.All"])
            .await;
    let app = stage.app_only(&done.app.app_id, &done.secret.secret_text);
    let admin = RoleTemplateId::new(GLOBAL_ADMINISTRATOR).unwrap();
    let mut batch = Batch::new();
    let policy = batch.add(policies::default_app_management());
    let rules = batch.add(policies::authorization());
    let holders = batch.add(roles::assignments_of(&admin));
    let members = batch.add(roles::members_of(&admin));
    let answers = app.batch(batch).await;
    let rules_for_secrets = answers.take(policy).unwrap().password_rules(stage.tenant.clock().now());
    assert!(!rules_for_secrets.forbidden);
    assert!(answers.take(rules).unwrap().default_user_role_permissions.allowed_to_create_apps.is_some());
    let holders = answers.take(holders).unwrap().value;
    assert!(holders.iter().all(|one| one.is_organisation_wide() && one.principal.is_some()), "{holders:?}");
    let members = answers.take(members).unwrap().value;
    assert_eq!(members.len(), holders.len());
    assert!(members.iter().any(|one| one.display_name.as_deref() == Some("Astrid Lindqvist")), "{members:?}");
    let held = app.all(roles::assignments_to(&holders[0].principal_id)).await.unwrap();
    assert_eq!(held[0].role_definition_id, admin);
}

#[tokio::test]
async fn every_registration_of_a_large_organisation_is_listed_once() {
    let stage = Stage::with(ADMIN, 2_500, Lag::default()).await;
    let mut pager = stage.client.pages(applications::list());
    let (mut pages, mut ids) = (0, std::collections::HashSet::new());
    while let Some(page) = pager.next_page().await.unwrap() {
        pages += 1;
        for app in page.value {
            assert!(ids.insert(app.id));
        }
    }
    assert_eq!(
        ids.len(),
        stage.tenant.tables(|tables| tables
            .applications
            .values()
            .filter(|row| row.deleted.is_none())
            .count())
    );
    assert_eq!(pages, ids.len().div_ceil(999));
    stage.assert_contract();
}

#[tokio::test]
async fn an_answer_lost_after_the_work_was_done_leaves_one_object() {
    let stage = Stage::with(ADMIN, 40, Lag::default()).await;
    let lost = Action::Drop { commit: true };
    stage.tenant.faults().arm(Fault::on("PATCH", "/v1.0/applications(*)", lost.clone()).once());
    stage.tenant.faults().arm(Fault::on("POST", "/v1.0/applications/*/addPassword", lost).once());
    let name = UniqueName::new("gatehouse-5f").unwrap();
    let patch = ApplicationPatch { display_name: Some("T".into()), ..ApplicationPatch::default() };
    let again = stage.client.send(applications::upsert(&name, &patch)).await.unwrap();
    assert_eq!(again, applications::Upserted::Existed, "the first attempt made it");
    let app = stage.client.send(applications::by_unique_name(&name)).await.unwrap();
    let end = stage.tenant.clock().now() + SignedDuration::from_hours(24);
    let error =
        stage.client.send(credentials::add_password(&app.id, "Gatehouse/5f/1", end)).await.unwrap_err();
    assert!(error.outcome().may_have_applied(), "{error:?}");
    let orphans = stage.client.send(applications::get(&app.id)).await.unwrap().password_credentials;
    assert_eq!(orphans.len(), 1, "sent once, made once");
    assert_eq!(orphans[0].display_name.as_deref(), Some("Gatehouse/5f/1"));
}

#[tokio::test]
async fn somebody_without_a_role_is_refused_in_so_many_words() {
    let stage = Stage::with("Application Administrator", 40, Lag::default()).await;
    let api = stage.client.send(service_principals::by_app_id(&AppId::new(GRAPH).unwrap())).await.unwrap();
    let role = graph::AppRoleId::new("798ee544-9d2d-430c-a058-570e29e34338").unwrap();
    let error = stage.client.send(grants::assign_app_role(&api.id, &api.id, &role)).await.unwrap_err();
    assert!(matches!(error, GraphError::Forbidden { denial: graph::Denial::Privileges, .. }), "{error:?}");
    assert!(error.request_ids().unwrap().request_id.is_some());
}
