//! Invitations, as the window makes and opens them.

use std::sync::{Arc, Mutex};

use contract::{AccountKind, Changed, CloudId, ErrorCode, Invitation, PersonalFeature, Space};

use crate::world::World;

fn invitation() -> Invitation {
    Invitation {
        cloud: CloudId::Global,
        client_id: "6731de76-14a6-49ae-97bc-6eba6914391e".to_owned(),
        accounts: AccountKind::Work,
        features: vec![PersonalFeature::CalendarRead],
        product: "Totalview".to_owned(),
        organisation: "Lindqvist Logistics".to_owned(),
        greeting: "Welcome!".to_owned(),
    }
}

#[tokio::test]
async fn what_one_makes_another_opens_and_nothing_begins_by_it() {
    let world = World::before_any_door().await;
    // Before any door, and behind the one to real organisations.
    for entered in [false, true] {
        if entered {
            world.app.space_enter(Space::Real).await.unwrap();
        }
        let made = world.app.invitation_make(invitation()).await.unwrap();
        assert!(made.message.contains(&made.link) && made.message.starts_with("Welcome!"));
        let saved = world.app.invitation_save(invitation()).await.unwrap();
        assert!(saved.ends_with("totalview.gatehouse-invitation"), "{saved}");
        for text in [made.link, std::fs::read_to_string(saved).unwrap()] {
            let review = world.app.invitation_open(&text).await.unwrap();
            assert_eq!(review.invitation, invitation());
            assert_eq!(review.permissions[0].value, "Calendars.Read");
            assert!(!review.cautions.is_empty() && review.connection_id.is_none());
        }
    }
    assert!(world.computer.opened.lock().unwrap().is_empty(), "no browser opens");
    assert!(world.app.personal_connections().await.unwrap().is_empty());
}

#[tokio::test]
async fn practice_and_real_invitations_are_not_mixed() {
    let world = World::new().await;
    let practice = Invitation { cloud: CloudId::Practice, ..invitation() };
    let link = world.app.invitation_make(practice.clone()).await.unwrap().link;
    assert_eq!(world.app.invitation_open(&link).await.unwrap_err().code, ErrorCode::WrongSpace);
    let real = world.app.invitation_make(invitation()).await.unwrap().link;
    world.app.space_enter(Space::Practice).await.unwrap();
    assert_eq!(world.app.invitation_open(&real).await.unwrap_err().code, ErrorCode::WrongSpace);
    assert_eq!(world.app.invitation_open(&link).await.unwrap().invitation, practice);
    // Whatever was asked: what is made in practice is for practice.
    assert_eq!(world.app.invitation_make(invitation()).await.unwrap().invitation, practice);
}

#[tokio::test]
async fn mistakes_in_a_form_are_told_by_their_field() {
    let world = World::before_any_door().await;
    let cases: [(&str, Invitation); 6] = [
        ("clientId", Invitation { client_id: "totalview".to_owned(), ..invitation() }),
        ("cloud", Invitation { cloud: CloudId::Custom, ..invitation() }),
        (
            "accounts",
            Invitation {
                accounts: AccountKind::Organisation { tenant: "lo cal".to_owned() },
                ..invitation()
            },
        ),
        ("features", Invitation { features: Vec::new(), ..invitation() }),
        ("product", Invitation { product: " ".to_owned(), ..invitation() }),
        ("greeting", Invitation { greeting: "Ж".repeat(450), ..invitation() }),
    ];
    for (field, wanted) in cases {
        let told = world.app.invitation_make(wanted).await.unwrap_err();
        assert_eq!(told.code, ErrorCode::AnswersNeedAttention, "{field}");
        assert_eq!(told.issues.len(), 1, "{field}");
        assert_eq!(told.issues[0].input, field);
    }
    let told = world.app.invitation_open("https://evil.example/").await.unwrap_err();
    assert_eq!(told.code, ErrorCode::FileNotUsable);
    assert!(told.title.contains("invitation") && !told.why.contains("evil"), "{told:?}");
}

#[tokio::test]
async fn a_link_from_the_system_waits_for_the_window_once() {
    let world = World::before_any_door().await;
    let changes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&changes);
    world.app.app_changes(Arc::new(move |change| seen.lock().unwrap().push(change))).await.unwrap();
    let link = world.app.invitation_make(invitation()).await.unwrap().link;
    assert_eq!(world.app.invitation_waiting().await.unwrap(), None);
    // Clicked twice: shown once.
    world.app.invitation_arrived(&link);
    world.app.invitation_arrived(&link);
    assert_eq!(*changes.lock().unwrap(), [Changed::Personal, Changed::Personal]);
    assert_eq!(world.app.invitation_waiting().await.unwrap(), Some(link));
    assert_eq!(world.app.invitation_waiting().await.unwrap(), None);

    // A file is read as it is opened, as far as it needs to be, and only one with our name.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Totalview.gatehouse-invitation");
    let saved = world.app.invitation_save(invitation()).await.unwrap();
    std::fs::copy(saved, &file).unwrap();
    world.app.invitation_file_arrived(&file);
    let waiting = world.app.invitation_waiting().await.unwrap().unwrap();
    assert_eq!(world.app.invitation_open(&waiting).await.unwrap().invitation.product, "Totalview");
    std::fs::write(&file, "x".repeat(1_000_000)).unwrap();
    world.app.invitation_file_arrived(&file);
    let waiting = world.app.invitation_waiting().await.unwrap().unwrap();
    let told = world.app.invitation_open(&waiting).await.unwrap_err();
    assert!(waiting.len() < 20_000 && told.why.contains("too long"), "{}", told.why);
    world.app.invitation_file_arrived(&folder.path().join("gone.gatehouse-invitation"));
    let waiting = world.app.invitation_waiting().await.unwrap().unwrap();
    let told = world.app.invitation_open(&waiting).await.unwrap_err();
    assert!(told.why.contains("could not be read"), "{}", told.why);
    std::fs::write(folder.path().join("other.json"), "{}").unwrap();
    world.app.invitation_file_arrived(&folder.path().join("other.json"));
    assert_eq!(world.app.invitation_waiting().await.unwrap(), None);

    // What is no link of ours never gets that far; what is too long is cut, and told to be too long.
    for other in ["", "https://evil.example", "--headless", "gatehouse", "g\u{e4}tehouse://connect"] {
        world.app.invitation_arrived(other);
        assert_eq!(world.app.invitation_waiting().await.unwrap(), None, "{other}");
    }
    world.app.invitation_arrived(&format!("gatehouse://connect?{}", "é".repeat(1_000_000)));
    let waiting = world.app.invitation_waiting().await.unwrap().unwrap();
    assert!(waiting.len() < 5_000, "{}", waiting.len());
    let told = world.app.invitation_open(&waiting).await.unwrap_err();
    assert!(told.why.contains("too long"), "{}", told.why);
    // A broken one waits as well, so that the click is answered.
    world.app.invitation_arrived("gatehouse://connect?--headless");
    let waiting = world.app.invitation_waiting().await.unwrap().unwrap();
    assert_eq!(world.app.invitation_open(&waiting).await.unwrap_err().code, ErrorCode::FileNotUsable);
}
