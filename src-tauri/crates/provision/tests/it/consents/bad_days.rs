//! Others at work at the same time, lost answers, refusals, changes that spread slowly.

use graph::grants;
use jiff::SignedDuration;
use practice::{Action, Fault, Lag};
use provision::{Finish, History, Whose};
use tokio_util::sync::CancellationToken;

use super::{allowed, done, grant_of, person, plan, undone, vendor};
use crate::world::{ADMIN, World};

const ONE: &str = "/v1.0/oauth2PermissionGrants/*";

#[tokio::test]
async fn what_a_colleague_took_back_meanwhile_is_fine_and_is_not_given_again() {
    let world = World::new(ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let plan =
        plan(&world, &vendor, &Whose::People(vec![erik.clone(), person(&world, "hannah.weiss")])).await;
    let id = grant_of(&world, &vendor, erik.as_str());
    world.session().await.graph.send(grants::remove_delegated(&id)).await.unwrap();
    let run = plan.run.clone();
    done(&world, plan).await;
    undone(&world, &run).await;
    let after = allowed(&world, &vendor);
    assert!(!after.contains_key(erik.as_str()), "this run did not take it");
    assert!(after.contains_key(person(&world, "hannah.weiss").as_str()));
}

#[tokio::test]
async fn a_lost_answer_is_settled_and_can_be_undone() {
    let world = World::new(ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let before = allowed(&world, &vendor);
    let plan = plan(&world, &vendor, &Whose::People(vec![erik.clone()])).await;
    let lost = Action::Drop { commit: true };
    world.tenant.practice().faults().arm(Fault::on("DELETE", ONE, lost).once());
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    if finished.finish != Finish::Done {
        let again = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
        assert_eq!(again.finish, Finish::Done, "{again:#?}");
    }
    assert!(!allowed(&world, &vendor).contains_key(erik.as_str()));
    undone(&world, &run).await;
    assert_eq!(allowed(&world, &vendor), before);
}

#[tokio::test]
async fn one_that_is_refused_keeps_no_other_and_can_be_tried_again() {
    let world = World::new(ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let plan = plan(&world, &vendor, &Whose::All).await;
    let path = format!("/v1.0/oauth2PermissionGrants/{}", grant_of(&world, &vendor, erik.as_str()));
    let refuse = Action::Status { status: 400, body: None, headers: Default::default(), commit: false };
    world.tenant.practice().faults().arm(Fault::on("DELETE", &path, refuse));
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(_)), "{finished:#?}");
    assert_eq!(allowed(&world, &vendor).into_keys().collect::<Vec<_>>(), [erik.to_string()]);
    assert!(History::of(&world.journal(), &run).await.unwrap().can_resume);
    world.tenant.practice().faults().clear();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(allowed(&world, &vendor).is_empty());
}

#[tokio::test]
async fn who_allowed_something_else_meanwhile_keeps_it_when_the_rest_comes_back() {
    let world = World::new(ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let whose = Whose::People(vec![erik.clone()]);
    let plan = plan(&world, &vendor, &whose).await;
    let (run, resource) = (plan.run.clone(), plan.steps[0].kind.clone());
    done(&world, plan).await;
    let provision::StepKind::RevokeConsents { client, consents } = resource else { panic!("{resource:?}") };
    let graph = world.session().await.graph;
    let new = grants::grant_delegated(&client, &consents[0].resource_id, Some(&erik), &["Files.Read"]);
    graph.send(new).await.unwrap();
    undone(&world, &run).await;
    let own = &allowed(&world, &vendor)[erik.as_str()];
    for scope in ["Files.Read", "Mail.Read", "Mail.Send", "Contacts.Read", "User.Read"] {
        assert!(own.contains(scope), "{own:?}");
    }
}

#[tokio::test]
async fn an_app_that_is_gone_gets_nothing_again_and_that_is_said() {
    let world = World::new(ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let plan = plan(&world, &vendor, &Whose::People(vec![erik])).await;
    let run = plan.run.clone();
    done(&world, plan).await;
    world.tenant.practice().tables(|tables| tables.service_principals.shift_remove(&vendor.principal));
    let remains = undone(&world, &run).await;
    assert!(remains.iter().any(|one| one.starts_with("The app is not there")), "{remains:?}");
}

#[tokio::test]
async fn while_changes_spread_it_is_looked_again() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    let before = allowed(&world, &vendor).len();
    world.tenant.pass(SignedDuration::from_mins(30));
    world.tenant.practice().faults().set_lag(Lag::REALISTIC);
    let plan = plan(&world, &vendor, &Whose::All).await;
    let run = plan.run.clone();
    done(&world, plan).await;
    assert!(allowed(&world, &vendor).is_empty());
    undone(&world, &run).await;
    assert_eq!(allowed(&world, &vendor).len(), before - 1);
}
