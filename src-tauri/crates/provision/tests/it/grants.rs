//! Granting by itself: for any registration, merged and never replaced.

use provision::{Finish, PlanError, Planner};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::adopting::by_hand;
use crate::setups::{assert_same, picture};
use crate::world::{ADMIN, World};

#[tokio::test]
async fn what_a_registration_requests_and_lacks_is_granted_and_the_rest_kept() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let session = world.session().await;
    world.tenant.practice().tables(|tables| {
        tables
            .oauth2_permission_grants
            .get_mut("by-hand-grant")
            .unwrap()
            .body
            .insert("scope".into(), json!("email User.Read"));
    });
    let plan = Planner::new(&session).grant(id.as_str()).await.unwrap();
    let run = plan.run.clone();
    let before = picture(&world.tenant);
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let scope = world
        .tenant
        .practice()
        .tables(|tables| tables.oauth2_permission_grants["by-hand-grant"].text("scope").to_owned());
    assert_eq!(scope, "email User.Read profile");
    let again = Planner::new(&session).grant(id.as_str()).await.unwrap();
    assert!(again.is_settled(), "{:#?}", again.steps);
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
}

#[tokio::test]
async fn a_grant_that_is_made_meanwhile_by_somebody_else_is_adopted_and_not_undone() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let session = world.session().await;
    let plan = Planner::new(&session).grant(id.as_str()).await.unwrap();
    let other = Planner::new(&session).grant(id.as_str()).await.unwrap();
    let run = plan.run.clone();
    world.worker().await.execute(other, CancellationToken::new()).await.unwrap();
    world.tenant.pass(jiff::SignedDuration::from_mins(30));
    let after_the_other = picture(&world.tenant);
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &after_the_other);
}

#[tokio::test]
async fn what_is_no_client_id_or_unknown_is_said() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let planner = Planner::new(&session);
    assert_eq!(planner.grant("not an id").await.unwrap_err(), PlanError::NotAClientId);
    let unknown = planner.grant("00000000-0000-0000-0000-00000000dead").await.unwrap_err();
    assert!(matches!(unknown, PlanError::NoSuchApp { .. }), "{unknown:?}");
}
