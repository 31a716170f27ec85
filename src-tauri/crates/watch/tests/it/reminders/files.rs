//! What monitoring reads: the metrics file and the summary.

use std::sync::Arc;

use proptest::prelude::*;
use watch::reminders::summary::{Limits, Verdict, summary};
use watch::reminders::{ChannelFault, ChannelKind, ChannelRecord, Moment, Watched, metrics};

use super::desk::{at, moment, secret};

fn known() -> Moment {
    Moment { known_at: Some(at("2027-04-26T08:00:00Z")), ..moment("2027-04-26T09:00:00Z") }
}

fn blocked() -> ChannelRecord {
    ChannelRecord {
        channel: ChannelKind::Webhook,
        carried_at: None,
        fault: Some((ChannelFault::Gone, at("2027-04-26T08:00:00Z"))),
        waiting: 1,
        given_up: 0,
    }
}

#[test]
fn the_metrics_are_what_the_collector_reads() {
    let mut named = (*secret(1, "2027-05-03T12:00:00Z")).clone();
    named.app_name = "Say \"hi\" \\ now\nand then".into();
    let text = metrics::text(&[named.into(), secret(2, "2027-04-20T12:00:00Z")], &[blocked()], &known());
    insta::assert_snapshot!(text, @r#"
    # HELP gatehouse_credential_end_timestamp_seconds When a secret or certificate ends.
    # TYPE gatehouse_credential_end_timestamp_seconds gauge
    gatehouse_credential_end_timestamp_seconds{tenant="7d0b1f9e-0000-4000-8000-00000000000a",app_id="aaaaaaaa-0000-4000-8000-000000000002",app="App 2",kind="secret",credential="prod-1",key_id="bbbbbbbb-0000-4000-8000-000000000002"} 1808222400
    gatehouse_credential_end_timestamp_seconds{tenant="7d0b1f9e-0000-4000-8000-00000000000a",app_id="aaaaaaaa-0000-4000-8000-000000000001",app="Say \"hi\" \\ now\nand then",kind="secret",credential="prod-1",key_id="bbbbbbbb-0000-4000-8000-000000000001"} 1809345600
    # HELP gatehouse_credentials_not_listed Credentials without a line of their own.
    # TYPE gatehouse_credentials_not_listed gauge
    gatehouse_credentials_not_listed 0
    # HELP gatehouse_credentials_ending Credentials that end within so many days, or have ended.
    # TYPE gatehouse_credentials_ending gauge
    gatehouse_credentials_ending{within_days="0"} 1
    gatehouse_credentials_ending{within_days="1"} 1
    gatehouse_credentials_ending{within_days="7"} 1
    gatehouse_credentials_ending{within_days="14"} 2
    gatehouse_credentials_ending{within_days="30"} 2
    gatehouse_credentials_ending{within_days="60"} 2
    # HELP gatehouse_read_timestamp_seconds When the organisation was last read.
    # TYPE gatehouse_read_timestamp_seconds gauge
    gatehouse_read_timestamp_seconds 1808726400
    # HELP gatehouse_written_timestamp_seconds When this file was written.
    # TYPE gatehouse_written_timestamp_seconds gauge
    gatehouse_written_timestamp_seconds 1808730000
    # HELP gatehouse_reminders_blocked 1 where reminders do not get through on this way.
    # TYPE gatehouse_reminders_blocked gauge
    gatehouse_reminders_blocked{channel="webhook"} 1
    "#);
}

#[test]
fn the_metrics_are_bounded() {
    let all: Vec<Arc<Watched>> = (0..5_200).map(|number| secret(number, "2027-05-03T12:00:00Z")).collect();
    let text = metrics::text(&all, &[], &known());
    assert_eq!(text.matches("gatehouse_credential_end_timestamp_seconds{").count(), metrics::MOST_SERIES);
    assert!(text.contains("gatehouse_credentials_not_listed 200\n"));
    assert!(text.contains("gatehouse_credentials_ending{within_days=\"14\"} 5200\n"), "counted all the same");
}

#[test]
fn the_file_is_replaced_whole_and_can_be_read_by_the_collector() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gatehouse.prom");
    metrics::write(&path, "one\n").unwrap();
    metrics::write(&path, "two\n").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "two\n");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o044, 0o044);
    }
    for wrong in ["gatehouse.txt", "none/gatehouse.prom", ""] {
        assert_eq!(metrics::write(&folder.path().join(wrong), "x"), Err(ChannelFault::File), "{wrong}");
    }
}

#[test]
fn monitoring_is_told_what_to_do() {
    let verdict = |ends: &str, moment: &Moment| {
        let found = summary(&[secret(1, ends)], &[], Limits::default(), moment);
        (found.verdict, found.verdict.exit_code(), found.sentence)
    };
    for (ends, expected, sentence) in [
        ("2028-05-03T12:00:00Z", (Verdict::Ok, 0), "Nothing ends in the next 30 days."),
        ("2027-05-20T12:00:00Z", (Verdict::Warning, 1), "Ending in the next 30 days: 1."),
        ("2027-05-01T12:00:00Z", (Verdict::Critical, 2), "Ending in the next 30 days: 1."),
        ("2027-04-01T12:00:00Z", (Verdict::Critical, 2), "Ended: 1. Ending in the next 30 days: 0."),
    ] {
        let (found, code, text) = verdict(ends, &known());
        assert_eq!(((found, code), text.as_str()), (expected, sentence), "{ends}");
    }
    let never = Moment { known_at: None, ..known() };
    let old = Moment { known_at: Some(at("2027-04-20T08:00:00Z")), ..known() };
    for moment in [never, old] {
        assert_eq!(verdict("2028-05-03T12:00:00Z", &moment).1, 3);
    }
}

#[test]
fn the_summary_is_stable_json() {
    let found = summary(&[secret(1, "2027-05-03T12:00:00Z")], &[blocked()], Limits::default(), &known());
    insta::assert_json_snapshot!(found, @r#"
    {
      "format": 1,
      "verdict": "warning",
      "sentence": "Ending in the next 30 days: 1.",
      "now": "2027-04-26T09:00:00Z",
      "knownAt": "2027-04-26T08:00:00Z",
      "total": 1,
      "ended": 0,
      "ending": 1,
      "next": [
        {
          "appId": "aaaaaaaa-0000-4000-8000-000000000001",
          "appName": "App 1",
          "keyId": "bbbbbbbb-0000-4000-8000-000000000001",
          "kind": "secret",
          "name": "prod-1",
          "endsAt": "2027-05-03T12:00:00Z",
          "days": 7
        }
      ],
      "blocked": [
        "webhook"
      ],
      "notLookedAt": []
    }
    "#);
}

proptest! {
    #[test]
    fn no_name_leaves_its_label(name in any::<String>()) {
        let mut own = (*secret(1, "2027-05-03T12:00:00Z")).clone();
        own.app_name = name;
        let text = metrics::text(&[own.into()], &[], &known());
        prop_assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), 10);
        let line = text.lines().find(|line| line.starts_with("gatehouse_credential_end")).unwrap();
        let end = "key_id=\"bbbbbbbb-0000-4000-8000-000000000001\"} 1809345600";
        prop_assert!(line.ends_with(end), "{}", line);
    }
}
