//! Posting to the token endpoint.
//!
//! Plain forms over our own client, and not the `oauth2` crate: Microsoft's errors carry `suberror`, `claims` and
//! numbers that decide what happens next, answers must be bounded and wiped, and two grants of a dozen lines each are
//! less to read than the adapter that would bend the crate to that.

use net::body::{self, OBJECT};
use net::retry::RetryAfter;
use net::{NetError, RequestIds, Sent};
use reqwest::StatusCode;
use secrecy::{ExposeSecret as _, SecretSlice};
use url::Url;
use url::form_urlencoded::Serializer;
use zeroize::Zeroizing;

use crate::aad_error::AadError;
use crate::authority::Authority;
use crate::error::{AnswerProblem, IdentityError};

use super::Answer;

/// Posts a form and reads the tokens that come back.
///
/// # Errors
/// [`IdentityError::Refused`] for an OAuth error; [`IdentityError::Net`] and [`IdentityError::Answer`] for the rest.
pub(crate) async fn post(
    authority: &Authority,
    endpoint: &Url,
    fields: &[(&str, &str)],
) -> Result<Answer, IdentityError> {
    let (head, body) = exchange(authority, endpoint, fields).await?;
    if head.status == StatusCode::OK {
        return Answer::read(body.expose_secret());
    }
    Err(refusal(head, body.expose_secret()))
}

/// Posts a form whose success is not a token.
pub(crate) async fn post_for<T: serde::de::DeserializeOwned>(
    authority: &Authority,
    endpoint: &Url,
    fields: &[(&str, &str)],
) -> Result<T, IdentityError> {
    let (head, body) = exchange(authority, endpoint, fields).await?;
    if head.status == StatusCode::OK {
        return Ok(net::json::parse(body.expose_secret())?);
    }
    Err(refusal(head, body.expose_secret()))
}

/// What is kept of an answer's head.
struct Head {
    status: StatusCode,
    request: RequestIds,
    retry_after: Option<RetryAfter>,
}

async fn exchange(
    authority: &Authority,
    endpoint: &Url,
    fields: &[(&str, &str)],
) -> Result<(Head, SecretSlice<u8>), IdentityError> {
    // The one mistake that metadata checks must have made impossible by now.
    if !authority.cloud().is_login(endpoint) {
        return Err(IdentityError::Authority(crate::error::AuthorityProblem::Endpoint));
    }
    let form = form_of(fields);
    let send = || {
        authority
            .http()
            .post(endpoint.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(reqwest::header::ACCEPT, "application/json")
            .header("client-request-id", crate::random::request_id())
            .header("return-client-request-id", "true")
            .body(body::wiped(form.clone()))
            .send()
    };
    let response = match send().await.map_err(NetError::from) {
        // A kept connection that the server had closed in the meantime; nothing was sent, so nothing is repeated.
        Err(NetError::Reset(Sent::No)) => send().await.map_err(NetError::from)?,
        other => other?,
    };
    authority.note_clock(response.headers());
    let head = Head {
        status: response.status(),
        request: RequestIds::from_headers(response.headers()),
        retry_after: RetryAfter::from_headers(response.headers(), authority.now()),
    };
    tracing::debug!(
        status = head.status.as_u16(),
        request_id = head.request.request_id,
        "token endpoint answered"
    );
    Ok((head, body::read_secret(response, OBJECT).await?))
}

/// The form in one buffer: a growing one would leave copies of a secret behind.
fn form_of(fields: &[(&str, &str)]) -> Zeroizing<String> {
    // A byte becomes three at most; `=` and `&` are the two more.
    let longest = fields.iter().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
    Zeroizing::new(Serializer::new(String::with_capacity(longest)).extend_pairs(fields).finish())
}

fn refusal(head: Head, body: &[u8]) -> IdentityError {
    match AadError::from_body(body, head.request) {
        Some(error) => AadError { retry_after: head.retry_after, ..error }.into(),
        None if body.trim_ascii_start().starts_with(b"<") => IdentityError::Net(NetError::WebPage),
        None => IdentityError::Answer(AnswerProblem::Status(head.status.as_u16())),
    }
}
