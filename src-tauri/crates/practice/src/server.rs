//! Starting and stopping a practice tenant.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::clock::Clock;
use crate::demands::{self, Demand};
use crate::directories::{self, Directories, Kind};
use crate::entra::Ledger;
use crate::faults::{FaultError, Faults};
use crate::keys::{KeyError, Keys};
use crate::options::Options;
use crate::persist::{self, StateError};
use crate::request_log::RecordedRequest;
use crate::seed::{self, Person, SelfConsent};
use crate::serve;
use crate::store::Tables;
use crate::tenant::Tenant;
use crate::wire::{Breaker, LoopbackListener};

/// Why a practice tenant did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is reachable from other machines.
    #[error("the practice tenant listens on loopback addresses only, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address is taken or not allowed.
    #[error("{address} cannot be listened on: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The faults file was refused.
    #[error(transparent)]
    Faults(#[from] FaultError),
    /// The state file was refused.
    #[error(transparent)]
    State(#[from] StateError),
    /// No signing key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The runtime is shutting down.
    #[error("the practice tenant was stopped while it started")]
    Interrupted,
    /// `sign_in_as` names nobody.
    #[error("nobody in the practice organisation is called {0}")]
    UnknownPerson(String),
}

/// One of the directories behind the listener.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Directory {
    /// Its id, `tid` in tokens.
    pub id: String,
    /// Name of the organisation.
    pub name: String,
    /// The domain that people sign in with.
    pub domain: String,
    /// Whether it holds personal Microsoft accounts.
    pub personal: bool,
}

impl Directory {
    pub(crate) fn of(tenant: &Tenant) -> Self {
        Self {
            id: tenant.tenant_id.clone(),
            name: tenant.name(),
            domain: tenant.read(seed::default_domain),
            personal: tenant.kind == Kind::Personal,
        }
    }
}

/// A running practice tenant. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct PracticeTenant {
    directories: Arc<Directories>,
    tenant: Arc<Tenant>,
    address: SocketAddr,
    stop: CancellationToken,
    server: JoinHandle<()>,
}

