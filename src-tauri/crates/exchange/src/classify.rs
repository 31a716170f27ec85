//! From an answer that is not a success to an [`ExchangeError`].
//!
//! By the name of the exception first: the same exception comes with 400, 404 or 500. By status where there is none. By text
//! only where Exchange gives one name to several things.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use net::call::Outcome;
use net::retry::RetryAfter;
use net::{NetError, RequestIds};
use reqwest::header::HeaderMap;
use serde::Deserialize;

use crate::error::{ExchangeError, Refusal};
use crate::fault::Fault;

/// How long after creation "not there" can still mean "not everywhere yet".
const SPREADING: SignedDuration = SignedDuration::from_mins(10);
/// Longest message that is kept, in characters.
const LONGEST_MESSAGE: usize = 1000;

/// What is known besides the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    pub(crate) cmdlet: &'static str,
    pub(crate) is_write: bool,
    pub(crate) now: Timestamp,
    pub(crate) fresh_since: Option<Timestamp>,
}

/// An answer as it came.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// An error with the wait that the server asked for.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) error: ExchangeError,
    pub(crate) retry_after: Option<Duration>,
}

impl From<ExchangeError> for Failure {
    fn from(error: ExchangeError) -> Self {
        Self { error, retry_after: None }
    }
}

#[derive(Deserialize, Default)]
struct Envelope {
    #[serde(default)]
    error: Body,
}

#[derive(Deserialize, Default)]
struct Body {
    #[serde(default)]
    message: Option<String>,
    #[serde(default)]
    details: Option<Vec<Detail>>,
    #[serde(rename = "innererror", alias = "innerError", default)]
    inner: Option<Inner>,
}

#[derive(Deserialize, Default)]
struct Detail {
    #[serde(default)]
    message: Option<String>,
}

#[derive(Deserialize, Default)]
struct Inner {
    #[serde(rename = "internalexception", alias = "internalException", default)]
    internal: Option<Internal>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
}

#[derive(Deserialize, Default)]
struct Internal {
    #[serde(default)]
    message: Option<String>,
    #[serde(rename = "type", default)]
    kind: Option<String>,
}

impl Body {
    /// The cmdlet's own words, most specific place first.
    fn message(&self) -> Option<String> {
        let details = self.details.iter().flatten().filter_map(|detail| detail.message.clone()).next();
        let internal = || self.inner.as_ref()?.internal.as_ref()?.message.clone();
        details.or_else(internal).or_else(|| self.message.clone())
    }

    /// The exception: before the words, or in a place of its own.
    fn fault(&self, message: &str) -> Fault {
        let internal = || {
            let inner = self.inner.as_ref()?;
            let own = inner.internal.as_ref().and_then(|one| one.kind.clone());
            own.or_else(|| inner.kind.clone())
        };
        Fault::of_message(message)
            .or_else(|| internal().map(|name| Fault::of_name(&name)))
            .unwrap_or_else(|| Fault::Other(String::new()))
    }
}

/// Reads an answer that is not 2xx.
pub(crate) fn failure(reply: &Reply, context: Context) -> Failure {
    let retry_after = RetryAfter::from_headers(&reply.headers, context.now).map(RetryAfter::duration);
    if (300..400).contains(&reply.status) {
        return ExchangeError::Redirected { status: reply.status }.into();
    }
    let is_gateway = matches!(reply.status, 429 | 500 | 502 | 503 | 504);
    if looks_like_page(&reply.body) && !is_gateway {
        let outcome = Outcome::unknown(context.is_write);
        return ExchangeError::Network { fault: NetError::WebPage, outcome }.into();
    }
    // An empty body, a run of NUL bytes or plain text also refuses: the reason is in a header then.
    let body = serde_json::from_slice::<Envelope>(&reply.body).unwrap_or_default().error;
    let message = body.message().or_else(|| diagnostics(&reply.headers)).unwrap_or_default();
    let refusal = Box::new(Refusal {
        status: reply.status,
        fault: body.fault(&message),
        message: words(&message),
        ids: RequestIds::from_headers(&reply.headers),
        cmdlet: context.cmdlet,
    });
    Failure { error: of(refusal, retry_after, context), retry_after }
}

fn of(refusal: Box<Refusal>, retry_after: Option<Duration>, context: Context) -> ExchangeError {
    if refusal.status == 429 {
        let wait = SignedDuration::try_from(retry_after.unwrap_or_default()).unwrap_or_default();
        let until = context.now.checked_add(wait).unwrap_or(context.now);
        return ExchangeError::Throttled { until, refusal };
    }
    let text = refusal.message.to_ascii_lowercase();
    if text.contains("enable-organizationcustomization") {
        return ExchangeError::NotCustomizable(refusal);
    }
    let fresh = context.fresh_since.is_some_and(|since| context.now.duration_since(since) < SPREADING);
    match refusal.fault {
        Fault::ObjectNotFound if fresh => return ExchangeError::NotYetReplicated(refusal),
        Fault::ObjectNotFound | Fault::MemberNotFound => return ExchangeError::NotFound(refusal),
        Fault::ObjectExists | Fault::MemberExists => return ExchangeError::AlreadyExists(refusal),
        Fault::ObjectAmbiguous => return ExchangeError::NotUnique(refusal),
        // A cmdlet or parameter that the person's roles leave out does not exist for them.
        Fault::CommandUnavailable | Fault::ParameterUnavailable => return ExchangeError::Forbidden(refusal),
        Fault::Transient => return unavailable(refusal, context),
        Fault::Other(_) if already_exists(&text) => return ExchangeError::AlreadyExists(refusal),
        Fault::Other(_) => {}
    }
    match refusal.status {
        401 => ExchangeError::Unauthorized(refusal),
        403 => ExchangeError::Forbidden(refusal),
        502..=504 => unavailable(refusal, context),
        // 500 with a cmdlet's words is the cmdlet's refusal; without any it is the service's.
        500 if refusal.fault.as_str().is_empty() => unavailable(refusal, context),
        _ => ExchangeError::Refused(refusal),
    }
}

fn unavailable(refusal: Box<Refusal>, context: Context) -> ExchangeError {
    ExchangeError::Unavailable { refusal, outcome: Outcome::unknown(context.is_write) }
}

/// Names that are taken come under several exceptions.
fn already_exists(text: &str) -> bool {
    ["already exists", "is already being used", "is already in use", "there's already another"]
        .iter()
        .any(|known| text.contains(known))
}

/// What follows the exception's name, without what cannot be shown.
fn words(message: &str) -> String {
    let words = message.splitn(3, '|').nth(2).unwrap_or(message);
    words.chars().filter(|c| !c.is_control()).take(LONGEST_MESSAGE).collect()
}

/// `x-ms-diagnostics: 2000003;reason="…";error_category="invalid_token"`: the reason where the body holds none.
fn diagnostics(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-ms-diagnostics")?.to_str().ok()?;
    let reason = value.split_once("reason=\"").map(|(_, rest)| rest.split('"').next().unwrap_or(rest));
    Some(reason.unwrap_or(value).to_owned())
}

/// A sign-in page of a network or an error page of a gateway, instead of data.
pub(crate) fn looks_like_page(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'<')
}

#[cfg(test)]
mod tests;
