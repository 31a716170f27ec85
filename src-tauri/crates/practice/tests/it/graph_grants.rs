//! Service principals and what is granted to them.

use serde_json::json;

use crate::graph_world::{
    ADMIN, CLOUD_APPLICATION_ADMINISTRATOR, EXCHANGE, GLOBAL_ADMINISTRATOR, GRAPH,
    PRIVILEGED_ROLE_ADMINISTRATOR, World,
};

const MAIL_READ: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
const FULL_ACCESS_AS_APP: &str = "dc890d15-9560-4a4c-9b7f-a736ec74ec40";

#[tokio::test]
async fn an_application_has_one_service_principal() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (_, app_id) = admin.application("Instance").await;
    let made = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    assert_eq!(made.body["appOwnerOrganizationId"], world.tenant.tenant_id());
    assert_eq!(made.body["servicePrincipalType"], "Application");
    let again = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(409);
    assert_eq!(again.code(), "Request_MultipleObjectsWithSameKeyValue");
    assert_eq!(
        again.message(),
        format!(
            "The service principal cannot be created, updated, or restored because the service principal name {app_id} is already in use."
        )
    );
    admin
        .with("Prefer", "create-if-missing")
        .patch(&format!("/servicePrincipals(appId='{app_id}')"), json!({ "tags": ["x"] }))
        .await
        .expect(204);
    let missing = "12345678-1234-4234-8234-123456789012";
    let unknown = admin.post("/servicePrincipals", json!({ "appId": missing })).await.expect(400);
    assert_eq!(unknown.code(), "Request_BadRequest");
    assert_eq!(unknown.body["error"]["details"][0]["code"], "NoBackingApplicationObject");
    assert_eq!(
        unknown.message(),
        format!(
            "The appId '{missing}' of the service principal does not reference a valid application object."
        )
    );
    admin.post("/servicePrincipals", json!({ "appId": "harbour" })).await.expect(400);
    world.assert_requests();
}

#[tokio::test]
async fn an_upsert_creates_the_service_principal_once() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (_, app_id) = admin.application("Upserted").await;
    let path = format!("/servicePrincipals(appId='{app_id}')");
    admin.patch(&path, json!({})).await.expect(404);
    admin.with("Prefer", "create-if-missing").patch(&path, json!({})).await.expect(201);
    admin.with("Prefer", "create-if-missing").patch(&path, json!({ "notes": "x" })).await.expect(204);
    assert_eq!(admin.get(&path).await.expect(200).body["notes"], "x");
}

#[tokio::test]
async fn a_missing_microsoft_resource_can_be_brought_in() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let instance = admin.resource(EXCHANGE).await;
    admin.delete(&format!("/servicePrincipals/{instance}")).await.expect(204);
    admin.get(&format!("/servicePrincipals(appId='{EXCHANGE}')")).await.expect(404);
    let back = admin.post("/servicePrincipals", json!({ "appId": EXCHANGE })).await.expect(201);
    assert!(
        back.body["appRoles"].as_array().unwrap().iter().any(|role| role["value"] == "full_access_as_app")
    );
    assert_ne!(back.text("id"), instance);
}

#[tokio::test]
async fn an_app_role_is_granted_once_and_seen_from_both_sides() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (client, graph) = (admin.instance("Granted").await, admin.resource(GRAPH).await);
    let grant = json!({ "principalId": client, "resourceId": graph, "appRoleId": MAIL_READ });
    let made =
        admin.post(&format!("/servicePrincipals/{graph}/appRoleAssignedTo"), grant.clone()).await.expect(201);
    assert_eq!(made.body["principalType"], "ServicePrincipal");
    assert_eq!(made.body["resourceDisplayName"], "Microsoft Graph");
    let again =
        admin.post(&format!("/servicePrincipals/{client}/appRoleAssignments"), grant).await.expect(400);
    assert_eq!(again.message(), "Permission being assigned already exists on the object");

    let own = admin.get(&format!("/servicePrincipals/{client}/appRoleAssignments")).await.expect(200);
    assert_eq!(own.all("appRoleId"), [MAIL_READ]);
    let filter = format!("/servicePrincipals/{client}/appRoleAssignments?$filter=resourceId eq {graph}");
    assert_eq!(admin.get(&filter).await.expect(200).value().len(), 1);
    let quoted = admin.get(&filter.replace(&graph, &format!("'{graph}'"))).await.expect(400);
    assert!(quoted.message().contains("'Edm.Guid' and 'Edm.String'"), "{}", quoted.message());
    let id = made.text("id");
    admin.get(&format!("/servicePrincipals/{graph}/appRoleAssignedTo/{id}")).await.expect(200);
    admin.delete(&format!("/servicePrincipals/{graph}/appRoleAssignedTo/{id}")).await.expect(204);
    assert!(
        admin
            .get(&format!("/servicePrincipals/{client}/appRoleAssignments"))
            .await
            .expect(200)
            .value()
            .is_empty()
    );

    for (principal, resource, role) in [
        (&client, &graph, "12345678-1234-4234-8234-123456789012"),
        (&client, &client, MAIL_READ),
        (&"12345678-1234-4234-8234-123456789012".to_owned(), &graph, MAIL_READ),
    ] {
        let wrong = json!({ "principalId": principal, "resourceId": resource, "appRoleId": role });
        admin.post(&format!("/servicePrincipals/{graph}/appRoleAssignedTo"), wrong).await.expect(400);
    }
}

