//! Trying what a connection is for, in one round trip and without leaving anything behind.

use contract::{AppError, ErrorCode};
use contract::{PersonalFeature, PersonalOutcome, PersonalProof, When};
use graph::resources::{Contact, Event, EventTime, MailFolder, User};
use graph::{Batch, BatchAnswers, GraphClient, GraphError, Page, Slot, directory, own};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::errors::Explain;

/// How far ahead the next entries of a calendar are looked for.
const AHEAD: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How many lines are shown of anything.
const LINES: u8 = 3;

/// What was found out about the person and what works.
pub(super) struct Proved {
    /// The person, as Graph answers; where it refuses the session itself, that is the error of the whole look.
    pub(super) me: Result<User, GraphError>,
    /// The organisation's name, where the person may see it.
    pub(super) organisation: Option<String>,
    pub(super) proofs: Vec<PersonalProof>,
}

/// What was asked for one feature.
enum Asked {
    Calendar(Slot<Page<Event>>),
    Mail(Slot<MailFolder>),
    Contacts(Slot<Page<Contact>>),
    Sending,
}

/// Tries every feature that is in the token. `has` says which are.
pub(super) async fn prove(
    graph: &GraphClient,
    features: &[PersonalFeature],
    personal: bool,
    has: impl Fn(PersonalFeature) -> bool,
    now: Timestamp,
    zone: &TimeZone,
) -> Proved {
    let mut batch = Batch::new();
    let me = batch.add(directory::me());
    // A personal account has no directory; asking for one is answered with an error of the service, and would be repeated.
    let organisation = (!personal).then(|| batch.add(directory::organization()));
    let asked: Vec<(PersonalFeature, Option<Asked>)> = features
        .iter()
        .map(|feature| (*feature, has(*feature).then(|| ask(&mut batch, *feature, now))))
        .collect();
    let answers = graph.batch(batch).await;
    let proofs = asked.into_iter().map(|(feature, asked)| {
        let outcome = match asked {
            Some(asked) => outcome(&answers, feature, asked, zone),
            None => PersonalOutcome::Failed { error: not_in_token() },
        };
        PersonalProof { feature, outcome, at: When(now) }
    });
    let proofs = proofs.collect();
    let organisation = organisation
        .and_then(|slot| answers.take(slot).ok())
        .and_then(|page| page.value.into_iter().next())
        .and_then(|one| one.display_name);
    Proved { me: answers.take(me), organisation, proofs }
}

fn ask(batch: &mut Batch, feature: PersonalFeature, now: Timestamp) -> Asked {
    match feature {
        PersonalFeature::CalendarRead | PersonalFeature::CalendarWrite => {
            let to = now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
            Asked::Calendar(batch.add(own::next_events(now, to, LINES)))
        }
        PersonalFeature::MailRead | PersonalFeature::MailWrite => Asked::Mail(batch.add(own::inbox())),
        PersonalFeature::MailSend => Asked::Sending,
        PersonalFeature::ContactsRead | PersonalFeature::ContactsWrite => {
            Asked::Contacts(batch.add(own::contacts(LINES)))
        }
    }
}

fn outcome(
    answers: &BatchAnswers,
    feature: PersonalFeature,
    asked: Asked,
    zone: &TimeZone,
) -> PersonalOutcome {
    let seen = match asked {
        Asked::Calendar(slot) => answers.take(slot).map(|page| calendar(&page.value, zone)),
        Asked::Mail(slot) => answers.take(slot).map(|inbox| (unread(inbox.unread_item_count), Vec::new())),
        Asked::Contacts(slot) => answers.take(slot).map(|page| contacts(page.value)),
        Asked::Sending => {
            return PersonalOutcome::NotTried {
                sentence: "Nothing was sent. A test message to yourself shows that it works.".to_owned(),
            };
        }
    };
    match seen {
        Ok((mut sentence, lines)) => {
            if let Some(more) = untried(feature) {
                sentence = format!("{sentence} {more}");
            }
            PersonalOutcome::Works { sentence, lines }
        }
        Err(error) => PersonalOutcome::Failed { error: refusal(&error) },
    }
}

/// What was not tried because it would change something.
fn untried(feature: PersonalFeature) -> Option<&'static str> {
    match feature {
        PersonalFeature::CalendarWrite | PersonalFeature::MailWrite | PersonalFeature::ContactsWrite => {
            Some("Changing is allowed too. Nothing was changed to try it.")
        }
        _ => None,
    }
}

fn calendar(events: &[Event], zone: &TimeZone) -> (String, Vec<String>) {
    let lines: Vec<String> = events.iter().take(usize::from(LINES)).map(|event| line(event, zone)).collect();
    let sentence = match lines.len() {
        0 => "Your calendar opens. Nothing is in it for the next 60 days.".to_owned(),
        1 => "Your calendar opens. This comes next:".to_owned(),
        number => format!("Your calendar opens. These {number} come next:"),
    };
    (sentence, lines)
}

