//! Rotations from the first plan to the last undo.

use super::reader;
use crate::cli::bed::Bed;
use crate::cli::machine::Machine;
use serde_json::Value;

/// A registration of the organisation with exactly one secret that works.
pub(super) fn with_one_secret(machine: &Machine) -> (String, String) {
    let page = machine.run(&[
        "--json",
        "inventory",
        "list",
        "--only",
        "kind=registration",
        "--only",
        "credential=secret",
        "--only",
        "ends=later",
    ]);
    let page = page.ends(0).json();
    for row in page["rows"].as_array().unwrap().iter().filter(|row| row["credentials"] == 1) {
        let app_id = row["app"]["appId"].as_str().unwrap();
        let detail = machine.run(&["--json", "inventory", "show", app_id]).ends(0).json();
        if let Some(key) = detail["credentials"][0]["keyId"].as_str() {
            return (app_id.to_owned(), key.to_owned());
        }
    }
    panic!("{page}")
}

fn only_rotation(machine: &Machine) -> Value {
    let all = machine.run(&["--json", "rotations"]).ends(0).json();
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    all[0].clone()
}

pub(super) fn secrets_of(bed: &Bed, app_id: &str) -> Vec<String> {
    bed.look(|tables| {
        let app = tables.applications.values().find(|row| row.text("appId") == app_id).unwrap();
        let all = app.body["passwordCredentials"].as_array().unwrap();
        all.iter().map(|one| one["keyId"].as_str().unwrap().to_owned()).collect()
    })
}

#[test]
fn a_new_secret_beside_the_old_one_handed_over_and_the_old_one_removed_undone_and_redone() {
    let bed = Bed::throttled();
    let machine = reader(&bed);
    let (app_id, old) = with_one_secret(&machine);
    machine.run(&["renew", &app_id, "--plan"]).ends(0);
    assert_eq!(secrets_of(&bed, &app_id), std::slice::from_ref(&old));
    let renewed = machine.run(&["renew", &app_id, "--yes"]);
    assert!(matches!(renewed.code, 0 | 5), "{}", renewed.all());
    assert_eq!(secrets_of(&bed, &app_id).len(), 2, "the old one stays");

    let rotation = only_rotation(&machine);
    let id = rotation["id"].as_str().unwrap();
    assert_eq!((&rotation["state"], &rotation["old"][0]["keyId"]), (&"handOver".into(), &old.clone().into()));
    let value = machine.run(&["rotations", "show", id, "--show-secret"]).ends(0).out;
    let file = machine.file("pasted", &format!("  {}\n", value.trim()));
    let matched = machine.run(&["--json", "match", file.to_str().unwrap()]).ends(0).json();
    assert_eq!(matched["candidates"][0]["certain"], true, "{matched}");

    let handed = machine.run(&["--json", "rotations", "handed-over", id]).ends(0).json();
    assert_eq!(handed["state"], "watching");
    let looked = machine.run(&["--json", "rotations", "look", id]).ends(0).json();
    assert!(!looked["lookedAt"].is_null());
    let finished = machine.run(&["finish", id, "--yes"]);
    assert!(matches!(finished.code, 0 | 5), "{}", finished.all());
    let done = only_rotation(&machine);
    assert_eq!(done["state"], "done", "{done}");
    assert!(!secrets_of(&bed, &app_id).contains(&old));
}

#[test]
fn undone_before_the_hand_over_the_old_one_is_all_there_is() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let (app_id, old) = with_one_secret(&machine);
    let renewed = machine.run(&["renew", &app_id, "--yes"]);
    assert!(matches!(renewed.code, 0 | 5), "{}", renewed.all());
    let rotation = only_rotation(&machine);
    machine.run(&["undo", rotation["id"].as_str().unwrap()]).ends(0);
    assert_eq!(only_rotation(&machine)["state"], "undone");
    assert_eq!(secrets_of(&bed, &app_id), [old]);
}

#[test]
fn a_made_certificate_is_saved_under_a_passphrase_that_openssl_opens() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let (app_id, _) = with_one_secret(&machine);
    let renewed = machine.run(&["renew", &app_id, "--certificate", "--yes"]);
    assert!(matches!(renewed.code, 0 | 5), "{}", renewed.all());
    let rotation = only_rotation(&machine);
    let id = rotation["id"].as_str().unwrap();
    let short = machine.file("short", "secret\n");
    machine.run(&["rotations", "save-key", id, "--seal-with", short.to_str().unwrap()]).ends(7);
    let long = machine.file("long", "a passphrase of some length\n");
    let saved = machine.run(&["--json", "rotations", "save-key", id, "--seal-with", long.to_str().unwrap()]);
    let saved = saved.ends(0).json();
    let file = saved["file"].as_str().unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("BEGIN ENCRYPTED PRIVATE KEY") && text.contains("BEGIN CERTIFICATE"));
    assert!(!text.contains("BEGIN PRIVATE KEY"));
    let opened = std::process::Command::new("openssl")
        .args(["pkey", "-in", file, "-passin", &format!("file:{}", long.display()), "-noout", "-check"])
        .output();
    if let Ok(opened) = opened {
        assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    }
}

#[test]
fn a_private_key_is_refused_where_a_certificate_is_asked_for() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let (app_id, _) = with_one_secret(&machine);
    let key = machine.file("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    machine.run(&["renew", &app_id, "--upload", key.to_str().unwrap(), "--yes"]).ends(1);
    assert!(machine.run(&["--json", "rotations"]).ends(0).json().as_array().unwrap().is_empty());
}

#[test]
fn an_app_trusts_a_service_by_one_command_and_what_does_not_fit_is_said() {
    let bed = Bed::new();
    let machine = reader(&bed);
    let (app_id, _) = with_one_secret(&machine);
    let trust = |name: &str| {
        let (issuer, subject) = ("https://token.actions.githubusercontent.com", "repo:example/calendar");
        machine.run(&[
            "add-trust",
            &app_id,
            "--name",
            name,
            "--issuer",
            issuer,
            "--subject",
            subject,
            "--yes",
        ])
    };
    let unfit = trust("a name with spaces");
    assert!(unfit.code != 0 && unfit.all().contains("The name does not fit"), "{}", unfit.all());
    trust("github-main").ends(0);
    let detail = machine.run(&["--json", "inventory", "show", &app_id]).ends(0).json();
    let all = detail["credentials"].as_array().unwrap();
    let made = all.iter().find(|one| one["kind"] == "federated").unwrap();
    assert_eq!((&made["name"], &made["endsAt"]), (&"github-main".into(), &Value::Null));
    machine.run(&["remove-credentials", &app_id, made["keyId"].as_str().unwrap(), "--yes"]).ends(0);
    let detail = machine.run(&["--json", "inventory", "show", &app_id]).ends(0).json();
    assert!(!detail.to_string().contains("github-main"), "{detail}");
}
