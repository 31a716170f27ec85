//! Connected, proved, changed, ended elsewhere, reconnected.

use contract::PersonalFeature::{CalendarRead, CalendarWrite, ContactsRead, MailRead, MailSend};
use contract::{
    DropFeatures, ErrorCode, FindingTarget, GrantedBy, PersonalOutcome, PersonalState, SignInEvent,
};

use super::{again, proof, wish, works};
use crate::world::{World, upn};

#[tokio::test]
async fn a_person_connects_and_sees_what_works() {
    let world = World::of_noor().await;
    let preview =
        world.app.personal_preview(wish(&[MailSend, CalendarRead, MailRead, CalendarRead])).await.unwrap();
    let asked: Vec<&str> = preview.permissions.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(asked, ["Calendars.Read", "Mail.Read", "Mail.Send"]);
    assert_eq!(preview.added.len(), 3, "all of it is new");
    assert!(preview.issues.is_empty(), "{:?}", preview.issues);
    assert!(world.computer.opened.lock().unwrap().is_empty(), "a preview sends nothing");

    let connection = world.connects(wish(&[CalendarRead, MailRead, MailSend, ContactsRead])).await;
    assert_eq!(world.sent_with("prompt").as_deref(), Some("select_account"));
    assert_eq!(world.asked_for(), ["Calendars.Read", "Contacts.Read", "Mail.Read", "Mail.Send", "User.Read"]);
    assert_eq!(connection.state, PersonalState::Works);
    assert_eq!(
        (connection.product.as_str(), connection.upn.as_str()),
        ("Totalview", upn("noor.haddad").as_str())
    );
    assert_eq!(connection.tenant_name, "Lindqvist Logistics (practice)");
    assert!(!connection.personal && !connection.guest);
    assert!(connection.beyond.is_empty(), "{:?}", connection.beyond);
    assert!(connection.permissions.iter().all(|one| one.in_token == Some(true)));
    assert!(
        connection.permissions.iter().all(|one| one.granted_by == GrantedBy::Unknown),
        "nobody here may read it"
    );
    assert!(connection.lasts_until.is_some() && connection.lasts.contains("90 days"), "{}", connection.lasts);

    let (sentence, lines) = works(&connection, CalendarRead);
    assert!(sentence.starts_with("Your calendar opens.") && lines.len() <= 3, "{sentence} {lines:?}");
    assert!(works(&connection, MailRead).0.contains("unread"));
    works(&connection, ContactsRead);
    assert!(
        matches!(proof(&connection, MailSend), PersonalOutcome::NotTried { .. }),
        "nothing is sent unasked"
    );

    let sent = world.app.personal_test_message(&connection.id).await.unwrap();
    assert!(works(&sent, MailSend).0.contains(&upn("noor.haddad")));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert!(works(&looked, MailSend).0.contains("went to"), "a look sends nothing, and forgets nothing");
}

#[tokio::test]
async fn a_feature_is_added_and_only_it_is_asked_for() {
    let mut world = World::of_noor().await;
    let first = world.connects(wish(&[CalendarRead])).await;
    let preview = world.app.personal_preview(again(&first, &[CalendarRead, MailRead])).await.unwrap();
    assert_eq!((preview.permissions.len(), preview.added.len()), (2, 1));

    let wider = world.connects(again(&first, &[CalendarRead, MailRead])).await;
    assert_eq!(world.asked_for(), ["Mail.Read", "User.Read"], "what was agreed to is not asked again");
    assert_eq!(world.sent_with("prompt"), None, "the account is known");
    assert_eq!(world.sent_with("login_hint"), Some(upn("noor.haddad")));
    assert_eq!((wider.id.as_str(), wider.product.as_str()), (first.id.as_str(), "Totalview"));
    assert_eq!(wider.connected_at, first.connected_at);
    assert_eq!(wider.features, [CalendarRead, MailRead]);
    works(&wider, CalendarRead);
    works(&wider, MailRead);

    // Connecting once more as if for the first time finds it, and takes nothing away.
    let found = world.connects(wish(&[MailSend])).await;
    assert_eq!(found.features, [CalendarRead, MailRead, MailSend]);
    assert_eq!(world.app.personal_connections().await.unwrap().len(), 1);

    world.starts_again().await;
    world.app.vault_open().await.unwrap();
    let kept = world.app.personal_connection(&first.id).await.unwrap();
    assert_eq!(kept.state, PersonalState::NotLooked);
    assert_eq!(works(&kept, CalendarRead).1, Vec::<String>::new(), "titles of meetings are not written down");
    let looked = world.app.personal_check(&first.id).await.unwrap();
    assert_eq!(looked.state, PersonalState::Works);
}

#[tokio::test]
async fn less_is_asked_for_and_what_still_stands_is_said() {
    let world = World::of_noor().await;
    let first = world.connects(wish(&[CalendarWrite, MailRead])).await;
    let nothing = DropFeatures { connection_id: first.id.clone(), features: vec![CalendarWrite, MailRead] };
    let refused = world.app.personal_drop(nothing).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AnswersNeedAttention);

    let less = DropFeatures { connection_id: first.id.clone(), features: vec![MailRead] };
    let less = world.app.personal_drop(less).await.unwrap();
    assert_eq!(less.features, [CalendarWrite]);
    assert!(less.proofs.iter().all(|proof| proof.feature == CalendarWrite));
    assert_eq!(less.leftovers.len(), 1, "{:?}", less.leftovers);
    let link = less.leftovers[0].link.clone().unwrap();
    assert!(link.ends_with("/myapps"), "{link}");
    assert!(less.beyond.is_empty(), "said once: {:?}", less.beyond);

    // Asked for again, it is no leftover.
    let more = world.connects(again(&less, &[CalendarWrite, MailRead])).await;
    assert!(more.leftovers.is_empty());
    let less = DropFeatures { connection_id: first.id.clone(), features: vec![MailRead] };
    world.app.personal_drop(less).await.unwrap();

    // Taken back there: the leftover goes, and the connection says that it needs its person.
    world.takes_back("noor.haddad");
    let ended = world.app.personal_check(&first.id).await.unwrap();
    assert!(ended.leftovers.is_empty(), "{:?}", ended.leftovers);
    let PersonalState::Reconnect { error } = &ended.state else { panic!("{:?}", ended.state) };
    assert!(error.title.contains("taken back"), "{error}");
    assert!(ended.permissions.iter().all(|one| one.in_token == Some(false)));

    let back = world.connects(again(&ended, &ended.features)).await;
    assert_eq!(back.state, PersonalState::Works);
    assert_eq!(world.allowed("noor.haddad").iter().filter(|name| name.starts_with("Mail")).count(), 0);
}