/// "Mon 23 Nov, 10:00: Stand-up".
fn line(event: &Event, zone: &TimeZone) -> String {
    let title =
        event.subject.as_deref().map(str::trim).filter(|text| !text.is_empty()).unwrap_or("(no title)");
    let all_day = event.is_all_day == Some(true);
    match event.start.as_ref().and_then(|start| when(start, all_day, zone)) {
        Some(when) => format!("{when}: {title}"),
        None => title.to_owned(),
    }
}

/// The moment in the person's zone. Days are days wherever one is.
fn when(start: &EventTime, all_day: bool, zone: &TimeZone) -> Option<String> {
    let local: jiff::civil::DateTime = start.date_time.parse().ok()?;
    if all_day {
        return Some(local.strftime("%a %-d %b").to_string());
    }
    let written = match start.time_zone.as_deref() {
        None | Some("UTC") => TimeZone::UTC,
        Some(name) => TimeZone::get(name).ok()?,
    };
    let moment = local.to_zoned(written).ok()?.with_time_zone(zone.clone());
    Some(moment.strftime("%a %-d %b, %H:%M").to_string())
}

fn unread(number: Option<i64>) -> String {
    match number {
        Some(0) => "Your mail opens. No message is unread.".to_owned(),
        Some(1) => "Your mail opens. 1 message is unread.".to_owned(),
        Some(number) => format!("Your mail opens. {number} messages are unread."),
        None => "Your mail opens.".to_owned(),
    }
}

fn contacts(found: Vec<Contact>) -> (String, Vec<String>) {
    let names = found.into_iter().filter_map(|contact| contact.display_name);
    let names: Vec<String> = names.filter(|name| !name.trim().is_empty()).take(usize::from(LINES)).collect();
    let sentence = if names.is_empty() {
        "Your contacts open. Nobody is among them yet."
    } else {
        "Your contacts open. Some of them:"
    };
    (sentence.to_owned(), names)
}

/// Why a feature does not work.
fn refusal(error: &GraphError) -> AppError {
    let shown = error.explain();
    match shown.code {
        ErrorCode::MailboxNotFound => shown
            .because("This account has no mailbox at Microsoft. It may lack a licence, or be a guest here, or its mailbox may be on a server of the company.")
            .advise("Ask the people who look after your account. If your mailbox is elsewhere, connect the account that has it."),
        ErrorCode::PermissionMissing | ErrorCode::RoleMissing => shown
            .because("Microsoft does not open this with your connection. A rule of your organisation can be the cause.")
            .advise("Reconnect. If it stays so, ask an admin."),
        _ => shown,
    }
}

/// The permission is not there any more, or never was.
fn not_in_token() -> AppError {
    AppError::new(ErrorCode::PermissionMissing)
        .because("Microsoft gave the connection without this permission. It was not agreed to, or somebody took it back.")
        .advise("Reconnect, and agree on Microsoft's page.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(subject: &str, at: &str, zone: Option<&str>, all_day: bool) -> Event {
        Event {
            id: "e".to_owned(),
            subject: Some(subject.to_owned()),
            start: Some(EventTime { date_time: at.to_owned(), time_zone: zone.map(str::to_owned) }),
            end: None,
            is_all_day: Some(all_day),
        }
    }

    #[test]
    fn a_line_is_in_the_persons_own_time() {
        let stockholm = TimeZone::fixed(jiff::tz::offset(1));
        let line = |event: &Event| line(event, &stockholm);
        assert_eq!(
            line(&event("Stand-up", "2026-11-23T09:00:00.0000000", Some("UTC"), false)),
            "Mon 23 Nov, 10:00: Stand-up"
        );
        assert_eq!(
            line(&event("Stand-up", "2026-11-23T23:30:00", None, false)),
            "Tue 24 Nov, 00:30: Stand-up"
        );
        assert_eq!(
            line(&event("Holiday", "2026-11-23T00:00:00.0000000", Some("UTC"), true)),
            "Mon 23 Nov: Holiday"
        );
        assert_eq!(line(&event("  ", "2026-11-23T09:00:00", None, false)), "Mon 23 Nov, 10:00: (no title)");
        assert_eq!(
            line(&event("Odd", "soon", None, false)),
            "Odd",
            "a date that cannot be read hides no entry"
        );
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(unread(Some(1)), "Your mail opens. 1 message is unread.");
        assert_eq!(unread(Some(12)), "Your mail opens. 12 messages are unread.");
        assert!(calendar(&[], &TimeZone::UTC).0.contains("Nothing is in it"));
        assert_eq!(contacts(vec![Contact { id: "c".into(), display_name: None }]).1, Vec::<String>::new());
    }
}
