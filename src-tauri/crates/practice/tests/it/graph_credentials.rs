//! Client secrets and certificates.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn a_secret_is_shown_once() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Secretive").await;
    let sent = json!({ "passwordCredential": { "displayName": "gatehouse/1" } });
    let made = admin.post(&format!("/applications/{id}/addPassword"), sent).await.expect(200);
    let value = made.text("secretText");
    assert_eq!(value.len(), 40);
    assert!(value.starts_with(&made.text("hint")) && made.text("hint").len() == 3 && value.contains('~'));
    let start: jiff::Timestamp = made.text("startDateTime").parse().unwrap();
    let end: jiff::Timestamp = made.text("endDateTime").parse().unwrap();
    let days = end.duration_since(start).as_hours() / 24;
    assert!((730..=731).contains(&days), "two years without a date: {days}");

    let listed =
        admin.get(&format!("/applications(appId='{app_id}')?$select=passwordCredentials")).await.expect(200);
    let credential = &listed.body["passwordCredentials"][0];
    assert_eq!(credential["secretText"], Value::Null);
    assert_eq!(credential["keyId"], made.body["keyId"]);
    assert_eq!(credential["displayName"], "gatehouse/1");
    assert!(!listed.text.contains(&value));

    let path = format!("/applications(appId='{app_id}')/removePassword");
    admin.post(&path, json!({ "keyId": made.body["keyId"] })).await.expect(204);
    let again = admin.post(&path, json!({ "keyId": made.body["keyId"] })).await.expect(400);
    assert_eq!(again.message(), "No password credential found with keyId.");
    world.assert_requests();
}

#[tokio::test]
async fn a_body_may_be_left_out_and_bad_dates_are_refused() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Dates").await;
    let path = format!("/applications/{id}/addPassword");
    admin.post(&path, json!({})).await.expect(200);
    admin.post(&path, json!({ "passwordCredential": null })).await.expect(200);
    for wrong in [
        json!({ "passwordCredential": { "endDateTime": "2020-01-01T00:00:00Z" } }),
        json!({ "passwordCredential": { "endDateTime": "next year" } }),
        json!({ "passwordCredential": { "secretText": "mine" } }),
        json!({ "displayName": "not inside" }),
    ] {
        admin.post(&path, wrong).await.expect(400);
    }
    admin.post("/applications/00000000-0000-4000-8000-000000000000/addPassword", json!({})).await.expect(404);
}

#[tokio::test]
async fn policies_forbid_secrets_or_cap_their_life() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Policed").await;
    let path = format!("/applications/{id}/addPassword");
    let restrict = |kind: &str, life: Value| {
        json!({ "isEnabled": true, "applicationRestrictions": { "passwordCredentials": [{
            "restrictionType": kind, "state": "enabled", "maxLifetime": life,
            "restrictForAppsCreatedAfterDateTime": "2021-01-01T10:37:00Z",
        }] } })
    };
    let policy = "/policies/defaultAppManagementPolicy";
    admin.patch(policy, restrict("passwordLifetime", json!("P90D"))).await.expect(204);
    let capped = admin.post(&path, json!({})).await.expect(400);
    assert_eq!(capped.code(), "CredentialInvalidLifetimeAsPerAppPolicy");
    let soon = world.tenant.clock().now() + jiff::SignedDuration::from_hours(24 * 60);
    admin.post(&path, json!({ "passwordCredential": { "endDateTime": soon.to_string() } })).await.expect(200);

    admin.patch(policy, restrict("passwordAddition", Value::Null)).await.expect(204);
    let forbidden = admin.post(&path, json!({})).await.expect(400);
    assert_eq!(forbidden.code(), "CredentialTypeNotAllowedAsPerAppPolicy");
    assert!(forbidden.message().contains("Credential type not allowed as per assigned policy"));

    let exempt =
        json!({ "displayName": "Exempt", "isEnabled": true, "restrictions": { "passwordCredentials": [] } });
    let exempt = admin.post("/policies/appManagementPolicies", exempt).await.expect(201).text("id");
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/policies/appManagementPolicies/{exempt}") });
    admin.post(&format!("/applications/{id}/appManagementPolicies/$ref"), reference).await.expect(204);
    admin.post(&path, json!({})).await.expect(200);
    assert_eq!(
        admin.get(&format!("/applications/{id}/appManagementPolicies")).await.expect(200).all("id"),
        [exempt.as_str()]
    );
    admin.delete(&format!("/applications/{id}/appManagementPolicies/{exempt}/$ref")).await.expect(204);
    admin.post(&path, json!({})).await.expect(400);
}

#[tokio::test]
async fn a_certificate_replaces_the_collection_and_its_key_shows_only_when_selected() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Certified").await;
    let path = format!("/applications/{id}");
    let mut parameters = rcgen::CertificateParams::new(vec![]).unwrap();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "Quay");
    parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2030, 1, 1);
    let certificate = parameters.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
    let key = STANDARD.encode(certificate.der());
    let entry = json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": key });
    admin.patch(&path, json!({ "keyCredentials": [entry] })).await.expect(204);

    let plain = admin.get(&path).await.expect(200);
    let credential = &plain.body["keyCredentials"][0];
    assert_eq!(credential["key"], Value::Null);
    assert_eq!(credential["displayName"], "CN=Quay");
    assert_eq!(credential["endDateTime"], "2030-01-01T00:00:00Z");
    let selected = admin.get(&format!("{path}?$select=keyCredentials")).await.expect(200);
    assert_eq!(selected.body["keyCredentials"][0]["key"], key.as_str());
    let listed = admin.get("/applications?$select=keyCredentials&$top=999").await.expect(200);
    let keys = listed.value().iter().flat_map(|own| own["keyCredentials"].as_array().unwrap());
    assert!(keys.clone().count() > 0);
    assert!(keys.into_iter().all(|own| own["key"].is_null()));

    let kept = json!({ "keyId": credential["keyId"], "type": "AsymmetricX509Cert", "usage": "Verify" });
    admin.patch(&path, json!({ "keyCredentials": [kept] })).await.expect(204);
    assert_eq!(
        admin.get(&format!("{path}?$select=keyCredentials")).await.expect(200).body["keyCredentials"][0]["key"],
        key.as_str()
    );
    admin
        .patch(
            &path,
            json!({ "keyCredentials": [{ "type": "AsymmetricX509Cert", "usage": "Verify", "key": "AAAA" }] }),
        )
        .await
        .expect(400);
    admin.patch(&path, json!({ "keyCredentials": [] })).await.expect(204);
    assert_eq!(admin.get(&path).await.expect(200).body["keyCredentials"], json!([]));
}

#[tokio::test]
async fn passwords_can_be_dropped_but_not_made_by_an_update() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Dropped").await;
    let path = format!("/applications/{id}");
    let made = admin.post(&format!("{path}/addPassword"), json!({})).await.expect(200).text("keyId");
    let new = json!({ "passwordCredentials": [{ "displayName": "mine" }] });
    assert!(admin.patch(&path, new).await.expect(400).message().contains("service actions"));
    admin.patch(&path, json!({ "passwordCredentials": [{ "keyId": made }] })).await.expect(204);
    admin.patch(&path, json!({ "passwordCredentials": [] })).await.expect(204);
    assert_eq!(admin.get(&path).await.expect(200).body["passwordCredentials"], json!([]));
}
