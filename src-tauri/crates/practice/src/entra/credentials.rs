//! How an application proves who it is: a client secret or a signed assertion.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use serde_json::Value;

use super::assertion;
use super::client::Client;
use super::error::{Code, Refusal};
use super::issue::Proof;
use super::token::TokenRequest;
use crate::lag::View;
use crate::store::Tables;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Client id and secret of an `Authorization: Basic` header (RFC 6749 2.3.1: each form-encoded).
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let decode = |text: &str| {
        url::form_urlencoded::parse(format!("v={text}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}

/// The proof that an application must give.
pub(crate) fn required(request: &TokenRequest<'_>, client: &Client) -> Result<Proof, Refusal> {
    let secret = basic(&request.incoming.headers)
        .map(|(_, secret)| secret)
        .or_else(|| request.form.owned("client_secret"));
    match (request.form.get("client_assertion"), secret) {
        (Some(jwt), _) => {
            if request.form.get("client_assertion_type") != Some(ASSERTION_TYPE) {
                return Err(Refusal::missing("client_assertion_type"));
            }
            assertion::verify(request, client, jwt)?;
            Ok(Proof::Certificate)
        }
        (None, Some(secret)) => {
            let view = request.tenant.view();
            request
                .tenant
                .read(|tables| check_secret(tables, client, &secret, request.incoming.at, &view))?;
            Ok(Proof::Secret)
        }
        (None, None) => Err(Refusal::new(
            Code::InvalidClient,
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )),
    }
}

/// A public client must not present a proof: a secret in a program is no secret.
pub(crate) fn forbidden(request: &TokenRequest<'_>, client: &Client) -> Result<(), Refusal> {
    let presented = request.form.get("client_secret").is_some()
        || request.form.get("client_assertion").is_some()
        || basic(&request.incoming.headers).is_some_and(|(_, secret)| !secret.is_empty());
    if presented {
        let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
        return Err(Refusal::new(Code::InvalidClient, 700_025, format!("{text} (app '{}')", client.app_id)));
    }
    Ok(())
}

/// Compares with the secrets that the application has now, as far as the token endpoint has heard of them.
fn check_secret(
    tables: &Tables,
    client: &Client,
    presented: &str,
    now: Timestamp,
    view: &View,
) -> Result<(), Refusal> {
    let mut expired = false;
    for (owner, credential) in credentials(tables, client, "passwordCredentials") {
        let key_id = credential["keyId"].as_str().unwrap_or_default();
        let Some(secret) = tables.secrets.get(key_id).filter(|secret| secret.owner == owner) else {
            continue;
        };
        let same = verify_slices_are_equal(secret.value.as_bytes(), presented.as_bytes()).is_ok();
        if !same || !view.secret_known(key_id, secret.created) {
            continue;
        }
        if is_current(credential, now) {
            return Ok(());
        }
        expired = true;
    }
    if expired {
        return Err(Refusal::new(
            Code::InvalidClient,
            7_000_222,
            format!(
                "The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
                client.app_id
            ),
        ));
    }
    Err(Refusal::new(
        Code::InvalidClient,
        7_000_215,
        format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{}'.",
            client.app_id
        ),
    ))
}

/// Credentials of the registration and of the service principal, each with its owner's id.
pub(crate) fn credentials<'t>(tables: &'t Tables, client: &Client, list: &str) -> Vec<(&'t str, &'t Value)> {
    let application = client.application.as_ref().and_then(|id| tables.applications.get(id));
    let principal = client.service_principal.as_ref().and_then(|id| tables.service_principals.get(id));
    let rows = application.into_iter().chain(principal).filter(|row| row.deleted.is_none());
    rows.flat_map(|row| {
        let all = row.body.get(list).and_then(Value::as_array).into_iter().flatten();
        all.map(|credential| (row.text("id"), credential))
    })
    .collect()
}

/// Whether a credential is within its dates.
pub(crate) fn is_current(credential: &Value, now: Timestamp) -> bool {
    let moment = |name: &str| credential[name].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    // Five minutes of grace for clocks that differ.
    moment("startDateTime").is_none_or(|start| start.as_second() <= now.as_second() + 300)
        && moment("endDateTime").is_none_or(|end| end > now)
}
