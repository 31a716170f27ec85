//! Exchange acts on a limit later than it takes it in: waiting that looks like waiting, with few tries.

use practice::Lag;
use provision::{Finish, Hold, ProofResult};

use super::{cirrus, group, run};
use crate::setups::calendar;
use crate::world::{ADMIN, World};

#[tokio::test]
async fn row_a10_the_documented_delay_is_waited_for_and_tried_again_by_itself() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(Lag { mailbox_access_ms: 45 * 60 * 1000, ..Lag::default() });
    let plan = world.plan(&cirrus(group())).await;
    let begun = world.tenant.now();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let holds: Vec<Hold> =
        world.watcher.holds().into_iter().filter(|one| *one == Hold::MailboxCache).collect();
    assert_eq!(holds.len(), 2, "a try each half hour and no more: each one keeps an old answer alive");
    let took = world.tenant.now().duration_since(begun);
    assert!(took.as_mins() >= 45 && took.as_mins() < 75, "{took:?}");
    assert!(finished.proofs.iter().all(|(_, result)| matches!(result, ProofResult::Proved { .. })));
}

#[tokio::test]
async fn a_delay_beyond_what_microsoft_says_ends_as_unknown_and_never_as_done() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().set_lag(Lag { mailbox_access_ms: 8 * 60 * 60 * 1000, ..Lag::default() });
    let plan = world.plan(&cirrus(group())).await;
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::NotProved, "{finished:#?}");
    let unknown = finished.proofs.iter().filter(|(_, result)| matches!(result, ProofResult::Unknown(_)));
    assert!(unknown.count() >= 1, "{:?}", finished.proofs);
}

/// Without a limit nothing of this happens.
#[tokio::test]
async fn without_a_limit_exchange_is_never_asked() {
    let world = World::new(ADMIN);
    let mark = world.mark();
    let plan = world.plan(&calendar()).await;
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done);
    assert!(!world.requests_since(mark).iter().any(|one| one.path.contains("adminapi")));
    assert!(finished.proofs.iter().all(|(id, _)| !id.contains("outside")));
}
