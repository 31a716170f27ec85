//! Personal Microsoft accounts: no organisation, passes that nobody can look into, and one page to take things back.

use contract::PersonalFeature::{CalendarRead, ContactsRead, MailRead};
use contract::{
    AccountKind, AppError, DisconnectRequest, DropFeatures, ErrorCode, GrantedBy, PersonalConnection,
    PersonalRequest, PersonalState, SignInEvent,
};

use super::{again, wish, works};
use crate::world::World;

const KIM: &str = "kim.sundstrom@outlook-practice.example";
const ROSA: &str = "rosa.delgado@outlook-practice.example";
/// What Microsoft answers for all personal accounts in place of an organisation
/// (<https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference>).
const NO_ORGANISATION: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// Where people see and take back what apps may do with a personal account.
const PAGE: &str = "consent/Manage";

impl World {
    async fn of_kim() -> Self {
        let world = Self::new().await;
        world.computer.person_signs_in_as(KIM);
        world
    }

    fn own(&self, accounts: AccountKind) -> PersonalRequest {
        PersonalRequest { client_id: self.open_to_all(), accounts, ..wish(&[CalendarRead, MailRead]) }
    }

    /// Microsoft's page comes back to the app with this refusal.
    async fn is_refused(&self, request: PersonalRequest, error: &str, description: &str) -> AppError {
        let (_, asked, mut events) = self.is_sent_to(request).await;
        let sent = |name: &str| asked.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
        let (back, state) = (sent("redirect_uri"), sent("state"));
        let form = [("error", error), ("error_description", description), ("state", state.as_str())];
        #[expect(clippy::disallowed_methods, reason = "the browser's part")]
        let browser = reqwest::Client::new();
        browser.post(back).form(&form).send().await.unwrap();
        let mut last = None;
        while let Some(event) = events.recv().await {
            last = Some(event);
        }
        match last {
            Some(SignInEvent::Failed { error }) => error,
            other => panic!("{other:?}"),
        }
    }
}

fn proved(connection: &PersonalConnection) {
    assert_eq!(connection.state, PersonalState::Works);
    assert!(connection.personal && !connection.guest, "{connection:?}");
    assert_eq!(connection.tenant_id, NO_ORGANISATION);
    assert_eq!(connection.tenant_name, "Personal account");
    works(connection, CalendarRead);
    works(connection, MailRead);
    for permission in &connection.permissions {
        assert_eq!((permission.granted_by, permission.in_token), (GrantedBy::Person, Some(true)));
    }
    assert!(connection.lasts_until.is_none() && connection.lasts.contains("no day"), "{}", connection.lasts);
}

#[tokio::test]
async fn the_whole_life_of_a_personal_connection() {
    let world = World::of_kim().await;
    let first = world.connects(world.own(AccountKind::Personal)).await;
    proved(&first);
    assert_eq!((first.name.as_str(), first.upn.as_str()), ("Kim Sundstr\u{f6}m", KIM));
    let looked = world.app.personal_check(&first.id).await.unwrap();
    proved(&looked);

    let wider = world.connects(again(&first, &[CalendarRead, MailRead, ContactsRead])).await;
    assert_eq!(world.asked_for(), ["Contacts.Read", "User.Read"], "only what is new");
    works(&wider, ContactsRead);
    let drop = DropFeatures { connection_id: first.id.clone(), features: vec![ContactsRead] };
    let less = world.app.personal_drop(drop).await.unwrap();
    let link = less.leftovers[0].link.clone().unwrap();
    assert!(link.ends_with(PAGE), "{link}");

    // Taken back on that page, it is recognised, and one click mends it.
    let said = world.at_browser(KIM, &link, &format!("revoke-{}", first.client_id)).await;
    assert!(said.contains("You took back"), "{said}");
    let ended = world.app.personal_check(&first.id).await.unwrap();
    let PersonalState::Reconnect { error } = &ended.state else { panic!("{:?}", ended.state) };
    assert!(error.why.contains("taken back"), "{error}");
    let back = world.connects(again(&ended, &ended.features)).await;
    proved(&back);
    assert_eq!((back.id.as_str(), back.connected_at), (first.id.as_str(), first.connected_at));

    let request = DisconnectRequest { connection_id: back.id.clone(), look_first: true };
    let done = world.app.personal_disconnect(request).await.unwrap();
    let links: Vec<&str> = done.remains.iter().filter_map(|one| one.link.as_deref()).collect();
    assert!(links.len() == 1 && links[0].ends_with(PAGE), "{links:?}");
    assert!(done.remains.iter().all(|one| !one.sentence.contains("90 days")), "{:?}", done.remains);
    assert!(world.connected().await.is_empty());
}

