//! What the journal knows is not lost with what is remembered beside it.

use std::sync::{Arc, Mutex};

use contract::{ConnectionState, RunView, StepState};

use crate::world::World;

/// The process ends after the journal's last word, before the set-up is remembered: the next start catches up.
#[tokio::test]
async fn a_finished_run_is_taken_in_at_the_next_start() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    let (file, copy) = (world.space().join("gatehouse.db"), world.space().join("copy.db"));
    let plan = world.plan(&account).await;
    let copied = Arc::new(Mutex::new(false));
    let observer = {
        let (file, copy, copied) = (file.clone(), copy.clone(), Arc::clone(&copied));
        Arc::new(move |run: RunView| {
            let mut copied = copied.lock().unwrap();
            if !*copied && run.steps.iter().any(|step| matches!(step.state, StepState::Done)) {
                // What is remembered as of now, in the middle of the run.
                let database = rusqlite::Connection::open(&file).unwrap();
                database.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
                *copied = true;
            }
        })
    };
    let run = world.app.run_start(&plan, observer).await.unwrap();
    let connection = world.connection().await;
    let before = world.app.connection(&connection).await.unwrap();

    world.app.close();
    put_back(&copy, &file);
    world.starts_again().await;
    assert_eq!(world.connection().await, connection);
    let after = world.app.connection(&connection).await.unwrap();
    assert_eq!(after.summary.state, ConnectionState::Works);
    let ids = |view: &contract::ConnectionView| {
        view.registrations.iter().map(|one| (one.app_id.clone(), one.secret.clone())).collect::<Vec<_>>()
    };
    assert_eq!(ids(&after), ids(&before));
    assert_eq!(after.hand_over, before.hand_over);

    // The other way round: undone, but remembered from before.
    std::fs::remove_file(&copy).unwrap();
    rusqlite::Connection::open(&file).unwrap().execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    world.app.run_undo(&run.summary.id, Arc::new(|_| {})).await.unwrap();
    assert!(world.app.connections().await.unwrap().is_empty());
    world.app.close();
    put_back(&copy, &file);
    world.starts_again().await;
    assert!(world.app.connections().await.unwrap().is_empty(), "what was undone does not come back");
}

fn put_back(copy: &std::path::Path, file: &std::path::Path) {
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
    }
    std::fs::copy(copy, file).unwrap();
}

/// Answers of a wizard are there after a start, and go when they are thrown away or used.
#[tokio::test]
async fn a_wizard_that_was_left_is_there_again() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    let draft = world.answers(&account).await;
    world.starts_again().await;
    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.drafts, std::slice::from_ref(&draft));
    assert_eq!(world.app.draft_check(&draft.id).await.unwrap(), []);
    world.app.draft_discard(&draft.id).await.unwrap();
    assert!(world.app.app_status().await.unwrap().drafts.is_empty());

    world.set_up(&account).await;
    assert!(
        world.app.app_status().await.unwrap().drafts.is_empty(),
        "answers that were used are no half-filled wizard"
    );
}
