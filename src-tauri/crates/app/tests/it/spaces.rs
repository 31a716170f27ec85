//! Practice and real organisations: two doors, and nothing passes between them.

use std::sync::Arc;

use contract::{ClientChoice, ErrorCode, RunState, RunView, SignInEvent, Space};
use serde_json::json;
use tokio::sync::Notify;

use crate::world::World;

#[tokio::test]
async fn nothing_of_one_space_is_seen_in_the_other() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let (connection, asked) = (world.connection().await, world.tenant.requests().len());

    let status = world.app.space_enter(Space::Practice).await.unwrap();
    assert_eq!(status.space, Some(Space::Practice));
    assert!(
        status.accounts.is_empty() && status.unfinished_runs.is_empty() && status.storage_problem.is_none()
    );
    assert!(world.app.connections().await.unwrap().is_empty());
    assert!(world.app.runs().await.unwrap().is_empty());
    assert!(world.app.organisation_clients().await.unwrap().is_empty());
    for refused in [
        world.app.connection(&connection).await.err().unwrap(),
        world.app.account_choose(&account.id).await.err().unwrap(),
        world.app.sign_out(&account.id).await.err().unwrap(),
    ] {
        assert_eq!(refused.code, ErrorCode::NoSuchThing);
    }
    assert_eq!(world.app.domains().await.unwrap_err().code, ErrorCode::SignInNeeded);
    assert_eq!(world.tenant.requests().len(), asked, "the real side heard nothing");

    let back = world.app.space_enter(Space::Real).await.unwrap();
    assert_eq!(back.accounts.len(), 1);
    assert_eq!(world.connection().await, connection);
}

/// A sign-in that waits ends when its space is left: what comes back later finds nobody.
#[tokio::test]
async fn leaving_ends_a_sign_in_that_waits() {
    let world = World::new().await;
    world.computer.person_is(None);
    let (id, mut events) = world.begin_sign_in(ClientChoice::Bootstrap).await.unwrap();
    assert_eq!(events.recv().await, Some(SignInEvent::BrowserOpened));
    world.app.space_enter(Space::Practice).await.unwrap();
    assert_eq!(events.recv().await, Some(SignInEvent::Cancelled));
    assert_eq!(world.app.sign_in_link(&id), None);
}

/// A run goes on while its space is left, and is found at work when it is entered again.
#[tokio::test]
async fn a_run_goes_on_behind_the_door() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let plan = world.plan(&account).await;
    world.goes_wrong(json!([
        { "method": "POST", "path": "/v1.0/applications/*/addPassword", "action": { "do": "delay", "ms": 3_000 } },
    ]));
    let begun = Arc::new(Notify::new());
    let observer = {
        let begun = Arc::clone(&begun);
        Arc::new(move |_: RunView| begun.notify_one())
    };
    let (app, id) = (world.app.clone(), plan.clone());
    let run = tokio::spawn(async move { app.run_start(&id, observer).await });
    begun.notified().await;
    assert_eq!(world.app.space_leave().await.unwrap().space, None);
    let status = world.app.space_enter(Space::Real).await.unwrap();
    assert!(status.unfinished_runs.is_empty(), "at work is not half done");
    assert_eq!(world.app.run(&plan).await.unwrap().summary.state, RunState::Running);
    let done = run.await.unwrap().unwrap();
    assert_eq!((done.summary.state, done.error), (RunState::Done, None));
    assert_eq!(world.app.connections().await.unwrap().len(), 1);
}

/// Two clicks on the same door are one.
#[tokio::test]
async fn two_clicks_open_one_door() {
    let world = World::before_any_door().await;
    let (one, other) =
        tokio::join!(world.app.space_enter(Space::Practice), world.app.space_enter(Space::Practice));
    assert_eq!(one.unwrap().practice, other.unwrap().practice);
}

/// Started with a wish for a space: whoever has been there is brought back, and walking through a door by hand works as well.
#[tokio::test]
async fn a_start_with_a_wish_leads_there() {
    let folder = tempfile::tempdir().unwrap();
    let wish = |folder: &std::path::Path| {
        app::App::new(app::AppOptions {
            host: Arc::new(crate::world::Bystander),
            data: folder.join("data"),
            config: folder.join("config"),
            downloads: folder.join("downloads"),
            version: "0.0.0".to_owned(),
            cloud_file: None,
            enter: Some(Space::Practice),
        })
    };
    let app = wish(folder.path());
    assert_eq!(app.app_status().await.unwrap().space, None, "the first time, Welcome is seen");
    app.space_enter(Space::Practice).await.unwrap();
    app.close();
    // The command line goes through the door without asking for the status first.
    let app = wish(folder.path());
    assert_eq!(app.space_enter(Space::Practice).await.unwrap().space, Some(Space::Practice));
    app.close();
    let app = wish(folder.path());
    assert_eq!(app.app_status().await.unwrap().space, Some(Space::Practice));
}
