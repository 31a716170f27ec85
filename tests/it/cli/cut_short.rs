//! A run that is cut short in the middle: killed, interrupted, or stopped by a bad day. It goes on, or is undone, and nothing
//! is there twice.

use serde_json::{Value, json};

use super::bed::Bed;
use super::machine::{MAILBOX, Machine, SENDER};

const SET_UP: [&str; 7] = ["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"];
const NAMES: [&str; 2] = ["Totalview Calendar Synchronization", "Totalview E-Mail Sending"];

/// Making a secret takes for ever.
fn stuck() -> Value {
    json!([
        { "method": "POST", "path": "/v1.0/applications/*/addPassword", "action": { "do": "delay", "ms": 600_000 } },
    ])
}

/// A run that has made both registrations and hangs in what comes next.
fn in_the_middle(bed: &Bed, machine: &Machine) -> super::machine::AtWork {
    bed.goes_wrong(stuck());
    let at_work = machine.start(&SET_UP);
    bed.until("making the enterprise apps", |bed| {
        bed.look(|tables| {
            NAMES.iter().all(|name| {
                tables
                    .service_principals
                    .values()
                    .any(|row| row.deleted.is_none() && row.text("displayName") == *name)
            })
        })
    });
    at_work
}

fn the_run(machine: &Machine) -> Value {
    let runs = machine.run(&["--json", "runs"]).ends(0).json();
    runs.as_array().unwrap().iter().find(|run| run["title"] == json!("Set up Totalview")).unwrap().clone()
}

#[test]
fn killed_in_the_middle_it_goes_on() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    in_the_middle(&bed, &machine).is_killed();
    bed.goes_well();

    let run = the_run(&machine);
    assert_eq!(run["state"], json!("interrupted"));
    assert_eq!(machine.run(&["--json", "status"]).ends(0).json(), json!([]), "nothing is called finished");
    let resumed = machine.run(&["--json", "resume", run["id"].as_str().unwrap()]).ends(0).json();
    assert_eq!(resumed["summary"]["state"], json!("done"));
    for proof in resumed["proofs"].as_array().unwrap() {
        assert_eq!(proof["result"]["kind"], json!("proved"), "{proof}");
    }
    for name in NAMES {
        let made = bed.registrations(name);
        assert_eq!(made.len(), 1, "{name} is there twice");
        assert_eq!(made[0].1, 1, "{name} has one secret, whose value is kept");
    }
    assert_eq!(machine.state(), "works");
    machine.run(&["test", &machine.connection()]).ends(0);
    // A run that is finished has nothing to go on with.
    assert_eq!(the_run(&machine)["state"], json!("done"));
}

#[test]
fn killed_in_the_middle_it_is_undone() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let before = bed.state();
    in_the_middle(&bed, &machine).is_killed();
    bed.goes_well();
    assert_ne!(bed.state(), before);
    machine.run(&["undo", the_run(&machine)["id"].as_str().unwrap()]).ends(0);
    bed.is_as(&before);
    assert_eq!(the_run(&machine)["state"], json!("undone"));
}

/// Ctrl-C ends it at the next safe point, with what was done written down.
#[test]
fn interrupted_it_stops_and_says_so() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let before = bed.state();
    let at_work = in_the_middle(&bed, &machine);
    assert_eq!(at_work.is_interrupted(), 130);
    bed.goes_well();
    let run = the_run(&machine);
    assert_eq!(run["state"], json!("interrupted"));
    machine.run(&["undo", run["id"].as_str().unwrap()]).ends(0);
    bed.is_as(&before);
}

/// Another person may not go on with a run, and may undo it.
#[test]
fn a_colleague_may_undo_but_not_go_on() {
    let bed = Bed::new();
    let mut machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let before = bed.state();
    in_the_middle(&bed, &machine).is_killed();
    bed.goes_well();
    let run = the_run(&machine)["id"].as_str().unwrap().to_owned();
    machine.run(&["sign-out"]).ends(0);
    // Looking at runs needs nobody.
    assert_eq!(the_run(&machine)["state"], json!("interrupted"));
    machine.run(&["undo", &run]).ends(3);

    // Global Administrator, too: an account that nobody uses every day.
    machine.person_is("emergency-access");
    let client_id = bed.registrations("Gatehouse")[0].0.clone();
    machine.run(&["sign-in", "--client-id", &client_id, "--organisation", bed.id()]).ends(0);
    let refused = machine.run(&["--json", "resume", &run]).ends(3).json();
    assert!(refused["error"]["why"].as_str().unwrap().contains("Astrid Lindqvist"), "{refused}");
    machine.run(&["undo", &run]).ends(0);
    let after = bed.state();
    for (what, body) in &before {
        assert_eq!(after.get(what), Some(body), "{what}");
    }
    for name in NAMES {
        assert_eq!(bed.registrations(name), [], "{name}");
    }
}

/// A day on which Microsoft is not there: parked with its reason, and nothing is called done.
#[test]
fn a_bad_day_stops_the_run_and_a_good_one_finishes_it() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    bed.goes_wrong(json!([
        { "method": "POST", "path": "/v1.0/applications/*/addPassword",
          "action": { "do": "status", "status": 400, "body": { "error": {
              "code": "Request_BadRequest", "message": "Not today." } } } },
    ]));
    let stopped =
        machine.run(&["--json", "setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]);
    let stopped = stopped.ends(1);
    let run = stopped.json();
    assert_eq!(run["summary"]["state"], json!("interrupted"));
    assert_eq!(run["error"]["code"], json!("graphRefused"));
    assert!(run["error"]["support"]["requestId"].as_str().is_some_and(|id| !id.is_empty()), "{run}");
    let id = run["summary"]["id"].as_str().unwrap();
    assert!(stopped.err.contains(&format!("gatehouse resume {id}")), "{}", stopped.err);
    bed.goes_well();
    machine.run(&["resume", id]).ends(0);
    for name in NAMES {
        assert_eq!(bed.registrations(name).iter().map(|one| one.1).collect::<Vec<_>>(), [1], "{name}");
    }
}
