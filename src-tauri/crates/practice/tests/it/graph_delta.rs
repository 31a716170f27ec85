//! Tracking changes of registrations and enterprise apps.

use jiff::SignedDuration;
use practice::Lag;
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, Caller, GLOBAL_ADMINISTRATOR, World};

/// Follows a round to its end: everything it told, and the link to the next.
async fn round(caller: &Caller<'_>, link: &str) -> (Vec<Value>, String) {
    let mut told = Vec::new();
    let mut link = link.to_owned();
    loop {
        let page = caller.get(&link).await.expect(200);
        told.extend(page.value().iter().cloned());
        match page.body["@odata.nextLink"].as_str() {
            Some(next) => link = next.to_owned(),
            None => return (told, page.text("@odata.deltaLink")),
        }
    }
}

fn of<'v>(told: &'v [Value], id: &str) -> Vec<&'v Value> {
    told.iter().filter(|own| own["id"] == id).collect()
}

fn later(world: &World) {
    world.tenant.clock().advance(SignedDuration::from_secs(1));
}

#[tokio::test]
async fn a_change_tells_the_changed_properties_and_nothing_else() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Tracked").await;
    later(&world);
    let (all, link) = round(&admin, "/applications/delta?$top=30").await;
    assert!(all.len() > 60);
    assert!(link.contains("/applications/delta?$deltatoken=") && !link.contains("$top"), "{link}");
    assert!(round(&admin, &link).await.0.is_empty(), "one request when nothing changed");
    later(&world);
    admin
        .patch(&format!("/applications/{id}"), json!({ "notes": "n", "displayName": "Renamed" }))
        .await
        .expect(204);
    admin.post(&format!("/applications/{id}/addPassword"), json!({})).await.expect(200);
    let (told, _) = round(&admin, &link).await;
    let [only] = told.as_slice() else { panic!("{told:?}") };
    let names: Vec<&String> = only.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(only["displayName"], "Renamed");
    assert_eq!(only["passwordCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(only["passwordCredentials"][0]["secretText"], Value::Null);
}

#[tokio::test]
async fn only_what_is_selected_is_tracked() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Tracked").await;
    later(&world);
    let (all, link) = round(&admin, "/applications/delta?$select=displayName,passwordCredentials").await;
    assert!(all.iter().all(|own| own["id"].is_string() && own.get("appId").is_none()));
    later(&world);
    admin.patch(&format!("/applications/{id}"), json!({ "notes": "not looked at" })).await.expect(204);
    let (told, link) = round(&admin, &link).await;
    assert!(told.is_empty(), "{told:?}");
    later(&world);
    admin.patch(&format!("/applications/{id}"), json!({ "displayName": "Seen" })).await.expect(204);
    assert_eq!(round(&admin, &link).await.0, [json!({ "displayName": "Seen", "id": id })]);
    let (one, _) = round(&admin, &format!("/applications/delta?$filter=id eq '{id}'")).await;
    assert_eq!(one.len(), 1);
    for refused in ["$filter=displayName eq 'x'", "$orderby=displayName", "$expand=owners", "$count=true"] {
        admin.get(&format!("/applications/delta?{refused}")).await.expect(400);
    }
}

#[tokio::test]
async fn deleted_restored_and_purged_are_told_apart() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Comes and goes").await;
    let principal = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id");
    later(&world);
    let (_, link) = round(&admin, "/applications/delta").await;
    let (_, others) = round(&admin, "/servicePrincipals/delta?$select=displayName").await;
    later(&world);
    admin.delete(&format!("/applications/{id}")).await.expect(204);
    let (told, link) = round(&admin, &link).await;
    assert_eq!(of(&told, &id)[0]["@removed"]["reason"], "changed");
    let (told, others) = round(&admin, &others).await;
    assert_eq!(of(&told, &principal)[0]["@removed"]["reason"], "changed", "it goes along");
    later(&world);
    admin.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    let (told, link) = round(&admin, &link).await;
    assert_eq!(of(&told, &id)[0]["displayName"], "Comes and goes", "in full");
    assert_eq!(of(&told, &id)[0]["appId"], app_id.as_str());
    later(&world);
    admin.delete(&format!("/applications/{id}")).await.expect(204);
    admin.delete(&format!("/directory/deletedItems/{id}")).await.expect(204);
    let (told, link) = round(&admin, &link).await;
    assert_eq!(of(&told, &id)[0]["@removed"]["reason"], "deleted");
    let (told, _) = round(&admin, &others).await;
    assert_eq!(of(&told, &principal)[0]["@removed"]["reason"], "deleted");
    later(&world);
    assert!(round(&admin, &link).await.0.is_empty());
}

#[tokio::test]
async fn from_now_on_and_from_the_beginning_again() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (told, link) = round(&admin, "/applications/delta?$deltatoken=latest&$select=displayName").await;
    assert!(told.is_empty());
    later(&world);
    let (id, _) = admin.application("New").await;
    let (told, link) = round(&admin, &link).await;
    assert_eq!(told, [json!({ "displayName": "New", "id": id })]);

    world.tenant.clock().advance(SignedDuration::from_hours(7 * 24 + 1));
    let fresh = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let gone = fresh.get(&link).await.expect(410);
    assert_eq!(gone.code(), "syncStateNotFound");
    let again = gone.header("location").to_owned();
    assert!(again.ends_with("?$select=displayName&$deltatoken="), "{again}");
    let (told, _) = round(&fresh, &again).await;
    assert!(told.len() > 60 && told[0].get("appId").is_none());
    fresh.get("/applications/delta?$deltatoken=rubbish").await.expect(400);
}

#[tokio::test]
async fn nothing_is_lost_while_changes_spread() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (_, link) = round(&admin, "/applications/delta?$select=displayName").await;
    world.tenant.faults().set_lag(Lag { objects_ms: 60_000, changes_ms: 60_000, ..Lag::default() });
    let (id, _) = admin.application("Slow").await;
    let (told, link) = round(&admin, &link).await;
    assert!(of(&told, &id).is_empty(), "no replica has heard of it");
    world.tenant.clock().advance(SignedDuration::from_secs(61));
    let (told, link) = round(&admin, &link).await;
    assert_eq!(of(&told, &id).len(), 1);
    admin.patch(&format!("/applications/{id}"), json!({ "displayName": "Slow, renamed" })).await.expect(204);
    let (_, link) = round(&admin, &link).await;
    world.tenant.clock().advance(SignedDuration::from_secs(61));
    let (told, _) = round(&admin, &link).await;
    assert_eq!(of(&told, &id)[0]["displayName"], "Slow, renamed");
}

#[tokio::test]
async fn who_may_not_list_may_not_track() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "User.Read").await;
    person.get("/applications/delta").await.expect(403);
    let service = world.application_with(&["User.Read.All"]).await;
    service.get("/servicePrincipals/delta").await.expect(403);
    let reader = world.application_with(&["Application.Read.All"]).await;
    reader.get("/servicePrincipals/delta").await.expect(200);
}
