//! The cmdlets: pointers, scopes, assignments, policies, groups, settings.

use serde_json::{Value, json};

use crate::graph_world::{ADMIN, Caller, GLOBAL_ADMINISTRATOR, Reply, World};

fn said(reply: &Reply) -> &str {
    reply.body["error"]["details"][0]["message"].as_str().unwrap_or_default().rsplit('|').next().unwrap()
}

/// A pointer to an application of the test.
async fn pointer(world: &World, admin: &Caller<'_>) -> (String, String) {
    let app = world.application_with(&[]).await;
    let parameters = json!({ "AppId": app.client, "ObjectId": app.id, "DisplayName": "Sync" });
    let made = admin.run("New-ServicePrincipal", parameters).await.expect(200);
    assert_eq!(made.value()[0]["ObjectId"], app.id.as_str());
    (app.client, app.id)
}

#[tokio::test]
async fn pointers_are_made_found_by_each_name_renamed_and_removed() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let (client, id) = pointer(&world, &admin).await;
    let again =
        admin.run("New-ServicePrincipal", json!({ "AppId": client, "ObjectId": id })).await.expect(400);
    assert!(again.text.contains("ADObjectAlreadyExistsException"), "{}", again.text);
    for identity in [client.as_str(), id.as_str(), "Sync"] {
        let found = admin.run("Get-ServicePrincipal", json!({ "Identity": identity })).await.expect(200);
        assert_eq!(found.value()[0]["AppId"], client.as_str());
    }
    admin.run("Set-ServicePrincipal", json!({ "Identity": id, "DisplayName": "Renamed" })).await.expect(200);
    admin.run("Get-ServicePrincipal", json!({ "Identity": "Renamed" })).await.expect(200);
    admin.run("New-ServicePrincipal", json!({ "AppId": "no guid", "ObjectId": id })).await.expect(400);
    admin
        .run("New-ServicePrincipal", json!({ "AppId": "00000000-0000-4000-8000-00000000abcd" }))
        .await
        .expect(400);
    admin.run("Remove-ServicePrincipal", json!({ "Identity": id, "Confirm": false })).await.expect(200);
    admin.run("Get-ServicePrincipal", json!({ "Identity": id })).await.expect(404);
}

#[tokio::test]
async fn scopes_and_assignments_hold_on_to_each_other() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let (client, id) = pointer(&world, &admin).await;
    let group = admin
        .run("Get-DistributionGroup", json!({ "Identity": "calendar-connector-scope" }))
        .await
        .expect(200);
    let name = group.value()[0]["DistinguishedName"].as_str().unwrap().to_owned();
    let filter = format!("MemberOfGroup -eq '{}'", name.replace('\'', "''"));
    let scope = json!({ "Name": "Pilots", "RecipientRestrictionFilter": filter });
    let made = admin.run("New-ManagementScope", scope.clone()).await.expect(200);
    assert_eq!(made.value()[0]["RecipientFilter"], filter.as_str());
    admin.run("New-ManagementScope", scope).await.expect(400);

    let assign =
        json!({ "App": client, "Role": "Application Calendars.ReadWrite", "CustomResourceScope": "Pilots" });
    let made = admin.run("New-ManagementRoleAssignment", assign.clone()).await.expect(200);
    let assignment = &made.value()[0];
    assert_eq!(assignment["App"], id.as_str());
    assert_eq!(assignment["CustomResourceScope"], "Pilots");
    assert_eq!(assignment["RecipientWriteScope"], "CustomRecipientScope");
    assert!(assignment.as_object().unwrap().keys().all(|name| !name.starts_with('_')), "{assignment}");
    admin.run("New-ManagementRoleAssignment", assign).await.expect(400);
    let listed = admin.run("Get-ManagementRoleAssignment", json!({ "RoleAssignee": id })).await.expect(200);
    assert_eq!(listed.value(), made.value());

    admin.run("Remove-ManagementScope", json!({ "Identity": "Pilots" })).await.expect(400);
    admin.run("Remove-ServicePrincipal", json!({ "Identity": id })).await.expect(400);
    admin.run("Remove-ManagementRoleAssignment", json!({ "Identity": assignment["Name"] })).await.expect(200);
    admin.run("Remove-ManagementScope", json!({ "Identity": "Pilots", "Confirm": false })).await.expect(200);
    admin.run("Get-ManagementScope", json!({ "Identity": "Pilots" })).await.expect(404);
}

