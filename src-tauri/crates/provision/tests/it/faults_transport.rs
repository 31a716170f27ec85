//! The network and Microsoft on a bad day: waits are kept, requests repeated, nothing made twice.

use std::sync::atomic::Ordering;
use std::time::Duration;

use practice::{Action, Fault, Lag};
use provision::{Finish, Finished, Hold, RunEnd, RunId, Stop};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::setups::{assert_complete, assert_every_secret_is_kept, calendar, left, totalview};
use crate::watcher::Told;
use crate::world::{ADMIN, World};

async fn run(world: &World) -> (RunId, Finished) {
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    (run, world.worker().await.execute(plan, CancellationToken::new()).await.unwrap())
}

async fn assert_done(world: &World, run: &RunId, finished: &Finished) {
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&world.tenant, run);
    assert_complete(&left);
    assert_every_secret_is_kept(world, &left).await;
}

async fn survives(fault: Fault) -> World {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    world.tenant.practice().faults().arm(fault);
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_done(&world, &run, &finished).await;
    world
}

#[tokio::test]
async fn row_01_throttling_is_waited_out_to_the_second_and_shown() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    world.tenant.practice().faults().arm(
        Fault::on("PATCH", "/v1.0/applications(uniqueName=*)", Action::Throttle { retry_after: Some(40) })
            .once(),
    );
    let before = world.tenant.now();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(world.watcher.holds().contains(&Hold::Throttled));
    assert!(world.tenant.now().duration_since(before).as_secs() >= 40);
}

#[tokio::test]
async fn row_02_throttling_without_a_date_backs_off() {
    let world = survives(Fault {
        times: Some(3),
        ..Fault::on("PATCH", "/v1.0/servicePrincipals(appId=*)", Action::Throttle { retry_after: None })
    })
    .await;
    assert!(world.watcher.holds().iter().filter(|why| **why == Hold::Throttled).count() >= 2);
}

#[tokio::test]
async fn row_03_throttling_for_hours_parks_the_run() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().arm(Fault::on(
        "PATCH",
        "/v1.0/applications(uniqueName=*)",
        Action::Throttle { retry_after: Some(7_200) },
    ));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Parked { until }) = finished.finish else { panic!("{finished:#?}") };
    let hours = until.duration_since(world.tenant.now()).as_hours();
    assert!((1..=2).contains(&hours), "{hours}");
    let record = world.journal().run(&run).await.unwrap();
    assert!(matches!(record.end, Some(RunEnd::Parked { .. })), "{:?}", record.end);
    world.tenant.practice().faults().clear();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_done(&world, &run, &finished).await;
}

#[tokio::test]
async fn row_04_an_unavailable_service_is_asked_again_wherever_it_fails() {
    for path in [
        "/v1.0/$batch",
        "/v1.0/applications(uniqueName=*)",
        "/v1.0/servicePrincipals(appId=*)",
        "/v1.0/servicePrincipals/*/appRoleAssignedTo",
    ] {
        for (status, commit) in [(503, false), (504, true), (500, true)] {
            let action = Action::Status { status, body: None, headers: Default::default(), commit };
            let fault = Fault { method: None, times: Some(1), ..Fault::on("POST", path, action) };
            survives(fault).await;
        }
    }
}

#[tokio::test]
async fn rows_05_and_06_a_cut_connection_makes_nothing_twice() {
    for action in [
        Action::Drop { commit: false },
        Action::Drop { commit: true },
        Action::Reset { commit: false },
        Action::Reset { commit: true },
        Action::Truncate,
    ] {
        let fault =
            Fault { times: Some(4), nth: vec![1, 3, 5, 7], ..Fault::on("POST", "/v1.0/$batch", action) };
        survives(fault).await;
    }
}

#[tokio::test]
async fn row_08_everything_spreads_slowly_and_is_waited_for() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(Lag {
        objects_ms: 90_000,
        changes_ms: 60_000,
        grants_ms: 120_000,
        secrets_ms: 120_000,
        ..Lag::default()
    });
    let (run, finished) = run(&world).await;
    assert_done(&world, &run, &finished).await;
    assert!(world.watcher.holds().contains(&Hold::Spreading));
}

#[tokio::test]
async fn row_08_what_never_spreads_is_said_after_ten_minutes_and_can_go_on_later() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().set_lag(Lag { objects_ms: 4_000_000, ..Lag::default() });
    let before = world.tenant.now();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(stop) = &finished.finish else { panic!("{finished:#?}") };
    assert_eq!(*stop, Stop::StillSpreading, "{finished:#?}");
    let waited = world.tenant.now().duration_since(before).as_mins();
    assert!((9..=25).contains(&waited), "{waited}");
    world.tenant.practice().faults().set_lag(Lag::default());
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(left(&world.tenant, &run).applications.len(), 1);
}

#[tokio::test]
async fn row_09_an_old_state_is_read_again_and_never_fixed() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    // Changes show late: the new secret is not in the first reads.
    world.tenant.practice().faults().set_lag(Lag { changes_ms: 30_000, ..Lag::default() });
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_done(&world, &run, &finished).await;
    let adds =
        world.tenant.practice().requests().iter().filter(|one| one.path.ends_with("addPassword")).count();
    assert_eq!(adds, 2, "one for each registration");
}

