//! What stands in the way is said before anything is written.

use provision::{Blocks, Finish, PlanError, Planner, ProblemKind, Stop};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::setups::{calendar, left, picture, totalview};
use crate::world::{ADMIN, APP_ADMIN, ORDINARY, World};

#[tokio::test]
async fn row_13_an_application_administrator_does_all_but_the_graph_grants_and_knows_who_can() {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&totalview()).await;
    assert!(plan.can_run() && plan.needs_other_person());
    let problem =
        plan.problems.iter().find(|one| matches!(one.kind, ProblemKind::RoleMissing { .. })).unwrap();
    let Blocks::Steps(steps) = &problem.blocks else { panic!("{problem:?}") };
    assert_eq!(steps.len(), 2);
    let names: Vec<String> = problem.people.iter().map(ToString::to_string).collect();
    assert!(names.contains(&"Marcus Öberg (Privileged Role Administrator)".to_owned()), "{names:?}");
    assert!(names.iter().any(|name| name.contains("(Global Administrator)")), "{names:?}");
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::WaitingForOther, "{finished:#?}");
    let left = left(&world.tenant, &run);
    assert_eq!((left.applications.len(), left.principals, left.secrets.len()), (2, 2, 2));
    assert!(left.roles.values().all(Vec::is_empty), "{left:?}");
    assert!(finished.proofs.iter().all(|(_, one)| matches!(one, provision::ProofResult::Unknown(_))));
    assert!(
        finished.tokens.iter().all(|one| one.roles.is_empty()),
        "the secret works, and carries nothing yet"
    );
}

#[tokio::test]
async fn row_13_a_grant_that_is_refused_all_the_same_names_role_and_people() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    // Taken away between plan and run.
    world
        .tenant
        .practice()
        .tables(|tables| tables.role_assignments.retain(|_, row| row.text("principalId") != plan.account.id));
    world.tenant.practice().tables(|tables| {
        let mut again = tables.role_assignments.values().next().unwrap().clone();
        again.body.insert("id".into(), json!("moved"));
        again.body.insert("principalId".into(), json!(plan.account.id));
        again.body.insert("roleDefinitionId".into(), json!("158c047a-c907-4556-b7ef-446551a6b5f7"));
        again.body.insert("directoryScopeId".into(), json!("/"));
        tables.role_assignments.insert("moved".into(), again);
    });
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::NotAllowed { roles, people, .. }) = &finished.finish else {
        panic!("{finished:#?}")
    };
    assert!(roles.contains(&"Privileged Role Administrator".to_owned()));
    assert!(!people.is_empty());
    assert_eq!(left(&world.tenant, &run).secrets.len(), 1, "everything else is done");
}

#[tokio::test]
async fn row_14_where_only_some_may_register_an_ordinary_person_is_told_before() {
    let world = World::new(ORDINARY);
    world.tenant.practice().tables(|tables| {
        let policy = tables.policies.get_mut("authorizationPolicy").unwrap();
        policy.body["defaultUserRolePermissions"]["allowedToCreateApps"] = json!(false);
    });
    let before = picture(&world.tenant);
    let plan = world.plan(&totalview()).await;
    assert!(!plan.can_run(), "{:#?}", plan.problems);
    let problem = plan
        .problems
        .iter()
        .find(|one| one.kind == ProblemKind::RegistrationDisabled)
        .unwrap_or_else(|| panic!("{:#?}", plan.problems));
    assert_eq!(problem.blocks, Blocks::Everything);
    assert_eq!(picture(&world.tenant), before);
}

#[tokio::test]
async fn row_13_an_ordinary_person_who_may_register_does_that_part() {
    let world = World::new(ORDINARY);
    let plan = world.plan(&calendar()).await;
    assert!(plan.can_run() && plan.needs_other_person(), "{:#?}", plan.problems);
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::WaitingForOther, "{finished:#?}");
    assert_eq!(left(&world.tenant, &run).secrets.len(), 1);
}

