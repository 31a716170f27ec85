//! Calendars: as much as proves that an app can read them, and one's own for the account page.

use jiff::Timestamp;

use crate::mail::Mailbox;
use crate::paging::{Page, page};
use crate::request::Request;
use crate::resources::{Calendar, Event};

/// Reads one entry's id: proves access to the calendar without reading what is in it.
#[must_use]
pub fn probe(mailbox: &Mailbox) -> Request<Page<Event>> {
    Request::get(mailbox.path().then("events"), page).select(&["id"]).query("$top", "1")
}

/// Reads one entry's id of this span, recurring ones included: the call that calendar products make.
#[must_use]
pub fn probe_view(mailbox: &Mailbox, from: Timestamp, to: Timestamp) -> Request<Page<Event>> {
    within(mailbox, from, to).select(&["id"]).query("$top", "1")
}

/// Entries of this span, recurring ones included.
#[must_use]
pub fn view(mailbox: &Mailbox, from: Timestamp, to: Timestamp) -> Request<Page<Event>> {
    within(mailbox, from, to).select(&["id", "subject", "start", "end"]).query("$top", "100")
}

fn within(mailbox: &Mailbox, from: Timestamp, to: Timestamp) -> Request<Page<Event>> {
    Request::get(mailbox.path().then("calendarView"), page)
        .query("startDateTime", from.to_string())
        .query("endDateTime", to.to_string())
}

/// Calendars of the mailbox.
#[must_use]
pub fn list(mailbox: &Mailbox) -> Request<Page<Calendar>> {
    Request::get(mailbox.path().then("calendars"), page)
        .select(&["id", "name", "canEdit"])
        .query("$top", "100")
}
