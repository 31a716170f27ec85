//! Two Gatehouses at once on one practice organisation, in one home.

use serde_json::json;

use super::machine::{MAILBOX, Machine, SENDER};

/// The second one finds the practice organisation of the first; when the first one ends, the second goes on with it.
#[test]
fn practice_outlives_the_gatehouse_that_started_it() {
    let mut machine = Machine::practising();
    machine.sign_in();
    assert!(!machine.space().join("practice.json").exists(), "an address that is nobody's was left behind");
    // The first: it waits for a browser in which nobody does anything.
    machine.person_does("leave");
    let first = machine.start(&["sign-in"]);
    let card = machine.space().join("practice.json");
    until("the first one tells its address", || card.exists());
    // A second one beside it works on the same organisation.
    let run = machine.set_up().ends(0).json();
    assert_eq!(run["summary"]["state"], json!("done"));
    machine.run(&["test", &machine.connection()]).ends(0);

    // A third waits as a guest of the first, which is then killed; a fourth is a guest of the third.
    let third = machine.start(&["sign-in"]);
    machine.run(&["test", &machine.connection()]).ends(0);
    first.is_killed();
    machine.run(&["test", &machine.connection()]).ends(0);
    third.is_killed();
    machine.run(&["test", &machine.connection()]).ends(0);
}

#[test]
fn many_begin_in_a_fresh_home_at_the_same_moment() {
    let machine = Machine::practising();
    let codes: Vec<i32> = std::thread::scope(|scope| {
        let all: Vec<_> =
            (0..6).map(|_| scope.spawn(|| machine.run_bare(&["--json", "connectors"]))).collect();
        all.into_iter()
            .map(|one| {
                let said = one.join().unwrap();
                assert_eq!(said.err, "", "nothing went wrong on the way");
                said.code
            })
            .collect()
    });
    assert_eq!(codes, [0; 6]);
}

/// The same plan by two people of one home at the same moment: one set of registrations, and each is told how it went.
#[test]
fn two_runs_at_once_do_not_make_anything_twice() {
    let bed = super::bed::Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let said: Vec<_> = std::thread::scope(|scope| {
        let run =
            || machine.run(&["--json", "setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]);
        let both = [scope.spawn(run), scope.spawn(run)];
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(said.iter().any(|said| said.code == 0), "{said:?}");
    for said in said.iter().filter(|said| said.code != 0) {
        assert_eq!(said.json()["error"]["code"], json!("runElsewhere"), "{said:?}");
    }
    for name in ["Totalview Calendar Synchronization", "Totalview E-Mail Sending"] {
        let made = bed.registrations(name);
        assert!(made.len() <= 2 && !made.is_empty(), "{name}: {made:?}");
        let done = said.iter().filter(|said| said.code == 0).count();
        assert!(made.len() <= done, "{name}: {made:?} by {done} runs");
    }
    let unfinished = machine.run(&["--json", "runs"]).ends(0).json();
    for run in unfinished.as_array().unwrap() {
        assert_eq!(run["state"], json!("done"), "{run}");
    }
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed().as_secs() < 60, "{what}: it did not happen");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
