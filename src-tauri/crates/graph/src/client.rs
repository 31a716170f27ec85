//! Sends requests: a token for each attempt, one retry policy, one host.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use net::call::{Call, Clock, Outcome, Sleeper, TokenSource, tokio_sleeper, wait};
use net::{NetError, RequestIds, host};
use reqwest::Client;
use url::Url;

use crate::attempt::Prepared;
use crate::batch::{Batch, BatchAnswers};
use crate::classify::looks_like_page;
use crate::error::GraphError;
use crate::paging::{Page, PageLink, Pager};
use crate::reply::{Decode, Reply};
use crate::request::Request;

/// Makes a client with connections of its own, for a retry after 503.
pub(crate) type Reconnect = Arc<dyn Fn() -> Option<Client> + Send + Sync>;

/// A base address that the bearer token must not be sent to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the address of Microsoft Graph must be https, or http on this computer")]
pub struct UnsafeBase;

/// Microsoft Graph v1.0 for one account in one organisation. Cheap to clone; clones share connections and tokens.
#[derive(Clone)]
pub struct GraphClient {
    pub(crate) shared: Arc<Shared>,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) call: Call,
}

#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) http: Client,
    pub(crate) base: Url,
    pub(crate) tokens: Arc<dyn TokenSource>,
    pub(crate) clock: Clock,
    pub(crate) sleeper: Sleeper,
    pub(crate) reconnect: Option<Reconnect>,
}

