//! The authorization endpoint, both generations (RFC 6749 3.1, OpenID Connect Core 3.1.2).

use serde::{Deserialize, Serialize};

use super::authority::Authority;
use super::client::{Client, Platform};
use super::error::{Code as ErrorCode, Refusal};
use super::flow::{self, Flow, Purpose};
use super::form::Form;
use super::issue::{self, Mint, Proof};
use super::ledger::{Challenge, Code, SignIn};
use super::respond::{self, Mode, Return};
use super::scope::Scopes;
use super::{Protocol, consent, pages};
use crate::host;
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// An authorize request whose client and redirect address are right.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Authorize {
    pub(crate) protocol: Protocol,
    pub(crate) client: String,
    pub(crate) platform: Platform,
    pub(crate) back: Return,
    pub(crate) scopes: Scopes,
    pub(crate) prompt: Option<String>,
    wants: Wants,
    nonce: Option<String>,
    challenge: Option<Challenge>,
    client_info: bool,
    understands_challenges: bool,
    base: String,
}

/// `response_type`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Wants {
    code: bool,
    id_token: bool,
    token: bool,
}

/// `GET` or `POST /{tenant}/oauth2[/v2.0]/authorize`.
pub(crate) fn begin(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Answer {
    let form = if incoming.method == http::Method::POST {
        Form::of_body(incoming)
    } else {
        Form::of_query(incoming)
    };
    // Until client and address are known to belong together, nothing may be sent to that address.
    let (client, platform, uri) = match addressee(tenant, authority, &form) {
        Ok(addressee) => addressee,
        Err(refusal) => return pages::error(tenant, incoming, &refusal),
    };
    let wants = Wants::parse(form.get("response_type").unwrap_or_default());
    let fallback =
        if wants.is_some_and(|wants| wants.id_token || wants.token) { Mode::Fragment } else { Mode::Query };
    let mode = form.get("response_mode").map_or(Some(fallback), Mode::parse);
    let back = Return { uri, mode: mode.unwrap_or(fallback), state: form.owned("state") };
    match read(tenant, incoming, &form, protocol, &client, platform, back.clone(), wants, mode) {
        Ok(request) => {
            let (prompt, hint) = (request.prompt.clone(), form.owned("login_hint"));
            let flow = Flow::new(tenant, Purpose::Authorize(Box::new(request)), authority);
            flow::begin(tenant, incoming, flow, prompt.as_deref(), hint.as_deref())
        }
        Err(refusal) => respond::refuse(tenant, incoming, &back, &refusal),
    }
}

fn addressee(
    tenant: &Tenant,
    authority: Authority,
    form: &Form,
) -> Result<(Client, Platform, String), Refusal> {
    let id = form.get("client_id").ok_or_else(|| Refusal::missing("client_id"))?;
    let client = Client::at(tenant, authority, id)?;
    let (platform, uri) = client.redirect(form.get("redirect_uri"))?;
    Ok((client, platform, uri))
}

#[expect(clippy::too_many_arguments, reason = "what was read so far")]
fn read(
    tenant: &Tenant,
    incoming: &Incoming,
    form: &Form,
    protocol: Protocol,
    client: &Client,
    platform: Platform,
    back: Return,
    wants: Option<Wants>,
    mode: Option<Mode>,
) -> Result<Authorize, Refusal> {
    if form.get("response_type").is_none() {
        return Err(Refusal::missing("response_type"));
    }
    let invalid = |number, text: String| Refusal::new(ErrorCode::InvalidRequest, number, text);
    let wants = wants.ok_or_else(|| {
        let text = "The response type is not supported by the authorization server.";
        Refusal::new(ErrorCode::UnsupportedResponseType, 70_005, text)
    })?;
    let mode =
        mode.ok_or_else(|| invalid(70_007, "The value of 'response_mode' is not supported.".into()))?;
    if mode == Mode::Query && (wants.id_token || wants.token) {
        let text = "'query' is not a supported value of 'response_mode' when requesting a token.";
        return Err(invalid(70_007, text.into()));
    }
    allowed(client, wants)?;
    let prompt = prompt(form)?;
    let challenge = challenge(form)?;
    if platform == Platform::Spa && wants.code && challenge.is_none() {
        let text = "Proof Key for Code Exchange is required for cross-origin authorization code redemption.";
        return Err(invalid(9_002_325, text.into()));
    }
    let scopes = match (protocol, form.get("resource"), form.get("scope")) {
        (Protocol::V2, Some(_), None) => {
            let text = "The parameter 'resource' is not supported for this endpoint. Use 'scope' instead.";
            return Err(Refusal::new(ErrorCode::InvalidRequest, 901_002, text));
        }
        (Protocol::V2, _, None) => return Err(Refusal::missing("scope")),
        (_, _, Some(scope)) if protocol == Protocol::V2 => Scopes::parse(tenant, &client.app_id, scope)?,
        (_, Some(resource), _) => Scopes::of_resource(tenant, resource)?,
        // v1 without a resource signs in only.
        (_, None, _) => {
            Scopes { openid: true, profile: true, email: true, offline_access: true, resources: vec![] }
        }
    };
    let nonce = form.owned("nonce");
    if wants.id_token && nonce.is_none() {
        return Err(Refusal::missing("nonce"));
    }
    Ok(Authorize {
        protocol,
        client: client.app_id.clone(),
        platform,
        back,
        scopes,
        prompt,
        wants,
        nonce,
        challenge,
        client_info: form.get("client_info") == Some("1"),
        understands_challenges: understands_challenges(form)?,
        base: host::login_base(tenant, incoming),
    })
}

/// Tokens straight from this endpoint must be switched on in the registration.
fn allowed(client: &Client, wants: Wants) -> Result<(), Refusal> {
    let (access, id) = client.implicit;
    let refused = |kind: &str| {
        let text = format!("response_type '{kind}' is not enabled for the application.");
        Refusal::new(ErrorCode::UnsupportedResponseType, 700_054, text)
    };
    match wants {
        Wants { token: true, .. } if !access => Err(refused("token")),
        Wants { id_token: true, .. } if !id => Err(refused("id_token")),
        _ => Ok(()),
    }
}

fn prompt(form: &Form) -> Result<Option<String>, Refusal> {
    match form.get("prompt") {
        None => Ok(None),
        Some(
            known @ ("login" | "none" | "consent" | "select_account" | "admin_consent" | "refresh_session"
            | "attempt_none"),
        ) => Ok(Some(known.to_owned())),
        Some("create") => Err(Refusal::new(
            ErrorCode::InvalidRequest,
            90_023,
            "Invalid STS request: this directory does not support creating accounts.",
        )),
        Some(other) => Err(Refusal::new(
            ErrorCode::InvalidRequest,
            90_023,
            format!("Unsupported 'prompt' value: '{other}'."),
        )),
    }
}

fn challenge(form: &Form) -> Result<Option<Challenge>, Refusal> {
    let Some(challenge) = form.get("code_challenge") else { return Ok(None) };
    if !(43..=128).contains(&challenge.len()) {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            501_491,
            "Invalid size of Code_Challenge parameter.",
        ));
    }
    match form.get("code_challenge_method") {
        Some("S256") => Ok(Some(Challenge::S256(challenge.to_owned()))),
        // RFC 7636 4.3: plain when it is left out.
        None | Some("plain") => Ok(Some(Challenge::Plain(challenge.to_owned()))),
        Some(other) => {
            let text = format!("The code_challenge_method '{other}' is not supported.");
            Err(Refusal::new(ErrorCode::InvalidRequest, 501_492, text))
        }
    }
}

