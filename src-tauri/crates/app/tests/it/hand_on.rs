//! Who comes after me: a file that a colleague opens, and that holds nothing secret.

use contract::{ErrorCode, SecretInput, WebhookAddress};

use crate::world::World;

#[tokio::test]
async fn what_is_handed_on_holds_no_secret_of_any_kind_and_is_taken_over_whole() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let address = "https://hooks.example/canary-9c8b7a?sig=canary-6d5e4f".to_owned();
    world.app.reminder_webhook_set(WebhookAddress { url: SecretInput::new(address) }).await.unwrap();
    let file = world.app.hand_on_save().await.unwrap().path;
    let text = std::fs::read_to_string(&file).unwrap();
    let mut secrets: Vec<String> =
        world.tenant.tables(|tables| tables.secrets.values().map(|one| one.value.clone()).collect());
    assert!(!secrets.is_empty());
    secrets.extend(["canary", "refresh", "Bearer", "eyJ"].map(str::to_owned));
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} stands in the file");
    }
    let shown = serde_json::to_string(&world.app.hand_on_open(&text).await.unwrap()).unwrap();
    assert!(shown.contains("Totalview"), "{shown}");

    let mine = world.app.connection(&world.connection().await).await.unwrap();
    let colleague = World::before_any_door().await;
    colleague.app.space_enter(contract::Space::Real).await.unwrap();
    let refused = colleague.app.hand_on_accept(&text).await.unwrap_err();
    assert!(matches!(refused.code, ErrorCode::SignInNeeded | ErrorCode::WrongOrganisation), "{refused:?}");
    // Taken over by somebody of the same organisation; what is known already stays as it is.
    world.app.hand_on_accept(&text).await.unwrap();
    let again = world.app.connection(&world.connection().await).await.unwrap();
    assert_eq!(again.summary.id, mine.summary.id);
    assert!(again.registrations[0].secret.as_ref().unwrap().stored, "the secret that is here stays here");
}

#[tokio::test]
async fn a_file_that_was_changed_on_the_way_is_refused_in_words() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let file = world.app.hand_on_save().await.unwrap().path;
    let text = std::fs::read_to_string(&file).unwrap();
    for bent in
        [text.replace("\"format\": 1", "\"format\": 2"), text[..text.len() / 2].to_owned(), "{}".to_owned()]
    {
        let refused = world.app.hand_on_open(&bent).await.unwrap_err();
        assert!(refused.why.ends_with('.') && !refused.why.contains("column"), "{refused:?}");
        assert!(world.app.hand_on_accept(&bent).await.is_err());
    }
}
