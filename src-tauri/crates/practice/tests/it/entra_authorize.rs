//! What the authorization endpoint refuses, and to whom it says so.

use serde_json::json;

use crate::support::{App, CHALLENGE, World};

const AUTHORIZE: &str = "{tenant}/oauth2/v2.0/authorize";

fn request<'a>(client: &'a str, redirect: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("client_id", client),
        ("redirect_uri", redirect),
        ("response_type", "code"),
        ("scope", "openid User.Read"),
        ("state", "s1"),
    ]
}

#[tokio::test]
async fn a_wrong_client_or_address_is_never_redirected() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let unknown = "11111111-1111-4111-8111-111111111111";
    let cases = [
        (request(unknown, "http://localhost:1"), 700_016),
        (request(&app.client, "http://127.0.0.1:1"), 50_011),
        (request(&app.client, "http://[::1]:1"), 50_011),
        (request(&app.client, "http://localhost:1/other"), 50_011),
        (request(&app.client, "https://evil.example/"), 50_011),
        (vec![("response_type", "code")], 900_144),
    ];
    for (parameters, number) in cases {
        browser.open(&world.url_with(AUTHORIZE, &parameters)).await.shows(number);
    }
    let wrong_tenant =
        world.url_with("nobody.example/oauth2/v2.0/authorize", &request(&app.client, "http://localhost:1"));
    browser.open(&wrong_tenant).await.shows(90_002);
}

#[tokio::test]
async fn a_single_tenant_application_does_not_work_at_common() {
    let world = World::new().await;
    let app = App::native(&world);
    let parameters = request(&app.client, "http://localhost:1");
    world.browser().open(&world.url_with("common/oauth2/v2.0/authorize", &parameters)).await.shows(50_194);
    app.set(&world, "signInAudience", json!("AzureADMultipleOrgs"));
    let page = world.browser().open(&world.url_with("common/oauth2/v2.0/authorize", &parameters)).await;
    assert!(page.has("username"));
}

#[tokio::test]
async fn switched_off_applications_say_so() {
    let world = World::new().await;
    let app = App::native(&world);
    app.set_enterprise(&world, "accountEnabled", json!(false));
    world
        .browser()
        .open(&world.url_with(AUTHORIZE, &request(&app.client, "http://localhost:1")))
        .await
        .shows(7_000_112);
}

#[tokio::test]
async fn the_application_is_told_what_is_wrong_with_the_rest() {
    let world = World::new().await;
    let app = App::native(&world);
    let with = |name: &'static str, value: &'static str| {
        let mut parameters = request(&app.client, "http://localhost:1");
        parameters.retain(|(own, _)| *own != name);
        if !value.is_empty() {
            parameters.push((name, value));
        }
        world.url_with(AUTHORIZE, &parameters)
    };
    let cases = [
        (with("response_type", "magic"), "unsupported_response_type", 70_005),
        (with("response_type", "token"), "unsupported_response_type", 700_054),
        (with("response_mode", "smoke"), "invalid_request", 70_007),
        (with("scope", ""), "invalid_request", 900_144),
        (with("scope", "Users.Reed"), "invalid_client", 650_053),
        (with("scope", "https://nowhere.example/read"), "invalid_resource", 500_011),
        (with("scope", "https://graph.microsoft.com/.default User.Read"), "invalid_scope", 70_011),
        (with("prompt", "perhaps"), "invalid_request", 90_023),
        (with("claims", "{"), "invalid_request", 9_002_313),
        (with("code_challenge", "short"), "invalid_request", 501_491),
    ];
    for (url, error, number) in cases {
        let page = world.browser().open(&url).await;
        page.tells(error, number);
        assert_eq!(page.parameter("state").as_deref(), Some("s1"));
        assert!(page.location().starts_with("http://localhost:1/"), "{}", page.location());
    }
}

#[tokio::test]
async fn a_page_without_a_challenge_is_refused() {
    let world = World::new().await;
    let app = App::new(&world, json!({"spa": {"redirectUris": ["http://localhost:3000/"]}}));
    let mut parameters = request(&app.client, "http://localhost:3000/");
    world.browser().open(&world.url_with(AUTHORIZE, &parameters)).await.tells("invalid_request", 9_002_325);
    parameters.extend([("code_challenge", CHALLENGE), ("code_challenge_method", "S256")]);
    assert!(world.browser().open(&world.url_with(AUTHORIZE, &parameters)).await.has("username"));
}

#[tokio::test]
async fn parameters_may_be_posted() {
    let world = World::new().await;
    let app = App::native(&world);
    let url = world.url_with(AUTHORIZE, &[]);
    let response =
        world.http.post(url).form(&request(&app.client, "http://localhost:1")).send().await.unwrap();
    assert!(response.text().await.unwrap().contains("Pick an account"));
}

#[tokio::test]
async fn nothing_from_the_request_becomes_markup() {
    let world = World::new().await;
    let attack = "<script>alert(1)</script>\"'";
    let page = world.browser().open(&world.url_with(AUTHORIZE, &request(attack, "http://localhost"))).await;
    page.shows(700_016);
    assert!(!page.html.contains("<script>alert"), "{}", page.html);
    let app = App::native(&world);
    app.set(&world, "displayName", json!(attack));
    let page =
        world.browser().open(&world.url_with(AUTHORIZE, &request(&app.client, "http://localhost:1"))).await;
    assert!(!page.html.contains("<script>alert"), "{}", page.html);
}
