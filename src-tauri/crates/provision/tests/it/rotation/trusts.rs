//! Trust in outside services: a way for an app to sign in that has nothing to keep and nothing that ends.

use std::sync::Arc;

use graph::{KeyId, federated, inventory};
use jiff::SignedDuration;
use practice::{Action, Fault, Lag};
use provision::{
    Checkpoint, CredentialOf, CredentialProblem, Finish, History, Plan, Planner, ProblemKind, RunId, StepKey,
    Trust, TrustField,
};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::{App, app, done, undone};
use crate::kill_points::Cut;
use crate::world::{ADMIN, World};

const ISSUER: &str = "https://token.actions.githubusercontent.com";

fn trust(name: &str, subject: &str) -> Trust {
    Trust {
        name: name.to_owned(),
        issuer: ISSUER.to_owned(),
        subject: subject.to_owned(),
        audience: federated::AUDIENCE.to_owned(),
    }
}

fn main_branch() -> Trust {
    trust("github-main", "repo:example/calendar:ref:refs/heads/main")
}

/// Names of what the app really trusts.
async fn trusted(world: &World, app: &App) -> Vec<String> {
    let page = world.session().await.graph.send(inventory::federated_credentials(&app.id)).await.unwrap();
    page.value.into_iter().map(|one| one.name.unwrap()).collect()
}

async fn id_of(world: &World, app: &App, name: &str) -> KeyId {
    let page = world.session().await.graph.send(inventory::federated_credentials(&app.id)).await.unwrap();
    let found = page.value.into_iter().find(|one| one.name.as_deref() == Some(name)).unwrap();
    KeyId::new(found.id.as_str()).unwrap()
}

async fn plan(world: &World, app: &App, trust: Trust) -> Plan {
    let session = world.session().await;
    Planner::new(&session).add_trust(&app.app_id, trust).await.unwrap()
}

async fn end(world: &World, app: &App, key_id: KeyId) -> Plan {
    let session = world.session().await;
    let which = CredentialOf { app_id: app.app_id.clone(), key_id };
    Planner::new(&session).remove_credentials(&[which]).await.unwrap()
}

async fn makes(world: &World, app: &App, trust: Trust) -> RunId {
    let plan = plan(world, app, trust).await;
    let run = plan.run.clone();
    done(world, plan).await;
    run
}

fn problem(plan: &Plan) -> Option<CredentialProblem> {
    plan.problems.iter().find_map(|one| match &one.kind {
        ProblemKind::Credential { problem, .. } => Some(problem.clone()),
        _ => None,
    })
}

#[tokio::test]
async fn an_app_trusts_a_service_is_read_back_undone_and_trusts_it_again() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let first = plan(&world, &app, main_branch()).await;
    let sent = &first.steps[0].requests[0];
    assert_eq!((sent.method.as_str(), sent.url.ends_with("/federatedIdentityCredentials")), ("POST", true));
    assert!(sent.body.as_ref().unwrap().to_string().contains(federated::AUDIENCE), "{sent:?}");
    let run = first.run.clone();
    done(&world, first).await;
    assert_eq!(trusted(&world, &app).await, ["github-main"]);

    let again = plan(&world, &app, trust("another-name", &main_branch().subject)).await;
    assert!(again.is_settled(), "{again:#?}");
    assert_eq!(problem(&again), Some(CredentialProblem::TrustAlready));

    undone(&world, &run).await;
    assert_eq!(trusted(&world, &app).await, [""; 0]);
    assert!(!History::of(&world.journal(), &run).await.unwrap().can_undo);
    makes(&world, &app, main_branch()).await;
    assert_eq!(trusted(&world, &app).await, ["github-main"]);
}

#[tokio::test]
async fn a_trust_is_removed_and_comes_back_as_it_was() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    makes(&world, &app, main_branch()).await;
    makes(&world, &app, trust("kubernetes", "system:serviceaccount:calendar:sync")).await;
    let key = id_of(&world, &app, "github-main").await;
    let end = end(&world, &app, key).await;
    assert!(matches!(problem(&end), Some(CredentialProblem::StillWorks { .. })), "{end:#?}");
    let run = end.run.clone();
    done(&world, end).await;
    assert_eq!(trusted(&world, &app).await, ["kubernetes"]);
    undone(&world, &run).await;
    let mut back = trusted(&world, &app).await;
    back.sort();
    assert_eq!(back, ["github-main", "kubernetes"]);
    assert!(plan(&world, &app, main_branch()).await.is_settled(), "the same issuer and subject");
}

