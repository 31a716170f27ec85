//! People, groups, roles, the organisation.

use serde_json::json;

use crate::graph_world::{ADMIN, GLOBAL_ADMINISTRATOR, GLOBAL_READER, USER_ADMINISTRATOR, World};

#[tokio::test]
async fn the_organisation_and_its_domains() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let organisation = admin.get("/organization").await.expect(200);
    assert_eq!(organisation.all("id"), [world.tenant.tenant_id()]);
    let domains = admin.get("/domains").await.expect(200);
    assert!(domains.value().iter().any(|own| own["isDefault"] == true && own["isVerified"] == true));
    let skus = admin.get("/subscribedSkus").await.expect(200);
    assert!(skus.all("skuPartNumber").contains(&"SPB"));
}

#[tokio::test]
async fn a_person_is_created_changed_licensed_and_deleted() {
    let world = World::start().await;
    let admin = world.person_with(USER_ADMINISTRATOR, ADMIN).await;
    let upn = "quay.service@lindqvist-practice.example";
    let body = json!({
        "accountEnabled": true, "displayName": "Quay service", "mailNickname": "quay.service", "userPrincipalName": upn,
        "passwordProfile": { "password": "Harbour-2026!", "forceChangePasswordNextSignIn": false },
    });
    let made = admin.post("/users", body.clone()).await.expect(201);
    assert!(!made.text.contains("Harbour-2026!"));
    let id = made.text("id");
    let taken = admin.post("/users", body.clone()).await.expect(400);
    assert_eq!(
        taken.message(),
        "Another object with the same value for property userPrincipalName already exists."
    );
    for (name, value) in [
        ("userPrincipalName", json!("x@elsewhere.example")),
        ("passwordProfile", json!({ "password": "short" })),
        ("displayName", json!(null)),
        ("shoeSize", json!(44)),
    ] {
        let mut wrong = body.clone();
        wrong["userPrincipalName"] = json!("other@lindqvist-practice.example");
        wrong[name] = value;
        admin.post("/users", wrong).await.expect(400);
    }
    admin.get(&format!("/users/{upn}/messages")).await.expect(403);
    let service = world.application_with(&["Mail.Read"]).await;
    let none = service.get(&format!("/users/{upn}/messages")).await.expect(404);
    assert_eq!(none.code(), "MailboxNotEnabledForRESTAPI");

    let licence = json!({ "addLicenses": [{ "skuId": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "disabledPlans": [] }], "removeLicenses": [] });
    let early = admin.post(&format!("/users/{id}/assignLicense"), licence.clone()).await.expect(400);
    assert_eq!(early.message(), "License assignment cannot be done for user with invalid usage location.");
    admin.patch(&format!("/users/{id}"), json!({ "usageLocation": "SE" })).await.expect(204);
    admin.post(&format!("/users/{id}/assignLicense"), licence).await.expect(200);
    assert_eq!(
        admin.get(&format!("/users/{id}/licenseDetails")).await.expect(200).all("skuPartNumber"),
        ["SPB"]
    );
    assert!(service.get(&format!("/users/{upn}/messages")).await.expect(200).value().is_empty());

    admin.delete(&format!("/users/{id}")).await.expect(204);
    admin.get(&format!("/users/{upn}")).await.expect(404);
    let deleted = admin.get("/directory/deletedItems/microsoft.graph.user?$select=id").await.expect(200);
    assert!(deleted.all("id").contains(&id.as_str()));
    admin.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    admin.get(&format!("/users/{upn}")).await.expect(200);
}

