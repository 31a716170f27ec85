//! Files that people bring along, and clouds that they describe.

use serde_json::json;

use super::bed::{Bed, card};
use super::machine::Machine;

/// A mistake in a connector file is told with its line, and no home is needed for that.
#[test]
fn a_malformed_connector_file_is_told_with_its_place() {
    let machine = Machine::practising();
    let good = include_str!("../../../src-tauri/crates/blueprint/connectors/totalview.toml");
    let file = machine.file("good.toml", good);
    let said = machine.run_bare(&["check-connector", file.to_str().unwrap()]).ends(0);
    assert_eq!(said.out, "This connector can be used.\n");

    let bad = good.replacen("kind = \"mailbox\"", "kind = \"mailbocks\"", 1);
    let line = bad.lines().position(|line| line.contains("mailbocks")).unwrap() + 1;
    let file = machine.file("bad.toml", &bad);
    let said = machine.run_bare(&["check-connector", file.to_str().unwrap()]).ends(1);
    assert!(said.out.starts_with(&format!("bad.toml:{line}:")), "{}", said.out);
    assert!(said.out.contains("mailbocks"), "{}", said.out);
    let problems = machine.run_bare(&["--json", "check-connector", file.to_str().unwrap()]).ends(1).json();
    assert!(!problems.as_array().unwrap().is_empty());

    for (name, content) in
        [("empty.toml", ""), ("junk.toml", "\u{0}\u{1}"), ("deep.toml", &"[".repeat(100_000))]
    {
        let file = machine.file(name, content);
        let said = machine.run_bare(&["check-connector", file.to_str().unwrap()]).ends(1);
        assert!(!said.out.is_empty(), "{name}");
    }
    for unreadable in ["/nonexistent.toml", "/", "/dev/zero"] {
        let said = machine.run_bare(&["--json", "check-connector", unreadable]).ends(1);
        assert_eq!(said.json()["error"]["code"], json!("fileNotUsable"), "{unreadable}");
    }
    assert!(!machine.home().exists(), "nothing was opened for it");
}

#[test]
fn a_malformed_request_file_is_refused() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let seen = bed.requests().len();
    let long = format!("\"{}\"", "x".repeat(2_000_000));
    for content in ["", "{", "[]", "null", "{\"format\":\"gatehouse-grant-request\",\"version\":99}", &long] {
        let file = machine.file("request.json", content);
        let said = machine.run(&["--json", "grant", "--request", file.to_str().unwrap(), "--yes"]).ends(1);
        assert_eq!(said.json()["error"]["code"], json!("fileNotUsable"), "{content:.40}");
    }
    let said = machine.run(&["--json", "grant", "--request", "/nonexistent", "--yes"]).ends(1);
    assert_eq!(said.json()["error"]["code"], json!("fileNotUsable"));
    assert!(said.err.contains("/nonexistent"), "{}", said.err);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
}

/// Attack 66 and its like: a file cannot make Gatehouse send anything to Microsoft, to another machine in clear, or into the
/// practice organisation.
#[test]
fn a_cloud_file_that_leads_astray_is_refused() {
    let machine = Machine::practising();
    for (name, base) in [
        ("lab", "https://login.microsoftonline.com/"),
        ("lab", "https://graph.microsoft.com./"),
        ("lab", "http://login.example/"),
        ("lab", "http://localhost.evil.example/"),
        ("lab", "file:///etc/passwd"),
        ("lab", "http://user:word@localhost:1/"),
        ("practice", "http://localhost:1/"),
    ] {
        let machine = Machine::on(&machine.file("cloud.json", &card(name, base)));
        let said = machine.run(&["--json", "sign-in", "--create-registration", "--yes"]).ends(1);
        assert_eq!(said.json()["error"]["code"], json!("fileNotUsable"), "{name} {base}");
        assert_eq!(machine.seen(), "", "no browser was opened");
        assert!(!machine.home().exists(), "nothing was begun");
    }
    for content in ["", "{}", "{\"name\":\"lab\"}", "[1,2"] {
        let machine = Machine::on(&machine.file("cloud.json", content));
        machine.run(&["status"]).ends(1);
    }
}

/// Two clouds in one home: what was signed in to one is neither shown nor sent to the other.
#[test]
fn tokens_of_one_cloud_never_reach_another() {
    let (one, other) = (Bed::new(), Bed::new());
    let mut machine = Machine::on(&one.cloud_file());
    machine.sign_in();
    machine.set_up().ends(0);
    let asked = one.requests().len();

    machine.moves_to(&other.cloud_file());
    assert_eq!(machine.run(&["--json", "accounts"]).ends(0).json(), json!([]));
    assert_eq!(machine.run(&["--json", "status"]).ends(0).json(), json!([]));
    assert_eq!(machine.run(&["--json", "runs"]).ends(0).json(), json!([]));
    machine.run(&["permissions", &one.registrations("Gatehouse")[0].0]).ends(3);
    assert!(other.requests().is_empty(), "{:?}", other.requests());
    assert_eq!(one.requests().len(), asked);
}
