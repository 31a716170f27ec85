//! What a person's own app does with the person's own things: contacts, a picture, the next events, unread mail.

use serde_json::{Value, json};

use crate::graph_world::{GLOBAL_ADMINISTRATOR, World};

#[tokio::test]
async fn contacts_are_kept_changed_and_deleted() {
    let world = World::start().await;
    let upn = &world.colleagues()[0];
    let person = world.person_with(upn, "Contacts.ReadWrite").await;
    let before = person.get("/me/contacts?$count=true&$orderby=displayName").await.expect(200);
    assert_eq!(before.body["@odata.count"], 4);
    assert!(
        before.all("displayName").is_sorted()
            && before.value()[0]["emailAddresses"][0]["address"].is_string()
    );
    let made = person
        .post(
            "/me/contacts",
            json!({ "givenName": "Ida", "surname": "Falk", "emailAddresses": [{ "address": "ida@falk.example", "name": "Ida Falk" }] }),
        )
        .await
        .expect(201);
    assert_eq!((made.text("displayName").as_str(), made.text("fileAs").as_str()), ("Ida Falk", "Ida Falk"));
    let path = format!("/me/contacts/{}", made.text("id"));
    let found = person.get("/me/contacts?$filter=givenName eq 'Ida'&$select=surname").await.expect(200);
    assert_eq!(found.all("surname"), ["Falk"]);
    let changed =
        person.patch(&path, json!({ "surname": "Ek", "homeAddress": { "city": "Visby" } })).await.expect(200);
    assert_eq!(
        (changed.text("displayName").as_str(), &changed.body["homeAddress"]["city"]),
        ("Ida Ek", &json!("Visby"))
    );
    person.patch(&path, json!({ "nope": 1 })).await.expect(400);
    person.delete(&path).await.expect(204);
    assert_eq!(person.get(&path).await.expect(404).code(), "ErrorItemNotFound");
    assert_eq!(person.get("/me/contacts").await.expect(200).value().len(), 4);
}

#[tokio::test]
async fn contacts_need_their_own_permission() {
    let world = World::start().await;
    let upn = &world.colleagues()[0];
    let reader = world.person_with(upn, "Contacts.Read").await;
    reader.get("/me/contacts").await.expect(200);
    let refused = reader.post("/me/contacts", json!({ "givenName": "Ida" })).await.expect(403);
    assert_eq!(refused.code(), "ErrorAccessDenied");
    let mail = world.person_with(upn, "Mail.ReadWrite Calendars.ReadWrite").await;
    mail.get("/me/contacts").await.expect(403);
    let other = world.person_with(&world.colleagues()[1], "Contacts.ReadWrite").await;
    other.get(&format!("/users/{upn}/contacts")).await.expect(403);
    let service = world.application_with(&["Contacts.Read"]).await;
    assert_eq!(service.get(&format!("/users/{upn}/contacts")).await.expect(200).value().len(), 4);
}

#[tokio::test]
async fn somebody_has_a_picture_and_somebody_has_none() {
    let world = World::start().await;
    let with = |wanted: bool| {
        world.tenant.tables(|tables| {
            let found = world_users(tables, wanted);
            found.first().cloned().unwrap()
        })
    };
    let (pictured, bare) = (with(true), with(false));
    let person = world.person_with(&pictured, "User.Read").await;
    let size = person.get("/me/photo").await.expect(200);
    assert_eq!(
        (&size.body["width"], &size.body["@odata.mediaContentType"]),
        (&json!(96), &json!("image/jpeg"))
    );
    let picture = person.get("/me/photo/$value").await.expect(200);
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert_eq!(person.get("/me/photos").await.expect(200).all("id"), ["96X96"]);
    // With `User.Read` alone, one's own picture is the only one.
    person.get(&format!("/users/{bare}/photo")).await.expect(403);
    let reader = world.person_with(&bare, "User.ReadBasic.All").await;
    reader.get(&format!("/users/{pictured}/photo/$value")).await.expect(200);
    for path in ["/me/photo", "/me/photo/$value"] {
        assert_eq!(reader.get(path).await.expect(404).code(), "ImageNotFound");
    }
    world.person_with(&pictured, "Mail.Read").await.get("/me/photo").await.expect(403);
}

fn world_users(tables: &practice::Tables, pictured: bool) -> Vec<String> {
    let plain = |row: &&practice::Row| {
        row.body.contains_key("_photo") == pictured
            && row.body["accountEnabled"] == true
            && row.text("userType") == "Member"
            && tables.active_roles(row.text("id")).is_empty()
    };
    tables.users.values().filter(plain).map(|row| row.text("userPrincipalName").to_owned()).collect()
}

