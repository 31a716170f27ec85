//! Applications that act by themselves.

use base64::Engine as _;
use practice::Lag;
use serde_json::json;

use crate::support::{AZURE_CLI, App, TokenAnswer, World};

const DEFAULT: &str = "https://graph.microsoft.com/.default";

async fn token(world: &World, app: &App, secret: &str) -> TokenAnswer {
    ask(world, &[("client_id", &app.client), ("client_secret", secret), ("scope", DEFAULT)]).await
}

async fn ask(world: &World, parameters: &[(&str, &str)]) -> TokenAnswer {
    let mut all = vec![("grant_type", "client_credentials")];
    all.extend(parameters);
    world.token(&all).await
}

#[tokio::test]
async fn a_token_carries_the_roles_granted_now() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    let empty = token(&world, &app, &secret).await.ok();
    assert!(world.claims(empty.text("access_token")).await.get("roles").is_none());
    app.grant_role(&world, "Calendars.Read");
    app.grant_role(&world, "Mail.Send");
    let answer = token(&world, &app, &secret).await.ok();
    let claims = world.claims(answer.text("access_token")).await;
    assert_eq!(claims["roles"], json!(["Calendars.Read", "Mail.Send"]));
    assert_eq!(
        (&claims["idtyp"], &claims["oid"], &claims["sub"]),
        (&json!("app"), &json!(app.enterprise), &json!(app.enterprise))
    );
    assert_eq!((&claims["aud"], &claims["appidacr"]), (&json!("https://graph.microsoft.com"), &json!("1")));
    assert_eq!(claims["wids"], json!(["0997a1d0-0d1d-4acb-b408-d5ca73121e90"]));
    assert_eq!(answer.body["expires_in"], 3_599);
    assert!(answer.body.get("refresh_token").is_none() && answer.body.get("id_token").is_none());
}

#[tokio::test]
async fn the_secret_must_be_the_value_of_a_current_one() {
    let world = World::new().await;
    let app = App::web(&world);
    let (old, current) = (app.secret(&world, -400, -35), app.secret(&world, -1, 30));
    let key_id = world
        .tenant
        .tables(|tables| tables.applications[&app.id].body["passwordCredentials"][1]["keyId"].clone());
    let wrong = token(&world, &app, key_id.as_str().unwrap()).await;
    wrong.refused(401, "invalid_client", 7_000_215);
    assert!(wrong.text("error_description").contains("not the client secret ID, for a secret added to app"));
    token(&world, &app, &old).await.refused(401, "invalid_client", 7_000_222);
    token(&world, &app, &current).await.ok();
    world.wait(31 * 24 * 3_600);
    token(&world, &app, &current).await.refused(401, "invalid_client", 7_000_222);
    app.set(&world, "passwordCredentials", json!([]));
    token(&world, &app, &current).await.refused(401, "invalid_client", 7_000_215);
}

#[tokio::test]
async fn a_secret_of_another_application_is_wrong() {
    let world = World::new().await;
    let (app, other) = (App::web(&world), App::web(&world));
    let secret = other.secret(&world, -1, 30);
    token(&world, &app, &secret).await.refused(401, "invalid_client", 7_000_215);
}

#[tokio::test]
async fn a_new_secret_takes_time_to_reach_the_token_endpoint() {
    let world = World::new().await;
    world.tenant.faults().set_lag(Lag { secrets_ms: 60_000, ..Lag::default() });
    let app = App::web(&world);
    let secret = app.secret(&world, 0, 30);
    token(&world, &app, &secret).await.refused(401, "invalid_client", 7_000_215);
    world.wait(61);
    token(&world, &app, &secret).await.ok();
}

#[tokio::test]
async fn it_needs_an_enterprise_app_here() {
    let world = World::new().await;
    let app = App::without_enterprise(&world, json!({}));
    let secret = app.secret(&world, -1, 30);
    token(&world, &app, &secret).await.refused(400, "unauthorized_client", 7_000_229);
    app.add_enterprise(&world);
    token(&world, &app, &secret).await.ok();
}

#[tokio::test]
async fn a_new_application_is_unknown_for_a_while() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    world.tenant.faults().set_lag(Lag { objects_ms: 60_000, ..Lag::default() });
    token(&world, &app, &secret).await.refused(400, "unauthorized_client", 700_016);
    world.wait(61);
    token(&world, &app, &secret).await.ok();
}

#[tokio::test]
async fn the_request_must_name_tenant_scope_and_proof() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    let id = ("client_id", app.client.as_str());
    let proof = ("client_secret", secret.as_str());
    ask(&world, &[id, proof]).await.refused(400, "invalid_request", 90_014);
    ask(&world, &[id, proof, ("scope", "https://graph.microsoft.com/User.Read")]).await.refused(
        400,
        "invalid_scope",
        1_002_012,
    );
    ask(&world, &[id, proof, ("scope", "https://nowhere.example/.default")]).await.refused(
        400,
        "invalid_resource",
        500_011,
    );
    let two = "https://graph.microsoft.com/.default https://outlook.office365.com/.default";
    ask(&world, &[id, proof, ("scope", two)]).await.refused(400, "invalid_request", 28_000);
    ask(&world, &[id, ("scope", DEFAULT)]).await.refused(400, "invalid_request", 7_000_216);
    let all = [("grant_type", "client_credentials"), id, proof, ("scope", DEFAULT)];
    world.token_at("common/oauth2/v2.0/token", &all).await.refused(400, "invalid_request", 50_059);
    ask(&world, &[("client_id", AZURE_CLI), proof, ("scope", DEFAULT)]).await.refused(
        401,
        "invalid_client",
        7_000_215,
    );
}

#[tokio::test]
async fn basic_authentication_works_too() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{}:{encoded}", app.client));
    let parameters = [("grant_type", "client_credentials"), ("scope", DEFAULT)];
    let header = format!("Basic {basic}");
    world.token_with("{tenant}/oauth2/v2.0/token", &parameters, &[("authorization", &header)]).await.ok();
}

#[tokio::test]
async fn v1_names_a_resource_and_writes_numbers_as_text() {
    let world = World::new().await;
    let app = App::web(&world);
    app.grant_role(&world, "Calendars.Read");
    let secret = app.secret(&world, -1, 30);
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", app.client.as_str()),
        ("client_secret", secret.as_str()),
        ("resource", "https://graph.microsoft.com/"),
    ];
    let answer = world.token_at("{tenant}/oauth2/token", &parameters).await.ok();
    assert_eq!(
        (answer.text("expires_in"), answer.text("resource")),
        ("3599", "https://graph.microsoft.com/")
    );
    let claims = world.claims(answer.text("access_token")).await;
    assert_eq!(
        (&claims["aud"], &claims["roles"]),
        (&json!("https://graph.microsoft.com/"), &json!(["Calendars.Read"]))
    );
}

#[tokio::test]
async fn exchange_online_is_another_audience() {
    let world = World::new().await;
    let app = App::web(&world);
    let secret = app.secret(&world, -1, 30);
    let parameters = [
        ("client_id", app.client.as_str()),
        ("client_secret", &secret),
        ("scope", "https://outlook.office365.com/.default"),
    ];
    let answer = ask(&world, &parameters).await.ok();
    assert_eq!(world.claims(answer.text("access_token")).await["aud"], "https://outlook.office365.com");
    assert_eq!(world.graph("v1.0/users", answer.text("access_token")).await.status(), 401);
}
