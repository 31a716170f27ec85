//! Everything that a run needs, real where it matters: HTTP, SQLite, the vault. Only time is the tenant's.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use graph::{AccessToken, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use identity::{Authority, Cloud};
use jiff::{SignedDuration, Timestamp};
use net::http::{ClientOptions, ProxySource};
use provision::{
    Checkpoints, IdentityAppAccess, Journal, JournalAccount, Plan, Planner, Reuse, SecretStore, Session,
    Surroundings, Uninterrupted, Worker,
};
use tempfile::TempDir;
use url::Url;
use vault::keyring::testing::MemoryKeyring;
use vault::{Space, Vault, VaultOptions, VaultStatus};

use crate::tenant::{GATEHOUSE, Tenant};
use crate::watcher::Watcher;

pub(crate) const ADMIN: &str = "Global Administrator";
pub(crate) const APP_ADMIN: &str = "Cloud Application Administrator";
pub(crate) const ORDINARY: &str = "nobody special";

/// An organisation, a computer with its files, and the person in front of it.
pub(crate) struct World {
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) folder: Arc<TempDir>,
    pub(crate) keyring: MemoryKeyring,
    pub(crate) watcher: Arc<Watcher>,
    /// A rest does not end by itself: for tests of cancelling.
    pub(crate) restless: Arc<AtomicBool>,
    pub(crate) role: String,
}

impl World {
    pub(crate) fn new(role: &str) -> Self {
        Self::on(Tenant::start(role), role)
    }

    /// Another computer in the same organisation.
    pub(crate) fn on(tenant: Arc<Tenant>, role: &str) -> Self {
        Self {
            tenant,
            folder: Arc::new(tempfile::tempdir().unwrap()),
            keyring: MemoryKeyring::new(),
            watcher: Arc::default(),
            restless: Arc::default(),
            role: role.to_owned(),
        }
    }

    pub(crate) fn journal(&self) -> Journal {
        Journal::open(&self.folder.path().join("journal"), self.tenant.now()).unwrap()
    }

    pub(crate) async fn vault(&self) -> Vault {
        let clock = self.tenant.clone();
        let options = VaultOptions::new(
            self.folder.path().join("vault"),
            Space::new("practice").unwrap(),
            Arc::new(move || clock.now()),
        )
        .with_keyring(self.keyring.backend());
        let vault = Vault::open(options).unwrap();
        let mut status = vault.watch();
        status.wait_for(|status| *status != VaultStatus::Waiting).await.unwrap();
        vault
    }

    pub(crate) async fn session(&self) -> Session {
        let vault = Arc::new(self.vault().await);
        self.session_with(vault)
    }

    /// With a place for secrets of the test's own.
    pub(crate) fn session_with(&self, vault: Arc<dyn SecretStore>) -> Session {
        let http = http();
        let base = self.tenant.practice().base_url();
        let tokens =
            Arc::new(Tokens { tenant: self.tenant.clone(), http: http.clone(), held: Mutex::default() });
        let address = base.to_string();
        let cloud = Cloud::on_this_computer("practice", &address, &address, &address).unwrap();
        let clock = self.clock();
        let authority = Authority::new(cloud, http.clone(), clock.clone());
        let (graph_http, graph_base, restless, of_apps) =
            (http.clone(), base.clone(), self.restless.clone(), self.tenant.clone());
        let apps = IdentityAppAccess::new(authority, move |source| {
            graph(graph_http.clone(), graph_base.clone(), source, &of_apps, &restless)
        });
        let person =
            self.tenant.practice().people().into_iter().find(|one| one.upn == self.address()).unwrap();
        Session {
            graph: graph(http, base, tokens, &self.tenant, &self.restless),
            tenant: self.tenant.id(),
            account: JournalAccount { id: person.oid, name: person.display_name },
            apps: Arc::new(apps),
            vault,
            surroundings: Arc::new(Around { tenant: self.tenant.clone(), restless: self.restless.clone() }),
            app_version: "0.0.0-test".to_owned(),
        }
    }

    fn address(&self) -> String {
        let all = [
            (ADMIN, "astrid.lindqvist"),
            (APP_ADMIN, "chiara.bianchi"),
            (ORDINARY, "noor.haddad"),
            ("Privileged Role Administrator", "marcus.oberg"),
        ];
        let local =
            all.iter().find(|(role, _)| *role == self.role).map_or(self.role.as_str(), |(_, local)| local);
        format!("{local}@lindqvist-practice.example")
    }

    fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let tenant = self.tenant.clone();
        Arc::new(move || tenant.now())
    }

    pub(crate) async fn worker(&self) -> Worker {
        Worker::new(self.session().await, self.journal(), self.watcher.clone())
    }

    pub(crate) async fn worker_at(&self, checkpoints: Arc<dyn Checkpoints>) -> Worker {
        self.worker().await.with_checkpoints(checkpoints)
    }

    pub(crate) async fn worker_with(&self, vault: Arc<dyn SecretStore>) -> Worker {
        Worker::new(self.session_with(vault), self.journal(), self.watcher.clone())
            .with_checkpoints(Arc::new(Uninterrupted))
    }

    pub(crate) async fn plan(&self, setup: &blueprint::Setup) -> Plan {
        self.plan_reusing(setup, &Reuse::Ours).await
    }

    pub(crate) async fn plan_reusing(&self, setup: &blueprint::Setup, reuse: &Reuse) -> Plan {
        let session = self.session().await;
        Planner::new(&session).set_up(setup, reuse).await.unwrap()
    }

    /// Requests received since the mark, those of signing in as a person left out.
    pub(crate) fn requests_since(&self, mark: usize) -> Vec<practice::RecordedRequest> {
        self.tenant.practice().requests().into_iter().skip(mark).collect()
    }

    pub(crate) fn mark(&self) -> usize {
        self.tenant.practice().requests().len()
    }
}

pub(crate) fn http() -> reqwest::Client {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    net::http::client(&options).unwrap()
}

fn graph(
    http: reqwest::Client,
    base: Url,
    tokens: Arc<dyn TokenSource>,
    tenant: &Arc<Tenant>,
    restless: &Arc<AtomicBool>,
) -> GraphClient {
    let (clock, around) = (tenant.clone(), Around { tenant: tenant.clone(), restless: restless.clone() });
    GraphClient::new(http, base, tokens, Arc::new(move || clock.now())).unwrap().sleeping_with(move |span| {
        let around = around.clone();
        async move { around.rest(span).await }
    })
}

/// Rests move the tenant's clock, so that no test waits.
#[derive(Clone)]
struct Around {
    tenant: Arc<Tenant>,
    restless: Arc<AtomicBool>,
}

#[async_trait]
impl Surroundings for Around {
    fn now(&self) -> Timestamp {
        self.tenant.now()
    }

    async fn rest(&self, time: Duration) {
        if self.restless.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.tenant.pass(SignedDuration::try_from(time).unwrap());
        tokio::task::yield_now().await;
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn random_bits(&self) -> u128 {
        rand::random()
    }
}

/// Signs in as the tenant's person, whenever a token is missing, refused or old.
struct Tokens {
    tenant: Arc<Tenant>,
    http: reqwest::Client,
    held: Mutex<Option<(AccessToken, Timestamp)>>,
}

impl Tokens {
    async fn sign_in(&self) -> (AccessToken, Timestamp) {
        let login =
            self.tenant.practice().base_url().join(&format!("{}/oauth2/v2.0/", self.tenant.id())).unwrap();
        let mut url = login.join("authorize").unwrap();
        url.query_pairs_mut()
            .append_pair("client_id", GATEHOUSE)
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("redirect_uri", "http://localhost")
            .append_pair("scope", "https://graph.microsoft.com/.default")
            .append_pair("state", "s");
        let answer = self.http.get(url).send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let Some(location) = location else { panic!("no code: {}", answer.text().await.unwrap()) };
        let back = Url::parse(&location).unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
        let code = code.unwrap_or_else(|| panic!("{back}"));
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", GATEHOUSE),
            ("redirect_uri", "http://localhost"),
            ("code", &code),
        ];
        let answer = self.http.post(login.join("token").unwrap()).form(&form).send().await.unwrap();
        let body: serde_json::Value = answer.json().await.unwrap();
        let token = body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned();
        let life = body["expires_in"].as_i64().unwrap();
        (AccessToken::new(token), self.tenant.now() + SignedDuration::from_secs(life - 60))
    }
}

#[async_trait]
impl TokenSource for Tokens {
    async fn token(
        &self,
        _: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal> {
        let held = self.held.lock().unwrap().clone();
        if let Some((token, until)) = held
            && self.tenant.now() < until
            && challenge.is_none()
        {
            return Ok(token);
        }
        let fresh = self.sign_in().await;
        *self.held.lock().unwrap() = Some(fresh.clone());
        Ok(fresh.0)
    }

    async fn rejected(&self, _: &AccessToken) {
        *self.held.lock().unwrap() = None;
    }
}
