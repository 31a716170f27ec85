//! A small sign-in service of our own whose every answer a test can bend: what a well-behaved simulation never does.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use identity::{Authority, Cloud};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::{Url, form_urlencoded};

use crate::clock::TestClock;
use crate::jws;

pub(crate) const TENANT: &str = "11111111-2222-4333-8444-555555555555";
pub(crate) const OTHER_TENANT: &str = "99999999-2222-4333-8444-555555555555";
pub(crate) const CLIENT: &str = "aaaaaaaa-2222-4333-8444-555555555555";
pub(crate) const ANN: &str = "bbbbbbbb-2222-4333-8444-555555555555";
pub(crate) const BEN: &str = "cccccccc-2222-4333-8444-555555555555";

/// The service's own clock, ten minutes behind [`crate::clock::START`].
const BEHIND: &str = "Fri, 15 Jan 2027 07:50:00 GMT";

/// The fields of one request to the token endpoint.
pub(crate) type Form = HashMap<String, String>;
type Bend = Box<dyn Fn(&mut Value) + Send + Sync>;
type Answer = Box<dyn Fn(&Form) -> Response + Send + Sync>;

/// What the service does; everything has an honest default.
pub(crate) struct Behaviour {
    /// Changes the metadata.
    pub(crate) metadata: Bend,
    /// Changes the claims of ID tokens.
    pub(crate) claims: Bend,
    /// Answers the token endpoint instead.
    pub(crate) token: Option<Answer>,
    /// Where the device code is to be entered; on the sign-in host if `None`.
    pub(crate) code_page: Option<&'static str>,
    /// Keys published by the first and by every later request.
    pub(crate) kids: (&'static str, &'static str),
    /// Key that signs.
    pub(crate) signing_kid: &'static str,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            metadata: Box::new(|_| {}),
            claims: Box::new(|_| {}),
            token: None,
            code_page: None,
            kids: ("k1", "k1"),
            signing_kid: "k1",
        }
    }
}

/// A running service.
pub(crate) struct FakeAuthority {
    pub(crate) address: SocketAddr,
    pub(crate) clock: TestClock,
    shared: Arc<Shared>,
}

struct Shared {
    base: String,
    clock: TestClock,
    behaviour: Behaviour,
    tokens: Mutex<Vec<Form>>,
    key_requests: Mutex<usize>,
    /// The nonce that the browser was sent with.
    nonce: Mutex<Option<String>>,
    /// Holds the token endpoint back until a permit comes.
    gate: Option<tokio::sync::Semaphore>,
}

pub(crate) async fn start(behaviour: Behaviour) -> FakeAuthority {
    start_with(behaviour, None).await
}

/// A service whose token endpoint waits for [`FakeAuthority::open_gate`].
pub(crate) async fn start_gated(behaviour: Behaviour) -> FakeAuthority {
    start_with(behaviour, Some(tokio::sync::Semaphore::new(0))).await
}

async fn start_with(behaviour: Behaviour, gate: Option<tokio::sync::Semaphore>) -> FakeAuthority {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let clock = TestClock::new();
    let shared = Arc::new(Shared {
        base: format!("http://{address}/login"),
        clock: clock.clone(),
        behaviour,
        tokens: Mutex::default(),
        key_requests: Mutex::default(),
        nonce: Mutex::default(),
        gate,
    });
    let routes = Router::new()
        .route("/login/{tenant}/v2.0/.well-known/openid-configuration", get(metadata))
        .route("/login/keys", get(keys))
        .route("/login/{tenant}/oauth2/v2.0/token", post(token))
        .route("/login/{tenant}/oauth2/v2.0/devicecode", post(device_code))
        .with_state(Arc::clone(&shared));
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    FakeAuthority { address, clock, shared }
}

impl FakeAuthority {
    pub(crate) fn client(&self) -> Arc<Authority> {
        let base = format!("http://{}", self.address);
        let cloud = Cloud::on_this_computer(
            "fake",
            &format!("{base}/login"),
            &format!("{base}/graph"),
            &format!("{base}/exchange"),
        )
        .unwrap();
        let http = net::http::client(&net::http::ClientOptions::new("test")).unwrap();
        Authority::new(cloud, http, self.clock.as_clock())
    }

