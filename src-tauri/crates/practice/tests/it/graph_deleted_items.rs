//! Deleted applications: kept for 30 days, restored, purged.

use serde_json::json;

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn a_deleted_registration_can_be_restored_with_its_service_principal() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Regretted").await;
    let instance = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id");
    admin.delete(&format!("/applications/{id}")).await.expect(204);
    admin.get(&format!("/servicePrincipals/{instance}")).await.expect(404);
    let bin = admin
        .get("/directory/deletedItems/microsoft.graph.application?$select=id,deletedDateTime&$top=999")
        .await
        .expect(200);
    let entry = bin.value().iter().find(|own| own["id"] == id.as_str()).unwrap();
    assert!(entry["deletedDateTime"].is_string());
    assert_eq!(
        admin.get(&format!("/directory/deletedItems/{id}")).await.expect(200).text("displayName"),
        "Regretted"
    );
    admin.get("/directory/deletedItems").await.expect(400);

    let back = admin.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    assert_eq!(back.text("id"), id);
    admin.get(&format!("/applications/{id}")).await.expect(200);
    admin.get(&format!("/servicePrincipals/{instance}")).await.expect(200);
}

#[tokio::test]
async fn the_permission_for_applications_is_enough_to_restore_one() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, "Application.ReadWrite.All").await;
    let (id, _) = admin.application("Regretted").await;
    admin.delete(&format!("/applications/{id}")).await.expect(204);
    admin.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    let users = world.person_with(GLOBAL_ADMINISTRATOR, "User.ReadWrite.All").await;
    admin.delete(&format!("/applications/{id}")).await.expect(204);
    users.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(403);
}

#[tokio::test]
async fn a_purged_or_old_one_is_gone_for_good() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (purged, _) = admin.application("Purged").await;
    let (old, _) = admin.application("Old").await;
    for id in [&purged, &old] {
        admin.delete(&format!("/applications/{id}")).await.expect(204);
    }
    admin.delete(&format!("/directory/deletedItems/{purged}")).await.expect(204);
    admin.post(&format!("/directory/deletedItems/{purged}/restore"), json!({})).await.expect(404);
    world.tenant.clock().advance(jiff::SignedDuration::from_hours(31 * 24));
    let later = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    later.post(&format!("/directory/deletedItems/{old}/restore"), json!({})).await.expect(404);
}
