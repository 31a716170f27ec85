//! What reminds of a pretend organisation says so, on every way: nobody shall be alarmed by a secret that is none.

use std::sync::Arc;

use serde_json::Value;
use watch::reminders::{Ledger, Watched, ics};

use super::desk::{Pigeon, at, moment, secret, usual};

fn pretended(number: u32, ends: &str) -> Arc<Watched> {
    Arc::new(Watched { practice: true, ..(*secret(number, ends)).clone() })
}

const NOW: &str = "2027-04-26T09:00:00Z";
const ENDS: &str = "2027-05-03T12:00:00Z";

#[tokio::test]
async fn a_notification_or_a_message_begins_with_it_and_only_where_all_of_it_is_practice() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let ledger = Ledger::open(folder.path(), "desk", at("2027-01-01T00:00:00Z")).unwrap();
    desk.round(&ledger, &usual(&[pretended(1, ENDS)]), &moment(NOW)).await;
    assert_eq!(desk.titles(), ["Practice: A secret of App 1 ends in 7 days (3 May)"]);
    let many: Vec<_> = (2..6).map(|number| pretended(number, ENDS)).collect();
    desk.round(&ledger, &usual(&many), &moment(NOW)).await;
    assert_eq!(desk.titles(), ["Practice: 4 secrets end on 3 May"]);
    desk.round(&ledger, &usual(&[secret(7, ENDS), pretended(8, ENDS)]), &moment(NOW)).await;
    assert_eq!(desk.titles(), ["2 secrets end on 3 May"], "what is real is never called practice");
}

#[test]
fn a_calendar_file_says_it_in_each_title() {
    let said = |credential| ics::export(&usual(&[credential]), &moment("2027-04-10T09:00:00Z"));
    let pretended = said(pretended(1, ENDS));
    let titles: Vec<&str> = pretended.lines().filter(|line| line.starts_with("SUMMARY:")).collect();
    assert!(
        titles.len() == 4 && titles.iter().all(|title| title.starts_with("SUMMARY:Practice: ")),
        "{titles:?}"
    );
    assert!(!said(secret(1, ENDS)).contains("Practice"));
}

#[test]
fn what_was_kept_before_this_was_known_is_real() {
    let mut kept: Value = serde_json::to_value(&*secret(1, ENDS)).unwrap();
    kept.as_object_mut().unwrap().remove("practice");
    assert!(!serde_json::from_value::<Watched>(kept).unwrap().practice);
}
