//! Sends commands: a token for each attempt, one retry policy, one host, one organisation.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use net::call::{Call, Clock, Outcome, Sleeper, TokenSource, tokio_sleeper};
use net::{NetError, RequestIds, host};
use reqwest::Client;
use reqwest::header::HeaderValue;
use serde_json::Value;
use url::Url;

use crate::answer::{Answer, Page};
use crate::attempt::Prepared;
use crate::classify::looks_like_page;
use crate::command::Command;
use crate::error::ExchangeError;

/// The system mailbox that exists in every organisation.
const SYSTEM_MAILBOX: &str = "SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";
/// More pages of 1,000 than any list here has.
const MOST_PAGES: usize = 500;

/// An address or organisation that commands cannot be sent to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    /// The bearer token must not be sent there.
    #[error("the address of Exchange must be https, or http on this computer")]
    UnsafeBase,
    /// The organisation is not named by its id.
    #[error("the organisation must be named by its id")]
    Tenant,
}

/// Whose mailbox decides to which server a command goes (`X-AnchorMailbox`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The signed-in person, by user principal name.
    Person(String),
    /// The organisation's system mailbox: for apps, and for people without a mailbox.
    Organisation,
}

/// Exchange Online's admin endpoint for one account in one organisation. Cheap to clone; clones share connections and
/// tokens.
#[derive(Clone)]
pub struct ExchangeClient {
    pub(crate) shared: Arc<Shared>,
    pub(crate) scopes: Arc<[String]>,
    pub(crate) call: Call,
}

#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) http: Client,
    pub(crate) base: Url,
    tenant: String,
    anchor: HeaderValue,
    pub(crate) tokens: Arc<dyn TokenSource>,
    pub(crate) clock: Clock,
    pub(crate) sleeper: Sleeper,
}