/// Lets two hours pass once the registrations are made: the person's token ends meanwhile.
struct LongLunch(std::sync::Arc<crate::tenant::Tenant>);

#[async_trait::async_trait]
impl provision::Checkpoints for LongLunch {
    async fn reached(&self, at: provision::Checkpoint, key: &provision::StepKey) {
        if at == provision::Checkpoint::Persisted && key.step == "app:calendar" {
            self.0.pass(jiff::SignedDuration::from_mins(120));
        }
    }
}

#[tokio::test]
async fn row_16_a_token_that_expires_in_the_middle_is_renewed_without_anybody_noticing() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    let sign_ins = |world: &World| {
        let requests = world.tenant.practice().requests();
        requests.iter().filter(|one| one.path.ends_with("/authorize")).count()
    };
    let before = sign_ins(&world);
    let worker = world.worker_at(std::sync::Arc::new(LongLunch(world.tenant.clone()))).await;
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_done(&world, &run, &finished).await;
    assert_eq!(sign_ins(&world) - before, 2, "one at the start, one after lunch");
}

#[tokio::test]
async fn row_18_a_claims_challenge_is_answered_once_silently() {
    let world =
        survives(Fault::on("PATCH", "/v1.0/servicePrincipals(appId=*)", Action::ClaimsChallenge).once())
            .await;
    assert!(world.watcher.told().contains(&Told::Done("sp:calendar".into())));
}

#[tokio::test]
async fn row_33_a_portal_page_is_no_answer_and_the_run_waits() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world
        .tenant
        .practice()
        .faults()
        .arm(Fault::on("PATCH", "/v1.0/applications(uniqueName=*)", Action::Garbage).once());
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(stop) = &finished.finish else { panic!("{finished:#?}") };
    assert!(matches!(stop, Stop::Graph(_)), "{stop:?}");
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(
        left(&world.tenant, &run).applications.len(),
        1,
        "the page hid a success; nothing was made twice"
    );
}

#[tokio::test]
async fn an_app_token_that_is_late_is_waited_for_and_a_proof_that_is_refused_is_said() {
    let world = World::new(ADMIN);
    let denied = json!({"error": {"code": "ErrorAccessDenied", "message": "Access is denied. Check credentials and try again."}});
    let refuse =
        Action::Status { status: 403, body: Some(denied), headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("GET", "/v1.0/users/*/calendarView", refuse));
    let (_, finished) = run(&world).await;
    assert_eq!(finished.finish, Finish::NotProved, "{finished:#?}");
    let refused: Vec<_> = finished
        .proofs
        .iter()
        .filter(|(_, one)| !matches!(one, provision::ProofResult::Proved { .. }))
        .collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(
        matches!(&refused[0].1, provision::ProofResult::Refused(stop) if matches!(**stop, Stop::NotAllowed { .. }))
    );
}

#[tokio::test]
async fn cancelling_at_every_step_stops_within_a_second_and_leaves_a_run_that_goes_on() {
    let steps: Vec<String> =
        World::new(ADMIN).plan(&calendar()).await.steps.iter().map(|step| step.id.clone()).collect();
    for step in steps {
        let world = World::new(ADMIN);
        let plan = world.plan(&calendar()).await;
        let (run, cancel) = (plan.run.clone(), CancellationToken::new());
        let canceller = CancelAt { step: step.clone(), cancel: cancel.clone() };
        let worker =
            provision::Worker::new(world.session().await, world.journal(), std::sync::Arc::new(canceller));
        // Generous beside the second that is promised: what must not happen is waiting for a rest that never ends.
        world.restless.store(true, Ordering::SeqCst);
        let finished = tokio::time::timeout(Duration::from_secs(30), worker.execute(plan, cancel))
            .await
            .unwrap()
            .unwrap();
        world.restless.store(false, Ordering::SeqCst);
        if finished.finish != Finish::Done {
            assert_eq!(finished.finish, Finish::Stopped(Stop::Cancelled), "{step}");
        }
        // A secret that was under way is let finish before anybody else may begin.
        let resumed = loop {
            match world.worker().await.resume(&run, CancellationToken::new()).await {
                Err(Stop::Busy) => tokio::task::yield_now().await,
                other => break other.unwrap(),
            }
        };
        assert_eq!(resumed.finish, Finish::Done, "{step}: {resumed:#?}");
        let left = left(&world.tenant, &run);
        crate::setups::assert_one_complete(&left);
        assert_every_secret_is_kept(&world, &left).await;
    }
}

/// Cancels when a step begins.
struct CancelAt {
    step: String,
    cancel: CancellationToken,
}

impl provision::Observer for CancelAt {
    fn on(&self, progress: provision::Progress<'_>) {
        if matches!(progress, provision::Progress::Started { step } if step == self.step) {
            self.cancel.cancel();
        }
    }
}
