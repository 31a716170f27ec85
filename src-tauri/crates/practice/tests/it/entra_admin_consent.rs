//! The admin consent endpoints.

use serde_json::json;

use crate::support::{App, Page, World, required};

const V1: &str = "{tenant}/adminconsent";
const V2: &str = "{tenant}/v2.0/adminconsent";

async fn ask(world: &World, path: &str, app: &App, more: &[(&str, &str)], local: &str) -> (Page, Page) {
    let mut parameters = vec![("client_id", app.client.as_str())];
    parameters.extend(more);
    let mut browser = world.browser();
    let page = browser.open(&world.url_with(path, &parameters)).await;
    let page = browser.pick(&page, local).await;
    let next = if page.has("accept") {
        browser.accept(&page).await
    } else {
        Page { status: page.status, headers: page.headers.clone(), html: page.html.clone() }
    };
    (page, next)
}

fn roles(world: &World, app: &App) -> usize {
    world.tenant.tables(|tables| {
        tables.app_role_assignments.values().filter(|row| row.text("principalId") == app.enterprise).count()
    })
}

#[tokio::test]
async fn v1_grants_everything_on_the_registration() {
    let world = World::new().await;
    let app = App::web(&world);
    app.set(
        &world,
        "requiredResourceAccess",
        required(&world, &["User.Read"], &["Calendars.Read", "Mail.Read"]),
    );
    app.grant(&world, "Mail.Send", None);
    let more = [("redirect_uri", "https://app.example/cb"), ("state", "x1")];
    let (page, back) = ask(&world, V1, &app, &more, "marcus.oberg").await;
    assert!(
        page.html.contains("<code>Calendars.Read</code>") && page.html.contains("<code>User.Read</code>")
    );
    assert!(
        back.location().starts_with("https://app.example/cb?admin_consent=True&tenant="),
        "{}",
        back.location()
    );
    assert_eq!(back.parameter("tenant").as_deref(), Some(world.tenant.tenant_id()));
    assert_eq!(back.parameter("state").as_deref(), Some("x1"));
    assert_eq!(roles(&world, &app), 2);
    // What is not asked for any more is lost: the documented trap.
    assert_eq!(app.granted(&world, None).as_deref(), Some("User.Read"));
}

#[tokio::test]
async fn without_an_address_the_result_is_a_page() {
    let world = World::new().await;
    let app = App::web(&world);
    app.set(&world, "requiredResourceAccess", required(&world, &["User.Read"], &[]));
    let (_, done) = ask(&world, "organizations/adminconsent", &app, &[], "chiara.bianchi").await;
    assert!(done.has("done"));
    assert_eq!(app.granted(&world, None).as_deref(), Some("User.Read"));
}

#[tokio::test]
async fn application_permissions_of_graph_need_a_higher_role() {
    let world = World::new().await;
    let app = App::web(&world);
    app.set(&world, "requiredResourceAccess", required(&world, &[], &["Calendars.Read"]));
    for local in ["noor.haddad", "chiara.bianchi", "tomas.herrera", "hannah.weiss", "priya.raman"] {
        let (page, _) = ask(&world, V1, &app, &[], local).await;
        page.shows(90_094);
    }
    assert_eq!(roles(&world, &app), 0);
    for local in ["marcus.oberg", "astrid.lindqvist"] {
        let (_, done) = ask(&world, V1, &app, &[], local).await;
        assert!(done.has("done"));
    }
    assert_eq!(roles(&world, &app), 1, "granting twice changes nothing");
}

#[tokio::test]
async fn application_permissions_of_other_resources_do_not() {
    let world = World::new().await;
    let app = App::web(&world);
    let exchange = json!([{"resourceAppId": "00000002-0000-0ff1-ce00-000000000000", "resourceAccess": [
        {"id": "dc890d15-9560-4a4c-9b7f-a736ec74ec40", "type": "Role"}]}]);
    app.set(&world, "requiredResourceAccess", exchange);
    let (_, done) = ask(&world, V1, &app, &[], "chiara.bianchi").await;
    assert!(done.has("done"));
    assert_eq!(roles(&world, &app), 1);
}

#[tokio::test]
async fn v2_grants_what_is_named_and_keeps_the_rest() {
    let world = World::new().await;
    let app = App::web(&world);
    app.grant(&world, "Mail.Send", None);
    let scope = "https://graph.microsoft.com/Calendars.Read";
    let more = [("redirect_uri", "https://app.example/cb"), ("scope", scope), ("state", "x")];
    let (_, back) = ask(&world, V2, &app, &more, "chiara.bianchi").await;
    assert_eq!(back.parameter("scope").as_deref(), Some(scope));
    assert_eq!(app.granted(&world, None).as_deref(), Some("Mail.Send Calendars.Read"));
    world.browser().open(&world.url_with(V2, &[("client_id", &app.client)])).await.shows(900_144);
}

#[tokio::test]
async fn a_refusal_is_told_in_each_versions_words() {
    let world = World::new().await;
    let app = App::web(&world);
    app.set(&world, "requiredResourceAccess", required(&world, &["User.Read"], &[]));
    for (path, error) in [(V1, "permission_denied"), (V2, "consent_required")] {
        let parameters = [
            ("client_id", app.client.as_str()),
            ("redirect_uri", "https://app.example/cb"),
            ("scope", "User.Read"),
        ];
        let mut browser = world.browser();
        let page = browser.open(&world.url_with(path, &parameters)).await;
        let page = browser.pick(&page, "astrid.lindqvist").await;
        browser.cancel(&page).await.tells(error, 65_004);
    }
    assert_eq!(app.granted(&world, None), None);
}

#[tokio::test]
async fn an_unregistered_address_is_not_followed() {
    let world = World::new().await;
    let app = App::web(&world);
    let parameters = [("client_id", app.client.as_str()), ("redirect_uri", "https://evil.example/")];
    world.browser().open(&world.url_with(V1, &parameters)).await.shows(50_011);
}
