//! Microsoft asks for a pause in the middle of a reading: reminders come all the same, from what is known.

use std::sync::Arc;

use contract::SyncState;
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;

use super::six_days_before_the_end;
use crate::world::World;

#[tokio::test]
async fn throttled_for_an_hour_in_the_middle_of_a_reading_reminders_come_all_the_same() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    six_days_before_the_end(&world).await;
    let hour = json!({ "do": "throttle", "retry_after": 3600 });
    world.goes_wrong(json!([{ "method": "GET", "path": "/v1.0/**", "nth": [3], "action": hour }]));

    let (sender, mut states) = unbounded_channel();
    let app = world.app.clone();
    let observer = Arc::new(move |state| drop(sender.send(state)));
    let reading = tokio::spawn(async move { app.inventory_sync(observer).await });
    let until = loop {
        match states.recv().await.expect("nothing is said of the pause") {
            SyncState::Held { why, until, .. } => {
                assert!(why.ends_with('.'), "{why}");
                break until.0;
            }
            SyncState::Stale { error, .. } => panic!("given up: {error:?}"),
            _ => {}
        }
    };
    let pause = until.duration_since(app::Host::now(world.computer.as_ref()));
    assert!((55..=65).contains(&pause.as_mins()), "{pause:?}");
    let went = world.app.remind().await.unwrap();
    // What the reading has found so far is reminded of too.
    assert!(went.carried >= 1 && went.failed == 0, "a reading that waits holds up no reminder");
    assert!(!world.computer.notifications.lock().unwrap().is_empty());
    reading.abort();
}
