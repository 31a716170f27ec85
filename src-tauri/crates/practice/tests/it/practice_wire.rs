//! The network side: who may call, what goes wrong on order, what is noted down.

use practice::{Action, Fault, Options, PracticeTenant, StartError};
use serde_json::{Value, json};

use crate::support::{App, World, authorize};

const DISCOVERY: &str = "common/v2.0/.well-known/openid-configuration";

#[tokio::test]
async fn only_loopback_addresses_are_listened_on() {
    let options = Options { listen: "0.0.0.0:0".parse().unwrap(), ..Options::default() };
    assert!(matches!(PracticeTenant::start(options).await, Err(StartError::NotLoopback(_))));
}

#[tokio::test]
async fn other_names_for_this_machine_are_refused() {
    let world = World::new().await;
    let ask = async |host: &str| {
        world.http.get(world.url(DISCOVERY)).header("host", host).send().await.unwrap().status().as_u16()
    };
    let port = world.tenant.address().port();
    assert_eq!(ask(&format!("localhost:{port}")).await, 200);
    assert_eq!(ask(&format!("127.0.0.1:{port}")).await, 200);
    assert_eq!(ask("evil.example").await, 421);
    assert_eq!(ask(&format!("localhost.evil.example:{port}")).await, 421);
}

#[tokio::test]
async fn the_advertised_name_is_welcome_and_printed() {
    let options = Options {
        applications: 0,
        advertise_login: Some("https://login.practice.test".parse().unwrap()),
        ..Options::default()
    };
    let world = World::with(options).await;
    let response =
        world.http.get(world.url(DISCOVERY)).header("host", "login.practice.test").send().await.unwrap();
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["issuer"], "https://login.practice.test/{tenantid}/v2.0");
    assert_eq!(document["token_endpoint"], "https://login.practice.test/common/oauth2/v2.0/token");
}

#[tokio::test]
async fn web_pages_cannot_read_answers() {
    let world = World::new().await;
    let app = App::new(&world, json!({"spa": {"redirectUris": ["http://localhost:3000/"]}}));
    let ask = async |path: &str, origin: &str| {
        let response = world.http.get(world.url(path)).header("origin", origin).send().await.unwrap();
        response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(ask(DISCOVERY, "https://evil.example").await, None);
    assert_eq!(ask(DISCOVERY, "http://localhost:30001").await, None);
    assert_eq!(ask("v1.0/users", "http://localhost:3000").await, None);
    assert_eq!(ask("_practice/requests", "http://localhost:3000").await, None);
    assert_eq!(ask(DISCOVERY, "http://localhost:3000").await.as_deref(), Some("http://localhost:3000"));
    let preflight = world
        .http
        .request(reqwest::Method::OPTIONS, world.url("common/oauth2/v2.0/token"))
        .header("origin", "http://localhost:3000")
        .header("access-control-request-method", "POST");
    assert!(preflight.send().await.unwrap().headers().get("access-control-allow-origin").is_none());
    drop(app);
}

#[tokio::test]
async fn a_status_replaces_the_answer_and_may_follow_the_effect() {
    let world = World::new().await;
    let action = Action::Status { status: 504, body: None, headers: [].into(), commit: true };
    world.tenant.faults().arm(Fault::on("GET", "/*/oauth2/v2.0/authorize", action).once());
    let app = App::native(&world);
    let page = world.browser().open(&authorize(&world, &app, &[])).await;
    assert_eq!(page.status, 504);
    let body: Value = serde_json::from_str(&page.html).unwrap();
    assert_eq!(body["error"]["code"], "GatewayTimeout");
    assert!(world.browser().open(&authorize(&world, &app, &[])).await.has("username"));
}

#[tokio::test]
async fn throttling_may_say_how_long_or_not() {
    let world = World::new().await;
    for (retry_after, header) in [(Some(7), Some("7")), (None, None)] {
        world.tenant.faults().arm(Fault::on("GET", "/v1.0/users", Action::Throttle { retry_after }).once());
        let answer = world.graph("v1.0/users", "x").await;
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers().get("retry-after").map(|value| value.to_str().unwrap()), header);
    }
}

