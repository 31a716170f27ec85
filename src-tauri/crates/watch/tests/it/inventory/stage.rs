//! An organisation, a file, and a clock that both share.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use graph::resources::ApplicationPatch;
use graph::{
    AccessToken, ApplicationId, Call, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource, applications,
};
use jiff::{SignedDuration, Timestamp};
use net::http::{ClientOptions, ProxySource};
use practice::{Options, PracticeTenant, RecordedRequest};
use serde_json::Value;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use url::Url;
use watch::inventory::{Progress, Store, SyncError, SyncObserver, Synced, sync};

/// A first-party client that may read everything here without a consent page.
const COMMAND_LINE: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

pub(crate) const ADMIN: &str = "Global Administrator";

pub(crate) struct Stage {
    pub(crate) tenant: Arc<PracticeTenant>,
    pub(crate) graph: GraphClient,
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
    pub(crate) heard: Heard,
    pub(crate) cancel: CancellationToken,
}

impl Stage {
    pub(crate) async fn new(applications: usize) -> Self {
        Self::with(Options { applications, ..Options::default() }, ADMIN).await
    }

    pub(crate) async fn with(options: Options, role: &str) -> Self {
        let upn = holder(role, options.seed).await;
        let options = Options { sign_in_as: Some(upn), ..options };
        let tenant = Arc::new(PracticeTenant::start(options).await.unwrap());
        let graph = client(&tenant);
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), tenant.tenant_id(), tenant.clock().now()).unwrap();
        Self { tenant, graph, folder, store, heard: Heard::default(), cancel: CancellationToken::new() }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.tenant.clock().now()
    }

    pub(crate) fn pass(&self, span: SignedDuration) {
        self.tenant.clock().advance(span);
    }

    pub(crate) async fn try_sync(&self) -> Result<Synced, SyncError> {
        sync(&self.graph, &self.store, &self.heard, &self.cancel).await
    }

    pub(crate) async fn sync(&self) -> Synced {
        self.try_sync().await.unwrap()
    }

    /// The same file, as after a restart.
    pub(crate) fn reopened(&self) -> Store {
        Store::open(self.folder.path(), self.tenant.tenant_id(), self.now()).unwrap()
    }

    /// What was asked of Graph from the request with this number on, as method and path.
    pub(crate) fn asked(&self, from: usize) -> Vec<RecordedRequest> {
        let mut all = self.tenant.requests();
        all.retain(|request| request.path.starts_with("/v1.0") || request.path.starts_with("/beta"));
        all.split_off(from)
    }

    pub(crate) fn count(&self) -> usize {
        self.asked(0).len()
    }

    /// How many requests had this path.
    pub(crate) fn count_of(&self, path: &str) -> usize {
        self.asked(0).iter().filter(|request| request.path == path).count()
    }

    /// Any registrations, as object ids.
    pub(crate) fn some_registrations(&self, count: usize) -> Vec<String> {
        self.tenant.tables(|tables| {
            let alive = tables.applications.iter().filter(|(_, row)| row.deleted.is_none());
            alive.take(count).map(|(id, _)| id.clone()).collect()
        })
    }

    /// Renames a registration, as somebody elsewhere would.
    pub(crate) async fn rename(&self, id: &str, name: &str) {
        let patch = ApplicationPatch { display_name: Some(name.to_owned()), ..ApplicationPatch::default() };
        self.graph.send(applications::update(&ApplicationId::new(id).unwrap(), &patch)).await.unwrap();
    }

    pub(crate) fn delete(&self, id: &str) {
        let now = self.now();
        self.tenant.tables(|tables| {
            let row = tables.applications.get_mut(id).unwrap();
            row.deleted = Some(now);
            row.changed = now;
        });
    }

    /// Adds a registration like another, and answers its client id.
    pub(crate) fn add_like(&self, id: &str, number: u32) -> String {
        let now = self.now();
        let app_id = format!("aaaaaaaa-0000-4000-8000-{number:012}");
        self.tenant.tables(|tables| {
            let mut row = tables.applications.get(id).unwrap().clone();
            let new = format!("bbbbbbbb-0000-4000-8000-{number:012}");
            row.body.insert("id".into(), new.clone().into());
            row.body.insert("appId".into(), app_id.clone().into());
            row.body.insert("displayName".into(), format!("Added {number}").into());
            (row.created, row.changed, row.before, row.deleted) = (now, now, None, None);
            tables.applications.insert(new, row);
        });
        app_id
    }

    pub(crate) fn registrations_alive(&self) -> usize {
        self.tenant.tables(|tables| tables.applications.values().filter(|row| row.deleted.is_none()).count())
    }
}

