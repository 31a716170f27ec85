//! Microsoft's own clients, with which a tenant without any registration begins.

use crate::support::{AZURE_CLI, CHALLENGE, GRAPH_CLI, Page, VERIFIER, World};

const EXCHANGE_REST: &str = "fb78d390-0c51-40cd-8e17-fdbfab77341b";

async fn sign_in(world: &World, client: &str, scope: &str, local: &str) -> Page {
    let parameters = [
        ("client_id", client),
        ("redirect_uri", "http://localhost:8400"),
        ("response_type", "code"),
        ("scope", scope),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let mut browser = world.browser();
    let page = browser.open(&world.url_with("organizations/oauth2/v2.0/authorize", &parameters)).await;
    browser.pick(&page, local).await
}

async fn claims(world: &World, client: &str, page: &Page, scope: &str) -> serde_json::Value {
    let code = page.code();
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", client),
        ("code", &code),
        ("code_verifier", VERIFIER),
        ("scope", scope),
    ];
    let tokens = world.token_at("organizations/oauth2/v2.0/token", &parameters).await.ok();
    world.claims(tokens.text("access_token")).await
}

#[tokio::test]
async fn azure_cli_is_preauthorised_and_asks_nothing() {
    let world = World::new().await;
    let scope = "https://graph.microsoft.com/.default openid profile offline_access";
    let page = sign_in(&world, AZURE_CLI, scope, "noor.haddad").await;
    let claims = claims(&world, AZURE_CLI, &page, scope).await;
    let scp = claims["scp"].as_str().unwrap();
    for name in [
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.AccessAsUser.All",
        "User.ReadWrite.All",
    ] {
        assert!(scp.split(' ').any(|own| own == name), "{scp}");
    }
    assert!(!scp.contains("Mail."), "{scp}");
}

#[tokio::test]
async fn what_it_was_not_given_it_cannot_ask_for() {
    let world = World::new().await;
    sign_in(&world, AZURE_CLI, "https://graph.microsoft.com/Mail.Read", "astrid.lindqvist")
        .await
        .tells("invalid_request", 65_002);
    sign_in(&world, EXCHANGE_REST, "https://graph.microsoft.com/.default", "astrid.lindqvist")
        .await
        .tells("invalid_request", 65_002);
    let scope = "https://outlook.office365.com/.default offline_access";
    let page = sign_in(&world, EXCHANGE_REST, scope, "ingrid.solberg").await;
    let claims = claims(&world, EXCHANGE_REST, &page, scope).await;
    assert!(claims["scp"].as_str().unwrap().contains("AdminApi.AccessAsUser.All"));
}

#[tokio::test]
async fn azure_resource_manager_is_there_for_command_line_tools() {
    let world = World::new().await;
    let scope = "https://management.core.windows.net//.default offline_access openid profile";
    let page = sign_in(&world, AZURE_CLI, scope, "astrid.lindqvist").await;
    let code = page.code();
    let parameters = [
        ("grant_type", "authorization_code"),
        ("client_id", AZURE_CLI),
        ("code", &code),
        ("code_verifier", VERIFIER),
        ("scope", scope),
    ];
    let tokens = world.token_at("organizations/oauth2/v2.0/token", &parameters).await.ok();
    assert!(tokens.text("scope").contains("https://management.core.windows.net//.default"));
    let tenants = world.graph("tenants?api-version=2022-12-01", tokens.text("access_token")).await;
    let body: serde_json::Value = tenants.json().await.unwrap();
    assert_eq!(body["value"][0]["tenantId"], world.tenant.tenant_id());
}

#[tokio::test]
async fn graph_command_line_tools_are_consented_to_like_any_application() {
    let world = World::new().await;
    let page =
        sign_in(&world, GRAPH_CLI, "Application.ReadWrite.All openid offline_access", "noor.haddad").await;
    page.shows(90_094);
    let page =
        sign_in(&world, GRAPH_CLI, "Application.ReadWrite.All openid offline_access", "astrid.lindqvist")
            .await;
    assert!(page.has("accept") && page.has("organization"));
}

#[tokio::test]
async fn the_number_is_not_the_name() {
    let world = World::new().await;
    for redirect in ["http://127.0.0.1:8400", "http://[::1]:8400", "http://localhost:8400/callback"] {
        let parameters = [
            ("client_id", AZURE_CLI),
            ("redirect_uri", redirect),
            ("response_type", "code"),
            ("scope", "openid"),
        ];
        world
            .browser()
            .open(&world.url_with("organizations/oauth2/v2.0/authorize", &parameters))
            .await
            .shows(50_011);
    }
}
