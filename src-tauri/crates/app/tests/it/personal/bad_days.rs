//! Accounts that cannot, networks and vaults that do not, and clocks that are wrong: each is said as what it is.

use contract::PersonalFeature::{CalendarRead, MailRead};
use contract::{
    AccountKind, ErrorCode, PersonalRequest, PersonalState, SignInEvent, VaultChoice, VaultStatus,
};
use serde_json::json;
use vault::keyring::Availability;

use super::{again, fails, wish};
use crate::world::{World, upn};

fn in_organisation(world: &World) -> PersonalRequest {
    let tenant = world.tenant.tenant_id().to_owned();
    PersonalRequest { accounts: AccountKind::Organisation { tenant }, ..wish(&[CalendarRead, MailRead]) }
}

#[tokio::test]
async fn without_a_licence_there_is_no_mailbox() {
    let world = World::new().await;
    world.computer.person_is(Some("lena.fischer"));
    let connection = world.connects(wish(&[CalendarRead, MailRead])).await;
    assert_eq!(
        connection.state,
        PersonalState::Works,
        "the connection works; the account has nothing to open"
    );
    assert_eq!(fails(&connection, CalendarRead), ErrorCode::MailboxNotFound);
    assert_eq!(fails(&connection, MailRead), ErrorCode::MailboxNotFound);
}

#[tokio::test]
async fn a_guest_connects_where_it_is_a_guest_and_is_told_that_no_mailbox_is_there() {
    let world = World::new().await;
    let guest = world.tenant.people().into_iter().find(|person| person.role == "Guest").unwrap();
    world.computer.person_signs_in_as(&guest.upn);
    let connection = world.connects(in_organisation(&world)).await;
    assert!(connection.guest);
    assert_eq!(fails(&connection, CalendarRead), ErrorCode::MailboxNotFound);
}

#[tokio::test]
async fn a_disabled_account_is_recognised() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.account_is("noor.haddad", |row| {
        row.body.insert("accountEnabled".to_owned(), false.into());
    });
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    let PersonalState::Reconnect { error } = &looked.state else { panic!("{:?}", looked.state) };
    assert!(error.title.contains("switched off") || error.title.contains("disabled"), "{error}");
}

#[tokio::test]
async fn ninety_idle_days_are_recognised_and_a_used_session_goes_on() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    for _ in 0..3 {
        world.tenant.clock().advance(jiff::SignedDuration::from_hours(60 * 24));
        world.computer.time_passes(60);
        let looked = world.app.personal_check(&connection.id).await.unwrap();
        assert_eq!(looked.state, PersonalState::Works, "each use begins the 90 days anew");
    }
    world.tenant.clock().advance(jiff::SignedDuration::from_hours(91 * 24));
    world.computer.time_passes(91);
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    let PersonalState::Reconnect { error } = &looked.state else { panic!("{:?}", looked.state) };
    assert!(error.why.contains("not used for a long time"), "{error}");
}

#[tokio::test]
async fn a_clock_that_jumped_ends_nothing() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.computer.time_passes(400);
    let shown = world.app.personal_connection(&connection.id).await.unwrap();
    assert_eq!(shown.state, PersonalState::Works);
    assert_eq!(shown.lasts_until, None);
    assert!(
        shown.lasts.contains("may ask"),
        "what Microsoft will say is Microsoft's to say: {}",
        shown.lasts
    );
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::Works);
    assert!(world.app.app_status().await.unwrap().clock_ahead_seconds.is_some(), "and the clock is told of");
}

#[tokio::test]
async fn offline_shows_what_was_known() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.goes_wrong(json!([{ "path": "/*/oauth2/v2.0/token", "action": { "do": "drop" } }]));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::Offline);
    assert_eq!(looked.proofs.len(), 1, "what was seen before stays");
    world.tenant.faults().clear();
    assert_eq!(world.app.personal_check(&connection.id).await.unwrap().state, PersonalState::Works);
}

#[tokio::test]
async fn a_closed_vault_is_no_ended_session() {
    let mut world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.computer.keyring.set_availability(Availability::Locked);
    world.starts_again().await;
    assert_eq!(world.app.vault_open().await.unwrap(), VaultStatus::Locked);
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::VaultClosed);
    let opened = world.computer.opened.lock().unwrap().len();
    let refused = world.begins_to_connect(again(&connection, &connection.features)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::KeyringLocked);
    assert_eq!(world.computer.opened.lock().unwrap().len(), opened, "no browser for what could not be kept");
    assert!(
        world.app.app_status().await.unwrap().findings.iter().all(|one| !one.id.starts_with("personal-"))
    );
}

#[tokio::test]
async fn a_lost_key_costs_a_sign_in_and_nothing_else() {
    let mut world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.computer.keyring.wipe();
    world.starts_again().await;
    assert!(matches!(world.app.vault_open().await.unwrap(), VaultStatus::KeyLost { sealed_records: 1 }));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::VaultClosed);
    world.app.vault_choose(VaultChoice::AbandonLost).await.unwrap();
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    let PersonalState::Reconnect { error } = &looked.state else { panic!("{:?}", looked.state) };
    assert!(error.title.contains("no longer has the session"), "{error}");
    let back = world.connects(again(&connection, &connection.features)).await;
    assert_eq!((back.state, back.connected_at), (PersonalState::Works, connection.connected_at));
}