#[tokio::test]
async fn where_either_may_come_each_is_what_it_is() {
    let world = World::of_kim().await;
    let kim = world.connects(world.own(AccountKind::Either)).await;
    proved(&kim);
    world.computer.person_is(Some("noor.haddad"));
    let noor = world.connects(world.own(AccountKind::Either)).await;
    assert!(!noor.personal && noor.tenant_name.contains("Lindqvist"), "{noor:?}");
    proved(&world.app.personal_check(&kim.id).await.unwrap());

    let request = DisconnectRequest { connection_id: kim.id.clone(), look_first: true };
    world
        .at_browser(KIM, &format!("{}{PAGE}", world.tenant.base_url()), &format!("revoke-{}", kim.client_id))
        .await;
    let done = world.app.personal_disconnect(request).await.unwrap();
    assert_eq!(done.revoked.len(), 1, "{done:?}");
    assert_eq!(world.connected().await, [noor.id.as_str()]);
    assert_eq!(world.app.personal_check(&noor.id).await.unwrap().state, PersonalState::Works);
}

#[tokio::test]
async fn another_personal_account_is_caught() {
    let world = World::of_kim().await;
    let kim = world.connects(world.own(AccountKind::Personal)).await;
    world.computer.person_signs_in_as(ROSA);
    let wrong = world.fails_to_connect(again(&kim, &kim.features)).await;
    assert_eq!(wrong.code, ErrorCode::WrongAccount);
    assert!(wrong.title.contains(ROSA) && wrong.why.contains(KIM), "{wrong}");
    proved(&world.app.personal_check(&kim.id).await.unwrap());
}

/// Microsoft says it on its own page and mostly does not come back. Whoever leaves that page has lost nothing.
#[tokio::test]
async fn a_personal_account_where_only_organisations_go_is_stopped_and_can_go_on_elsewhere() {
    let world = World::of_kim().await;
    let (id, asked, _events) = world.is_sent_to(world.own(AccountKind::Work)).await;
    assert!(asked.path().starts_with("/organizations/"), "{asked}");
    // The list of accounts leaves personal ones out there.
    let said = world.at_browser(KIM, asked.as_str(), "accept").await;
    assert!(!said.contains(KIM), "{said}");
    world.app.sign_in_cancel(&id).await.unwrap();
    assert!(world.connected().await.is_empty());
    proved(&world.connects(world.own(AccountKind::Personal)).await);
}

/// Where it does come back, somebody without any organisation reads what is possible.
#[tokio::test]
async fn who_has_no_organisation_is_told_what_is_possible() {
    let world = World::of_kim().await;
    let at_organisations = [
        ("invalid_request", "AADSTS500200: User account is a personal Microsoft account."),
        (
            "access_denied",
            "AADSTS50020: User account from identity provider 'live.com' does not exist in tenant 'X'.",
        ),
    ];
    for (error, description) in at_organisations {
        let shown = world.is_refused(world.own(AccountKind::Work), error, description).await;
        assert_eq!(shown.code, ErrorCode::WrongAccount, "{shown}");
        assert!(shown.title.contains("personal account"), "{shown}");
        assert!(shown.next.contains("If not, choose personal accounts"), "{shown}");
    }
    let only_work =
        PersonalRequest { client_id: super::PRODUCT.to_owned(), ..world.own(AccountKind::Personal) };
    let unknown = "AADSTS700016: The client does not exist or is not enabled for consumers.";
    let shown = world.is_refused(only_work, "unauthorized_client", unknown).await;
    assert!(shown.title.contains("not open to personal accounts"), "{shown}");
    assert!(shown.next.contains("maker"), "{shown}");
    // A colleague who is no guest reads something else.
    let stranger =
        "AADSTS50020: User account from identity provider 'https://sts.windows.net/a/' does not exist.";
    let shown = world.is_refused(world.own(AccountKind::Work), "access_denied", stranger).await;
    assert!(shown.title.contains("not a member"), "{shown}");
    assert!(world.connected().await.is_empty());
}
