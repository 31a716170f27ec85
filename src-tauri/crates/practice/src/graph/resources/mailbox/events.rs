//! Events and calendar views.

use http::Method;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge, text};
use super::{
    calendars, extended, hide_from_basic, item, item_mut, list, new_id, open, open_mut, owner, recurrence,
    time_zone, touch,
};
use crate::store::{Mailbox, Tables};

const READ_ONLY: [&str; 12] = [
    "id",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "iCalUId",
    "isOrganizer",
    "isCancelled",
    "onlineMeeting",
    "onlineMeetingUrl",
    "webLink",
    "seriesMasterId",
    "cancelledOccurrences",
];
/// What `Calendars.ReadBasic` leaves out.
const HIDDEN: [&str; 2] = ["body", "bodyPreview"];

pub(super) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for path in [
        "/users/{user-id}/events",
        "/users/{user-id}/calendar/events",
        "/users/{user-id}/calendars/{calendar-id}/events",
    ] {
        routes.push(get(path, all));
        routes.push(change(Method::POST, path, create));
    }
    for path in [
        "/users/{user-id}/calendarView",
        "/users/{user-id}/calendar/calendarView",
        "/users/{user-id}/calendars/{calendar-id}/calendarView",
    ] {
        routes.push(get(path, view));
    }
    for path in [
        "/users/{user-id}/events/{event-id}",
        "/users/{user-id}/calendar/events/{event-id}",
        "/users/{user-id}/calendars/{calendar-id}/events/{event-id}",
    ] {
        routes.push(get(path, one));
        routes.push(change(Method::PATCH, path, update));
        routes.push(change(Method::DELETE, path, delete));
    }
    routes.push(get("/users/{user-id}/events/{event-id}/instances", instances));
    routes
}

/// The calendar that the path names, if it names one.
fn named<'c>(call: &'c Call<'_>) -> Option<&'c str> {
    call.template.contains("{calendar-id}").then(|| call.key(1).value.as_str())
}

/// The event that the path names: its last key.
fn event_key<'c>(call: &'c Call<'_>) -> &'c str {
    call.keys.last().map(|key| key.value.as_str()).unwrap_or_default()
}

/// An event named below a calendar must be in it, and the calendar must be there.
fn check_calendar(call: &Call<'_>, mailbox: &Mailbox) -> Result<()> {
    if !call.template.contains("/calendar") {
        return Ok(());
    }
    let calendar = calendars::id(mailbox, named(call))?;
    let event = event_key(call);
    let elsewhere =
        mailbox.events.iter().any(|own| text(own, "id") == event && text(own, "_calendar") != calendar);
    if elsewhere { Err(GraphError::ItemNotFound) } else { Ok(()) }
}

fn set(call: &Call<'_>, list: &str) -> String {
    format!("users('{}')/{list}", call.key(0).value)
}

/// Events as they are kept; a series stands for all its occurrences.
fn all(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    extended::check_filter(call)?;
    let only =
        if call.template.contains("/calendar") { Some(calendars::id(mailbox, named(call))?) } else { None };
    let mut events: Vec<Map<String, Value>> = mailbox
        .events
        .iter()
        .filter(|own| only.as_ref().is_none_or(|id| text(own, "_calendar") == id))
        .cloned()
        .collect();
    prepare(call, &mut events)?;
    list(call, "event", &set(call, "events"), &events)
}

/// What takes place between two moments, each occurrence of a series by itself, in order of time.
fn view(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let (from, to) = window(call)?;
    let only = calendars::id(mailbox, named(call))?;
    let mut found: Vec<(Timestamp, Map<String, Value>)> = mailbox
        .events
        .iter()
        .filter(|own| text(own, "_calendar") == only)
        .flat_map(|own| occurrences(own, to))
        .filter_map(|own| {
            let (start, end) = span(&own)?;
            let inside = (end > from && start < to) || (start == end && start == from);
            inside.then_some((start, own))
        })
        .collect();
    found.sort_by_key(|(start, _)| *start);
    let mut events: Vec<_> = found.into_iter().map(|(_, event)| event).collect();
    prepare(call, &mut events)?;
    list(call, "event", &set(call, "calendarView"), &events)
}

fn instances(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let (from, to) = window(call)?;
    let series = item(&mailbox.events, &call.key(1).value)?;
    let mut events: Vec<_> = occurrences(series, to)
        .into_iter()
        .filter(|own| span(own).is_some_and(|(start, end)| end > from && start < to))
        .collect();
    prepare(call, &mut events)?;
    list(call, "event", &set(call, "events"), &events)
}

fn window(call: &Call<'_>) -> Result<(Timestamp, Timestamp)> {
    let (Some(from), Some(to)) = (call.options.plain("startDateTime"), call.options.plain("endDateTime"))
    else {
        return Err(GraphError::NoTimeWindow);
    };
    let read = |name: &str, text: &str| {
        time_zone::query(text).ok_or_else(|| {
            GraphError::MailboxBadRequest(format!("The value '{text}' of parameter '{name}' is invalid."))
        })
    };
    let (from, to) = (read("startDateTime", from)?, read("endDateTime", to)?);
    if to < from {
        return Err(GraphError::MailboxBadRequest(
            "End time must be greater than or equal to start time.".into(),
        ));
    }
    Ok((from, to))
}

