//! Apps and what needs attention on them.

use super::{reader, reader_alone};
use crate::cli::bed::Bed;
use crate::cli::machine::Machine;

#[test]
fn the_organisation_is_read_listed_looked_at_and_saved() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let never = machine.run(&["--json", "inventory", "list"]).ends(0).json();
    assert_eq!((&never["sync"]["kind"], &never["known"]), (&"never".into(), &0.into()));
    let read = machine.run(&["--json", "inventory", "sync"]).ends(0).json();
    assert_eq!(read["kind"], "fresh");

    let page = machine.run(&["--json", "inventory", "list", "--only", "kind=registration"]).ends(0).json();
    let live = bed.look(|tables| tables.applications.values().filter(|row| row.deleted.is_none()).count());
    assert_eq!(page["total"], live);
    assert!(page["known"].as_u64() > page["total"].as_u64(), "enterprise apps are there too");

    let app_id = page["rows"][0]["app"]["appId"].as_str().unwrap();
    let detail = machine.run(&["--json", "inventory", "show", app_id]).ends(0).json();
    assert_eq!(detail["row"]["app"]["appId"], app_id);
    assert!(!detail["credentials"].as_array().unwrap().is_empty(), "{detail}");

    let saved = machine.run(&["--json", "inventory", "export"]).ends(0).json();
    let csv = std::fs::read_to_string(saved["file"].as_str().unwrap()).unwrap();
    assert!(csv.contains(app_id));
    let timeline = machine.run(&["--json", "inventory", "timeline"]).ends(0).json();
    assert!(!timeline["days"].as_array().unwrap().is_empty(), "{timeline}");
}

#[test]
fn what_was_read_stays_when_microsoft_cannot_be_reached() {
    let bed = Bed::new();
    let machine = reader_alone(&bed);
    let before = machine.run(&["--json", "secrets"]).ends(0).json();
    assert!(!before.as_array().unwrap().is_empty());
    drop(bed);
    assert_eq!(machine.run(&["--json", "secrets"]).ends(0).json(), before);
    machine.run(&["findings"]).ends(0);
    machine.run(&["inventory", "sync"]).ends(1);
    machine.run(&["inventory", "list"]).ends(0);
}

#[test]
fn secrets_that_end_soon_are_listed_the_first_to_end_first() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let all = machine.run(&["--json", "secrets"]).ends(0).json();
    let soon = machine.run(&["--json", "secrets", "--expiring", "30d"]).ends(0).json();
    let days = |all: &serde_json::Value| -> Vec<i64> {
        all.as_array().unwrap().iter().map(|one| one["days"].as_i64().unwrap()).collect()
    };
    assert!(days(&all).is_sorted() && days(&soon).iter().all(|days| *days <= 30));
    assert!(!days(&soon).is_empty() && days(&soon).len() < days(&all).len());
    machine.run(&["secrets", "--expiring", "soon"]).ends(2);
}

#[test]
fn a_finding_can_be_ignored_with_a_reason_and_shown_again() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let page = machine.run(&["--json", "findings"]).ends(0).json();
    let (id, total) = (page["findings"][0]["id"].as_str().unwrap(), page["total"].as_u64().unwrap());
    assert!(total > 5, "{page}");
    machine.run(&["findings", "ignore", id, "--reason", " "]).ends(6);
    machine.run(&["findings", "ignore", id, "--reason", "Noor knows", "--days", "90d"]).ends(0);
    let less = machine.run(&["--json", "findings"]).ends(0).json();
    assert_eq!((less["total"].as_u64().unwrap(), &less["ignored"]), (total - 1, &1.into()));
    machine.run(&["findings", "show-again", id]).ends(0);
    assert_eq!(machine.run(&["--json", "findings"]).ends(0).json()["total"], total);
}
