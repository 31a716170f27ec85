//! Attacks 31, 32 and 35: every secret of a whole day's work, looked for in everything that Gatehouse wrote or said.

use std::path::{Path, PathBuf};

use super::bed::Bed;
use super::machine::{Machine, Said};

/// All files below a folder, with their bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

fn contains(bytes: &[u8], wanted: &str) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

#[test]
fn no_secret_is_written_or_said_at_the_finest_log_level() {
    let bed = Bed::heard();
    let mut machine = Machine::on(&bed.cloud_file());
    machine.logs("trace");
    let mut said: Vec<Said> = vec![machine.sign_in(), machine.set_up().ends(0)];
    let connection = machine.connection();
    said.push(machine.run(&["status", &connection]).ends(0));
    said.push(machine.run(&["test", &connection]).ends(0));
    said.push(machine.run(&["--json", "permissions", &bed.registrations("Gatehouse")[0].0]).ends(0));
    // Bad days say more than good ones.
    bed.goes_wrong(serde_json::json!([
        { "path": "/v1.0/**", "times": 2, "action": { "do": "garbage" } },
        { "path": "/*/oauth2/v2.0/token", "times": 2, "action": { "do": "status", "status": 500 } },
    ]));
    said.push(machine.run(&["test", &connection]));
    bed.goes_well();
    said.push(machine.run(&["runs"]).ends(0));

    let mut secrets = bed.wire.as_ref().unwrap().secrets();
    bed.look(|tables| secrets.extend(tables.secrets.values().map(|secret| secret.value.clone())));
    // Sessions (bootstrap and own, access and refresh), codes, verifiers, two client secrets.
    assert!(secrets.len() >= 12, "the ear on the wire heard only {} secrets", secrets.len());
    let logged: usize = said.iter().map(|said| said.err.len()).sum();
    assert!(logged > 10_000, "the log was not at its finest: {logged} bytes");

    let files = files(&machine.home());
    assert!(files.iter().any(|(path, _)| path.ends_with("vault.db")), "{files:?}");
    for secret in &secrets {
        for (path, bytes) in &files {
            assert!(!contains(bytes, secret), "a secret lies in {}", path.display());
        }
        for said in &said {
            assert!(!said.all().contains(secret.as_str()), "a secret was said: {}", said.all());
        }
    }

    // The search itself works: the one place where a secret may be said is found by it.
    let shown = machine.run(&["hand-over", &connection, "--show-secret", "0.2"]).ends(0);
    assert!(secrets.contains(shown.out.trim()), "{}", shown.out);

    // Attack 42: after signing out there is no session on the disk at all, in whatever form.
    let sealed = |machine: &Machine| {
        let vault = machine.space().join("vault.db");
        let vault = files_of_kind(&vault);
        vault.contains("refresh-token")
    };
    assert!(sealed(&machine), "there was a session before");
    machine.run(&["sign-out"]).ends(0);
    assert!(!sealed(&machine), "the session's record is still there");
}

/// The vault's ids are readable: what is in it can be listed without the key.
fn files_of_kind(vault: &Path) -> String {
    let mut all = String::new();
    for suffix in ["", "-wal"] {
        let path = PathBuf::from(format!("{}{suffix}", vault.display()));
        all += &String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default());
    }
    all
}

/// Practice, too: the pretend organisation's own file is the only one that holds its secrets, and it belongs to the other side.
#[test]
fn in_practice_only_the_other_side_keeps_its_secrets() {
    let mut machine = Machine::practising();
    machine.logs("trace");
    let said = [machine.sign_in(), machine.set_up().ends(0)];
    let connection = machine.connection();
    let secret =
        machine.run(&["hand-over", &connection, "--show-secret", "0.2"]).ends(0).out.trim().to_owned();
    assert!(secret.len() >= 16);
    let holding: Vec<PathBuf> = files(&machine.home())
        .into_iter()
        .filter(|(_, bytes)| contains(bytes, &secret))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(holding, [machine.space().join("tenant.json")]);
    assert!(said.iter().all(|said| !said.all().contains(&secret)));
}
