//! The vendors' guides, end to end, by the real program: set up, looked at, tested, done again without a write, undone
//! without a trace. A test carries the name of the guide's row.

mod certero;
mod cirrus_exchange;
mod cirrus_insight;
mod custom;
mod registrations;
mod sense;
mod totalview;

use serde_json::Value;

use super::bed::Bed;
use super::machine::Machine;

/// A mailbox inside of the group that connectors are limited to, and one outside.
pub(super) const INSIDE: &str = "erik.johansson@lindqvist-practice.example";
pub(super) const OUTSIDE: &str = "noor.haddad@lindqvist-practice.example";
/// A mail-enabled security group: the people of Sales.
pub(super) const GROUP: &str = "calendar-connector-scope@lindqvist-practice.example";
/// The organisation's domain.
pub(super) const DOMAIN: &str = "lindqvist-practice.example";

/// An organisation, a computer, and its admin signed in for all that a guide asks.
pub(super) fn begin(tasks: &[&str]) -> (Bed, Machine) {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    let tasks: Vec<&str> = tasks.iter().flat_map(|task| ["--for", task]).collect();
    machine.run(&[&["sign-in", "--create-registration", "--yes"], tasks.as_slice()].concat()).ends(0);
    (bed, machine)
}

/// Sets a connector up, and shows that it works; gives the run.
#[track_caller]
pub(super) fn set_up(machine: &Machine, arguments: &[&str]) -> Value {
    machine.run(&[&["--json", "setup"], arguments, &["--yes"]].concat()).ends(0).json()
}

/// The same for a product that works for people: what it does for a person is not tried until one signs in to it, and the
/// program says so.
#[track_caller]
pub(super) fn set_up_for_people(machine: &Machine, arguments: &[&str]) -> Value {
    let said = machine.run(&[&["--json", "setup"], arguments, &["--yes"]].concat());
    assert!(matches!(said.code, 0 | 5), "{}", said.all());
    let run = said.json();
    for proof in run["proofs"].as_array().unwrap() {
        assert_ne!(proof["result"]["kind"], "refused", "{proof}");
    }
    run
}

/// The client id of the registration of this name.
#[track_caller]
pub(super) fn client_id(bed: &Bed, name: &str) -> String {
    let all = bed.registrations(name);
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    all[0].0.clone()
}

/// The set-up is as it should be: shown, tested, and nothing is left to do when it is made again.
#[track_caller]
pub(super) fn stands(bed: &Bed, machine: &Machine, again: &[&str]) {
    assert_eq!(machine.state(), "works");
    let connection = machine.connection();
    machine.run(&["test", &connection]).ends(0);
    let seen = bed.requests().len();
    let run = set_up(machine, again);
    let writes: Vec<String> =
        bed.writes_since(seen).into_iter().filter(|write| !write.ends_with("/sendMail")).collect();
    assert_eq!(writes, Vec::<String>::new(), "{run}");
}

/// Undoes the runs of this title, the newest first.
#[track_caller]
pub(super) fn undo_all(machine: &Machine, title: &str) {
    let runs = machine.run(&["--json", "runs"]).ends(0).json();
    let named = |run: &&Value| run["title"].as_str().unwrap().starts_with(title);
    let of_title = runs.as_array().unwrap().iter().filter(named);
    let undoable = of_title.filter(|run| run["state"] != "undone");
    let ids: Vec<&str> = undoable.map(|run| run["id"].as_str().unwrap()).collect();
    assert!(!ids.is_empty(), "{runs}");
    for id in ids {
        let view = machine.run(&["undo", id]);
        // One that changed nothing has nothing to undo.
        assert!(view.code == 0 || view.err.contains("nothing"), "{}", view.all());
    }
}

/// What a proof came to, by a part of its sentence.
#[track_caller]
pub(super) fn proof<'a>(run: &'a Value, words: &str) -> &'a str {
    let found = run["proofs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|proof| proof["sentence"].as_str().unwrap().to_lowercase().contains(&words.to_lowercase()));
    found.unwrap_or_else(|| panic!("no proof about {words}: {run:#}"))["result"]["kind"].as_str().unwrap()
}

/// The hand-over's value under a label.
#[track_caller]
pub(super) fn field(view: &Value, label: &str) -> Value {
    let sections = view["handOver"]["sections"].as_array().unwrap();
    let mut fields = sections.iter().flat_map(|section| section["fields"].as_array().unwrap());
    fields
        .find(|field| field["label"] == label)
        .unwrap_or_else(|| panic!("no field {label}: {view:#}"))
        .clone()
}

/// The connection in full.
pub(super) fn connection(machine: &Machine) -> Value {
    machine.run(&["--json", "status", &machine.connection()]).ends(0).json()
}
