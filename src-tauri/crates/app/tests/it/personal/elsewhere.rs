//! People of two organisations, and one person in both.

use contract::PersonalFeature::CalendarRead;
use contract::SignInEvent;
use contract::{
    AccountKind, DisconnectRequest, ErrorCode, PersonalConnection, PersonalRequest, PersonalState,
};
use practice::Demand;

use super::{again, fails, wish, works};
use crate::world::{World, upn};

/// At home in the second organisation, and a guest in the first.
const SAM: &str = "sam.whitfield@harborfreight.example";
const AISHA: &str = "aisha.bello@harborfreight.example";

impl World {
    /// Two organisations; the second one's admin has agreed to calendars for everyone.
    async fn of_two_organisations() -> Self {
        let world = Self::new().await;
        let app = world.open_to_all();
        world.agrees_for_everyone("eleanor.marsh@harborfreight.example", &app, "Calendars.Read").await;
        world
    }

    fn calendar(&self, accounts: AccountKind) -> PersonalRequest {
        PersonalRequest { client_id: self.open_to_all(), accounts, ..wish(&[CalendarRead]) }
    }

    async fn sam_at_home(&self) -> PersonalConnection {
        self.computer.person_signs_in_as(SAM);
        self.connects(self.calendar(AccountKind::Work)).await
    }

    async fn sam_as_guest(&self) -> PersonalConnection {
        let guest = self.tenant.people().into_iter().find(|person| person.role == "Guest").unwrap();
        self.computer.person_signs_in_as(&guest.upn);
        let tenant = self.tenant.tenant_id().to_owned();
        self.connects(self.calendar(AccountKind::Organisation { tenant })).await
    }

    async fn still_works(&self, connection: &PersonalConnection) {
        let looked = self.app.personal_check(&connection.id).await.unwrap();
        assert_eq!(looked.state, PersonalState::Works);
    }

    async fn ends(&self, connection: &PersonalConnection) {
        let request = DisconnectRequest { connection_id: connection.id.clone(), look_first: false };
        self.app.personal_disconnect(request).await.unwrap();
    }
}

#[tokio::test]
async fn one_person_in_two_organisations_has_two_connections_and_ends_them_one_by_one() {
    let world = World::of_two_organisations().await;
    let home = world.sam_at_home().await;
    let away = world.sam_as_guest().await;
    assert_ne!(home.id, away.id);
    assert!(home.tenant_name.contains("Harborfreight") && !home.guest, "{home:?}");
    assert!(away.tenant_name.contains("Lindqvist") && away.guest, "{away:?}");
    assert_eq!(world.connected().await, [away.id.as_str(), home.id.as_str()], "side by side, newest first");
    works(&home, CalendarRead);
    assert_eq!(fails(&away, CalendarRead), ErrorCode::MailboxNotFound, "a guest's calendar is at home");
    world.still_works(&home).await;
    world.still_works(&away).await;

    world.ends(&home).await;
    assert_eq!(world.connected().await, [away.id.as_str()]);
    world.still_works(&away).await;
    let home = world.sam_at_home().await;
    world.ends(&away).await;
    assert_eq!(world.connected().await, [home.id.as_str()]);
    world.still_works(&home).await;
}

#[tokio::test]
async fn what_ends_for_one_organisation_goes_on_for_the_other() {
    let world = World::of_two_organisations().await;
    world.computer.person_signs_in_as(AISHA);
    let aisha = world.connects(world.calendar(AccountKind::Work)).await;
    world.computer.person_is(Some("noor.haddad"));
    let noor = world.connects(world.calendar(AccountKind::Work)).await;
    assert_ne!(aisha.tenant_id, noor.tenant_id);
    assert!(world.tenant.demand(AISHA, None, Demand::PasswordChanged));
    let ended = world.app.personal_check(&aisha.id).await.unwrap();
    assert!(matches!(ended.state, PersonalState::Reconnect { .. }), "{:?}", ended.state);
    world.still_works(&noor).await;
    world.computer.person_signs_in_as(AISHA);
    let back = world.connects(again(&ended, &[CalendarRead])).await;
    assert_eq!((back.state, back.id), (PersonalState::Works, aisha.id));
}

#[tokio::test]
async fn somebody_else_of_the_same_organisation_is_caught() {
    let world = World::of_two_organisations().await;
    let home = world.sam_at_home().await;
    world.computer.person_signs_in_as(AISHA);
    let wrong = world.fails_to_connect(again(&home, &[CalendarRead])).await;
    assert_eq!(wrong.code, ErrorCode::WrongAccount);
    assert!(wrong.title.contains(AISHA), "who came: {wrong}");
    assert!(wrong.why.contains(SAM) && wrong.why.contains("Harborfreight"), "who was meant: {wrong}");
    assert_eq!(world.connected().await, [home.id.as_str()]);
    world.still_works(&home).await;
}

/// Microsoft itself binds a sign-in to the organisation that it was asked for; an answer from another one opens nothing.
#[tokio::test]
async fn the_same_name_from_another_organisation_opens_nothing() {
    let world = World::of_two_organisations().await;
    let home = world.sam_at_home().await;
    let away = world.sam_as_guest().await;
    let (_, asked, mut events) = world.is_sent_to(again(&away, &[CalendarRead])).await;
    assert!(asked.path().contains(&away.tenant_id), "{asked}");
    let elsewhere = asked.as_str().replace(&away.tenant_id, &home.tenant_id);
    world.at_browser(SAM, &elsewhere, "accept").await;
    let mut last = None;
    while let Some(event) = events.recv().await {
        last = Some(event);
    }
    let Some(SignInEvent::Failed { error }) = last else { panic!("{last:?}") };
    assert_eq!(error.code, ErrorCode::WrongOrganisation, "{error}");
    assert!(error.title.contains("another organisation"), "{error}");
    assert!(error.why.contains("Lindqvist") && error.next.contains(&away.upn), "who was meant: {error}");
    world.still_works(&home).await;
    world.still_works(&away).await;
}

/// A guest who was removed and invited once more has the same name, and is somebody else to Microsoft.
#[tokio::test]
async fn an_account_that_was_made_anew_is_no_dead_end() {
    let world = World::of_two_organisations().await;
    let away = world.sam_as_guest().await;
    let anew = "5a11f00d-0000-4000-8000-000000000001";
    world.tenant.tables(|tables| {
        let old = away.id.split('.').nth(1).unwrap();
        let mut guest = tables.users.get(old).unwrap().clone();
        tables.users.swap_remove(old);
        guest.body.insert("id".to_owned(), anew.into());
        tables.users.insert(anew.to_owned(), guest);
    });
    let wrong = world.fails_to_connect(again(&away, &[CalendarRead])).await;
    assert_eq!(wrong.code, ErrorCode::WrongAccount);
    assert!(wrong.title.contains("new account"), "{wrong}");
    assert!(wrong.next.contains("Disconnect") && wrong.next.contains("connect once more"), "{wrong}");
    world.ends(&away).await;
    let fresh = world.sam_as_guest().await;
    assert_eq!((fresh.state, fresh.upn), (PersonalState::Works, away.upn));
    assert_ne!(fresh.id, away.id);
    assert_ne!(fresh.name, upn("noor.haddad"));
}
