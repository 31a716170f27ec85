//! "Test now": the same proofs again, any day, without a single write in the directory.

use practice::{Action, Fault};
use provision::{AppTokenError, Finish, History, Plan, ProofResult, RunId, Stop};
use tokio_util::sync::CancellationToken;

use crate::setups::{calendar, picture, totalview};
use crate::world::{ADMIN, APP_ADMIN, World};

/// A finished set-up of some days ago, and the plan that checks it.
async fn check(world: &World, setup: &blueprint::Setup) -> Plan {
    let plan = world.plan(setup).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    world.tenant.pass(jiff::SignedDuration::from_hours(72));
    let history = History::of(&world.journal(), &run).await.unwrap();
    Plan::check_of(&history, RunId::from_random(rand::random()), world.tenant.now())
}

#[tokio::test]
async fn a_check_proves_everything_again_and_writes_nothing() {
    let world = World::new(ADMIN);
    let check = check(&world, &totalview()).await;
    assert!(check.is_settled());
    let before = picture(&world.tenant);
    let finished = world.worker().await.execute(check, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(finished.proofs.len(), 3);
    assert_eq!(finished.tokens.len(), 2);
    crate::setups::assert_same(&picture(&world.tenant), &before);
}

#[tokio::test]
async fn a_check_of_a_connection_whose_secret_was_removed_says_so_soon() {
    let world = World::new(ADMIN);
    let check = check(&world, &calendar()).await;
    world.tenant.practice().tables(|tables| {
        for app in
            tables.applications.values_mut().filter(|row| row.text("displayName").starts_with("Totalview"))
        {
            app.body.insert("passwordCredentials".into(), serde_json::json!([]));
        }
        tables.secrets.clear();
    });
    let before = world.tenant.now();
    let finished = world.worker().await.execute(check, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::AppSignIn(AppTokenError::NotKnown { code })) = &finished.finish else {
        panic!("{finished:#?}")
    };
    assert_eq!(*code, 7_000_215);
    assert!(world.tenant.now().duration_since(before).as_secs() < 60, "an old secret is not waited for");
}

#[tokio::test]
async fn a_check_of_a_connection_whose_grant_was_taken_back_says_which() {
    let world = World::new(ADMIN);
    let check = check(&world, &calendar()).await;
    let calendars_read = "798ee544-9d2d-430c-a058-570e29e34338";
    world.tenant.practice().tables(|tables| {
        let seeded = |row: &practice::Row| !row.text("principalDisplayName").starts_with("Totalview");
        tables.app_role_assignments.retain(|_, row| seeded(row) || row.text("appRoleId") != calendars_read);
    });
    let finished = world.worker().await.execute(check, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::RolesDiffer { missing, unexpected }) = &finished.finish else {
        panic!("{finished:#?}")
    };
    assert_eq!((missing.as_slice(), unexpected.len()), (&["Calendars.Read".to_owned()][..], 0));
}

#[tokio::test]
async fn a_check_before_the_colleague_granted_ends_without_waiting_and_shows_what_is_refused() {
    let world = World::new(APP_ADMIN);
    let check = check(&world, &calendar()).await;
    let before = world.tenant.now();
    let finished = world.worker().await.execute(check, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::NotProved, "{finished:#?}");
    assert!(
        finished.proofs.iter().all(|(_, one)| matches!(one, ProofResult::Refused(_))),
        "{:?}",
        finished.proofs
    );
    assert!(world.tenant.now().duration_since(before).as_secs() < 120);
}

#[tokio::test]
async fn a_sign_in_service_that_is_away_is_tried_again_and_then_said() {
    let world = World::new(ADMIN);
    let check = check(&world, &calendar()).await;
    let away = Action::Status { status: 503, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("POST", "/*/oauth2/v2.0/token", away));
    let finished = world.worker().await.execute(check, CancellationToken::new()).await.unwrap();
    assert!(matches!(&finished.finish, Finish::Stopped(Stop::AppSignIn(_))), "{finished:#?}");
}
