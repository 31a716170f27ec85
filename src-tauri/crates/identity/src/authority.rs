//! A sign-in service: its cloud, the way to reach it, and what it has published.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use net::RequestIds;
use net::body;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use tokio::sync::OnceCell;
use url::Url;

use crate::aad_error::AadError;
use crate::cloud::Cloud;
use crate::error::{AuthorityProblem, IdTokenProblem, IdentityError};
use crate::id_token::{self, Expectation, IdClaims};
use crate::ids::TenantId;
use crate::jwks::KeySet;
use crate::metadata::{Document, Metadata};
use crate::tenant::Tenant;

/// Where the time comes from; tests bring their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// One sign-in service. Share it: its descriptions and keys are fetched once.
pub struct Authority {
    cloud: Cloud,
    http: reqwest::Client,
    clock: Clock,
    described: Shelf<Tenant, Metadata>,
    keys: Shelf<Url, KeySet>,
    skew: Mutex<Option<SignedDuration>>,
}

/// What has been fetched, by what it is of. A cell per entry, so that two who want the same thing fetch it once.
type Shelf<K, V> = Mutex<HashMap<K, Arc<OnceCell<Arc<V>>>>>;

impl Authority {
    /// The sign-in service of `cloud`, reached through `http` (from `net::http::client`).
    #[must_use]
    pub fn new(cloud: Cloud, http: reqwest::Client, clock: Clock) -> Arc<Self> {
        Arc::new(Self {
            cloud,
            http,
            clock,
            described: Mutex::default(),
            keys: Mutex::default(),
            skew: Mutex::default(),
        })
    }

    /// Its cloud.
    #[must_use]
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The id of an organisation that is known by a domain.
    ///
    /// # Errors
    /// [`AuthorityProblem::NoSuchTenant`] when no organisation has the domain; [`IdentityError::Net`].
    pub async fn tenant_id(&self, tenant: &Tenant) -> Result<TenantId, IdentityError> {
        if let Some(id) = tenant.id() {
            return Ok(id.clone());
        }
        let described = self.metadata(tenant).await?;
        described.issuer.tenant_id().ok_or(IdentityError::Authority(AuthorityProblem::NoSuchTenant))
    }

    /// How far this computer's clock was ahead of the service's at its last answer. Worth a warning beyond
    /// [`net::skew::WORTH_A_WARNING`]: sign-ins then fail in ways that point elsewhere.
    #[must_use]
    pub fn clock_skew(&self) -> Option<SignedDuration> {
        *lock(&self.skew)
    }

    pub(crate) fn note_clock(&self, headers: &HeaderMap) {
        if let Some(skew) = net::skew::of(headers, self.now()) {
            *lock(&self.skew) = Some(skew);
        }
    }

    /// Fetches the description for `tenant` ahead of need, beside other work: the first token then costs one call.
    ///
    /// # Errors
    /// [`IdentityError`] when the service cannot be reached or trusted; the next call that needs it tries again.
    pub async fn prepare(&self, tenant: &Tenant) -> Result<(), IdentityError> {
        self.metadata(tenant).await.map(drop)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The checked description for `tenant`, fetched once.
    pub(crate) async fn metadata(&self, tenant: &Tenant) -> Result<Arc<Metadata>, IdentityError> {
        let described = cell(&self.described, tenant);
        let checked = described.get_or_try_init(|| async {
            let url = self.cloud.login_endpoint(tenant, "v2.0/.well-known/openid-configuration");
            let document: Document = self.fetch(&url).await?;
            document.check(&self.cloud, tenant).map(Arc::new).map_err(IdentityError::Authority)
        });
        checked.await.cloned()
    }

    /// Checks an ID token; a key that is not known yet is looked for once more.
    pub(crate) async fn check_id_token(
        &self,
        token: &str,
        metadata: &Metadata,
        expected: &Expectation<'_>,
    ) -> Result<IdClaims, IdentityError> {
        let keys = self.keys(&metadata.jwks_uri).await?;
        match id_token::check(token, &keys, expected) {
            Err(IdTokenProblem::UnknownKey) => {
                lock(&self.keys).remove(&metadata.jwks_uri);
                let fresh = self.keys(&metadata.jwks_uri).await?;
                id_token::check(token, &fresh, expected).map_err(IdentityError::IdToken)
            }
            outcome => outcome.map_err(IdentityError::IdToken),
        }
    }

    /// The published keys, fetched once; also called ahead of need while the person is in the browser.
    pub(crate) async fn keys(&self, url: &Url) -> Result<Arc<KeySet>, IdentityError> {
        let keys = cell(&self.keys, url);
        keys.get_or_try_init(|| async { self.fetch(url).await.map(Arc::new) }).await.cloned()
    }

    async fn fetch<T: DeserializeOwned>(&self, url: &Url) -> Result<T, IdentityError> {
        let response = self.http.get(url.clone()).send().await.map_err(net::NetError::from)?;
        self.note_clock(response.headers());
        let status = response.status();
        let request = RequestIds::from_headers(response.headers());
        let body = body::read_limited(response, body::OBJECT).await?;
        if status.is_success() {
            return Ok(net::json::parse(&body)?);
        }
        match AadError::from_body(&body, request) {
            Some(error) => Err(error.into()),
            None if status.is_client_error() => Err(IdentityError::Authority(AuthorityProblem::NoSuchTenant)),
            None => Err(IdentityError::Answer(crate::error::AnswerProblem::Status(status.as_u16()))),
        }
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("cloud", &self.cloud).finish_non_exhaustive()
    }
}

fn cell<K: Clone + Eq + Hash, V>(shelf: &Shelf<K, V>, key: &K) -> Arc<OnceCell<Arc<V>>> {
    Arc::clone(lock(shelf).entry(key.clone()).or_default())
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
