//! Events that a program keeps in a calendar: made once, found again, changed, taken away.

use practice::differences;
use serde_json::{Value, json};

use crate::graph_world::{GLOBAL_ADMINISTRATOR, World};

const PROPERTY: &str = "String {7b6f1a52-2b1c-4d1f-9a1e-0c5d6b7a8e9f} Name gatehouse";
const SHARED: &str = "it-operations@lindqvist-practice.example";
const OWNER: &str = "tomas.herrera@lindqvist-practice.example";

fn reminder(key: &str) -> Value {
    json!({
        "subject": "Secret ends", "isAllDay": true, "isReminderOn": true, "reminderMinutesBeforeStart": 480,
        "showAs": "free", "transactionId": format!("transaction-{key}"),
        "start": { "dateTime": "2031-05-03T00:00:00", "timeZone": "UTC" },
        "end": { "dateTime": "2031-05-04T00:00:00", "timeZone": "UTC" },
        "singleValueExtendedProperties": [{ "id": PROPERTY, "value": key }],
    })
}

fn found_by(key: &str) -> String {
    format!("singleValueExtendedProperties/Any(ep: ep/id eq '{PROPERTY}' and ep/value eq '{key}')")
}

#[tokio::test]
async fn the_same_transaction_is_the_same_event() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "Calendars.ReadWrite").await;
    let made = person.post("/me/events", reminder("k1")).await.expect(201);
    assert_eq!(
        (&made.body["isReminderOn"], &made.body["reminderMinutesBeforeStart"]),
        (&json!(true), &json!(480))
    );
    assert_eq!(made.body["transactionId"], "transaction-k1");
    let again = person.post("/me/events", reminder("k1")).await.expect(201);
    assert_eq!(again.text("id"), made.text("id"));
    let mut other = reminder("k1");
    other["start"]["dateTime"] = json!("2031-05-02T00:00:00");
    other["end"]["dateTime"] = json!("2031-05-03T00:00:00");
    assert_eq!(person.post("/me/events", other).await.expect(409).code(), "ErrorDuplicateTransactionId");
    let refused = person.get("/me/events?$filter=transactionId eq 'transaction-k1'").await.expect(400);
    assert_eq!(refused.code(), "ErrorInvalidProperty");
    assert_eq!(refused.message(), "The property 'transactionId' does not support filtering.");
}

#[tokio::test]
async fn an_extended_property_finds_the_event_and_is_shown_when_expanded() {
    let world = World::start().await;
    let service = world.application_with(&["Calendars.ReadWrite"]).await;
    let mailbox = format!("/users/{}", world.colleagues()[1]);
    let made = service.post(&format!("{mailbox}/events"), reminder("k1")).await.expect(201);
    assert!(made.body.get("singleValueExtendedProperties").is_none());
    service.post(&format!("{mailbox}/events"), reminder("k2")).await.expect(201);
    let found = service.get(&format!("{mailbox}/events?$filter={}", found_by("k1"))).await.expect(200);
    assert_eq!(found.all("id"), [made.text("id").as_str()]);
    let begins = format!(
        "{mailbox}/events?$filter=singleValueExtendedProperties/any(ep: ep/id eq '{PROPERTY}' and startswith(ep/value, 'k'))"
    );
    assert_eq!(service.get(&begins).await.expect(200).value().len(), 2);
    let expand = format!("$expand=singleValueExtendedProperties($filter=id eq '{PROPERTY}')");
    let one = service.get(&format!("{mailbox}/events/{}?{expand}", made.text("id"))).await.expect(200);
    assert_eq!(one.body["singleValueExtendedProperties"], json!([{ "id": PROPERTY, "value": "k1" }]));
    let listed =
        service.get(&format!("{mailbox}/events?{expand}&$filter={}", found_by("k2"))).await.expect(200);
    assert_eq!(listed.value()[0]["singleValueExtendedProperties"][0]["value"], "k2");
    service.get(&format!("{mailbox}/events?$expand=singleValueExtendedProperties")).await.expect(400);

    // A change moves the day and the key.
    let moved = json!({
        "start": { "dateTime": "2031-06-03T00:00:00", "timeZone": "UTC" },
        "end": { "dateTime": "2031-06-04T00:00:00", "timeZone": "UTC" },
        "singleValueExtendedProperties": [{ "id": PROPERTY, "value": "k3" }],
    });
    service.patch(&format!("{mailbox}/events/{}", made.text("id")), moved).await.expect(200);
    assert!(
        service
            .get(&format!("{mailbox}/events?$filter={}", found_by("k1")))
            .await
            .expect(200)
            .value()
            .is_empty()
    );
    let found = service.get(&format!("{mailbox}/events?$filter={}", found_by("k3"))).await.expect(200);
    assert_eq!(found.value()[0]["start"]["dateTime"], "2031-06-03T00:00:00.0000000");
    let mut wrong = reminder("k4");
    wrong["singleValueExtendedProperties"][0]["id"] = json!("Text gatehouse");
    service.post(&format!("{mailbox}/events"), wrong).await.expect(400);
}

