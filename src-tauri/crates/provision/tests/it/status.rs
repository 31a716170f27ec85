//! The three truths of any registration.

use blueprint::PermissionKind;
use practice::{Action, Fault};
use provision::{PlanError, Truth, permission_report};
use tokio_util::sync::CancellationToken;

use crate::adopting::by_hand;
use crate::setups::{app_id_of, calendar};
use crate::world::{ADMIN, APP_ADMIN, World};

#[tokio::test]
async fn a_finished_connection_has_all_three_truths() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let app_id = app_id_of(&world.tenant, &run, "Totalview Calendar Synchronization");
    let report = permission_report(&world.session().await, &app_id, None).await.unwrap();
    assert_eq!(report.permissions.len(), 3);
    for one in &report.permissions {
        assert_eq!(
            (&one.requested, &one.granted, &one.in_token),
            (&Truth::Yes, &Truth::Yes, &Truth::Yes),
            "{one:?}"
        );
    }
    assert!(!report.can_grant_more && report.next_expiry.is_some());
}

#[tokio::test]
async fn a_registration_made_by_hand_shows_what_is_missing_and_what_cannot_be_known() {
    let world = World::new(APP_ADMIN);
    let id = by_hand(&world);
    let report = permission_report(&world.session().await, id.as_str(), None).await.unwrap();
    let find = |name: &str| report.permissions.iter().find(|one| one.value == name).unwrap();
    let calendars = find("Calendars.Read");
    assert_eq!((&calendars.requested, &calendars.granted), (&Truth::Yes, &Truth::No));
    assert!(matches!(&calendars.in_token, Truth::Unknown(why) if why.contains("no secret")), "{calendars:?}");
    let user_read = find("User.Read");
    assert_eq!((user_read.key.kind, &user_read.granted), (PermissionKind::Delegated, &Truth::Yes));
    assert!(matches!(user_read.in_token, Truth::Unknown(_)));
    assert!(report.can_grant_more);
    assert_eq!(report.problems.len(), 1, "who can grant it is named");
    assert!(!report.problems[0].people.is_empty());
}

#[tokio::test]
async fn a_failed_look_up_is_unknown_never_no() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let refuse = Action::Status { status: 403, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on(
        "GET",
        "/v1.0/servicePrincipals/*/appRoleAssignments",
        refuse,
    ));
    let report = permission_report(&world.session().await, id.as_str(), None).await.unwrap();
    let calendars = report.permissions.iter().find(|one| one.value == "Calendars.Read").unwrap();
    assert!(matches!(calendars.granted, Truth::Unknown(_)), "{calendars:?}");
    assert!(!report.can_grant_more || report.permissions.iter().any(|one| one.granted == Truth::No));
}

#[tokio::test]
async fn an_unknown_app_is_said() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let unknown =
        permission_report(&session, "00000000-0000-0000-0000-00000000dead", None).await.unwrap_err();
    assert!(matches!(unknown, PlanError::NoSuchApp { .. }));
    assert_eq!(permission_report(&session, "", None).await.unwrap_err(), PlanError::NotAClientId);
}
