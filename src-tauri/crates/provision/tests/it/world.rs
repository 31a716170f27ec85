//! Everything that a run needs, real where it matters: HTTP, SQLite, the vault. Only time is the tenant's.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use exchange::{Anchor, ExchangeClient};
use graph::{AccessToken, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use identity::{Authority, Cloud};
use jiff::{SignedDuration, Timestamp};
use net::http::{ClientOptions, ProxySource};
use net::{NetError, Sent};
use provision::{
    Checkpoints, IdentityAppAccess, Journal, JournalAccount, Plan, Planner, Reuse, SecretStore, Session,
    Surroundings, Uninterrupted, Worker,
};
use tempfile::TempDir;
use url::Url;
use vault::keyring::SecretStore as KeyringStore;
use vault::keyring::testing::MemoryKeyring;
use vault::{KeyringBackend, Space, Vault, VaultOptions, VaultStatus};

use crate::tenant::{GATEHOUSE, Tenant, address_of};
use crate::watcher::Watcher;

pub(crate) const ADMIN: &str = "Global Administrator";
pub(crate) const APP_ADMIN: &str = "Cloud Application Administrator";
pub(crate) const ORDINARY: &str = "nobody special";

/// Where the organisation is, for a process that may not be the one in which it runs.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) base: Url,
    pub(crate) tenant: String,
    pub(crate) now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// How a rest passes.
    pub(crate) pass: Arc<dyn Fn(SignedDuration) + Send + Sync>,
    /// A rest does not end by itself: for tests of cancelling.
    pub(crate) restless: Arc<AtomicBool>,
}

impl Place {
    fn of(tenant: &Arc<Tenant>, restless: &Arc<AtomicBool>) -> Self {
        let (clock, rests) = (tenant.clone(), tenant.clone());
        Self {
            base: tenant.practice().base_url(),
            tenant: tenant.id(),
            now: Arc::new(move || clock.now()),
            pass: Arc::new(move |span| rests.pass(span)),
            restless: restless.clone(),
        }
    }

    /// A session there.
    pub(crate) fn session(&self, account: JournalAccount, vault: Arc<dyn SecretStore>) -> Session {
        let http = http();
        let tokens = |scope| {
            Arc::new(Tokens { place: self.clone(), http: self::http(), scope, held: Mutex::default() })
        };
        let address = self.base.to_string();
        let cloud = Cloud::on_this_computer("practice", &address, &address, &address).unwrap();
        let authority = Authority::new(cloud, http.clone(), self.now.clone());
        let place = self.clone();
        let apps = IdentityAppAccess::new(authority, move |source| graph(http.clone(), source, &place));
        Session {
            graph: graph(self::http(), tokens("https://graph.microsoft.com/.default"), self),
            exchange: Some(exchange(self::http(), tokens("https://outlook.office365.com/.default"), self)),
            tenant: self.tenant.clone(),
            account,
            apps: Arc::new(apps),
            vault,
            surroundings: Arc::new(Around(self.clone())),
            app_version: "0.0.0-test".to_owned(),
        }
    }
}

/// Opens the vault in `folder` and waits for its key.
pub(crate) async fn open_vault(folder: &Path, keyring: Arc<dyn KeyringStore>, place: &Place) -> Vault {
    let options = VaultOptions::new(folder.join("vault"), Space::new("practice").unwrap(), place.now.clone())
        .with_keyring(KeyringBackend::Custom(keyring));
    let vault = Vault::open(options).unwrap();
    let mut status = vault.watch();
    status.wait_for(|status| *status != VaultStatus::Waiting).await.unwrap();
    vault
}