impl std::fmt::Debug for GraphClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphClient")
            .field("base", &self.shared.base.as_str())
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl GraphClient {
    /// A client for the Graph at `base` (`https://graph.microsoft.com`), asking for `{base}/.default` until
    /// [`with_scopes`](Self::with_scopes) says otherwise. `http` must not follow redirects: use [`net::http::client`].
    ///
    /// # Errors
    /// [`UnsafeBase`] for a plain-text address that is not on this computer, or one with a user name in it.
    pub fn new(
        http: Client,
        base: Url,
        tokens: Arc<dyn TokenSource>,
        clock: Clock,
    ) -> Result<Self, UnsafeBase> {
        let plain = base.scheme() == "http" && host::is_loopback(&base);
        let proper = base.host_str().is_some() && base.username().is_empty() && base.password().is_none();
        if !proper || !(base.scheme() == "https" || plain) {
            return Err(UnsafeBase);
        }
        let scopes = Arc::from([format!("{}/.default", base.as_str().trim_end_matches('/'))]);
        let shared = Shared { http, base, tokens, clock, sleeper: tokio_sleeper(), reconnect: None };
        Ok(Self { shared: Arc::new(shared), scopes, call: Call::default() })
    }

    /// Asks for tokens with these scopes.
    #[must_use]
    pub fn with_scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// The same client as somebody else: with these tokens.
    #[must_use]
    pub fn with_tokens(mut self, tokens: Arc<dyn TokenSource>) -> Self {
        Arc::make_mut(&mut self.shared).tokens = tokens;
        self
    }

    /// The same client with other rules for its calls.
    #[must_use]
    pub fn with_call(&self, call: Call) -> Self {
        Self { call, ..self.clone() }
    }

    /// After 500, 502, 503, 504 and time-outs, repeats are sent through a client that this makes. Microsoft asks for a
    /// new connection then, and a reqwest client offers none of its own accord: its pool belongs to the client.
    #[must_use]
    pub fn reconnecting_with(mut self, make: impl Fn() -> Option<Client> + Send + Sync + 'static) -> Self {
        Arc::make_mut(&mut self.shared).reconnect = Some(Arc::new(make));
        self
    }

    /// Waits this way between attempts instead of by tokio's timer.
    #[must_use]
    pub fn sleeping_with<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Arc::make_mut(&mut self.shared).sleeper = Arc::new(move |span| Box::pin(sleep(span)));
        self
    }

    /// The address of Graph.
    #[must_use]
    pub fn base(&self) -> &Url {
        &self.shared.base
    }

    /// The rules of this client's calls.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// Sends one request, repeating it as far as that is safe.
    ///
    /// # Errors
    /// [`GraphError`]; for a write, [`GraphError::outcome`] says what it may have done.
    pub async fn send<T>(&self, request: Request<T>) -> Result<T, GraphError> {
        if !request.is_complete() {
            return Err(GraphError::Incomplete);
        }
        let prepared = Prepared::new(&request, self.address(request.version(), &request.target())?);
        let reply = self.run(&prepared).await?;
        read(&reply, request.decode, &prepared.shape, prepared.is_write)
    }

    /// The pages of a list.
    #[must_use]
    pub fn pages<T>(&self, request: Request<Page<T>>) -> Pager<T> {
        Pager::new(self.clone(), request)
    }

    /// All objects of a list that is short by nature.
    ///
    /// # Errors
    /// As [`Pager::next_page`].
    pub async fn all<T>(&self, request: Request<Page<T>>) -> Result<Vec<T>, GraphError> {
        self.pages(request).all().await
    }

    /// Sends many requests in as few round trips as possible, twenty to each. Every one has its own result.
    pub async fn batch(&self, batch: Batch) -> BatchAnswers {
        batch.run(self).await
    }

    /// Asks for the page behind a link, with the headers of the request that led there (Graph asks for
    /// `ConsistencyLevel` again on every page). For going on with a list later, or with the changes since one.
    ///
    /// # Errors
    /// [`GraphError::ForeignLink`] when the link leads elsewhere, else as [`send`](Self::send).
    pub async fn follow<T>(&self, origin: &Request<Page<T>>, link: &PageLink) -> Result<Page<T>, GraphError> {
        let prepared = Prepared::new(origin, self.own(origin.version(), link)?);
        let reply = self.run(&prepared).await?;
        read(&reply, origin.decode, &prepared.shape, prepared.is_write)
    }

    /// The time by this client's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.shared.clock)()
    }

    /// Rests until then, as between attempts: also through the computer's sleep. `false` when the calls were cancelled.
    pub async fn rest_until(&self, until: Timestamp) -> bool {
        let span = Duration::try_from(until.duration_since(self.now())).unwrap_or_default();
        wait(span, &self.shared.clock, &self.shared.sleeper, &self.call.cancel).await
    }

    /// `target` below the version, on our host.
    pub(crate) fn address(&self, version: &str, target: &str) -> Result<Url, GraphError> {
        let base = self.shared.base.as_str().trim_end_matches('/');
        let url = Url::parse(&format!("{base}/{version}{target}")).map_err(|_| GraphError::Incomplete)?;
        if host::same_origin(&url, &self.shared.base) { Ok(url) } else { Err(GraphError::Incomplete) }
    }

    fn own(&self, version: &str, link: &PageLink) -> Result<Url, GraphError> {
        let url = &link.0;
        let root = format!("{}/{version}/", self.shared.base.path().trim_end_matches('/'));
        let ours = host::same_origin(url, &self.shared.base)
            && url.username().is_empty()
            && url.password().is_none()
            && url.path().starts_with(&root);
        if ours { Ok(url.clone()) } else { Err(GraphError::ForeignLink) }
    }
}

/// Reads a success into its type.
pub(crate) fn read<T>(
    reply: &Reply,
    decode: Decode<T>,
    shape: &str,
    is_write: bool,
) -> Result<T, GraphError> {
    if looks_like_page(&reply.body) {
        let outcome = if is_write { Outcome::Ambiguous } else { Outcome::Refused };
        return Err(GraphError::Network { fault: NetError::WebPage, outcome });
    }
    decode(reply).map_err(|why| {
        tracing::warn!(request = shape, status = reply.status, %why, "answer of Graph not readable");
        GraphError::Unreadable {
            request: shape.to_owned(),
            ids: RequestIds::from_headers(&reply.headers),
            outcome: if is_write { Outcome::Applied } else { Outcome::Refused },
        }
    })
}
