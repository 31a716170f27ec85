//! A computer, a person, and an organisation.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::{App, AppOptions, Browser, Host, HostError, KeyringBackend, Noted, Notification};
use async_trait::async_trait;
use contract::{
    AccountView, AppError, ClientChoice, CloudId, PlanRequest, RunView, SetupDraft, SignInEvent,
    SignInPurpose, SignInRequest, Space,
};
use jiff::{SignedDuration, Timestamp};
use practice::{FaultsFile, Options, PracticeTenant};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use url::Url;
use vault::keyring::testing::MemoryKeyring;

/// The person at the browser, shared with the tests of the command line.
const PERSON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/it/cli/person.py");

/// A computer whose parts the test can look at and change.
pub(crate) struct Computer {
    /// Seconds by which its clock is ahead.
    ahead: AtomicI64,
    /// Its rests take no time: its clock moves on instead.
    restless: AtomicBool,
    /// What was copied last, and when it is cleared.
    pub(crate) clipboard: Mutex<Option<(String, Option<Duration>)>>,
    pub(crate) opened: Arc<Mutex<Vec<Url>>>,
    pub(crate) keyring: MemoryKeyring,
    /// What was shown on the desktop.
    pub(crate) notifications: Mutex<Vec<Notification>>,
    person: Mutex<Option<String>>,
    does: Mutex<&'static str>,
}

#[async_trait]
impl Host for Computer {
    #[expect(clippy::disallowed_methods, reason = "the practice tenant's tokens are dated by the real clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_secs(self.ahead.load(Ordering::SeqCst))
    }

    async fn rest(&self, time: Duration) {
        if self.restless.load(Ordering::SeqCst) {
            self.ahead.fetch_add(i64::try_from(time.as_secs()).unwrap(), Ordering::SeqCst);
        } else {
            tokio::time::sleep(time).await;
        }
    }

    fn copy(&self, text: SecretString, clear_after: Option<Duration>) -> Result<(), HostError> {
        *self.clipboard.lock().unwrap() = Some((text.expose_secret().to_owned(), clear_after));
        Ok(())
    }

    fn clear_clipboard(&self) {
        let mut clipboard = self.clipboard.lock().unwrap();
        if clipboard.as_ref().is_some_and(|(_, clear_after)| clear_after.is_some()) {
            clipboard.take();
        }
    }

    fn browser(&self) -> Arc<dyn Browser> {
        let (person, does) = (self.person.lock().unwrap().clone(), *self.does.lock().unwrap());
        Arc::new(PersonAtBrowser { person, does, opened: Arc::clone(&self.opened) })
    }

    fn keyring(&self) -> KeyringBackend {
        self.keyring.backend()
    }

    fn notify(&self, notification: Notification) -> Result<Noted, HostError> {
        self.notifications.lock().unwrap().push(notification);
        Ok(Noted::WithButtons)
    }
}

impl Computer {
    /// Lets time pass for this computer only.
    pub(crate) fn time_passes(&self, days: i64) {
        self.ahead.fetch_add(days * 24 * 3600, Ordering::SeqCst);
    }

    /// From now on, a run that rests goes on at once, at a later time. Only where nothing has to spread at Microsoft.
    pub(crate) fn rests_in_no_time(&self) {
        self.restless.store(true, Ordering::SeqCst);
    }

    /// From now on, this person is at the browser; nobody with `None`.
    pub(crate) fn person_is(&self, name: Option<&str>) {
        *self.person.lock().unwrap() = name.map(upn);
    }

    /// From now on, somebody with this sign-in name is at the browser.
    pub(crate) fn person_signs_in_as(&self, name: &str) {
        *self.person.lock().unwrap() = Some(name.to_owned());
    }

    /// What the person does on the consent page from now on: `accept`, `cancel`, or `leave` before signing in.
    pub(crate) fn person_does(&self, what: &'static str) {
        *self.does.lock().unwrap() = what;
    }
}

/// A computer on which nothing happens but time.
pub(crate) struct Bystander;

impl Host for Bystander {
    #[expect(clippy::disallowed_methods, reason = "stands in for the desktop")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn copy(&self, _: SecretString, _: Option<Duration>) -> Result<(), HostError> {
        Err(HostError::ClipboardAbsent)
    }
    fn clear_clipboard(&self) {}
    fn keyring(&self) -> KeyringBackend {
        KeyringBackend::None
    }
}

struct PersonAtBrowser {
    person: Option<String>,
    does: &'static str,
    opened: Arc<Mutex<Vec<Url>>>,
}

