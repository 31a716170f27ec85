//! Owners: who looks after an app when its maker is gone.

use graph::{DirectoryObjectId, applications};
use practice::{Action, Fault, Lag};
use provision::{CredentialProblem, History, Plan, PlanError, Planner, ProblemKind};

use super::{App, app, done, undone};
use crate::tenant::address_of;
use crate::world::{ADMIN, ORDINARY, World};

fn person(world: &World) -> DirectoryObjectId {
    let address = address_of(ORDINARY);
    let found = world.tenant.practice().people().into_iter().find(|one| one.upn == address).unwrap();
    DirectoryObjectId::new(found.oid).unwrap()
}

fn owners(world: &World, app: &App) -> Vec<String> {
    world.tenant.practice().tables(|tables| tables.owners.get(app.id.as_str()).cloned().unwrap_or_default())
}

async fn plan(world: &World, app: &App) -> Plan {
    let session = world.session().await;
    Planner::new(&session).add_owner(std::slice::from_ref(&app.app_id), &person(world)).await.unwrap()
}

#[tokio::test]
async fn an_owner_is_added_read_back_undone_and_added_again() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = owners(&world, &app);
    let first = plan(&world, &app).await;
    assert!(first.steps[0].requests[0].url.ends_with("/owners/$ref"), "{:?}", first.steps[0].requests);
    let run = first.run.clone();
    done(&world, first).await;
    assert!(owners(&world, &app).contains(&person(&world).to_string()));
    let again = plan(&world, &app).await;
    assert!(again.is_settled());
    assert!(again.problems.iter().any(|one| matches!(
        &one.kind,
        ProblemKind::Credential { problem: CredentialProblem::OwnerAlready, .. }
    )));
    undone(&world, &run).await;
    assert_eq!(owners(&world, &app), before);
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert!(!history.can_undo);
    done(&world, plan(&world, &app).await).await;
    assert!(owners(&world, &app).contains(&person(&world).to_string()));
}

#[tokio::test]
async fn a_lost_answer_makes_nobody_an_owner_twice_and_can_be_undone() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let before = owners(&world, &app);
    let lost = Action::Drop { commit: true };
    world.tenant.practice().faults().arm(Fault::on("POST", "/v1.0/applications/*/owners/$ref", lost).once());
    let plan = plan(&world, &app).await;
    let run = plan.run.clone();
    done(&world, plan).await;
    assert_eq!(owners(&world, &app).len(), before.len() + 1);
    undone(&world, &run).await;
}

#[tokio::test]
async fn somebody_whom_a_colleague_made_an_owner_meanwhile_stays_one() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = plan(&world, &app).await;
    let graph = world.session().await.graph;
    let base = graph.base().clone();
    graph.send(applications::add_owner(&app.id, &person(&world), &base)).await.unwrap();
    let run = plan.run.clone();
    done(&world, plan).await;
    undone(&world, &run).await;
    assert!(owners(&world, &app).contains(&person(&world).to_string()), "this run did not do it");
}

#[tokio::test]
async fn while_changes_spread_it_is_waited_for() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    super::later(&world);
    world.tenant.practice().faults().set_lag(Lag::REALISTIC);
    done(&world, plan(&world, &app).await).await;
}

#[tokio::test]
async fn nobody_of_this_id_is_no_plan() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let session = world.session().await;
    let nobody = DirectoryObjectId::new("99999999-9999-4999-8999-999999999999").unwrap();
    let refused = Planner::new(&session).add_owner(std::slice::from_ref(&app.app_id), &nobody).await;
    assert!(matches!(refused, Err(PlanError::Graph(graph::GraphError::NotFound(_)))), "{refused:?}");
    let unknown = ["99999999-9999-4999-8999-999999999999".to_owned()];
    let no_app = Planner::new(&session).add_owner(&unknown, &person(&world)).await;
    assert!(matches!(no_app, Err(PlanError::NoSuchApp { .. })), "{no_app:?}");
}

/// Registrations that have stood there for a while.
async fn several(world: &World, count: usize) -> Vec<String> {
    let graph = world.session().await.graph;
    let found = graph.send(applications::list()).await.unwrap().value;
    found.into_iter().take(count).map(|app| app.app_id.to_string()).collect()
}

fn owned(world: &World, app_ids: &[String]) -> usize {
    let person = person(world).to_string();
    world.tenant.practice().tables(|tables| {
        let of = |app_id: &String| tables.applications.values().find(|row| row.text("appId") == app_id);
        let ids = app_ids.iter().filter_map(of).map(|row| row.text("id").to_owned());
        ids.filter(|id| tables.owners.get(id).is_some_and(|owners| owners.contains(&person))).count()
    })
}

#[tokio::test]
async fn several_apps_get_an_owner_each_by_itself_in_few_round_trips_and_lose_it_again() {
    let world = World::new(ADMIN);
    let mut apps = several(&world, 8).await;
    let before = owned(&world, &apps);
    // One twice, and one that is not there.
    apps.push(apps[0].clone());
    apps.push("99999999-9999-4999-8999-999999999999".to_owned());
    let mark = world.mark();
    let session = world.session().await;
    let plan = Planner::new(&session).add_owner(&apps, &person(&world)).await.unwrap();
    assert_eq!(plan.registrations.len(), 8);
    assert!(plan.title.ends_with("an owner of 8 apps"), "{}", plan.title);
    assert!(plan.problems.iter().any(|one| one.title == "An app has no registration here"));
    let reads = world.requests_since(mark).iter().filter(|one| one.path.starts_with("/v1.0")).count();
    assert!(reads <= 6, "{reads} round trips to plan");
    let run = plan.run.clone();
    done(&world, plan).await;
    assert_eq!(owned(&world, &apps[..8]), 8);
    let again = Planner::new(&session).add_owner(&apps[..8], &person(&world)).await.unwrap();
    assert!(again.is_settled());
    undone(&world, &run).await;
    assert_eq!(owned(&world, &apps[..8]), before);
}

#[tokio::test]
async fn one_app_that_refuses_keeps_no_other_and_can_be_tried_again() {
    let world = World::new(ADMIN);
    let apps = several(&world, 5).await;
    let session = world.session().await;
    let plan = Planner::new(&session).add_owner(&apps, &person(&world)).await.unwrap();
    let due = plan.steps.iter().filter(|step| step.is_due() && step.writes()).count();
    let victim = plan.registrations[2].existing.clone().unwrap();
    let path = format!("/v1.0/applications/{}/owners/$ref", victim.id);
    let refuse = Action::Status { status: 400, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("POST", &path, refuse));
    let run = plan.run.clone();
    let worker = world.worker().await;
    let finished = worker.execute(plan, tokio_util::sync::CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, provision::Finish::Stopped(_)), "{finished:#?}");
    assert_eq!((due, owned(&world, &apps)), (5, 4));
    world.tenant.practice().faults().clear();
    let finished = worker.resume(&run, tokio_util::sync::CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, provision::Finish::Done, "{finished:#?}");
    assert_eq!(owned(&world, &apps), 5);
}
