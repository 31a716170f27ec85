//! Cut short at every point of every request, everything dropped; then it goes on, or is undone.

use std::sync::Arc;

use practice::Lag;
use provision::{Checkpoint, Finish, RunId, Whose};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::{Allowed, Vendor, allowed, person, plan, vendor};
use crate::kill_points::{Cut, Point, Recorder, runtime};
use crate::world::{ADMIN, World};

fn whose(world: &World) -> Whose {
    Whose::People(["erik.johansson", "hannah.weiss"].map(|one| person(world, one)).to_vec())
}

/// Every point that a clean run passes.
fn points(kind: Checkpoint) -> Vec<Point> {
    let recorder = Arc::new(Recorder::default());
    let world = World::new(ADMIN);
    runtime().block_on(async {
        let plan = plan(&world, &vendor(&world), &whose(&world)).await;
        let worker = world.worker_at(recorder.clone()).await;
        let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    });
    let mut points = recorder.0.lock().unwrap().clone();
    points.retain(|(at, _)| *at == kind);
    assert_eq!(points.len(), 2, "{points:?}");
    points
}

/// Runs until the point in a fresh organisation, whose ids are the same each time, and drops everything there.
fn cut(world: &World, vendor: &Vendor, point: &Point) -> RunId {
    let runtime = runtime();
    let run = runtime.block_on(async {
        let plan = plan(world, vendor, &whose(world)).await;
        let run = plan.run.clone();
        let cut = Arc::new(Cut { point: point.clone(), hit: Semaphore::new(0) });
        let worker = world.worker_at(cut.clone()).await;
        tokio::select! {
            finished = worker.execute(plan, CancellationToken::new()) => panic!("never reached: {finished:#?}"),
            hit = cut.hit.acquire() => drop(hit.unwrap()),
        }
        run
    });
    drop(runtime);
    run
}

fn everywhere(kind: Checkpoint, lag: Lag, then: &impl AsyncFn(&World, &Vendor, &RunId, &Allowed)) {
    let points = points(kind);
    for point in &points {
        let world = World::new(ADMIN);
        world.tenant.pass(jiff::SignedDuration::from_mins(30));
        world.tenant.practice().faults().set_lag(lag);
        let vendor = vendor(&world);
        let before = allowed(&world, &vendor);
        let run = cut(&world, &vendor, point);
        runtime().block_on(then(&world, &vendor, &run, &before));
    }
    println!(
        "taking back cut at {} points ({kind:?}, changes spread in {} ms)",
        points.len(),
        lag.changes_ms
    );
}

fn goes_on(kind: Checkpoint, lag: Lag) {
    everywhere(kind, lag, &async |world, vendor, run, before| {
        let finished = world.worker().await.resume(run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        assert_eq!(allowed(world, vendor).len(), before.len() - 2);
        world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        assert_eq!(allowed(world, vendor), *before);
    });
}

fn as_if_never_begun(kind: Checkpoint) {
    everywhere(kind, Lag::default(), &async |world, vendor, run, before| {
        world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        assert_eq!(allowed(world, vendor), *before);
        // Undoing twice changes nothing.
        world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        assert_eq!(allowed(world, vendor), *before);
    });
}

macro_rules! at_every_point {
    ($($name:ident: $kind:ident,)*) => {
        mod it_goes_on { use super::*; $(#[test] fn $name() { goes_on(Checkpoint::$kind, Lag::default()); })* }
        mod it_goes_on_while_changes_spread { use super::*;
            $(#[test] fn $name() { goes_on(Checkpoint::$kind, Lag::REALISTIC); })* }
        mod it_is_undone { use super::*; $(#[test] fn $name() { as_if_never_begun(Checkpoint::$kind); })* }
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
