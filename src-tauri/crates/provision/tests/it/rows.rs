//! Rows of the failure matrix about clocks, sleep, proxies and quotas.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use practice::{Action, Fault};
use provision::{Finish, Hold, Setback as _, Stop, Surroundings};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::setups::{assert_every_secret_is_kept, assert_one_complete, calendar, left};
use crate::world::{ADMIN, World};

/// Another clock or another rest than the world's.
struct Odd {
    inner: Arc<dyn Surroundings>,
    skew: SignedDuration,
    /// How much longer than asked each rest takes: a computer that sleeps.
    sleeps: SignedDuration,
    pass: Arc<dyn Fn(SignedDuration) + Send + Sync>,
}

#[async_trait]
impl Surroundings for Odd {
    fn now(&self) -> Timestamp {
        self.inner.now() + self.skew
    }

    async fn rest(&self, time: Duration) {
        self.inner.rest(time).await;
        (self.pass)(self.sleeps);
    }

    fn chance(&self) -> f64 {
        self.inner.chance()
    }

    fn random_bits(&self) -> u128 {
        self.inner.random_bits()
    }
}

async fn odd(world: &World, skew: SignedDuration, sleeps: SignedDuration) -> provision::Session {
    let mut session = world.session().await;
    session.surroundings =
        Arc::new(Odd { inner: session.surroundings, skew, sleeps, pass: world.place().pass.clone() });
    session
}

#[tokio::test]
async fn row_15_a_used_up_quota_says_so_with_what_could_go_and_the_run_goes_on_later() {
    let world = World::new(ADMIN);
    // Something deleted that still counts.
    let first = world.plan(&calendar()).await;
    let gone = first.run.clone();
    world.worker().await.execute(first, CancellationToken::new()).await.unwrap();
    world.worker().await.undo(&gone, CancellationToken::new()).await.unwrap();
    let message = "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.";
    let body = json!({"error": {"code": "Directory_QuotaExceeded", "message": message}});
    let full = Action::Status { status: 403, body: Some(body), headers: Default::default(), commit: false };
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().arm(Fault::on("PATCH", "/v1.0/applications(uniqueName=*)", full));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::QuotaReached { purgeable }) = &finished.finish else { panic!("{finished:#?}") };
    let ours = purgeable.iter().filter(|name| *name == "Totalview Calendar Synchronization").count();
    assert_eq!(ours, 1, "each deleted app that still counts is listed once: {purgeable:?}");
    let deleted = world
        .tenant
        .practice()
        .tables(|tables| tables.applications.values().filter(|row| row.deleted.is_some()).count());
    assert_eq!(purgeable.len(), deleted, "the list is the count");
    world.tenant.practice().faults().clear();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
}

#[tokio::test]
async fn row_19_a_clock_that_is_off_makes_no_duplicate_and_no_wrong_date() {
    for hours in [-26, 26] {
        let world = World::new(ADMIN);
        let session = odd(&world, SignedDuration::from_hours(hours), SignedDuration::ZERO).await;
        let plan =
            provision::Planner::new(&session).set_up(&calendar(), &provision::Reuse::Ours).await.unwrap();
        let run = plan.run.clone();
        let worker = provision::Worker::new(session, world.journal(), world.watcher.clone());
        let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{hours}: {finished:#?}");
        let left = left(&world.tenant, &run);
        assert_one_complete(&left);
        assert_every_secret_is_kept(&world, &left).await;
        // What is written down about the secret is Microsoft's date, not this computer's.
        let made = finished.made[0].secret.as_ref().unwrap();
        let real = world.tenant.practice().tables(|tables| {
            let app = tables
                .applications
                .values()
                .find(|row| row.text("id") == finished.made[0].id.as_str())
                .unwrap();
            app.body["passwordCredentials"][0]["endDateTime"].as_str().unwrap().parse::<Timestamp>().unwrap()
        });
        assert_eq!(made.end.as_second(), real.as_second());
        let entries = world.journal().entries(&run).await.unwrap();
        assert!(entries.windows(2).all(|pair| pair[0].seq < pair[1].seq && pair[0].at <= pair[1].at));
    }
}

#[tokio::test]
async fn row_20_a_computer_that_sleeps_during_a_wait_goes_on_when_it_wakes() {
    let world = World::new(ADMIN);
    // Every rest takes three hours more than asked: the lid was closed.
    let session = odd(&world, SignedDuration::ZERO, SignedDuration::from_hours(3)).await;
    let plan = provision::Planner::new(&session).set_up(&calendar(), &provision::Reuse::Ours).await.unwrap();
    let run = plan.run.clone();
    world
        .tenant
        .practice()
        .faults()
        .set_lag(practice::Lag { secrets_ms: 60_000, ..practice::Lag::default() });
    let worker = provision::Worker::new(session, world.journal(), world.watcher.clone());
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    let finished = match finished.finish {
        Finish::Done => finished,
        _ => world.worker().await.resume(&run, CancellationToken::new()).await.unwrap(),
    };
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let holds = world.watcher.holds().into_iter().filter(|why| *why == Hold::Spreading).count();
    assert!(holds <= 3, "the wait that was over is not waited again: {holds}");
    let left = left(&world.tenant, &run);
    assert_one_complete(&left);
    assert_every_secret_is_kept(&world, &left).await;
}

#[tokio::test]
async fn row_32_a_proxy_that_asks_for_a_password_is_named_and_the_run_goes_on_afterwards() {
    for path in ["/v1.0/applications(uniqueName=*)", "/v1.0/servicePrincipals(appId=*)"] {
        let world = World::new(ADMIN);
        let plan = world.plan(&calendar()).await;
        let run = plan.run.clone();
        let ask = Action::Status {
            status: 407,
            body: None,
            headers: [("proxy-authenticate".to_owned(), "Basic realm=\"office\"".to_owned())].into(),
            commit: false,
        };
        world.tenant.practice().faults().arm(Fault::on("PATCH", path, ask));
        let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
        let Finish::Stopped(stop) = &finished.finish else { panic!("{finished:#?}") };
        assert_eq!(stop.code(), "graph", "{stop:?}");
        assert!(world.watcher.holds().is_empty(), "a proxy's question does not go away by waiting");
        world.tenant.practice().faults().clear();
        let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        assert_one_complete(&left(&world.tenant, &run));
    }
}
