//! Several accounts side by side, and the wrong one in the browser.

use contract::ErrorCode;
use contract::PersonalFeature::{CalendarRead, MailRead};
use contract::PersonalState;

use super::{again, wish};
use crate::world::{World, upn};

#[tokio::test]
async fn two_people_side_by_side_are_told_apart() {
    let world = World::of_noor().await;
    let noor = world.connects(wish(&[CalendarRead])).await;
    world.computer.person_is(Some("erik.johansson"));
    let erik = world.connects(wish(&[MailRead])).await;
    assert_ne!(noor.id, erik.id);
    let all = world.app.personal_connections().await.unwrap();
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Erik Johansson", "Noor Haddad"], "newest first");
    world.sessions_end("noor.haddad");
    let ended = world.app.personal_check(&noor.id).await.unwrap();
    assert!(matches!(ended.state, PersonalState::Reconnect { .. }));
    assert_eq!(world.app.personal_check(&erik.id).await.unwrap().state, PersonalState::Works);
}

#[tokio::test]
async fn the_wrong_account_is_caught_and_both_are_named() {
    let world = World::of_noor().await;
    let noor = world.connects(wish(&[CalendarRead])).await;
    world.computer.person_is(Some("erik.johansson"));
    let wrong = world.fails_to_connect(again(&noor, &[CalendarRead, MailRead])).await;
    assert_eq!(wrong.code, ErrorCode::WrongAccount);
    assert!(wrong.title.contains(&upn("erik.johansson")), "who came: {wrong}");
    assert!(
        wrong.why.contains("Noor Haddad") && wrong.next.contains(&upn("noor.haddad")),
        "who was meant: {wrong}"
    );
    let all = world.app.personal_connections().await.unwrap();
    assert_eq!((all.len(), &all[0].features), (1, &vec![CalendarRead]), "nothing was changed");
    assert_eq!(world.app.personal_check(&noor.id).await.unwrap().state, PersonalState::Works);
}
