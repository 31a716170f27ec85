//! The token endpoint (RFC 6749 3.2): which grant, for whom, with what proof.

use std::sync::Arc;

use http::StatusCode;
use http::header::ORIGIN;
use serde_json::{Value, json};

use super::authority::Authority;
use super::client::{Client, Platform};
use super::error::{Code, Refusal, json_answer};
use super::form::Form;
use super::issue::{self, Mint, Proof};
use super::ledger::{RefreshToken, SignIn};
use super::scope::{Scopes, Wanted};
use super::{Protocol, account, application, code, consent, device, flow, password, refresh, sign_in_log};
use crate::directories::Kind;
use crate::host;
use crate::reference;
use crate::serve::{Answer, Incoming};
use crate::store::Row;
use crate::tenant::Tenant;

/// A request to the token endpoint.
pub(crate) struct TokenRequest<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) incoming: &'a Incoming,
    pub(crate) authority: Authority,
    pub(crate) protocol: Protocol,
    pub(crate) form: Form,
}

/// `POST /{tenant}/oauth2[/v2.0]/token`.
pub(crate) fn handle(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Answer {
    let form = Form::of_body(incoming);
    let directory = if authority.is_general() { directory_of(tenant, &form) } else { None };
    let tenant = directory.as_deref().unwrap_or(tenant);
    let request = TokenRequest { tenant, incoming, authority, protocol, form };
    match dispatch(&request) {
        Ok(body) => json_answer(StatusCode::OK, &body),
        Err(refusal) => refusal.json(incoming),
    }
}

/// The directory that is meant at a general address: where the person signed in.
fn directory_of(tenant: &Tenant, form: &Form) -> Option<Arc<Tenant>> {
    let called = |id: String| tenant.find_directory(|own| own.is_called(&id));
    match form.get("grant_type")? {
        "authorization_code" => {
            called(tenant.ledger().code(form.get("code")?).map(|code| code.sign_in.directory.clone())?)
        }
        "refresh_token" => {
            let value = form.get("refresh_token")?;
            called(
                tenant.peek_ledger(|ledger| {
                    ledger.refresh_token(value).map(|own| own.sign_in.directory.clone())
                })?,
            )
        }
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => {
            let value = form.get("device_code").or_else(|| form.get("code"))?;
            called(tenant.ledger().device(value).map(|device| device.directory.clone())?)
        }
        "password" => account::home(tenant, &account::find(tenant, form.get("username")?)?),
        _ => None,
    }
}

fn dispatch(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    match request.form.get("grant_type") {
        None => Err(Refusal::missing("grant_type")),
        Some("authorization_code") => code::redeem(request),
        Some("refresh_token") => refresh::redeem(request),
        Some("client_credentials") => application::issue(request),
        Some("urn:ietf:params:oauth:grant-type:device_code" | "device_code") => device::redeem(request),
        Some("password") => password::sign_in(request),
        Some(other) => Err(Refusal::new(
            Code::UnsupportedGrantType,
            70_003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

impl TokenRequest<'_> {
    /// The application that asks, enabled and allowed at this address.
    pub(crate) fn client(&self) -> Result<Client, Refusal> {
        let basic = super::credentials::basic(&self.incoming.headers).map(|(id, _)| id);
        let id =
            basic.or_else(|| self.form.owned("client_id")).ok_or_else(|| Refusal::missing("client_id"))?;
        Client::at(self.tenant, self.authority, &id)
    }

    pub(crate) fn mint(&self, client: &Client, proof: Proof, understands_challenges: bool) -> Mint<'_> {
        Mint {
            tenant: self.tenant,
            base: host::login_base(self.tenant, self.incoming),
            now: self.incoming.at,
            client: client.app_id.clone(),
            client_name: client.name.clone(),
            proof,
            understands_challenges,
        }
    }

    /// What the request asks; what was asked at sign-in when it does not say.
    pub(crate) fn scopes(&self, client: &Client, earlier: &Scopes) -> Result<Scopes, Refusal> {
        match (self.protocol, self.form.get("scope"), self.form.get("resource")) {
            (Protocol::V2, Some(scope), _) => Scopes::parse(self.tenant, &client.app_id, scope),
            (Protocol::V1, _, Some(resource)) => Scopes::of_resource(self.tenant, resource),
            _ => Ok(earlier.clone()),
        }
    }

    /// Single-page applications redeem from a page, all others must not: a browser adds `Origin`, a program does not.
    pub(crate) fn check_origin(&self, platform: Platform) -> Result<(), Refusal> {
        let origin = self.incoming.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
        match (platform, origin) {
            (Platform::Spa, None) => Err(Refusal::new(
                Code::InvalidRequest,
                9_002_327,
                "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
            )),
            (Platform::Web | Platform::Native, Some(origin)) => Err(Refusal::new(
                Code::InvalidRequest,
                9_002_326,
                format!(
                    "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{origin}'."
                ),
            )),
            _ => Ok(()),
        }
    }

    /// The tokens of a person who signed in, with the permissions granted now.
    pub(crate) fn tokens(
        &self,
        client: &Client,
        sign_in: &SignIn,
        scopes: &Scopes,
        proof: Proof,
    ) -> Result<Value, Refusal> {
        let tenant = self.tenant;
        let used = proof.used();
        let mint = self.mint(client, proof, sign_in.understands_challenges);
        let view = tenant.view();
        let directory = tenant.name();
        let (mut body, resource) = tenant.read(|tables| {
            let user = tables
                .user(&sign_in.person)
                .ok_or_else(|| account::unknown_in(&directory, &sign_in.person))?;
            account::admit(&directory, tables, self.authority, client, &sign_in.person)?;
            let wanted = scopes.single()?;
            if wanted.is_some_and(|wanted| consent::lacks(tables, client, &sign_in.person, wanted))
                && !client.is_preauthorized()
            {
                return Err(self.not_consented(client));
            }
            // Signing in alone needs that something was agreed to, once, and was not taken back since.
            if wanted.is_none()
                && !client.is_preauthorized()
                && !consent::knows(tables, client, &sign_in.person)
            {
                return Err(self.not_consented(client));
            }
            let resource = match wanted {
                Some(wanted) => tables.service_principals.get(&wanted.resource),
                // Signing in alone still gives a token, for Microsoft Graph.
                None => tables.service_principal_by_app_id(reference::GRAPH),
            };
            let resource = resource.ok_or_else(|| super::scope::resource_not_found(tenant, ""))?;
            let granted = consent::granted(tables, client, &sign_in.person, resource, Some(&view));
            let called = wanted.map(|wanted| wanted.called.as_str()).unwrap_or_default();
            let mut carried = granted.clone();
            if resource.text("appId") == reference::GRAPH {
                carried.extend(scopes.sign_in().into_iter().map(str::to_owned));
            }
            let token = mint.for_person(tables, user, resource, called, &carried)?;
            let mut body = self.envelope(&token, resource, &names(scopes, wanted, &granted));
            if scopes.openid || self.protocol == Protocol::V1 {
                let nonce = sign_in.nonce.as_deref();
                body["id_token"] =
                    json!(mint.id_token(tables, user, self.protocol, nonce, scopes.email, None)?);
            }
            Ok((body, sign_in_log::named(resource)))
        })?;
        sign_in_log::person(self, client, &sign_in.person, used, resource);
        if scopes.offline_access || sign_in.scopes.offline_access || self.protocol == Protocol::V1 {
            let mut sign_in = sign_in.clone();
            sign_in.scopes = scopes.clone();
            sign_in.scopes.offline_access = true;
            body["refresh_token"] =
                json!(tenant.ledger().add_refresh_token(RefreshToken { sign_in, issued: self.incoming.at }));
        }
        if self.form.get("client_info") == Some("1") {
            body["client_info"] = json!(issue::client_info(tenant, &sign_in.person));
        }
        Ok(body)
    }

    /// Consent was never given, or was taken back. Personal accounts are told in other words
    /// (OneDrive/onedrive-api-docs#109).
    fn not_consented(&self, client: &Client) -> Refusal {
        if self.tenant.kind == Kind::Personal {
            let text = "The request was denied because one or more scopes requested are unauthorized or expired. The user must first sign in and grant the client application access to the requested scope.";
            return Refusal::new(Code::InvalidGrant, 70_000, text);
        }
        Refusal { code: Code::InvalidGrant, ..flow::not_consented(client) }
    }

    /// The part that every answer has; v1 writes numbers as text.
    pub(crate) fn envelope(&self, token: &issue::Token, resource: &Row, scope: &str) -> Value {
        match self.protocol {
            Protocol::V2 => {
                let mut body = json!({
                    "token_type": "Bearer",
                    "expires_in": token.seconds,
                    "ext_expires_in": token.seconds,
                    "access_token": token.value,
                });
                if !scope.is_empty() {
                    body["scope"] = json!(scope);
                }
                body
            }
            Protocol::V1 => {
                let now = self.incoming.at.as_second();
                let mut body = json!({
                    "token_type": "Bearer",
                    "expires_in": token.seconds.to_string(),
                    "ext_expires_in": token.seconds.to_string(),
                    "expires_on": (now + token.seconds).to_string(),
                    "not_before": now.to_string(),
                    "resource": self.form.owned("resource").unwrap_or_else(|| resource.text("appId").to_owned()),
                    "access_token": token.value,
                });
                if !scope.is_empty() {
                    body["scope"] = json!(scope);
                }
                body
            }
        }
    }
}

/// The `scope` of the answer: everything granted, spelled as the client spelled the resource.
fn names(scopes: &Scopes, wanted: Option<&Wanted>, granted: &std::collections::BTreeSet<String>) -> String {
    let sign_in = scopes.sign_in();
    let mut all: Vec<String> =
        sign_in.iter().filter(|name| **name != "offline_access").map(|name| (*name).to_owned()).collect();
    let prefix = wanted.map(|wanted| wanted.called.as_str()).unwrap_or_default();
    let spelled = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
    for name in granted
        .iter()
        .filter(|name| !["openid", "profile", "email", "offline_access"].contains(&name.as_str()))
    {
        all.push(spelled(name));
    }
    if wanted.is_some_and(|wanted| wanted.default) {
        all.push(spelled(".default"));
    }
    all.join(" ")
}