#[tokio::test]
async fn the_next_three_events_come_first() {
    let world = World::start().await;
    let upn = world.colleagues()[0].clone();
    let person = world.person_with(&upn, "Calendars.Read").await;
    let now = world.tenant.clock().now();
    let later = now + jiff::SignedDuration::from_hours(24 * 14);
    let path = format!(
        "/me/calendarView?startDateTime={now:.0}&endDateTime={later:.0}&$orderby=start/dateTime&$top=3&$select=subject,start,end,location"
    );
    let next = person.get(&path).await.expect(200);
    assert_eq!(next.value().len(), 3);
    let starts: Vec<&str> = next.value().iter().filter_map(|own| own["start"]["dateTime"].as_str()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    world.person_with(&upn, "Calendars.ReadBasic").await.get(&path).await.expect(200);
    world.person_with(&upn, "Mail.Read").await.get(&path).await.expect(403);
}

#[tokio::test]
async fn unread_mail_is_counted_and_a_letter_to_oneself_arrives() {
    let world = World::start().await;
    let upn = world.colleagues()[0].clone();
    let person = world.person_with(&upn, "Mail.Read Mail.Send").await;
    let unread = async || {
        let folder = person.get("/me/mailFolders/inbox?$select=unreadItemCount").await.expect(200);
        let list = person.get("/me/messages?$filter=isRead eq false&$count=true&$top=1").await.expect(200);
        assert_eq!(folder.body["unreadItemCount"], list.body["@odata.count"]);
        folder.body["unreadItemCount"].as_u64().unwrap()
    };
    let before = unread().await;
    let letter = json!({ "message": {
        "subject": "It works", "body": { "contentType": "Text", "content": "Sent to oneself" },
        "toRecipients": [{ "emailAddress": { "address": upn } }],
    } });
    person.post("/me/sendMail", letter.clone()).await.expect(202);
    assert_eq!(unread().await, before + 1);
    let inbox = person.get("/me/mailFolders/inbox/messages?$top=1&$select=subject,isRead").await.expect(200);
    assert_eq!(
        (&inbox.value()[0]["subject"], &inbox.value()[0]["isRead"]),
        (&json!("It works"), &json!(false))
    );
    let basic = world.person_with(&upn, "Mail.ReadBasic").await;
    basic.get("/me/mailFolders/inbox?$select=unreadItemCount").await.expect(200);
    assert_eq!(basic.post("/me/sendMail", letter).await.expect(403).code(), "ErrorAccessDenied");
}

#[tokio::test]
async fn whoever_has_no_mailbox_is_told_so() {
    let world = World::start().await;
    let scopes = "Mail.Read Mail.Send Calendars.Read Contacts.Read";
    let lena = world.person_with("lena.fischer@lindqvist-practice.example", scopes).await;
    for path in [
        "/me/messages",
        "/me/calendarView?startDateTime=2026-01-01&endDateTime=2026-01-02",
        "/me/contacts",
        "/me/mailFolders/inbox",
    ] {
        assert_eq!(lena.get(path).await.expect(404).code(), "MailboxNotEnabledForRESTAPI", "{path}");
    }
    let letter = json!({ "message": { "toRecipients": [{ "emailAddress": { "address": "a@b.example" } }] } });
    assert_eq!(lena.post("/me/sendMail", letter).await.expect(404).code(), "MailboxNotEnabledForRESTAPI");
}

#[tokio::test]
async fn what_one_allowed_is_listed_for_those_who_may_read_it() {
    let world = World::start().await;
    let upn = world.colleagues()[0].clone();
    let reader = world.person_with(&upn, "Directory.Read.All").await;
    let own = world.person(&upn);
    world.tenant.tables(|tables| {
        let mut row = tables.oauth2_permission_grants.values().next().unwrap().clone();
        row.body.insert("id".into(), json!("own-grant"));
        row.body.insert("consentType".into(), json!("Principal"));
        row.body.insert("principalId".into(), json!(own));
        tables.oauth2_permission_grants.insert("own-grant".into(), row);
    });
    let grants = reader.get("/me/oauth2PermissionGrants").await.expect(200);
    assert!(grants.all("id").contains(&"own-grant"), "{grants:?}");
    assert!(grants.value().iter().all(|grant| grant["principalId"] == own.as_str()));
    assert_eq!(
        world.person_with(&upn, "User.Read").await.get("/me/oauth2PermissionGrants").await.expect(403).code(),
        "Authorization_RequestDenied"
    );
}

#[tokio::test]
async fn revoking_ones_sessions_has_a_permission_of_its_own() {
    let world = World::start().await;
    let upn = world.colleagues()[0].clone();
    let plain = world.person_with(&upn, "User.Read User.ReadWrite").await;
    plain.post("/me/revokeSignInSessions", Value::Null).await.expect(403);
    let able = world.person_with(&upn, "User.RevokeSessions.All").await;
    assert_eq!(able.post("/me/revokeSignInSessions", Value::Null).await.expect(200).body["value"], true);
    // Of others only with a role.
    let other = world.person(&world.colleagues()[1]);
    able.post(&format!("/users/{other}/revokeSignInSessions"), Value::Null).await.expect(403);
    let admin = world.person_with(GLOBAL_ADMINISTRATOR, "User.RevokeSessions.All").await;
    admin.post(&format!("/users/{other}/revokeSignInSessions"), Value::Null).await.expect(200);
}
