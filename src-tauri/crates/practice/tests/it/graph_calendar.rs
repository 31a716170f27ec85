//! Calendars and events.

use serde_json::{Value, json};

use crate::graph_world::World;

fn meeting(start: &str, end: &str) -> Value {
    json!({
        "subject": "Tide table", "start": { "dateTime": start, "timeZone": "W. Europe Standard Time" },
        "end": { "dateTime": end, "timeZone": "W. Europe Standard Time" },
    })
}

#[tokio::test]
async fn a_view_needs_its_window_and_holds_what_falls_into_it() {
    let world = World::start().await;
    let service = world.application_with(&["Calendars.ReadWrite"]).await;
    let upn = &world.colleagues()[0];
    let missing = service.get(&format!("/users/{upn}/calendarView")).await.expect(400);
    assert_eq!(missing.code(), "ErrorInvalidParameter");
    assert_eq!(
        missing.message(),
        "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime."
    );
    service.get(&format!("/users/{upn}/calendarView?startDateTime=soon&endDateTime=later")).await.expect(400);
    let made = service
        .post(&format!("/users/{upn}/events"), meeting("2031-07-01T10:00:00", "2031-07-01T11:00:00"))
        .await
        .expect(201);
    let view = format!(
        "/users/{upn}/calendarView?startDateTime=2031-07-01T00:00:00Z&endDateTime=2031-07-02T00:00:00Z"
    );
    let day = service.get(&view).await.expect(200);
    assert_eq!(day.all("id"), [made.text("id").as_str()]);
    assert_eq!(
        day.value()[0]["start"],
        json!({ "dateTime": "2031-07-01T08:00:00.0000000", "timeZone": "UTC" })
    );
    let local =
        service.with("Prefer", "outlook.timezone=\"Pacific Standard Time\"").get(&view).await.expect(200);
    assert_eq!(local.value()[0]["start"]["dateTime"], "2031-07-01T01:00:00.0000000");
    service.with("Prefer", "outlook.timezone=\"Harbour Time\"").get(&view).await.expect(400);
    let other = "startDateTime=2031-07-01T09:00:00Z&endDateTime=2031-07-01T10:00:00Z";
    assert!(service.get(&format!("/users/{upn}/calendarView?{other}")).await.expect(200).value().is_empty());
    let none = service
        .get(&format!("/users/{upn}/calendarView?startDateTime=2031-07-02&endDateTime=2031-07-01"))
        .await;
    none.expect(400);
}

#[tokio::test]
async fn a_series_is_one_event_and_many_occurrences() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "Calendars.ReadWrite").await;
    let mut series = meeting("2031-06-30T10:00:00", "2031-06-30T10:30:00");
    series["recurrence"] = json!({
        "pattern": { "type": "weekly", "interval": 1, "daysOfWeek": ["monday", "thursday"], "firstDayOfWeek": "monday" },
        "range": { "type": "endDate", "startDate": "2031-06-30", "endDate": "2031-07-11", "recurrenceTimeZone": "W. Europe Standard Time" },
    });
    let made = person.post("/me/events", series).await.expect(201);
    assert_eq!(made.body["type"], "seriesMaster");
    let window = "startDateTime=2031-06-01&endDateTime=2031-08-01";
    let view = person.get(&format!("/me/calendarView?{window}")).await.expect(200);
    let starts: Vec<&str> =
        view.value().iter().map(|own| own["start"]["dateTime"].as_str().unwrap()).collect();
    assert_eq!(
        starts,
        [
            "2031-06-30T08:00:00.0000000",
            "2031-07-03T08:00:00.0000000",
            "2031-07-07T08:00:00.0000000",
            "2031-07-10T08:00:00.0000000"
        ]
    );
    assert!(
        view.value()
            .iter()
            .all(|own| own["type"] == "occurrence" && own["seriesMasterId"] == made.body["id"])
    );
    let one = view.value()[1]["id"].as_str().unwrap();
    assert_eq!(
        person.get(&format!("/me/events/{one}")).await.expect(200).body["start"],
        view.value()[1]["start"]
    );
    let instances =
        person.get(&format!("/me/events/{}/instances?{window}", made.text("id"))).await.expect(200);
    assert_eq!(instances.value().len(), 4);
    let listed = person.get("/me/events?$filter=subject eq 'Tide table'").await.expect(200);
    assert_eq!(listed.value().len(), 1, "the series once");
}

#[tokio::test]
async fn events_are_changed_and_deleted_in_their_calendar() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "Calendars.ReadWrite").await;
    let calendar = person.post("/me/calendars", json!({ "name": "Tides" })).await.expect(201).text("id");
    let path = format!("/me/calendars/{calendar}/events");
    let made = person
        .post(&path, meeting("2031-07-01T10:00:00", "2031-07-01T11:00:00"))
        .await
        .expect(201)
        .text("id");
    assert_eq!(person.get(&path).await.expect(200).value().len(), 1);
    let window = "startDateTime=2031-07-01&endDateTime=2031-07-03";
    assert_eq!(
        person
            .get(&format!("/me/calendars/{calendar}/calendarView?{window}"))
            .await
            .expect(200)
            .value()
            .len(),
        1
    );
    assert!(
        person.get(&format!("/me/calendarView?{window}")).await.expect(200).value().is_empty(),
        "another calendar"
    );
    let changed = person
        .patch(&format!("/me/events/{made}"), json!({ "subject": "High tide", "showAs": "free" }))
        .await
        .expect(200);
    assert_eq!(
        (changed.body["subject"].as_str(), changed.body["showAs"].as_str()),
        (Some("High tide"), Some("free"))
    );
    for wrong in [
        json!({ "subject": "no times" }),
        meeting("2031-07-01T10:00:00", "2031-07-01T09:00:00"),
        meeting("soon", "later"),
    ] {
        person.post(&path, wrong).await.expect(400);
    }
    person.delete(&format!("/me/events/{made}")).await.expect(204);
    person.get(&format!("/me/events/{made}")).await.expect(404);
    person.delete(&format!("/me/calendars/{calendar}")).await.expect(204);
    let default = person.get("/me/calendar").await.expect(200);
    assert_eq!(default.body["isDefaultCalendar"], true);
    person.delete(&format!("/me/calendars/{}", default.text("id"))).await.expect(400);
}

#[tokio::test]
async fn basic_reading_shows_no_bodies() {
    let world = World::start().await;
    let person = world.person_with(&world.colleagues()[0], "Calendars.ReadBasic").await;
    let page = person.get("/me/events").await.expect(200);
    assert!(!page.value().is_empty());
    assert!(page.value().iter().all(|own| own["body"].is_null() && own["subject"].is_string()));
    person.post("/me/events", meeting("2031-07-01T10:00:00", "2031-07-01T11:00:00")).await.expect(403);
}
