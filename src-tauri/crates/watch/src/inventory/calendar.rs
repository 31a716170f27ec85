//! Days by the machine's calendar.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The day on which an instant falls.
pub(super) fn day(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

/// Whole days from one day to another; negative backwards.
pub(super) fn days_between(from: Date, until: Date) -> i32 {
    i32::try_from(from.duration_until(until).as_hours() / 24).unwrap_or_default()
}

/// The day so many days later, or the last one that there is.
pub(super) fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(Date::MAX)
}

/// The first instant of a day, in milliseconds since 1970. Not always midnight: clocks are set forward at midnight too.
pub(super) fn first_instant(day: Date, zone: &TimeZone) -> i64 {
    day.to_zoned(zone.clone())
        .and_then(|midnight| midnight.start_of_day())
        .map_or(i64::MAX, |start| start.timestamp().as_millisecond())
}

/// An instant from milliseconds since 1970.
pub(super) fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn a_day_without_midnight_begins_when_it_begins() {
        // Lebanon sets its clocks forward at midnight.
        let day: Date = "2026-03-29".parse().unwrap();
        let begins = instant(first_instant(day, &zone("Asia/Beirut")));
        assert_eq!(begins.to_string(), "2026-03-28T22:00:00Z");
        assert_eq!(super::day(begins, &zone("Asia/Beirut")), day);
    }

    #[test]
    fn the_ends_of_time_are_days_too() {
        for zone in [zone("Pacific/Kiritimati"), zone("Pacific/Pago_Pago"), TimeZone::UTC] {
            let last = day(Timestamp::MAX, &zone);
            assert!(days_between(day(Timestamp::MIN, &zone), last) > 3_600_000, "{zone:?}");
            assert!(first_instant(last, &zone) > 0);
        }
        assert_eq!(days_after(Date::MAX, 3), Date::MAX);
    }
}