#[tokio::test]
async fn a_scope_that_is_set_to_what_it_is_gives_a_warning() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    admin
        .run(
            "New-ManagementScope",
            json!({ "Name": "S", "RecipientRestrictionFilter": "Department -eq 'Sales'" }),
        )
        .await
        .expect(200);
    let set = |filter: &str| json!({ "Identity": "S", "RecipientRestrictionFilter": filter });
    let same = admin.run("Set-ManagementScope", set("Department -eq 'Sales'")).await.expect(200);
    assert_eq!(same.body["@adminapi.warnings"].as_array().unwrap().len(), 1, "{}", same.text);
    let other = admin.run("Set-ManagementScope", set("Department -eq 'Finance'")).await.expect(200);
    assert_eq!(other.body["@adminapi.warnings"], json!([]));
    for wrong in ["MemberOfGroup -eq 'Sales'", "Nope -eq 'x'", "Department -eq 'it's'"] {
        let refused = admin.run("Set-ManagementScope", set(wrong)).await.expect(400);
        assert!(said(&refused).starts_with("Invalid filter syntax."), "{}", refused.text);
    }
}

#[tokio::test]
async fn impersonation_is_retired_and_other_roles_are_not_for_applications() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let (client, _) = pointer(&world, &admin).await;
    let refused = admin
        .run("New-ManagementRoleAssignment", json!({ "App": client, "Role": "ApplicationImpersonation" }))
        .await
        .expect(400);
    assert!(said(&refused).contains("retired"), "{}", refused.text);
    for (role, status) in [("Mail Recipients", 400), ("Application Nothing", 404)] {
        admin
            .run("New-ManagementRoleAssignment", json!({ "App": client, "Role": role }))
            .await
            .expect(status);
    }
    let both = json!({ "App": client, "Role": "Application Mail.Send", "CustomResourceScope": "a", "RecipientGroupScope": "b" });
    admin.run("New-ManagementRoleAssignment", both).await.expect(400);
    let roles = admin.run("Get-ManagementRole", json!({})).await.expect(200);
    let names = roles.all("Name");
    assert!(
        names.contains(&"Application Mail.Send") && !names.contains(&"ApplicationImpersonation"),
        "{names:?}"
    );
    admin.run("Get-ManagementRole", json!({ "Identity": "ApplicationImpersonation" })).await.expect(404);
}

#[tokio::test]
async fn groups_made_here_show_in_graph_and_only_here_can_they_be_changed() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let graph = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let people = world.colleagues();
    let body = json!({ "Name": "Drivers' mail", "Type": "Security", "Members": [people[0]] });
    let made = admin.run("New-DistributionGroup", body.clone()).await.expect(200);
    let group = &made.value()[0];
    assert_eq!(group["RecipientTypeDetails"], "MailUniversalSecurityGroup");
    assert!(group["DistinguishedName"].as_str().unwrap().starts_with("CN=Drivers' mail,OU="), "{group}");
    admin.run("New-DistributionGroup", body).await.expect(400);
    let id = group["ExternalDirectoryObjectId"].as_str().unwrap();
    let shown = graph.get(&format!("/groups/{id}")).await.expect(200);
    assert_eq!((&shown.body["mailEnabled"], &shown.body["securityEnabled"]), (&json!(true), &json!(true)));

    let other = json!({ "Identity": id, "Member": people[1] });
    admin.run("Add-DistributionGroupMember", other.clone()).await.expect(200);
    let twice = admin.run("Add-DistributionGroupMember", other.clone()).await.expect(400);
    assert!(twice.text.contains("MemberAlreadyExistsException"), "{}", twice.text);
    assert_eq!(
        admin.run("Get-DistributionGroupMember", json!({ "Identity": id })).await.expect(200).value().len(),
        2
    );
    assert_eq!(graph.get(&format!("/groups/{id}/members")).await.expect(200).value().len(), 2);
    admin.run("Remove-DistributionGroupMember", other.clone()).await.expect(200);
    admin.run("Remove-DistributionGroupMember", other).await.expect(400);
    admin
        .run("Remove-DistributionGroup", json!({ "Identity": "Drivers' mail", "Confirm": false }))
        .await
        .expect(200);
    graph.get(&format!("/groups/{id}")).await.expect(404);
    let unaccepted = json!({ "Name": "X", "PrimarySmtpAddress": "x@elsewhere.example" });
    admin.run("New-DistributionGroup", unaccepted).await.expect(400);
}

