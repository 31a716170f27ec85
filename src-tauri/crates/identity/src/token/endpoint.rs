//! Posting to the token endpoint.
//!
//! Plain forms over our own client, and not the `oauth2` crate: Microsoft's errors carry `suberror`, `claims` and
//! numbers that decide what happens next, answers must be bounded and wiped, and two grants of a dozen lines each are
//! less to read than the adapter that would bend the crate to that.

use net::body::{self, OBJECT};
use net::{NetError, RequestIds, Sent};
use secrecy::ExposeSecret as _;
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
    let (status, request, body) = exchange(authority, endpoint, fields).await?;
    if status == reqwest::StatusCode::OK {
        return Answer::read(body.expose_secret());
    }
    Err(refusal(status, request, body.expose_secret()))
}

/// Posts a form whose success is not a token.
pub(crate) async fn post_for<T: serde::de::DeserializeOwned>(
    authority: &Authority,
    endpoint: &Url,
    fields: &[(&str, &str)],
) -> Result<T, IdentityError> {
    let (status, request, body) = exchange(authority, endpoint, fields).await?;
    if status == reqwest::StatusCode::OK {
        return Ok(net::json::parse(body.expose_secret())?);
    }
    Err(refusal(status, request, body.expose_secret()))
}

type Exchanged = (reqwest::StatusCode, RequestIds, secrecy::SecretSlice<u8>);

async fn exchange(
    authority: &Authority,
    endpoint: &Url,
    fields: &[(&str, &str)],
) -> Result<Exchanged, IdentityError> {
    // The one mistake that metadata checks must have made impossible by now.
    if !authority.cloud().is_login(endpoint) {
        return Err(IdentityError::Authority(crate::error::AuthorityProblem::Endpoint));
    }
    let form = Zeroizing::new(Serializer::new(String::new()).extend_pairs(fields).finish());
    let send = || {
        authority
            .http()
            .post(endpoint.clone())
            .header(reqwest::header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(reqwest::header::ACCEPT, "application/json")
            .header("client-request-id", crate::random::request_id())
            .header("return-client-request-id", "true")
            .body(form.to_string())
            .send()
    };
    let response = match send().await.map_err(NetError::from) {
        // A kept connection that the server had closed in the meantime; nothing was sent, so nothing is repeated.
        Err(NetError::Reset(Sent::No)) => send().await.map_err(NetError::from)?,
        other => other?,
    };
    let status = response.status();
    let request = RequestIds::from_headers(response.headers());
    tracing::debug!(status = status.as_u16(), request_id = request.request_id, "token endpoint answered");
    Ok((status, request, body::read_secret(response, OBJECT).await?))
}

fn refusal(status: reqwest::StatusCode, request: RequestIds, body: &[u8]) -> IdentityError {
    match AadError::from_body(body, request) {
        Some(error) => error.into(),
        None if body.trim_ascii_start().starts_with(b"<") => IdentityError::Net(NetError::WebPage),
        None => IdentityError::Answer(AnswerProblem::Status(status.as_u16())),
    }
}
