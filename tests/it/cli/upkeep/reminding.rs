//! Reminders without a window, on a computer on which nothing shows notifications; and what is handed on.

use super::{reader, reader_alone};
use crate::cli::bed::Bed;
use crate::cli::machine::Machine;

#[test]
fn reminders_work_offline_with_a_closed_vault_and_say_what_did_not_get_through() {
    let bed = Bed::new();
    let machine = reader_alone(&bed);
    drop(bed);
    // Without the passphrase, nothing secret can be opened.
    let said = machine.run_bare(&["--json", "remind"]).ends(1).json();
    assert!(said["failed"].as_u64() > Some(0) && said["carried"] == 0, "{said}");
    let ways = said["reminders"]["channels"].as_array().unwrap();
    let desktop = ways.iter().find(|way| way["channel"] == "desktop").unwrap();
    assert!(desktop["error"]["why"].as_str().unwrap().contains("shows notifications"), "{desktop}");

    let list = machine.run_bare(&["--json", "remind", "--status"]).ends(0).json();
    let first = list["reminders"][0]["id"].as_str().unwrap().to_owned();
    let total = list["total"].as_u64().unwrap();
    let after = machine.run_bare(&["--json", "remind", "--done", &first]).ends(0).json();
    assert!(after["total"].as_u64().unwrap() < total, "what is taken care of is not shown");
    machine.run_bare(&["remind", "--done", "nonsense"]).ends(1);
}

#[test]
fn the_systems_scheduler_is_told_and_told_off() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    machine.run(&["remind", "--install"]).ends(0);
    let units = machine.home().parent().unwrap().join(".config/systemd/user");
    let service = std::fs::read_to_string(units.join("gatehouse-remind.service")).unwrap();
    assert!(service.contains("remind") && service.contains("GATEHOUSE_HOME"), "{service}");
    let settings = machine.run(&["--json", "remind", "--status"]).ends(0).json();
    assert_eq!(settings["settings"]["scheduled"], true);
    machine.run(&["remind", "--remove"]).ends(0);
    assert!(!units.join("gatehouse-remind.service").exists());
}

/// As systemd reads it: words in quotes. Nothing in these has to be escaped.
#[cfg(target_os = "linux")]
#[test]
fn what_systemd_starts_reminds_of_what_this_person_has() {
    let bed = Bed::new();
    let machine = reader(&bed);
    machine.run(&["remind", "--install"]).ends(0);
    let home = machine.home().parent().unwrap().to_owned();
    let service = home.join(".config/systemd/user/gatehouse-remind.service");
    let service = std::fs::read_to_string(service).unwrap();
    let quoted = |line: &str| line.trim_matches('"').to_owned();
    let environment = service.lines().filter_map(|line| line.strip_prefix("Environment=")).map(quoted);
    let environment: Vec<_> = environment.collect();
    let command = service.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let words: Vec<_> = command.split("\" \"").map(quoted).collect();
    let scheduled = std::process::Command::new(&words[0])
        .args(&words[1..])
        .env_clear()
        .env("HOME", home)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .envs(environment.iter().map(|one| one.split_once('=').unwrap()))
        .output()
        .unwrap();
    let told = String::from_utf8(scheduled.stdout).unwrap() + &String::from_utf8(scheduled.stderr).unwrap();
    assert_eq!(scheduled.status.code(), Some(1), "{told}");
    assert!(told.contains("did not get through") && told.contains("Quayside Wifi: secret wifi"), "{told}");
    // It wrote into the same ledger: what was just tried is not tried again at once.
    let by_hand = machine.run_bare(&["remind"]).ends(0);
    assert!(by_hand.out.starts_with("Nothing new to remind of."), "{}", by_hand.out);
}

#[test]
fn a_trial_says_what_became_of_each_way() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let trials = machine.run(&["--json", "remind", "--test"]).ends(1).json();
    let of = |channel: &str| {
        let found = trials.as_array().unwrap().iter().find(|one| one["channel"] == channel);
        found.unwrap()["result"]["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!((of("desktop"), of("calendar"), of("webhook")), ("failed".into(), "off".into(), "off".into()));
}

#[test]
fn a_calendar_file_holds_what_is_ahead() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let saved = machine.run(&["--json", "remind", "--calendar-file"]).ends(0).json();
    let text = std::fs::read_to_string(saved["file"].as_str().unwrap()).unwrap();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("BEGIN:VEVENT"));
}

#[test]
fn what_is_handed_on_is_opened_and_taken_over_by_a_colleague_and_holds_nothing_secret() {
    let bed = Bed::new();
    let mine = Machine::on(&bed.cloud_file());
    mine.sign_in();
    assert!(matches!(mine.set_up().code, 0 | 5));
    let view = mine.run(&["--json", "status", &mine.connection()]).ends(0).json();
    let fields = view["handOver"]["sections"].as_array().unwrap().iter();
    let secret = fields
        .flat_map(|section| section["fields"].as_array().unwrap())
        .find(|field| field["secret"] == true)
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let value = mine.run(&["hand-over", &mine.connection(), "--show-secret", &secret]).ends(0).out;
    let saved = mine.run(&["--json", "hand-on", "save"]).ends(0).json();
    let file = saved["file"].as_str().unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    assert!(!text.contains(value.trim()), "a secret stands in the file");

    let other = Machine::on(&bed.cloud_file());
    other.sign_in();
    let opened = other.run(&["--json", "hand-on", "open", file]).ends(0).json();
    assert!(opened["problem"].is_null(), "{opened}");
    other.run(&["hand-on", "accept", file]).ends(130);
    other.run(&["hand-on", "accept", file, "--yes"]).ends(0);
    let theirs = other.run(&["--json", "status", &other.connection()]).ends(0).json();
    assert_eq!(theirs["registrations"][0]["appId"], view["registrations"][0]["appId"]);
    assert_eq!(theirs["registrations"][0]["secret"]["stored"], false);
    let broken = other.file("broken.json", &text.replace("\"format\": 1", "\"format\": 7"));
    other.run(&["hand-on", "open", broken.to_str().unwrap()]).ends(1);
}
