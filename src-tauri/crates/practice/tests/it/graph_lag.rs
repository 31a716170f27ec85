//! Replication lag: what a new object looks like to replicas that have not heard of it.

use jiff::SignedDuration;
use practice::Lag;
use serde_json::json;

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, GRAPH, World};

#[tokio::test]
async fn a_new_registration_is_not_there_yet_for_a_while() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    world.tenant.faults().set_lag(Lag { objects_ms: 60_000, ..Lag::default() });
    let (id, app_id) = admin.application("Late").await;
    let absent = admin.get(&format!("/applications/{id}")).await.expect(404);
    assert!(
        absent
            .message()
            .contains("does not exist or one of its queried reference-property objects are not present")
    );
    admin.post(&format!("/applications/{id}/addPassword"), json!({})).await.expect(404);
    admin.patch(&format!("/applications/{id}"), json!({ "notes": "x" })).await.expect(404);
    let mut refusals = Vec::new();
    for _ in 0..3 {
        let refused = admin.post("/servicePrincipals", json!({ "appId": app_id })).await;
        refusals.push((refused.status, refused.message().to_owned()));
    }
    assert!(refusals.iter().any(
        |(status, text)| *status == 400 && text.contains("does not reference a valid application object")
    ));
    assert!(
        refusals.iter().any(|(status, text)| *status == 403 && text.contains("must in the local tenant"))
    );
    let listed = admin.get("/applications?$filter=displayName eq 'Late'").await.expect(200);
    assert!(listed.value().is_empty());

    world.tenant.clock().advance(SignedDuration::from_secs(61));
    admin.get(&format!("/applications/{id}")).await.expect(200);
    admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
}

#[tokio::test]
async fn an_upsert_is_safe_to_repeat_while_replicas_lag() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    world.tenant.faults().set_lag(Lag { objects_ms: 60_000, ..Lag::default() });
    let path = "/applications(uniqueName='late-run')";
    let body = json!({ "displayName": "Late run", "signInAudience": "AzureADMyOrg" });
    admin.with("Prefer", "create-if-missing").patch(path, body.clone()).await.expect(201);
    admin.get(path).await.expect(404);
    admin.with("Prefer", "create-if-missing").patch(path, body).await.expect(204);
    world.tenant.clock().advance(SignedDuration::from_secs(61));
    assert_eq!(
        admin.get("/applications?$filter=displayName eq 'Late run'").await.expect(200).value().len(),
        1
    );
}

#[tokio::test]
async fn a_change_shows_late_and_a_grant_to_a_new_principal_is_refused() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let graph = admin.resource(GRAPH).await;
    let (id, app_id) = admin.application("Before").await;
    world.tenant.faults().set_lag(Lag { changes_ms: 60_000, objects_ms: 60_000, ..Lag::default() });
    world.tenant.clock().advance(SignedDuration::from_secs(61));
    admin.patch(&format!("/applications/{id}"), json!({ "displayName": "After" })).await.expect(204);
    assert_eq!(admin.get(&format!("/applications/{id}")).await.expect(200).body["displayName"], "Before");

    let instance = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id");
    let grant = json!({ "principalId": instance, "resourceId": graph, "appRoleId": "810c84a8-4a9e-49e6-bf7d-12d183f40d01" });
    let early =
        admin.post(&format!("/servicePrincipals/{graph}/appRoleAssignedTo"), grant.clone()).await.expect(400);
    assert_eq!(early.message(), "Not a valid reference update.");
    let delegated = json!({ "clientId": instance, "consentType": "AllPrincipals", "resourceId": graph, "scope": "User.Read" });
    admin.post("/oauth2PermissionGrants", delegated).await.expect(404);

    world.tenant.clock().advance(SignedDuration::from_secs(61));
    assert_eq!(admin.get(&format!("/applications/{id}")).await.expect(200).body["displayName"], "After");
    admin.post(&format!("/servicePrincipals/{graph}/appRoleAssignedTo"), grant).await.expect(201);
}
