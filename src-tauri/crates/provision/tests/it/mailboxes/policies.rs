//! Application access policies: used where an organisation has them, and replaced by roles.

use provision::{
    Finish, LimitWay, MailboxGoal, MailboxVerdict, Planner, ProblemKind, Reuse, StepKind,
    mailbox_access_report,
};
use tokio_util::sync::CancellationToken;

use super::report::app_named;
use super::{GROUP, asked_and_proved, cirrus, granted, group, proof, roles, run};
use crate::setups::{Left, app_id_of, assert_same, left, picture};
use crate::world::{ADMIN, World};

/// Whoever uses these policies already can go on: what Entra grants stays, and the policy takes away from it.
#[tokio::test]
async fn row_c5_a_policy_limits_what_entra_grants() {
    let world = World::new(ADMIN);
    let before = picture(&world.tenant);
    let session = world.session().await;
    let planner = Planner::new(&session).limiting_by(LimitWay::Policy);
    let plan = planner.set_up(&cirrus(group()), &Reuse::Ours).await.unwrap();
    assert!(plan.can_run(), "{:#?}", plan.problems);
    assert!(plan.mailbox_script("service-account", None).unwrap().contains("New-ApplicationAccessPolicy"));
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let app = app_id_of(&world.tenant, &name, "Cirrus Insight Service Account");
    assert_eq!(granted(&world, &app).len(), 4);
    assert_eq!(roles(&world, &app), Vec::new());
    assert!(matches!(
        proof(&finished, "proof:outside:service-account"),
        provision::ProofResult::Proved { .. }
    ));
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!(report.verdict, MailboxVerdict::LimitedByPolicy);

    let again = planner.set_up(&cirrus(group()), &Reuse::Ours).await.unwrap();
    assert!(again.is_settled(), "{:#?}", again.steps);

    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_same(&picture(&world.tenant), &before);
    assert_eq!(left(&world.tenant, &name), Left::default());
}

/// One registration of the practice tenant is kept to a group by a policy.
#[tokio::test]
async fn row_c5_policies_are_replaced_by_roles_with_a_preview_and_undone() {
    let world = World::new(ADMIN);
    let app = app_named(&world, "Harbour Booking");
    let session = world.session().await;
    assert_eq!(mailbox_access_report(&session, &app).await.unwrap().verdict, MailboxVerdict::LimitedByPolicy);
    let granted_before = granted(&world, &app);
    let before = picture(&world.tenant);

    let plan = Planner::new(&session).mailbox_access(&app, &MailboxGoal::MigratePolicies).await.unwrap();
    assert!(plan.can_run(), "{:#?}", plan.problems);
    let order: Vec<&str> = plan.steps.iter().map(|step| step.id.split(':').next().unwrap()).collect();
    assert_eq!(
        order,
        ["sp", "limit", "wide", "policies", "read", "ask"],
        "roles, then grants, then the policy"
    );
    assert!(
        plan.steps.iter().filter(|step| step.is_due() && step.writes()).all(|step| !step.requests.is_empty())
    );
    let name = plan.run.clone();
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    asked_and_proved(&finished);
    let report = mailbox_access_report(&session, &app).await.unwrap();
    assert_eq!((report.verdict, report.policies), (MailboxVerdict::Limited, Vec::new()));

    world.worker().await.undo(&name, CancellationToken::new()).await.unwrap();
    assert_eq!(granted(&world, &app), granted_before);
    assert_eq!(mailbox_access_report(&session, &app).await.unwrap().verdict, MailboxVerdict::LimitedByPolicy);
    assert_same(&picture(&world.tenant)["exchange"], &before["exchange"]);
}

/// Roles say whom an app reaches; a policy that keeps it out of some mailboxes has no counterpart.
#[tokio::test]
async fn a_policy_that_keeps_an_app_out_is_not_migrated_and_that_is_said() {
    let world = World::new(ADMIN);
    let app = app_named(&world, "Harbour Booking");
    let session = world.session().await;
    let exchange = session.exchange.clone().unwrap();
    let group = exchange::Identity::new(GROUP).unwrap();
    let right = exchange::resources::AccessRight::Deny;
    exchange.invoke(exchange::access_policies::create(&app, &group, right, "x")).await.unwrap();
    let plan = Planner::new(&session).mailbox_access(&app, &MailboxGoal::MigratePolicies).await.unwrap();
    assert!(!plan.can_run());
    assert!(plan.problems.iter().any(|one| matches!(
        &one.kind,
        ProblemKind::MailboxAccess { problem: provision::MailboxProblem::DenyPolicies { .. } }
    )));
    assert!(!plan.steps.iter().any(|step| matches!(step.kind, StepKind::MigratePolicies { .. })));
}

/// A registration of any kind is limited, not only one that a connector made.
#[tokio::test]
async fn any_registration_can_be_limited_to_a_group() {
    let world = World::new(ADMIN);
    let app = app_named(&world, "Fleetboard Sync");
    let session = world.session().await;
    let goal = MailboxGoal::Limit { access: group(), way: LimitWay::Roles };
    let plan = Planner::new(&session).mailbox_access(&app, &goal).await.unwrap();
    assert!(plan.can_run(), "{:#?}", plan.problems);
    let finished = run(&world, plan).await;
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    asked_and_proved(&finished);
    assert_eq!(mailbox_access_report(&session, &app).await.unwrap().verdict, MailboxVerdict::Limited);
    let again = Planner::new(&session).mailbox_access(&app, &goal).await.unwrap();
    assert!(again.is_settled(), "{again:#?}");
}