#[tokio::test]
async fn the_allow_list_of_ews_is_shown_only_when_asked_for() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let list = "00000000-0000-4000-8000-000000000001,00000000-0000-4000-8000-000000000002";
    let set = json!({ "EwsEnabled": true, "EwsAllowedAppIDs": list });
    admin.run("Set-OrganizationConfig", set).await.expect(200);
    let plain = admin.run("Get-OrganizationConfig", json!({})).await.expect(200);
    assert_eq!(
        (&plain.value()[0]["EwsEnabled"], &plain.value()[0]["EwsAllowedAppIDs"]),
        (&json!(true), &Value::Null)
    );
    let whole = admin
        .run("Get-OrganizationConfig", json!({ "RetrieveEwsOperationAccessPolicy": true }))
        .await
        .expect(200);
    assert_eq!(whole.value()[0]["EwsAllowedAppIDs"], list);
    admin.run("Set-OrganizationConfig", json!({ "EwsAllowedAppIDs": "vendor" })).await.expect(400);
    admin.run("Set-OrganizationConfig", json!({ "EwsEnabled": null })).await.expect(200);
    let plain = admin.run("Get-OrganizationConfig", json!({})).await.expect(200);
    assert_eq!(plain.value()[0]["EwsEnabled"], Value::Null);
}

#[tokio::test]
async fn a_young_organisation_must_be_opened_for_changes_first() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    world.tenant.tables(|tables| tables.exchange.settings.insert("IsDehydrated".into(), json!(true)));
    let config = admin.run("Get-OrganizationConfig", json!({})).await.expect(200);
    assert_eq!(config.value()[0]["IsDehydrated"], true);
    let scope = json!({ "Name": "S", "RecipientRestrictionFilter": "Department -eq 'Sales'" });
    let refused = admin.run("New-ManagementScope", scope.clone()).await.expect(400);
    assert!(refused.text.contains("InvalidOperationInDehydratedContextException"), "{}", refused.text);
    admin.run("Enable-OrganizationCustomization", json!({})).await.expect(200);
    admin.run("New-ManagementScope", scope).await.expect(200);
    admin.run("Enable-OrganizationCustomization", json!({})).await.expect(400);
}

#[tokio::test]
async fn a_name_that_several_have_is_refused() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let people = world.colleagues();
    world.tenant.tables(|tables| {
        for upn in &people[..2] {
            let id = tables.user(upn).unwrap().text("id").to_owned();
            tables.users[&id].body.insert("displayName".into(), json!("Kim Lund"));
        }
    });
    let refused = admin.run("Get-Mailbox", json!({ "Identity": "Kim Lund" })).await.expect(400);
    assert!(refused.text.contains("ManagementObjectAmbiguousException"), "{}", refused.text);
    assert!(said(&refused).contains("matches multiple entries"), "{}", refused.text);
    admin.run("Get-Mailbox", json!({ "Identity": people[0] })).await.expect(200);
}

#[tokio::test]
async fn recipients_are_found_by_filter_and_kind() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let groups = json!({ "RecipientTypeDetails": "MailUniversalSecurityGroup" });
    assert!(!admin.run("Get-Recipient", groups).await.expect(200).value().is_empty());
    let sales = admin.run("Get-Recipient", json!({ "Filter": "Department -eq 'Sales'" })).await.expect(200);
    assert!(sales.value().len() > 1 && sales.value().iter().all(|one| one["Department"] == "Sales"));
    let nobody = "lena.fischer@lindqvist-practice.example";
    admin.run("Get-Mailbox", json!({ "Identity": nobody })).await.expect(404);
    admin.run("Get-EXOMailbox", json!({ "UserPrincipalName": GLOBAL_ADMINISTRATOR })).await.expect(200);
}
