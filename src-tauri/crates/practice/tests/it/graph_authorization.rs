//! Who may call what: tokens, permissions, directory roles, quotas.

use reqwest::Method;
use serde_json::json;

use crate::graph_world::{
    ADMIN, CLOUD_APPLICATION_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, GLOBAL_READER, World, row,
};

#[tokio::test]
async fn without_a_good_token_nothing_is_answered() {
    let world = World::start().await;
    for (token, says) in [
        (None, "Access token is empty."),
        (Some("Bearer "), "Access token is empty."),
        (Some("Bearer harbour"), "IDX14100"),
        (Some("Bearer aaaa.bbbb.cccc"), "Signing key is invalid."),
    ] {
        let headers: Vec<(&str, &str)> = token.map(|token| ("authorization", token)).into_iter().collect();
        for path in ["/me", "/applications"] {
            let refused = world.send(Method::GET, path, &headers, None).await.expect(401);
            assert_eq!(refused.code(), "InvalidAuthenticationToken");
            assert!(refused.message().starts_with(says), "{}", refused.message());
            assert!(refused.header("www-authenticate").starts_with("Bearer realm=\"\", authorization_uri="));
        }
    }
    let batch = Some(json!({ "requests": [] }).to_string());
    world.send(Method::POST, "/$batch", &[("content-type", "application/json")], batch).await.expect(401);
    let person = world.person_with(&world.colleagues()[0], "User.Read").await;
    person.get("/me").await.expect(200);
    world.tenant.clock().advance(jiff::SignedDuration::from_hours(30));
    let late = person.get("/me").await.expect(401);
    assert_eq!(late.message(), "Lifetime validation failed, the token is expired.");
}

#[tokio::test]
async fn a_permission_opens_what_microsoft_says_it_opens() {
    let world = World::start().await;
    let upn = &world.colleagues()[0];
    for (permission, path, status) in [
        ("Application.Read.All", "/applications", 200),
        ("Application.Read.All", "/oauth2PermissionGrants", 403),
        ("Directory.Read.All", "/oauth2PermissionGrants", 200),
        ("Directory.Read.All", "/applications", 200),
        ("User.Read.All", "/users", 200),
        ("User.Read.All", "/applications", 403),
        ("Mail.Read", "/users/{upn}/messages", 200),
        ("Mail.Read", "/users/{upn}/events", 403),
        ("Calendars.Read", "/users/{upn}/events", 200),
        ("Calendars.Read", "/users/{upn}/mailFolders", 403),
        ("Policy.Read.All", "/policies/defaultAppManagementPolicy", 200),
        ("Domain.Read.All", "/domains", 200),
        ("AuditLog.Read.All", "/auditLogs/signIns", 200),
    ] {
        let service = world.application_with(&[permission]).await;
        let reply = service.get(&path.replace("{upn}", upn)).await.expect(status);
        if status == 403 {
            let mailbox = path.contains("{upn}");
            assert_eq!(
                reply.code(),
                if mailbox { "ErrorAccessDenied" } else { "Authorization_RequestDenied" },
                "{permission} {path}"
            );
        }
    }
    let service = world.application_with(&["User.Read.All"]).await;
    let me = service.get("/me").await.expect(400);
    assert_eq!(me.message(), "/me request is only valid with delegated authentication flow.");
}

#[tokio::test]
async fn an_ordinary_person_may_register_up_to_the_quota() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], ADMIN).await;
    let (id, app_id) = person.application("Mine").await;
    assert_eq!(
        person.get(&format!("/applications/{id}/owners")).await.expect(200).all("id"),
        [person.id.as_str()]
    );
    person.patch(&format!("/applications/{id}"), json!({ "notes": "mine" })).await.expect(204);
    person.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    person.delete(&format!("/applications/{id}")).await.expect(204);

    let creator = person.id.clone();
    world.tenant.tables(|tables| {
        for n in 0..248 {
            let id = format!("00000000-1111-4111-8111-{n:012}");
            tables.applications.insert(
                id.clone(),
                row(&json!({ "id": id, "displayName": "filler", "_createdBy": creator })),
            );
        }
    });
    let full = person.post("/applications", json!({ "displayName": "One too many" })).await.expect(403);
    assert_eq!(full.code(), "Directory_QuotaExceeded");
    person.delete(&format!("/directory/deletedItems/{id}")).await.expect(204);
    person.application("Room again").await;
}

