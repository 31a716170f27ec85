//! The state that all requests share.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, Weak};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use url::Url;

use crate::auth::Caller;
use crate::clock::Clock;
use crate::directories::{Directories, Kind};
use crate::entra::Ledger;
use crate::faults::{Action, Faults};
use crate::graph::{GraphRequest, GraphResponse, Sortings, Version};
use crate::keys::Keys;
use crate::lag::{REPLICAS, View};
use crate::mailboxes::Written;
use crate::options::Options;
use crate::persist::{self, SnapshotRef, StateError};
use crate::request_log::RequestLog;
use crate::store::Tables;
use crate::throttle::{self, Throttle};

/// What the state file holds.
#[derive(Debug, Default)]
struct Saved {
    /// Which generation.
    generation: u64,
    mailboxes: Option<Written>,
}

/// One directory of the practice tenant. What stands in an `Arc` it shares with the others behind the listener.
#[derive(Debug)]
pub(crate) struct Tenant {
    pub(crate) options: Options,
    pub(crate) tenant_id: String,
    pub(crate) kind: Kind,
    /// `http://localhost:PORT`, without a path.
    pub(crate) base_url: Url,
    pub(crate) clock: Arc<Clock>,
    pub(crate) faults: Arc<Faults>,
    pub(crate) throttle: Throttle,
    pub(crate) keys: Arc<Keys>,
    pub(crate) log: Arc<RequestLog>,
    /// Orders of lists that clients are paging through.
    pub(crate) sortings: Sortings,
    tables: RwLock<Tables>,
    ledger: Arc<Mutex<Ledger>>,
    /// Counts changes of all directories, so that an unchanged tenant is not written again.
    generation: Arc<AtomicU64>,
    /// Counts changes of this directory's tables.
    own_generation: AtomicU64,
    /// All directories behind the listener, this one among them.
    directories: OnceLock<Weak<Directories>>,
    is_main: bool,
    saved: Mutex<Saved>,
    turn: AtomicU64,
    #[cfg(feature = "contract-check")]
    violations: Mutex<Vec<crate::contract_check::Violation>>,
}

impl Tenant {
    pub(crate) fn new(
        options: Options,
        tenant_id: String,
        base_url: Url,
        keys: Keys,
        tables: Tables,
        ledger: Ledger,
    ) -> Self {
        Self {
            faults: Arc::new(Faults::new(options.seed)),
            options,
            tenant_id,
            kind: Kind::Organisation,
            base_url,
            clock: Arc::default(),
            throttle: Throttle::default(),
            keys: Arc::new(keys),
            log: Arc::default(),
            sortings: Sortings::default(),
            tables: RwLock::new(tables),
            ledger: Arc::new(Mutex::new(ledger)),
            generation: Arc::new(AtomicU64::new(1)),
            own_generation: AtomicU64::new(1),
            directories: OnceLock::new(),
            is_main: true,
            saved: Mutex::default(),
            turn: AtomicU64::new(0),
            #[cfg(feature = "contract-check")]
            violations: Mutex::default(),
        }
    }

    /// Another directory behind the same listener.
    pub(crate) fn beside(&self, kind: Kind, seed: u64, tenant_id: String, tables: Tables) -> Self {
        Self {
            options: Options { seed, ..self.options.clone() },
            tenant_id,
            kind,
            base_url: self.base_url.clone(),
            clock: Arc::clone(&self.clock),
            faults: Arc::clone(&self.faults),
            throttle: Throttle::default(),
            keys: Arc::clone(&self.keys),
            log: Arc::clone(&self.log),
            sortings: Sortings::default(),
            tables: RwLock::new(tables),
            ledger: Arc::clone(&self.ledger),
            generation: Arc::clone(&self.generation),
            own_generation: AtomicU64::new(1),
            directories: OnceLock::new(),
            is_main: false,
            saved: Mutex::default(),
            turn: AtomicU64::new(0),
            #[cfg(feature = "contract-check")]
            violations: Mutex::default(),
        }
    }

    /// Learns of the directories beside it; once.
    pub(crate) fn belong_to(&self, directories: &Arc<Directories>) {
        let _ = self.directories.set(Arc::downgrade(directories));
    }

