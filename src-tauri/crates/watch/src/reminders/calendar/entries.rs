//! What the events say: nothing secret, and nothing that differs from machine to machine.

use std::collections::{BTreeMap, HashSet};

use graph::events::Entry;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use crate::reminders::watched::titled;
use crate::reminders::{Moment, Reminder, noun};

/// More reminders than these, of one end and one distance, are one event.
const TOGETHER: usize = 20;
/// Names in the text of an event that stands for many.
const NAMED: usize = 20;
/// Events are made this many years ahead.
const YEARS_AHEAD: i16 = 5;

/// The entries that should be ahead, and the keys of all that may stay (past ones are left alone).
pub(super) fn wanted(
    tenant: &str,
    reminders: &[Reminder],
    done: &HashSet<String>,
    moment: &Moment,
) -> (Vec<Entry>, HashSet<String>) {
    let mut groups: BTreeMap<(Date, u32), Vec<&Reminder>> = BTreeMap::new();
    for own in reminders.iter().filter(|own| own.credential.tenant == tenant) {
        if !done.contains(&own.credential.key()) {
            // By the calendar of UTC, so that machines in different zones put the same ones together.
            groups.entry((day(own.credential.ends), own.days_before)).or_default().push(own);
        }
    }
    let now = moment.effective();
    let last_year = now.to_zoned(TimeZone::UTC).year().saturating_add(YEARS_AHEAD);
    let (mut entries, mut all) = (Vec::new(), HashSet::new());
    for ((ends, days), group) in groups {
        let made = if group.len() > TOGETHER {
            vec![together(tenant, ends, days, &group)]
        } else {
            group.iter().map(|own| alone(tenant, own)).collect()
        };
        for entry in made {
            all.insert(entry.key.clone());
            if entry.at > now && entry.at.to_zoned(TimeZone::UTC).year() <= last_year {
                entries.push(entry);
            }
        }
    }
    entries.sort_by_key(|entry| entry.at);
    (entries, all)
}

fn alone(tenant: &str, reminder: &Reminder) -> Entry {
    let credential = &reminder.credential;
    let name = if credential.name.trim().is_empty() { "(without a name)" } else { credential.name.trim() };
    let text = format!(
        "App: {}\nClient id: {}\nWhat ends: {} {name}\nKey id: {}\nEnds: {} UTC\n\nRenew it in Gatehouse before then, so that nothing stops. Once it is renewed, this entry goes away by itself.",
        credential.app(),
        credential.app_id,
        noun(credential.kind),
        credential.key_id,
        credential.ends.strftime("%-d %B %Y, %H:%M"),
    );
    let subject = credential.titled(format!(
        "{} of {} {}",
        capital(noun(credential.kind)),
        credential.app(),
        when(reminder.days_before, credential.ends)
    ));
    let revision = revision(&[&credential.ends.to_string(), &subject, &text]);
    Entry { key: format!("{tenant}/{}", reminder.id()), revision, subject, text, at: reminder.at }
}

fn together(tenant: &str, ends: Date, days: u32, group: &[&Reminder]) -> Entry {
    let mut names: Vec<String> = group
        .iter()
        .map(|own| {
            format!("{}: {} {}", own.credential.app(), noun(own.credential.kind), own.credential.name.trim())
        })
        .collect();
    names.sort();
    let more = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let mut text = names.join("\n");
    if more > 0 {
        text.push_str(&format!("\nand {more} more; Gatehouse lists them all."));
    }
    let count = format!("{} secrets and certificates end on {}", group.len(), ends.strftime("%-d %B %Y"));
    let subject = titled(group.iter().all(|own| own.credential.practice), count);
    let at = group.iter().map(|own| own.at).min().unwrap_or_default();
    let revision = revision(&[&ends.to_string(), &subject, &text]);
    Entry { key: format!("{tenant}/day/{ends}/{days}"), revision, subject, text, at }
}

fn when(days: u32, ends: Timestamp) -> String {
    let date = day(ends).strftime("%-d %B %Y").to_string();
    match days {
        0 => format!("ends today ({date})"),
        1 => format!("ends tomorrow ({date})"),
        _ => format!("ends in {days} days ({date})"),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Not of the moment at which it reminds: machines in different zones would write one event to and fro.
fn revision(parts: &[&str]) -> String {
    short_hash(&parts.join("\u{1f}"))
}

/// Names one making of an event: the same on two machines on one day, another one when it is made again later.
pub(super) fn once(entry: &Entry, now: Timestamp) -> String {
    short_hash(&format!("{}|{}|{}", entry.key, entry.revision, day(now)))
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
