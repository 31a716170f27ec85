//! Trust in another issuer's tokens.

use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

fn trust(name: &str, subject: &str) -> Value {
    json!({
        "name": name, "issuer": "https://token.actions.example", "subject": subject,
        "audiences": ["api://AzureADTokenExchange"],
    })
}

#[tokio::test]
async fn twenty_are_the_most_and_names_are_for_addresses() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Pipeline").await;
    let path = format!("/applications/{id}/federatedIdentityCredentials");
    for name in ["ab", "has space", "-first", "dotted.name", "ümlaut", &"x".repeat(121)] {
        admin.post(&path, trust(name, "s")).await.expect(400);
    }
    for (property, value) in [
        ("subject", json!("x".repeat(601))),
        ("issuer", json!("x".repeat(601))),
        ("audiences", json!([])),
        ("audiences", json!(["a", "b"])),
        ("description", json!("x".repeat(601))),
    ] {
        let mut wrong = trust("wrong", "s");
        wrong[property] = value;
        admin.post(&path, wrong).await.expect(400);
    }
    for number in 0..20 {
        admin.post(&path, trust(&format!("main-{number}"), &format!("s{number}"))).await.expect(201);
    }
    admin.post(&path, trust("one-more", "s20")).await.expect(400);
    let named = admin.get(&format!("{path}?$filter=name eq 'main-7'")).await.expect(200);
    assert_eq!(named.all("subject"), ["s7"]);
}

#[tokio::test]
async fn a_change_keeps_to_the_same_rules_and_the_name() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Pipeline").await;
    let path = format!("/applications/{id}/federatedIdentityCredentials");
    let one = admin.post(&path, trust("main", "a")).await.expect(201).text("id");
    admin.post(&path, trust("other", "b")).await.expect(201);
    admin.patch(&format!("{path}/{one}"), json!({ "subject": "b" })).await.expect(400);
    admin.patch(&format!("{path}/{one}"), json!({ "name": "renamed" })).await.expect(400);
    admin.patch(&format!("{path}/{one}"), json!({ "audiences": [] })).await.expect(400);
    admin.patch(&format!("{path}/{one}"), json!({ "subject": "c" })).await.expect(204);
    assert_eq!(admin.get(&format!("{path}(name='main')")).await.expect(200).body["subject"], "c");
    // By name, it may be made in the same breath.
    let made = trust("third", "d");
    admin.patch(&format!("{path}(name='third')"), made.clone()).await.expect(404);
    admin.with("Prefer", "create-if-missing").patch(&format!("{path}(name='third')"), made).await.expect(201);
    assert_eq!(admin.get(&path).await.expect(200).value().len(), 3);
    let stranger = world.person_with(&world.colleagues()[0], ADMIN).await;
    stranger.delete(&format!("{path}/{one}")).await.expect(403);
}

#[tokio::test]
async fn the_seeded_pipelines_have_no_secret() {
    let world = World::start().await;
    let reader = world.application_with(&["Application.Read.All"]).await;
    for (name, count) in [("Build Pipeline", 1), ("Container Registry Push", 3)] {
        let page = reader.get(&format!("/applications?$filter=displayName eq '{name}'")).await.expect(200);
        let app = &page.value()[0];
        assert_eq!((&app["passwordCredentials"], &app["keyCredentials"]), (&json!([]), &json!([])));
        let id = app["id"].as_str().unwrap();
        let held = reader.get(&format!("/applications/{id}/federatedIdentityCredentials")).await.expect(200);
        assert_eq!(held.value().len(), count, "{name}");
    }
}