fn span(event: &Map<String, Value>) -> Option<(Timestamp, Timestamp)> {
    Some((time_zone::instant(event.get("start")?)?, time_zone::instant(event.get("end")?)?))
}

/// The event itself, or each occurrence of a series until `to`.
fn occurrences(event: &Map<String, Value>, to: Timestamp) -> Vec<Map<String, Value>> {
    let Some(repeats) = event.get("recurrence").filter(|repeats| repeats.is_object()) else {
        return vec![event.clone()];
    };
    let Some((start, end)) = span(event) else { return Vec::new() };
    let name = event["start"]["timeZone"].as_str().unwrap_or("UTC").to_owned();
    let Some(zone) = time_zone::zone(&name) else { return Vec::new() };
    let time = start.to_zoned(zone.clone()).time();
    let length = end.duration_since(start);
    let mut found = Vec::new();
    for day in recurrence::days(repeats, to.to_zoned(zone.clone()).date()) {
        let Ok(begins) = day.to_datetime(time).to_zoned(zone.clone()) else { continue };
        let begins = begins.timestamp();
        let mut one = event.clone();
        one.insert("id".into(), format!("{}_{day}", text(event, "id")).into());
        one.insert("type".into(), "occurrence".into());
        one.insert("seriesMasterId".into(), text(event, "id").into());
        one.insert("recurrence".into(), Value::Null);
        one.insert("start".into(), time_zone::local(begins, &name).unwrap_or_default());
        one.insert("end".into(), time_zone::local(begins + length, &name).unwrap_or_default());
        found.push(one);
    }
    found
}

/// Shows times in the zone that `Prefer: outlook.timezone` names (UTC without), bodies as text if asked, and not more
/// than the permission allows.
fn prepare(call: &Call<'_>, events: &mut [Map<String, Value>]) -> Result<()> {
    let wanted = call.preference("outlook.timezone").unwrap_or_else(|| "UTC".to_owned());
    if time_zone::zone(&wanted).is_none() {
        return Err(GraphError::MailboxBadRequest(format!(
            "A valid TimeZone value must be specified. The following TimeZone value is not supported: '{wanted}'."
        )));
    }
    for event in events.iter_mut() {
        for side in ["start", "end"] {
            if let Some(shown) =
                event.get(side).and_then(time_zone::instant).and_then(|at| time_zone::local(at, &wanted))
            {
                event.insert(side.into(), shown);
            }
        }
        let key = text(event, "changeKey").to_owned();
        event.insert("@odata.etag".into(), format!("W/\"{key}\"").into());
        super::messages::as_asked(call, event);
    }
    hide_from_basic(call, "Calendars", &HIDDEN, events);
    Ok(())
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    check_calendar(call, mailbox)?;
    let wanted = event_key(call);
    // An occurrence is named by its series and its day.
    let found = match wanted
        .rsplit_once('_')
        .and_then(|(series, day)| Some((series, day.parse::<jiff::civil::Date>().ok()?)))
    {
        Some((series, day)) => {
            let until = day.to_zoned(jiff::tz::TimeZone::UTC).map_or(call.now(), |zoned| zoned.timestamp());
            let until = until + jiff::SignedDuration::from_hours(48);
            let all = occurrences(item(&mailbox.events, series)?, until);
            all.into_iter().find(|own| text(own, "id") == wanted).ok_or(GraphError::ItemNotFound)?
        }
        None => item(&mailbox.events, wanted)?.clone(),
    };
    let mut found = [found];
    prepare(call, &mut found)?;
    let expanded = extended::expanded(call, &found[0])?;
    call.one_expanded(&set(call, "events"), entity("event"), &found[0], expanded)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mut sent = call.body()?;
    let properties = extended::take(&mut sent)?.unwrap_or_default();
    let sent = validate::body(entity("event"), "Event", &READ_ONLY, sent)?;
    check_times(&sent, true)?;
    check_whole_days(&sent)?;
    let person = owner(call, tables)?;
    let organizer = tables.users.get(&person).map(
        |row| json!({ "emailAddress": { "name": row.text("displayName"), "address": row.text("mail") } }),
    );
    let mailbox = open_mut(call, tables)?;
    let calendar = calendars::id(mailbox, named(call))?;
    // The same transaction twice is the same event ("event resource type", transactionId).
    let transaction = text(&sent, "transactionId");
    let repeated = mailbox.events.iter().find(|own| text(own, "transactionId") == transaction);
    if let Some(kept) = repeated.filter(|_| !transaction.is_empty()) {
        if !extended::same_event(kept, &sent) {
            return Err(GraphError::DuplicateTransaction);
        }
        let mut shown = [kept.clone()];
        prepare(call, &mut shown)?;
        return Ok(call.created(&format!("users/{person}/events"), entity("event"), &shown[0]));
    }
    let zone = sent["start"]["timeZone"].as_str().unwrap_or("UTC").to_owned();
    let repeats = sent.get("recurrence").is_some_and(Value::is_object);
    let mut body = json!({
        "id": new_id("AAMk"), "_calendar": calendar, "createdDateTime": call.now_text(), "categories": [], "attendees": [],
        "transactionId": null, "originalStartTimeZone": zone, "originalEndTimeZone": zone, "iCalUId": new_id("0400"),
        "reminderMinutesBeforeStart": 15, "isReminderOn": true, "hasAttachments": false, "subject": "", "bodyPreview": "",
        "importance": "normal", "sensitivity": "normal", "isAllDay": false, "isCancelled": false, "isOrganizer": true,
        "responseRequested": true, "seriesMasterId": null, "showAs": "busy",
        "type": if repeats { "seriesMaster" } else { "singleInstance" },
        "webLink": "https://outlook.office365.com/owa/?path=/calendar/item", "onlineMeetingUrl": null, "isOnlineMeeting": false,
        "onlineMeetingProvider": "unknown", "onlineMeeting": null, "allowNewTimeProposals": true, "isDraft": false,
        "hideAttendees": false, "recurrence": null, "responseStatus": { "response": "organizer", "time": "0001-01-01T00:00:00Z" },
        "body": { "contentType": "html", "content": "" }, "locations": [], "organizer": organizer,
        "location": { "displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": {}, "coordinates": {} },
    })
    .as_object()
    .cloned()
    .unwrap_or_else(Map::new);
    merge(&mut body, sent);
    if !properties.is_empty() {
        extended::put(&mut body, properties);
    }
    super::messages::preview(&mut body);
    touch(&mut body, call);
    mailbox.events.push(body.clone());
    let mut shown = [body];
    prepare(call, &mut shown)?;
    Ok(call.created(&format!("users/{person}/events"), entity("event"), &shown[0]))
}