#[tokio::test]
async fn who_may_grant_which_application_permission() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (client, graph, exchange) =
        (admin.instance("By role").await, admin.resource(GRAPH).await, admin.resource(EXCHANGE).await);
    let of_graph = json!({ "principalId": client, "resourceId": graph, "appRoleId": MAIL_READ });
    let of_exchange =
        json!({ "principalId": client, "resourceId": exchange, "appRoleId": FULL_ACCESS_AS_APP });
    let (to_graph, to_exchange) = (
        format!("/servicePrincipals/{graph}/appRoleAssignedTo"),
        format!("/servicePrincipals/{exchange}/appRoleAssignedTo"),
    );

    let cloud = world.person_with(CLOUD_APPLICATION_ADMINISTRATOR, ADMIN).await;
    let refused = cloud.post(&to_graph, of_graph.clone()).await.expect(403);
    assert_eq!(refused.code(), "Authorization_RequestDenied");
    assert_eq!(refused.message(), "Insufficient privileges to complete the operation.");
    cloud.post(&to_exchange, of_exchange).await.expect(201);
    let privileged = world.person_with(PRIVILEGED_ROLE_ADMINISTRATOR, ADMIN).await;
    privileged.post(&to_graph, of_graph.clone()).await.expect(201);
    let nobody = world.person_with(&world.colleagues()[0], ADMIN).await;
    nobody.post(&to_graph, of_graph.clone()).await.expect(403);
    let half = world.person_with(GLOBAL_ADMINISTRATOR, "AppRoleAssignment.ReadWrite.All").await;
    half.post(&to_graph, of_graph).await.expect(403);
}

#[tokio::test]
async fn a_delegated_grant_is_one_object_whose_scopes_are_replaced() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (client, graph) = (admin.instance("Delegated").await, admin.resource(GRAPH).await);
    let grant = json!({ "clientId": client, "consentType": "AllPrincipals", "principalId": null, "resourceId": graph, "scope": "User.Read Mail.Read" });
    let made = admin.post("/oauth2PermissionGrants", grant.clone()).await.expect(201);
    assert_eq!(made.body["scope"], "User.Read Mail.Read");
    let again = admin.post("/oauth2PermissionGrants", grant.clone()).await.expect(409);
    assert_eq!(
        (again.code(), again.message()),
        ("Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.")
    );

    let path = format!("/oauth2PermissionGrants/{}", made.text("id"));
    admin.patch(&path, json!({ "scope": "Mail.Send" })).await.expect(204);
    assert_eq!(admin.get(&path).await.expect(200).body["scope"], "Mail.Send", "replaced, not added to");
    let found = admin
        .get(&format!(
            "/oauth2PermissionGrants?$filter=clientId eq '{client}' and consentType eq 'AllPrincipals'"
        ))
        .await
        .expect(200);
    assert_eq!(found.value().len(), 1);
    assert_eq!(
        admin
            .get(&format!("/servicePrincipals/{client}/oauth2PermissionGrants"))
            .await
            .expect(200)
            .value()
            .len(),
        1
    );
    let fixed = admin.patch(&path, json!({ "principalId": client })).await.expect(400);
    assert_eq!(fixed.message(), "Property cannot be updated: principalId");

    for (property, value, status) in [
        ("clientId", json!("00000003-0000-0000-c000-000000000000"), 404),
        ("scope", json!("No.Such.Scope"), 400),
        ("consentType", json!("Everyone"), 400),
        ("principalId", json!(client), 400),
    ] {
        let mut wrong = grant.clone();
        wrong[property] = value;
        admin.post("/oauth2PermissionGrants", wrong).await.expect(status);
    }
    let person = world.person(&world.colleagues()[0]);
    let own = json!({ "clientId": client, "consentType": "Principal", "principalId": person, "resourceId": graph, "scope": "User.Read" });
    admin.post("/oauth2PermissionGrants", own).await.expect(201);
    assert!(
        admin
            .get(&format!("/users/{person}/oauth2PermissionGrants"))
            .await
            .expect(200)
            .all("clientId")
            .contains(&client.as_str())
    );
    admin.delete(&path).await.expect(204);
    admin.get(&path).await.expect(404);
    let nobody = world.person_with(&world.colleagues()[0], ADMIN).await;
    nobody.post("/oauth2PermissionGrants", grant).await.expect(403);
}

#[tokio::test]
async fn a_deleted_service_principal_takes_its_grants_along() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (client, graph) = (admin.instance("Short-lived").await, admin.resource(GRAPH).await);
    let grant = json!({ "principalId": client, "resourceId": graph, "appRoleId": MAIL_READ });
    admin.post(&format!("/servicePrincipals/{graph}/appRoleAssignedTo"), grant).await.expect(201);
    admin.delete(&format!("/servicePrincipals/{client}")).await.expect(204);
    let left = admin.get(&format!("/servicePrincipals/{graph}/appRoleAssignedTo?$top=999")).await.expect(200);
    assert!(!left.all("principalId").contains(&client.as_str()));
    admin.post(&format!("/directory/deletedItems/{client}/restore"), json!({})).await.expect(200);
    admin.get(&format!("/servicePrincipals/{client}")).await.expect(200);
}
