//! A run is cut short at every point of every request, everything is dropped, the files are opened again, and it goes on.
//! Nothing may exist twice, no value may be lost, no secret may be left whose value nobody has.

use std::sync::Arc;

use async_trait::async_trait;
use practice::Lag;
use provision::{Checkpoint, Checkpoints, Finish, Reuse, RunId, StepKey};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::setups::{
    Left, assert_complete, assert_every_secret_is_kept, assert_one_complete, calendar, forget, left,
    totalview,
};
use crate::world::{ADMIN, World};

pub(crate) type Point = (Checkpoint, StepKey);

/// Notes every point that a run passes.
#[derive(Default)]
pub(crate) struct Recorder(pub(crate) std::sync::Mutex<Vec<Point>>);

#[async_trait]
impl Checkpoints for Recorder {
    async fn reached(&self, at: Checkpoint, key: &StepKey) {
        self.0.lock().unwrap().push((at, key.clone()));
    }
}

/// Keeps a run at one point for ever.
pub(crate) struct Cut {
    pub(crate) point: Point,
    pub(crate) hit: Semaphore,
}

#[async_trait]
impl Checkpoints for Cut {
    async fn reached(&self, at: Checkpoint, key: &StepKey) {
        if (at, key) == (self.point.0, &self.point.1) {
            self.hit.add_permits(1);
            std::future::pending::<()>().await;
        }
    }
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// What is set up, and how it looks when it is complete.
struct Case {
    setup: fn() -> blueprint::Setup,
    assert_complete: fn(&Left),
    /// Requests that a clean run sends and journals.
    requests: usize,
}

/// Two registrations, four permissions, two secrets.
const BOTH: Case = Case { setup: totalview, assert_complete, requests: 10 };
/// One registration, three permissions, one secret.
const ONE: Case = Case { setup: calendar, assert_complete: assert_one_complete, requests: 6 };

/// One registration, limited to a person's mailbox: a group, the app, a scope and two roles in Exchange, and one grant.
const LIMITED: Case = Case { setup: limited, assert_complete: assert_limited, requests: 9 };

fn limited() -> blueprint::Setup {
    crate::mailboxes::totalview(&["calendar"], &crate::mailboxes::people(&[crate::setups::MAILBOX]))
}

/// Everything is there once, and nothing that would open every mailbox.
fn assert_limited(left: &Left) {
    assert_eq!((left.applications.len(), left.principals, left.secrets.len()), (1, 1, 1), "{left:?}");
    assert_eq!(left.roles["Totalview Calendar Synchronization"], ["User.Read.All"]);
    assert_eq!(left.exchange.len(), 5, "group, app, scope and two roles: {:?}", left.exchange);
}

/// The points of one kind that a clean run passes: one for each request.
fn points(world: &World, case: &Case, kind: Checkpoint) -> Vec<Point> {
    let recorder = Arc::new(Recorder::default());
    runtime().block_on(async {
        let plan = world.plan_reusing(&(case.setup)(), &Reuse::Nothing).await;
        let run = plan.run.clone();
        let finished =
            world.worker_at(recorder.clone()).await.execute(plan, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        forget(&world.tenant, &run);
    });
    let mut points = recorder.0.lock().unwrap().clone();
    points.retain(|(at, _)| *at == kind);
    points.sort();
    points.dedup();
    assert_eq!(points.len(), case.requests, "{points:#?}");
    points
}

/// Runs until the point and drops everything there, as a power cut would.
fn cut_at(world: &World, case: &Case, point: &Point) -> RunId {
    let runtime = runtime();
    let run = runtime.block_on(async {
        let plan = world.plan_reusing(&(case.setup)(), &Reuse::Nothing).await;
        let run = plan.run.clone();
        let cut = Arc::new(Cut { point: point.clone(), hit: Semaphore::new(0) });
        let worker = world.worker_at(cut.clone()).await;
        tokio::select! {
            finished = worker.execute(plan, CancellationToken::new()) => panic!("{point:?} was never reached: {finished:#?}"),
            hit = cut.hit.acquire() => drop(hit.unwrap()),
        }
        run
    });
    drop(runtime);
    run
}

/// Cuts a run at every point of this kind; `then` goes on with what is left and judges it.
fn cut_everywhere(
    case: &Case,
    kind: Checkpoint,
    lag: Lag,
    then: &impl AsyncFn(&World, &RunId, &Point),
) -> (usize, usize) {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(lag);
    let points = points(&world, case, kind);
    let mut covered = 0;
    for point in &points {
        // A computer of its own for each: its vault holds this run's values and no others.
        let world = World::on(world.tenant.clone(), ADMIN);
        let run = cut_at(&world, case, point);
        runtime().block_on(then(&world, &run, point));
        forget(&world.tenant, &run);
        covered += 1;
    }
    (covered, points.len())
}

fn resumed(case: &Case, kind: Checkpoint, lag: Lag) {
    let (covered, all) = cut_everywhere(case, kind, lag, &async |world, run, point| {
        let finished = world.worker().await.resume(run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{point:?}: {finished:#?}");
        let left = left(&world.tenant, run);
        (case.assert_complete)(&left);
        assert_every_secret_is_kept(world, &left).await;
    });
    println!("kill points covered: {covered}/{all} ({kind:?}, replication up to {} ms)", lag.objects_ms);
}

fn undone(case: &Case, kind: Checkpoint) {
    let (covered, all) = cut_everywhere(case, kind, Lag::default(), &async |world, run, point| {
        world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        let left = left(&world.tenant, run);
        assert_eq!(left, Left::default(), "{point:?}");
        assert_every_secret_is_kept(world, &left).await;
    });
    println!("kill points undone: {covered}/{all} ({kind:?})");
}

/// One test for each kind of point, so that they run side by side.
macro_rules! at_every_point {
    ($($name:ident: $kind:ident,)*) => {
        mod row_21_killed_and_resumed {
            use super::*;
            $(#[test] fn $name() { resumed(&BOTH, Checkpoint::$kind, Lag::default()); })*
        }
        mod row_21_killed_and_resumed_while_changes_spread {
            use super::*;
            $(#[test] fn $name() { resumed(&ONE, Checkpoint::$kind, Lag::REALISTIC); })*
        }
        mod row_21_killed_and_undone {
            use super::*;
            $(#[test] fn $name() { undone(&ONE, Checkpoint::$kind); })*
        }
        mod row_21_killed_and_resumed_with_mailboxes_limited {
            use super::*;
            $(#[test] fn $name() { resumed(&LIMITED, Checkpoint::$kind, Lag::default()); })*
        }
        mod row_21_killed_and_undone_with_mailboxes_limited {
            use super::*;
            $(#[test] fn $name() { undone(&LIMITED, Checkpoint::$kind); })*
        }
        #[test]
        fn every_kind_of_point_has_its_test() {
            assert_eq!([$(Checkpoint::$kind),*], Checkpoint::ALL);
        }
    };
}

at_every_point! {
    before_the_intent: BeforeIntent,
    after_the_intent: AfterIntent,
    when_sent: Sent,
    when_answered: Answered,
    when_persisted: Persisted,
}
