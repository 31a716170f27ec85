//! What a network and a busy service do to a rotation.

use graph::{KeyId, certificates};
use jiff::SignedDuration;
use practice::{Action, Fault, Lag};
use provision::{Finish, Hold, NewCredential, Stop};
use tokio_util::sync::CancellationToken;

use super::{
    App, CERTIFICATE, SECRET, app, certificate_works, done, held, kept_certificate, kept_records, kept_value,
    new_key, removal, renewal, renewed, works,
};
use crate::world::{ADMIN, World};

const ADD: &str = "/v1.0/applications/*/addPassword";
const REMOVE: &str = "/v1.0/applications/*/removePassword";
const CHANGE: &str = "/v1.0/applications/*";

fn status(status: u16, commit: bool) -> Action {
    Action::Status { status, body: None, headers: Default::default(), commit }
}

/// Every way in which an answer can be lost, before and after it took effect.
fn lost_answers() -> Vec<Action> {
    vec![
        Action::Drop { commit: true },
        Action::Drop { commit: false },
        Action::Reset { commit: true },
        Action::Reset { commit: false },
        Action::Truncate,
        Action::Garbage,
        Action::Empty,
    ]
}

/// Every way in which a request is refused for a moment, although some of them took effect.
fn refusals() -> Vec<Action> {
    vec![
        status(504, true),
        status(503, false),
        status(500, true),
        status(409, false),
        Action::Throttle { retry_after: Some(9) },
        Action::Throttle { retry_after: None },
    ]
}

/// Renews once for each bad answer to this request. All in one organisation: what the earlier cases left
/// has to stay as well.
async fn one_more_each_time(answers: Vec<Action>, kind: &NewCredential, method: &str, path: &str) {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    // Made on another computer.
    renewed(&World::on(world.tenant.clone(), ADMIN), &app, &[], kind).await;
    for action in answers {
        let (before, kept) = (held(&world.tenant, &app), kept_records(&world, &app).await);
        let case = format!("{action:?}");
        world.tenant.practice().faults().arm(Fault::on(method, path, action).once());
        let finished = done(&world, renewal(&world, &app, std::slice::from_ref(&app.old), kind).await).await;
        let (new, after) = (new_key(&finished), held(&world.tenant, &app));
        let added: Vec<_> = after.difference(&before).collect();
        assert_eq!(added, [new.as_str()], "{case}: one more, and no orphan");
        assert!(before.is_subset(&after), "{case}: the others are still there");
        assert_eq!(kept_records(&world, &app).await, kept + 1, "{case}: its value is kept");
        assert!(opens(&world, &app, &new).await, "{case}");
        assert!(works(&world.tenant, &app, &app.old_value).await, "{case}");
        world.tenant.practice().faults().clear();
    }
}

/// Whether what is kept of a credential opens the app.
async fn opens(world: &World, app: &App, key: &KeyId) -> bool {
    match kept_value(world, app, key).await {
        Some(value) => works(&world.tenant, app, &value).await,
        None => certificate_works(world, app, &kept_certificate(world, app, key).await.unwrap()).await,
    }
}

#[tokio::test]
async fn the_answer_of_a_new_secret_is_lost_and_one_is_made_and_kept() {
    one_more_each_time(lost_answers(), &SECRET, "POST", ADD).await;
}

#[tokio::test]
async fn a_new_secret_is_refused_for_a_moment_and_one_is_made_and_kept() {
    one_more_each_time(refusals(), &SECRET, "POST", ADD).await;
}

#[tokio::test]
async fn the_answer_of_a_new_certificate_is_lost_and_it_is_there_once() {
    one_more_each_time(lost_answers(), &CERTIFICATE, "PATCH", CHANGE).await;
}

#[tokio::test]
async fn a_new_certificate_is_refused_for_a_moment_and_it_is_there_once() {
    one_more_each_time(refusals(), &CERTIFICATE, "PATCH", CHANGE).await;
}

