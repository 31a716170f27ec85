//! Two calendar files that lie beside this one. They are what Gatehouse writes, to the letter, and other people's
//! calendar programs read them (`practice/tests/clients`): a change of the file is seen on both sides.

use std::sync::Arc;

use watch::reminders::{Moment, Settings, Watched, ics, schedule};

use super::desk::{at, secret, zone};

const FIRST: &str = include_str!("samples/reminders.ics");
const LATER: &str = include_str!("samples/reminders-later.ics");

fn named(number: u32, ends: &str, app: &str, name: &str) -> Arc<Watched> {
    let mut own = (*secret(number, ends)).clone();
    own.app_name = app.into();
    own.name = name.into();
    own.into()
}

/// The clocks change on 28 March 2027: the first reminder comes in winter, the others in summer.
fn exported(now: &str) -> String {
    let zone = zone("Europe/Berlin");
    let own = [
        named(1, "2027-05-03T12:00:00Z", "Totalview, Calendar; \\ Größe", "prod-1"),
        named(2, "2027-05-03T22:30:00Z", "日本語の非常に長いアプリケーション名がここに続きます", "قديم"),
    ];
    let reminders = schedule(&own, &Settings::default(), &zone);
    ics::export(&reminders, &Moment { now: at(now), zone, known_at: Some(at(now)) })
}

#[test]
fn the_samples_are_what_is_written() {
    let now = ["2027-03-01T10:00:00Z", "2027-03-02T10:00:00Z"].map(exported);
    if std::env::var_os("GATEHOUSE_WRITE_SAMPLES").is_some() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/reminders/samples");
        std::fs::write(folder.join("reminders.ics"), &now[0]).unwrap();
        std::fs::write(folder.join("reminders-later.ics"), &now[1]).unwrap();
    }
    let because =
        "run this test once with GATEHOUSE_WRITE_SAMPLES=1, and the other people's clients after it";
    assert_eq!(now[0], FIRST, "{because}");
    assert_eq!(now[1], LATER, "{because}");
}