/// What a scan said, and when Microsoft was to be asked again.
#[derive(Clone, Default)]
pub(crate) struct Heard(Arc<Mutex<Vec<Progress>>>);

impl Heard {
    pub(crate) fn all(&self) -> Vec<Progress> {
        self.0.lock().unwrap().clone()
    }
}

impl SyncObserver for Heard {
    fn progress(&self, progress: &Progress) {
        self.0.lock().unwrap().push(progress.clone());
    }
}

/// Signs in, and again before the token is an hour old.
struct Session {
    tenant: Arc<PracticeTenant>,
    held: tokio::sync::Mutex<Option<(AccessToken, Timestamp)>>,
}

#[async_trait]
impl TokenSource for Session {
    async fn token(&self, _: &[&str], _: Option<&ClaimsChallenge>) -> Result<AccessToken, TokenRefusal> {
        let mut held = self.held.lock().await;
        let now = self.tenant.clock().now();
        if let Some((token, since)) = &*held
            && now.duration_since(*since) < SignedDuration::from_mins(50)
        {
            return Ok(token.clone());
        }
        let token = token(&self.tenant).await;
        *held = Some((token.clone(), now));
        Ok(token)
    }
}

/// Who holds a role: asked once of a small tenant that is thrown away, since the seed makes all alike.
async fn holder(role: &str, seed: u64) -> String {
    static KNOWN: Mutex<Vec<(String, u64, String)>> = Mutex::new(Vec::new());
    let known = KNOWN.lock().unwrap().iter().find(|one| one.0 == role && one.1 == seed).cloned();
    if let Some((.., upn)) = known {
        return upn;
    }
    let small = Options { applications: 5, seed, ..Options::default() };
    let people = PracticeTenant::start(small).await.unwrap().people();
    let upn = people.into_iter().find(|person| person.role == role).unwrap().upn;
    KNOWN.lock().unwrap().push((role.to_owned(), seed, upn.clone()));
    upn
}

pub(crate) fn http() -> reqwest::Client {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    net::http::client(&options).unwrap()
}

/// A client whose waits move the organisation's clock, so that no test waits.
fn client(tenant: &Arc<PracticeTenant>) -> GraphClient {
    let session = Session { tenant: tenant.clone(), held: tokio::sync::Mutex::default() };
    let (clock, sleeper) = (tenant.clone(), tenant.clone());
    GraphClient::new(http(), tenant.base_url(), Arc::new(session), Arc::new(move || clock.clock().now()))
        .unwrap()
        .with_call(Call::default())
        .sleeping_with(move |span| {
            sleeper.clock().advance(span.try_into().unwrap());
            tokio::task::yield_now()
        })
}

/// Signs in as the person for whom the tenant was started.
async fn token(tenant: &PracticeTenant) -> AccessToken {
    let login = tenant.base_url().join(&format!("{}/", tenant.tenant_id())).unwrap();
    let mut url = login.join("oauth2/v2.0/authorize").unwrap();
    url.query_pairs_mut()
        .append_pair("client_id", COMMAND_LINE)
        .append_pair("response_type", "code")
        .append_pair("response_mode", "query")
        .append_pair("redirect_uri", "http://localhost")
        .append_pair("scope", "https://graph.microsoft.com/.default")
        .append_pair("state", "s");
    let answer = http().get(url).send().await.unwrap();
    let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    let code = back.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", COMMAND_LINE),
        ("redirect_uri", "http://localhost"),
        ("code", &code),
    ];
    let answer = http().post(login.join("oauth2/v2.0/token").unwrap()).form(&form).send().await.unwrap();
    let body: Value = answer.json().await.unwrap();
    AccessToken::new(body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned())
}