/// Whether `claims` declares `cp1` (claims challenges); anything in it must be JSON.
pub(crate) fn understands_challenges(form: &Form) -> Result<bool, Refusal> {
    let Some(claims) = form.get("claims") else { return Ok(false) };
    let parsed: serde_json::Value = serde_json::from_str(claims).map_err(|_| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        )
    })?;
    let values = parsed["access_token"]["xms_cc"]["values"].as_array();
    Ok(values.is_some_and(|values| {
        values.iter().any(|value| value.as_str().is_some_and(|v| v.eq_ignore_ascii_case("cp1")))
    }))
}

/// Issues what was asked for and sends the browser back with it.
pub(crate) fn finish(
    tenant: &Tenant,
    incoming: &Incoming,
    request: &Authorize,
    client: &Client,
    person: &str,
) -> Answer {
    match parameters(tenant, incoming, request, client, person) {
        Ok(parameters) => respond::with(tenant, &request.back, parameters),
        Err(refusal) => respond::refuse(tenant, incoming, &request.back, &refusal),
    }
}

fn parameters(
    tenant: &Tenant,
    incoming: &Incoming,
    request: &Authorize,
    client: &Client,
    person: &str,
) -> Result<Vec<(&'static str, String)>, Refusal> {
    let sign_in = SignIn {
        directory: tenant.tenant_id.clone(),
        client: client.app_id.clone(),
        person: person.to_owned(),
        scopes: request.scopes.clone(),
        platform: request.platform,
        protocol: request.protocol,
        nonce: request.nonce.clone(),
        understands_challenges: request.understands_challenges,
        at: incoming.at,
    };
    let mint = Mint {
        tenant,
        base: request.base.clone(),
        now: incoming.at,
        client: client.app_id.clone(),
        client_name: client.name.clone(),
        proof: Proof::None,
        understands_challenges: false,
    };
    let mut parameters = Vec::new();
    if request.wants.code {
        let code = tenant.ledger().add_code(Code {
            sign_in,
            redirect_uri: request.back.uri.clone(),
            challenge: request.challenge.clone(),
            issued: incoming.at,
            redeemed: false,
        });
        parameters.push(("code", code));
    }
    let code = parameters.first().map(|(_, code)| code.clone());
    tenant.read(|tables| {
        let Some(user) = tables.user(person) else { return Ok(()) };
        if request.wants.token
            && let Some(wanted) = request.scopes.single()?
            && let Some(resource) = tables.service_principals.get(&wanted.resource)
        {
            let view = tenant.view();
            let scopes = consent::granted(tables, client, person, resource, Some(&view));
            let token = mint.for_person(tables, user, resource, &wanted.called, &scopes)?;
            parameters.push(("access_token", token.value));
            parameters.push(("token_type", "Bearer".to_owned()));
            parameters.push(("expires_in", token.seconds.to_string()));
            parameters.push(("scope", scopes.into_iter().collect::<Vec<_>>().join(" ")));
        }
        if request.wants.id_token {
            let nonce = request.nonce.as_deref();
            let token =
                mint.id_token(tables, user, request.protocol, nonce, request.scopes.email, code.as_deref())?;
            parameters.push(("id_token", token));
        }
        Ok(())
    })?;
    if request.client_info {
        parameters.push(("client_info", issue::client_info(tenant, person)));
    }
    parameters.push(respond::session_state());
    Ok(parameters)
}

impl Wants {
    fn parse(text: &str) -> Option<Self> {
        let mut wants = Self::default();
        for word in text.split_whitespace() {
            match word {
                "code" => wants.code = true,
                "id_token" => wants.id_token = true,
                "token" => wants.token = true,
                _ => return None,
            }
        }
        (wants != Self::default()).then_some(wants)
    }
}
