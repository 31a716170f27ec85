//! Redeeming a code: once, in time, by the same application, with the proof that was promised.

use serde_json::json;

use crate::support::{App, TokenAnswer, VERIFIER, World, authorize, redeem};

async fn code(world: &World, app: &App, more: &[(&str, &str)]) -> String {
    world.browser().sign_in(&authorize(world, app, more), "noor.haddad").await.code()
}

async fn redeem_with(world: &World, app: &App, code: &str, more: &[(&str, &str)]) -> TokenAnswer {
    let mut parameters =
        vec![("grant_type", "authorization_code"), ("client_id", app.client.as_str()), ("code", code)];
    parameters.extend(more);
    world.token(&parameters).await
}

#[tokio::test]
async fn a_challenge_that_was_sent_is_verified() {
    let world = World::new().await;
    let app = App::native(&world);
    let first = code(&world, &app, &[]).await;
    redeem_with(&world, &app, &first, &[]).await.refused(400, "invalid_grant", 501_481);
    let wrong = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    redeem_with(&world, &app, &first, &[("code_verifier", wrong)]).await.refused(
        400,
        "invalid_grant",
        501_481,
    );
    // A wrong attempt does not spend the code.
    redeem(&world, &app, &first).await.ok();
    let plain = code(&world, &app, &[("code_challenge", VERIFIER), ("code_challenge_method", "")]).await;
    redeem_with(&world, &app, &plain, &[("code_verifier", VERIFIER)]).await.ok();
}

#[tokio::test]
async fn a_program_may_leave_pkce_out_but_not_halfway() {
    let world = World::new().await;
    let app = App::native(&world);
    let none = [("code_challenge", ""), ("code_challenge_method", "")];
    let without = code(&world, &app, &none).await;
    redeem_with(&world, &app, &without, &[]).await.ok();
    let stripped = code(&world, &app, &none).await;
    redeem_with(&world, &app, &stripped, &[("code_verifier", VERIFIER)]).await.refused(
        400,
        "invalid_grant",
        501_481,
    );
}

#[tokio::test]
async fn a_code_works_once_and_for_ten_minutes() {
    let world = World::new().await;
    let app = App::native(&world);
    let once = code(&world, &app, &[]).await;
    redeem(&world, &app, &once).await.ok();
    redeem(&world, &app, &once).await.refused(400, "invalid_grant", 54_005);
    let late = code(&world, &app, &[]).await;
    world.wait(601);
    redeem(&world, &app, &late).await.refused(400, "invalid_grant", 70_008);
    redeem(&world, &app, "1.made-up").await.refused(400, "invalid_grant", 70_000);
}

#[tokio::test]
async fn one_code_redeemed_twice_at_once_gives_tokens_once() {
    let world = World::new().await;
    let app = App::native(&world);
    let code = code(&world, &app, &[]).await;
    let (one, two) = tokio::join!(redeem(&world, &app, &code), redeem(&world, &app, &code));
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [200, 400]);
}

#[tokio::test]
async fn a_code_belongs_to_its_application_and_its_address() {
    let world = World::new().await;
    let (app, other) = (App::native(&world), App::native(&world));
    let code = code(&world, &app, &[]).await;
    redeem(&world, &other, &code).await.refused(400, "invalid_grant", 70_000);
    let elsewhere = [("code_verifier", VERIFIER), ("redirect_uri", "http://localhost:9999")];
    redeem_with(&world, &app, &code, &elsewhere).await.refused(400, "invalid_grant", 500_112);
}

#[tokio::test]
async fn a_program_must_not_send_a_secret_and_a_server_must() {
    let world = World::new().await;
    let app = App::native(&world);
    let first = code(&world, &app, &[]).await;
    let secret = [("code_verifier", VERIFIER), ("client_secret", "x")];
    redeem_with(&world, &app, &first, &secret).await.refused(401, "invalid_client", 700_025);

    let web = App::web(&world);
    let secret = web.secret(&world, -1, 30);
    let address = [("redirect_uri", "https://app.example/cb")];
    let second = code(&world, &web, &address).await;
    let proof = ("code_verifier", VERIFIER);
    redeem_with(&world, &web, &second, &[proof]).await.refused(401, "invalid_client", 7_000_218);
    redeem_with(&world, &web, &second, &[proof, ("client_secret", "wrong")]).await.refused(
        401,
        "invalid_client",
        7_000_215,
    );
    let answer = redeem_with(&world, &web, &second, &[proof, ("client_secret", &secret)]).await.ok();
    assert_eq!(world.claims(answer.text("access_token")).await["appidacr"], "1");
}