    /// What the token endpoint received, in order.
    pub(crate) fn token_requests(&self) -> Vec<Form> {
        self.shared.tokens.lock().unwrap().clone()
    }

    pub(crate) fn key_requests(&self) -> usize {
        *self.shared.key_requests.lock().unwrap()
    }

    /// As the sign-in page would, remembers what the browser came with.
    pub(crate) fn visited(&self, authorize: &Url) {
        let nonce = query(authorize, "nonce");
        *self.shared.nonce.lock().unwrap() = Some(nonce);
    }

    pub(crate) fn open_gate(&self) {
        self.shared.gate.as_ref().unwrap().add_permits(1);
    }
}

pub(crate) fn query(url: &Url, name: &str) -> String {
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

async fn metadata(State(shared): State<Arc<Shared>>, Path(tenant): Path<String>) -> Response {
    let base = &shared.base;
    let issuer_tenant = if tenant == "organizations" || tenant == "common" { "{tenantid}" } else { TENANT };
    let mut document = json!({
        "issuer": format!("{base}/{issuer_tenant}/v2.0"),
        "authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/{tenant}/oauth2/v2.0/token"),
        "device_authorization_endpoint": format!("{base}/{tenant}/oauth2/v2.0/devicecode"),
        "jwks_uri": format!("{base}/keys"),
        "response_modes_supported": ["query", "fragment", "form_post"],
    });
    (shared.behaviour.metadata)(&mut document);
    ([(header::DATE, BEHIND)], axum::Json(document)).into_response()
}

async fn keys(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    let mut count = shared.key_requests.lock().unwrap();
    *count += 1;
    let (first, later) = shared.behaviour.kids;
    axum::Json(jws::key_set(if *count == 1 { first } else { later }))
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let form: Form = form_urlencoded::parse(&body).into_owned().collect();
    shared.tokens.lock().unwrap().push(form.clone());
    if let Some(gate) = &shared.gate {
        gate.acquire().await.unwrap().forget();
    }
    match &shared.behaviour.token {
        Some(answer) => answer(&form),
        None => honest(&shared, &form),
    }
}

fn honest(shared: &Shared, form: &Form) -> Response {
    let count = shared.tokens.lock().unwrap().len();
    let now = shared.clock.seconds();
    let mut claims = json!({
        "iss": format!("{}/{TENANT}/v2.0", shared.base), "aud": form["client_id"], "tid": TENANT, "oid": ANN,
        "exp": now + 3600, "nbf": now, "nonce": shared.nonce.lock().unwrap().clone(),
        "name": "Ann", "preferred_username": "ann@contoso.example",
    });
    (shared.behaviour.claims)(&mut claims);
    let id_token = jws::sign(shared.behaviour.signing_kid, &claims);
    axum::Json(tokens(count, form.get("scope").map_or("", String::as_str), Some(&id_token))).into_response()
}

async fn device_code(State(shared): State<Arc<Shared>>) -> axum::Json<Value> {
    let page =
        shared.behaviour.code_page.map_or_else(|| format!("{}/device", shared.base), ToOwned::to_owned);
    axum::Json(json!({
        "device_code": "the-device-code", "user_code": "ABCD", "verification_uri": page, "expires_in": 900, "interval": 5,
    }))
}

/// A token endpoint's success; access and refresh token carry `number`.
pub(crate) fn tokens(number: usize, scope: &str, id_token: Option<&str>) -> Value {
    json!({
        "token_type": "Bearer", "expires_in": 3600, "scope": scope,
        "access_token": format!("access-{number}"), "refresh_token": format!("refresh-{number}"), "id_token": id_token,
    })
}

/// An OAuth error as Entra writes it.
pub(crate) fn refusal(error: &str, suberror: &str, code: u32) -> Response {
    let body = json!({
        "error": error, "suberror": suberror, "error_codes": [code],
        "error_description": format!("AADSTS{code}: ann@contoso.example"), "trace_id": "t", "correlation_id": "c",
    });
    (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
}
