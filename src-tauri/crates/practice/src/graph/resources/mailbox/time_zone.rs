//! Times of events: a local time and the name of its zone, in Windows or IANA names.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

/// Windows names of zones that occur in Europe and America (CLDR `windowsZones`); others are taken as IANA names.
const WINDOWS: [(&str, &str); 24] = [
    ("UTC", "Etc/UTC"),
    ("tzone://Microsoft/Utc", "Etc/UTC"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Romance Standard Time", "Europe/Paris"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("FLE Standard Time", "Europe/Kiev"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("India Standard Time", "Asia/Kolkata"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
];

/// The zone of this name.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    let iana =
        WINDOWS.iter().find(|(windows, _)| windows.eq_ignore_ascii_case(name)).map_or(name, |(_, iana)| iana);
    if iana == "Etc/UTC" { Some(TimeZone::UTC) } else { TimeZone::get(iana).ok() }
}

/// The moment that a `dateTimeTimeZone` stands for.
pub(super) fn instant(value: &Value) -> Option<Timestamp> {
    let text = value["dateTime"].as_str()?;
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let local: DateTime = text.parse().ok()?;
    let zone = zone(value["timeZone"].as_str().unwrap_or("UTC"))?;
    local.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

/// A moment as a `dateTimeTimeZone` in the zone of this name.
pub(super) fn local(at: Timestamp, name: &str) -> Option<Value> {
    let zoned = at.to_zoned(zone(name)?);
    Some(json!({ "dateTime": zoned.strftime("%Y-%m-%dT%H:%M:%S.0000000").to_string(), "timeZone": name }))
}

/// `startDateTime` of a calendar view: with an offset, or without, which means UTC.
pub(super) fn query(text: &str) -> Option<Timestamp> {
    let text = text.replace(' ', "+");
    text.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime =
            text.parse().ok().or_else(|| text.parse::<jiff::civil::Date>().ok().map(Into::into))?;
        local.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_and_iana_names_mean_the_same_zone() {
        let summer =
            json!({ "dateTime": "2026-07-01T10:00:00.0000000", "timeZone": "W. Europe Standard Time" });
        assert_eq!(instant(&summer).unwrap().to_string(), "2026-07-01T08:00:00Z");
        let iana = json!({ "dateTime": "2026-07-01T10:00:00", "timeZone": "Europe/Berlin" });
        assert_eq!(instant(&summer), instant(&iana));
        assert_eq!(instant(&json!({ "dateTime": "2026-07-01T10:00:00", "timeZone": "No Such Time" })), None);
        let shown = local(instant(&summer).unwrap(), "Pacific Standard Time").unwrap();
        assert_eq!(shown["dateTime"], "2026-07-01T01:00:00.0000000");
    }

    #[test]
    fn a_plus_that_became_a_space_is_understood() {
        assert_eq!(query("2026-07-01T10:00:00 02:00").unwrap().to_string(), "2026-07-01T08:00:00Z");
        assert_eq!(query("2026-07-01T10:00:00").unwrap().to_string(), "2026-07-01T10:00:00Z");
        assert!(query("yesterday").is_none());
    }
}