#[tokio::test]
async fn a_page_redeems_from_its_origin_and_gets_a_token_for_a_day() {
    let world = World::new().await;
    let app = App::new(&world, json!({"spa": {"redirectUris": ["http://localhost:3000/"]}}));
    let code = code(&world, &app, &[("redirect_uri", "http://localhost:3000/")]).await;
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", &app.client),
        ("code", &code),
        ("code_verifier", VERIFIER),
    ];
    world.token(&parameters).await.refused(400, "invalid_request", 9_002_327);
    let origin = [("origin", "http://localhost:3000")];
    let tokens = world.token_with("{tenant}/oauth2/v2.0/token", &parameters, &origin).await.ok();
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", &app.client),
        ("refresh_token", tokens.text("refresh_token")),
    ];
    world.token_with("{tenant}/oauth2/v2.0/token", &refresh, &origin).await.ok();
    world.wait(24 * 3_600 + 1);
    let late = world.token_with("{tenant}/oauth2/v2.0/token", &refresh, &origin).await;
    late.refused(400, "invalid_grant", 700_084);
}

#[tokio::test]
async fn a_program_that_looks_like_a_page_is_refused() {
    let world = World::new().await;
    let app = App::native(&world);
    let code = code(&world, &app, &[]).await;
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", &app.client),
        ("code", &code),
        ("code_verifier", VERIFIER),
    ];
    let answer =
        world.token_with("{tenant}/oauth2/v2.0/token", &parameters, &[("origin", "tauri://localhost")]).await;
    answer.refused(400, "invalid_request", 9_002_326);
}

#[tokio::test]
async fn tokens_are_for_one_resource() {
    let world = World::new().await;
    let app = App::native(&world);
    let scope = "https://graph.microsoft.com/User.Read https://outlook.office365.com/EWS.AccessAsUser.All offline_access";
    let code = code(&world, &app, &[("scope", scope)]).await;
    let proof = ("code_verifier", VERIFIER);
    redeem_with(&world, &app, &code, &[proof, ("scope", scope)]).await.refused(
        400,
        "invalid_request",
        28_000,
    );
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let world = World::new().await;
    world.token(&[]).await.refused(400, "invalid_request", 900_144);
    world.token(&[("grant_type", "authorization_code"), ("code", "x")]).await.refused(
        400,
        "invalid_request",
        900_144,
    );
    world.token(&[("grant_type", "magic")]).await.refused(400, "unsupported_grant_type", 70_003);
    let unknown = "11111111-1111-4111-8111-111111111111";
    let parameters = [("grant_type", "authorization_code"), ("code", "x"), ("client_id", unknown)];
    world.token(&parameters).await.refused(400, "unauthorized_client", 700_016);
    world.token_at("nobody.example/oauth2/v2.0/token", &parameters).await.refused(
        400,
        "invalid_request",
        90_002,
    );
}

#[tokio::test]
async fn errors_have_microsofts_shape() {
    let world = World::new().await;
    let id = "5b1f0c3e-93a5-4d27-9d6e-0c4f7ad7a001";
    let answer = world
        .token_with("common/oauth2/v2.0/token", &[("grant_type", "magic")], &[("client-request-id", id)])
        .await;
    assert_eq!(answer.text("correlation_id"), id);
    assert!(answer.text("error_uri").ends_with("code=70003"));
    let unnamed = world.token(&[("grant_type", "magic")]).await;
    assert!(unnamed.text("error_description").contains(unnamed.text("correlation_id")));
    let description = answer.text("error_description");
    for part in ["Trace ID: ", "Correlation ID: 5b1f0c3e", "Timestamp: "] {
        assert!(description.contains(part), "{description}");
    }
    assert_eq!(answer.text("timestamp").len(), "2026-11-20 10:00:00Z".len());
}
