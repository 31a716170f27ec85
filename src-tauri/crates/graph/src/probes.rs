//! Small reads and writes that prove a feature: as little as shows that it works, and nothing that stays.

use jiff::Timestamp;
use net::call::Repeat;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::mail::Mailbox;
use crate::paging::{Page, page};
use crate::path::Path;
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::{Event, Message, User};

/// Anything of which only the id is read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Seen {
    /// Its id.
    pub id: String,
}

/// Reads one contact's id.
#[must_use]
pub fn contacts(mailbox: &Mailbox) -> Request<Page<Seen>> {
    Request::get(mailbox.path().then("contacts"), page).select(&["id"]).query("$top", "1")
}

/// Reads the settings of a mailbox, and looks at none of them.
#[must_use]
pub fn mailbox_settings(mailbox: &Mailbox) -> Request<()> {
    Request::get(mailbox.path().then("mailboxSettings"), json::<Value>).ignoring_answer()
}

/// Reads one person's name: proves that people can be read, without naming one.
#[must_use]
pub fn people() -> Request<Page<User>> {
    Request::get(Path::new("users"), page).select(&["id", "displayName"]).query("$top", "1")
}

/// Reads the root of the organisation's sites.
#[must_use]
pub fn sites() -> Request<Seen> {
    Request::get(Path::new("sites").then("root"), json).select(&["id"])
}

#[derive(Serialize)]
struct Draft<'a> {
    subject: &'a str,
}

/// Saves a draft. A second sending would save a second one, so it is sent once.
#[must_use]
pub fn save_draft(mailbox: &Mailbox, subject: &str) -> Request<Message> {
    Request::new(Method::POST, mailbox.path().then("messages"), Repeat::Duplicates, json)
        .json(&Draft { subject })
}

/// Removes a message.
#[must_use]
pub fn remove_message(mailbox: &Mailbox, id: &str) -> Option<Request<()>> {
    let id = crate::id::DirectoryObjectId::new(id).ok()?;
    Some(Request::new(Method::DELETE, mailbox.path().then("messages").id(&id), Repeat::Safe, nothing))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewEvent<'a> {
    subject: &'a str,
    start: Moment,
    end: Moment,
    show_as: &'static str,
    is_reminder_on: bool,
    transaction_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Moment {
    date_time: String,
    time_zone: &'static str,
}

/// Adds an event that asks nobody, reminds nobody and shows as free. `once` names the sending: Graph adds no second event
/// with the same name (`transactionId`).
#[must_use]
pub fn add_event(
    mailbox: &Mailbox,
    subject: &str,
    from: Timestamp,
    to: Timestamp,
    once: &str,
) -> Request<Event> {
    let moment =
        |at: Timestamp| Moment { date_time: at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), time_zone: "UTC" };
    let event = NewEvent {
        subject,
        start: moment(from),
        end: moment(to),
        show_as: "free",
        is_reminder_on: false,
        transaction_id: once,
    };
    Request::new(Method::POST, mailbox.path().then("events"), Repeat::Duplicates, json).json(&event)
}

/// Removes an event.
#[must_use]
pub fn remove_event(mailbox: &Mailbox, id: &str) -> Option<Request<()>> {
    let id = crate::id::DirectoryObjectId::new(id).ok()?;
    Some(Request::new(Method::DELETE, mailbox.path().then("events").id(&id), Repeat::Safe, nothing))
}
