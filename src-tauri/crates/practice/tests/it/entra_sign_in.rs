//! A person signs in: picker, session, hints, ways back.

use serde_json::json;

use crate::support::{App, Page, World, authorize as url, redeem, upn};

#[tokio::test]
async fn from_the_picker_to_tokens() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let page = browser.open(&url(&world, &app, &[])).await;
    let page = browser.pick(&page, "noor.haddad").await;
    assert!(page.has("accept") && page.has("cancel") && !page.has("organization"), "{}", page.html);
    let back = browser.accept(&page).await;
    assert!(back.location().starts_with("http://localhost:7777/?code="), "{}", back.location());
    assert_eq!(back.parameter("state").as_deref(), Some("s&1"));

    let tokens = redeem(&world, &app, &back.code()).await.ok();
    let id = world.claims(tokens.text("id_token")).await;
    let oid = world.oid("noor.haddad");
    assert_eq!((&id["nonce"], &id["aud"], &id["oid"]), (&json!("n1"), &json!(app.client), &json!(oid)));
    assert_eq!(id["iss"], world.url(&format!("{}/v2.0", world.tenant.tenant_id())));
    assert_eq!(id["preferred_username"], upn("noor.haddad"));
    let access = world.claims(tokens.text("access_token")).await;
    assert_eq!(access["appid"], app.client.as_str());
    assert_eq!(access["scp"], "User.Read openid profile");
    assert_eq!(access["ver"], "1.0");
    assert_eq!(access["idtyp"], "user");
    assert!(access["wids"].as_array().unwrap().contains(&json!("b79fbf4d-3ef9-4689-8143-76b194e85509")));
    let life = tokens.body["expires_in"].as_i64().unwrap();
    assert!((3_600..5_400).contains(&life), "{life}");
    assert_eq!(tokens.text("scope"), "openid profile User.Read");
    let info = tokens.text("client_info");
    let info = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, info).unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&info).unwrap()["uid"], oid);
    assert_eq!(world.graph("v1.0/me", tokens.text("access_token")).await.status(), 200);
}

#[tokio::test]
async fn the_session_signs_in_without_asking_again() {
    let world = World::new().await;
    let app = App::native(&world);
    app.grant(&world, "User.Read", None);
    let mut browser = world.browser();
    browser.sign_in(&url(&world, &app, &[]), "noor.haddad").await.code();
    browser.open(&url(&world, &app, &[])).await.code();
    browser.open(&url(&world, &app, &[("prompt", "none")])).await.code();
    assert!(browser.open(&url(&world, &app, &[("prompt", "select_account")])).await.has("username"));
    assert!(browser.open(&url(&world, &app, &[("prompt", "login")])).await.has("username"));
    // Another browser knows nobody.
    world.browser().open(&url(&world, &app, &[("prompt", "none")])).await.tells("login_required", 50_058);
}

#[tokio::test]
async fn two_people_in_one_browser_are_told_apart_by_the_hint() {
    let world = World::new().await;
    let app = App::native(&world);
    app.grant(&world, "User.Read", None);
    let mut browser = world.browser();
    browser.sign_in(&url(&world, &app, &[("prompt", "select_account")]), "noor.haddad").await;
    browser.sign_in(&url(&world, &app, &[("prompt", "select_account")]), "erik.johansson").await;
    browser.open(&url(&world, &app, &[("prompt", "none")])).await.tells("interaction_required", 16_000);
    let hint = upn("noor.haddad");
    let back = browser.open(&url(&world, &app, &[("prompt", "none"), ("login_hint", &hint)])).await;
    let tokens = redeem(&world, &app, &back.code()).await.ok();
    assert_eq!(world.claims(tokens.text("access_token")).await["upn"], hint);
}

#[tokio::test]
async fn a_hint_puts_its_person_first_and_in_the_field() {
    let world = World::new().await;
    let app = App::native(&world);
    let hint = upn("lena.fischer");
    let page = world.browser().open(&url(&world, &app, &[("login_hint", &hint)])).await;
    let first = page.html.split("id=\"account-").nth(1).unwrap();
    assert!(first.starts_with(&hint));
    assert_eq!(page.hidden("username"), Some(hint));
}

