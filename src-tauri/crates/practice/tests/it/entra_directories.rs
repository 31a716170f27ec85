//! Several directories on one authority: a second organisation, personal accounts, guests.

use practice::{Demand, Directory, Options};
use serde_json::{Value, json};

use crate::support::{App, CHALLENGE, Page, TokenAnswer, VERIFIER, World, parameters, upn};

const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
const KIM: &str = "kim.sundstrom@outlook-practice.example";
const AISHA: &str = "aisha.bello@harborfreight.example";
const SAM: &str = "sam.whitfield@harborfreight.example";
const ELEANOR: &str = "eleanor.marsh@harborfreight.example";
const SCOPE: &str = "openid profile offline_access User.Read";

fn freight(world: &World) -> Directory {
    world.tenant.directories().into_iter().nth(1).unwrap()
}

fn oid_of(world: &World, directory: &str, upn: &str) -> String {
    world.tenant.people_of(directory).into_iter().find(|person| person.upn == upn).unwrap().oid
}

/// A program for all account types, registered in the main organisation.
fn product(world: &World, audience: &str) -> App {
    App::without_enterprise(
        world,
        json!({"signInAudience": audience, "publicClient": {"redirectUris": ["http://localhost"]}}),
    )
}

fn address(world: &World, app: &App, authority: &str, scope: &str) -> String {
    let parameters = [
        ("client_id", app.client.as_str()),
        ("redirect_uri", "http://localhost:7777"),
        ("response_type", "code"),
        ("scope", scope),
        ("nonce", "n1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    world.url_with(&format!("{authority}/oauth2/v2.0/authorize"), &parameters)
}

/// Signs somebody in at an address by typing the name, and agrees if asked.
async fn sign_in(world: &World, app: &App, authority: &str, who: &str, scope: &str) -> Page {
    let mut browser = world.browser();
    let page = browser.open(&address(world, app, authority, scope)).await;
    if !page.has("username") {
        return page;
    }
    let page = browser.submit("common/login", &[("flow", &page.flow()), ("username", who)]).await;
    if page.has("accept") { browser.accept(&page).await } else { page }
}

async fn redeem(world: &World, app: &App, authority: &str, code: &str) -> TokenAnswer {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", app.client.as_str()),
        ("code", code),
        ("redirect_uri", "http://localhost:7777"),
        ("code_verifier", VERIFIER),
        ("client_info", "1"),
    ];
    world.token_at(&format!("{authority}/oauth2/v2.0/token"), &form).await
}

async fn tokens(world: &World, app: &App, authority: &str, who: &str, scope: &str) -> TokenAnswer {
    let page = sign_in(world, app, authority, who, scope).await;
    redeem(world, app, authority, &page.code()).await.ok()
}

async fn refresh(world: &World, app: &App, authority: &str, token: &str) -> TokenAnswer {
    let form =
        [("grant_type", "refresh_token"), ("client_id", app.client.as_str()), ("refresh_token", token)];
    world.token_at(&format!("{authority}/oauth2/v2.0/token"), &form).await
}

async fn graph(world: &World, path: &str, tokens: &TokenAnswer) -> (u16, Value) {
    let answer = world.graph(&format!("v1.0{path}"), tokens.text("access_token")).await;
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn the_account_decides_which_directory_is_meant() {
    let world = World::new().await;
    let app = product(&world, "AzureADandPersonalMicrosoftAccount");
    let freight = freight(&world);
    for (who, tenant) in [
        (upn("noor.haddad"), world.tenant.tenant_id().to_owned()),
        (AISHA.to_owned(), freight.id.clone()),
        (KIM.to_owned(), PERSONAL.to_owned()),
    ] {
        let tokens = tokens(&world, &app, "common", &who, SCOPE).await;
        let id = world.claims(tokens.text("id_token")).await;
        assert_eq!(id["tid"], tenant.as_str(), "{who}");
        assert_eq!(id["iss"], format!("{}{tenant}/v2.0", world.tenant.base_url()), "{who}");
        assert_eq!(id["preferred_username"], who.as_str());
        let (status, me) = graph(&world, "/me", &tokens).await;
        assert_eq!((status, &me["userPrincipalName"]), (200, &json!(who)));
        let renewed = refresh(&world, &app, "common", tokens.text("refresh_token")).await.ok();
        assert_eq!(graph(&world, "/me", &renewed).await.0, 200);
    }
    // Consent made an enterprise app where there was none, with its publisher's directory.
    let owner = world.tenant.tables_of(&freight.id, |tables| {
        let row = tables.service_principal_by_app_id(&app.client).unwrap();
        row.text("appOwnerOrganizationId").to_owned()
    });
    assert_eq!(owner.as_deref(), Some(world.tenant.tenant_id()));
    assert!(world.tenant.violations().is_empty(), "{:?}", world.tenant.violations());
}

#[tokio::test]
async fn the_picker_shows_all_that_fit() {
    let world = World::new().await;
    let app = product(&world, "AzureADandPersonalMicrosoftAccount");
    let freight = freight(&world).id;
    let shown = async |authority: &str| {
        let page = world.browser().open(&address(&world, &app, authority, SCOPE)).await;
        [upn("noor.haddad").as_str(), AISHA, KIM].map(|who| page.has(&format!("account-{who}")))
    };
    assert_eq!(shown("common").await, [true, true, true]);
    assert_eq!(shown("organizations").await, [true, true, false]);
    assert_eq!(shown("consumers").await, [false, false, true]);
    assert_eq!(shown(&freight).await, [false, true, false]);
    assert_eq!(shown("harborfreight.example").await, [false, true, false]);
    assert_eq!(shown("{tenant}").await, [true, false, false]);
    let mut browser = world.browser();
    let page = browser.open(&address(&world, &app, "organizations", SCOPE)).await;
    let page = browser.pick_tile(&page, AISHA, &oid_of(&world, &freight, AISHA)).await;
    assert!(page.has("accept") && page.html.contains("Harborfreight"), "{}", page.html);
}

#[tokio::test]
async fn who_may_not_use_an_app_is_told_why() {
    let world = World::new().await;
    let freight = freight(&world).id;
    let single = App::native(&world);
    let multi = product(&world, "AzureADMultipleOrgs");
    sign_in(&world, &single, "organizations", AISHA, SCOPE).await.shows(50_194);
    sign_in(&world, &single, &freight, AISHA, SCOPE).await.shows(700_016);
    sign_in(&world, &single, "{tenant}", AISHA, SCOPE).await.shows(50_020);
    let page = sign_in(&world, &single, "{tenant}", KIM, SCOPE).await;
    page.shows(50_020);
    assert!(page.html.contains("live.com"), "{}", page.html);
    sign_in(&world, &multi, "common", KIM, SCOPE).await.shows(500_200);
    sign_in(&world, &multi, "organizations", KIM, SCOPE).await.shows(500_200);
    sign_in(&world, &multi, "consumers", KIM, SCOPE).await.shows(700_016);
    tokens(&world, &multi, "organizations", AISHA, SCOPE).await;
}

#[tokio::test]
async fn a_guest_has_an_object_of_its_own() {
    let world = World::new().await;
    let app = product(&world, "AzureADMultipleOrgs");
    let freight = freight(&world).id;
    let home = tokens(&world, &app, "organizations", SAM, SCOPE).await;
    let away = tokens(&world, &app, "{tenant}", SAM, SCOPE).await;
    let [at_home, as_guest] =
        [world.claims(home.text("access_token")).await, world.claims(away.text("access_token")).await];
    assert_eq!((&at_home["tid"], &at_home["acct"]), (&json!(freight), &json!(0)));
    assert_eq!((&as_guest["tid"], &as_guest["acct"]), (&json!(world.tenant.tenant_id()), &json!(1)));
    assert_ne!(at_home["oid"], as_guest["oid"]);
    assert_eq!(as_guest["idp"], format!("https://sts.windows.net/{freight}/"));
    assert_eq!((&as_guest["unique_name"], as_guest.get("upn")), (&json!(SAM), None));
    let (_, me) = graph(&world, "/me?$select=userType", &away).await;
    assert_eq!(me["userType"], "Guest");
    // A refresh token belongs to a person and a client, not to a directory.
    let token = home.text("refresh_token");
    let elsewhere = refresh(&world, &app, "{tenant}", token).await.ok();
    assert_eq!(world.claims(elsewhere.text("access_token")).await["oid"], as_guest["oid"]);
    let stranger = tokens(&world, &app, "organizations", AISHA, SCOPE).await;
    refresh(&world, &app, "{tenant}", stranger.text("refresh_token")).await.refused(
        400,
        "invalid_grant",
        50_020,
    );
    // A code belongs to one.
    let code = sign_in(&world, &app, "organizations", AISHA, SCOPE).await.code();
    redeem(&world, &app, "{tenant}", &code).await.refused(400, "invalid_grant", 700_005);
}

#[tokio::test]
async fn a_personal_account_has_mail_and_no_directory() {
    let world = World::new().await;
    let app = product(&world, "AzureADandPersonalMicrosoftAccount");
    let scope =
        "openid profile email offline_access User.Read Mail.ReadWrite Mail.Send Calendars.Read Contacts.Read";
    let kim = tokens(&world, &app, "consumers", KIM, scope).await;
    let access = kim.text("access_token");
    assert!(!access.contains('.'), "nobody can look into it");
    let id = world.claims(kim.text("id_token")).await;
    let oid = id["oid"].as_str().unwrap();
    assert!(oid.starts_with("00000000-0000-0000-"), "{oid}");
    // Graph has the short form of the same number.
    let (_, me) = graph(&world, "/me", &kim).await;
    assert_eq!(me["id"], oid["00000000-0000-0000-".len()..].replace('-', ""));
    for path in ["/me/messages", "/me/contacts", "/me/calendars", "/me/mailFolders/inbox"] {
        assert_eq!(graph(&world, path, &kim).await.0, 200, "{path}");
    }
    for path in ["/organization", "/users", "/applications", "/me/memberOf"] {
        let (status, body) = graph(&world, path, &kim).await;
        assert_eq!((status, &body["error"]["code"]), (500, &json!("InternalServerError")), "{path}");
    }
    let sent = world
        .http
        .post(world.url("v1.0/applications"))
        .bearer_auth(access)
        .json(&json!({"displayName": "x"}));
    assert_eq!(sent.send().await.unwrap().status(), 405);
    // There is no administrator who could agree.
    sign_in(&world, &app, "consumers", KIM, "openid User.Read.All").await.tells("invalid_scope", 70_011);
    // What is taken back is refused in the words of personal accounts.
    let mut browser = world.browser();
    let picker = browser.open(&world.url("consent/Manage")).await;
    browser.submit("common/login", &[("flow", &picker.flow()), ("username", KIM)]).await;
    let page = browser.open(&world.url("consent/Manage")).await;
    assert!(page.has(&format!("revoke-{}", app.client)), "{}", page.html);
    assert!(browser.submit("myapps/revoke", &[("app", &app.client)]).await.has("done"));
    refresh(&world, &app, "consumers", kim.text("refresh_token")).await.refused(400, "invalid_grant", 70_000);
}

#[tokio::test]
async fn the_second_organisation_has_the_policy_that_microsoft_recommends() {
    let world = World::new().await;
    let app = product(&world, "AzureADMultipleOrgs");
    let page = sign_in(&world, &app, "organizations", AISHA, "openid Calendars.Read").await;
    page.shows(90_094);
    // Its own administrator agrees for everyone, by an address that names nobody.
    let link = [
        ("client_id", app.client.as_str()),
        ("scope", "https://graph.microsoft.com/Calendars.Read"),
        ("redirect_uri", "http://localhost:7777"),
    ];
    let mut browser = world.browser();
    let picker = browser.open(&world.url_with("organizations/v2.0/adminconsent", &link)).await;
    let page = browser.submit("common/login", &[("flow", &picker.flow()), ("username", ELEANOR)]).await;
    let back = browser.accept(&page).await;
    assert_eq!(back.parameter("tenant"), Some(freight(&world).id), "{:?}", parameters(back.location()));
    sign_in(&world, &app, "organizations", AISHA, "openid Calendars.Read").await.code();
    assert!(world.tenant.demand(AISHA, None, Demand::Blocked));
    sign_in(&world, &app, "organizations", AISHA, "openid Calendars.Read").await.shows(53_003);
}

#[tokio::test]
async fn anybody_can_sign_in_by_themselves_and_all_of_it_survives() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let options = |who: Option<&str>| Options {
        state: Some(file.clone()),
        sign_in_as: who.map(str::to_owned),
        ..Options::default()
    };
    let world = World::with(options(Some(KIM))).await;
    let client = world.tenant.tables(|tables| {
        let app =
            tables.applications.values().find(|row| row.text("displayName") == "Skylark Planner").unwrap();
        app.text("appId").to_owned()
    });
    let app = App { client, id: String::new(), enterprise: String::new() };
    let page = world
        .browser()
        .open(&address(&world, &app, "common", "openid offline_access User.Read Mail.Read"))
        .await;
    let kim = redeem(&world, &app, "common", &page.code()).await.ok();
    drop(world);
    let again = World::with(options(None)).await;
    assert_eq!(graph(&again, "/me/messages", &kim).await.0, 200);
    refresh(&again, &app, "common", kim.text("refresh_token")).await.ok();
    let granted = again.tenant.tables_of("consumers", |tables| tables.oauth2_permission_grants.len());
    assert_eq!(granted, Some(1));
}

#[tokio::test]
async fn switches_are_about_the_main_organisation_unless_told() {
    let world = World::new().await;
    let get = async |path: &str| -> Value {
        world.http.get(world.url(path)).send().await.unwrap().json().await.unwrap_or_default()
    };
    let all = get("_practice/directories").await;
    let domains: Vec<_> = all["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["domain"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(domains[..2], ["lindqvist-practice.example", "harborfreight.example"]);
    assert_eq!(
        get("_practice/people?tenant=harborfreight.example").await["value"].as_array().unwrap().len(),
        15
    );
    assert_eq!(get("_practice/people?tenant=consumers").await["value"].as_array().unwrap().len(), 2);
    let main = get("_practice/snapshot").await;
    assert!(main["organization"][world.tenant.tenant_id()].is_object());
    assert_eq!(world.http.get(world.url("_practice/people?tenant=nope")).send().await.unwrap().status(), 404);
}
