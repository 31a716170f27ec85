//! How many calls a clean set-up makes, and how many of them wait for each other.

use std::time::Duration;

use provision::Finish;
use tokio_util::sync::CancellationToken;

use crate::setups::{calendar, totalview};
use crate::tenant::Tenant;
use crate::world::{ADMIN, World};

/// HTTP calls after sign-in.
const MOST_CALLS: usize = 14;
/// Round trips that follow one another.
const MOST_ROUND_TRIPS: usize = 7;

#[tokio::test]
async fn one_registration_fits_the_budget() {
    measure("one registration", &calendar()).await;
}

#[tokio::test]
async fn two_registrations_in_one_run_fit_the_budget() {
    measure("two registrations", &totalview()).await;
}

/// Long beside everything that a computer does between two calls, so that overlapping means "sent at the same time".
const LATENCY: Duration = Duration::from_millis(400);

async fn measure(what: &str, setup: &blueprint::Setup) {
    let world = World::on(Tenant::start_with(ADMIN, LATENCY), ADMIN);
    let session = world.session().await;
    // Signing in is not part of the budget.
    session.graph.send(graph::directory::me()).await.unwrap();
    let mark = world.mark();
    let plan = provision::Planner::new(&session).set_up(setup, &provision::Reuse::Ours).await.unwrap();
    let worker = provision::Worker::new(session, world.journal(), world.watcher.clone());
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let calls = world.requests_since(mark);
    let shown: Vec<String> = calls.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
    let round_trips = round_trips(&calls);
    println!("{what}: {} calls, {round_trips} sequential round trips", calls.len());
    assert!(calls.len() <= MOST_CALLS, "{shown:#?}");
    assert!(round_trips <= MOST_ROUND_TRIPS, "{round_trips}: {shown:#?}");
}

/// The most calls of which each arrived after the one before was answered.
fn round_trips(calls: &[practice::RecordedRequest]) -> usize {
    let mut arrivals: Vec<_> = calls.iter().map(|one| one.at).collect();
    arrivals.sort_unstable();
    let mut answered = jiff::Timestamp::MIN;
    let mut count = 0;
    for arrival in arrivals {
        if arrival >= answered {
            count += 1;
            answered = arrival + LATENCY;
        }
    }
    count
}
