//! From an answer that is not a success to a [`GraphError`].
//!
//! By status and code. By text only where Microsoft gives one code to several things: the texts are quoted from answers
//! seen in public code, compared without case, and an unknown text leads to the general error, never to a wrong one.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use net::call::Outcome;
use net::retry::RetryAfter;
use net::{NetError, RequestIds};
use serde::Deserialize;

use crate::code::GraphErrorCode as Code;
use crate::error::{Denial, GraphError, PolicyRefusal, Refusal};
use crate::reply::Reply;

/// How long after creation "not there" can still mean "not everywhere yet". No figure is published; more than five
/// minutes have been reported.
const SPREADING: SignedDuration = SignedDuration::from_mins(10);

/// Longest message that is kept, in characters.
const LONGEST_MESSAGE: usize = 1000;

/// A client secret that was removed already, or that has not spread yet.
const NO_SUCH_PASSWORD: &str = "no password credential found with keyid";

/// What is known besides the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) shape: &'a str,
    pub(crate) is_write: bool,
    pub(crate) now: Timestamp,
    pub(crate) fresh_since: Option<Timestamp>,
}

/// An error with the wait that the server asked for.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) error: GraphError,
    pub(crate) retry_after: Option<Duration>,
}

impl From<GraphError> for Failure {
    fn from(error: GraphError) -> Self {
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
    code: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(rename = "innerError", alias = "innererror", default)]
    inner: Option<Box<Inner>>,
}

#[derive(Deserialize, Default)]
struct Inner {
    #[serde(default)]
    code: Option<String>,
    #[serde(rename = "request-id", default)]
    request_id: Option<String>,
    #[serde(rename = "client-request-id", default)]
    client_request_id: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(rename = "innerError", alias = "innererror", default)]
    inner: Option<Box<Inner>>,
}

impl Body {
    /// Codes grow more specific inwards; an unknown inner one (a .NET exception's name) is worth less than the outer.
    fn code(&self) -> Code {
        let outer = Code::from(self.code.clone().unwrap_or_default());
        let mut best = outer;
        let mut next = self.inner.as_deref();
        while let Some(inner) = next {
            if let Some(code) =
                inner.code.as_deref().map(Code::from).filter(|code| !matches!(code, Code::Other(_)))
            {
                best = code;
            }
            next = inner.inner.as_deref();
        }
        best
    }
}

/// Reads an answer that is not 2xx.
pub(crate) fn failure(reply: &Reply, context: Context<'_>) -> Failure {
    let status = reply.status;
    let retry_after = RetryAfter::from_headers(&reply.headers, context.now).map(RetryAfter::duration);
    if (300..400).contains(&status) {
        return GraphError::Redirected { status }.into();
    }
    let is_gateway = matches!(status, 429 | 500 | 502 | 503 | 504);
    if looks_like_page(&reply.body) && !is_gateway {
        let outcome = Outcome::unknown(context.is_write);
        return GraphError::Network { fault: NetError::WebPage, outcome }.into();
    }
    // An empty body, a run of NUL bytes or plain text also refuses: the status still says enough.
    let body = serde_json::from_slice::<Envelope>(&reply.body).unwrap_or_default().error;
    let refusal = Box::new(refusal(reply, &body, context.shape));
    Failure { error: of(refusal, retry_after, context), retry_after }
}

fn refusal(reply: &Reply, body: &Body, shape: &str) -> Refusal {
    let mut ids = RequestIds::from_headers(&reply.headers);
    if let Some(inner) = &body.inner {
        ids.request_id = ids.request_id.or_else(|| inner.request_id.clone());
        ids.client_request_id = ids.client_request_id.or_else(|| inner.client_request_id.clone());
        ids.date = ids.date.or_else(|| inner.date.clone());
    }
    let message = body.message.as_deref().unwrap_or_default();
    Refusal {
        status: reply.status,
        code: body.code(),
        message: message.chars().filter(|c| !c.is_control()).take(LONGEST_MESSAGE).collect(),
        ids,
        request: shape.to_owned(),
    }
}