    /// All directories behind the listener, the main one first. Ask for nothing of one while looking at the tables of another.
    pub(crate) fn directories(&self) -> Vec<Arc<Self>> {
        let all = self.directories.get().and_then(Weak::upgrade);
        all.map(|all| all.all().cloned().collect()).unwrap_or_default()
    }

    /// The first directory of which this is true, the main one before the others.
    pub(crate) fn find_directory(&self, wanted: impl Fn(&Self) -> bool) -> Option<Arc<Self>> {
        let all = self.directories.get().and_then(Weak::upgrade)?;
        all.all().find(|directory| wanted(directory)).cloned()
    }

    /// Whether this directory is meant by an id; an empty one, from older files, means the main directory.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.tenant_id == id || (id.is_empty() && self.is_main)
    }

    /// Whether the first segment of an address, in small letters, means this directory.
    pub(crate) fn answers_to(&self, segment: &str) -> bool {
        if segment == self.tenant_id {
            return true;
        }
        match self.kind {
            Kind::Personal => segment == "consumers",
            Kind::Organisation => self.read(|tables| {
                let domain = tables.domains.get(segment);
                domain.is_some_and(|domain| domain.body.get("isVerified") == Some(&true.into()))
            }),
        }
    }

    /// Name of the organisation; personal accounts have none.
    pub(crate) fn name(&self) -> String {
        let name = |tables: &Tables| {
            tables.organization.values().next().map(|row| row.text("displayName").to_owned())
        };
        self.read(name).unwrap_or_else(|| crate::seed::PERSONAL_ACCOUNTS.to_owned())
    }

    /// Keeps what the referee found.
    #[cfg(feature = "contract-check")]
    pub(crate) fn note_violations(&self, found: Vec<crate::contract_check::Violation>) {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
    }

    /// What the referee found so far.
    #[cfg(feature = "contract-check")]
    pub(crate) fn violations(&self) -> Vec<crate::contract_check::Violation> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at the organisation.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&Tables) -> R) -> R {
        look(&self.tables.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the organisation.
    pub(crate) fn write<R>(&self, change: impl FnOnce(&mut Tables) -> R) -> R {
        let result = change(&mut self.tables.write().unwrap_or_else(PoisonError::into_inner));
        self.generation.fetch_add(1, Ordering::SeqCst);
        self.own_generation.fetch_add(1, Ordering::SeqCst);
        result
    }

    /// Counts up with every change of this directory's tables.
    pub(crate) fn own_generation(&self) -> u64 {
        self.own_generation.load(Ordering::SeqCst)
    }

    /// What sign-ins left behind: codes, refresh tokens, sessions. Counted as a change.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        self.generation.fetch_add(1, Ordering::SeqCst);
        ledger
    }

    /// The same, to look only.
    pub(crate) fn peek_ledger<R>(&self, look: impl FnOnce(&Ledger) -> R) -> R {
        look(&self.ledger.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts up with every change.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::SeqCst)
    }

    /// The directory as the replica whose turn it is shows it.
    pub(crate) fn view(&self) -> View {
        let replica = self.turn.fetch_add(1, Ordering::Relaxed) % REPLICAS;
        View { now: self.clock.now(), lag: self.faults.lag(), replica }
    }

    /// Base address that `@odata.nextLink` and `@odata.context` print, without a trailing slash.
    pub(crate) fn graph_base(&self) -> String {
        trimmed(self.options.advertise_graph.as_ref().unwrap_or(&self.base_url))
    }

    /// Base address of the sign-in pages, without a trailing slash.
    pub(crate) fn login_base(&self) -> String {
        trimmed(self.options.advertise_login.as_ref().unwrap_or(&self.base_url))
    }

    /// Lets one Graph request in, or answers it with throttling or with the fault that is armed for a batch member.
    ///
    /// The headers are for the answer: Graph says what a request cost and how near the limit is.
    #[expect(clippy::result_large_err, reason = "the refusal is the answer, and is sent at once")]
    pub(crate) fn admit(&self, request: &GraphRequest, caller: &Caller) -> Result<HeaderMap, GraphResponse> {
        if request.batch_member
            && let Some(fault) = self.member_fault(request)
        {
            return Err(fault);
        }
        // The limit is on writes; a read of a large directory must not look through it for this.
        let personal = request.method != http::Method::GET
            && request.path.starts_with("/applications")
            && self.read(|tables| {
                tables
                    .application_by_app_id(&caller.app_id)
                    .is_some_and(|app| app.text("signInAudience").contains("PersonalMicrosoftAccount"))
            });
        let counted = throttle::Request {
            app_id: &caller.app_id,
            method: &request.method,
            path: &request.path,
            query: request.raw_query.as_deref(),
            personal,
            units: throttle::units(self.read(|tables| tables.users.len())),
        };
        let verdict = self.throttle.count(counted, self.clock.now());
        let mut headers = HeaderMap::new();
        put(&mut headers, "x-ms-resource-unit", &verdict.cost.to_string());
        if verdict.share >= 0.8 {
            put(&mut headers, "x-ms-throttle-limit-percentage", &format!("{:.1}", verdict.share));
        }
        let Some(seconds) = verdict.retry_after.filter(|_| self.options.throttled) else {
            return Ok(headers);
        };
        let scope = format!("Tenant_Application/ReadWrite/{}/{}", caller.app_id, self.tenant_id);
        put(&mut headers, "x-ms-throttle-scope", &scope);
        let writes = request.method != http::Method::GET;
        let exceeded = if writes { "WriteLimitExceeded" } else { "ResourceUnitLimitExceeded" };
        put(&mut headers, "x-ms-throttle-information", exceeded);
        let mut refusal = too_many_requests(request, Some(seconds));
        refusal.headers.extend(headers);
        Err(refusal)
    }

    fn member_fault(&self, request: &GraphRequest) -> Option<GraphResponse> {
        let root = match request.version {
            Version::V1 => "/v1.0",
            Version::Beta => "/beta",
        };
        match self.faults.check(request.method.as_str(), &format!("{root}{}", request.path))? {
            Action::Status { status, body, headers, .. } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let body = body.unwrap_or_else(|| crate::graph::error_body(request, "UnknownError", ""));
                let mut answer = GraphResponse::json(status, body);
                for (name, value) in &headers {
                    put(&mut answer.headers, name, value);
                }
                Some(answer)
            }
            Action::Throttle { retry_after } => Some(too_many_requests(request, retry_after)),
            // A member of a batch has no connection of its own to break.
            _ => Some(GraphResponse::json(
                StatusCode::SERVICE_UNAVAILABLE,
                crate::graph::error_body(
                    request,
                    "serviceNotAvailable",
                    "Service is temporarily unavailable.",
                ),
            )),
        }
    }

    /// Writes the state file when something changed since it was written last.
    pub(crate) fn save(&self) -> Result<(), StateError> {
        let Some(path) = &self.options.state else { return Ok(()) };
        // Held while writing: two answers must not race to replace the file with an older state.
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let generation = self.generation.load(Ordering::SeqCst);
        if saved.generation == generation {
            return Ok(());
        }
        let tables = self.tables.read().unwrap_or_else(PoisonError::into_inner);
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let mailboxes = tables.mailboxes.written(&mut saved.mailboxes)?;
        persist::save(
            path,
            &SnapshotRef {
                format: persist::FORMAT,
                tenant_id: &self.tenant_id,
                clock_offset_ms: self.clock.offset_ms(),
                key: self.keys.store(),
                tables: &tables,
                ledger: &ledger,
            },
            mailboxes,
        )?;
        saved.generation = generation;
        Ok(())
    }

    /// Makes the next [`Tenant::save`] write, after a change outside the tables.
    pub(crate) fn touch(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }
}

fn too_many_requests(request: &GraphRequest, retry_after: Option<u64>) -> GraphResponse {
    let body = crate::graph::error_body(request, "TooManyRequests", "Too many requests");
    let mut answer = GraphResponse::json(StatusCode::TOO_MANY_REQUESTS, body);
    if let Some(seconds) = retry_after {
        put(&mut answer.headers, "retry-after", &seconds.to_string());
    }
    answer
}

/// Adds a header; a name or value that HTTP does not allow is left out.
pub(crate) fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

fn trimmed(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}
