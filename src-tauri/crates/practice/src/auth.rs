//! Who is calling Graph or Exchange, read from a bearer token that this tenant issued.

use std::borrow::Cow;
use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use serde_json::Value;

use crate::reference;
use crate::tenant::Tenant;

/// The caller of one request.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Client id of the calling application.
    pub(crate) app_id: String,
    /// Who acts.
    pub(crate) subject: Subject,
    /// `scp` of a delegated token, `roles` of an app-only token.
    pub(crate) permissions: BTreeSet<String>,
}

/// Whether a person or an application acts.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// A signed-in person.
    Person {
        /// Object id of the user.
        oid: String,
        /// Active directory role template ids, as they are now: Graph evaluates roles when called, not when signed in.
        roles: Vec<String>,
    },
    /// An application by itself.
    Application {
        /// Object id of its service principal.
        service_principal: String,
        /// Active directory role template ids.
        roles: Vec<String>,
    },
}

/// Why a request has no caller: Graph answers 401 `InvalidAuthenticationToken` with these texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unauthenticated {
    /// No `Authorization` header.
    #[error("Access token is empty.")]
    Missing,
    /// Not three parts.
    #[error("IDX14100: JWT is not well formed, there are no dots (.).")]
    Malformed,
    /// Signed by somebody else.
    #[error("Signing key is invalid.")]
    Signature,
    /// For another resource.
    #[error("Access token validation failure. Invalid audience.")]
    Audience,
    /// Too old or not yet valid.
    #[error("Lifetime validation failed, the token is expired.")]
    Expired,
    /// The person's sessions were revoked after it was issued, and the client said that it understands challenges.
    #[error(
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp"
    )]
    Revoked,
}

/// What access tokens of personal accounts begin with. They are no JWTs: a client cannot look into them.
const OPAQUE: &str = "EwB";

/// Makes an access token as personal accounts get it, from one that can be read.
pub(crate) fn opaque(token: &str) -> String {
    format!("{OPAQUE}{}", URL_SAFE_NO_PAD.encode(token))
}

/// The token that can be read, whichever account it is of.
pub(crate) fn readable(token: &str) -> Cow<'_, str> {
    let inside = token.strip_prefix(OPAQUE).filter(|_| !token.contains('.'));
    let decoded = inside.and_then(|inside| String::from_utf8(URL_SAFE_NO_PAD.decode(inside).ok()?).ok());
    decoded.map_or(Cow::Borrowed(token), Cow::Owned)
}

/// Which directory the bearer token of a request says it is from; nothing is checked.
pub(crate) fn directory_of(headers: &HeaderMap) -> Option<String> {
    let (_, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = readable(token.trim());
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    Some(claims["tid"].as_str()?.to_owned())
}

/// Reads the caller from the headers of a request to Graph.
pub(crate) fn caller(
    tenant: &Tenant,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Caller, Unauthenticated> {
    caller_of(tenant, headers, now, is_graph_audience)
}

/// Reads the caller from the headers of a request to Exchange Online.
pub(crate) fn exchange_caller(
    tenant: &Tenant,
    headers: &HeaderMap,
    now: Timestamp,
) -> Result<Caller, Unauthenticated> {
    caller_of(tenant, headers, now, is_exchange_audience)
}

fn caller_of(
    tenant: &Tenant,
    headers: &HeaderMap,
    now: Timestamp,
    is_meant: fn(&Tenant, &str) -> bool,
) -> Result<Caller, Unauthenticated> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => return Err(Unauthenticated::Missing),
    };
    if token.is_empty() {
        return Err(Unauthenticated::Missing);
    }
    let token = readable(token);
    if token.split('.').count() != 3 {
        return Err(Unauthenticated::Malformed);
    }
    let claims = tenant.keys.open(&token).map_err(|_| Unauthenticated::Signature)?;
    // One key for all directories: a token opens its own only.
    if text(&claims, "tid") != tenant.tenant_id {
        return Err(Unauthenticated::Signature);
    }
    if !is_meant(tenant, text(&claims, "aud")) {
        return Err(Unauthenticated::Audience);
    }
    let second = now.as_second();
    if claims["exp"].as_i64().is_none_or(|exp| exp <= second)
        || claims["nbf"].as_i64().is_some_and(|nbf| nbf > second + 300)
    {
        return Err(Unauthenticated::Expired);
    }
    from_claims(tenant, &claims)
}

fn from_claims(tenant: &Tenant, claims: &Value) -> Result<Caller, Unauthenticated> {
    let oid = tenant.kind.object_id(text(claims, "oid"));
    let app_id = match text(claims, "appid") {
        "" => text(claims, "azp").to_owned(),
        appid => appid.to_owned(),
    };
    let roles = tenant.read(|tables| tables.active_roles(&oid));
    if text(claims, "idtyp") == "app" {
        let permissions = claims["roles"].as_array().into_iter().flatten();
        return Ok(Caller {
            app_id,
            permissions: permissions.filter_map(Value::as_str).map(str::to_owned).collect(),
            subject: Subject::Application { service_principal: oid, roles },
        });
    }
    let issued = claims["practice"].as_i64().unwrap_or_default();
    let understands = claims["xms_cc"].as_array().is_some_and(|caps| caps.iter().any(|cap| cap == "cp1"));
    let valid_from = tenant.read(|tables| {
        let user = tables.user(&oid)?;
        if user.body.get("accountEnabled") == Some(&Value::Bool(false)) {
            return Some(i64::MAX);
        }
        user.sessions_valid_from().map(Timestamp::as_millisecond)
    });
    if understands && valid_from.is_some_and(|from| issued < from) {
        return Err(Unauthenticated::Revoked);
    }
    let permissions =
        text(claims, "scp").split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    Ok(Caller { app_id, subject: Subject::Person { oid, roles }, permissions })
}

/// Whether a token for this audience may call Graph.
fn is_graph_audience(tenant: &Tenant, audience: &str) -> bool {
    let audience = audience.trim_end_matches('/');
    audience == reference::GRAPH
        || reference::GRAPH_HOSTS.iter().any(|host| audience.strip_prefix("https://") == Some(host))
        || audience == tenant.graph_base()
}

/// Whether a token for this audience may call Exchange Online.
fn is_exchange_audience(tenant: &Tenant, audience: &str) -> bool {
    let audience = audience.trim_end_matches('/');
    let advertised = tenant.options.advertise_exchange.as_ref().map(|url| url.as_str().trim_end_matches('/'));
    audience == reference::EXCHANGE
        || reference::EXCHANGE_HOSTS.iter().any(|host| audience.strip_prefix("https://") == Some(host))
        || advertised == Some(audience)
}

fn text<'a>(claims: &'a Value, name: &str) -> &'a str {
    claims[name].as_str().unwrap_or_default()
}
