//! Who may agree to what, how it is written down, and what those see who may not.

use serde_json::json;

use crate::support::{App, World, authorize, redeem, required, upn};

#[tokio::test]
async fn a_person_agrees_for_oneself() {
    let world = World::new().await;
    let app = App::native(&world);
    let oid = world.oid("noor.haddad");
    world.browser().sign_in(&authorize(&world, &app, &[]), "noor.haddad").await.code();
    assert_eq!(app.granted(&world, Some(&oid)).unwrap(), "User.Read openid profile offline_access");
    assert_eq!(app.granted(&world, None), None);
    // The next person is asked again; the same person for more only.
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &[])).await;
    assert!(browser.pick(&page, "erik.johansson").await.has("accept"));
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &[("scope", "User.Read Calendars.Read")])).await;
    let page = browser.pick(&page, "noor.haddad").await;
    assert!(
        page.html.contains("<code>Calendars.Read</code>") && !page.html.contains("<code>User.Read</code>")
    );
    browser.accept(&page).await.code();
    assert!(app.granted(&world, Some(&oid)).unwrap().ends_with(" Calendars.Read"));
}

#[tokio::test]
async fn an_admin_may_agree_for_everyone() {
    let world = World::new().await;
    let app = App::native(&world);
    let scope = [("scope", "openid offline_access User.Read.All")];
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &scope)).await;
    let page = browser.pick(&page, "chiara.bianchi").await;
    assert!(page.has("organization"));
    let fields = [("flow", page.flow()), ("decision", "accept".into()), ("organization", "1".into())];
    let fields: Vec<_> =
        fields.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
    browser.submit("common/consent", &fields).await.code();
    assert!(app.granted(&world, None).unwrap().contains("User.Read.All"));
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &scope)).await;
    browser.pick(&page, "noor.haddad").await.code();
}

#[tokio::test]
async fn an_ordinary_person_needs_an_admin_for_some_permissions() {
    let world = World::new().await;
    let app = App::native(&world);
    let url = authorize(&world, &app, &[("scope", "openid User.Read.All")]);
    let mut browser = world.browser();
    let page = browser.open(&url).await;
    let page = browser.pick(&page, "noor.haddad").await;
    page.shows(90_094);
    assert!(page.html.contains("Need admin approval") && page.has("other-account") && !page.has("accept"));
    // Pressing Accept on a page that was changed by hand does not help.
    let fields = [("flow", page.flow()), ("decision", "accept".to_owned())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.submit("common/consent", &fields).await.tells_left();
    assert_eq!(app.granted(&world, Some(&world.oid("noor.haddad"))), None);

    let mut browser = world.browser();
    let page = browser.open(&url).await;
    let page = browser.pick(&page, "noor.haddad").await;
    // "Return to the application without granting consent": the app cannot tell it from any other way of leaving.
    browser.cancel(&page).await.tells_left();
    // "Have an admin account?" leads back to the picker.
    let mut browser = world.browser();
    let page = browser.open(&url).await;
    let page = browser.pick(&page, "noor.haddad").await;
    let again = browser.submit("common/login", &[("flow", &page.flow()), ("again", "1")]).await;
    assert!(browser.pick(&again, "astrid.lindqvist").await.has("accept"));
}

#[tokio::test]
async fn the_policy_decides_whether_people_may_agree_at_all() {
    let world = World::new().await;
    let app = App::native(&world);
    let policy = |assigned: serde_json::Value| {
        world.tenant.tables(|tables| {
            tables.policies["authorizationPolicy"].body["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] = assigned;
        });
    };
    let asked = async |scope: &str| {
        let mut browser = world.browser();
        let page = browser.open(&authorize(&world, &app, &[("scope", scope)])).await;
        browser.pick(&page, "noor.haddad").await.has("accept")
    };
    policy(json!([]));
    assert!(!asked("User.Read").await);
    policy(json!(["ManagePermissionGrantsForSelf.microsoft-user-default-low"]));
    assert!(asked("User.Read").await);
    assert!(!asked("Mail.Read").await);
    policy(json!(["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"]));
    assert!(asked("Mail.Read").await);
    // What Microsoft recommends, the default of new organisations: no mail and no calendars, but sending and contacts to read.
    world.tenant.set_self_consent(practice::SelfConsent::Recommended);
    for (scope, allowed) in [
        ("User.Read", true),
        ("Mail.Send Contacts.Read offline_access", true),
        ("Mail.Read", false),
        ("User.Read Calendars.ReadWrite", false),
        ("Contacts.ReadWrite", false),
        ("User.Read.All", false),
        ("https://outlook.office365.com/EWS.AccessAsUser.All", false),
    ] {
        assert_eq!(asked(scope).await, allowed, "{scope}");
    }
    let declined = world.http.post(world.url("_practice/policies")).json(&json!({"self_consent": "nothing"}));
    assert_eq!(declined.send().await.unwrap().status(), 200);
    assert!(!asked("User.Read").await);
}

#[tokio::test]
async fn the_first_consent_creates_the_enterprise_app() {
    let world = World::new().await;
    let app =
        App::without_enterprise(&world, json!({"publicClient": {"redirectUris": ["http://localhost"]}}));
    world.browser().sign_in(&authorize(&world, &app, &[]), "noor.haddad").await.code();
    let created = world.tenant.tables(|tables| tables.service_principal_by_app_id(&app.client).is_some());
    assert!(created);
}

#[tokio::test]
async fn silence_is_no_consent() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    browser.sign_in(&authorize(&world, &app, &[]), "noor.haddad").await.code();
    let more = [("prompt", "none"), ("scope", "Calendars.Read")];
    browser.open(&authorize(&world, &app, &more)).await.tells("interaction_required", 65_001);
    let again = browser.open(&authorize(&world, &app, &[("prompt", "consent")])).await;
    assert!(again.has("accept"));
}

#[tokio::test]
async fn default_asks_for_what_is_registered_and_then_no_more() {
    let world = World::new().await;
    let app = App::native(&world);
    let scope = [("scope", "https://graph.microsoft.com/.default openid offline_access")];
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &scope)).await;
    browser.pick(&page, "noor.haddad").await.tells("invalid_client", 650_056);
    app.set(&world, "requiredResourceAccess", required(&world, &["User.Read", "Calendars.Read"], &[]));
    let page = world.browser().sign_in(&authorize(&world, &app, &scope), "noor.haddad").await;
    let tokens = redeem(&world, &app, &page.code()).await.ok();
    let scope = tokens.text("scope");
    for name in ["Calendars.Read", "User.Read", ".default"] {
        assert!(scope.contains(&format!("https://graph.microsoft.com/{name}")), "{scope}");
    }
    assert_eq!(world.claims(tokens.text("access_token")).await["aud"], "https://graph.microsoft.com");
}

#[tokio::test]
async fn the_page_says_who_is_signed_in_and_who_publishes() {
    let world = World::new().await;
    let app = App::native(&world);
    let mut browser = world.browser();
    let page = browser.open(&authorize(&world, &app, &[])).await;
    let page = browser.pick(&page, "noor.haddad").await;
    assert!(page.html.contains(&upn("noor.haddad")) && page.html.contains("Test app"));
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(!policy.contains("form-action"), "it would block the way back: {policy}");
}