fn check_times(sent: &Map<String, Value>, needed: bool) -> Result<()> {
    let side = |name: &str| match sent.get(name) {
        Some(value) => time_zone::instant(value).map(Some).ok_or_else(|| {
            GraphError::MailboxBadRequest(format!("At least one property failed validation: '{name}'."))
        }),
        None if needed => Err(GraphError::MailboxBadRequest(format!(
            "The property '{name}' is required when creating the entity."
        ))),
        None => Ok(None),
    };
    match (side("start")?, side("end")?) {
        (Some(start), Some(end)) if end < start => {
            Err(GraphError::MailboxBadRequest("The end of the event must not be before its start.".into()))
        }
        _ => Ok(()),
    }
}

/// An all-day event begins and ends at midnight of one time zone, and lasts a day at least ("event resource type", isAllDay).
fn check_whole_days(event: &Map<String, Value>) -> Result<()> {
    if event.get("isAllDay") != Some(&Value::Bool(true)) {
        return Ok(());
    }
    let refuse = |text: String| Err(GraphError::MailboxBadRequest(text));
    for (side, name) in [("start", "Start"), ("end", "End")] {
        let time = event[side]["dateTime"]
            .as_str()
            .and_then(|text| text.split_once('T'))
            .map_or("", |(_, time)| time);
        if !time.chars().all(|letter| matches!(letter, '0' | ':' | '.' | 'Z')) {
            return refuse(format!(
                "The Event.{name} property for an all-day event needs to be set to midnight."
            ));
        }
    }
    if event["start"]["timeZone"] != event["end"]["timeZone"] {
        return refuse("The Event.Start and Event.End of an all-day event need the same time zone.".into());
    }
    match span(event) {
        Some((start, end)) if end.duration_since(start).as_hours() < 23 => {
            refuse("The duration of an event marked as All day must be at least 24 hours.".into())
        }
        _ => Ok(()),
    }
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mut sent = call.body()?;
    let properties = extended::take(&mut sent)?;
    let sent = validate::body(entity("event"), "Event", &READ_ONLY, sent)?;
    check_times(&sent, false)?;
    let mailbox = open_mut(call, tables)?;
    check_calendar(call, mailbox)?;
    let event = item_mut(&mut mailbox.events, event_key(call))?;
    let mut changed = event.clone();
    merge(&mut changed, sent);
    check_times(&changed, true)?;
    check_whole_days(&changed)?;
    *event = changed;
    if let Some(properties) = properties {
        extended::put(event, properties);
    }
    super::messages::preview(event);
    touch(event, call);
    let mut shown = [event.clone()];
    prepare(call, &mut shown)?;
    call.one(&set(call, "events"), entity("event"), &shown[0])
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mailbox = open_mut(call, tables)?;
    check_calendar(call, mailbox)?;
    let id = event_key(call).to_owned();
    item(&mailbox.events, &id)?;
    mailbox.events.retain(|own| text(own, "id") != id);
    Ok(call.no_content())
}
