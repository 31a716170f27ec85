//! When a repeating event takes place ("recurrencePattern", "recurrenceRange").

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde_json::Value;

/// No pattern repeats more often than this within what a client asks for.
const MOST: usize = 5_000;

/// The days on which the series takes place, from its first day up to and including `until`.
pub(super) fn days(recurrence: &Value, until: Date) -> Vec<Date> {
    let (pattern, range) = (&recurrence["pattern"], &recurrence["range"]);
    let Some(first) = date(&range["startDate"]) else { return Vec::new() };
    let last = match range["type"].as_str() {
        Some("endDate") => date(&range["endDate"]).map_or(until, |end| end.min(until)),
        _ => until,
    };
    let count = match range["type"].as_str() {
        Some("numbered") => {
            range["numberOfOccurrences"].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(1)
        }
        _ => MOST,
    };
    let mut found = Vec::new();
    let mut day = first;
    while day <= last && found.len() < count.min(MOST) {
        if happens(pattern, first, day) {
            found.push(day);
        }
        let Ok(next) = day.checked_add(1.day()) else { break };
        day = next;
    }
    found
}

fn happens(pattern: &Value, first: Date, day: Date) -> bool {
    let interval = i32::try_from(pattern["interval"].as_u64().unwrap_or(1)).unwrap_or(1).max(1);
    let months = (i32::from(day.year()) - i32::from(first.year())) * 12 + i32::from(day.month())
        - i32::from(first.month());
    let named = || {
        let days = pattern["daysOfWeek"].as_array();
        days.is_some_and(|days| {
            days.iter().filter_map(Value::as_str).any(|name| weekday(name) == Some(day.weekday()))
        })
    };
    let number = |name: &str| pattern[name].as_i64();
    match pattern["type"].as_str() {
        Some("daily") => elapsed(first, day) % interval == 0,
        Some("weekly") => {
            let start = pattern["firstDayOfWeek"].as_str().and_then(weekday).unwrap_or(Weekday::Sunday);
            named() && (elapsed(week(first, start), week(day, start)) / 7) % interval == 0
        }
        Some("absoluteMonthly") => {
            number("dayOfMonth") == Some(i64::from(day.day())) && months % interval == 0
        }
        Some("absoluteYearly") => {
            number("dayOfMonth") == Some(i64::from(day.day()))
                && number("month") == Some(i64::from(day.month()))
                && (months / 12) % interval == 0
        }
        Some("relativeMonthly") => named() && index(pattern, day) && months % interval == 0,
        Some("relativeYearly") => {
            named()
                && index(pattern, day)
                && number("month") == Some(i64::from(day.month()))
                && (months / 12) % interval == 0
        }
        _ => day == first,
    }
}

/// `first` to `fourth`, or `last`, of its weekday in the month.
fn index(pattern: &Value, day: Date) -> bool {
    let nth = (day.day() - 1) / 7;
    match pattern["index"].as_str().unwrap_or("first") {
        "first" => nth == 0,
        "second" => nth == 1,
        "third" => nth == 2,
        "fourth" => nth == 3,
        _ => day.day() + 7 > day.days_in_month(),
    }
}

fn elapsed(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The first day of the week in which `day` is.
fn week(day: Date, start: Weekday) -> Date {
    let back = (day.weekday().to_sunday_zero_offset() - start.to_sunday_zero_offset()).rem_euclid(7);
    day.checked_sub(i64::from(back).days()).unwrap_or(day)
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn date(value: &Value) -> Option<Date> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn series(pattern: &Value, range: &Value) -> Vec<String> {
        days(&json!({ "pattern": pattern, "range": range }), "2026-12-31".parse().unwrap())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn every_pattern_finds_its_days() {
        let from = |kind: &str, count: u64| json!({ "type": kind, "startDate": "2026-11-02", "numberOfOccurrences": count });
        assert_eq!(
            series(&json!({ "type": "daily", "interval": 3 }), &from("numbered", 3)),
            ["2026-11-02", "2026-11-05", "2026-11-08"]
        );
        assert_eq!(
            series(
                &json!({ "type": "weekly", "interval": 2, "daysOfWeek": ["monday", "wednesday"], "firstDayOfWeek": "monday" }),
                &from("numbered", 4)
            ),
            ["2026-11-02", "2026-11-04", "2026-11-16", "2026-11-18"]
        );
        assert_eq!(
            series(&json!({ "type": "absoluteMonthly", "interval": 1, "dayOfMonth": 5 }), &from("noEnd", 0)),
            ["2026-11-05", "2026-12-05"]
        );
        assert_eq!(
            series(
                &json!({ "type": "relativeMonthly", "interval": 1, "daysOfWeek": ["friday"], "index": "last" }),
                &from("noEnd", 0)
            ),
            ["2026-11-27", "2026-12-25"]
        );
        assert_eq!(
            series(
                &json!({ "type": "daily", "interval": 1 }),
                &json!({ "type": "endDate", "startDate": "2026-12-30", "endDate": "2027-02-01" })
            )
            .len(),
            2
        );
    }
}
