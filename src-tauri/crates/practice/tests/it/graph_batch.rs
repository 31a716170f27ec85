//! `$batch`.

#![expect(clippy::unwrap_used, reason = "a member that is not there fails the test")]

use practice::{Action, Fault};
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, Reply, World};

/// The answer of one member.
fn member<'r>(reply: &'r Reply, id: &str) -> &'r Value {
    reply.body["responses"].as_array().unwrap().iter().find(|own| own["id"] == id).unwrap()
}

#[tokio::test]
async fn members_succeed_and_fail_by_themselves() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let json_header = json!({ "Content-Type": "application/json" });
    let reply = admin
        .post("/$batch", json!({ "requests": [
            { "id": "1", "method": "GET", "url": "/me?$select=displayName" },
            { "id": "2", "method": "GET", "url": "applications/00000000-0000-4000-8000-000000000000" },
            { "id": "3", "method": "POST", "url": "/v1.0/applications", "headers": json_header, "body": { "displayName": "In a batch" } },
            { "id": "4", "method": "GET", "url": "/applications?$filter=displayName eq 'In a batch'", "dependsOn": ["3"] },
            { "id": "5", "method": "GET", "url": "/me", "dependsOn": ["2"] },
        ] }))
        .await
        .expect(200);
    let status = |id: &str| member(&reply, id)["status"].as_u64().unwrap();
    assert_eq!([status("1"), status("2"), status("3"), status("4"), status("5")], [200, 404, 201, 200, 424]);
    assert_eq!(member(&reply, "1")["body"]["displayName"], "Astrid Lindqvist");
    assert_eq!(member(&reply, "2")["body"]["error"]["code"], "Request_ResourceNotFound");
    assert!(member(&reply, "3")["headers"]["Location"].as_str().unwrap().contains("/v1.0/applications/"));
    assert_eq!(member(&reply, "4")["body"]["value"].as_array().unwrap().len(), 1);
    world.assert_requests();
}

#[tokio::test]
async fn a_batch_that_is_not_one_is_refused_whole() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let get = |id: &str| json!({ "id": id, "method": "GET", "url": "/me" });
    let many: Vec<Value> = (0..21).map(|n| get(&n.to_string())).collect();
    for wrong in [
        json!({ "requests": many }),
        json!({ "requests": [get("1"), get("1")] }),
        json!({ "requests": [] }),
        json!({ "members": [get("1")] }),
        json!({ "requests": [{ "id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"] }, get("2")] }),
        json!({ "requests": [{ "id": "1", "method": "POST", "url": "/applications", "body": {} }] }),
    ] {
        assert_eq!(admin.post("/$batch", wrong).await.expect(400).code(), "BadRequest");
    }
    let full: Vec<Value> = (0..20).map(|n| get(&n.to_string())).collect();
    let reply = admin.post("/$batch", json!({ "requests": full })).await.expect(200);
    assert_eq!(reply.body["responses"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn one_member_can_be_throttled_alone() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    world
        .tenant
        .faults()
        .arm(Fault::on("GET", "/v1.0/organization", Action::Throttle { retry_after: Some(7) }).once());
    let requests = json!({ "requests": [
        { "id": "a", "method": "GET", "url": "/organization" }, { "id": "b", "method": "GET", "url": "/me" },
    ] });
    let reply = admin.post("/$batch", requests.clone()).await.expect(200);
    assert_eq!(member(&reply, "a")["status"], 429);
    assert_eq!(member(&reply, "a")["headers"]["Retry-After"], "7");
    assert_eq!(member(&reply, "b")["status"], 200);
    let again = admin.post("/$batch", requests).await.expect(200);
    assert_eq!(member(&again, "a")["status"], 200);
}
