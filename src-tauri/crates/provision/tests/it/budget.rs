//! How many calls a clean set-up makes, and how many of them wait for each other.

use provision::Finish;
use tokio_util::sync::CancellationToken;

use crate::setups::{calendar, totalview};
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

async fn measure(what: &str, setup: &blueprint::Setup) {
    let world = World::new(ADMIN);
    let session = world.session().await;
    // Signing in is not part of the budget.
    session.graph.send(graph::directory::me()).await.unwrap();
    let mark = world.mark();
    let plan = provision::Planner::new(&session).set_up(setup, &provision::Reuse::Ours).await.unwrap();
    let worker = provision::Worker::new(session, world.journal(), world.watcher.clone());
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let calls: Vec<String> =
        world.requests_since(mark).into_iter().map(|one| format!("{} {}", one.method, one.path)).collect();
    let round_trips = depth(&calls);
    println!("{what}: {} calls, {round_trips} round trips\n{calls:#?}", calls.len());
    assert!(calls.len() <= MOST_CALLS, "{calls:#?}");
    assert!(round_trips <= MOST_ROUND_TRIPS, "{calls:#?}");
}

/// Round trips that wait for one another. Calls of one stage are sent at the same time; what belongs together is known
/// from the protocol (`apply/run.rs`), so a call that does not fit any stage counts for itself.
fn depth(calls: &[String]) -> usize {
    let stage = |call: &String| -> &'static str {
        let path = call.split(' ').nth(1).unwrap();
        match path {
            _ if path.contains("addPassword") => "secrets",
            _ if path.contains("uniqueName") => "applications",
            _ if path.contains("servicePrincipals(appId") => "principals",
            _ if path.ends_with("openid-configuration") => "discovery",
            _ if path.ends_with("/token") => "tokens",
            _ if path.ends_with("/sendMail") => "proofs",
            _ => "batch",
        }
    };
    let mut depth = 0;
    let mut seen: Vec<&str> = Vec::new();
    for call in calls {
        let now = stage(call);
        // Batches go beside secrets and beside tokens; each further kind of call opens a round trip of its own.
        let beside = match now {
            "batch" => {
                seen.last() == Some(&"secrets")
                    || seen.last() == Some(&"tokens")
                    || seen.last() == Some(&"discovery")
            }
            "secrets" | "tokens" | "discovery" | "proofs" => {
                seen.last() == Some(&now) || seen.last() == Some(&"batch")
            }
            other => seen.last() == Some(&other),
        };
        if !beside {
            depth += 1;
        }
        seen.push(now);
    }
    depth
}
