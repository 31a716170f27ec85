//! Runs as the window sees them: started once, told step by step, stopped on request.

use std::sync::{Arc, Mutex};

use contract::{ErrorCode, RunState, RunView};
use serde_json::json;
use tokio::sync::Notify;

use crate::world::World;

/// Making a secret takes a while.
fn slow() -> serde_json::Value {
    json!([{ "method": "POST", "path": "/v1.0/applications/*/addPassword", "action": { "do": "delay", "ms": 2_000 } }])
}

#[tokio::test]
async fn a_double_click_starts_one_run() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let plan = world.plan(&account).await;
    world.goes_wrong(slow());
    let begun = Arc::new(Notify::new());
    let observer = {
        let begun = Arc::clone(&begun);
        Arc::new(move |_: RunView| begun.notify_one())
    };
    let (app, id) = (world.app.clone(), plan.clone());
    let first = tokio::spawn(async move { app.run_start(&id, observer).await });
    begun.notified().await;
    let second = world.app.run_start(&plan, Arc::new(|_| {})).await.unwrap_err();
    assert!(matches!(second.code, ErrorCode::RunElsewhere | ErrorCode::NoSuchThing), "{second}");
    // The first is not disturbed: it can be looked at, and it ends well.
    assert_eq!(world.app.run(&plan).await.unwrap().summary.state, RunState::Running);
    let done = first.await.unwrap().unwrap();
    assert_eq!((done.summary.state, done.error), (RunState::Done, None));
    assert_eq!(world.app.connections().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_run_is_stopped_at_a_safe_point_and_goes_on_later() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let plan = world.plan(&account).await;
    world.goes_wrong(slow());
    let seen: Arc<Mutex<Vec<RunState>>> = Arc::default();
    let begun = Arc::new(Notify::new());
    let observer = {
        let (seen, begun) = (Arc::clone(&seen), Arc::clone(&begun));
        Arc::new(move |run: RunView| {
            seen.lock().unwrap().push(run.summary.state);
            begun.notify_one();
        })
    };
    let (app, id) = (world.app.clone(), plan.clone());
    let run = tokio::spawn(async move { app.run_start(&id, observer).await });
    begun.notified().await;
    assert!(world.app.stop_runs());
    let stopped = run.await.unwrap().unwrap();
    assert_eq!(stopped.summary.state, RunState::Interrupted);
    assert_eq!(stopped.error.unwrap().code, ErrorCode::Cancelled);
    assert_eq!(seen.lock().unwrap().last(), Some(&RunState::Interrupted), "the window is told the last word");
    assert!(!world.app.stop_runs(), "nothing is at work any more");
    assert_eq!(world.app.run_cancel(&plan).await.unwrap_err().code, ErrorCode::NoSuchThing);

    world.tenant.faults().clear();
    let done = world.app.run_resume(&plan, Arc::new(|_| {})).await.unwrap();
    assert_eq!(done.summary.state, RunState::Done);
}

/// Another Gatehouse works on the organisation: this plan was not begun, and can be started when the other is done.
#[tokio::test]
async fn a_plan_that_could_not_begin_stands() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let plan = world.plan(&account).await;
    let journal = provision::Journal::open(&world.space(), app::Host::now(world.computer.as_ref())).unwrap();
    let lease = journal
        .lease(world.tenant.tenant_id(), "something else", app::Host::now(world.computer.as_ref()))
        .await
        .unwrap();
    let refused = world.app.run_start(&plan, Arc::new(|_| {})).await.unwrap();
    assert_eq!(refused.error.unwrap().code, ErrorCode::RunElsewhere);
    assert!(world.app.connections().await.unwrap().is_empty());
    drop(lease);
    let done = world.app.run_start(&plan, Arc::new(|_| {})).await.unwrap();
    assert_eq!((done.summary.state, done.error), (RunState::Done, None));
    assert_eq!(world.app.connections().await.unwrap().len(), 1);
}