impl std::fmt::Debug for ExchangeClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExchangeClient")
            .field("base", &self.shared.base.as_str())
            .field("tenant", &self.shared.tenant)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl ExchangeClient {
    /// A client for the Exchange at `base` (`https://outlook.office365.com`) and the organisation `tenant`, asking for
    /// tokens with `scopes` (`https://outlook.office365.com/Exchange.Manage`). `http` must not follow redirects: use
    /// [`net::http::client`].
    ///
    /// # Errors
    /// [`InvalidTarget`] for a plain-text address that is not on this computer, one with a user name in it, or an
    /// organisation that is not named by its id.
    pub fn new<S: Into<String>>(
        http: Client,
        base: Url,
        tenant: &str,
        anchor: &Anchor,
        scopes: impl IntoIterator<Item = S>,
        tokens: Arc<dyn TokenSource>,
        clock: Clock,
    ) -> Result<Self, InvalidTarget> {
        let plain = base.scheme() == "http" && host::is_loopback(&base);
        let proper = base.host_str().is_some() && base.username().is_empty() && base.password().is_none();
        if !proper || !(base.scheme() == "https" || plain) {
            return Err(InvalidTarget::UnsafeBase);
        }
        if tenant.len() != 36 || !tenant.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-') {
            return Err(InvalidTarget::Tenant);
        }
        let (tenant, sleeper) = (tenant.to_ascii_lowercase(), tokio_sleeper());
        let anchor = header(anchor, &tenant).ok_or(InvalidTarget::Tenant)?;
        Ok(Self {
            shared: Arc::new(Shared { http, base, tenant, anchor, tokens, clock, sleeper }),
            scopes: scopes.into_iter().map(Into::into).collect(),
            call: Call::default(),
        })
    }

    /// The same client with other rules for its calls.
    #[must_use]
    pub fn with_call(&self, call: Call) -> Self {
        Self { call, ..self.clone() }
    }

    /// The rules of this client's calls.
    #[must_use]
    pub fn call(&self) -> &Call {
        &self.call
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

    /// Runs one cmdlet, repeating it as far as that is safe, and gives all pages of its answer.
    ///
    /// # Errors
    /// [`ExchangeError`]; for one that writes, [`ExchangeError::outcome`] says what it may have done.
    pub async fn invoke<T>(&self, command: Command<T>) -> Result<T, ExchangeError> {
        self.answer(command).await.map(|answer| answer.value)
    }

    /// The same; that there is no such object is an answer.
    ///
    /// # Errors
    /// As [`invoke`](Self::invoke), without [`ExchangeError::NotFound`].
    pub async fn find<T>(&self, command: Command<T>) -> Result<Option<T>, ExchangeError> {
        match self.invoke(command).await {
            Ok(found) => Ok(Some(found)),
            Err(ExchangeError::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The same as [`invoke`](Self::invoke), with Exchange's remarks.
    ///
    /// # Errors
    /// As [`invoke`](Self::invoke).
    pub async fn answer<T>(&self, command: Command<T>) -> Result<Answer<T>, ExchangeError> {
        if !command.is_complete() {
            return Err(ExchangeError::Incomplete);
        }
        let mut prepared = Prepared {
            url: self.address()?,
            anchor: self.shared.anchor.clone(),
            body: command.body().to_string().into_bytes(),
            cmdlet: command.cmdlet,
            is_write: command.is_write(),
        };
        let (mut values, mut warnings): (Vec<Value>, Vec<String>) = (Vec::new(), Vec::new());
        for _ in 0..MOST_PAGES {
            let reply = self.run(&prepared, command.repeat()).await?;
            let ids = || RequestIds::from_headers(&reply.headers);
            if looks_like_page(&reply.body) {
                let outcome = Outcome::unknown(prepared.is_write);
                return Err(ExchangeError::Network { fault: NetError::WebPage, outcome });
            }
            let page = Page::read(&reply.body).map_err(|why| unreadable(&prepared, ids(), &why))?;
            values.extend(page.value);
            warnings.extend(page.warnings);
            // The next page is asked for by sending the same command to its address; only what reads has pages.
            let Some(next) = page.next.filter(|_| !prepared.is_write) else {
                let value = (command.decode)(values).map_err(|why| unreadable(&prepared, ids(), &why))?;
                return Ok(Answer { value, warnings });
            };
            if next == prepared.url {
                return Err(ExchangeError::EndlessList);
            }
            prepared.url = self.own(next)?;
        }
        Err(ExchangeError::EndlessList)
    }

    fn root(&self) -> String {
        format!("{}/adminapi/beta/{}/", self.shared.base.path().trim_end_matches('/'), self.shared.tenant)
    }

    fn address(&self) -> Result<Url, ExchangeError> {
        let mut url = self.shared.base.clone();
        url.set_path(&format!("{}InvokeCommand", self.root()));
        if host::same_origin(&url, &self.shared.base) { Ok(url) } else { Err(ExchangeError::Incomplete) }
    }

    fn own(&self, link: Url) -> Result<Url, ExchangeError> {
        let ours = host::same_origin(&link, &self.shared.base)
            && link.username().is_empty()
            && link.password().is_none()
            && link.path().to_ascii_lowercase().starts_with(&self.root().to_ascii_lowercase());
        if ours { Ok(link) } else { Err(ExchangeError::ForeignLink) }
    }
}

fn header(anchor: &Anchor, tenant: &str) -> Option<HeaderValue> {
    let organisation = || HeaderValue::from_str(&format!("APP:{SYSTEM_MAILBOX}@{tenant}")).ok();
    match anchor {
        // A name that cannot stand in a header routes as well by the organisation.
        Anchor::Person(name) => HeaderValue::from_str(&format!("UPN:{name}")).ok().or_else(organisation),
        Anchor::Organisation => organisation(),
    }
}

fn unreadable(prepared: &Prepared, ids: RequestIds, why: &serde_json::Error) -> ExchangeError {
    // Line and column only: what the body holds is nobody's business here.
    tracing::warn!(
        cmdlet = prepared.cmdlet,
        line = why.line(),
        column = why.column(),
        "answer of Exchange not readable"
    );
    let outcome = if prepared.is_write { Outcome::Applied } else { Outcome::Refused };
    ExchangeError::Unreadable { cmdlet: prepared.cmdlet, ids, outcome }
}
