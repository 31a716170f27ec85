//! Certificates: uploaded, used at the token endpoint, rolled with a proof, taken away.

use practice::Lag;
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};
use crate::key_pair::KeyPair;

/// A registration with its enterprise app: object id, client id.
async fn registered(world: &World) -> (String, String) {
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Certified").await;
    admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    (id, app_id)
}

#[tokio::test]
async fn a_certificate_works_from_the_upload_until_it_is_taken_away() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = registered(&world).await;
    let path = format!("/applications/{id}");
    let (first, second) = (KeyPair::of(2026, 2028), KeyPair::of(2026, 2029));
    assert_eq!(first.token(&world, &app_id).await.1["error_codes"][0], 700_027);
    admin.patch(&path, json!({ "keyCredentials": [first.entry()] })).await.expect(204);
    let held = admin.get(&path).await.expect(200).body["keyCredentials"][0].clone();
    assert_eq!(held["customKeyIdentifier"], first.thumbprint().as_str());
    assert_eq!(held["startDateTime"], "2026-01-01T00:00:00Z");
    assert_eq!(held["endDateTime"], "2028-01-01T00:00:00Z");
    assert_eq!(first.token(&world, &app_id).await.0, 200);

    // Beside the first, which is sent back without its key.
    let kept =
        json!({ "keyId": held["keyId"], "type": "AsymmetricX509Cert", "usage": "Verify", "key": null });
    admin.patch(&path, json!({ "keyCredentials": [kept, second.entry()] })).await.expect(204);
    assert_eq!(first.token(&world, &app_id).await.0, 200);
    assert_eq!(second.token(&world, &app_id).await.0, 200);

    let rest = admin.get(&path).await.expect(200).body["keyCredentials"][1].clone();
    admin.patch(&path, json!({ "keyCredentials": [{ "keyId": rest["keyId"] }] })).await.expect(204);
    assert_eq!(first.token(&world, &app_id).await.1["error_codes"][0], 700_027);
    assert_eq!(second.token(&world, &app_id).await.0, 200);
}

#[tokio::test]
async fn what_is_no_usable_certificate_is_refused() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = registered(&world).await;
    let path = format!("/applications/{id}");
    let pair = KeyPair::of(2026, 2028);
    admin.patch(&path, json!({ "keyCredentials": [pair.entry()] })).await.expect(204);
    let held = admin.get(&path).await.expect(200).body["keyCredentials"][0].clone();
    let with = |name: &str, value: Value| {
        let mut entry = KeyPair::of(2026, 2028).entry();
        entry[name] = value;
        entry
    };
    for (wrong, says) in [
        (KeyPair::of(2020, 2021).entry(), "end date is invalid"),
        (with("key", json!("AAAA")), "property 'key'"),
        (with("key", json!("not base64!")), "property 'key'"),
        (with("endDateTime", json!("2031-01-01T00:00:00Z")), "property 'endDateTime'"),
        (with("type", json!("Symmetric")), "property 'type'"),
        (with("keyId", held["keyId"].clone()), "is not allowed"),
        (json!({ "keyId": "00000000-0000-4000-8000-000000000001" }), "property 'key'"),
    ] {
        let refused = admin.patch(&path, json!({ "keyCredentials": [wrong] })).await.expect(400);
        assert!(refused.message().contains(says), "{says}: {}", refused.text);
    }
    assert_eq!(admin.get(&path).await.expect(200).body["keyCredentials"][0], held, "nothing changed");
}

#[tokio::test]
async fn an_application_rolls_its_own_keys_with_a_proof_and_without_a_permission() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let service = world.application_with(&[]).await;
    let id = admin
        .get(&format!("/applications(appId='{}')?$select=id", service.client))
        .await
        .expect(200)
        .text("id");
    let path = format!("/applications/{id}");
    let (old, new) = (KeyPair::of(2026, 2028), KeyPair::of(2026, 2030));
    let add =
        |proof: String| json!({ "keyCredential": new.entry(), "passwordCredential": null, "proof": proof });
    // Without a certificate there is nothing to prove possession of.
    let first =
        service.post(&format!("{path}/addKey"), add(old.proof(&world, &id, |_| {}))).await.expect(401);
    assert_eq!(first.code(), "Authentication_MissingOrMalformed");
    admin.patch(&path, json!({ "keyCredentials": [old.entry()] })).await.expect(204);

    let wrong: [&dyn Fn(&mut Value); 4] = [
        &|claims| claims["aud"] = json!("00000003-0000-0000-c000-000000000000"),
        &|claims| claims["iss"] = json!("00000000-0000-4000-8000-000000000001"),
        &|claims| claims["exp"] = json!(claims["exp"].as_i64().unwrap() + 600),
        &|claims| {
            claims["nbf"] = json!(claims["nbf"].as_i64().unwrap() - 3_600);
            claims["exp"] = json!(claims["exp"].as_i64().unwrap() - 3_600);
        },
    ];
    for change in wrong {
        service.post(&format!("{path}/addKey"), add(old.proof(&world, &id, change))).await.expect(401);
    }
    service.post(&format!("{path}/addKey"), add(new.proof(&world, &id, |_| {}))).await.expect(401);
    let made = service.post(&format!("{path}/addKey"), add(old.proof(&world, &id, |_| {}))).await.expect(200);
    assert_eq!(made.body["endDateTime"], "2030-01-01T00:00:00Z");
    assert_eq!(new.token(&world, &service.client).await.0, 200);

    let held = admin.get(&path).await.expect(200).body["keyCredentials"].clone();
    let gone = json!({ "keyId": held[0]["keyId"], "proof": new.proof(&world, &id, |_| {}) });
    service.post(&format!("{path}/removeKey"), gone.clone()).await.expect(204);
    service.post(&format!("{path}/removeKey"), gone).await.expect(400);
    assert_eq!(old.token(&world, &service.client).await.1["error_codes"][0], 700_027);
    // Somebody else's keys need the permission as ever.
    let (other, _) = admin.application("Another").await;
    let proof = new.proof(&world, &other, |_| {});
    service.post(&format!("/applications/{other}/addKey"), add(proof)).await.expect(403);
}

