//! The main job as a Global Administrator: from a fresh machine to a proved connector, handed over, tested again, undone.

use serde_json::{Value, json};

use super::bed::Bed;
use super::machine::{MAILBOX, Machine, SENDER};
use super::normal;

#[test]
fn from_a_fresh_machine_to_a_proved_connector_and_back() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());

    // A fresh machine knows nobody and nothing, and says what to do.
    let empty = machine.run(&["status"]).ends(0);
    assert_eq!(empty.out, "Nothing is set up yet. `gatehouse connectors` shows what can be.\n");
    let nobody = machine.run(&["accounts"]).ends(0);
    assert_eq!(
        nobody.out,
        "Nobody is signed in, and nothing is connected. `gatehouse sign-in` and `gatehouse connect` start.\n"
    );
    assert_eq!(machine.run(&["runs"]).ends(0).out, "Nothing was changed yet.\n");
    machine.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]).ends(3);

    let signed_in = machine.sign_in();
    assert_eq!(
        signed_in.out,
        "Astrid Lindqvist (astrid.lindqvist@lindqvist-practice.example) in Lindqvist Logistics (practice)\n"
    );
    assert_eq!(bed.registrations("Gatehouse").len(), 1);
    let before = bed.state();

    // The plan changes nothing, and leaves nothing behind.
    let seen = bed.requests().len();
    let plan = machine.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--plan"]).ends(0);
    insta::assert_snapshot!("plan", normal::words(&plan.out));
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());

    // Without a yes nothing is changed either.
    let seen = bed.requests().len();
    let asked = machine.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER]).ends(130);
    assert!(asked.err.contains("Add --yes"), "{}", asked.err);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
    bed.is_as(&before);

    let set_up = machine.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]).ends(0);
    insta::assert_snapshot!("set_up", normal::words(&set_up.out));
    for name in ["Totalview Calendar Synchronization", "Totalview E-Mail Sending"] {
        let made = bed.registrations(name);
        assert_eq!(made.len(), 1, "{name}");
        assert_eq!(made[0].1, 1, "{name} has one secret");
    }

    let status = machine.run(&["status"]).ends(0);
    insta::assert_snapshot!("status", normal::words(&status.out));
    let id = machine.connection();
    let in_full = machine.run(&["status", &id]).ends(0);
    insta::assert_snapshot!("status_in_full", normal::words(&in_full.out));
    let runs = machine.run(&["runs"]).ends(0);
    insta::assert_snapshot!("runs", normal::words(&runs.out));

    // The three truths of what was made.
    let app_id = bed.registrations("Totalview Calendar Synchronization")[0].0.clone();
    let truths = machine.run(&["permissions", &app_id]).ends(0);
    insta::assert_snapshot!("permissions", normal::words(&truths.out));

    // A secret is printed when it is asked for by name, alone, and it is the one that Microsoft knows.
    let known: Vec<String> =
        bed.look(|tables| tables.secrets.values().map(|secret| secret.value.clone()).collect());
    let view = machine.run(&["--json", "status", &id]).ends(0).json();
    let fields = secret_fields(&view);
    assert_eq!(fields.len(), 2, "one secret for each registration");
    for field in &fields {
        let shown = machine.run(&["hand-over", &id, "--show-secret", field]).ends(0);
        assert!(known.contains(&shown.out.trim().to_owned()), "{field}");
        assert_eq!(shown.err, "");
    }
    for said in [&signed_in, &plan, &set_up, &status, &in_full, &runs, &truths] {
        for secret in &known {
            assert!(!said.all().contains(secret.as_str()), "a secret was printed that nobody asked for");
        }
    }
    machine.run(&["hand-over", &id, "--show-secret", "0.99"]).ends(1);
    // What is no secret is not shown as one.
    machine.run(&["hand-over", &id, "--show-secret", &plain_field(&view)]).ends(1);

    let tested = machine.run(&["test", &id]).ends(0);
    insta::assert_snapshot!("tested", normal::words(&tested.out));
    assert_eq!(machine.state(), "works");

    // Undone, the organisation is what it was before.
    let run = machine.run(&["--json", "runs"]).ends(0).json();
    let run = run.as_array().unwrap().iter().find(|run| run["title"] == json!("Set up Totalview")).unwrap();
    let undone = machine.run(&["undo", run["id"].as_str().unwrap()]).ends(0);
    insta::assert_snapshot!("undone", normal::words(&undone.out));
    bed.is_as(&before);
    assert_eq!(machine.run(&["--json", "status"]).ends(0).json(), json!([]));
    machine.run(&["status", &id]).ends(1);

    // Signing out takes the session along, and says what remains.
    let out = machine.run(&["sign-out"]).ends(0);
    insta::assert_snapshot!("signed_out", normal::words(&out.out));
    machine.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]).ends(3);
    machine.run(&["sign-out"]).ends(1);
}

/// Setting the same up again renews what is there, and undoing that brings back what was before.
#[test]
fn a_second_set_up_renews_the_first() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    machine.set_up().ends(0);
    let (first, once) = (machine.connection(), bed.registrations("Totalview Calendar Synchronization"));
    let second = machine.set_up().ends(0).json();
    assert_eq!(machine.connection(), first, "it is the same set-up");
    assert_eq!(
        bed.registrations("Totalview Calendar Synchronization")[0].0,
        once[0].0,
        "the same registration"
    );
    let run = second["summary"]["id"].as_str().unwrap();
    if second["canUndo"] == json!(true) {
        machine.run(&["undo", run]).ends(0);
    }
    assert_eq!(machine.connection(), first, "undoing the second leaves the first");
    machine.run(&["test", &first]).ends(0);
}

fn secret_fields(view: &Value) -> Vec<String> {
    fields(view, true)
}

fn plain_field(view: &Value) -> String {
    fields(view, false).remove(0)
}

fn fields(view: &Value, secret: bool) -> Vec<String> {
    let sections = view["handOver"]["sections"].as_array().unwrap();
    sections
        .iter()
        .flat_map(|section| section["fields"].as_array().unwrap())
        .filter(|field| field["secret"] == json!(secret))
        .map(|field| field["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The other connector: one registration, its features tried on one mailbox.
#[test]
fn cirrus_insight_is_set_up_and_proved_too() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let before = bed.state();
    let domain = "domains=lindqvist-practice.example";
    let run =
        machine.run(&["--json", "setup", "cirrus-insight", "--input", MAILBOX, "--input", domain, "--yes"]);
    let run = run.ends(0).json();
    assert!(run["proofs"].as_array().unwrap().len() >= 2, "{run}");
    assert_eq!(
        bed.registrations("Cirrus Insight Service Account").iter().map(|one| one.1).collect::<Vec<_>>(),
        [1]
    );
    let in_full = machine.run(&["status", &machine.connection()]).ends(0);
    insta::assert_snapshot!("cirrus_in_full", normal::words(&in_full.out));
    machine.run(&["undo", run["summary"]["id"].as_str().unwrap()]).ends(0);
    bed.is_as(&before);
}
