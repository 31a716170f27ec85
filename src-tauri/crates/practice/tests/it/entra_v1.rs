//! The first generation of endpoints, which some tools still use, alone and mixed with the second.

use serde_json::json;

use crate::support::{App, World, required, upn};

fn authorize(world: &World, app: &App) -> String {
    world.url_with(
        "{tenant}/oauth2/authorize",
        &[
            ("client_id", &app.client),
            ("redirect_uri", "http://localhost:7777"),
            ("response_type", "code"),
            ("resource", "https://graph.microsoft.com"),
            ("state", "s1"),
            ("nonce", "n1"),
        ],
    )
}

fn app(world: &World) -> App {
    let app = App::native(world);
    app.set(world, "requiredResourceAccess", required(world, &["User.Read", "Calendars.Read"], &[]));
    app
}

#[tokio::test]
async fn a_resource_stands_for_everything_registered() {
    let world = World::new().await;
    let app = app(&world);
    let page = world.browser().sign_in(&authorize(&world, &app), "noor.haddad").await;
    let code = page.code();
    let parameters = [("grant_type", "authorization_code"), ("client_id", &app.client), ("code", &code)];
    let tokens = world.token_at("{tenant}/oauth2/token", &parameters).await.ok();
    let access = world.claims(tokens.text("access_token")).await;
    assert_eq!(
        (&access["aud"], &access["upn"]),
        (&json!("https://graph.microsoft.com"), &json!(upn("noor.haddad")))
    );
    assert!(access["scp"].as_str().unwrap().contains("Calendars.Read"));
    let id = world.claims(tokens.text("id_token")).await;
    assert_eq!(
        (&id["ver"], &id["nonce"], &id["upn"]),
        (&json!("1.0"), &json!("n1"), &json!(upn("noor.haddad")))
    );
    assert!(tokens.body["expires_on"].is_string() && tokens.body["refresh_token"].is_string());
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", app.client.as_str()),
        ("refresh_token", tokens.text("refresh_token")),
        ("resource", "https://graph.microsoft.com"),
    ];
    world.token_at("{tenant}/oauth2/token", &refresh).await.ok();
}

#[tokio::test]
async fn a_code_of_one_generation_is_redeemed_at_the_other() {
    let world = World::new().await;
    let app = app(&world);
    let page = world.browser().sign_in(&authorize(&world, &app), "noor.haddad").await;
    let code = page.code();
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", app.client.as_str()),
        ("code", &code),
        ("scope", "https://graph.microsoft.com/.default offline_access openid"),
    ];
    let tokens = world.token(&parameters).await.ok();
    assert!(tokens.body["expires_in"].is_number());
    assert_eq!(world.claims(tokens.text("id_token")).await["ver"], "2.0");
}

#[tokio::test]
async fn the_second_generation_does_not_know_resources() {
    let world = World::new().await;
    let app = app(&world);
    let url = authorize(&world, &app).replace("oauth2/authorize", "oauth2/v2.0/authorize");
    world.browser().open(&url).await.tells("invalid_request", 901_002);
}
