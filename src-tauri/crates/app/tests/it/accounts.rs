//! Signing in, side by side and out again.

use contract::{AccountState, ClientChoice, ErrorCode, SignInEvent};

use crate::world::World;

#[tokio::test]
async fn a_new_attempt_takes_the_place_of_one_that_waits() {
    let world = World::new().await;
    world.computer.person_is(None);
    let (first, mut first_events) = world.begin_sign_in(ClientChoice::Bootstrap).await.unwrap();
    assert_eq!(first_events.recv().await, Some(SignInEvent::BrowserOpened));
    assert!(world.app.sign_in_link(&first).is_some());
    let (second, mut second_events) = world.begin_sign_in(ClientChoice::Bootstrap).await.unwrap();
    assert_eq!(first_events.recv().await, Some(SignInEvent::Cancelled));
    assert_eq!(second_events.recv().await, Some(SignInEvent::BrowserOpened));
    assert_eq!(world.app.sign_in_link(&first), None, "a link of an ended sign-in leads nowhere");

    // The link is copied as it is, for another browser of the same person; it is no secret to be cleared.
    let receipt = world.app.sign_in_copy_link(&second).await.unwrap();
    assert_eq!(receipt.cleared_in_seconds, None);
    let copied = world.computer.clipboard.lock().unwrap().clone().unwrap();
    assert_eq!(Some(copied.0), world.app.sign_in_link(&second));
    assert_eq!(copied.1, None);

    world.app.sign_in_cancel(&second).await.unwrap();
    assert_eq!(second_events.recv().await, Some(SignInEvent::Cancelled));
    assert_eq!(world.app.sign_in_open_again(&second).await.unwrap_err().code, ErrorCode::NoSuchThing);
    assert!(world.app.app_status().await.unwrap().accounts.is_empty());
}

#[tokio::test]
async fn the_session_through_microsofts_client_ends_with_the_own_one() {
    let world = World::new().await;
    let first = world.sign_in_with(ClientChoice::Bootstrap).await.unwrap();
    assert!(first.bootstrap);
    let account = world.sign_in().await;
    assert!(!account.bootstrap);
    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.accounts.len(), 1, "{:?}", status.accounts);
    assert_eq!(status.active_account, Some(account.id.clone()));
    assert_eq!(status.accounts[0].roles.as_ref().unwrap()[0].name, "Global Administrator");
    assert_eq!(status.accounts[0].tenant_name, "Lindqvist Logistics (practice)");
    assert_eq!(world.app.organisation_clients().await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_people_side_by_side_and_one_leaves() {
    let mut world = World::new().await;
    let astrid = world.sign_in().await;
    world.computer.person_is(Some("chiara.bianchi"));
    let chiara = world.sign_in_with(world.own_client(astrid.client_id.clone())).await.unwrap();
    assert_ne!(astrid.id, chiara.id);
    assert_eq!(world.app.active_account().unwrap().id, chiara.id, "who signed in last is looked through");
    world.app.account_choose(&astrid.id).await.unwrap();

    world.starts_again().await;
    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.accounts.len(), 2);
    assert_eq!(status.active_account, Some(astrid.id.clone()));
    assert!(world.app.domains().await.unwrap().iter().any(|domain| domain.is_default));

    let out = world.app.sign_out(&astrid.id).await.unwrap();
    assert!(!out.removed.is_empty() && !out.remains.is_empty());
    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.accounts.iter().map(|one| &one.id).collect::<Vec<_>>(), [&chiara.id]);
    assert_eq!(status.active_account, Some(chiara.id.clone()));
    assert_eq!(world.app.account_choose(&astrid.id).await.unwrap_err().code, ErrorCode::NoSuchThing);
    assert!(world.app.people_search("noo").await.unwrap().iter().any(|person| person.name == "Noor Haddad"));
}

/// A session that Microsoft ended is shown as such, by the run that found out, and after the next start.
#[tokio::test]
async fn an_ended_session_is_marked_until_the_next_sign_in() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    let plan = world.plan(&account).await;
    // An admin ends all of her sessions, at Microsoft.
    let later = world.tenant.clock().now().to_string();
    world.tenant.tables(|tables| {
        let id = tables.user(&account.upn).unwrap().text("id").to_owned();
        let row = tables.users.get_mut(&id).unwrap();
        row.body.insert("signInSessionsValidFromDateTime".to_owned(), later.clone().into());
        row.body.insert("_sessionsValidFrom".to_owned(), later.into());
    });
    world.starts_again().await;
    let draft = world.app.app_status().await.unwrap().drafts.remove(0);
    let refused = world.app.plan_make(contract::PlanRequest::SetUp { draft_id: draft.id }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SignInNeeded);
    assert_eq!(
        world.app.run_start(&plan, std::sync::Arc::new(|_| {})).await.unwrap_err().code,
        ErrorCode::NoSuchThing
    );

    let again = world.sign_in_with(world.own_client(account.client_id)).await.unwrap();
    assert_eq!(again.id, account.id);
    assert_eq!(again.state, AccountState::Ready);
    world.set_up(&again).await;
    assert_eq!(world.app.connections().await.unwrap().len(), 1);
}