#[tokio::test]
async fn the_switch_for_registering_is_honoured() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let person = world.person_with(&world.colleagues()[0], ADMIN).await;
    let off = json!({ "defaultUserRolePermissions": { "allowedToCreateApps": false } });
    person.patch("/policies/authorizationPolicy", off.clone()).await.expect(403);
    admin.patch("/policies/authorizationPolicy", off).await.expect(204);
    assert_eq!(
        person.get("/policies/authorizationPolicy").await.expect(200).body["defaultUserRolePermissions"]["allowedToCreateApps"],
        false
    );
    person.post("/applications", json!({ "displayName": "No" })).await.expect(403);
    let cloud = world.person_with(CLOUD_APPLICATION_ADMINISTRATOR, ADMIN).await;
    cloud.application("Yes").await;
}

#[tokio::test]
async fn roles_and_owners_decide_who_changes_what() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Theirs").await;
    let person = world.person_with(&world.colleagues()[0], ADMIN).await;
    let reader = world.person_with(GLOBAL_READER, ADMIN).await;
    for caller in [&person, &reader] {
        caller.get(&format!("/applications/{id}")).await.expect(200);
        caller.patch(&format!("/applications/{id}"), json!({ "notes": "x" })).await.expect(403);
        caller.post(&format!("/applications/{id}/addPassword"), json!({})).await.expect(403);
        caller.delete(&format!("/applications/{id}")).await.expect(403);
        caller.post("/users", json!({})).await.expect(403);
    }
    person.get("/policies/defaultAppManagementPolicy").await.expect(403);
    reader.get("/policies/defaultAppManagementPolicy").await.expect(200);
    person.get("/auditLogs/signIns").await.expect(403);
    reader.get("/auditLogs/signIns").await.expect(200);
    person.patch("/admin/reportSettings", json!({ "displayConcealedNames": false })).await.expect(403);
    admin.patch("/admin/reportSettings", json!({ "displayConcealedNames": false })).await.expect(204);
    assert_eq!(admin.get("/admin/reportSettings").await.expect(200).body["displayConcealedNames"], false);
    let cloud = world.person_with(CLOUD_APPLICATION_ADMINISTRATOR, ADMIN).await;
    cloud.patch(&format!("/applications/{id}"), json!({ "notes": "x" })).await.expect(204);
}

#[tokio::test]
async fn an_application_limited_to_its_own_stays_within() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (foreign, _) = admin.application("Foreign").await;
    let service = world.application_with(&["Application.ReadWrite.OwnedBy"]).await;
    service.patch(&format!("/applications/{foreign}"), json!({ "notes": "x" })).await.expect(403);
    let (own, app_id) = service.application("Own").await;
    service.patch(&format!("/applications/{own}"), json!({ "notes": "x" })).await.expect(204);
    service.post(&format!("/applications/{own}/addPassword"), json!({})).await.expect(200);
    service.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let owners = admin.get(&format!("/applications/{own}/owners")).await.expect(200);
    assert_eq!(owners.all("@odata.type"), ["#microsoft.graph.servicePrincipal"]);
}

#[tokio::test]
async fn a_person_with_user_read_sees_only_themselves() {
    let world = World::start().await;
    let colleagues = world.colleagues();
    let person = world.person_with(&colleagues[0], "User.Read").await;
    person.get("/me").await.expect(200);
    person.get(&format!("/users/{}", colleagues[0])).await.expect(200);
    person.get(&format!("/users/{}", colleagues[1])).await.expect(403);
    person.get("/users").await.expect(403);
    person.get("/me/memberOf").await.expect(200);
}
