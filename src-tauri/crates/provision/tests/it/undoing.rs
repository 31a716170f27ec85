//! Undo: the organisation is what it was, and nothing else was touched.

use practice::{Action, Fault};
use provision::{Finish, History, RunEnd, StepState, Stop};
use tokio_util::sync::CancellationToken;

use crate::setups::{Left, assert_every_secret_is_kept, assert_same, calendar, left, picture, totalview};
use crate::world::{ADMIN, World};

#[tokio::test]
async fn undoing_a_whole_set_up_leaves_the_organisation_as_it_was() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let plan = world.plan(&totalview()).await;
    assert!(!plan.cannot_undo().is_empty(), "what cannot be undone is said before");
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_ne!(picture(&world.tenant), before);
    let preview = world.worker().await.undo_preview(&run).await.unwrap();
    assert_eq!(preview.happens.len(), 2, "{preview:?}");
    let undone = world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert!(undone.remains.iter().any(|one| one.contains("recycle bin")), "{undone:?}");
    assert!(undone.remains.iter().any(|one| one.contains("test message")), "{undone:?}");
    assert_same(&picture(&world.tenant), &before);
    assert_every_secret_is_kept(&world, &Left::default()).await;
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert_eq!(history.record.end, Some(RunEnd::Undone));
    assert!(!history.can_undo && !history.can_resume);
    let writing = history.steps.iter().filter(|(id, _)| history.plan.step(id).unwrap().writes());
    assert!(
        writing.clone().count() > 0 && writing.clone().all(|(_, state)| *state == StepState::Undone),
        "{:?}",
        history.steps
    );
}

#[tokio::test]
async fn an_undo_that_is_cut_short_can_be_called_again() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    for path in ["/v1.0/applications/*", "/v1.0/applications/*/removePassword"] {
        let method = if path.ends_with("Password") { "POST" } else { "DELETE" };
        let refuse = Action::Status { status: 400, body: None, headers: Default::default(), commit: false };
        world.tenant.practice().faults().arm(Fault::on(method, path, refuse).once());
        let stopped = world.worker().await.undo(&run, CancellationToken::new()).await;
        assert!(matches!(stopped, Err(Stop::Graph(_))), "{stopped:?}");
        let history = History::of(&world.journal(), &run).await.unwrap();
        assert!(history.can_undo && !history.can_resume);
    }
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
    // And once more: there is nothing left to do.
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
}

#[tokio::test]
async fn only_what_this_run_made_is_deleted_never_by_name() {
    let world = World::new(ADMIN);
    let first = world.plan(&calendar()).await;
    let kept = first.run.clone();
    world.worker().await.execute(first, CancellationToken::new()).await.unwrap();
    let second = world.plan_reusing(&calendar(), &provision::Reuse::Nothing).await;
    let run = second.run.clone();
    world.worker().await.execute(second, CancellationToken::new()).await.unwrap();
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(left(&world.tenant, &run), Left::default());
    assert_eq!(left(&world.tenant, &kept).applications.len(), 1, "the same name, another run");
}

#[tokio::test]
async fn a_registration_that_is_not_ours_any_more_is_not_deleted() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done);
    let id = finished.made[0].id.to_string();
    world.tenant.practice().tables(|tables| {
        let app = tables.applications.get_mut(&id).unwrap();
        app.body.insert("uniqueName".into(), serde_json::json!("something-else"));
    });
    let refused = world.worker().await.undo(&run, CancellationToken::new()).await;
    assert!(matches!(refused, Err(Stop::Drift { .. })), "{refused:?}");
    assert!(world.tenant.practice().tables(|tables| tables.applications[&id].deleted.is_none()));
}