#[tokio::test]
async fn whole_days_begin_at_midnight() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "Calendars.ReadWrite").await;
    for (side, value) in
        [("start", "2031-05-03T09:00:00"), ("end", "2031-05-04T00:30:00"), ("end", "2031-05-03T00:00:00")]
    {
        let mut wrong = reminder("k1");
        wrong[side]["dateTime"] = json!(value);
        let refused = person.post("/me/events", wrong).await.expect(400);
        assert!(refused.message().to_lowercase().contains("all"), "{}", refused.text);
    }
    let mut zones = reminder("k1");
    zones["end"]["timeZone"] = json!("W. Europe Standard Time");
    person.post("/me/events", zones).await.expect(400);
    let made = person.post("/me/events", reminder("k1")).await.expect(201).text("id");
    let moved = json!({ "start": { "dateTime": "2031-05-02T11:00:00", "timeZone": "UTC" } });
    person.patch(&format!("/me/events/{made}"), moved).await.expect(400);
}

#[tokio::test]
async fn a_shared_mailbox_opens_for_its_people_with_the_shared_permission() {
    let world = World::start().await;
    let before = world.tenant.snapshot();
    let owner = world.person_with(OWNER, "Calendars.ReadWrite.Shared").await;
    let path = format!("/users/{SHARED}/calendar/events");
    let made = owner.post(&path, reminder("k1")).await.expect(201).text("id");
    let changed: Vec<String> =
        differences(&before, &world.tenant.snapshot()).into_iter().map(|one| one.path).collect();
    assert!(
        changed.iter().any(|path| path.ends_with("/events") && path.starts_with("/mailboxes/")),
        "{changed:?}"
    );
    owner.get(&format!("/users/{SHARED}/calendars")).await.expect(200);
    owner.post("/me/events", reminder("own")).await.expect(201);
    let narrow = world.person_with(OWNER, "Calendars.ReadWrite").await;
    assert_eq!(narrow.get(&path).await.expect(403).code(), "ErrorAccessDenied");
    let reader = world.person_with(OWNER, "Calendars.Read.Shared").await;
    reader.get(&path).await.expect(200);
    reader.post(&path, reminder("k2")).await.expect(403);
    let stranger = world.person_with(&world.colleagues()[0], "Calendars.ReadWrite.Shared").await;
    stranger.post(&path, reminder("k3")).await.expect(403);
    owner.delete(&format!("{path}/{made}")).await.expect(204);
}

#[tokio::test]
async fn a_deleted_calendar_and_a_deleted_mailbox_say_so() {
    let world = World::start().await;
    let upn = world.colleagues()[2].clone();
    let service = world.application_with(&["Calendars.ReadWrite"]).await;
    let mailbox = format!("/users/{upn}");
    let calendar = service
        .post(&format!("{mailbox}/calendars"), json!({ "name": "Gatehouse" }))
        .await
        .expect(201)
        .text("id");
    let events = format!("{mailbox}/calendars/{calendar}/events");
    let made = service.post(&events, reminder("k1")).await.expect(201).text("id");
    service.patch(&format!("{events}/{made}"), json!({ "subject": "Soon" })).await.expect(200);
    assert_eq!(service.get(&format!("{events}/{made}")).await.expect(200).body["subject"], "Soon");
    let elsewhere = service.get(&format!("{mailbox}/calendar/events/{made}")).await.expect(404);
    assert_eq!(elsewhere.code(), "ErrorItemNotFound");
    service.delete(&format!("{mailbox}/calendars/{calendar}")).await.expect(204);
    for gone in [
        service.post(&events, reminder("k2")).await,
        service.get(&format!("{events}/{made}")).await,
        service.delete(&format!("{mailbox}/events/{made}")).await,
    ] {
        assert_eq!(gone.expect(404).code(), "ErrorItemNotFound");
    }
    let id = world.person(&upn);
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, crate::graph_world::ADMIN).await;
    let licence = json!({ "addLicenses": [], "removeLicenses": ["cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46"] });
    admin.post(&format!("/users/{id}/assignLicense"), licence).await.expect(200);
    let gone = service.post(&format!("{mailbox}/events"), reminder("k3")).await.expect(404);
    assert_eq!(gone.code(), "MailboxNotEnabledForRESTAPI");
    admin.delete(&format!("/users/{id}")).await.expect(204);
    let gone = service.post(&format!("{mailbox}/events"), reminder("k3")).await.expect(404);
    assert_eq!(gone.code(), "ErrorInvalidUser");
}
