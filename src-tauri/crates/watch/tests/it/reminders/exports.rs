//! The calendar file, read back by somebody else's parser.

use std::collections::HashSet;
use std::str::FromStr as _;
use std::sync::Arc;

use icalendar::{Calendar, CalendarComponent, Component as _};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use watch::reminders::{Moment, Settings, ics, schedule};

use super::desk::{moment, secret, usual, zone};

fn named(name: &str) -> Arc<watch::reminders::Watched> {
    let mut own = (*secret(1, "2027-05-03T12:00:00Z")).clone();
    own.app_name = name.into();
    own.into()
}

fn read(text: &str) -> Vec<icalendar::Event> {
    let calendar = Calendar::from_str(text).unwrap();
    let events = calendar.components.into_iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    events.collect()
}

#[test]
fn each_reminder_is_an_event_with_one_alarm() {
    let text = ics::export(&usual(&[named("Totalview")]), &moment("2027-04-10T00:00:00Z"));
    let events = read(&text);
    assert_eq!(events.len(), 4, "what is past is left out");
    let first = &events[0];
    assert_eq!(first.get_summary(), Some("Totalview: secret ends in 14 days (3 May 2027)"));
    assert_eq!(first.property_value("DTSTART"), Some("20270419T090000Z"));
    assert_eq!(first.property_value("DTEND"), Some("20270419T091500Z"));
    assert_eq!(text.matches("BEGIN:VALARM").count(), 4);
    assert_eq!(text.matches("TRIGGER:PT0S").count(), 4);
    let ids: HashSet<_> = events.iter().map(|event| event.get_uid().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 4);
}

#[test]
fn a_later_export_replaces_the_earlier_one() {
    let reminders = usual(&[named("Totalview")]);
    let (early, late) = ("2027-04-10T00:00:00Z", "2027-04-10T00:02:00Z");
    let event = |now: &str| read(&ics::export(&reminders, &moment(now))).remove(0);
    let (first, second) = (event(early), event(late));
    assert_eq!(first.get_uid(), second.get_uid());
    let sequence =
        |event: &icalendar::Event| event.property_value("SEQUENCE").unwrap().parse::<i32>().unwrap();
    assert_eq!(sequence(&second) - sequence(&first), 2);
    assert_eq!(second.property_value("DTSTAMP"), Some("20270410T000200Z"));
    let ancient = event("1985-01-01T00:00:00Z");
    assert_eq!(sequence(&ancient), 0, "a dead battery makes no negative number");
}

#[test]
fn another_zone_is_the_same_event_at_another_moment() {
    let own = [named("Totalview")];
    let here = |name: &str| {
        let zone = zone(name);
        let reminders = schedule(&own, &Settings::default(), &zone);
        read(&ics::export(&reminders, &Moment { zone, ..moment("2027-04-10T00:00:00Z") })).remove(0)
    };
    let (berlin, tokyo) = (here("Europe/Berlin"), here("Asia/Tokyo"));
    assert_eq!(berlin.get_uid(), tokyo.get_uid());
    assert_ne!(berlin.property_value("DTSTART"), tokyo.property_value("DTSTART"));
}

#[test]
fn where_the_end_comes_before_nine_the_day_before_has_one_event() {
    let own = secret(1, "2027-05-03T05:00:00Z");
    let text = ics::export(&usual(&[own]), &moment("2027-04-10T00:00:00Z"));
    let starts: Vec<_> =
        read(&text).iter().map(|event| event.property_value("DTSTART").unwrap().to_owned()).collect();
    assert_eq!(starts, ["20270419T090000Z", "20270426T090000Z", "20270502T090000Z"]);
}

#[test]
fn ends_in_the_far_future_are_written() {
    let own = secret(1, "9999-12-30T00:00:00Z");
    let text =
        ics::export(&schedule(&[own], &Settings::default(), &TimeZone::UTC), &moment("2027-04-10T00:00:00Z"));
    assert_eq!(read(&text).len(), 5);
    assert!(text.contains("DTSTART:99991223T090000Z"), "{text}");
}

#[test]
fn names_in_every_script_come_back_and_break_nothing() {
    for name in [
        "Ünïcödé Größe",
        "日本語の非常に長いアプリケーション名がここに続きますのでこの行は必ず折り返されます",
        "تطبيق عربي",
        "👩‍👩‍👧‍👦 family 👩‍👩‍👧‍👦 of 👩‍👩‍👧‍👦 emoji 👩‍👩‍👧‍👦 that 👩‍👩‍👧‍👦 is long",
        "semi;colon, comma \\ backslash",
        "BEGIN:VEVENT\r\nSUMMARY:smuggled\nEND:VEVENT",
    ] {
        let text = ics::export(&usual(&[named(name)]), &moment("2027-04-10T00:00:00Z"));
        let events = read(&text);
        assert_eq!(events.len(), 4, "{name}");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        if !name.contains('\n') {
            let summary = events[0].get_summary().unwrap();
            assert!(summary.starts_with(name), "{summary} of {name}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_the_name_the_file_keeps_its_form(name in "\\PC{0,60}", credential in any::<String>()) {
        let mut own = (*named(&name)).clone();
        own.name = credential;
        let text = ics::export(&usual(&[own.into()]), &moment("2027-04-10T00:00:00Z"));
        prop_assert_eq!(read(&text).len(), 4);
        prop_assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 4);
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= 75);
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}
