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
    Planner::new(&session).add_owner(&app.app_id, &person(world)).await.unwrap()
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
    let refused = Planner::new(&session).add_owner(&app.app_id, &nobody).await;
    assert!(matches!(refused, Err(PlanError::Graph(graph::GraphError::NotFound(_)))), "{refused:?}");
    let no_app =
        Planner::new(&session).add_owner("99999999-9999-4999-8999-999999999999", &person(&world)).await;
    assert!(matches!(no_app, Err(PlanError::NoSuchApp { .. })), "{no_app:?}");
}
