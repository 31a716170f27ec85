//! Device codes.

use serde_json::{Value, json};

use crate::support::{App, GRAPH_CLI, TokenAnswer, World, upn};

async fn start(world: &World, client: &str) -> Value {
    let url = world.url_with("{tenant}/oauth2/v2.0/devicecode", &[]);
    let form = [("client_id", client), ("scope", "openid offline_access User.Read")];
    world.http.post(url).form(&form).send().await.unwrap().json().await.unwrap()
}

async fn poll(world: &World, client: &str, started: &Value) -> TokenAnswer {
    let code = started["device_code"].as_str().unwrap();
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    world.token(&[("grant_type", grant), ("client_id", client), ("device_code", code)]).await
}

fn device_app(world: &World) -> App {
    App::new(world, json!({"isFallbackPublicClient": true, "publicClient": {"redirectUris": []}}))
}

#[tokio::test]
async fn a_person_types_the_code_and_the_device_gets_tokens() {
    let world = World::new().await;
    let app = device_app(&world);
    let started = start(&world, &app.client).await;
    assert_eq!((&started["expires_in"], &started["interval"]), (&json!(900), &json!(5)));
    assert!(started["message"].as_str().unwrap().contains(started["user_code"].as_str().unwrap()));
    poll(&world, &app.client, &started).await.refused(400, "authorization_pending", 70_016);

    let mut browser = world.browser();
    let page = browser.open(started["verification_uri"].as_str().unwrap()).await;
    assert!(page.has("code") && page.html.contains("Only go on if you started this sign-in yourself"));
    let code = started["user_code"].as_str().unwrap().to_lowercase();
    let page = browser.submit("devicelogin", &[("code", &code)]).await;
    let page = browser.pick(&page, "noor.haddad").await;
    assert!(browser.accept(&page).await.has("done"));

    let tokens = poll(&world, &app.client, &started).await.ok();
    assert_eq!(world.claims(tokens.text("access_token")).await["upn"], upn("noor.haddad"));
    assert!(tokens.body["refresh_token"].is_string() && tokens.body["id_token"].is_string());
    poll(&world, &app.client, &started).await.refused(400, "bad_verification_code", 70_018);
}

#[tokio::test]
async fn declining_and_waiting_too_long_are_told_apart() {
    let world = World::new().await;
    let app = device_app(&world);
    let started = start(&world, &app.client).await;
    let mut browser = world.browser();
    let page = browser.submit("devicelogin", &[("code", started["user_code"].as_str().unwrap())]).await;
    browser.submit("common/login", &[("flow", &page.flow()), ("cancel", "1")]).await;
    poll(&world, &app.client, &started).await.refused(400, "authorization_declined", 65_004);
    let late = start(&world, &app.client).await;
    world.wait(901);
    poll(&world, &app.client, &late).await.refused(400, "expired_token", 70_020);
    let page = browser.submit("devicelogin", &[("code", late["user_code"].as_str().unwrap())]).await;
    assert!(page.has("error") && page.has("code"));
}

#[tokio::test]
async fn only_public_clients_may() {
    let world = World::new().await;
    let app = App::web(&world);
    let started = start(&world, &app.client).await;
    poll(&world, &app.client, &started).await.refused(401, "invalid_client", 7_000_218);
    let started = start(&world, GRAPH_CLI).await;
    poll(&world, GRAPH_CLI, &started).await.refused(400, "authorization_pending", 70_016);
}