impl Browser for PersonAtBrowser {
    fn open(&self, url: &Url) -> Result<(), identity::BrowserError> {
        self.opened.lock().unwrap().push(url.clone());
        if let Some(person) = self.person.clone() {
            let (url, does) = (url.clone(), self.does);
            std::thread::spawn(move || {
                let mut browser = Command::new("python3");
                browser.arg(PERSON).arg(url.as_str()).env("PERSON", person).env("PERSON_DOES", does);
                let done = browser.status();
                assert!(done.is_ok_and(|status| status.success()), "the person could not use the browser");
            });
        }
        Ok(())
    }
}

/// An organisation over real HTTP, and a computer with Gatehouse on it.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) computer: Arc<Computer>,
    pub(crate) tenant: PracticeTenant,
    folder: TempDir,
}

impl World {
    /// Gatehouse in its real space, whose Microsoft is the practice tenant of this test.
    pub(crate) async fn new() -> Self {
        let world = Self::before_any_door().await;
        world.app.space_enter(Space::Real).await.unwrap();
        world
    }

    /// Just started.
    pub(crate) async fn before_any_door() -> Self {
        let tenant = PracticeTenant::start(Options::default()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let base = tenant.base_url().to_string();
        let card = serde_json::json!({ "name": "bed", "login": base, "graph": base, "exchange": base });
        std::fs::write(folder.path().join("cloud.json"), card.to_string()).unwrap();
        let computer = Arc::new(Computer {
            ahead: AtomicI64::new(0),
            restless: AtomicBool::new(false),
            clipboard: Mutex::default(),
            opened: Arc::default(),
            keyring: MemoryKeyring::new(),
            notifications: Mutex::default(),
            person: Mutex::new(Some(upn("astrid.lindqvist"))),
            does: Mutex::new("accept"),
        });
        let app = started(folder.path(), &computer);
        Self { app, computer, tenant, folder }
    }

    /// Quits Gatehouse and starts it again.
    pub(crate) async fn starts_again(&mut self) {
        self.app.close();
        self.app = started(self.folder.path(), &self.computer);
        self.app.space_enter(Space::Real).await.unwrap();
    }

    /// The folder of everything that this computer keeps.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Gatehouse on a computer that has the same keyring, and these files.
    pub(crate) fn started_on(&self, files: &Path) -> App {
        started(files, &self.computer)
    }

    /// The folder of the real space.
    pub(crate) fn space(&self) -> PathBuf {
        let data = self.folder.path().join("data");
        let mut found = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
        found.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("custom-")).unwrap()
    }

    /// Where files for the person go.
    pub(crate) fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// Lets time pass for everybody: at Microsoft and on this computer.
    pub(crate) fn minutes_pass(&self, minutes: i64) {
        self.tenant.clock().advance(SignedDuration::from_mins(minutes));
        self.computer.ahead.fetch_add(minutes * 60, Ordering::SeqCst);
    }

    /// From now on, this goes wrong.
    pub(crate) fn goes_wrong(&self, faults: Value) {
        let file: FaultsFile = serde_json::from_value(serde_json::json!({ "faults": faults })).unwrap();
        self.tenant.faults().apply(file);
    }

    /// The log of sign-ins is not licensed: each question about it is refused at once.
    pub(crate) fn shows_no_sign_ins(&self) {
        let refused = serde_json::json!({ "do": "status", "status": 403 });
        self.goes_wrong(serde_json::json!([
            { "path": "/beta/reports/**", "action": refused },
            { "path": "/beta/auditLogs/**", "action": refused },
            { "path": "/v1.0/auditLogs/**", "action": refused },
        ]));
    }

    /// Signs in with this client, and gives what happened last.
    pub(crate) async fn sign_in_with(&self, client: ClientChoice) -> Result<AccountView, AppError> {
        let (_, events) = self.begin_sign_in(client).await?;
        came_of(events).await
    }

    /// Signs in again with the organisation's own registration, for more.
    pub(crate) async fn sign_in_for(&self, account: &AccountView, purpose: SignInPurpose) -> AccountView {
        let client = self.own_client(account.client_id.clone());
        let account_id = Some(account.id.clone());
        let request = SignInRequest { account_id, purpose, ..self.request(client) };
        let (_, events) = self.start_sign_in(request).await.unwrap();
        came_of(events).await.unwrap()
    }

    /// Signs in with this client for one purpose and no other.
    pub(crate) async fn sign_in_only(&self, client: ClientChoice, purpose: SignInPurpose) -> AccountView {
        let request = SignInRequest { purpose, ..self.request(client) };
        let (_, events) = self.start_sign_in(request).await.unwrap();
        came_of(events).await.unwrap()
    }

