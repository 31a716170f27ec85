//! Exit codes of docs/headless.md, each by something that a person may do. 0, 4 and others come up in every other file.

use serde_json::json;

use super::bed::Bed;
use super::machine::{MAILBOX, Machine, SENDER};
use super::normal;

/// A list in the documentation is a promise: every code in it has a test here or beside.
#[test]
fn the_documentation_lists_these_codes() {
    let text = include_str!("../../../docs/headless.md");
    let codes: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" |").map(|(code, _)| code))
        .filter(|code| code.chars().all(|letter| letter.is_ascii_digit()))
        .collect();
    assert_eq!(codes, ["0", "1", "2", "3", "4", "5", "6", "7", "130"]);
}

#[test]
fn a_command_line_that_makes_no_sense_is_2() {
    let machine = Machine::practising();
    for nonsense in [
        &["no-such-command"][..],
        &["setup"],
        &["setup", "totalview", "--input", "no equals sign"],
        &["grant"],
        &["grant", "some-id", "--request", "file"],
        &["sign-in", "--client-id", "x"],
        &["--cloud-file", "x", "status"],
        &["--session-only", "--passphrase-file", "x", "status"],
    ] {
        let said = machine.run_bare(nonsense).ends(2);
        assert!(said.out.is_empty() && said.err.contains("--help"), "{nonsense:?}: {}", said.err);
    }
    assert!(!machine.home().exists(), "nothing was begun");
}

#[test]
fn what_does_not_exist_is_1() {
    let machine = Machine::practising();
    for unknown in [
        &["connectors", "no-such-connector"][..],
        &["status", "no-such-set-up"],
        &["test", "no-such-set-up"],
        &["hand-over", "no-such-set-up"],
        &["resume", "no-such-run"],
        &["undo", "0123456789abcdef0123456789abcdef"],
        &["sign-out", "nobody@nowhere.example"],
    ] {
        let said = machine.run(&[&["--json"], unknown].concat()).ends(1);
        assert_eq!(said.json()["error"]["code"], json!("noSuchThing"), "{unknown:?}");
        assert!(said.err.lines().count() >= 3, "{unknown:?} says what, why, what to do: {}", said.err);
    }
}

#[test]
fn nobody_signed_in_is_3() {
    let machine = Machine::practising();
    for needs_somebody in [
        &["setup", "totalview"][..],
        &["permissions", "00000003-0000-0000-c000-000000000000"],
        &["grant", "00000003-0000-0000-c000-000000000000"],
    ] {
        machine.run(needs_somebody).ends(3);
    }
}

/// The proof fails where the person can do something about it: here the mailbox is not in the cloud.
#[test]
fn set_up_but_not_proved_is_5() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let nobody = "test-mailbox=lena.fischer@lindqvist-practice.example";
    let run = machine.run(&["--json", "setup", "totalview", "--input", nobody, "--input", SENDER, "--yes"]);
    let run = run.ends(5).json();
    assert_eq!(run["summary"]["state"], json!("done"), "what was to be made is made");
    assert_eq!(machine.state(), "broken");
    let connection = machine.run(&["--json", "status", &machine.connection()]).ends(0).json();
    assert_eq!(connection["summary"]["provedAt"], json!(null), "it was never proved");
    let tested = machine.run(&["test", &machine.connection()]).ends(5);
    insta::assert_snapshot!("not_proved", normal::words(&tested.out));
}

#[test]
fn answers_that_need_another_look_are_6() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let seen = bed.requests().len();
    let wrong = [
        &["setup", "totalview"][..],
        &["setup", "totalview", "--input", "test-mailbox=noor.haddad", "--input", SENDER],
        &["setup", "totalview", "--input", MAILBOX, "--input", "sender=svc mail@lindqvist-practice.example"],
        &["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--months", "0"],
        &["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--months", "999"],
        &["setup", "totalview", "--feature", "no-such-feature"],
        &["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--input", "no-such-question=x"],
        &["setup", "totalview", "--feature", "calendar", "--input", "test-mailbox=\u{202e}moc.live@x"],
    ];
    let mut words = String::new();
    for answers in wrong {
        let said = machine.run(&[answers, &["--yes"]].concat()).ends(6);
        words += &format!("$ gatehouse {}\n{}\n", answers.join(" "), said.err);
    }
    insta::assert_snapshot!("wrong_answers", normal::words(&words));
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
    // Nothing half-filled is left lying about.
    assert_eq!(machine.run(&["--json", "status"]).ends(0).json(), json!([]));

    let machine = Machine::on(&bed.cloud_file());
    let said = machine.run(&["sign-in"]).ends(6);
    assert!(said.err.contains("--create-registration"), "{}", said.err);
}

