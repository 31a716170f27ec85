//! Reminders as an iCalendar file (RFC 5545), for calendars that Gatehouse cannot write to.
//!
//! One event for each reminder with one alarm: Outlook keeps no more. The UID is the same in each export and the SEQUENCE
//! grows, so that a later import replaces the earlier one.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::{Moment, Reminder, noun};

/// Octets in a line without its end, at most (section 3.1).
const WIDTH: usize = 75;
/// From here the minutes of SEQUENCE are counted: 2020-01-01.
const BEGINNING: i64 = 1_577_836_800;
const LENGTH: SignedDuration = SignedDuration::from_mins(15);

/// The reminders that are still ahead, as one calendar.
#[must_use]
pub fn export(reminders: &[Reminder], moment: &Moment) -> String {
    let mut out = Lines(String::new());
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Gatehouse//Reminders//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("X-WR-CALNAME", "Gatehouse: what ends when");
    let last = last_of_each_moment(reminders);
    let ahead = reminders.iter().filter(|own| own.at > moment.effective());
    for reminder in ahead.filter(|own| last.get(&moment_of(own)) == Some(&own.days_before)) {
        event(&mut out, reminder, moment);
    }
    out.line("END:VCALENDAR");
    out.0
}

/// A credential, and when it is reminded of.
type Place<'a> = (&'a str, &'a str, &'a str, Timestamp);

fn moment_of(reminder: &Reminder) -> Place<'_> {
    let own = &reminder.credential;
    (&own.tenant, &own.app_id, &own.key_id, reminder.at)
}

/// Two reminders of one credential fall on one moment where it ends before nine in the morning: one event is enough, that
/// of the reminder nearer to the end.
fn last_of_each_moment(reminders: &[Reminder]) -> HashMap<Place<'_>, u32> {
    let mut last = HashMap::new();
    for reminder in reminders {
        let days = last.entry(moment_of(reminder)).or_insert(reminder.days_before);
        *days = reminder.days_before.min(*days);
    }
    last
}

fn event(out: &mut Lines, reminder: &Reminder, moment: &Moment) {
    let credential = &reminder.credential;
    let left = reminder.days_left(reminder.at, &moment.zone);
    let date = credential.ends.to_zoned(moment.zone.clone()).date().strftime("%-d %B %Y").to_string();
    let when = match left {
        ..=0 => format!("ends today ({date})"),
        1 => format!("ends tomorrow ({date})"),
        _ => format!("ends in {left} days ({date})"),
    };
    let summary = credential.titled(format!("{}: {} {when}", credential.app(), noun(credential.kind)));
    let description = format!(
        "App: {}\nClient id: {}\nName: {}\nKey id: {}\nEnds: {}\n\nRenew it in Gatehouse before then.",
        credential.app(),
        credential.app_id,
        credential.name,
        credential.key_id,
        credential.ends,
    );
    let sequence = ((moment.now.as_second() - BEGINNING) / 60).clamp(0, i64::from(i32::MAX));
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}", uid(reminder)));
    out.line(&format!("DTSTAMP:{}", utc(moment.now)));
    out.line(&format!("SEQUENCE:{sequence}"));
    out.line(&format!("DTSTART:{}", utc(reminder.at)));
    out.line(&format!("DTEND:{}", utc(reminder.at.checked_add(LENGTH).unwrap_or(reminder.at))));
    out.text("SUMMARY", &summary);
    out.text("DESCRIPTION", &description);
    out.line("TRANSP:TRANSPARENT");
    out.line("BEGIN:VALARM");
    out.line("ACTION:DISPLAY");
    out.line("TRIGGER:PT0S");
    out.text("DESCRIPTION", &summary);
    out.line("END:VALARM");
    out.line("END:VEVENT");
}

/// Names the reminder in every calendar: the same in each export.
#[must_use]
pub fn uid(reminder: &Reminder) -> String {
    let hash = Sha256::digest(format!("{}/{}", reminder.credential.tenant, reminder.id()).as_bytes());
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{hex}@gatehouse")
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

struct Lines(String);

impl Lines {
    /// A property whose value is TEXT (section 3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let mut line = format!("{name}:");
        for letter in value.replace("\r\n", "\n").chars() {
            match letter {
                '\\' | ';' | ',' => {
                    line.push('\\');
                    line.push(letter);
                }
                '\n' => line.push_str("\\n"),
                // Control characters have no place in a calendar; a tab is a space to people.
                letter if letter.is_control() => line.push(' '),
                letter => line.push(letter),
            }
        }
        self.line(&line);
    }

    /// Folds at 75 octets, never within a letter.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(letter);
            width += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}
