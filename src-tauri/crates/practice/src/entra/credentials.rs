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
use crate::sign_ins::UsedCredential;
use crate::store::{StoredSecret, Tables};

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
            Ok(Proof::Certificate(assertion::verify(request, client, jwt)?))
        }
        (None, Some(secret)) => {
            let view = request.tenant.view();
            let used = client
                .registry(request.tenant)
                .read(|tables| check_secret(tables, client, &secret, request.incoming.at, &view))?;
            Ok(Proof::Secret(used))
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
) -> Result<UsedCredential, Refusal> {
    let mut expired = false;
    for Held { owner, credential, secret } in held(tables, client, "passwordCredentials", view) {
        let key_id = credential["keyId"].as_str().unwrap_or_default();
        let secret = secret.or_else(|| tables.secrets.get(key_id)).filter(|secret| secret.owner == owner);
        let Some(secret) = secret else { continue };
        let same = verify_slices_are_equal(secret.value.as_bytes(), presented.as_bytes()).is_ok();
        if !same || !view.secret_known(key_id, secret.created) {
            continue;
        }
        if is_current(credential, now) {
            let (key_id, owner) = (key_id.to_owned(), owner.to_owned());
            return Ok(UsedCredential { key_id, thumbprint: None, owner });
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

/// A credential, as the token endpoint knows it.
pub(crate) struct Held<'t> {
    /// Object id of the registration or service principal that has it.
    pub(crate) owner: &'t str,
    pub(crate) credential: &'t Value,
    /// The value of a secret that was taken away, until the endpoint hears of it.
    pub(crate) secret: Option<&'t StoredSecret>,
}

/// Credentials of the registration and of the service principal that the token endpoint heard of, and those of which it has
/// not heard yet that they were taken away.
pub(crate) fn held<'t>(tables: &'t Tables, client: &Client, list: &str, view: &View) -> Vec<Held<'t>> {
    let application = client.application.as_ref().and_then(|id| tables.applications.get(id));
    let principal = client.service_principal.as_ref().and_then(|id| tables.service_principals.get(id));
    let rows = application.into_iter().chain(principal).filter(|row| row.deleted.is_none());
    let mut found = Vec::new();
    for row in rows {
        let owner = row.text("id");
        let own = row.body.get(list).and_then(Value::as_array).into_iter().flatten();
        let heard = |credential: &&Value| {
            let key_id = credential["keyId"].as_str().unwrap_or_default();
            tables.certificates_added.get(key_id).is_none_or(|added| view.secret_known(key_id, *added))
        };
        found.extend(own.filter(heard).map(|credential| Held { owner, credential, secret: None }));
        let gone = tables.taken_away.iter().filter(|gone| gone.owner == owner && gone.list == list);
        let unheard = gone.filter(|gone| {
            let key_id = gone.credential["keyId"].as_str().unwrap_or_default();
            !view.secret_known(key_id, gone.at)
        });
        found.extend(unheard.map(|gone| Held {
            owner,
            credential: &gone.credential,
            secret: gone.secret.as_ref(),
        }));
    }
    found
}

/// Whether a credential is within its dates.
pub(crate) fn is_current(credential: &Value, now: Timestamp) -> bool {
    let moment = |name: &str| credential[name].as_str().and_then(|text| text.parse::<Timestamp>().ok());
    // Five minutes of grace for clocks that differ.
    moment("startDateTime").is_none_or(|start| start.as_second() <= now.as_second() + 300)
        && moment("endDateTime").is_none_or(|end| end > now)
}