#[tokio::test]
async fn a_policy_limits_the_life_of_certificates_however_they_come() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = registered(&world).await;
    let principal = admin.resource(&app_id).await;
    let short = KeyPair::of(2026, 2027);
    admin
        .patch(&format!("/applications/{id}"), json!({ "keyCredentials": [short.entry()] }))
        .await
        .expect(204);
    let restriction = json!({
        "restrictionType": "asymmetricKeyLifetime", "maxLifetime": "P400D", "state": "enabled",
        "restrictForAppsCreatedAfterDateTime": null,
    });
    let restrictions = json!({ "keyCredentials": [restriction] });
    let policy = json!({
        "isEnabled": true, "applicationRestrictions": restrictions, "servicePrincipalRestrictions": restrictions,
    });
    admin.patch("/policies/defaultAppManagementPolicy", policy).await.expect(204);
    let long = KeyPair::of(2026, 2029);
    let upload = json!({ "keyCredentials": [long.entry()] });
    for path in [format!("/applications/{id}"), format!("/servicePrincipals/{principal}")] {
        let refused = admin.patch(&path, upload.clone()).await.expect(400);
        assert_eq!(refused.code(), "CredentialInvalidLifetimeAsPerAppPolicy");
    }
    let rolled = json!({ "keyCredential": long.entry(), "proof": short.proof(&world, &id, |_| {}) });
    admin.post(&format!("/applications/{id}/addKey"), rolled).await.expect(400);
    let signing = json!({ "displayName": "CN=Portal" });
    admin
        .post(&format!("/servicePrincipals/{principal}/addTokenSigningCertificate"), signing)
        .await
        .expect(400);
    let allowed = json!({ "keyCredentials": [KeyPair::of(2026, 2027).entry()] });
    admin.patch(&format!("/servicePrincipals/{principal}"), allowed).await.expect(204);
}

#[tokio::test]
async fn the_token_endpoint_hears_of_new_and_removed_credentials_late() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = registered(&world).await;
    let path = format!("/applications/{id}");
    let pair = KeyPair::of(2026, 2028);
    world.tenant.faults().set_lag(Lag { secrets_ms: 60_000, ..Lag::default() });
    let wait = |seconds| world.tenant.clock().advance(jiff::SignedDuration::from_secs(seconds));

    admin.patch(&path, json!({ "keyCredentials": [pair.entry()] })).await.expect(204);
    let secret = admin.post(&format!("{path}/addPassword"), json!({})).await.expect(200);
    let (value, key_id) = (secret.text("secretText"), secret.text("keyId"));
    assert_eq!(pair.token(&world, &app_id).await.0, 401);
    assert_eq!(world.with_secret(&app_id, &value).await, 7_000_215);
    wait(60);
    assert_eq!(pair.token(&world, &app_id).await.0, 200);
    assert_eq!(world.with_secret(&app_id, &value).await, 0);

    admin.patch(&path, json!({ "keyCredentials": [] })).await.expect(204);
    admin.post(&format!("{path}/removePassword"), json!({ "keyId": key_id })).await.expect(204);
    assert_eq!(
        admin.get(&path).await.expect(200).body["passwordCredentials"],
        json!([]),
        "the directory knows"
    );
    assert_eq!(pair.token(&world, &app_id).await.0, 200, "the endpoint does not yet");
    assert_eq!(world.with_secret(&app_id, &value).await, 0);
    wait(60);
    assert_eq!(pair.token(&world, &app_id).await.1["error_codes"][0], 700_027);
    assert_eq!(world.with_secret(&app_id, &value).await, 7_000_215);
}
