//! App registrations: creating, upserting, changing, deleting.

use serde_json::json;

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, GRAPH, World};

#[tokio::test]
async fn a_registration_lives_from_creation_to_deletion() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let made = admin
        .post(
            "/applications",
            json!({ "displayName": "Harbour", "signInAudience": "AzureADMyOrg", "tags": ["quay"] }),
        )
        .await
        .expect(201);
    let (id, app_id) = (made.text("id"), made.text("appId"));
    assert_eq!(made.header("location"), format!("{}/v1.0/applications/{id}", world.base()));
    assert_eq!(made.header("odata-version"), "4.0");
    assert!(made.text("@odata.context").ends_with("/v1.0/$metadata#applications/$entity"));
    assert_eq!(made.body["publisherDomain"], "lindqvist-practice.example");
    assert_eq!(made.body["web"]["redirectUris"], json!([]));

    for path in [
        format!("/applications/{id}"),
        format!("/applications(appId='{app_id}')"),
        format!("/applications('{id}')"),
    ] {
        assert_eq!(admin.get(&path).await.expect(200).body["displayName"], "Harbour", "{path}");
    }
    let changes = json!({ "displayName": "Harbour 2", "web": { "homePageUrl": "https://harbour.example" } });
    admin.patch(&format!("/applications/{id}"), changes).await.expect(204);
    let changed = admin.get(&format!("/applications/{id}")).await.expect(200);
    assert_eq!(changed.body["displayName"], "Harbour 2");
    assert_eq!(changed.body["tags"], json!(["quay"]), "what was not named stays");
    assert_eq!(
        changed.body["web"]["implicitGrantSettings"]["enableIdTokenIssuance"], false,
        "complex values are merged"
    );

    admin.delete(&format!("/applications/{id}")).await.expect(204);
    let gone = admin.get(&format!("/applications/{id}")).await.expect(404);
    assert_eq!(gone.code(), "Request_ResourceNotFound");
    assert_eq!(
        gone.message(),
        format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
        )
    );
    world.assert_requests();
}

#[tokio::test]
async fn an_upsert_creates_once_and_then_updates() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let path = "/applications(uniqueName='gatehouse-run-1')";
    let body = json!({ "displayName": "Run", "signInAudience": "AzureADMyOrg" });

    let absent = admin.patch(path, body.clone()).await.expect(404);
    assert_eq!(absent.code(), "Request_ResourceNotFound", "without the preference an upsert is an update");
    let made = admin.with("Prefer", "create-if-missing").patch(path, body.clone()).await.expect(201);
    assert_eq!(made.body["uniqueName"], "gatehouse-run-1");
    admin.with("Prefer", "create-if-missing").patch(path, body.clone()).await.expect(204);
    assert_eq!(admin.get(path).await.expect(200).text("id"), made.text("id"));

    admin.delete(&format!("/applications/{}", made.text("id"))).await.expect(204);
    let reserved = admin.with("Prefer", "create-if-missing").patch(path, body.clone()).await.expect(400);
    assert_eq!(
        reserved.message(),
        "Another object with the same value for property uniqueName already exists."
    );
    assert_eq!(reserved.body["error"]["details"][0]["code"], "ObjectConflict");
    admin.delete(&format!("/directory/deletedItems/{}", made.text("id"))).await.expect(204);
    admin.with("Prefer", "create-if-missing").patch(path, body).await.expect(201);
    assert!(
        admin
            .with("Prefer", "create-if-missing")
            .patch("/applications(uniqueName='x')", json!({}))
            .await
            .expect(400)
            .message()
            .contains("'displayName'")
    );
}

#[tokio::test]
async fn what_a_registration_may_not_look_like_is_refused() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let mail_read = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
    let access =
        |entries: serde_json::Value| json!({ "displayName": "x", "requiredResourceAccess": entries });
    for (body, says) in [
        (json!({}), "A value is required for property 'displayName' of resource 'Application'."),
        (json!({ "displayName": "" }), "A value is required for property 'displayName'"),
        (json!({ "displayName": "x", "nope": 1 }), "Invalid property 'nope'."),
        (
            json!({ "displayName": "x", "appId": mail_read }),
            "Property 'appId' is read-only and cannot be set.",
        ),
        (
            json!({ "displayName": "x", "uniqueName": "y" }),
            "Property 'uniqueName' is read-only and cannot be set.",
        ),
        (
            json!({ "displayName": "x", "signInAudience": "Everyone" }),
            "Invalid value specified for property 'signInAudience'",
        ),
        (json!({ "displayName": "x", "tags": "y" }), "Invalid value specified for property 'tags'"),
        (
            json!({ "displayName": "x", "web": { "redirectUris": ["http://harbour.example"] } }),
            "Invalid value specified for property 'redirectUris'",
        ),
        (
            json!({ "displayName": "x", "passwordCredentials": [{ "displayName": "y" }] }),
            "New password credentials must be generated with service actions.",
        ),
        (
            json!({ "displayName": "x", "identifierUris": ["https://elsewhere.example"] }),
            "Values of identifierUris property must use a verified domain",
        ),
        (
            access(json!([{ "resourceAppId": "Graph", "resourceAccess": [] }])),
            "Invalid value specified for property 'requiredResourceAccess'",
        ),
        (
            access(
                json!([{ "resourceAppId": GRAPH, "resourceAccess": [{ "id": mail_read, "type": "Application" }] }]),
            ),
            "Invalid value specified for property 'requiredResourceAccess'",
        ),
    ] {
        let refused = admin.post("/applications", body.clone()).await.expect(400);
        assert!(refused.message().starts_with(says), "{body}: {}", refused.message());
        assert_eq!(refused.code(), "Request_BadRequest");
    }
    let garbage = world
        .send(
            reqwest::Method::POST,
            "/applications",
            &[("content-type", "application/json")],
            Some("{".into()),
        )
        .await;
    assert_eq!(garbage.status, 401, "who asks comes before what is asked");
}

