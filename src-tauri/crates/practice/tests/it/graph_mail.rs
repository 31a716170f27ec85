//! Mail, as the person and as an application.

use serde_json::{Value, json};

use crate::graph_world::World;

fn letter(to: &str) -> Value {
    json!({ "message": {
        "subject": "Berth 7", "body": { "contentType": "HTML", "content": "<p>Free at <b>noon</b></p>" },
        "toRecipients": [{ "emailAddress": { "address": to } }],
    } })
}

#[tokio::test]
async fn mail_that_is_sent_arrives() {
    let world = World::start().await;
    let colleagues = world.colleagues();
    let service = world.application_with(&["Mail.Send", "Mail.Read"]).await;
    let (from, to) = (&colleagues[0], &colleagues[1]);
    let sent = service.post(&format!("/users/{from}/sendMail"), letter(to)).await.expect(202);
    assert!(sent.text.is_empty());
    let inbox = service
        .get(&format!(
            "/users/{to}/mailFolders/inbox/messages?$top=1&$select=subject,from,isRead,bodyPreview"
        ))
        .await
        .expect(200);
    let arrived = &inbox.value()[0];
    assert_eq!(arrived["subject"], "Berth 7");
    assert_eq!(arrived["bodyPreview"], "Free at noon");
    assert_eq!(arrived["isRead"], false);
    assert_eq!(arrived["from"]["emailAddress"]["address"], from.as_str());
    let kept = service
        .get(&format!("/users/{from}/mailFolders/SentItems/messages?$filter=subject eq 'Berth 7'"))
        .await
        .expect(200);
    assert_eq!(kept.value().len(), 1);
    let quiet = {
        let mut quiet = letter(to);
        quiet["saveToSentItems"] = json!(false);
        quiet
    };
    service.post(&format!("/users/{from}/sendMail"), quiet).await.expect(202);
    let kept = service
        .get(&format!("/users/{from}/mailFolders/sentitems/messages?$filter=subject eq 'Berth 7'"))
        .await
        .expect(200);
    assert_eq!(kept.value().len(), 1, "not kept when told so");
    service
        .post(&format!("/users/{from}/sendMail"), json!({ "message": { "subject": "to nobody" } }))
        .await
        .expect(400);
    service.post(&format!("/users/{from}/sendMail"), json!({})).await.expect(400);
}

#[tokio::test]
async fn lists_are_newest_first_ten_at_a_time() {
    let world = World::start().await;
    let service = world.application_with(&["Mail.ReadWrite"]).await;
    let upn = &world.colleagues()[0];
    let first =
        service.get(&format!("/users/{upn}/messages?$select=receivedDateTime&$count=true")).await.expect(200);
    assert_eq!(first.value().len(), 10);
    let count = first.body["@odata.count"].as_u64().unwrap();
    let dates = first.all("receivedDateTime");
    assert!(dates.is_sorted_by(|left, right| left >= right), "{dates:?}");
    assert!(first.value().iter().all(|own| own["id"].is_string() && own["@odata.etag"].is_string()));
    let next = first.text("@odata.nextLink");
    assert!(next.contains("$skip=10"), "{next}");
    let second = service.get(&next).await.expect(200);
    assert_eq!(count, 10 + second.value().len() as u64);
    let unread =
        service.get(&format!("/users/{upn}/messages?$filter=isRead eq false&$top=50")).await.expect(200);
    assert!(unread.value().iter().all(|own| own["isRead"] == false));
    let complex = service
        .get(&format!("/users/{upn}/messages?$filter=isRead eq false&$orderby=subject"))
        .await
        .expect(400);
    assert_eq!(complex.code(), "InefficientFilter");
    let found =
        service.get(&format!("/users/{upn}/messages?$search=\"harbour OR dispatch\"")).await.expect(200);
    drop(found);
}