#[tokio::test]
async fn sessions_ended_elsewhere_are_recognised_and_nothing_is_lost() {
    let mut world = World::of_noor().await;
    let first = world.connects(wish(&[CalendarRead, MailSend])).await;
    world.app.personal_test_message(&first.id).await.unwrap();
    world.sessions_end("noor.haddad");

    let ended = world.app.personal_check(&first.id).await.unwrap();
    let PersonalState::Reconnect { error } = &ended.state else { panic!("{:?}", ended.state) };
    assert_eq!(error.code, ErrorCode::SignInNeeded);
    assert!(error.why.contains("password") || error.why.contains("sessions"), "{error}");
    assert_eq!(ended.lasts_until, None);

    world.starts_again().await;
    world.app.vault_open().await.unwrap();
    let status = world.app.app_status().await.unwrap();
    let finding = status.findings.iter().find(|one| one.id.starts_with("personal-")).unwrap();
    assert_eq!(finding.target, FindingTarget::Personal { connection_id: first.id.clone() });
    assert!(finding.title.contains("Totalview"), "{finding:?}");

    let back = world.connects(again(&ended, &ended.features)).await;
    assert_eq!(back.state, PersonalState::Works);
    assert_eq!((back.connected_at, &back.features), (first.connected_at, &first.features));
    assert!(works(&back, MailSend).0.contains("went to"), "what was shown before stays shown");
    let status = world.app.app_status().await.unwrap();
    assert!(!status.findings.iter().any(|one| one.id.starts_with("personal-")), "{:?}", status.findings);
}

#[tokio::test]
async fn who_granted_it_is_said_where_an_admin_is_signed_in_here() {
    let world = World::new().await;
    world.sign_in().await;
    world.computer.person_is(Some("noor.haddad"));
    let connection = world.connects(wish(&[CalendarRead])).await;
    assert_eq!(connection.permissions[0].granted_by, GrantedBy::Person);
}

#[tokio::test]
async fn what_was_agreed_to_elsewhere_is_said_too() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.tenant.tables(|tables| {
        for grant in tables.oauth2_permission_grants.values_mut() {
            let more = format!("{} Contacts.ReadWrite", grant.text("scope"));
            grant.body.insert("scope".to_owned(), more.into());
        }
    });
    // Grants spread.
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(10));
    let looked = world.app.personal_check(&connection.id).await.unwrap();
    assert_eq!(looked.beyond.len(), 1, "{:?}", looked.beyond);
    assert_eq!(looked.beyond[0].value, "Contacts.ReadWrite");
    assert!(looked.beyond[0].sentence.is_some());
}

#[tokio::test]
async fn the_product_gets_facts_or_a_token_and_only_when_asked() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    let receipt = world.app.personal_copy_token(&connection.id).await.unwrap();
    assert!(receipt.cleared_in_seconds.is_some_and(|seconds| seconds <= 60));
    let (token, clear) = world.computer.clipboard.lock().unwrap().clone().unwrap();
    assert!(clear.is_some() && token.len() > 100);

    let path = world.app.personal_save_file(&connection.id).await.unwrap();
    assert!(path.ends_with("totalview.gatehouse-connection.json"), "{path}");
    let text = std::fs::read_to_string(path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(file["format"], "gatehouse-connection/1");
    assert_eq!(file["scopes"], serde_json::json!(["Calendars.Read"]));
    assert_eq!(file["account"]["signInName"], upn("noor.haddad"));
    assert!(!text.contains(&token) && !text.to_lowercase().contains("refresh"), "{text}");
}

#[tokio::test]
async fn declined_halfway_and_cancelled_change_nothing() {
    let world = World::of_noor().await;
    let first = world.connects(wish(&[CalendarRead])).await;
    world.computer.person_does("cancel");
    let declined = world.fails_to_connect(again(&first, &[CalendarRead, MailRead])).await;
    assert_eq!(declined.code, ErrorCode::ConsentDeclined);
    assert!(
        declined.why.contains("Cancel") && declined.why.contains("admin"),
        "both are possible: {declined}"
    );
    let same = world.app.personal_check(&first.id).await.unwrap();
    assert_eq!((same.state, same.features), (PersonalState::Works, vec![CalendarRead]));

    world.computer.person_does("leave");
    let (id, mut events) = world.begins_to_connect(wish(&[MailRead])).await.unwrap();
    assert_eq!(events.recv().await, Some(SignInEvent::BrowserOpened));
    world.app.sign_in_copy_link(&id).await.unwrap();
    world.app.sign_in_open_again(&id).await.unwrap();
    world.app.sign_in_cancel(&id).await.unwrap();
    assert_eq!(events.recv().await, Some(SignInEvent::Cancelled));
    assert_eq!(world.app.personal_connections().await.unwrap().len(), 1);
}
