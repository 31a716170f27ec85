//! People, licences and the mailboxes that come with them.

use practice::{Lag, differences};
use serde_json::{Value, json};

use crate::graph_world::{ADMIN, Caller, GLOBAL_ADMINISTRATOR, World};

const BUSINESS_PREMIUM: &str = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";
const NO_SEATS: &str = "4b9405b0-7788-4568-add1-99614e613b69";

fn person(local: &str, domain: &str) -> Value {
    json!({
        "accountEnabled": true, "displayName": "Service account", "mailNickname": local,
        "userPrincipalName": format!("{local}@{domain}"), "usageLocation": "SE",
        "passwordProfile": { "password": "Correct-horse-battery-9", "forceChangePasswordNextSignIn": false },
    })
}

async fn license(admin: &Caller<'_>, id: &str, add: &[&str], remove: &[&str]) -> crate::graph_world::Reply {
    let add: Vec<Value> = add.iter().map(|sku| json!({ "skuId": sku, "disabledPlans": [] })).collect();
    admin
        .post(&format!("/users/{id}/assignLicense"), json!({ "addLicenses": add, "removeLicenses": remove }))
        .await
}

#[tokio::test]
async fn a_licence_brings_a_mailbox_after_a_while_and_takes_it_along() {
    let world = World::start().await;
    world.tenant.faults().set_lag(Lag { mailboxes_ms: 60_000, ..Lag::default() });
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let app = world.application_with(&["Mail.Read"]).await;
    let exchange = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let before = world.tenant.snapshot();
    let made = admin.post("/users", person("svc-new", "lindqvist-practice.example")).await.expect(201);
    let id = made.text("id");
    let without = world.tenant.snapshot();
    license(&admin, &id, &[BUSINESS_PREMIUM], &[]).await.expect(200);
    let inbox = format!("/users/{id}/messages");
    assert_eq!(app.get(&inbox).await.expect(404).code(), "MailboxNotEnabledForRESTAPI");
    exchange.run("Get-Mailbox", json!({ "Identity": id })).await.expect(404);
    assert_eq!(admin.get(&format!("/users/{id}")).await.expect(200).body["mail"], Value::Null);
    world.tenant.clock().advance(jiff::SignedDuration::from_secs(61));
    app.get(&inbox).await.expect(200);
    exchange.run("Get-Mailbox", json!({ "Identity": id })).await.expect(200);
    assert_eq!(
        admin.get(&format!("/users/{id}")).await.expect(200).text("mail"),
        "svc-new@lindqvist-practice.example"
    );

    license(&admin, &id, &[], &[BUSINESS_PREMIUM]).await.expect(200);
    app.get(&inbox).await.expect(404);
    assert_eq!(differences(&without, &world.tenant.snapshot()), []);
    admin.delete(&format!("/users/{id}")).await.expect(204);
    assert_eq!(differences(&before, &world.tenant.snapshot()), []);
    admin.post(&format!("/directory/deletedItems/{id}/restore"), json!({})).await.expect(200);
    assert_eq!(differences(&without, &world.tenant.snapshot()), []);
}

#[tokio::test]
async fn licences_need_seats_and_a_country() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let skus = admin.get("/subscribedSkus").await.expect(200);
    let none = skus.value().iter().find(|sku| sku["skuId"] == NO_SEATS).unwrap();
    assert_eq!(
        (&none["capabilityStatus"], &none["prepaidUnits"]["enabled"]),
        (&json!("Suspended"), &json!(0))
    );
    let mut stateless = person("nowhere", "lindqvist-practice.example");
    stateless["usageLocation"] = Value::Null;
    let id = admin.post("/users", stateless).await.expect(201).text("id");
    let refused = license(&admin, &id, &[BUSINESS_PREMIUM], &[]).await.expect(400);
    assert!(refused.message().contains("usage location"), "{}", refused.text);
    admin.patch(&format!("/users/{id}"), json!({ "usageLocation": "DE" })).await.expect(204);
    let refused = license(&admin, &id, &[NO_SEATS], &[]).await.expect(400);
    assert!(refused.message().contains("does not have any available licenses"), "{}", refused.text);
    license(&admin, &id, &[BUSINESS_PREMIUM], &[]).await.expect(200);
}

#[tokio::test]
async fn people_cannot_be_made_on_every_domain_under_every_name_with_every_password() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let mut weak = person("weak", "lindqvist-practice.example");
    weak["passwordProfile"]["password"] = json!("simple");
    for (body, words) in [
        (person("astrid.lindqvist", "lindqvist-practice.example"), "userPrincipalName already exists"),
        (person("a", "lindqvist-trucks-practice.example"), "verified domain"),
        (person("a", "elsewhere.example"), "verified domain"),
        (person("a", "lindqvist-ferries-practice.example"), "federated domain"),
        (person("a b", "lindqvist-practice.example"), "userPrincipalName is invalid"),
        (weak, "password complexity"),
    ] {
        let refused = admin.post("/users", body).await.expect(400);
        assert!(refused.message().contains(words), "{}", refused.text);
    }
    let mut elsewhere = person("a", "lindqvist-ferries-practice.example");
    elsewhere["onPremisesImmutableId"] = json!("QUJD");
    admin.post("/users", elsewhere).await.expect(201);
}

#[tokio::test]
async fn groups_made_by_exchange_cannot_be_changed_through_graph() {
    let world = World::start().await;
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, ADMIN).await;
    let found = admin.get("/groups?$filter=mailNickname eq 'drivers-and-sellers'").await.expect(200);
    let id = found.value()[0]["id"].as_str().unwrap().to_owned();
    let someone = world.person(&world.colleagues()[0]);
    let link = json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{someone}") });
    let refused = admin.post(&format!("/groups/{id}/members/$ref"), link.clone()).await.expect(400);
    assert!(refused.message().contains("mail-enabled security"), "{}", refused.text);
    admin.delete(&format!("/groups/{id}")).await.expect(400);
    admin.patch(&format!("/groups/{id}"), json!({ "description": "x" })).await.expect(400);
    // One without mail can.
    let body = json!({ "displayName": "No mail", "mailNickname": "no-mail", "mailEnabled": false, "securityEnabled": true });
    let plain = admin.post("/groups", body).await.expect(201).text("id");
    admin.post(&format!("/groups/{plain}/members/$ref"), link).await.expect(204);
    let direct = admin.get(&format!("/groups/{id}/members")).await.expect(200).value().len();
    let all = admin.get(&format!("/groups/{id}/transitiveMembers")).await.expect(200).value().len();
    assert!(all > direct, "{all} over {direct}");
}
