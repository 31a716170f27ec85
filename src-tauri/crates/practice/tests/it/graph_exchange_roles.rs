//! Exchange's roles through Graph beta: the same state as the cmdlets.

use serde_json::{Value, json};

use crate::graph_world::{GLOBAL_ADMINISTRATOR, GLOBAL_READER, USER_ADMINISTRATOR, World};

const ROLES: &str = "RoleManagement.ReadWrite.Exchange";

fn beta(world: &World, path: &str) -> String {
    format!("{}/beta/roleManagement/exchange/{path}", world.base())
}

/// Id of a role by its name.
async fn role(world: &World, admin: &crate::graph_world::Caller<'_>, name: &str) -> String {
    let found = admin
        .get(&beta(world, &format!("roleDefinitions?$filter=displayName eq '{name}'")))
        .await
        .expect(200);
    found.value()[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn there_is_nothing_of_it_on_v1() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ROLES).await;
    let refused = admin.get("/roleManagement/exchange/roleDefinitions").await.expect(400);
    assert_eq!(refused.message(), "Resource not found for the segment 'exchange'.");
    let found = admin.get(&beta(&world, "roleDefinitions")).await.expect(200);
    assert!(found.all("displayName").contains(&"Application Mail.Read"));
}

#[tokio::test]
async fn an_assignment_limits_an_application_to_a_group_and_shows_in_exchange() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ROLES).await;
    let exchange = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let app = world.application_with(&[]).await;
    let people = world.colleagues();
    let group = exchange
        .run("New-DistributionGroup", json!({ "Name": "Pilots", "Type": "Security", "Members": [people[0]] }))
        .await
        .expect(200);
    let group = group.value()[0]["ExternalDirectoryObjectId"].as_str().unwrap().to_owned();
    let body = json!({
        "principalId": format!("/ServicePrincipals/{}", app.id), "roleDefinitionId": role(&world, &admin, "Application Mail.Read").await,
        "directoryScopeId": format!("/Groups/{group}"),
    });
    let made = admin.post(&beta(&world, "roleAssignments"), body.clone()).await.expect(201);
    assert_eq!(made.body["directoryScopeId"], body["directoryScopeId"]);
    admin.post(&beta(&world, "roleAssignments"), body).await.expect(400);
    for (upn, status) in [(&people[0], 200), (&people[1], 403)] {
        app.get(&format!("/users/{upn}/messages")).await.expect(status);
    }
    let shown =
        exchange.run("Get-ManagementRoleAssignment", json!({ "RoleAssignee": app.id })).await.expect(200);
    assert_eq!(shown.value()[0]["RecipientGroupScope"], "Pilots");
    let filter = format!("roleAssignments?$filter=principalId eq '/ServicePrincipals/{}'", app.id);
    let listed = admin.get(&beta(&world, &filter)).await.expect(200);
    assert_eq!(listed.all("id"), [made.text("id")]);

    admin.delete(&beta(&world, &format!("roleAssignments/{}", made.text("id")))).await.expect(204);
    app.get(&format!("/users/{}/messages", people[0])).await.expect(403);
    exchange.run("Get-ServicePrincipal", json!({ "Identity": app.id })).await.expect(404);
    admin.delete(&beta(&world, &format!("roleAssignments/{}", made.text("id")))).await.expect(404);
}

#[tokio::test]
async fn a_custom_scope_is_a_management_scope() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ROLES).await;
    let exchange = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let app = world.application_with(&[]).await;
    let body = |filter: &str| json!({ "type": "RecipientScope", "displayName": "Sellers", "customAttributes": { "Exclusive": false, "RecipientFilter": filter } });
    admin.post(&beta(&world, "customAppScopes"), body("nonsense")).await.expect(400);
    let made = admin.post(&beta(&world, "customAppScopes"), body("Department -eq 'Sales'")).await.expect(201);
    admin.post(&beta(&world, "customAppScopes"), body("Department -eq 'Sales'")).await.expect(400);
    let shown = exchange.run("Get-ManagementScope", json!({ "Identity": "Sellers" })).await.expect(200);
    assert_eq!(shown.value()[0]["RecipientFilter"], "Department -eq 'Sales'");
    let assign = json!({
        "principalId": format!("/ServicePrincipals/{}", app.id), "roleDefinitionId": role(&world, &admin, "Application Calendars.Read").await,
        "appScopeId": made.text("id"),
    });
    let assignment = admin.post(&beta(&world, "roleAssignments"), assign).await.expect(201);
    let erik = "erik.johansson@lindqvist-practice.example";
    app.get(&format!("/users/{erik}/calendar")).await.expect(200);
    app.get(&format!("/users/{GLOBAL_ADMINISTRATOR}/calendar")).await.expect(403);
    let one = beta(&world, &format!("customAppScopes/{}", made.text("id")));
    admin
        .patch(&one, json!({ "customAttributes": { "RecipientFilter": "Department -eq 'IT'" } }))
        .await
        .expect(204);
    app.get(&format!("/users/{erik}/calendar")).await.expect(403);
    assert_eq!(
        admin.get(&one).await.expect(200).body["customAttributes"]["RecipientFilter"],
        "Department -eq 'IT'"
    );
    admin.delete(&one).await.expect(400);
    admin.delete(&beta(&world, &format!("roleAssignments/{}", assignment.text("id")))).await.expect(204);
    admin.delete(&one).await.expect(204);
    admin.get(&one).await.expect(404);
}

#[tokio::test]
async fn it_takes_the_permission_and_a_role_and_things_that_are_there() {
    let world = World::start().await;
    let reader = world.person_with(GLOBAL_READER, ROLES).await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ROLES).await;
    let bare = world.person_with(GLOBAL_ADMINISTRATOR, "RoleManagement.ReadWrite.Directory").await;
    let other = world.person_with(USER_ADMINISTRATOR, ROLES).await;
    let app = world.application_with(&[]).await;
    let assign = |principal: &str, role: &str, scope: Value| json!({ "principalId": principal, "roleDefinitionId": role, "directoryScopeId": scope });
    let (role, principal) =
        (role(&world, &admin, "Application Mail.Send").await, format!("/ServicePrincipals/{}", app.id));
    let all = beta(&world, "roleAssignments");
    reader.get(&all).await.expect(200);
    for caller in [&bare, &other] {
        caller.get(&all).await.expect(403);
    }
    reader.post(&all, assign(&principal, &role, json!("/"))).await.expect(403);
    let nobody = "00000000-0000-4000-8000-00000000dead";
    for (body, status) in [
        (assign(&format!("/ServicePrincipals/{nobody}"), &role, json!("/")), 404),
        (assign(&app.id, &role, json!("/")), 400),
        (assign(&principal, nobody, json!("/")), 404),
        (assign(&principal, &role, json!(format!("/Groups/{nobody}"))), 404),
        (assign(&principal, &role, json!(format!("/AdministrativeUnits/{nobody}"))), 404),
        (assign(&principal, &role, json!("somewhere")), 400),
        (assign(&principal, &role, Value::Null), 400),
        (assign(&principal, &role, json!("/")), 201),
    ] {
        admin.post(&all, body).await.expect(status);
    }
}
