//! Handing over: what is copied, for how long, and what is shown.

use contract::{ConnectionView, ErrorCode, HandOverFieldRef};

use crate::world::World;

fn field(view: &ConnectionView, secret: bool) -> HandOverFieldRef {
    let fields = view.hand_over.sections.iter().flat_map(|section| &section.fields);
    let field = fields.into_iter().find(|field| field.secret == secret).unwrap();
    HandOverFieldRef { connection_id: view.summary.id.clone(), field_id: field.id.clone() }
}

#[tokio::test]
async fn a_secret_is_copied_for_a_while_and_the_rest_for_good() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let view = world.app.connection(&world.connection().await).await.unwrap();
    let secret = world.tenant.tables(|tables| {
        let app = tables.application_by_app_id(&view.registrations[0].app_id).unwrap().text("id").to_owned();
        tables.secrets.values().find(|secret| secret.owner == app).unwrap().value.clone()
    });
    let copied = || world.computer.clipboard.lock().unwrap().clone();

    let receipt = world.app.hand_over_copy(field(&view, true)).await.unwrap();
    let seconds = receipt.cleared_in_seconds.unwrap();
    assert_eq!(copied(), Some((secret.clone(), Some(std::time::Duration::from_secs(seconds.into())))));
    // At quit it is cleared at once.
    world.app.close();
    assert_eq!(copied(), None);
    world.app.space_enter(contract::Space::Real).await.unwrap();

    let receipt = world.app.hand_over_copy(field(&view, false)).await.unwrap();
    assert_eq!(receipt.cleared_in_seconds, None);
    let (text, clear_after) = copied().unwrap();
    assert_eq!(clear_after, None);
    assert_ne!(text, secret);

    let shown = world.app.hand_over_reveal(field(&view, true)).await.unwrap();
    assert_eq!((shown.value.as_str(), shown.hide_after_seconds), (secret.as_str(), 30));
    assert!(!format!("{shown:?}").contains(&secret));
    let refused = world.app.hand_over_reveal(field(&view, false)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NoSuchThing, "what is no secret is not revealed as one");
    for nonsense in ["", "0", "0.", ".0", "-1.0", "0.99", "99.0", "0.0.0", "18446744073709551616.0"] {
        let which =
            HandOverFieldRef { connection_id: view.summary.id.clone(), field_id: nonsense.to_owned() };
        assert_eq!(
            world.app.hand_over_copy(which).await.unwrap_err().code,
            ErrorCode::NoSuchThing,
            "{nonsense}"
        );
    }

    // Attack 40: nothing that goes to the page unasked holds it.
    let page = serde_json::to_string(&world.app.connection(&view.summary.id).await.unwrap()).unwrap();
    let status = serde_json::to_string(&world.app.app_status().await.unwrap()).unwrap();
    let runs = world.app.runs().await.unwrap();
    let run = serde_json::to_string(&world.app.run(&runs[0].id).await.unwrap()).unwrap();
    for text in [page, status, run] {
        assert!(!text.contains(&secret));
    }
}

/// The request for a colleague goes to the downloads, under a name that is free.
#[tokio::test]
async fn a_request_is_saved_beside_what_is_there() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.computer.person_is(Some("chiara.bianchi"));
    let chiara = world.sign_in_with(world.own_client(account.client_id)).await.unwrap();
    world.set_up(&chiara).await;
    let id = world.connection().await;
    let request = world.app.connection(&id).await.unwrap().grant_request.expect("nothing to hand on");
    assert!(request.people.iter().any(|person| person.contains("Marcus Öberg")), "{:?}", request.people);
    let first = world.app.grant_request_save(&id).await.unwrap();
    let second = world.app.grant_request_save(&id).await.unwrap();
    assert_ne!(first, second);
    for file in [&first, &second] {
        assert!(std::path::Path::new(file).starts_with(world.downloads()));
        assert_eq!(std::fs::read_to_string(file).unwrap(), request.file_text);
    }
}
