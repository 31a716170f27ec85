//! The state file: a tenant that is stopped, or killed, goes on where it was.

use practice::{Options, PracticeTenant, StartError, StateError};
use serde_json::json;

use crate::support::{App, World, authorize, redeem};

fn options(path: &std::path::Path) -> Options {
    Options { applications: 3, state: Some(path.to_owned()), ..Options::default() }
}

#[tokio::test]
async fn registrations_tokens_and_clock_survive() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let world = World::with(options(&file)).await;
    let app = App::native(&world);
    world.wait(3_600);
    let page = world.browser().sign_in(&authorize(&world, &app, &[]), "noor.haddad").await;
    let tokens = redeem(&world, &app, &page.code()).await.ok();
    let (id, now) = (world.tenant.tenant_id().to_owned(), world.tenant.clock().now());
    // No orderly stop: what was answered is on disk already.
    std::mem::forget(world);

    let again = World::with(options(&file)).await;
    assert_eq!(again.tenant.tenant_id(), id);
    assert!(again.tenant.clock().now() >= now);
    assert_eq!(
        again.graph("v1.0/me", tokens.text("access_token")).await.status(),
        200,
        "signed with the same key"
    );
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", app.client.as_str()),
        ("refresh_token", tokens.text("refresh_token")),
    ];
    again.token(&refresh).await.ok();
    let roles = again.tenant.tables(|tables| {
        let graph = tables.service_principal_by_app_id("00000003-0000-0000-c000-000000000000").unwrap();
        graph.body["appRoles"].as_array().unwrap().len()
    });
    assert!(roles > 700, "the lists left out of the file are back");
}

#[tokio::test]
async fn mailboxes_and_what_exchange_decided_survive_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let world = World::with(options(&file)).await;
    let app = App::native(&world);
    let page = world
        .browser()
        .sign_in(&authorize(&world, &app, &[("scope", "openid Mail.ReadWrite")]), "noor.haddad")
        .await;
    let token = redeem(&world, &app, &page.code()).await.ok();
    let (before, messages) = (world.tenant.snapshot(), world.url("v1.0/me/messages"));
    let draft = json!({ "subject": "Kept" });
    let sent =
        world.http.post(messages).bearer_auth(token.text("access_token")).json(&draft).send().await.unwrap();
    assert_eq!(sent.status(), 201);
    let after = world.tenant.snapshot();
    assert_eq!(practice::differences(&before, &after).len(), 1, "one list of messages");
    std::mem::forget(world);
    let again = World::with(options(&file)).await;
    assert_eq!(practice::differences(&after, &again.tenant.snapshot()), []);

    // Files of before have the mailboxes among the tables.
    again.tenant.stop().await;
    let mut state: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let mailboxes = state.as_object_mut().unwrap().remove("mailboxes").unwrap();
    state["tables"]["mailboxes"] = mailboxes;
    for newer in ["exchange", "pending_mailboxes", "disconnected_mailboxes"] {
        state["tables"].as_object_mut().unwrap().remove(newer);
    }
    std::fs::write(&file, state.to_string()).unwrap();
    let old = World::with(options(&file)).await;
    let left: Vec<String> =
        practice::differences(&after, &old.tenant.snapshot()).into_iter().map(|one| one.path).collect();
    assert!(left.iter().all(|path| path.starts_with("/exchange/")), "{left:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn only_this_user_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let world = World::with(options(&file)).await;
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    world.tenant.stop().await;
}

#[tokio::test]
async fn the_file_holds_no_usable_token() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    let world = World::with(options(&file)).await;
    let app = App::native(&world);
    let page = world.browser().sign_in(&authorize(&world, &app, &[]), "noor.haddad").await;
    let tokens = redeem(&world, &app, &page.code()).await.ok();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains(tokens.text("refresh_token")));
}

#[tokio::test]
async fn a_damaged_or_foreign_file_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tenant.json");
    std::fs::write(&file, "{ not json").unwrap();
    let refused = PracticeTenant::start(options(&file)).await;
    assert!(matches!(refused, Err(StartError::State(StateError::Damaged(_)))));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "{ not json");
    let world = World::with(Options { applications: 0, ..Options::default() }).await;
    world.tenant.stop().await;
    std::fs::write(&file, json!({"format": 99}).to_string()).unwrap();
    assert!(PracticeTenant::start(options(&file)).await.is_err());
}
