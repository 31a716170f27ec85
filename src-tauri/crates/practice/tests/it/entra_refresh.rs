//! Refresh tokens: what they are good for, and when they end.

use serde_json::json;

use crate::support::{App, TokenAnswer, World, authorize, redeem, tokens_of};

async fn refresh(world: &World, app: &App, token: &str, more: &[(&str, &str)]) -> TokenAnswer {
    let mut parameters =
        vec![("grant_type", "refresh_token"), ("client_id", app.client.as_str()), ("refresh_token", token)];
    parameters.extend(more);
    world.token(&parameters).await
}

#[tokio::test]
async fn each_use_gives_a_new_one_and_the_old_one_stays_valid() {
    let world = World::new().await;
    let app = App::native(&world);
    let first = tokens_of(&world, &app, "noor.haddad", &[]).await;
    let second = refresh(&world, &app, first.text("refresh_token"), &[]).await.ok();
    assert_ne!(first.text("refresh_token"), second.text("refresh_token"));
    refresh(&world, &app, first.text("refresh_token"), &[]).await.ok();
    refresh(&world, &app, second.text("refresh_token"), &[]).await.ok();
    assert!(world.claims(second.text("id_token")).await.get("nonce").is_none());
}

#[tokio::test]
async fn without_offline_access_there_is_none() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[("scope", "openid User.Read")]).await;
    assert!(tokens.body.get("refresh_token").is_none());
    let tokens = tokens_of(&world, &app, "noor.haddad", &[("scope", "offline_access User.Read")]).await;
    assert!(tokens.body.get("id_token").is_none());
}

#[tokio::test]
async fn it_gives_tokens_for_other_resources_that_were_agreed_to() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    let exchange = [("scope", "https://outlook.office365.com/EWS.AccessAsUser.All")];
    let refused = refresh(&world, &app, tokens.text("refresh_token"), &exchange).await;
    refused.refused(400, "invalid_grant", 65_001);
    assert_eq!(refused.text("suberror"), "consent_required");
    let scope = [("scope", "https://outlook.office365.com/EWS.AccessAsUser.All offline_access")];
    world.browser().sign_in(&authorize(&world, &app, &scope), "noor.haddad").await.code();
    let answer = refresh(&world, &app, tokens.text("refresh_token"), &exchange).await.ok();
    let claims = world.claims(answer.text("access_token")).await;
    assert_eq!(
        (&claims["aud"], &claims["scp"]),
        (&json!("https://outlook.office365.com"), &json!("EWS.AccessAsUser.All"))
    );
    // A token for Exchange does not open Graph.
    assert_eq!(world.graph("v1.0/me", answer.text("access_token")).await.status(), 401);
}

#[tokio::test]
async fn new_permissions_are_in_the_next_token_only() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    app.grant(&world, "Calendars.Read", None);
    let before = world.claims(tokens.text("access_token")).await;
    let next = refresh(&world, &app, tokens.text("refresh_token"), &[]).await.ok();
    let after = world.claims(next.text("access_token")).await;
    assert!(!before["scp"].as_str().unwrap().contains("Calendars.Read"));
    assert!(after["scp"].as_str().unwrap().contains("Calendars.Read"));
}

#[tokio::test]
async fn it_belongs_to_its_application() {
    let world = World::new().await;
    let (app, other) = (App::native(&world), App::native(&world));
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    refresh(&world, &other, tokens.text("refresh_token"), &[]).await.refused(400, "invalid_grant", 70_000);
    refresh(&world, &app, "1.rubbish", &[]).await.refused(400, "invalid_grant", 9_002_313);
}

#[tokio::test]
async fn it_lasts_ninety_days_from_its_last_use() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    let day = 24 * 3_600;
    world.wait(89 * day);
    let renewed = refresh(&world, &app, tokens.text("refresh_token"), &[]).await.ok();
    world.wait(2 * day);
    refresh(&world, &app, tokens.text("refresh_token"), &[]).await.refused(400, "invalid_grant", 700_082);
    refresh(&world, &app, renewed.text("refresh_token"), &[]).await.ok();
}

#[tokio::test]
async fn it_ends_with_the_sessions_or_the_account() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    let token = tokens.text("refresh_token");
    let oid = world.oid("noor.haddad");
    let set = |name: &str, value: serde_json::Value| {
        world.tenant.tables(|tables| tables.users[&oid].body.insert(name.into(), value));
    };
    set("accountEnabled", json!(false));
    refresh(&world, &app, token, &[]).await.refused(400, "invalid_grant", 50_057);
    set("accountEnabled", json!(true));
    world.wait(10);
    set("signInSessionsValidFromDateTime", json!(world.tenant.clock().now().to_string()));
    refresh(&world, &app, token, &[]).await.refused(400, "invalid_grant", 50_173);
    let now = world.tenant.clock().now();
    let fresh = tokens_of(&world, &app, "noor.haddad", &[]).await;
    world.tenant.tables(|tables| tables.users[&oid].deleted = Some(now));
    refresh(&world, &app, fresh.text("refresh_token"), &[]).await.refused(400, "invalid_grant", 50_034);
}

#[tokio::test]
async fn a_sign_in_and_a_revocation_within_one_second_keep_their_order() {
    let world = World::new().await;
    let app = App::native(&world);
    app.grant(&world, "User.Read User.RevokeSessions.All", None);
    let before = tokens_of(&world, &app, "noor.haddad", &[]).await;
    let url = world.url("v1.0/me/revokeSignInSessions");
    let answer = world.http.post(url).bearer_auth(before.text("access_token")).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{:?}", answer.text().await);
    refresh(&world, &app, before.text("refresh_token"), &[]).await.refused(400, "invalid_grant", 50_173);
    let after = tokens_of(&world, &app, "noor.haddad", &[]).await;
    refresh(&world, &app, after.text("refresh_token"), &[]).await.ok();
}

#[tokio::test]
async fn clients_that_understand_challenges_get_long_tokens_and_challenges() {
    let world = World::new().await;
    let app = App::native(&world);
    let claims = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
    let page = world.browser().sign_in(&authorize(&world, &app, &[("claims", claims)]), "noor.haddad").await;
    let tokens = redeem(&world, &app, &page.code()).await.ok();
    let access = tokens.text("access_token");
    assert_eq!(world.claims(access).await["xms_cc"], json!(["cp1"]));
    assert!(tokens.body["expires_in"].as_i64().unwrap() > 20 * 3_600);
    world.wait(10);
    let oid = world.oid("noor.haddad");
    let now = world.tenant.clock().now().to_string();
    world.tenant.tables(|tables| {
        tables.users[&oid].body.insert("signInSessionsValidFromDateTime".into(), json!(now))
    });
    let answer = world.graph("v1.0/me", access).await;
    assert_eq!(answer.status(), 401);
    let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
    assert!(
        challenge.contains(r#"error="insufficient_claims""#) && challenge.contains("claims=\""),
        "{challenge}"
    );
}

#[tokio::test]
async fn a_new_grant_takes_time_to_reach_tokens() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[]).await;
    world.tenant.faults().set_lag(practice::Lag { grants_ms: 60_000, ..practice::Lag::default() });
    world.wait(120);
    app.grant(&world, "Calendars.Read", None);
    let scp = async || {
        let next = refresh(&world, &app, tokens.text("refresh_token"), &[]).await.ok();
        world.claims(next.text("access_token")).await["scp"].as_str().unwrap().to_owned()
    };
    assert!(!scp().await.contains("Calendars.Read"));
    world.wait(61);
    assert!(scp().await.contains("Calendars.Read"));
}
