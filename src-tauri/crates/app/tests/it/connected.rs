//! Who has let an app act for them, looked up and taken back, the way the window does it.

use std::sync::Arc;

use contract::{
    ErrorCode, PlanRequest, PlanView, RegistrationRef, RevokeWhose, RunState, SignInPurpose, StepState,
};

use crate::world::World;

/// The client id of an app of another organisation that people here let act for them.
fn vendor(world: &World) -> RegistrationRef {
    let app_id = world.tenant.tables(|tables| {
        let row =
            tables.service_principals.values().find(|row| row.text("displayName") == "Contoso Meetings");
        row.unwrap().text("appId").to_owned()
    });
    RegistrationRef { app_id }
}

async fn plan(world: &World, whose: RevokeWhose) -> PlanView {
    let app_id = vendor(world).app_id;
    world.app.plan_make(PlanRequest::RevokeConsent { app_id, whose }).await.unwrap()
}

#[tokio::test]
async fn what_people_allowed_is_told_in_words_and_goes_and_comes_back() {
    let world = World::new().await;
    world.sign_in().await;
    let before = world.app.connected_people(vendor(&world)).await.unwrap();
    assert_eq!((before.app_name.as_str(), before.more), ("Contoso Meetings", false));
    assert_eq!(before.everyone.as_ref().unwrap().scopes, ["User.Read", "Calendars.ReadWrite"]);
    let [erik, hannah, pavel, gone] = before.people.as_slice() else { panic!("{:#?}", before.people) };
    assert_eq!((erik.name.as_str(), erik.enabled), ("Erik Johansson", Some(true)));
    assert_eq!(erik.grant.scopes, ["User.Read", "Mail.Read", "Mail.Send", "Contacts.Read"]);
    assert!(erik.grant.permissions.iter().all(|one| one.sentence.contains(' ')), "{:?}", erik.grant);
    assert_eq!(hannah.grant.permissions.len(), 5);
    assert_eq!((pavel.enabled, gone.enabled, gone.upn.clone()), (Some(false), None, None));
    assert_eq!(gone.name, gone.id, "who is gone has no name");

    let some = RevokeWhose::People { ids: vec![erik.id.clone(), gone.id.clone()] };
    let shown = plan(&world, some.clone()).await;
    assert!(shown.can_run && shown.steps.iter().filter(|step| step.writes).count() == 2, "{shown:#?}");
    let run = world.app.run_start(&shown.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(run.summary.state, RunState::Done, "{run:#?}");
    let left = world.app.connected_people(vendor(&world)).await.unwrap();
    assert_eq!(left.people.len(), 2);
    assert_eq!(left.everyone, before.everyone);
    assert!(world.app.connections().await.unwrap().is_empty(), "it is no set-up");

    let again = plan(&world, some).await;
    assert!(again.steps.iter().all(|step| step.already), "{again:#?}");
    let undone = world.app.run_undo(&run.summary.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(undone.summary.state, RunState::Undone);
    assert!(undone.steps.iter().any(|step| step.state == StepState::Undone));
    let back = world.app.connected_people(vendor(&world)).await.unwrap();
    assert_eq!(back.people.len(), 3, "nothing is given to an account that is gone");
    assert_eq!(back.people[0], *erik);
}

#[tokio::test]
async fn all_of_it_goes_at_once() {
    let world = World::new().await;
    world.sign_in().await;
    let shown = plan(&world, RevokeWhose::All).await;
    assert!(shown.problems.iter().any(|one| one.title == "It does not stop at once" && !one.blocks));
    let run = world.app.run_start(&shown.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(run.summary.state, RunState::Done, "{run:#?}");
    let left = world.app.connected_people(vendor(&world)).await.unwrap();
    assert!(left.everyone.is_none() && left.people.is_empty());
}

#[tokio::test]
async fn a_session_that_only_knows_who_it_is_is_asked_for_more_before_anything_is_looked_up() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.app.sign_out(&account.id).await.unwrap();
    let client = world.own_client(account.client_id.clone());
    world.sign_in_only(client, SignInPurpose::Identify).await;
    let refused = world.app.connected_people(vendor(&world)).await.unwrap_err();
    assert_eq!((refused.code, refused.purpose), (ErrorCode::SignInForMore, Some(SignInPurpose::Inspect)));
    let request = PlanRequest::RevokeConsent { app_id: vendor(&world).app_id, whose: RevokeWhose::All };
    let refused = world.app.plan_make(request).await.unwrap_err();
    assert_eq!((refused.code, refused.purpose), (ErrorCode::SignInForMore, Some(SignInPurpose::SetUp)));
}

#[tokio::test]
async fn an_app_or_a_person_that_is_none_is_said() {
    let world = World::new().await;
    world.sign_in().await;
    let look = async |app_id: &str| {
        let which = RegistrationRef { app_id: app_id.to_owned() };
        world.app.connected_people(which).await.unwrap_err().code
    };
    assert_eq!(look("Contoso Meetings").await, ErrorCode::ClientNotFound);
    assert_eq!(look("99999999-9999-4999-8999-999999999999").await, ErrorCode::NotFound);
    let whose = RevokeWhose::People { ids: vec![String::new()] };
    let request = PlanRequest::RevokeConsent { app_id: vendor(&world).app_id, whose };
    assert_eq!(world.app.plan_make(request).await.unwrap_err().code, ErrorCode::NoSuchThing);
}