#[tokio::test]
async fn what_microsoft_would_refuse_is_no_plan_that_runs() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    makes(&world, &app, main_branch()).await;
    let refused = plan(&world, &app, trust("no", "repo:example/other")).await;
    assert_eq!(problem(&refused), Some(CredentialProblem::TrustUnusable { field: TrustField::Name }));
    assert!(!refused.can_run());
    let taken = plan(&world, &app, trust("github-main", "repo:example/other")).await;
    assert_eq!((problem(&taken), taken.can_run()), (Some(CredentialProblem::TrustNameTaken), false));
    let graph = world.session().await.graph;
    for number in 1..20 {
        let subject = format!("repo:example/number-{number}");
        let name = format!("number-{number}");
        let one = federated::add(&app.id, &name, ISSUER, &subject, federated::AUDIENCE);
        graph.send(one).await.unwrap();
    }
    let full = plan(&world, &app, trust("one-more", "repo:example/other")).await;
    assert_eq!((problem(&full), full.can_run()), (Some(CredentialProblem::TrustsFull), false));
    let over = federated::add(&app.id, "one-more", ISSUER, "repo:example/other", federated::AUDIENCE);
    assert!(graph.send(over).await.is_err(), "Microsoft says the same");
}

#[tokio::test]
async fn a_lost_answer_makes_one_trust_and_it_can_be_undone() {
    for lost in
        [Action::Drop { commit: true }, Action::Drop { commit: false }, Action::Truncate, Action::Garbage]
    {
        let world = World::new(ADMIN);
        let app = app(&world).await;
        let path = "/v1.0/applications/*/federatedIdentityCredentials";
        world.tenant.practice().faults().arm(Fault::on("POST", path, lost).once());
        let run = makes(&world, &app, main_branch()).await;
        assert_eq!(trusted(&world, &app).await, ["github-main"]);
        undone(&world, &run).await;
        assert_eq!(trusted(&world, &app).await, [""; 0]);
    }
}

#[tokio::test]
async fn what_a_colleague_made_meanwhile_stays() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    let plan = plan(&world, &app, main_branch()).await;
    let run = plan.run.clone();
    let Trust { name, issuer, subject, audience } = main_branch();
    let graph = world.session().await.graph;
    graph.send(federated::add(&app.id, &name, &issuer, &subject, &audience)).await.unwrap();
    done(&world, plan).await;
    undone(&world, &run).await;
    assert_eq!(trusted(&world, &app).await, ["github-main"], "this run did not do it");
}

#[tokio::test]
async fn while_changes_spread_it_is_waited_for() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    super::later(&world);
    world.tenant.practice().faults().set_lag(Lag::REALISTIC);
    let run = makes(&world, &app, main_branch()).await;
    undone(&world, &run).await;
    world.tenant.pass(SignedDuration::from_mins(30));
    assert_eq!(trusted(&world, &app).await, [""; 0]);
}

/// Cut short at every point of the request: it goes on, or is undone, and there is one trust or none.
#[tokio::test]
async fn cut_short_anywhere_it_goes_on_or_is_undone() {
    let world = World::new(ADMIN);
    let app = app(&world).await;
    for at in Checkpoint::ALL {
        for undo in [false, true] {
            let plan = plan(&world, &app, main_branch()).await;
            let (run, key) = (plan.run.clone(), StepKey::of(&plan.steps[0].id));
            let cut = Arc::new(Cut { point: (at, key), hit: Semaphore::new(0) });
            let worker = world.worker_at(cut.clone()).await;
            tokio::select! {
                finished = worker.execute(plan, CancellationToken::new()) => panic!("{at:?}: {finished:?}"),
                hit = cut.hit.acquire() => drop(hit.unwrap()),
            }
            drop(worker);
            let case = format!("{at:?}, undo: {undo}");
            if !undo {
                let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
                assert_eq!(finished.finish, Finish::Done, "{case}: {finished:#?}");
                assert_eq!(trusted(&world, &app).await, ["github-main"], "{case}");
            }
            undone(&world, &run).await;
            assert_eq!(trusted(&world, &app).await, [""; 0], "{case}");
        }
    }
}