fn of(refusal: Box<Refusal>, retry_after: Option<Duration>, context: Context<'_>) -> GraphError {
    let text = refusal.message.to_ascii_lowercase();
    if let Some(policy) = policy(&refusal.code, &text) {
        return GraphError::PolicyForbids { policy, refusal };
    }
    if refusal.code == Code::QuotaExceeded || text.contains("object quota limit") {
        return GraphError::QuotaReached(refusal);
    }
    if is_throttling(&refusal) {
        let wait = SignedDuration::try_from(retry_after.unwrap_or_default()).unwrap_or_default();
        let until = context.now.checked_add(wait).unwrap_or(context.now);
        return GraphError::Throttled { until, refusal };
    }
    if already_exists(&refusal, &text) {
        return GraphError::AlreadyExists(refusal);
    }
    if is_fresh(context) && may_be_spreading(&refusal, &text) {
        return GraphError::NotYetReplicated(refusal);
    }
    if text.contains(NO_SUCH_PASSWORD) {
        return GraphError::NotFound(refusal);
    }
    match refusal.status {
        401 => GraphError::Unauthorized(refusal),
        403 => GraphError::Forbidden { denial: denial(&refusal.code), refusal },
        404 => GraphError::NotFound(refusal),
        409 => GraphError::Conflict(refusal),
        500 | 502 | 503 | 504 => {
            let outcome = Outcome::unknown(context.is_write);
            GraphError::Unavailable { refusal, outcome }
        }
        _ => GraphError::Refused(refusal),
    }
}

fn is_throttling(refusal: &Refusal) -> bool {
    refusal.status == 429
        || matches!(
            refusal.code,
            Code::TooManyRequests | Code::ActivityLimitReached | Code::ApplicationThrottled
        )
}

fn policy(code: &Code, text: &str) -> Option<PolicyRefusal> {
    match code {
        Code::CredentialTypeForbidden => Some(PolicyRefusal::CredentialType),
        Code::CredentialLifetimeForbidden => Some(PolicyRefusal::CredentialLifetime),
        Code::SignInAudienceForbidden => Some(PolicyRefusal::SignInAudience),
        // Older answers carry Request_BadRequest and only the text tells.
        _ if text.contains("credential type not allowed as per assigned policy") => {
            Some(PolicyRefusal::CredentialType)
        }
        _ if text.contains("credential lifetime exceeds the max value") => {
            Some(PolicyRefusal::CredentialLifetime)
        }
        _ => None,
    }
}

fn already_exists(refusal: &Refusal, text: &str) -> bool {
    refusal.code == Code::MultipleObjectsWithSameKeyValue
        || (matches!(refusal.status, 400 | 409)
            && [
                "permission being assigned already exists",
                "permission entry already exists",
                "another object with the same value for property",
                "added object references already exist",
                "service principal name is already in use",
            ]
            .iter()
            .any(|known| text.contains(known)))
}

fn is_fresh(context: Context<'_>) -> bool {
    context.fresh_since.is_some_and(|since| context.now.duration_since(since) < SPREADING)
}

fn may_be_spreading(refusal: &Refusal, text: &str) -> bool {
    match refusal.status {
        404 | 409 => true,
        400 => [
            "does not exist or one of its queried reference-property objects are not present",
            "does not reference a valid application object",
            "not a valid reference update",
            NO_SUCH_PASSWORD,
        ]
        .iter()
        .any(|known| text.contains(known)),
        403 => text.contains("the backing application of the service principal being created must"),
        _ => false,
    }
}

fn denial(code: &Code) -> Denial {
    match code {
        Code::AuthorizationRequestDenied | Code::AuthorizationIdentityNotFound | Code::AccessDenied => {
            Denial::Privileges
        }
        Code::ErrorAccessDenied => Denial::Mailbox,
        _ => Denial::Other,
    }
}

/// A sign-in page of a network or an error page of a gateway, instead of data.
pub(crate) fn looks_like_page(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'<')
}

#[cfg(test)]
mod mutated;
#[cfg(test)]
mod tests;
