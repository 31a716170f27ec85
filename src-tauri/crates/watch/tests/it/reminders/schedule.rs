//! The calendar of reminders.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use watch::reminders::{ConnectionDays, ReminderId, Settings, schedule};

use super::desk::{at, secret, zone};

fn moments(ends: &str, days: &[u32], zone: &TimeZone) -> Vec<String> {
    let settings = Settings { days: days.to_vec(), ..Settings::default() };
    schedule(&[secret(1, ends)], &settings, zone).iter().map(|own| own.at.to_string()).collect()
}

#[test]
fn nine_o_clock_by_the_wall_so_many_days_before() {
    let berlin = zone("Europe/Berlin");
    // The end is in summer time, sixty days before it was winter time.
    assert_eq!(
        moments("2027-05-03T12:00:00Z", &[60, 30, 14, 7, 1, 0], &berlin),
        [
            "2027-03-04T08:00:00Z",
            "2027-04-03T07:00:00Z",
            "2027-04-19T07:00:00Z",
            "2027-04-26T07:00:00Z",
            "2027-05-02T07:00:00Z",
            "2027-05-03T07:00:00Z"
        ]
    );
}

#[test]
fn the_day_of_the_end_is_the_local_one() {
    // Midnight UTC is still the second of May in New York, and already the third in Auckland.
    let midnight = "2027-05-03T00:00:00Z";
    assert_eq!(moments(midnight, &[1], &zone("America/New_York")), ["2027-05-01T13:00:00Z"]);
    assert_eq!(moments(midnight, &[1], &zone("Pacific/Auckland")), ["2027-05-01T21:00:00Z"]);
}

#[test]
fn no_reminder_comes_after_the_end() {
    // At nine it would be over: the day before then.
    assert_eq!(moments("2027-05-03T00:00:00Z", &[0], &TimeZone::UTC), ["2027-05-02T09:00:00Z"]);
    assert_eq!(moments("2027-05-03T09:00:00Z", &[0], &TimeZone::UTC), ["2027-05-02T09:00:00Z"]);
    assert_eq!(moments("2027-05-03T09:00:01Z", &[0], &TimeZone::UTC), ["2027-05-03T09:00:00Z"]);
}

#[test]
fn a_gap_or_an_overlap_at_nine_is_no_obstacle() {
    // Manila's clocks went from 24:00 on 31 December 1844 to 0:00 on 1 January 1845: a day that never was. Of today's zones
    // none jumps at nine, so a made-up one does.
    let gap = TimeZone::posix("AAA0BBB,M3.2.0/8:30,M11.1.0/9:30").unwrap();
    // The second Sunday of March 2027 is the 14th: 8:30 becomes 9:30, and nine does not exist.
    let days = moments("2027-03-14T20:00:00Z", &[0], &gap);
    assert_eq!(days, ["2027-03-14T09:00:00Z"], "as soon as the clock has jumped over it");
    // The first Sunday of November is the 7th: 9:30 becomes 8:30, and nine exists twice.
    assert_eq!(moments("2027-11-07T20:00:00Z", &[0], &gap), ["2027-11-07T08:00:00Z"], "the first of the two");
}

#[test]
fn ends_beyond_every_calendar_are_no_obstacle() {
    assert_eq!(moments("2299-12-31T00:00:00Z", &[7], &TimeZone::UTC), ["2299-12-24T09:00:00Z"]);
    assert_eq!(moments("9999-12-30T00:00:00Z", &[7], &TimeZone::UTC), ["9999-12-23T09:00:00Z"]);
    assert_eq!(moments("-009999-01-05T00:00:00Z", &[3_650], &TimeZone::UTC), [""; 0]);
}

#[test]
fn a_credential_is_not_reminded_of_before_it_was_made() {
    let mut young = (*secret(1, "2027-05-03T12:00:00Z")).clone();
    young.starts = Some(at("2027-04-10T10:00:00Z"));
    let days: Vec<u32> = schedule(&[young.into()], &Settings::default(), &TimeZone::UTC)
        .iter()
        .map(|own| own.days_before)
        .collect();
    assert_eq!(days, [14, 7, 1, 0]);
}

#[test]
fn only_ours_when_so_chosen_and_days_of_a_set_up_go_first() {
    let mut foreign = (*secret(1, "2027-05-03T12:00:00Z")).clone();
    foreign.connection = None;
    let all = [foreign.into(), secret(2, "2027-05-03T12:00:00Z")];
    let settings = Settings {
        days: vec![7],
        per_connection: vec![ConnectionDays { connection_id: "c2".into(), days: vec![90, 3] }],
        ..Settings::default()
    };
    let days = |settings: &Settings| {
        let found = schedule(&all, settings, &TimeZone::UTC);
        found.iter().map(|own| (own.credential.app_name.clone(), own.days_before)).collect::<Vec<_>>()
    };
    assert_eq!(days(&settings), [("App 2".into(), 90), ("App 1".into(), 7), ("App 2".into(), 3)]);
    let ours = Settings { all_apps: false, ..settings };
    assert_eq!(days(&ours), [("App 2".into(), 90), ("App 2".into(), 3)]);
}

#[test]
fn an_id_is_read_back_and_garbage_is_not() {
    let reminders = schedule(&[secret(1, "2027-05-03T12:00:00Z")], &Settings::default(), &TimeZone::UTC);
    for own in &reminders {
        assert_eq!(ReminderId::parse(own.id().as_str()), Some(own.id()));
    }
    for garbage in
        ["", "a", "a/7", "/b/7", "a//7", "a/b/", "a/b/-1", "a/b/7x", &format!("a/{}/7", "b".repeat(600))]
    {
        assert_eq!(ReminderId::parse(garbage), None, "{garbage}");
    }
}

proptest! {
    #[test]
    fn every_reminder_is_before_the_end_and_on_its_day(
        seconds in 0_i64..4_000_000_000,
        days in 0_u32..400,
        zone_name in prop::sample::select(vec![
            "UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "America/Caracas",
            "Pacific/Kiritimati", "Australia/Lord_Howe", "Africa/Casablanca",
        ]),
    ) {
        let zone = zone(zone_name);
        let ends = jiff::Timestamp::from_second(seconds).unwrap();
        let settings = Settings { days: vec![days], ..Settings::default() };
        let found = schedule(&[secret(1, &ends.to_string())], &settings, &zone);
        prop_assert_eq!(found.len(), 1);
        prop_assert!(found[0].at < ends);
        let gap = found[0].days_left(found[0].at, &zone);
        prop_assert!(gap == i32::try_from(days).unwrap() || (days == 0 && gap == 1), "{gap} instead of {days}");
        let local = found[0].at.to_zoned(zone);
        prop_assert_eq!((local.hour(), local.minute()), (9, 0));
    }
}