#[test]
fn no_place_for_secrets_is_7() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let setup = ["--json", "setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"];

    // The passphrase was not given: told as what it is, not as a session that ended.
    let closed = machine.run_bare(&setup).ends(7);
    assert_eq!(closed.json()["error"]["code"], json!("keyringLocked"), "{}", closed.err);
    assert!(closed.err.contains("--passphrase-file"), "{}", closed.err);
    // What is not secret can be looked at all the same.
    machine.run_bare(&["status"]).ends(0);
    machine.run_bare(&["accounts"]).ends(0);

    let wrong = machine.file("wrong", "another horse battery staple\n");
    let refused =
        machine.run_bare(&[&["--passphrase-file", wrong.to_str().unwrap()][..], &setup].concat()).ends(7);
    assert_eq!(refused.json()["error"]["code"], json!("passphraseWrong"));

    let fresh = Machine::on(&bed.cloud_file());
    let short = fresh.file("short", "short\n");
    let refused = fresh
        .run_bare(&[
            "--json",
            "--passphrase-file",
            short.to_str().unwrap(),
            "sign-in",
            "--create-registration",
        ])
        .ends(7);
    assert_eq!(refused.json()["error"]["code"], json!("passphraseTooShort"));

    // Without a keyring and without a choice: told before the browser opens for a session that could not be kept.
    let client_id = bed.registrations("Gatehouse")[0].0.clone();
    let absent =
        fresh.run_bare(&["--json", "sign-in", "--client-id", &client_id, "--organisation", bed.id()]).ends(7);
    assert_eq!(absent.json()["error"]["code"], json!("keyringAbsent"), "{}", absent.err);
    assert_eq!(fresh.seen(), "", "no browser was opened");
    let missing = fresh.run_bare(&["--json", "--passphrase-file", "/nonexistent", "status"]).ends(1);
    assert_eq!(missing.json()["error"]["code"], json!("fileNotUsable"));
}

/// A session of one command: everything is done in it, and nothing secret is there afterwards.
#[test]
fn session_only_keeps_nothing() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.run_bare(&["--session-only", "sign-in", "--create-registration", "--yes"]).ends(0);
    // The account is remembered by name, its session is not.
    let accounts = machine.run_bare(&["--json", "accounts"]).ends(0).json();
    assert_eq!(accounts.as_array().unwrap().len(), 1);
    machine.run_bare(&["--session-only", "permissions", &bed.registrations("Gatehouse")[0].0]).ends(3);
}

#[test]
fn stopped_in_the_browser_is_130() {
    let bed = Bed::new();
    let mut machine = Machine::on(&bed.cloud_file());
    machine.person_does("leave");
    let waiting = machine.start(&["sign-in", "--create-registration", "--yes"]);
    bed.until("asking the sign-in service", |bed| !bed.requests().is_empty());
    assert_eq!(waiting.is_interrupted(), 130);
    assert_eq!(machine.run(&["--json", "accounts"]).ends(0).json(), json!([]));
}

/// Nobody answers at Microsoft's address: said at once, before a browser opens.
#[test]
fn no_network_is_1_and_is_said_as_such() {
    let machine = Machine::practising();
    // A port that was free a moment ago, and is nobody's now.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let card = super::bed::card("lab", &format!("http://localhost:{port}/"));
    let machine = Machine::on(&machine.file("cloud.json", &card));
    let said = machine.run(&["--json", "sign-in", "--create-registration", "--yes"]).ends(1);
    assert_eq!(said.json()["error"]["code"], json!("offline"), "{}", said.err);
    assert_eq!(machine.seen(), "");
}

/// Row 19: a clock that is wrong is told whatever comes of the command.
#[test]
fn a_wrong_clock_is_said() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    bed.clock_is_ahead(jiff::SignedDuration::from_mins(-20));
    let said = machine.run(&["sign-in", "--create-registration", "--yes"]);
    assert!(said.err.contains("20 minutes ahead of Microsoft's"), "{}", said.err);
}
