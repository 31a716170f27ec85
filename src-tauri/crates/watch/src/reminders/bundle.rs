//! Reminders that reach a person together, and the words of it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::watched::titled;
use super::{ChannelKind, Reminder};
use crate::CredentialKind;

/// Names in a text; the rest is a number.
const NAMED: usize = 5;
/// Knowledge older than this is said to be old: two days.
const STALE_DAYS: i32 = 2;

/// A reminder that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub reminder: Reminder,
    /// It was due on an earlier day, when nothing could remind.
    pub missed: bool,
    /// How often it was put off; a part of its name in the ledger.
    pub round: u32,
}

/// Reminders that go out as one: thousands that end on one day are one notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Names it, the same for each attempt to deliver it.
    pub id: String,
    /// On which way.
    pub channel: ChannelKind,
    /// The most pressing first; never empty.
    pub items: Vec<Due>,
    /// When it was put together.
    pub now: Timestamp,
    /// The zone of its days.
    pub zone: TimeZone,
    /// From when the knowledge is.
    pub known_at: Option<Timestamp>,
}

impl Bundle {
    /// The day on which all of them end, where it is the same.
    #[must_use]
    pub fn ends_on(&self) -> Option<Date> {
        let mut days = self.items.iter().map(|due| self.day(due.reminder.credential.ends));
        let first = days.next()?;
        days.all(|day| day == first).then_some(first)
    }

    /// Whether one of them was due while nothing could remind.
    #[must_use]
    pub fn missed(&self) -> bool {
        self.items.iter().any(|due| due.missed)
    }

    /// Whole days until the first of them ends; negative after it.
    #[must_use]
    pub fn days_left(&self) -> i32 {
        self.items.iter().map(|due| due.reminder.days_left(self.now, &self.zone)).min().unwrap_or(0)
    }

    /// One line: "A secret of Totalview ends in 7 days (3 May)", "1,204 secrets end on 3 May". Where all of it belongs to a
    /// pretend organisation, "Practice: " stands before it.
    #[must_use]
    pub fn title(&self) -> String {
        let practice =
            !self.items.is_empty() && self.items.iter().all(|due| due.reminder.credential.practice);
        titled(practice, self.plain_title())
    }

    fn plain_title(&self) -> String {
        let Some(first) = self.items.first() else { return String::new() };
        let credential = &first.reminder.credential;
        let day = self.date(self.day(credential.ends));
        let left = first.reminder.days_left(self.now, &self.zone);
        if self.items.len() == 1 {
            let what = one(credential.kind);
            return match left {
                ..=-1 => format!("{what} of {} ended on {day}", credential.app()),
                0 if credential.ends <= self.now => format!("{what} of {} has ended today", credential.app()),
                0 => format!("{what} of {} ends today", credential.app()),
                1 => format!("{what} of {} ends tomorrow ({day})", credential.app()),
                _ => format!("{what} of {} ends in {left} days ({day})", credential.app()),
            };
        }
        let count = format!("{} {}", grouped(self.items.len()), many(&self.items));
        match self.ends_on() {
            Some(_) if left < 0 => format!("{count} ended on {day}"),
            Some(_) if left == 0 => format!("{count} end today"),
            Some(_) => format!("{count} end on {day}"),
            None if left < 0 => format!("{count} need attention, the first ended on {day}"),
            None => format!("{count} end soon, the first on {day}"),
        }
    }

    /// What is behind the title: a line for each of the first, and how many more there are.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.items.iter().take(NAMED).map(|due| self.line(due)).collect();
        if self.items.len() > NAMED {
            lines.push(format!("and {} more", grouped(self.items.len() - NAMED)));
        }
        lines
    }

    /// The whole text below the title.
    #[must_use]
    pub fn body(&self) -> String {
        let mut lines = self.lines();
        if self.missed() {
            lines.push("This was due earlier, while nothing on this computer could remind.".into());
        }
        lines.extend(self.caution());
        lines.join("\n")
    }

    /// Says from when the knowledge is, when it is old.
    #[must_use]
    pub fn caution(&self) -> Option<String> {
        let known = self.known_at?;
        (super::days_between(known, self.now, &self.zone) >= STALE_DAYS).then(|| {
            format!("Known from {}; Gatehouse could not look since then.", self.date(self.day(known)))
        })
    }

    /// "Totalview: secret prod-1, in 7 days (3 May)".
    #[must_use]
    pub fn line(&self, due: &Due) -> String {
        let credential = &due.reminder.credential;
        let name = if credential.name.trim().is_empty() {
            String::new()
        } else {
            format!(" {}", credential.name.trim())
        };
        let when = match due.reminder.days_left(self.now, &self.zone) {
            ..=-1 => "ended".to_owned(),
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            days => format!("in {days} days"),
        };
        format!(
            "{}: {}{name}, {when} ({})",
            credential.app(),
            noun(credential.kind),
            self.date(self.day(credential.ends))
        )
    }

    /// "3 May", with the year where it is another one.
    fn date(&self, day: Date) -> String {
        let this_year = self.day(self.now).year();
        day.strftime(if day.year() == this_year { "%-d %B" } else { "%-d %B %Y" }).to_string()
    }

    fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }
}

/// "secret", "certificate".
#[must_use]
pub fn noun(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Secret => "secret",
        CredentialKind::Certificate => "certificate",
        CredentialKind::SigningCertificate => "sign-in certificate",
        CredentialKind::Federated => "trust",
    }
}

fn one(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Secret => "A secret",
        CredentialKind::Certificate => "A certificate",
        CredentialKind::SigningCertificate => "The sign-in certificate",
        CredentialKind::Federated => "A trust",
    }
}

fn many(items: &[Due]) -> &'static str {
    let secret = |due: &Due| due.reminder.credential.kind == CredentialKind::Secret;
    match (items.iter().any(secret), items.iter().all(secret)) {
        (_, true) => "secrets",
        (true, false) => "secrets and certificates",
        (false, _) => "certificates",
    }
}

/// 1204 as "1,204".
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
