//! Comparing the organisation before and after: what was undone leaves no difference.

use practice::differences;
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, EXCHANGE, GLOBAL_ADMINISTRATOR, GRAPH, World};

fn paths(before: &Value, after: &Value) -> Vec<String> {
    differences(before, after).into_iter().map(|one| one.path).collect()
}

#[tokio::test]
async fn what_was_made_and_removed_again_leaves_no_trace() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let exchange = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let app = world.application_with(&[]).await;
    let before = world.tenant.snapshot();

    let registration = admin.application("Passing").await;
    let resource = admin.resource(GRAPH).await;
    let role = "df021288-bdef-4463-88db-98f22de89214";
    let grant = json!({ "principalId": app.id, "resourceId": resource, "appRoleId": role });
    let grant =
        admin.post(&format!("/servicePrincipals/{resource}/appRoleAssignedTo"), grant).await.expect(201);
    exchange
        .run("New-ServicePrincipal", json!({ "AppId": app.client, "ObjectId": app.id }))
        .await
        .expect(200);
    let assign = json!({ "App": app.id, "Role": "Application Mail.Read", "RecipientGroupScope": "drivers-and-sellers" });
    let assigned = exchange.run("New-ManagementRoleAssignment", assign).await.expect(200);
    let during = world.tenant.snapshot();
    let changed = paths(&before, &during);
    assert!(changed.contains(&format!("/applications/{}", registration.0)), "{changed:?}");
    assert!(changed.contains(&format!("/exchange/servicePrincipals/{}", app.id)), "{changed:?}");
    assert_eq!(changed.len(), 4, "{changed:?}");

    exchange
        .run("Remove-ManagementRoleAssignment", json!({ "Identity": assigned.value()[0]["Guid"] }))
        .await
        .expect(200);
    exchange.run("Remove-ServicePrincipal", json!({ "Identity": app.id })).await.expect(200);
    admin
        .delete(&format!("/servicePrincipals/{resource}/appRoleAssignedTo/{}", grant.text("id")))
        .await
        .expect(204);
    admin.delete(&format!("/applications/{}", registration.0)).await.expect(204);
    assert_eq!(differences(&before, &world.tenant.snapshot()), []);
}

#[tokio::test]
async fn a_grant_that_was_taken_and_given_again_is_the_same_grant() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let app = world.application_for(EXCHANGE, "https://outlook.office365.com", &["full_access_as_app"]).await;
    let before = world.tenant.snapshot();
    let held = admin.get(&format!("/servicePrincipals/{}/appRoleAssignments", app.id)).await.expect(200);
    let held = held.value()[0].clone();
    let resource = held["resourceId"].as_str().unwrap();
    let all = format!("/servicePrincipals/{resource}/appRoleAssignedTo");
    admin.delete(&format!("{all}/{}", held["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(differences(&before, &world.tenant.snapshot()).len(), 1);
    let again = json!({ "principalId": app.id, "resourceId": resource, "appRoleId": held["appRoleId"] });
    admin.post(&all, again).await.expect(201);
    let left: Vec<String> = paths(&before, &world.tenant.snapshot());
    // The test's own way of granting leaves the names out, which Graph fills in.
    assert!(left.iter().all(|path| path.ends_with("DisplayName")), "{left:?}");
}

#[tokio::test]
async fn the_control_endpoint_gives_the_same() {
    let world = World::start().await;
    let url = format!("{}/_practice/snapshot", world.base());
    let sent = world.send(reqwest::Method::GET, &url, &[], None).await.expect(200);
    assert_eq!(sent.body, world.tenant.snapshot());
    for section in ["users", "groups", "applications", "servicePrincipals", "mailboxes", "exchange"] {
        assert!(!sent.body[section].as_object().unwrap().is_empty(), "{section}");
    }
}

#[tokio::test]
async fn credentials_owners_trust_and_reminders_are_seen_and_leave_no_trace() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let service = world.application_with(&["Calendars.ReadWrite"]).await;
    let (id, app_id) = admin.application("Looked after").await;
    let principal = admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201).text("id");
    let before = world.tenant.snapshot();
    let path = format!("/applications/{id}");
    let pair = crate::key_pair::KeyPair::of(2026, 2028);
    let owner =
        json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", service.id) });
    let trust = json!({ "name": "main", "issuer": "https://i.example", "subject": "s", "audiences": ["api://AzureADTokenExchange"] });
    let events = format!("/users/{}/events", world.colleagues()[0]);
    let day = |day: u8| json!({ "dateTime": format!("2031-05-{day:02}T00:00:00"), "timeZone": "UTC" });
    let reminder = json!({ "subject": "Ends", "isAllDay": true, "start": day(3), "end": day(4) });

    let secret = admin.post(&format!("{path}/addPassword"), json!({})).await.expect(200);
    admin.patch(&path, json!({ "keyCredentials": [pair.entry()] })).await.expect(204);
    admin.post(&format!("{path}/owners/$ref"), owner.clone()).await.expect(204);
    admin.post(&format!("/servicePrincipals/{principal}/owners/$ref"), owner).await.expect(204);
    let trusted = admin.post(&format!("{path}/federatedIdentityCredentials"), trust).await.expect(201);
    let event = service.post(&events, reminder).await.expect(201).text("id");
    assert_eq!(world.with_secret(&app_id, &secret.text("secretText")).await, 0);
    let changed = paths(&before, &world.tenant.snapshot());
    assert_eq!(changed.len(), 6, "a sign-in is none of them: {changed:?}");

    admin.post(&format!("{path}/removePassword"), json!({ "keyId": secret.text("keyId") })).await.expect(204);
    admin.patch(&path, json!({ "keyCredentials": [] })).await.expect(204);
    for of in [path.clone(), format!("/servicePrincipals/{principal}")] {
        admin.delete(&format!("{of}/owners/{}/$ref", service.id)).await.expect(204);
    }
    let trusted = trusted.text("id");
    admin.delete(&format!("{path}/federatedIdentityCredentials/{trusted}")).await.expect(204);
    service.delete(&format!("{events}/{event}")).await.expect(204);
    assert_eq!(differences(&before, &world.tenant.snapshot()), []);
}
