//! Signing in without a person: `--sign-in-as`, and name and password.

use practice::{Options, PracticeTenant, StartError};

use crate::support::{App, GRAPH_CLI, World, authorize, redeem, upn};

async fn world_as(local: &str) -> World {
    World::with(Options { applications: 0, sign_in_as: Some(upn(local)), ..Options::default() }).await
}

#[tokio::test]
async fn every_authorize_is_answered_at_once() {
    let world = world_as("noor.haddad").await;
    let app = App::native(&world);
    let back = world.browser().open(&authorize(&world, &app, &[("prompt", "select_account")])).await;
    let tokens = redeem(&world, &app, &back.code()).await.ok();
    assert_eq!(world.claims(tokens.text("access_token")).await["upn"], upn("noor.haddad"));
    assert!(app.granted(&world, Some(&world.oid("noor.haddad"))).is_some());
    let posted = world.browser().open(&authorize(&world, &app, &[("response_mode", "form_post")])).await;
    assert!(posted.hidden("code").is_some());
}

#[tokio::test]
async fn what_the_person_may_not_grant_is_refused() {
    let world = world_as("noor.haddad").await;
    let app = App::native(&world);
    let scope = [("scope", "openid User.Read.All")];
    world.browser().open(&authorize(&world, &app, &scope)).await.tells_left();
    let parameters = [
        ("client_id", GRAPH_CLI),
        ("redirect_uri", "http://localhost:1"),
        ("response_type", "code"),
        ("scope", "User.Read"),
    ];
    world.browser().open(&world.url_with("organizations/oauth2/v2.0/authorize", &parameters)).await.code();
}

#[tokio::test]
async fn a_name_that_nobody_has_stops_the_start() {
    let options = Options { sign_in_as: Some("nobody@elsewhere.example".into()), ..Options::default() };
    assert!(matches!(PracticeTenant::start(options).await, Err(StartError::UnknownPerson(_))));
}

#[tokio::test]
async fn any_password_is_right_except_for_admins() {
    let world = World::new().await;
    let app = App::new(&world, serde_json::json!({"isFallbackPublicClient": true}));
    app.grant(&world, "User.Read", None);
    let ask = async |local: &str, password: &str| {
        let name = upn(local);
        let parameters = [
            ("grant_type", "password"),
            ("client_id", app.client.as_str()),
            ("username", &name),
            ("password", password),
            ("scope", "User.Read openid offline_access"),
        ];
        world.token(&parameters).await
    };
    ask("noor.haddad", "anything").await.ok();
    ask("noor.haddad", "").await.refused(400, "invalid_request", 900_144);
    ask("astrid.lindqvist", "anything").await.refused(400, "invalid_grant", 50_076);
    ask("pavel.novak", "anything").await.refused(400, "invalid_grant", 50_057);
    ask("nobody", "anything").await.refused(400, "invalid_grant", 50_034);
}