#[tokio::test]
async fn a_second_click_on_the_same_link_does_no_harm() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    let link = world.computer.opened.lock().unwrap().last().unwrap().clone();
    // The answer comes to a port where nobody listens any more.
    let status = tokio::task::spawn_blocking(move || {
        std::process::Command::new("python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/it/cli/person.py"))
            .arg(link.as_str())
            .env("PERSON", upn("noor.haddad"))
            .stderr(std::process::Stdio::null())
            .status()
    })
    .await
    .unwrap();
    assert!(status.is_ok());
    assert_eq!(world.app.personal_check(&connection.id).await.unwrap().state, PersonalState::Works);
    assert_eq!(world.app.personal_connections().await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_only_an_admin_may_allow_waits_for_one() {
    let world = World::of_noor().await;
    world.tenant.tables(|tables| {
        for policy in tables.policies.values_mut() {
            if let Some(rules) = policy.body.get_mut("defaultUserRolePermissions") {
                rules["permissionGrantPoliciesAssigned"] =
                    json!(["ManagePermissionGrantsForSelf.microsoft-user-default-low"]);
            }
        }
    });
    world.computer.person_does("cancel");
    let last = world.connects_to(wish(&[MailRead])).await;
    let SignInEvent::NeedsApproval { approval } = last else { panic!("{last:?}") };
    assert_eq!(approval.request.features, [MailRead]);
    assert!(world.app.personal_connections().await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_work_is_said_before_the_browser_opens() {
    let world = World::of_noor().await;
    let preview = |request| async { world.app.personal_preview(request).await.unwrap().issues };
    assert_eq!(preview(PersonalRequest { features: vec![], ..wish(&[]) }).await.len(), 1);
    assert_eq!(preview(PersonalRequest { client_id: "abc".into(), ..wish(&[MailRead]) }).await.len(), 1);
    let nowhere = AccountKind::Organisation { tenant: "not a domain".into() };
    assert_eq!(preview(PersonalRequest { accounts: nowhere, ..wish(&[MailRead]) }).await.len(), 1);
    let refused =
        world.begins_to_connect(PersonalRequest { client_id: "abc".into(), ..wish(&[MailRead]) }).await;
    assert_eq!(refused.unwrap_err().code, ErrorCode::AnswersNeedAttention);
    assert!(world.computer.opened.lock().unwrap().is_empty());
}

/// A second factor is wanted in the middle: Graph says with what to come back, and the next sign-in brings it.
#[tokio::test]
async fn a_proof_that_microsoft_wants_is_brought_to_the_next_sign_in() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.goes_wrong(json!([{ "path": "/v1.0/**", "action": { "do": "claims_challenge" } }]));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert!(matches!(looked.state, PersonalState::Reconnect { .. }), "{:?}", looked.state);
    world.tenant.faults().clear();
    let back = world.connects(again(&connection, &connection.features)).await;
    assert_eq!(back.state, PersonalState::Works);
    assert_eq!(world.asked_for(), ["Calendars.Read", "User.Read"]);
}

/// A rule of the organisation refuses the session: the words are those of the rule.
#[tokio::test]
async fn a_rule_of_the_organisation_is_named_as_one() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    let body = json!({ "error": "invalid_grant", "suberror": "message_only", "error_codes": [53003],
        "error_description": "AADSTS53003: Access has been blocked by Conditional Access policies." });
    let refusal = json!({ "do": "status", "status": 400, "body": body });
    world.goes_wrong(json!([{ "path": "/*/oauth2/v2.0/token", "action": refusal }]));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    let PersonalState::Reconnect { error } = &looked.state else { panic!("{:?}", looked.state) };
    assert!(error.why.contains("rule") || error.title.contains("rule"), "{error}");
    world.tenant.faults().clear();
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::Works, "the session was not thrown away");
}

/// The light look of the background finds what needs its person, and asks nobody anything.
#[tokio::test]
async fn the_background_looks_once_a_day_and_finds_what_ended() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.sessions_end("noor.haddad");
    world.computer.time_passes(1);
    let opened = world.computer.opened.lock().unwrap().len();
    let (sender, mut rounds) = tokio::sync::mpsc::unbounded_channel();
    let app = world.app.clone();
    let (changed, mut changes) = tokio::sync::mpsc::unbounded_channel();
    world
        .app
        .app_changes(std::sync::Arc::new(move |change| {
            let _ = changed.send(change);
        }))
        .await
        .unwrap();
    let reminding = tokio::spawn(async move {
        app.keep_reminding(std::sync::Arc::new(move |waiting| {
            let _ = sender.send(waiting);
        }))
        .await;
    });
    rounds.recv().await.unwrap();
    while changes.recv().await.unwrap() != contract::Changed::Personal {}
    reminding.abort();
    let shown = world.app.personal_connection(&connection.id).await.unwrap();
    assert!(matches!(shown.state, PersonalState::Reconnect { .. }), "{:?}", shown.state);
    assert_eq!(world.computer.opened.lock().unwrap().len(), opened);
}
