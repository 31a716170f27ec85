//! Entries that Gatehouse keeps in a calendar: made once, found again by a stable key, changed and removed.
//!
//! Each carries its key and its revision in a single-value extended property, which Outlook keeps and shows nobody.
//! <https://learn.microsoft.com/graph/api/resources/singlevaluelegacyextendedproperty>

use jiff::{SignedDuration, Timestamp};
use net::call::Repeat;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::id::DirectoryObjectId;
use crate::mail::Mailbox;
use crate::paging::{Page, page};
use crate::reply::{json, nothing};
use crate::request::Request;

/// Names our property: a GUID of our own and a name, as the documentation asks for.
const PROPERTY: &str = "String {8d1c7b1e-5c0b-4c3a-9f43-6a1f0f6f5a51} Name GatehouseReminder";
/// Keys and revisions are told apart by this; keys have none.
const MARK: char = '|';

/// An entry as it should be: a moment in UTC, free, with one reminder at its start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it stands for: the same on every machine. Without `|`.
    pub key: String,
    /// Changes with what it says. Without `|`.
    pub revision: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// When it reminds.
    pub at: Timestamp,
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its id in the calendar.
    pub id: String,
    /// See [`Entry::key`].
    pub key: String,
    /// See [`Entry::revision`]. Empty when somebody changed the property.
    pub revision: String,
}

/// An event with its extended properties.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Its id.
    pub id: String,
    /// Those that were asked for.
    #[serde(default)]
    pub single_value_extended_properties: Vec<Property>,
}

/// One extended property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// Its name with its type.
    pub id: String,
    /// What it holds.
    pub value: String,
}

impl Found {
    /// The entry, if it is one of ours. Names are compared without regard to case: Outlook writes the GUID in its own.
    #[must_use]
    pub fn kept(&self) -> Option<Kept> {
        let ours = |own: &&Property| own.id.eq_ignore_ascii_case(PROPERTY);
        let value = &self.single_value_extended_properties.iter().find(ours)?.value;
        let (key, revision) = value.split_once(MARK).unwrap_or((value, ""));
        Some(Kept { id: self.id.clone(), key: key.to_owned(), revision: revision.to_owned() })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    subject: &'a str,
    body: Text<'a>,
    start: Moment,
    end: Moment,
    is_all_day: bool,
    show_as: &'static str,
    is_reminder_on: bool,
    reminder_minutes_before_start: u32,
    response_requested: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<&'a str>,
    single_value_extended_properties: [Property; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Text<'a> {
    content_type: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moment {
    date_time: String,
    time_zone: &'static str,
}

/// A quarter of an hour: short enough to be in nobody's way, long enough to be seen.
const LENGTH: SignedDuration = SignedDuration::from_mins(15);

fn body<'a>(entry: &'a Entry, once: Option<&'a str>) -> Body<'a> {
    let moment =
        |at: Timestamp| Moment { date_time: at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), time_zone: "UTC" };
    Body {
        subject: &entry.subject,
        body: Text { content_type: "text", content: &entry.text },
        start: moment(entry.at),
        end: moment(entry.at.checked_add(LENGTH).unwrap_or(entry.at)),
        is_all_day: false,
        show_as: "free",
        is_reminder_on: true,
        reminder_minutes_before_start: 0,
        response_requested: false,
        transaction_id: once,
        single_value_extended_properties: [Property {
            id: PROPERTY.to_owned(),
            value: format!("{}{MARK}{}", entry.key, entry.revision),
        }],
    }
}

/// Adds an entry to the mailbox's own calendar. `once` names the sending (`transactionId`): Graph adds no second event with
/// the same name, so that two machines, or a repeat after a lost answer, make one.
/// <https://learn.microsoft.com/graph/api/user-post-events>
#[must_use]
pub fn create(mailbox: &Mailbox, entry: &Entry, once: &str) -> Request<Found> {
    Request::new(Method::POST, mailbox.path().then("events"), Repeat::Duplicates, json)
        .json(&body(entry, Some(once)))
}

/// Writes an entry anew. `None` for an id that cannot stand in an address.
/// <https://learn.microsoft.com/graph/api/event-update>
#[must_use]
pub fn update(mailbox: &Mailbox, id: &str, entry: &Entry) -> Option<Request<Found>> {
    let id = DirectoryObjectId::new(id).ok()?;
    let path = mailbox.path().then("events").id(&id);
    Some(Request::new(Method::PATCH, path, Repeat::Safe, json).json(&body(entry, None)))
}

/// Removes an entry. `None` for an id that cannot stand in an address.
/// <https://learn.microsoft.com/graph/api/event-delete>
#[must_use]
pub fn remove(mailbox: &Mailbox, id: &str) -> Option<Request<()>> {
    let id = DirectoryObjectId::new(id).ok()?;
    Some(Request::new(Method::DELETE, mailbox.path().then("events").id(&id), Repeat::Safe, nothing))
}

/// All our entries whose key begins with `prefix`.
/// <https://learn.microsoft.com/graph/api/singlevaluelegacyextendedproperty-get>
#[must_use]
pub fn ours(mailbox: &Mailbox, prefix: &str) -> Request<Page<Found>> {
    let prefix = crate::path::literal(prefix);
    let property = crate::path::literal(PROPERTY);
    let filter = format!(
        "singleValueExtendedProperties/any(ep: ep/id eq {property} and startswith(ep/value,{prefix}))"
    );
    Request::get(mailbox.path().then("events"), page)
        .query("$filter", filter)
        .select(&["id"])
        .query("$expand", format!("singleValueExtendedProperties($filter=id eq {property})"))
        .query("$top", "200")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_property_makes_an_entry_ours() {
        let found = |id: &str, value: &str| Found {
            id: "AAMk".into(),
            single_value_extended_properties: vec![Property { id: id.into(), value: value.into() }],
        };
        let kept = found(&PROPERTY.to_lowercase(), "t/a/k/7|r1").kept().unwrap();
        assert_eq!((kept.key.as_str(), kept.revision.as_str()), ("t/a/k/7", "r1"));
        assert_eq!(found("String {0} Name Other", "t|r").kept(), None);
        assert_eq!(found(PROPERTY, "changed").kept().unwrap().revision, "");
    }

    #[test]
    fn an_id_from_a_server_cannot_change_the_address() {
        for id in ["", ".", "..", "a\nb"] {
            assert!(remove(&Mailbox::Mine, id).is_none(), "{id:?}");
        }
        assert_eq!(remove(&Mailbox::Mine, "a/b").unwrap().target(), "/me/events/a%2Fb");
    }
}
