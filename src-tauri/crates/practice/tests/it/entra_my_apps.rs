//! My Apps: what a person allowed, and taking it back.

use crate::support::{App, Browser, Page, TokenAnswer, World, authorize, redeem, tokens_of, upn};

const SCOPE: (&str, &str) = ("scope", "openid profile offline_access User.Read Mail.Read");

async fn refresh(world: &World, app: &App, tokens: &TokenAnswer, scope: &str) -> TokenAnswer {
    let token = tokens.text("refresh_token");
    let mut form =
        vec![("grant_type", "refresh_token"), ("client_id", app.client.as_str()), ("refresh_token", token)];
    form.extend((!scope.is_empty()).then_some(("scope", scope)));
    world.token(&form).await
}

/// Signs in at the page by the account picker.
async fn open(browser: &mut Browser<'_>, world: &World, local: &str) -> Page {
    let picker = browser.open(&world.url("myapps")).await;
    assert!(picker.html.contains("My Apps"), "{}", picker.html);
    let sent = browser.pick(&picker, local).await;
    assert_eq!(sent.location(), "/myapps");
    browser.open(&world.url("myapps")).await
}

async fn revoke(browser: &mut Browser<'_>, world: &World, app: &App, local: &str) -> Page {
    browser.submit("myapps/revoke", &[("app", &app.client), ("person", &world.oid(local))]).await
}

#[tokio::test]
async fn what_was_allowed_is_taken_back_and_the_app_is_refused_from_then_on() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[SCOPE]).await;
    let mut browser = world.browser();
    let page = open(&mut browser, &world, "noor.haddad").await;
    assert!(
        page.html.contains(&upn("noor.haddad")) && page.has(&format!("yours-{}", app.client)),
        "{}",
        page.html
    );
    assert!(page.html.contains("Mail.Read") && page.has(&format!("revoke-{}", app.client)));
    let after = revoke(&mut browser, &world, &app, "noor.haddad").await;
    assert!(
        after.has("done") && after.has("none") && !after.has(&format!("app-{}", app.client)),
        "{}",
        after.html
    );
    // However little is asked for.
    for scope in ["", "Mail.Read", "openid offline_access"] {
        let refused = refresh(&world, &app, &tokens, scope).await;
        refused.refused(400, "invalid_grant", 65_001);
        assert_eq!(refused.text("suberror"), "consent_required");
    }
    // What was given out runs on until it ends.
    let access = tokens.text("access_token");
    assert_eq!(world.graph("v1.0/me/messages", access).await.status(), 200);
    world.wait(100 * 60);
    assert_eq!(world.graph("v1.0/me/messages", access).await.status(), 401);
    // Agreeing again mends it, for the old refresh token too.
    let again = world.browser().sign_in(&authorize(&world, &app, &[SCOPE]), "noor.haddad").await;
    redeem(&world, &app, &again.code()).await.ok();
    refresh(&world, &app, &tokens, "").await.ok();
}

#[tokio::test]
async fn nobody_elses_consent_is_touched_and_what_an_admin_allowed_stays() {
    let world = World::new().await;
    let app = App::native(&world);
    let noor = tokens_of(&world, &app, "noor.haddad", &[SCOPE]).await;
    let erik = tokens_of(&world, &app, "erik.johansson", &[SCOPE]).await;
    app.grant(&world, "User.Read", None);
    let mut browser = world.browser();
    let page = open(&mut browser, &world, "noor.haddad").await;
    assert!(page.has(&format!("admin-{}", app.client)), "{}", page.html);
    let after = revoke(&mut browser, &world, &app, "noor.haddad").await;
    assert!(after.has(&format!("admin-{}", app.client)) && !after.has(&format!("revoke-{}", app.client)));
    refresh(&world, &app, &noor, "Mail.Read").await.refused(400, "invalid_grant", 65_001);
    refresh(&world, &app, &noor, "User.Read").await.ok();
    refresh(&world, &app, &erik, "Mail.Read").await.ok();
}

#[tokio::test]
async fn only_who_is_signed_in_here_can_take_back() {
    let world = World::new().await;
    let app = App::native(&world);
    let tokens = tokens_of(&world, &app, "noor.haddad", &[SCOPE]).await;
    // Somebody else's browser, and a form on somebody else's page.
    let mut stranger = world.browser();
    open(&mut stranger, &world, "erik.johansson").await;
    revoke(&mut stranger, &world, &app, "noor.haddad").await;
    let mut browser = world.browser();
    open(&mut browser, &world, "noor.haddad").await;
    let fields = [("app", app.client.as_str())];
    browser.submit_from("https://evil.example", "myapps/revoke", &fields).await;
    refresh(&world, &app, &tokens, "").await.ok();
    // Another account in the same browser.
    let picker = browser.submit("myapps", &[("switch", "1")]).await;
    assert!(picker.has("username"), "{}", picker.html);
}