#[tokio::test]
async fn connections_break_before_or_after_the_answer_began() {
    let world = World::new().await;
    let get = async || world.http.get(world.url(DISCOVERY)).send().await;
    for action in [Action::Drop { commit: false }, Action::Reset { commit: true }] {
        world.tenant.faults().arm(Fault::on("GET", "/common/**", action).once());
        assert!(get().await.is_err());
        assert_eq!(get().await.unwrap().status(), 200);
    }
    world.tenant.faults().arm(Fault::on("GET", "/common/**", Action::Truncate).once());
    let cut = get().await.unwrap();
    assert_eq!(cut.status(), 200);
    assert!(cut.bytes().await.is_err(), "the head arrives, the body does not");
    world.tenant.faults().arm(Fault::on("GET", "/common/**", Action::Garbage).once());
    assert!(get().await.unwrap().text().await.unwrap().contains("Wi-Fi"));
    world.tenant.faults().arm(Fault::on("GET", "/common/**", Action::Empty).once());
    assert_eq!(get().await.unwrap().text().await.unwrap(), "");
}

#[tokio::test]
async fn a_claims_challenge_can_be_ordered() {
    let world = World::new().await;
    world.tenant.faults().arm(Fault::on("GET", "/v1.0/me", Action::ClaimsChallenge).once());
    let answer = world.graph("v1.0/me", "x").await;
    assert_eq!(answer.status(), 401);
    let header = answer.headers()["www-authenticate"].to_str().unwrap();
    let (_, claims) = header.split_once("claims=\"").unwrap();
    let claims =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD, claims.trim_end_matches('"'))
            .unwrap();
    assert!(
        serde_json::from_slice::<Value>(&claims).unwrap()["access_token"]["nbf"]["essential"]
            .as_bool()
            .unwrap()
    );
}

#[tokio::test]
async fn switches_work_over_http_and_only_with_json() {
    let world = World::new().await;
    let post = |path: &str| world.http.post(world.url(path));
    let before = world.tenant.clock().now();
    let moved = post("_practice/clock").json(&json!({"advance_seconds": 86_400})).send().await.unwrap();
    assert_eq!(moved.status(), 200);
    assert!(world.tenant.clock().now().duration_since(before).as_secs() >= 86_400);
    let fault = json!({"lag": "realistic", "faults": [{"path": "/common/**", "action": {"do": "status", "status": 500}}]});
    assert_eq!(post("_practice/faults").json(&fault).send().await.unwrap().status(), 200);
    assert_eq!(world.http.get(world.url(DISCOVERY)).send().await.unwrap().status(), 500);
    assert_eq!(world.http.delete(world.url("_practice/faults")).send().await.unwrap().status(), 200);
    assert_eq!(world.http.get(world.url(DISCOVERY)).send().await.unwrap().status(), 200);
    // A form on a web page can be posted without asking; JSON cannot.
    let form = post("_practice/clock").header("content-type", "text/plain").body(r#"{"advance_seconds":1}"#);
    assert_eq!(form.send().await.unwrap().status(), 415);
    let wrong = post("_practice/faults").json(&json!({"fault": []})).send().await.unwrap();
    assert_eq!(wrong.status(), 400);
}

#[tokio::test]
async fn the_log_has_every_request_and_no_secret() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", app.client.as_str()),
        ("client_secret", secret.as_str()),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    let token = world.token(&parameters).await.ok().text("access_token").to_owned();
    world.graph("v1.0/organization", &token).await;
    let text = world.http.get(world.url("_practice/requests")).send().await.unwrap().text().await.unwrap();
    assert!(!text.contains(&secret) && !text.contains(&token), "a secret is in the log");
    let log = world.tenant.requests();
    let paths: Vec<_> = log.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths.last(), Some(&"/v1.0/organization"));
    let request = log.iter().find(|one| one.path.ends_with("/token")).unwrap();
    assert_eq!(request.body.as_ref().unwrap()["client_id"], app.client.as_str());
    assert_eq!(request.status, 200);
}

#[tokio::test]
async fn answers_carry_the_ids_that_support_asks_for() {
    let world = World::new().await;
    let id = "5b1f0c3e-93a5-4d27-9d6e-0c4f7ad7a001";
    let answer = world.http.get(world.url("v1.0/me")).header("client-request-id", id).send().await.unwrap();
    assert_eq!(answer.headers()["client-request-id"], id);
    assert!(
        answer.headers().contains_key("request-id") && answer.headers().contains_key("x-ms-ags-diagnostic")
    );
    let doubled = world.http.get(format!("{}v1.0//me", world.tenant.base_url())).send().await.unwrap();
    assert_eq!(doubled.status(), 401, "a doubled slash reaches the same place");
}
