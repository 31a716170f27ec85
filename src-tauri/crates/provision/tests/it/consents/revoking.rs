//! Taking back what one person, some, or all allowed.

use provision::{Blocks, History, PlanError, Planner, ProblemKind, StepState, Whose};

use super::{allowed, done, grant_of, person, plan, undone, vendor};
use crate::guides::writes_since;
use crate::world::{ADMIN, APP_ADMIN, ORDINARY, World};

fn told(plan: &provision::Plan, title: &str) -> bool {
    plan.problems.iter().any(|one| one.title == title && one.blocks == Blocks::Nothing)
}

#[tokio::test]
async fn one_person_s_permission_goes_and_comes_back_as_it_was() {
    let world = World::new(APP_ADMIN);
    let (vendor, erik) = (vendor(&world), person(&world, "erik.johansson"));
    let before = allowed(&world, &vendor);
    let whose = Whose::People(vec![erik.clone()]);
    let first = plan(&world, &vendor, &whose).await;
    assert_eq!(first.title, "Take back what one person allowed Contoso Meetings");
    assert_eq!(
        first.steps[0].sentence,
        "Take back what Erik Johansson allowed “Contoso Meetings”: User.Read, Mail.Read, Mail.Send and 1 more."
    );
    let request = &first.steps[0].requests[0];
    let id = grant_of(&world, &vendor, erik.as_str());
    assert_eq!(request.method.as_str(), "DELETE");
    assert!(request.url.ends_with(&format!("/v1.0/oauth2PermissionGrants/{id}")), "{}", request.url);
    assert!(told(&first, "A part is allowed for everyone"), "{:#?}", first.problems);
    assert!(told(&first, "It does not stop at once") && told(&first, "People can allow it again"));
    let (run, mark) = (first.run.clone(), world.mark());
    done(&world, first).await;
    assert_eq!(writes_since(&world, mark).len(), 1);
    let mut without = before.clone();
    without.remove(erik.as_str());
    assert_eq!(allowed(&world, &vendor), without, "that one, and no other");
    let again = plan(&world, &vendor, &whose).await;
    assert!(again.is_settled() && again.can_run());
    assert_eq!(again.steps[0].sentence, "Erik Johansson has allowed “Contoso Meetings” nothing.");
    let mark = world.mark();
    done(&world, again).await;
    assert!(writes_since(&world, mark).is_empty(), "a second time sends nothing");
    let history = History::of(&world.journal(), &run).await.unwrap();
    assert!(
        history.can_undo && history.steps.iter().all(|(_, state)| matches!(state, StepState::Done { .. }))
    );
    undone(&world, &run).await;
    assert_eq!(allowed(&world, &vendor), before);
    assert!(!History::of(&world.journal(), &run).await.unwrap().can_undo);
}

#[tokio::test]
async fn all_of_it_goes_and_what_cannot_come_back_is_said() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    let before = allowed(&world, &vendor);
    let all = plan(&world, &vendor, &Whose::All).await;
    assert_eq!(all.steps.iter().filter(|step| step.writes()).count(), 5, "four people and everyone");
    assert!(all.steps[0].sentence.contains("for everyone"), "{}", all.steps[0].sentence);
    assert!(!told(&all, "A part is allowed for everyone"), "it goes too");
    assert!(all.steps.iter().any(|step| step.sentence.contains("a deleted account")));
    let run = all.run.clone();
    done(&world, all).await;
    assert!(allowed(&world, &vendor).is_empty());
    let again = plan(&world, &vendor, &Whose::All).await;
    assert!(again.is_settled());
    assert_eq!(again.steps[0].sentence, "Nobody has allowed “Contoso Meetings” anything.");
    let remains = undone(&world, &run).await;
    assert!(remains.iter().any(|one| one.starts_with("One account is not there")), "{remains:?}");
    let after = allowed(&world, &vendor);
    assert_eq!(after.len(), before.len() - 1);
    assert!(after.iter().all(|(whom, scopes)| before[whom] == *scopes));
}

#[tokio::test]
async fn several_people_at_once_and_one_who_allowed_nothing() {
    let world = World::new(ADMIN);
    let vendor = vendor(&world);
    let ids = ["hannah.weiss", "noor.haddad", "pavel.novak", "hannah.weiss"].map(|one| person(&world, one));
    let some = plan(&world, &vendor, &Whose::People(ids.to_vec())).await;
    let due = some.steps.iter().filter(|step| step.is_due() && step.writes()).count();
    assert_eq!((due, some.steps.iter().filter(|step| step.already).count()), (2, 1), "each once");
    done(&world, some).await;
    let left = allowed(&world, &vendor);
    assert!(!left.contains_key(ids[0].as_str()) && !left.contains_key(ids[2].as_str()) && left.len() == 3);
}

#[tokio::test]
async fn who_may_not_is_told_who_may_before_anything_is_sent() {
    let world = World::new(ORDINARY);
    let vendor = vendor(&world);
    let session = world.session().await;
    let plan = Planner::new(&session).revoke_consents(&vendor.app_id, &Whose::All).await.unwrap();
    assert!(!plan.can_run());
    let problem =
        plan.problems.iter().find(|one| matches!(one.kind, ProblemKind::RoleMissing { .. })).unwrap();
    assert!(problem.why.contains("Cloud Application Administrator"), "{}", problem.why);
    assert!(!problem.people.is_empty(), "{problem:?}");
}

#[tokio::test]
async fn where_only_admins_allow_apps_that_is_said() {
    let world = World::new(ADMIN);
    world.tenant.practice().tables(|tables| {
        let policy = tables.policies.get_mut("authorizationPolicy").unwrap();
        policy.body["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] = serde_json::json!([]);
    });
    let plan = plan(&world, &vendor(&world), &Whose::All).await;
    assert!(told(&plan, "Only an admin can allow it again"), "{:#?}", plan.problems);
}

#[tokio::test]
async fn an_unknown_app_is_no_plan() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let planner = Planner::new(&session);
    let none = planner.revoke_consents("99999999-9999-4999-8999-999999999999", &Whose::All).await;
    assert!(matches!(none, Err(PlanError::NoSuchApp { .. })), "{none:?}");
}
