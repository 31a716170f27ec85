//! Two windows, two computers, two administrators (row 31).

use std::sync::Arc;

use provision::{Finish, ProblemKind, Stop};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::setups::{assert_every_secret_is_kept, calendar, left};
use crate::world::{ADMIN, World};

/// Keeps a run before its first request until it may go on.
struct Gate {
    reached: Semaphore,
    open: Semaphore,
}

#[async_trait::async_trait]
impl provision::Checkpoints for Gate {
    async fn reached(&self, at: provision::Checkpoint, key: &provision::StepKey) {
        if at == provision::Checkpoint::BeforeIntent && key.step == "app:calendar" {
            self.reached.add_permits(1);
            self.open.acquire().await.unwrap().forget();
        }
    }
}

fn gate() -> Arc<Gate> {
    Arc::new(Gate { reached: Semaphore::new(0), open: Semaphore::new(0) })
}

#[tokio::test]
async fn row_31_two_windows_on_one_computer_do_not_work_at_the_same_time() {
    let world = World::new(ADMIN);
    let (first, second) = (world.plan(&calendar()).await, world.plan(&calendar()).await);
    let gate = gate();
    let worker = world.worker_at(gate.clone()).await;
    let running = tokio::spawn(async move { worker.execute(first, CancellationToken::new()).await });
    gate.reached.acquire().await.unwrap().forget();
    let refused = world.worker().await.execute(second.clone(), CancellationToken::new()).await;
    assert_eq!(refused.unwrap_err(), Stop::Busy);
    assert!(world.journal().run(&second.run).await.is_err(), "no run was begun");
    gate.open.add_permits(1);
    assert_eq!(running.await.unwrap().unwrap().finish, Finish::Done);
    // The second one plans again, and finds it done.
    assert!(world.plan(&calendar()).await.is_settled());
}

#[tokio::test]
async fn row_31_another_computer_finds_it_made_and_only_makes_a_secret_of_its_own() {
    let first = World::new(ADMIN);
    let plan = first.plan(&calendar()).await;
    let run = plan.run.clone();
    first.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let second = World::on(first.tenant.clone(), ADMIN);
    let plan = second.plan(&calendar()).await;
    assert_eq!(plan.registrations[0].existing.as_ref().unwrap().made_by, Some(run.clone()));
    let due: Vec<&str> = plan
        .steps
        .iter()
        .filter(|step| step.writes() && step.is_due())
        .map(|step| step.id.as_str())
        .collect();
    assert_eq!(due, ["secret:calendar"]);
    let finished = second.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&first.tenant, &run);
    assert_eq!((left.applications.len(), left.secrets.len()), (1, 2));
}

#[tokio::test]
async fn row_31_two_administrators_at_the_same_moment_are_told_of_each_other() {
    let first = World::new(ADMIN);
    let second = World::on(first.tenant.clone(), ADMIN);
    let (one, other) = (first.plan(&calendar()).await, second.plan(&calendar()).await);
    let (run_one, run_other) = (one.run.clone(), other.run.clone());
    let (one, other) = tokio::join!(
        async { first.worker().await.execute(one, CancellationToken::new()).await.unwrap() },
        async { second.worker().await.execute(other, CancellationToken::new()).await.unwrap() },
    );
    assert_eq!((&one.finish, &other.finish), (&Finish::Done, &Finish::Done), "{one:#?} {other:#?}");
    let told = |finished: &provision::Finished, of: &provision::RunId| {
        finished.remarks.iter().any(|remark| matches!(&remark.kind, ProblemKind::AlsoMade { run: Some(run), .. } if *run == of.to_string()))
    };
    assert!(told(&one, &run_other) || told(&other, &run_one), "{:?} {:?}", one.remarks, other.remarks);
    for (world, run) in [(&first, &run_one), (&second, &run_other)] {
        let left = left(&world.tenant, run);
        crate::setups::assert_one_complete(&left);
        assert_every_secret_is_kept(world, &left).await;
    }
    // Whoever plans next sees both, takes over one, and says so of the other.
    let third = World::on(first.tenant.clone(), ADMIN).plan(&calendar()).await;
    assert!(
        third.problems.iter().any(|one| matches!(one.kind, ProblemKind::AlsoMade { .. })),
        "{:#?}",
        third.problems
    );
}

#[tokio::test]
async fn row_31_a_plan_that_was_looked_at_for_long_is_checked_before_it_is_carried_out() {
    let first = World::new(ADMIN);
    let second = World::on(first.tenant.clone(), ADMIN);
    let (one, other) = (first.plan(&calendar()).await, second.plan(&calendar()).await);
    let run = other.run.clone();
    first.worker().await.execute(one, CancellationToken::new()).await.unwrap();
    first.tenant.pass(jiff::SignedDuration::from_mins(5));
    let finished = second.worker().await.execute(other, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(Stop::Drift { .. })), "{finished:#?}");
    assert_eq!(left(&first.tenant, &run).applications.len(), 0);
}
