//! Calendars and events, around the moment of the start: last week, this week, the next two.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::mailboxes::{Correspondent, exchange_id};
use super::{Ground, moment, object};
use crate::random::Random;
use crate::store::Mailbox;

/// Subject, place, length in minutes.
const MEETINGS: [(&str, &str, i64); 12] = [
    ("Morning dispatch", "Control room", 15),
    ("Operations meeting", "Room Skagerrak", 60),
    ("Customer visit: Bergström Papper", "Room Kattegat", 90),
    ("Budget review", "Room Skagerrak", 60),
    ("Interview: driver coordinator", "Room Öresund", 45),
    ("Safety training", "Warehouse 2", 120),
    ("Weekly sales call", "Teams", 30),
    ("Truck lease renewal", "Room Öresund", 30),
    ("Customs audit preparation", "Room Kattegat", 60),
    ("One to one", "", 30),
    ("Lunch with the Hamburg team", "Canteen", 60),
    ("Quarterly planning", "Room Skagerrak", 180),
];

pub(crate) fn fill(
    ground: &Ground,
    random: &mut Random,
    owner: &Correspondent,
    everyone: &[Correspondent],
    mailbox: &mut Mailbox,
) {
    let own = exchange_id(random, "AAMk");
    for (id, name, default) in
        [(own.clone(), "Calendar", true), (exchange_id(random, "AAMk"), "Birthdays", false)]
    {
        mailbox.calendars.push(object(json!({
            "id": id, "name": name, "color": "auto", "hexColor": "", "isDefaultCalendar": default, "changeKey": exchange_id(random, "CQAA"),
            "canShare": default, "canViewPrivateItems": true, "canEdit": default, "isRemovable": !default, "isTallyingResponses": default,
            "allowedOnlineMeetingProviders": ["teamsForBusiness"], "defaultOnlineMeetingProvider": "teamsForBusiness",
            "owner": {"name": owner.name, "address": owner.address},
        })));
    }
    let midnight = ground.now - SignedDuration::from_secs(ground.now.as_second().rem_euclid(86_400));
    for day in -6..15_i64 {
        for slot in 0..random.below(3) {
            let (Some((subject, place, length)), Some(other)) =
                (random.pick(&MEETINGS), random.pick(everyone))
            else {
                continue;
            };
            let start = midnight
                + SignedDuration::from_hours(
                    day * 24 + 7 + i64::try_from(slot * 3 + random.below(3)).unwrap_or(0),
                );
            let span = (moment(start), moment(start + SignedDuration::from_mins(*length)));
            let created = moment(ground.days(-20));
            mailbox.events.push(object(event(random, &own, subject, place, &span, &created, owner, other)));
        }
    }
}

/// An `event` in Graph's shape.
#[expect(clippy::too_many_arguments, reason = "the parts of an invitation")]
fn event(
    random: &mut Random,
    calendar: &str,
    subject: &str,
    place: &str,
    (start, end): &(String, String),
    created: &str,
    organizer: &Correspondent,
    guest: &Correspondent,
) -> Value {
    let person = |who: &Correspondent| json!({"name": who.name, "address": who.address});
    let location = json!({"displayName": place, "locationType": "default", "uniqueId": place, "uniqueIdType": "private"});
    // Events carry a time without offset and the name of its zone.
    let local = |at: &str| format!("{}.0000000", at.trim_end_matches('Z'));
    let key = random.guid();
    json!({
        "id": exchange_id(random, "AAMk"),
        "_calendar": calendar,
        "createdDateTime": created,
        "lastModifiedDateTime": created,
        "changeKey": exchange_id(random, "CQAA"),
        "categories": [],
        "transactionId": null,
        "originalStartTimeZone": "W. Europe Standard Time",
        "originalEndTimeZone": "W. Europe Standard Time",
        "iCalUId": exchange_id(random, "0400"),
        "reminderMinutesBeforeStart": 15,
        "isReminderOn": true,
        "hasAttachments": false,
        "subject": subject,
        "bodyPreview": "",
        "importance": "normal",
        "sensitivity": if subject == "One to one" { "private" } else { "normal" },
        "isAllDay": false,
        "isCancelled": false,
        "isOrganizer": true,
        "responseRequested": true,
        "seriesMasterId": null,
        "showAs": if place == "Canteen" { "tentative" } else { "busy" },
        "type": "singleInstance",
        "webLink": format!("https://outlook.office365.com/owa/?itemid={key}&exvsurl=1&path=/calendar/item"),
        "onlineMeetingUrl": null,
        "isOnlineMeeting": place == "Teams",
        "onlineMeetingProvider": if place == "Teams" { "teamsForBusiness" } else { "unknown" },
        "onlineMeeting": null,
        "allowNewTimeProposals": true,
        "isDraft": false,
        "hideAttendees": false,
        "recurrence": null,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "body": {"contentType": "html", "content": ""},
        "start": {"dateTime": local(start), "timeZone": "UTC"},
        "end": {"dateTime": local(end), "timeZone": "UTC"},
        "location": location,
        "locations": if place.is_empty() { json!([]) } else { json!([location]) },
        "attendees": [{
            "type": "required",
            "status": {"response": "accepted", "time": created},
            "emailAddress": person(guest),
        }],
        "organizer": {"emailAddress": person(organizer)},
    })
}