impl PracticeTenant {
    /// Listens, seeds the organisation (or reads it from the state file) and serves.
    ///
    /// # Errors
    /// [`StartError`] when the address, the faults file or the state file cannot be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        if !options.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(options.listen));
        }
        let wanted = options.listen;
        let failed = |source| StartError::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        // Making a key and an organisation takes a moment of computing, which must not hold up a window.
        let prepared = tokio::task::spawn_blocking(move || prepare(options, address)).await;
        let directories = prepared.map_err(|_| StartError::Interrupted)??;
        let tenant = Arc::clone(directories.main());

        let stop = CancellationToken::new();
        let app = Router::new().fallback(serve::serve).with_state(Arc::clone(&directories));
        let service = app.into_make_service_with_connect_info::<Breaker>();
        let stopped = stop.clone().cancelled_owned();
        let serving =
            axum::serve(LoopbackListener { inner: listener }, service).with_graceful_shutdown(stopped);
        let server = tokio::spawn(async move {
            // Ends only through `stop`: axum's accept loop has no other way out.
            let _ = serving.await;
        });
        Ok(Self { directories, tenant, address, stop, server })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://localhost:PORT/`.
    pub fn base_url(&self) -> Url {
        self.tenant.base_url.clone()
    }

    /// Id of the organisation.
    pub fn tenant_id(&self) -> &str {
        &self.tenant.tenant_id
    }

    /// Who can sign in.
    pub fn people(&self) -> Vec<Person> {
        self.tenant.read(seed::people)
    }

    /// All directories behind the listener, the main organisation first.
    pub fn directories(&self) -> Vec<Directory> {
        self.directories.all().map(|tenant| Directory::of(tenant)).collect()
    }

    /// Who can sign in in one of them, by its id or domain; nobody in one that does not exist.
    pub fn people_of(&self, directory: &str) -> Vec<Person> {
        self.directories.named(directory).map(|tenant| tenant.read(seed::people)).unwrap_or_default()
    }

    /// Looks into one of the directories or changes it, past all checks; `None` for one that does not exist. For tests.
    pub fn tables_of<R>(&self, directory: &str, change: impl FnOnce(&mut Tables) -> R) -> Option<R> {
        self.directories.named(directory).map(|tenant| tenant.write(change))
    }

    /// [`PracticeTenant::snapshot`] of one of the directories.
    pub fn snapshot_of(&self, directory: &str) -> Option<serde_json::Value> {
        self.directories.named(directory).map(|tenant| tenant.read(crate::snapshot::of))
    }

    /// Wants something of a person (object id or user principal name, in any directory), or refuses it, from now on. With a
    /// client id only that app is meant. Says whether there is such a person.
    pub fn demand(&self, person: &str, client: Option<&str>, demand: Demand) -> bool {
        self.directories.all().any(|tenant| demands::set(tenant, person, client, demand))
    }

    /// Decides what people of the main organisation may agree to by themselves.
    pub fn set_self_consent(&self, allowed: SelfConsent) {
        self.tenant.write(|tables| seed::set_self_consent(tables, allowed));
    }

    /// Looks into the organisation or changes it, past all checks. For tests.
    pub fn tables<R>(&self, change: impl FnOnce(&mut Tables) -> R) -> R {
        self.tenant.write(change)
    }

    /// The tenant's clock.
    pub fn clock(&self) -> &Clock {
        &self.tenant.clock
    }

    /// What goes wrong.
    pub fn faults(&self) -> &Faults {
        &self.tenant.faults
    }

    /// What was received, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.tenant.log.all()
    }

    /// The organisation in a form that can be compared before and after a run, see [`crate::differences`]. Two tenants of
    /// one seed differ in nothing but dates; one tenant differs in what was done.
    pub fn snapshot(&self) -> serde_json::Value {
        self.tenant.read(crate::snapshot::of)
    }

    /// What Microsoft's published description does not allow in the requests received and the answers given so far.
    #[cfg(feature = "contract-check")]
    pub fn violations(&self) -> Vec<crate::contract_check::Violation> {
        self.directories.made().flat_map(|tenant| tenant.violations()).collect()
    }

    /// Stops listening and waits for the answers under way; idle connections are closed.
    pub async fn stop(mut self) {
        self.stop.cancel();
        // A client that keeps a connection open must not keep the tenant alive.
        let patience = std::time::Duration::from_secs(2);
        if tokio::time::timeout(patience, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for PracticeTenant {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Builds the shared state, from the state file when there is one.
fn prepare(options: Options, address: SocketAddr) -> Result<Arc<Directories>, StartError> {
    let base_url = base_url(address);
    let stored = match options.state.as_deref().map(persist::load) {
        Some(loaded) => loaded?,
        None => None,
    };
    let faults_file = options.faults.clone();
    let tenant = match stored {
        Some(snapshot) => {
            let keys = Keys::restore(&snapshot.key)?;
            let mut tables = snapshot.tables;
            seed::restore_published_permissions(&mut tables);
            let tenant = Tenant::new(options, snapshot.tenant_id, base_url, keys, tables, snapshot.ledger);
            tenant.clock.advance(SignedDuration::from_millis(snapshot.clock_offset_ms));
            tenant
        }
        None => {
            let tenant_id = seed::tenant_id(options.seed);
            let tables = seed::organisation(&options, Clock::default().now());
            Tenant::new(options, tenant_id, base_url, Keys::generate()?, tables, Ledger::default())
        }
    };
    let stored = match &tenant.options.state {
        Some(path) => persist::load_others(&directories::beside(path), &tenant.tenant_id)?,
        None => Vec::new(),
    };
    let directories = Directories::new(tenant, stored);
    let main = directories.main();
    if let Some(upn) = &main.options.sign_in_as
        && directories.all().all(|tenant| tenant.read(|tables| tables.user(upn).is_none()))
    {
        return Err(StartError::UnknownPerson(upn.clone()));
    }
    if let Some(path) = faults_file {
        main.faults.load(Path::new(&path))?;
    }
    directories.save()?;
    Ok(directories)
}

/// `localhost` rather than the number: first-party clients have that name registered, and browsers treat it as secure.
fn base_url(address: SocketAddr) -> Url {
    let mut url = fallback_url();
    let _ = url.set_port(Some(address.port()));
    if let SocketAddr::V6(v6) = address {
        let _ = url.set_host(Some(&format!("[{}]", v6.ip())));
    }
    url
}

#[expect(clippy::expect_used, reason = "a constant; the tests start a tenant")]
fn fallback_url() -> Url {
    Url::parse("http://localhost").expect("a valid URL")
}
