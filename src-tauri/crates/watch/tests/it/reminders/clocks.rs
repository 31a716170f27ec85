//! Clocks that are set back and forward, by hand or by a dead battery.

use jiff::tz::TimeZone;
use watch::reminders::{Ledger, Moment, Settings, schedule};

use super::desk::{Pigeon, at, moment, secret, usual, zone};

fn known(now: &str, known_at: &str) -> Moment {
    Moment { known_at: Some(at(known_at)), ..moment(now) }
}

fn open(folder: &tempfile::TempDir) -> Ledger {
    Ledger::open(folder.path(), "desk", at("2027-01-01T00:00:00Z")).unwrap()
}

#[tokio::test]
async fn set_back_nothing_comes_twice() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    desk.round(&ledger, &reminders, &moment("2027-04-26T09:00:00Z")).await;
    desk.titles();
    for back in
        ["2027-04-25T09:00:00Z", "2027-04-19T09:00:00Z", "2027-03-04T09:00:00Z", "2027-04-26T09:00:00Z"]
    {
        desk.round(&ledger, &reminders, &moment(back)).await;
        assert_eq!(desk.titles(), [""; 0], "{back}");
    }
}

#[tokio::test]
async fn a_clock_that_is_behind_microsofts_does_not_delay_a_reminder() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    // The battery is dead: 1 January, while the organisation was read on 26 April.
    desk.round(&open(&folder), &reminders, &known("2027-01-01T00:00:00Z", "2027-04-26T09:10:00Z")).await;
    assert_eq!(desk.titles().len(), 1);
}

#[tokio::test]
async fn what_a_clock_running_ahead_gave_comes_again_when_it_is_time() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let read = "2027-03-01T08:00:00Z";
    // Set a year too far: one notification, not six.
    desk.round(&ledger, &reminders, &known("2027-05-03T11:00:00Z", read)).await;
    assert_eq!(desk.titles().len(), 1);
    // Set right, and Microsoft was read again.
    desk.round(&ledger, &reminders, &known("2027-03-02T08:00:00Z", "2027-03-02T08:00:00Z")).await;
    assert_eq!(desk.titles(), [""; 0]);
    for (now, title) in [
        ("2027-03-04T09:00:00Z", "A secret of App 1 ends in 60 days (3 May)"),
        ("2027-04-03T09:00:00Z", "A secret of App 1 ends in 30 days (3 May)"),
        ("2027-05-03T09:00:00Z", "A secret of App 1 ends today"),
    ] {
        desk.round(&ledger, &reminders, &known(now, now)).await;
        desk.round(&ledger, &reminders, &known(now, now)).await;
        assert_eq!(desk.titles(), [title]);
    }
}

#[tokio::test]
async fn a_snooze_of_a_clock_running_ahead_does_not_swallow_the_reminder() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let ahead = known("2027-05-03T11:00:00Z", "2027-03-01T08:00:00Z");
    desk.round(&ledger, &reminders, &ahead).await;
    let id = desk.got.lock().unwrap()[0].items[0].reminder.id();
    ledger.snooze(&id, at("2027-05-04T11:00:00Z"), &ahead).await.unwrap();
    desk.titles();
    let right = "2027-03-02T08:00:00Z";
    desk.round(&ledger, &reminders, &known(right, right)).await;
    assert_eq!(desk.titles(), [""; 0]);
    desk.round(&ledger, &reminders, &known("2027-05-03T09:00:00Z", "2027-05-03T09:00:00Z")).await;
    assert_eq!(desk.titles(), ["A secret of App 1 ends today"]);
}

#[tokio::test]
async fn who_travels_is_reminded_once() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let ledger = open(&folder);
    let secret = secret(1, "2027-05-03T10:30:00Z");
    let here = |now: &str, zone: TimeZone| {
        let reminders = schedule(std::slice::from_ref(&secret), &Settings::default(), &zone).into();
        (reminders, Moment { zone, ..moment(now) })
    };
    // Nine in Auckland, then Berlin, then Honolulu: three times nine o'clock of one reminder.
    for (now, name, shown) in [
        ("2027-04-25T21:00:00Z", "Pacific/Auckland", 1),
        ("2027-04-26T07:00:00Z", "Europe/Berlin", 0),
        ("2027-04-26T19:00:00Z", "Pacific/Honolulu", 0),
        ("2027-05-02T19:00:00Z", "Pacific/Honolulu", 1),
    ] {
        let (reminders, moment) = here(now, zone(name));
        desk.round(&ledger, &reminders, &moment).await;
        assert_eq!(desk.titles().len(), shown, "{name}");
    }
}