fn forbid(world: &World, restrictions: &serde_json::Value) {
    world.tenant.practice().tables(|tables| {
        let policy = tables.policies.get_mut("defaultAppManagementPolicy").unwrap();
        policy.body.insert("isEnabled".into(), json!(true));
        policy.body["applicationRestrictions"]["passwordCredentials"] = restrictions.clone();
    });
}

#[tokio::test]
async fn row_14_forbidden_secrets_are_said_before() {
    let world = World::new(ADMIN);
    forbid(
        &world,
        &json!([{"restrictionType": "passwordAddition", "state": "enabled", "maxLifetime": null,
                            "restrictForAppsCreatedAfterDateTime": "2019-01-01T00:00:00Z"}]),
    );
    let plan = world.plan(&calendar()).await;
    assert!(!plan.can_run());
    assert!(plan.problems.iter().any(|one| one.kind == ProblemKind::SecretsForbidden));
}

#[tokio::test]
async fn row_14_a_lifetime_cap_is_kept_and_said() {
    let world = World::new(ADMIN);
    forbid(
        &world,
        &json!([{"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P90D",
                            "restrictForAppsCreatedAfterDateTime": "2019-01-01T00:00:00Z"}]),
    );
    let plan = world.plan(&calendar()).await;
    assert!(
        plan.problems.iter().any(|one| matches!(one.kind, ProblemKind::LifetimeLimited { .. })),
        "{:#?}",
        plan.problems
    );
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let end = finished.made[0].secret.as_ref().unwrap().end;
    assert!(end.duration_since(world.tenant.now()).as_hours() <= 90 * 24);
}

#[tokio::test]
async fn row_14_a_policy_that_comes_in_between_stops_the_step_with_its_reason() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    forbid(
        &world,
        &json!([{"restrictionType": "passwordAddition", "state": "enabled", "maxLifetime": null,
                            "restrictForAppsCreatedAfterDateTime": "2019-01-01T00:00:00Z"}]),
    );
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(&finished.finish, Finish::Stopped(Stop::PolicyForbids { .. })), "{finished:#?}");
}

#[tokio::test]
async fn row_15_a_used_up_quota_names_what_could_go() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let body = json!({"error": {"code": "Directory_QuotaExceeded", "message": "The directory object quota limit for the Principal has been exceeded."}});
    let refuse = practice::Action::Status {
        status: 403,
        body: Some(body),
        headers: Default::default(),
        commit: false,
    };
    world.tenant.practice().faults().arm(practice::Fault::on(
        "PATCH",
        "/v1.0/applications(uniqueName=*)",
        refuse,
    ));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::QuotaReached { purgeable }) = &finished.finish else { panic!("{finished:#?}") };
    assert_eq!(purgeable, &["Quote Assistant (pilot)"], "the one in the recycle bin");
}

#[tokio::test]
async fn a_failed_look_up_is_unknown_and_said() {
    let world = World::new(ADMIN);
    let refuse =
        practice::Action::Status { status: 403, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(practice::Fault::on("GET", "/v1.0/policies/*", refuse));
    let plan = world.plan(&calendar()).await;
    let unknown: Vec<_> =
        plan.problems.iter().filter(|one| matches!(one.kind, ProblemKind::NotLookedUp { .. })).collect();
    assert_eq!(unknown.len(), 2, "{:#?}", plan.problems);
    assert!(plan.can_run());
}

#[tokio::test]
async fn another_organisation_is_refused() {
    let world = World::new(ADMIN);
    let mut session = world.session().await;
    session.tenant = "00000000-0000-0000-0000-0000000000aa".to_owned();
    let refused = Planner::new(&session).set_up(&calendar(), &Default::default()).await;
    assert!(matches!(refused, Err(PlanError::OtherOrganisation { .. })), "{refused:?}");
}
