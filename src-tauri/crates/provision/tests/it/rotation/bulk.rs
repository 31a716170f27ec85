//! Many credentials of many apps at once: each with its own outcome.

use graph::{KeyId, applications, credentials};
use jiff::SignedDuration;
use practice::{Action, Fault};
use provision::{
    Blocks, CredentialOf, CredentialProblem, Finish, History, Plan, Planner, ProblemKind, StepState,
};
use tokio_util::sync::CancellationToken;

use crate::watcher::Told;
use crate::world::{ADMIN, World};

/// Apps with two secrets each that have ended, made by somebody some time ago.
async fn ended(world: &World, apps: usize) -> Vec<CredentialOf> {
    let graph = world.session().await.graph;
    let found = graph.send(applications::list()).await.unwrap().value;
    let soon = world.tenant.now() + SignedDuration::from_hours(1);
    let mut all = Vec::new();
    for app in found.iter().take(apps) {
        for n in 0..2 {
            let made =
                graph.send(credentials::add_password(&app.id, &format!("old-{n}"), soon)).await.unwrap();
            all.push(CredentialOf { app_id: app.app_id.to_string(), key_id: made.key_id });
        }
    }
    world.tenant.pass(SignedDuration::from_hours(2));
    all
}

async fn plan(world: &World, all: &[CredentialOf]) -> Plan {
    let session = world.session().await;
    Planner::new(&session).remove_credentials(all).await.unwrap()
}

fn left(world: &World, all: &[CredentialOf]) -> usize {
    world
        .tenant
        .practice()
        .tables(|tables| all.iter().filter(|one| tables.secrets.contains_key(one.key_id.as_str())).count())
}

#[tokio::test]
async fn what_has_ended_goes_from_all_apps_in_few_round_trips() {
    let world = World::new(ADMIN);
    let all = ended(&world, 12).await;
    assert_eq!((all.len(), left(&world, &all)), (24, 24));
    let mark = world.mark();
    let plan = plan(&world, &all).await;
    assert!(plan.problems.is_empty(), "{:#?}", plan.problems);
    assert_eq!(plan.steps.iter().filter(|step| step.writes()).count(), 24);
    assert!(plan.cannot_undo()[0].starts_with("24 of these"), "{:?}", plan.cannot_undo());
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(left(&world, &all), 0);
    let trips = world.requests_since(mark).iter().filter(|one| one.path.ends_with("$batch")).count();
    assert!(trips <= 6, "{trips} batches for 12 apps with two secrets each");
}

#[tokio::test]
async fn one_that_fails_keeps_no_other_and_is_told_by_itself_and_can_be_tried_again() {
    let world = World::new(ADMIN);
    let all = ended(&world, 5).await;
    let plan = plan(&world, &all).await;
    let victim = plan.registrations[2].existing.clone().unwrap();
    let path = format!("/v1.0/applications/{}/removePassword", victim.id);
    let refuse = Action::Status { status: 400, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("POST", &path, refuse));
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(_)), "{finished:#?}");
    assert_eq!(left(&world, &all), 2, "the two of that app, and no others");
    let failed = world.watcher.told().iter().filter(|one| matches!(one, Told::Failed(_))).count();
    assert_eq!(failed, 2);
    let history = History::of(&world.journal(), &run).await.unwrap();
    let done = history
        .steps
        .iter()
        .filter(|(id, state)| id.starts_with("remove:") && matches!(state, StepState::Done { .. }));
    assert_eq!(done.count(), 8);
    assert!(history.can_resume && !history.can_undo);
    world.tenant.practice().faults().clear();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(left(&world, &all), 0);
}

#[tokio::test]
async fn an_app_that_vanished_keeps_no_other() {
    let world = World::new(ADMIN);
    let all = ended(&world, 4).await;
    let planned = plan(&world, &all).await;
    let gone = planned.registrations[1].existing.clone().unwrap();
    world.session().await.graph.send(applications::remove(&gone.id)).await.unwrap();
    let again = plan(&world, &all).await;
    assert_eq!(again.registrations.len(), 3, "what is gone is said and left out");
    assert!(again.problems.iter().any(|one| matches!(one.kind, ProblemKind::NotLookedUp { .. })));
    world.worker().await.execute(planned, CancellationToken::new()).await.unwrap();
    assert_eq!(left(&world, &all), 2, "those of the deleted app went into the recycle bin with it");
}

#[tokio::test]
async fn one_that_still_works_is_warned_of_and_the_last_one_more_so() {
    let world = World::new(ADMIN);
    let app = super::app(&world).await;
    let one = CredentialOf { app_id: app.app_id.clone(), key_id: app.old.clone() };
    let about = |plan: &Plan, wanted: fn(&CredentialProblem) -> bool| {
        plan.problems.iter().any(|one| match &one.kind {
            ProblemKind::Credential { problem, .. } => wanted(problem) && one.blocks == Blocks::Nothing,
            _ => false,
        })
    };
    let still_works = |one: &CredentialProblem| matches!(one, CredentialProblem::StillWorks { .. });
    let last_one = |one: &CredentialProblem| matches!(one, CredentialProblem::LastOne);
    let first = plan(&world, std::slice::from_ref(&one)).await;
    assert!(about(&first, still_works) && !about(&first, last_one), "{:#?}", first.problems);
    let everything: Vec<_> = super::held(&world.tenant, &app)
        .into_iter()
        .map(|key| CredentialOf { app_id: app.app_id.clone(), key_id: KeyId::new(key).unwrap() })
        .collect();
    assert!(about(&plan(&world, &everything).await, last_one));
}

#[tokio::test]
async fn secrets_and_certificates_of_one_app_go_together_and_once() {
    let world = World::new(ADMIN);
    let app = super::app(&world).await;
    let (_, first) = super::renewed(&world, &app, &[], &super::CERTIFICATE).await;
    let (_, second) = super::renewed(&world, &app, &[], &super::CERTIFICATE).await;
    let named = |key: &KeyId| CredentialOf { app_id: app.app_id.clone(), key_id: key.clone() };
    let twice = [named(&first), named(&app.old), named(&second), named(&first)];
    let plan = plan(&world, &twice).await;
    assert_eq!(plan.steps.iter().filter(|step| step.writes()).count(), 3, "each once");
    let (run, mark) = (plan.run.clone(), world.mark());
    super::done(&world, plan).await;
    let left = super::held(&world.tenant, &app);
    assert!(![&first, &second, &app.old].into_iter().any(|key| left.contains(key.as_str())), "{left:?}");
    let lists = world.requests_since(mark).iter().filter(|one| one.method == "PATCH").count();
    assert_eq!(lists, 1, "both certificates go with one write");
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert!(history.can_undo, "the certificates can come back");
    super::undone(&world, &run).await;
    let left = super::held(&world.tenant, &app);
    assert!(
        left.contains(first.as_str()) && left.contains(second.as_str()) && !left.contains(app.old.as_str())
    );
}
