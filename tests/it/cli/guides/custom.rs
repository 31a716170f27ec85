//! Connectors of one's own: from a registration, reviewed, taken in, used, shared, removed.

use serde_json::json;

use super::{INSIDE, begin, set_up, undo_all};

#[test]
fn a_registration_becomes_a_connector_that_is_reviewed_used_shared_and_removed() {
    let (bed, machine) = begin(&[]);
    set_up(&machine, &["totalview", "--feature", "calendar", "--input", &format!("test-mailbox={INSIDE}")]);
    let source = bed.registrations("Totalview Calendar Synchronization")[0].0.clone();
    let made = machine.run(&["--json", "connectors", "from-registration", &source]).ends(0).json();
    let secrets: Vec<String> =
        bed.look(|tables| tables.secrets.values().map(|secret| secret.value.clone()).collect());
    let text = made["text"].as_str().unwrap();
    assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())));
    assert!(!made["leftOut"].as_array().unwrap().is_empty(), "the secret was left out, and that is said");
    undo_all(&machine, "Set up Totalview");

    let file = machine.home().join("own.toml");
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let review = machine.run(&["--json", "connectors", "review", file]).ends(0).json();
    assert_eq!(review["canImport"], json!(true), "{review:#}");
    assert!(!review["sentences"].as_array().unwrap().is_empty());

    let before = bed.state();
    machine.run(&["connectors", "import", file]).ends(130);
    let taken = machine.run(&["--json", "connectors", "import", file, "--yes"]).ends(0).json();
    let id = taken["id"].as_str().unwrap();
    assert_eq!(taken["origin"], json!("custom"));
    let run =
        machine.run(&["--json", "setup", id, "--input", &format!("test-mailbox={INSIDE}"), "--yes"]).ends(0);
    let title = run.json()["summary"]["title"].as_str().unwrap().to_owned();
    undo_all(&machine, &title);
    bed.is_as(&before);

    let shared = machine.run(&["--json", "connectors", "export", id]).ends(0).json();
    machine.run(&["connectors", "review", shared["file"].as_str().unwrap()]).ends(0);
    machine.run(&["connectors", "remove", id]).ends(0);
    machine.run(&["connectors", id]).ends(1);
    machine.run(&["connectors", "remove", "totalview"]).ends(1);
}

#[test]
fn a_file_that_cannot_be_trusted_is_refused_with_the_place_of_every_mistake() {
    let (_bed, machine) = begin(&[]);
    let file = machine.home().join("bad.toml");
    let at = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let review = machine.run(&["--json", "connectors", "review", file.to_str().unwrap()]).ends(1).json();
        machine.run(&["connectors", "import", file.to_str().unwrap(), "--yes"]).ends(1);
        review
    };
    let unknown = at("format = 1\nid = \"x\"\nwombat = true\n");
    assert!(unknown["problems"].to_string().contains("wombat"), "{unknown:#}");
    let nonsense = at("not toml at all [");
    assert!(nonsense["problems"][0]["line"].as_u64().is_some(), "{nonsense:#}");
}
