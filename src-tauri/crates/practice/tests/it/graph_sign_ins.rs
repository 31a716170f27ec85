//! Evidence of use: sign-in logs, and when a credential was used last.

use practice::{Lag, Options};
use serde_json::{Value, json};

use crate::graph_world::{
    ADMIN, CLOUD_APPLICATION_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, USER_ADMINISTRATOR, World,
};
use crate::key_pair::KeyPair;

const LOGS: &str = "AuditLog.Read.All";

/// A registration with its enterprise app and a secret: object id, client id, key id, value.
async fn with_secret(world: &World) -> [String; 4] {
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let (id, app_id) = admin.application("Evidence").await;
    admin.post("/servicePrincipals", json!({ "appId": app_id })).await.expect(201);
    let secret = admin.post(&format!("/applications/{id}/addPassword"), json!({})).await.expect(200);
    [id, app_id, secret.text("keyId"), secret.text("secretText")]
}

fn by_application(app_id: &str) -> String {
    format!(
        "/auditLogs/signIns?$filter=appId eq '{app_id}' and signInEventTypes/any(t: t eq 'servicePrincipal')"
    )
}

#[tokio::test]
async fn each_token_that_an_application_gets_is_a_sign_in_with_its_key() {
    let world = World::start().await;
    let reader = world.application_with(&[LOGS]).await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let [id, app_id, key_id, value] = with_secret(&world).await;
    assert_eq!(world.with_secret(&app_id, &value).await, 0);
    world.tenant.clock().advance(jiff::SignedDuration::from_secs(2));
    assert_eq!(world.with_secret(&app_id, "abc8Q~wrong").await, 7_000_215);
    let pair = KeyPair::of(2026, 2028);
    admin
        .patch(&format!("/applications/{id}"), json!({ "keyCredentials": [pair.entry()] }))
        .await
        .expect(204);
    world.tenant.clock().advance(jiff::SignedDuration::from_secs(2));
    assert_eq!(pair.token(&world, &app_id).await.0, 200);

    let events = reader.beta(&by_application(&app_id)).await.expect(200);
    assert_eq!(events.value().len(), 3, "{}", events.text);
    let [newest, failed, first] = [&events.value()[0], &events.value()[1], &events.value()[2]];
    assert_eq!(newest["servicePrincipalCredentialThumbprint"], pair.thumbprint().as_str());
    assert_eq!(newest["clientCredentialType"], "clientAssertion");
    assert_eq!(failed["status"]["errorCode"], 7_000_215);
    assert_eq!(failed["servicePrincipalCredentialKeyId"], Value::Null, "no key fitted");
    assert_eq!(first["servicePrincipalCredentialKeyId"], key_id.as_str());
    assert_eq!(first["status"]["errorCode"], 0);
    assert_eq!(first["resourceDisplayName"], "Microsoft Graph");
    assert_eq!(
        (&first["isInteractive"], &first["signInEventTypes"]),
        (&json!(false), &json!(["servicePrincipal"]))
    );
    let one = reader.beta(&format!("/auditLogs/signIns/{}", first["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(one.body["appId"], app_id.as_str());

    // v1.0 is about people at a page, and does not know the property.
    let plain = reader.get(&format!("/auditLogs/signIns?$filter=appId eq '{app_id}'")).await.expect(200);
    assert!(plain.value().is_empty());
    assert_eq!(reader.get(&by_application(&app_id)).await.expect(400).code(), "BadRequest");
}

#[tokio::test]
async fn people_are_shown_by_default_and_programs_only_when_named() {
    let world = World::start().await;
    let person = &world.colleagues()[0];
    let signed_in = world.person_with(person, "User.Read").await;
    let reader = world.application_with(&[LOGS]).await;
    for page in [reader.get("/auditLogs/signIns").await, reader.beta("/auditLogs/signIns").await] {
        let page = page.expect(200);
        assert!(page.value().iter().all(|own| own["isInteractive"] == true), "{}", page.text);
        assert!(page.value().iter().any(|own| own["appId"] == signed_in.client.as_str()
            && own["userPrincipalName"] == person.to_lowercase().as_str()));
    }
    let all = reader
        .beta("/auditLogs/signIns?$filter=signInEventTypes/any(t: t eq 'servicePrincipal')&$top=20")
        .await
        .expect(200);
    assert_eq!(all.value().len(), 20);
    let next = reader.get(&all.text("@odata.nextLink")).await.expect(200);
    assert!(all.all("createdDateTime").last() >= next.all("createdDateTime").first(), "newest first");
}

#[tokio::test]
async fn the_last_use_of_a_credential_is_told_by_its_key() {
    let world = World::start().await;
    let reader = world.application_with(&[LOGS]).await;
    let [id, app_id, key_id, value] = with_secret(&world).await;
    let path = format!("/reports/appCredentialSignInActivities?$filter=keyId eq '{key_id}'");
    assert!(reader.beta(&path).await.expect(200).value().is_empty(), "never used");
    assert_eq!(world.with_secret(&app_id, &value).await, 0);
    let used = reader.beta(&path).await.expect(200);
    let row = &used.value()[0];
    assert_eq!((&row["keyType"], &row["credentialOrigin"]), (&json!("clientSecret"), &json!("application")));
    assert_eq!((&row["appId"], &row["appObjectId"]), (&json!(app_id), &json!(id)));
    let first = row["signInActivity"]["lastSignInDateTime"].as_str().unwrap().to_owned();
    assert_eq!(
        reader
            .beta(&format!("/reports/appCredentialSignInActivities/{}", row["id"].as_str().unwrap()))
            .await
            .expect(200)
            .body["keyId"],
        key_id.as_str()
    );

    // The log is behind: it tells the use before the last one.
    world.tenant.faults().set_lag(Lag { sign_ins_ms: 300_000, ..Lag::default() });
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(10));
    assert_eq!(world.with_secret(&app_id, &value).await, 0);
    let last = async || {
        let page = reader.beta(&path).await.expect(200);
        page.value()[0]["signInActivity"]["lastSignInDateTime"].as_str().unwrap().to_owned()
    };
    assert_eq!(last().await, first);
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(6));
    assert!(last().await > first);

    let whole = format!("/reports/servicePrincipalSignInActivities?$filter=appId eq '{app_id}'");
    let whole = reader.beta(&whole).await.expect(200);
    let row = &whole.value()[0];
    assert_eq!(row["lastSignInActivity"], row["applicationAuthenticationClientSignInActivity"]);
    assert_eq!(row["delegatedClientSignInActivity"], Value::Null);
}

#[tokio::test]
async fn logs_need_a_role_a_permission_beta_and_a_licence() {
    let report = "/reports/appCredentialSignInActivities";
    let world = World::start().await;
    let admin = world.person_with(CLOUD_APPLICATION_ADMINISTRATOR, LOGS).await;
    admin.beta(report).await.expect(200);
    admin.get(report).await.expect(400);
    let wrong_role = world.person_with(USER_ADMINISTRATOR, LOGS).await;
    wrong_role.beta(report).await.expect(403);
    let wrong_token = world.person_with(GLOBAL_ADMINISTRATOR, "User.Read").await;
    wrong_token.beta(report).await.expect(403);

    let poor = World::with(Options { premium: false, ..Options::default() }).await;
    let reader = poor.application_with(&[LOGS]).await;
    for path in [report, "/auditLogs/signIns", "/reports/servicePrincipalSignInActivities"] {
        let refused = reader.beta(path).await.expect(403);
        assert_eq!(refused.code(), "Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    }
}

#[tokio::test]
async fn the_seeded_organisation_has_used_unused_and_long_unused_secrets() {
    let world = World::start().await;
    let reader = world.application_with(&[LOGS, "Application.Read.All"]).await;
    let page = reader.beta("/reports/appCredentialSignInActivities").await.expect(200);
    let apps = reader.get("/applications?$select=displayName,passwordCredentials&$top=999").await.expect(200);
    let last = |name: &str| {
        let app = apps.value().iter().find(|own| own["displayName"] == name).unwrap();
        let key = &app["passwordCredentials"][0]["keyId"];
        let row = page.value().iter().find(|own| own["keyId"] == *key)?;
        row["signInActivity"]["lastSignInDateTime"].as_str()?.parse::<jiff::Timestamp>().ok()
    };
    let now = world.tenant.clock().now();
    let days = |name| last(name).map(|at| now.duration_since(at).as_hours() / 24);
    assert_eq!(days("Visitor Badges"), None);
    assert!(days("Newsletter Export").unwrap() >= 365);
    assert!(days("Fleetboard Sync").unwrap() <= 1);
}
