//! Monitoring: the words, figures and codes of a plugin.

use super::reader;
use crate::cli::bed::Bed;
use crate::cli::machine::Machine;

#[test]
fn an_organisation_that_nobody_has_read_is_not_known() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    let said = machine.run(&["check"]).ends(3);
    assert!(said.out.starts_with("GATEHOUSE UNKNOWN - "), "{}", said.out);
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn what_has_ended_is_critical_in_one_line_with_figures() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let file = machine.file("gatehouse.prom", "");
    let said = machine.run(&["check", "--metrics", file.to_str().unwrap()]).ends(2);
    assert!(said.out.starts_with("GATEHOUSE CRITICAL - "), "{}", said.out);
    // Monitoring reads the first line; what could not be looked up stands below it.
    assert!(said.out.lines().next().is_some_and(|line| line.contains("| 'ended'=")), "{}", said.out);
    let metrics = std::fs::read_to_string(file).unwrap();
    assert!(metrics.contains("gatehouse_credential_end_timestamp_seconds{"), "{metrics}");

    let json = machine.run(&["--json", "check"]).ends(2).json();
    assert_eq!((&json["verdict"], &json["format"]), (&"critical".into(), &1.into()));
}

#[test]
fn a_file_that_cannot_be_written_is_not_known_rather_than_fine() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let said = machine.run(&["check", "--metrics", "/nowhere/gatehouse.prom"]).ends(3);
    assert!(said.out.starts_with("GATEHOUSE UNKNOWN - "), "{}", said.out);
}
