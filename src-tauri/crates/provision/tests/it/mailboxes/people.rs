//! People chosen one by one: a mail-enabled security group is made for them, and kept up to date.

use provision::{Finish, ProofResult, ScopeGroup, StepKind};
use tokio_util::sync::CancellationToken;

use super::{people, proof, roles, run, totalview, writes_since};
use crate::setups::{MAILBOX, app_id_of, assert_same, picture};
use crate::world::{ADMIN, World};

const NOOR: &str = "noor.haddad@lindqvist-practice.example";
const PRIYA: &str = "priya.raman@lindqvist-practice.example";

/// Addresses of the members of the group that Gatehouse made.
fn members(world: &World) -> Vec<String> {
    world.tenant.practice().tables(|tables| {
        let group =
            tables.groups.values().find(|row| row.text("mailNickname").starts_with("gatehouse-")).unwrap();
        let mut all: Vec<String> = tables.members[group.text("id")]
            .iter()
            .map(|id| tables.users[id].text("mail").to_owned())
            .collect();
        all.sort();
        all
    })
}

#[tokio::test]
async fn row_b8_people_get_a_group_and_only_their_mailboxes_answer() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let plan = world.plan(&totalview(&["calendar"], &people(&[MAILBOX, NOOR]))).await;
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(members(&world), [MAILBOX, NOOR]);
    assert!(matches!(proof(&finished, "proof:outside:calendar"), ProofResult::Proved { .. }));
    let app = app_id_of(&world.tenant, &name, "Totalview Calendar Synchronization");
    assert_eq!(roles(&world, &app).len(), 2);
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
}

#[tokio::test]
async fn other_people_change_the_same_group_and_undo_changes_it_back() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview(&["calendar"], &people(&[MAILBOX, NOOR]))).await;
    run(&world, plan).await;
    let again = world.plan(&totalview(&["calendar"], &people(&[MAILBOX, NOOR]))).await;
    assert!(again.is_settled(), "{:#?}", again.steps);

    let other = world.plan(&totalview(&["calendar"], &people(&[MAILBOX, PRIYA]))).await;
    let StepKind::LimitMailboxes(limited) = &other.step("limit:calendar").unwrap().kind else { panic!() };
    let [ScopeGroup::Existing { adds, removes, .. }] = &limited.groups[..] else { panic!("{limited:?}") };
    assert_eq!((adds.as_slice(), removes.as_slice()), (&[PRIYA.to_owned()][..], &[NOOR.to_owned()][..]));
    let name = other.run.clone();
    let finished = run(&world, other).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(members(&world), [MAILBOX, PRIYA]);
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_eq!(members(&world), [MAILBOX, NOOR]);
}

/// An app that can only send is not tried from somebody's mailbox: Exchange's own word is the proof.
#[tokio::test]
async fn row_b8_a_sender_is_limited_and_nobody_else_s_mailbox_sends_a_test() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview(&["email"], &people(&[MAILBOX]))).await;
    let mark = world.mark();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let ProofResult::Proved { seen } = proof(&finished, "proof:outside:email") else {
        panic!("{finished:#?}")
    };
    assert!(seen.as_deref().unwrap().contains("No message was sent"), "{seen:?}");
    let sent = world.requests_since(mark).into_iter().filter(|one| one.path.ends_with("/sendMail"));
    let from: Vec<String> = sent.map(|one| one.path).collect();
    assert!(from.len() == 1 && from[0].contains("erik.johansson"), "{from:?}");
}

#[tokio::test]
async fn both_registrations_of_a_run_have_limits_of_their_own() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let plan = world.plan(&totalview(&["calendar", "email"], &people(&[MAILBOX]))).await;
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let calendar = app_id_of(&world.tenant, &name, "Totalview Calendar Synchronization");
    let email = app_id_of(&world.tenant, &name, "Totalview E-Mail Sending");
    let (first, second) = (roles(&world, &calendar), roles(&world, &email));
    assert_eq!((first.len(), second.len()), (2, 1));
    assert_ne!(first[0].1, second[0].1, "a scope for each");
    let mark = world.mark();
    let again = world.plan(&totalview(&["calendar", "email"], &people(&[MAILBOX]))).await;
    let finished = run(&world, again).await;
    assert_eq!(finished.finish, Finish::Done);
    let writes = writes_since(&world, mark);
    assert!(writes.iter().all(|one| one.ends_with("/sendMail")), "only the test message: {writes:?}");
    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
}