/// An organisation, a computer with its files, and the person in front of it.
pub(crate) struct World {
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) folder: Arc<TempDir>,
    pub(crate) keyring: Arc<dyn KeyringStore>,
    pub(crate) watcher: Arc<Watcher>,
    pub(crate) restless: Arc<AtomicBool>,
    role: String,
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
            keyring: Arc::new(MemoryKeyring::new()),
            watcher: Arc::default(),
            restless: Arc::default(),
            role: role.to_owned(),
        }
    }

    pub(crate) fn place(&self) -> Place {
        Place::of(&self.tenant, &self.restless)
    }

    /// The sign-in service.
    pub(crate) fn authority(&self) -> Arc<Authority> {
        let address = self.place().base.to_string();
        let cloud = Cloud::on_this_computer("practice", &address, &address, &address).unwrap();
        Authority::new(cloud, http(), self.place().now)
    }

    pub(crate) fn journal(&self) -> Journal {
        Journal::open(&self.folder.path().join("journal"), self.tenant.now()).unwrap()
    }

    pub(crate) async fn vault(&self) -> Vault {
        open_vault(self.folder.path(), self.keyring.clone(), &self.place()).await
    }

    pub(crate) async fn session(&self) -> Session {
        let vault = Arc::new(self.vault().await);
        self.session_with(vault)
    }

    /// With a place for secrets of the test's own.
    pub(crate) fn session_with(&self, vault: Arc<dyn SecretStore>) -> Session {
        self.place().session(self.account(), vault)
    }

    pub(crate) fn account(&self) -> JournalAccount {
        let address = address_of(&self.role);
        let person = self.tenant.practice().people().into_iter().find(|one| one.upn == address).unwrap();
        JournalAccount { id: person.oid, name: person.display_name }
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

    /// Requests received since the mark.
    pub(crate) fn requests_since(&self, mark: usize) -> Vec<practice::RecordedRequest> {
        self.tenant.practice().requests().into_iter().skip(mark).collect()
    }

    pub(crate) fn mark(&self) -> usize {
        self.tenant.practice().requests().len()
    }
}

/// One client for each runtime: making one reads the computer's certificates, and its connections end with the runtime.
pub(crate) fn http() -> reqwest::Client {
    static MADE: Mutex<Option<HashMap<tokio::runtime::Id, reqwest::Client>>> = Mutex::new(None);
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    let mut made = MADE.lock().unwrap();
    let here = tokio::runtime::Handle::current().id();
    made.get_or_insert_default().entry(here).or_insert_with(|| net::http::client(&options).unwrap()).clone()
}

fn graph(http: reqwest::Client, tokens: Arc<dyn TokenSource>, place: &Place) -> GraphClient {
    let around = Around(place.clone());
    GraphClient::new(http, place.base.clone(), tokens, place.now.clone()).unwrap().sleeping_with(
        move |span| {
            let around = around.clone();
            async move { around.rest(span).await }
        },
    )
}

fn exchange(http: reqwest::Client, tokens: Arc<dyn TokenSource>, place: &Place) -> ExchangeClient {
    let (around, base) = (Around(place.clone()), place.base.join("exchange/").unwrap());
    let scopes = ["https://outlook.office365.com/.default"];
    ExchangeClient::new(http, base, &place.tenant, &Anchor::Organisation, scopes, tokens, place.now.clone())
        .unwrap()
        .sleeping_with(move |span| {
            let around = around.clone();
            async move { around.rest(span).await }
        })
}

/// Rests move the tenant's clock, so that no test waits.
#[derive(Clone)]
struct Around(Place);

#[async_trait]
impl Surroundings for Around {
    fn now(&self) -> Timestamp {
        (self.0.now)()
    }

    async fn rest(&self, time: Duration) {
        if self.0.restless.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        (self.0.pass)(SignedDuration::try_from(time).unwrap());
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
    place: Place,
    http: reqwest::Client,
    scope: &'static str,
    held: Mutex<Option<(AccessToken, Timestamp)>>,
}

impl Tokens {
    /// `None` when the sign-in service is having a bad day.
    async fn sign_in(&self) -> Option<(AccessToken, Timestamp)> {
        let login = self.place.base.join(&format!("{}/oauth2/v2.0/", self.place.tenant)).unwrap();
        let mut url = login.join("authorize").unwrap();
        url.query_pairs_mut()
            .append_pair("client_id", GATEHOUSE)
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("redirect_uri", "http://localhost")
            .append_pair("scope", self.scope)
            .append_pair("state", "s");
        let answer = self.http.get(url).send().await.ok()?;
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
        let answer = self.http.post(login.join("token").unwrap()).form(&form).send().await.ok()?;
        let body: serde_json::Value = answer.json().await.ok()?;
        let token = body["access_token"].as_str()?.to_owned();
        let life = body["expires_in"].as_i64()?;
        Some((AccessToken::new(token), (self.place.now)() + SignedDuration::from_secs(life - 60)))
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
            && (self.place.now)() < until
            && challenge.is_none()
        {
            return Ok(token);
        }
        let unreachable = TokenRefusal::Unreachable(NetError::Other(Sent::Maybe));
        let fresh = self.sign_in().await.ok_or(unreachable)?;
        *self.held.lock().unwrap() = Some(fresh.clone());
        Ok(fresh.0)
    }

    async fn rejected(&self, _: &AccessToken) {
        *self.held.lock().unwrap() = None;
    }
}