#[tokio::test]
async fn folders_and_messages_are_made_changed_and_deleted() {
    let world = World::start().await;
    let upn = &world.colleagues()[0];
    let person = world.person_with(upn, "Mail.ReadWrite Mail.Send").await;
    let folders = person.get("/me/mailFolders?$top=50").await.expect(200);
    assert!(folders.all("displayName").contains(&"Inbox"));
    let inbox = person.get("/me/mailFolders/inbox").await.expect(200);
    assert!(inbox.body["totalItemCount"].as_u64().unwrap() > 0);
    let made = person.post("/me/mailFolders", json!({ "displayName": "Quay" })).await.expect(201).text("id");
    person.post("/me/mailFolders", json!({ "displayName": "quay" })).await.expect(400);
    let draft = person
        .post(&format!("/me/mailFolders/{made}/messages"), json!({ "subject": "draft" }))
        .await
        .expect(201);
    assert_eq!(draft.body["isDraft"], true);
    let path = format!("/me/messages/{}", draft.text("id"));
    let changed = person.patch(&path, json!({ "subject": "changed", "isRead": true })).await.expect(200);
    assert_eq!(changed.body["subject"], "changed");
    assert_ne!(changed.body["changeKey"], draft.body["changeKey"]);
    let to = json!({ "toRecipients": [{ "emailAddress": { "address": upn } }] });
    person.patch(&path, to).await.expect(200);
    person.post(&format!("{path}/send"), json!({})).await.expect(202);
    person.get(&path).await.expect(404);
    person.patch(&format!("/me/mailFolders/{made}"), json!({ "displayName": "Quay 2" })).await.expect(200);
    person.delete(&format!("/me/mailFolders/{made}")).await.expect(204);
    person.delete("/me/mailFolders/inbox").await.expect(400);
    let wrong = person.get("/me/messages/harbour").await.expect(400);
    assert_eq!(wrong.code(), "ErrorInvalidIdMalformed");
    let as_text = person
        .with("Prefer", "outlook.body-content-type=\"text\"")
        .get("/me/messages?$top=1")
        .await
        .expect(200);
    assert_eq!(as_text.value()[0]["body"]["contentType"], "text");
}

#[tokio::test]
async fn basic_reading_shows_no_bodies() {
    let world = World::start().await;
    let upn = &world.colleagues()[0];
    let basic = world.application_with(&["Mail.ReadBasic.All"]).await;
    let page = basic.get(&format!("/users/{upn}/messages")).await.expect(200);
    assert!(
        page.value()
            .iter()
            .all(|own| own["bodyPreview"].is_null() && own["body"].is_null() && own["subject"].is_string())
    );
}

#[tokio::test]
async fn a_delegated_token_opens_the_own_mailbox_only() {
    let world = World::start().await;
    let colleagues = world.colleagues();
    let person =
        world.person_with(&colleagues[0], "Mail.Read Calendars.Read MailboxSettings.ReadWrite").await;
    person.get(&format!("/users/{}/messages", colleagues[0])).await.expect(200);
    let refused = person.get(&format!("/users/{}/messages", colleagues[1])).await.expect(403);
    assert_eq!(
        (refused.code(), refused.message()),
        ("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    );
    person
        .get(&format!(
            "/users/{}/calendarView?startDateTime=2026-01-01&endDateTime=2026-02-01",
            colleagues[1]
        ))
        .await
        .expect(403);
    let service = world.application_with(&["Mail.Read"]).await;
    assert_eq!(
        service.get("/users/nobody@lindqvist-practice.example/messages").await.expect(404).code(),
        "ErrorInvalidUser"
    );
    let settings =
        person.patch("/me/mailboxSettings", json!({ "timeZone": "Pacific Standard Time" })).await.expect(200);
    assert_eq!(settings.body["timeZone"], "Pacific Standard Time");
    assert_eq!(person.get("/me/mailboxSettings").await.expect(200).body["timeZone"], "Pacific Standard Time");
    person.patch("/me/mailboxSettings", json!({ "timeZone": "Harbour Time" })).await.expect(400);
}