#[tokio::test]
async fn roles_must_be_switched_off_before_they_go_and_show_on_the_service_principal() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Roles").await;
    let instance = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id");
    let role = |enabled: bool| {
        json!({ "appRoles": [{
            "id": "11111111-2222-4333-8444-555555555555", "value": "Quay.Read", "displayName": "Read", "description": "Read",
            "allowedMemberTypes": ["Application"], "isEnabled": enabled,
        }] })
    };
    let path = format!("/applications/{id}");
    admin.patch(&path, role(true)).await.expect(204);
    let shown = admin.get(&format!("/servicePrincipals/{instance}/appRoles")).await.expect(200);
    assert_eq!(shown.all("value"), ["Quay.Read"]);
    assert_eq!(
        admin.patch(&path, json!({ "appRoles": [] })).await.expect(400).message(),
        "Property value cannot be deleted unless it is disabled first."
    );
    admin.patch(&path, role(false)).await.expect(204);
    admin.patch(&path, json!({ "appRoles": [] })).await.expect(204);
}

#[tokio::test]
async fn owners_come_and_go() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Owned").await;
    let owner = world.person(&world.colleagues()[0]);
    let reference = json!({ "@odata.id": format!("{}/v1.0/directoryObjects/{owner}", world.base()) });
    let path = format!("/applications/{id}/owners");
    assert!(
        admin.get(&path).await.expect(200).value().is_empty(),
        "an administrator does not become the owner"
    );
    admin.post(&format!("{path}/$ref"), reference.clone()).await.expect(204);
    let listed = admin.get(&path).await.expect(200);
    assert_eq!(listed.all("@odata.type"), ["#microsoft.graph.user"]);
    assert_eq!(listed.all("id"), [owner.as_str()]);
    assert_eq!(admin.get(&format!("{path}/$ref")).await.expect(200).value().len(), 1);
    assert_eq!(
        admin.post(&format!("{path}/$ref"), reference).await.expect(400).message(),
        "One or more added object references already exist for the following modified properties: 'owners'."
    );
    let expanded =
        admin.get(&format!("/applications/{id}?$select=id&$expand=owners($select=id)")).await.expect(200);
    assert_eq!(expanded.body["owners"][0]["id"], owner.as_str());
    admin.delete(&format!("{path}/{owner}/$ref")).await.expect(204);
    admin.delete(&format!("{path}/{owner}/$ref")).await.expect(404);
}

#[tokio::test]
async fn federated_credentials_are_unique_by_name_and_by_subject() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, _) = admin.application("Federated").await;
    let path = format!("/applications/{id}/federatedIdentityCredentials");
    let body = |name: &str, subject: &str| json!({ "name": name, "issuer": "https://issuer.example", "subject": subject, "audiences": ["api://AzureADTokenExchange"] });
    let made = admin.post(&path, body("one", "a")).await.expect(201).text("id");
    assert!(admin.post(&path, body("one", "b")).await.expect(400).message().contains("property name"));
    assert!(
        admin.post(&path, body("two", "a")).await.expect(400).message().contains("same issuer and subject")
    );
    admin.patch(&format!("{path}/{made}"), json!({ "description": "x" })).await.expect(204);
    assert_eq!(admin.get(&format!("{path}/{made}")).await.expect(200).body["description"], "x");
    assert_eq!(admin.get(&path).await.expect(200).value().len(), 1);
    admin.delete(&format!("{path}/{made}")).await.expect(204);
    assert!(admin.get(&path).await.expect(200).value().is_empty());
}

#[tokio::test]
async fn delta_tells_what_changed_since() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let mut page = admin.get("/applications/delta?$select=displayName&$top=15").await.expect(200);
    let mut seen = page.value().len();
    while let Some(next) = page.body["@odata.nextLink"].as_str().map(str::to_owned) {
        page = admin.get(&next).await.expect(200);
        seen += page.value().len();
    }
    assert!(seen >= 40, "{seen}");
    let link = page.text("@odata.deltaLink");
    world.tenant.clock().advance(jiff::SignedDuration::from_secs(1));
    assert!(admin.get(&link).await.expect(200).value().is_empty());
    let (made, _) = admin.application("New since").await;
    let changes = admin.get(&link).await.expect(200);
    assert_eq!(changes.all("displayName"), ["New since"]);
    world.tenant.clock().advance(jiff::SignedDuration::from_secs(1));
    admin.delete(&format!("/applications/{made}")).await.expect(204);
    let gone = admin.get(&changes.text("@odata.deltaLink")).await.expect(200);
    assert_eq!(gone.value()[0]["@removed"]["reason"], "changed");
}
