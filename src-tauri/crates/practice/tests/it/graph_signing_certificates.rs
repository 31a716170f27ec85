//! Certificates that sign SAML answers.

use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn a_signing_certificate_is_three_entries_of_one_identifier() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let id = admin.instance("Portal").await;
    let path = format!("/servicePrincipals/{id}");
    let made = admin
        .post(&format!("{path}/addTokenSigningCertificate"), json!({ "displayName": "CN=Portal" }))
        .await
        .expect(200);
    assert_eq!((made.text("type"), made.text("usage")), ("AsymmetricX509Cert".into(), "Verify".into()));
    assert_eq!(made.text("thumbprint").len(), 40);
    assert!(made.body["key"].is_string());

    let held = admin.get(&path).await.expect(200).body;
    let usages: Vec<&str> =
        held["keyCredentials"].as_array().unwrap().iter().filter_map(|own| own["usage"].as_str()).collect();
    assert_eq!(usages, ["Sign", "Verify"]);
    assert_eq!(held["keyCredentials"][1]["keyId"], made.body["keyId"]);
    assert_eq!(held["passwordCredentials"][0]["keyId"], held["keyCredentials"][0]["keyId"]);
    for own in [&held["keyCredentials"][0], &held["keyCredentials"][1], &held["passwordCredentials"][0]] {
        assert_eq!(own["customKeyIdentifier"], made.body["customKeyIdentifier"]);
        assert_eq!(own["endDateTime"], made.body["endDateTime"]);
    }
    let now = world.tenant.clock().now();
    let end: jiff::Timestamp = made.text("endDateTime").parse().unwrap();
    let days = end.duration_since(now).as_hours() / 24;
    assert!((1_094..=1_096).contains(&days), "three years: {days}");

    // It is made the active one by its thumbprint, and goes when it is left out.
    admin
        .patch(&path, json!({ "preferredTokenSigningKeyThumbprint": made.text("thumbprint") }))
        .await
        .expect(204);
    admin.patch(&path, json!({ "keyCredentials": [], "passwordCredentials": [] })).await.expect(204);
    let left = admin.get(&path).await.expect(200).body;
    assert_eq!((&left["keyCredentials"], &left["passwordCredentials"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn name_and_end_are_checked_and_strangers_kept_out() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let id = admin.instance("Portal").await;
    let path = format!("/servicePrincipals/{id}/addTokenSigningCertificate");
    for wrong in [
        json!({}),
        json!({ "displayName": "Portal" }),
        json!({ "displayName": "CN=" }),
        json!({ "displayName": "CN=Portal", "endDateTime": "2099-01-01T00:00:00Z" }),
        json!({ "displayName": "CN=Portal", "endDateTime": "2020-01-01T00:00:00Z" }),
        json!({ "displayName": "CN=Portal", "endDateTime": "soon" }),
        json!({ "displayName": "CN=Portal", "password": "x" }),
    ] {
        admin.post(&path, wrong).await.expect(400);
    }
    let colleague = world.person_with(&world.colleagues()[0], ADMIN).await;
    colleague.post(&path, json!({ "displayName": "CN=Portal" })).await.expect(403);
    let reader = world.person_with(GLOBAL_ADMINISTRATOR, "Application.Read.All").await;
    reader.post(&path, json!({ "displayName": "CN=Portal" })).await.expect(403);
}

#[tokio::test]
async fn the_seeded_ones_end_soon_or_have_ended() {
    let world = World::start().await;
    let reader = world.application_with(&["Application.Read.All"]).await;
    let page = reader
        .get("/servicePrincipals?$select=displayName,keyCredentials,preferredTokenSigningKeyThumbprint,notificationEmailAddresses&$top=999")
        .await
        .expect(200);
    let saml: Vec<&Value> =
        page.value().iter().filter(|own| own["preferredTokenSigningKeyThumbprint"].is_string()).collect();
    assert_eq!(saml.len(), 2);
    for own in saml {
        assert!(own["keyCredentials"].as_array().unwrap().iter().any(|key| key["usage"] == "Sign"));
        assert!(own["notificationEmailAddresses"][0].is_string());
    }
}