    fn request(&self, client: ClientChoice) -> SignInRequest {
        SignInRequest {
            cloud: CloudId::Custom,
            client,
            account_id: None,
            purpose: SignInPurpose::SetUp,
            also: Vec::new(),
            login_hint: None,
        }
    }

    /// Starts a sign-in: its id, and what happens.
    pub(crate) async fn begin_sign_in(
        &self,
        client: ClientChoice,
    ) -> Result<(String, UnboundedReceiver<SignInEvent>), AppError> {
        self.start_sign_in(self.request(client)).await
    }

    async fn start_sign_in(
        &self,
        request: SignInRequest,
    ) -> Result<(String, UnboundedReceiver<SignInEvent>), AppError> {
        let (sender, events) = unbounded_channel();
        let started = self
            .app
            .sign_in_start(
                request,
                Arc::new(move |event| {
                    let _ = sender.send(event);
                }),
            )
            .await?;
        Ok((started.sign_in_id, events))
    }

    /// The whole way in: bootstrap, own registration, own session.
    pub(crate) async fn sign_in(&self) -> AccountView {
        let first = self.sign_in_with(ClientChoice::Bootstrap).await.unwrap();
        let plan =
            self.app.plan_make(PlanRequest::OwnRegistration { account_id: first.id.clone() }).await.unwrap();
        let run = self.app.run_start(&plan.id, Arc::new(|_| {})).await.unwrap();
        self.sign_in_with(self.own_client(run.own_client_id.unwrap())).await.unwrap()
    }

    /// The organisation's own registration.
    pub(crate) fn own_client(&self, client_id: String) -> ClientChoice {
        ClientChoice::Registered { client_id, tenant: self.tenant.tenant_id().to_owned() }
    }

    /// Good answers for Totalview's calendars, saved.
    pub(crate) async fn answers(&self, account: &AccountView) -> SetupDraft {
        let connector = self.app.connector("totalview").await.unwrap();
        let draft = SetupDraft {
            id: String::new(),
            connector_id: "totalview".to_owned(),
            connector_name: String::new(),
            account_id: account.id.clone(),
            features: vec!["calendar".to_owned()],
            inputs: [("test-mailbox".to_owned(), upn("noor.haddad"))].into(),
            lifetime_months: connector.suggested_lifetime_months,
            permissions_on: Vec::new(),
            mailbox_access: std::collections::BTreeMap::new(),
            audiences: std::collections::BTreeMap::new(),
            ticks: Vec::new(),
            step: "plan".to_owned(),
            saved_at: None,
        };
        self.app.draft_save(draft).await.unwrap()
    }

    /// A plan of these answers.
    pub(crate) async fn plan(&self, account: &AccountView) -> String {
        let draft = self.answers(account).await;
        self.app.plan_make(PlanRequest::SetUp { draft_id: draft.id }).await.unwrap().id
    }

    /// Sets Totalview up; gives the run.
    pub(crate) async fn set_up(&self, account: &AccountView) -> RunView {
        let plan = self.plan(account).await;
        self.app.run_start(&plan, Arc::new(|_| {})).await.unwrap()
    }

    /// The id of the one set-up there is.
    pub(crate) async fn connection(&self) -> String {
        let all = self.app.connections().await.unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        all[0].id.clone()
    }
}

/// What happened last in a sign-in.
async fn came_of(mut events: UnboundedReceiver<SignInEvent>) -> Result<AccountView, AppError> {
    loop {
        match events.recv().await.unwrap() {
            SignInEvent::SignedIn { account } => return Ok(account),
            SignInEvent::Failed { error } => return Err(error),
            SignInEvent::Cancelled => return Err(AppError::new(contract::ErrorCode::Cancelled)),
            _ => {}
        }
    }
}

/// Copies all files of a computer.
pub(crate) fn copy_into(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&there).unwrap();
            copy_into(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), &there).unwrap();
        }
    }
}

fn started(folder: &Path, computer: &Arc<Computer>) -> App {
    App::new(AppOptions {
        host: Arc::clone(computer) as Arc<dyn Host>,
        data: folder.join("data"),
        config: folder.join("config"),
        downloads: folder.join("downloads"),
        version: "0.0.0".to_owned(),
        cloud_file: Some(folder.join("cloud.json")),
        enter: None,
    })
}

/// Somebody's sign-in name.
pub(crate) fn upn(name: &str) -> String {
    format!("{name}@lindqvist-practice.example")
}