#[tokio::test]
async fn form_post_carries_the_same_parameters() {
    let world = World::new().await;
    let app = App::native(&world);
    let page =
        world.browser().sign_in(&url(&world, &app, &[("response_mode", "form_post")]), "noor.haddad").await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains(r#"<form method="post" action="http://localhost:7777""#), "{}", page.html);
    assert_eq!(page.hidden("state").as_deref(), Some("s&1"));
    redeem(&world, &app, &page.hidden("code").unwrap()).await.ok();
    let fragment =
        world.browser().sign_in(&url(&world, &app, &[("response_mode", "fragment")]), "noor.haddad").await;
    assert!(fragment.location().starts_with("http://localhost:7777/#code="), "{}", fragment.location());
}

#[tokio::test]
async fn hybrid_and_implicit_need_a_switch_in_the_registration() {
    let world = World::new().await;
    let app = App::web(&world);
    app.grant(&world, "User.Read", None);
    let more = [
        ("response_type", "code id_token"),
        ("response_mode", "form_post"),
        ("redirect_uri", "https://app.example/cb"),
    ];
    let refused: Page = world.browser().open(&url(&world, &app, &more)).await;
    assert_eq!(refused.hidden("error").as_deref(), Some("unsupported_response_type"));
    let web = json!({"redirectUris": ["https://app.example/cb"], "implicitGrantSettings": {"enableIdTokenIssuance": true}});
    app.set(&world, "web", web);
    let page = world.browser().sign_in(&url(&world, &app, &more), "noor.haddad").await;
    let claims = world.claims(&page.hidden("id_token").unwrap()).await;
    assert_eq!(claims["nonce"], "n1");
    assert!(claims["c_hash"].is_string() && page.hidden("code").is_some());
}

#[tokio::test]
async fn people_who_cannot_sign_in_are_told_why() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let page = browser.open(&url(&world, &app, &[])).await;
    let disabled = browser.pick(&page, "pavel.novak").await;
    disabled.shows(50_057);
    let typed = browser
        .submit("common/login", &[("flow", &page.flow()), ("username", "nobody@elsewhere.example")])
        .await;
    typed.shows(50_034);
    // The page still works: the next person may sign in.
    assert!(browser.pick(&typed, "noor.haddad").await.has("accept"));
}

#[tokio::test]
async fn a_guest_is_a_guest_at_this_organisations_address_only() {
    let world = World::new().await;
    let app = App::native(&world);
    app.set(&world, "signInAudience", json!("AzureADMultipleOrgs"));
    let guest = world.tenant.people().into_iter().find(|person| person.role == "Guest").unwrap();
    let mut browser = world.browser();
    let own = url(&world, &app, &[]);
    let common = own.replace(world.tenant.tenant_id(), "common");
    let page = browser.open(&common).await;
    let fields = [("flow", page.flow()), ("account", guest.oid.clone())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let at_home = browser.submit("common/login", &fields).await;
    assert!(at_home.html.contains("Harborfreight"), "{}", at_home.html);
    // Somebody whose home is behind no address of ours is refused there.
    world.tenant.tables(|tables| tables.users[&guest.oid].body.remove("_homeAccount"));
    let mut browser = world.browser();
    let page = browser.open(&common).await;
    browser.submit("common/login", &[("flow", &page.flow()), ("account", &guest.oid)]).await.shows(50_020);
    let page = world.browser().open(&own).await;
    assert!(
        browser
            .submit("common/login", &[("flow", &page.flow()), ("account", &guest.oid)])
            .await
            .has("accept")
    );
}

#[tokio::test]
async fn assignment_can_be_required() {
    let world = World::new().await;
    let app = App::native(&world);
    app.set_enterprise(&world, "appRoleAssignmentRequired", json!(true));
    let mut browser = world.browser();
    let page = browser.open(&url(&world, &app, &[])).await;
    browser.pick(&page, "noor.haddad").await.shows(50_105);
}

#[tokio::test]
async fn cancel_goes_back_with_access_denied() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let page = browser.open(&url(&world, &app, &[])).await;
    browser.submit("common/login", &[("flow", &page.flow()), ("cancel", "1")]).await.tells_left();
}

#[tokio::test]
async fn a_form_of_another_site_or_an_old_page_does_nothing() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let page = browser.open(&url(&world, &app, &[])).await;
    let oid = world.oid("astrid.lindqvist");
    let fields = [("flow", page.flow()), ("account", oid.clone())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.submit_from("https://evil.example", "common/login", &fields).await.shows(90_013);
    browser.submit("common/login", &[("flow", "made up"), ("account", &oid)]).await.shows(90_013);
    // Agreeing needs the browser in which the person signed in.
    let consent = browser.pick(&page, "astrid.lindqvist").await;
    let fields = [("flow", consent.flow()), ("decision", "accept".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.browser().submit("common/consent", &fields).await.shows(90_013);
}

#[tokio::test]
async fn signing_out_forgets_the_browser() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    browser.sign_in(&url(&world, &app, &[]), "noor.haddad").await;
    let out = browser
        .open(&world.url("common/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.example/"))
        .await;
    assert!(out.has("done"), "an address that nobody registered is not followed");
    browser.open(&url(&world, &app, &[("prompt", "none")])).await.tells("login_required", 50_058);
    let known = browser
        .open(&world.url("common/oauth2/v2.0/logout?post_logout_redirect_uri=http://localhost:1&state=x"))
        .await;
    assert_eq!(known.location(), "http://localhost:1/?state=x");
}