/// Renews and removes once for each bad answer to the removal: what was new is what goes next.
async fn only_the_old_one_goes(answers: Vec<Action>, kind: &NewCredential, method: &str, path: &str) {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, mut old) = renewed(&world, &app, &[], kind).await;
    for action in answers {
        let (_, new) = renewed(&world, &app, std::slice::from_ref(&old), kind).await;
        let before = held(&world.tenant, &app);
        let plan = removal(&world, &app, std::slice::from_ref(&old), &new).await;
        world.tenant.practice().faults().arm(Fault::on(method, path, action.clone()).once());
        let run = plan.run.clone();
        let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
        if finished.finish != Finish::Done {
            // A portal's page does not go away by waiting: somebody has to say that it is gone.
            assert!(matches!(action, Action::Garbage), "{finished:#?}");
            let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
            assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        }
        let after = held(&world.tenant, &app);
        let gone: Vec<_> = before.difference(&after).collect();
        assert_eq!(gone, [old.as_str()], "{action:?} {kind:?}");
        assert!(after.is_subset(&before), "{action:?} {kind:?}");
        world.tenant.practice().faults().clear();
        old = new;
    }
}

#[tokio::test]
async fn the_answer_of_a_removal_is_lost_and_only_the_old_secret_goes() {
    only_the_old_one_goes(lost_answers(), &SECRET, "POST", REMOVE).await;
}

#[tokio::test]
async fn a_removal_is_refused_for_a_moment_and_only_the_old_secret_goes() {
    only_the_old_one_goes(refusals(), &SECRET, "POST", REMOVE).await;
}

#[tokio::test]
async fn the_answer_of_a_removal_is_lost_and_only_the_old_certificate_goes() {
    only_the_old_one_goes(lost_answers(), &CERTIFICATE, "PATCH", CHANGE).await;
}

#[tokio::test]
async fn a_removal_is_refused_for_a_moment_and_only_the_old_certificate_goes() {
    only_the_old_one_goes(refusals(), &CERTIFICATE, "PATCH", CHANGE).await;
}

#[tokio::test]
async fn throttled_for_hours_it_is_parked_and_goes_on_later() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    let run = plan.run.clone();
    let hours = Action::Throttle { retry_after: Some(3 * 3600) };
    world.tenant.practice().faults().arm(Fault::on("PATCH", CHANGE, hours).once());
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Parked { until }) = finished.finish else { panic!("{finished:#?}") };
    assert!(until.duration_since(world.tenant.now()) > SignedDuration::from_hours(2));
    world.tenant.pass(SignedDuration::from_hours(3));
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(kept_records(&world, &app).await, 1, "the key that was sealed is the one that was used");
}

#[tokio::test]
async fn a_replica_that_is_behind_is_not_written_over() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let (_, old) = renewed(&world, &app, &[], &CERTIFICATE).await;
    super::later(&world);
    // Replicas show the list without the newest certificate for up to three minutes.
    world.tenant.practice().faults().set_lag(Lag { changes_ms: 180_000, ..Lag::default() });
    let (_, new) = renewed(&world, &app, std::slice::from_ref(&old), &CERTIFICATE).await;
    let plan = removal(&world, &app, std::slice::from_ref(&old), &new).await;
    done(&world, plan).await;
    let now = held(&world.tenant, &app);
    assert!(now.contains(new.as_str()) && !now.contains(old.as_str()), "{now:?}");
    assert!(world.watcher.holds().contains(&Hold::Spreading));
    let kept = kept_certificate(&world, &app, &new).await.unwrap();
    assert!(certificate_works(&world, &app, &kept).await);
}

#[tokio::test]
async fn cancelled_while_it_waits_it_stops_and_can_go_on() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    let (run, cancel) = (plan.run.clone(), CancellationToken::new());
    world.tenant.practice().faults().arm(Fault::on("PATCH", CHANGE, status(503, false)));
    let stop = cancel.clone();
    world.watcher.on_hold(move |_| stop.cancel());
    let finished = world.worker().await.execute(plan, cancel).await.unwrap();
    assert_eq!(finished.finish, Finish::Stopped(Stop::Cancelled));
    world.tenant.practice().faults().clear();
    world.watcher.on_hold(|_| {});
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
}

#[tokio::test]
async fn a_service_that_never_comes_back_stops_the_run_with_everything_as_it_was() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = held(&world.tenant, &app);
    let plan = renewal(&world, &app, std::slice::from_ref(&app.old), &CERTIFICATE).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().arm(Fault::on("PATCH", CHANGE, status(503, false)));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(_)), "{finished:#?}");
    assert_eq!(held(&world.tenant, &app), before);
    world.tenant.practice().faults().clear();
    super::undone(&world, &run).await;
    assert_eq!(kept_records(&world, &app).await, 0, "the key that was never used is gone");
    let list = world.session().await.graph.send(certificates::all(&app.id)).await.unwrap();
    assert!(list.key_credentials.is_empty());
}