#[tokio::test]
async fn groups_nest_and_membership_is_seen_from_all_sides() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let person = world.person(&world.colleagues()[0]);
    let group = |name: &str| json!({ "displayName": name, "mailNickname": name, "mailEnabled": false, "securityEnabled": true });
    let outer = admin.post("/groups", group("outer")).await.expect(201).text("id");
    let inner = admin.post("/groups", group("inner")).await.expect(201).text("id");
    let reference =
        |id: &str| json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}") });
    admin.post(&format!("/groups/{outer}/members/$ref"), reference(&inner)).await.expect(204);
    admin.post(&format!("/groups/{inner}/members/$ref"), reference(&person)).await.expect(204);
    admin.post(&format!("/groups/{inner}/members/$ref"), reference(&person)).await.expect(400);
    admin
        .post(&format!("/groups/{inner}/members/$ref"), reference("12345678-1234-4234-8234-123456789012"))
        .await
        .expect(404);

    assert_eq!(
        admin.get(&format!("/groups/{outer}/members")).await.expect(200).all("@odata.type"),
        ["#microsoft.graph.group"]
    );
    let below =
        admin.get(&format!("/groups/{outer}/transitiveMembers/microsoft.graph.user")).await.expect(200);
    assert_eq!(below.all("id"), [person.as_str()]);
    let direct =
        admin.get(&format!("/users/{person}/memberOf/microsoft.graph.group?$select=id")).await.expect(200);
    assert!(direct.all("id").contains(&inner.as_str()) && !direct.all("id").contains(&outer.as_str()));
    let ids = admin
        .post(&format!("/users/{person}/getMemberGroups"), json!({ "securityEnabledOnly": true }))
        .await
        .expect(200);
    assert!(ids.value().iter().any(|id| *id == outer.as_str()));
    let checked = admin
        .post(&format!("/users/{person}/checkMemberGroups"), json!({ "groupIds": [outer, person] }))
        .await
        .expect(200);
    assert_eq!(checked.value(), [json!(outer)]);
    let objects = admin
        .post("/directoryObjects/getByIds", json!({ "ids": [outer, person], "types": ["group"] }))
        .await
        .expect(200);
    assert_eq!(objects.all("id"), [outer.as_str()]);

    admin.delete(&format!("/groups/{inner}/members/{person}/$ref")).await.expect(204);
    let mail = json!({ "displayName": "m", "mailNickname": "m", "mailEnabled": true, "securityEnabled": true, "groupTypes": [] });
    assert!(admin.post("/groups", mail).await.expect(400).message().contains("mail-enabled groups"));
    admin.delete(&format!("/groups/{outer}")).await.expect(204);
    admin.get(&format!("/groups/{outer}")).await.expect(404);
}

#[tokio::test]
async fn roles_are_seen_as_directory_roles_and_as_assignments() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let global = "62e90394-69f5-4237-9190-012177145e10";
    let mine = admin.get("/me/transitiveMemberOf/microsoft.graph.directoryRole").await.expect(200);
    assert_eq!(mine.all("roleTemplateId"), [global]);
    let role = admin.get(&format!("/directoryRoles(roleTemplateId='{global}')")).await.expect(200);
    assert_ne!(role.text("id"), global);
    let members = admin.get(&format!("/directoryRoles/{}/members", role.text("id"))).await.expect(200);
    assert!(members.all("id").contains(&admin.id.as_str()));
    let filter = format!(
        "/roleManagement/directory/roleAssignments?$filter=principalId eq '{}'&$expand=roleDefinition",
        admin.id
    );
    let assignments = admin.get(&filter).await.expect(200);
    assert_eq!(assignments.value()[0]["roleDefinition"]["displayName"], "Global Administrator");

    let person = world.person(&world.colleagues()[0]);
    let reader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
    let body = json!({ "principalId": person, "roleDefinitionId": reader, "directoryScopeId": "/" });
    let made =
        admin.post("/roleManagement/directory/roleAssignments", body.clone()).await.expect(201).text("id");
    admin.post("/roleManagement/directory/roleAssignments", body).await.expect(400);
    admin.delete(&format!("/roleManagement/directory/roleAssignments/{made}")).await.expect(204);
}

#[tokio::test]
async fn an_eligible_role_does_not_count_until_it_is_activated() {
    let world = World::start().await;
    let upn = "priya.raman@lindqvist-practice.example";
    let eligible = world.person_with(upn, "User.Read RoleManagement.Read.Directory").await;
    let active = eligible.get("/me/transitiveMemberOf/microsoft.graph.directoryRole").await.expect(200);
    assert!(active.value().is_empty());
    let path = "/roleManagement/directory/roleEligibilityScheduleInstances";
    let own = eligible
        .get(&format!("{path}/filterByCurrentUser(on='principal')?$expand=roleDefinition"))
        .await
        .expect(200);
    assert_eq!(own.value()[0]["roleDefinition"]["displayName"], "Global Administrator");
    eligible.get(path).await.expect(403);
    eligible.get(&format!("{path}/filterByCurrentUser(on='moon')")).await.expect(400);
    let reader = world.person_with(GLOBAL_READER, "RoleManagement.Read.Directory").await;
    assert!(!reader.get(path).await.expect(200).value().is_empty());
}

#[tokio::test]
async fn a_manager_can_be_set() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let colleagues = world.colleagues();
    let (person, manager) = (world.person(&colleagues[0]), world.person(&colleagues[1]));
    admin.get(&format!("/users/{person}/manager")).await.expect(404);
    let reference = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/users/{manager}") });
    admin.put(&format!("/users/{person}/manager/$ref"), reference).await.expect(204);
    assert_eq!(admin.get(&format!("/users/{person}/manager")).await.expect(200).text("id"), manager);
    assert_eq!(
        admin.get(&format!("/users/{manager}/directReports")).await.expect(200).all("id"),
        [person.as_str()]
    );
    let expanded = admin.get(&format!("/users/{person}?$expand=manager($select=id)")).await.expect(200);
    assert_eq!(expanded.body["manager"]["id"], manager.as_str());
}
