//! Days, counted and said as on every screen: “in 12 days (2 Dec)”.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Context;

/// The calendar of the person who reads.
#[derive(Debug)]
pub(super) struct Days<'c> {
    context: &'c Context,
    /// Today.
    pub(super) today: Date,
}

impl<'c> Days<'c> {
    pub(super) fn of(context: &'c Context) -> Self {
        Self { context, today: context.zone.to_datetime(context.now).date() }
    }

    /// The day of an instant.
    pub(super) fn date(&self, at: Timestamp) -> Date {
        self.context.zone.to_datetime(at).date()
    }

    /// Whole days from today to an instant; negative once past.
    pub(super) fn until(&self, at: Timestamp) -> i32 {
        let hours = self.today.duration_until(self.date(at)).as_hours();
        // At most 20,000 years.
        i32::try_from(hours / 24).unwrap_or(i32::MAX)
    }

    /// “2 Dec”, with the year where it is not this one.
    pub(super) fn day(&self, at: Timestamp) -> String {
        self.written(self.date(at))
    }

    /// The same of a day.
    pub(super) fn written(&self, date: Date) -> String {
        let form = if date.year() == self.today.year() { "%-d %b" } else { "%-d %b %Y" };
        date.strftime(form).to_string()
    }

    /// “in 12 days”, “tomorrow”, “today at 14:30”, “yesterday”, “3 days ago”.
    pub(super) fn distance(&self, at: Timestamp) -> String {
        match self.until(at) {
            0 => format!("today at {}", self.context.zone.to_datetime(at).strftime("%H:%M")),
            1 => "tomorrow".to_owned(),
            -1 => "yesterday".to_owned(),
            days if days > 0 => format!("in {days} days"),
            days => format!("{} days ago", days.unsigned_abs()),
        }
    }

    /// “in 12 days (2 Dec)”.
    pub(super) fn full(&self, at: Timestamp) -> String {
        format!("{} ({})", self.distance(at), self.day(at))
    }
}
