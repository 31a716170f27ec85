//! What the tests share: a tenant, a registration, a browser that shows no pixels.

mod browser;
mod registration;

use practice::{Options, PracticeTenant};
use serde_json::Value;
use url::Url;

pub(crate) use self::browser::{Browser, Page};
pub(crate) use self::registration::{App, required};

/// Client id of Microsoft Graph.
pub(crate) const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
/// Client id of Microsoft Graph Command Line Tools.
pub(crate) const GRAPH_CLI: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// Client id of Azure CLI.
pub(crate) const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/// A PKCE verifier and its challenge (RFC 7636, appendix B).
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A running tenant and an HTTP client that follows nothing.
pub(crate) struct World {
    pub(crate) tenant: PracticeTenant,
    pub(crate) http: reqwest::Client,
}

/// An answer of the token endpoint.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl TokenAnswer {
    /// A text of the body.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.body))
    }

    /// Asserts that tokens were issued.
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.body);
        self
    }

    /// Asserts a refusal.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, error: &str, number: u32) {
        assert_eq!(
            (self.status, self.text("error"), &self.body["error_codes"][0]),
            (status, error, &number.into()),
            "{}",
            self.body
        );
        assert!(self.text("error_description").starts_with(&format!("AADSTS{number}: ")), "{}", self.body);
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(Options { applications: 5, ..Options::default() }).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let tenant = PracticeTenant::start(options).await.unwrap();
        Self { tenant, http: http() }
    }

    /// An address below the tenant's base.
    pub(crate) fn url(&self, path: &str) -> String {
        self.tenant.base_url().join(path).unwrap().to_string()
    }

    /// An address with parameters, `{tenant}` standing for the organisation's id.
    pub(crate) fn url_with(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let path = path.replace("{tenant}", self.tenant.tenant_id());
        let mut url = Url::parse(&self.url(&path)).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        url.to_string()
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// Object id of a person by the local part of the address.
    pub(crate) fn oid(&self, local: &str) -> String {
        let upn = upn(local);
        self.tenant.people().into_iter().find(|person| person.upn == upn).unwrap().oid
    }

    /// `POST /{tenant}/oauth2/v2.0/token`.
    pub(crate) async fn token(&self, parameters: &[(&str, &str)]) -> TokenAnswer {
        self.token_at("{tenant}/oauth2/v2.0/token", parameters).await
    }

    pub(crate) async fn token_at(&self, path: &str, parameters: &[(&str, &str)]) -> TokenAnswer {
        self.token_with(path, parameters, &[]).await
    }

    pub(crate) async fn token_with(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> TokenAnswer {
        let url = self.url(&path.replace("{tenant}", self.tenant.tenant_id()));
        let mut request = self.http.post(url).form(parameters);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        TokenAnswer { status: response.status().as_u16(), body: response.json().await.unwrap() }
    }

    /// `GET` below Graph with a token.
    pub(crate) async fn graph(&self, path: &str, token: &str) -> reqwest::Response {
        self.http.get(self.url(path)).bearer_auth(token).send().await.unwrap()
    }

    /// The claims of a token whose signature matches the published keys.
    pub(crate) async fn claims(&self, token: &str) -> Value {
        let keys = self.http.get(self.url("common/discovery/v2.0/keys")).send().await.unwrap();
        let keys: jsonwebtoken::jwk::JwkSet = keys.json().await.unwrap();
        let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
        let key = jsonwebtoken::DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
        let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
        rules.validate_aud = false;
        rules.validate_exp = false;
        jsonwebtoken::decode::<Value>(token, &key, &rules).unwrap().claims
    }

    /// Moves the tenant's clock.
    pub(crate) fn wait(&self, seconds: i64) {
        self.tenant.clock().advance(jiff::SignedDuration::from_secs(seconds));
    }
}

/// Somebody's address.
pub(crate) fn upn(local: &str) -> String {
    format!("{local}@lindqvist-practice.example")
}

/// A client that follows no redirect and uses no proxy.
pub(crate) fn http() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap()
}

/// An authorize address for `http://localhost:7777` with PKCE; `more` replaces or adds, an empty value removes.
pub(crate) fn authorize(world: &World, app: &App, more: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("client_id", app.client.as_str()),
        ("redirect_uri", "http://localhost:7777"),
        ("response_type", "code"),
        ("scope", "openid profile offline_access User.Read"),
        ("state", "s&1"),
        ("nonce", "n1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    parameters.retain(|(name, _)| !more.iter().any(|(own, _)| own == name));
    parameters.extend(more.iter().filter(|(_, value)| !value.is_empty()));
    world.url_with("{tenant}/oauth2/v2.0/authorize", &parameters)
}

/// Redeems a code that [`authorize`] led to.
pub(crate) async fn redeem(world: &World, app: &App, code: &str) -> TokenAnswer {
    world
        .token(&[
            ("grant_type", "authorization_code"),
            ("client_id", &app.client),
            ("code", code),
            ("redirect_uri", "http://localhost:7777"),
            ("code_verifier", VERIFIER),
            ("client_info", "1"),
        ])
        .await
}

/// Signs somebody in to an application and answers the tokens.
pub(crate) async fn tokens_of(world: &World, app: &App, local: &str, more: &[(&str, &str)]) -> TokenAnswer {
    let page = world.browser().sign_in(&authorize(world, app, more), local).await;
    redeem(world, app, &page.code()).await.ok()
}

/// Parameters of an address, from its query or its fragment.
pub(crate) fn parameters(location: &str) -> Vec<(String, String)> {
    let url = Url::parse(location).unwrap();
    let text = url.fragment().or(url.query()).unwrap_or_default().to_owned();
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}
