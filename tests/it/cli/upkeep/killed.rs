//! `kill -9` of the real program at the requests of a rotation that matter: while Microsoft has the request and did nothing yet, and after
//! Microsoft did it and the answer was lost. Started again, it goes on or is undone, by turns. At no moment is there nothing to
//! sign in with; no value is lost, and no secret is left that Gatehouse does not name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::reader;
use super::rotating::{secrets_of, with_one_secret};
use crate::cli::bed::Bed;
use crate::cli::machine::{Machine, Said};

/// A computer, and an app with one secret that a product uses. The app has no enterprise app that can sign in, so that
/// nothing waits until a new secret is known everywhere; `provision` is killed there, with time that is passed in.
struct Stage {
    bed: Bed,
    machine: Machine,
    app_id: String,
}

impl Stage {
    fn new() -> Self {
        let bed = Bed::new();
        let machine = reader(&bed);
        let (app_id, _) = with_one_secret(&machine);
        bed.look(|tables| {
            for row in tables.service_principals.values_mut().filter(|row| row.text("appId") == app_id) {
                row.body.insert("accountEnabled".to_owned(), false.into());
            }
        });
        Self { bed, machine, app_id }
    }

    fn held(&self) -> BTreeSet<String> {
        secrets_of(&self.bed, &self.app_id).into_iter().collect()
    }

    fn only_secret(&self) -> String {
        let held = self.held();
        assert_eq!(held.len(), 1, "{held:?}");
        held.into_iter().next().unwrap()
    }

    fn rotations(&self) -> Vec<Value> {
        self.machine.run(&["--json", "rotations"]).ends(0).json().as_array().unwrap().clone()
    }

    fn unfinished(&self) -> Vec<String> {
        let runs = self.machine.run(&["--json", "runs"]).ends(0).json();
        let half_done = runs.as_array().unwrap().iter().filter(|run| run["state"] == "interrupted");
        half_done.map(|run| run["id"].as_str().unwrap().to_owned()).collect()
    }

    /// Requests of a command that ends by itself, and which of them is the first that changes something.
    fn requests_of(&self, command: &[&str], change: &str) -> (usize, usize) {
        let before = self.bed.requests().len();
        came_well(self.machine.run(command));
        let all = self.bed.requests();
        let first = all[before..].iter().position(|one| one.path.ends_with(change)).unwrap();
        (all.len() - before, first + 1)
    }

    /// Kills the command while its `nth` request waits for an answer; with `lost`, the request named so took effect
    /// before, and its answer was lost. Whether it came so far.
    fn killed_at(&self, command: &[&str], nth: usize, lost: Option<&str>) -> bool {
        let hangs = json!({ "path": "/**", "nth": [nth], "action": { "do": "delay", "ms": 600_000 } });
        let mut faults = Vec::new();
        if let Some(path) = lost {
            let path = format!("/v1.0/applications/*/{path}");
            faults.push(json!({ "path": path, "times": 1, "action": { "do": "drop", "commit": true } }));
        }
        let mishaps = faults.len() as u64 + 1;
        faults.push(hangs);
        self.bed.goes_wrong(Value::from(faults));
        let mut at_work = self.machine.start(command);
        let mut ended = false;
        self.bed.until("the request", |bed| {
            ended = at_work.has_ended();
            ended || bed.mishaps() >= mishaps
        });
        at_work.is_killed();
        self.bed.goes_well();
        !ended
    }

    /// What is there, and was not before, is named, and its value is here.
    fn is_named_and_kept(&self, before: &BTreeSet<String>, case: &str) {
        let rotations = self.rotations();
        for key in self.held().difference(before) {
            let named = rotations.iter().find(|one| one["new"]["keyId"] == key.as_str());
            let named = named.unwrap_or_else(|| panic!("{case}: nobody knows of {key}: {rotations:#?}"));
            let id = named["id"].as_str().unwrap();
            let kept = self.machine.run(&["rotations", "show", id, "--show-secret"]).ends(0).out;
            let real = self.bed.look(|tables| tables.secrets[key].value.clone());
            assert_eq!(kept.trim(), real, "{case}: another value");
        }
    }

    /// The rotation that waits to be handed over, and is.
    fn handed_over(&self) -> String {
        came_well(self.machine.run(&["renew", &self.app_id, "--yes"]));
        let all = self.rotations();
        let open = all.iter().find(|one| one["state"] == "handOver").unwrap();
        let id = open["id"].as_str().unwrap().to_owned();
        self.machine.run(&["rotations", "handed-over", &id]).ends(0);
        id
    }
}

/// Done, or done as far as it can be proved here.
#[track_caller]
fn came_well(said: Said) {
    assert!(matches!(said.code, 0 | 5), "{}", said.all());
}

/// At which requests it is killed: while the change is not made yet, and after its answer was lost. More of them, one by one,
/// are in `provision`, with time that is passed in.
fn points(change: usize) -> [(usize, bool); 2] {
    [(change, false), (change + 1, true)]
}

#[test]
fn a_renewal_is_killed_around_its_change() {
    let stage = Stage::new();
    let old = stage.only_secret();
    let renew = ["renew", &stage.app_id, "--yes"];
    let (all, change) = stage.requests_of(&renew, "addPassword");
    let first = stage.rotations()[0]["id"].as_str().unwrap().to_owned();
    stage.machine.run(&["undo", &first]).ends(0);
    let before = stage.held();
    assert_eq!(before, BTreeSet::from([old.clone()]));
    let (mut killed, mut half_done) = (0, 0);
    for (nth, lost) in points(change) {
        let case = format!("request {nth} of {all}, lost: {lost}");
        killed += usize::from(stage.killed_at(&renew, nth, lost.then_some("addPassword")));
        assert!(stage.held().contains(&old), "{case}: the product is locked out");
        for run in stage.unfinished() {
            half_done += 1;
            if nth % 2 == 0 {
                came_well(stage.machine.run(&["resume", &run]));
            } else {
                stage.machine.run(&["undo", &run]).ends(0);
            }
        }
        stage.is_named_and_kept(&before, &case);
        assert_eq!(stage.unfinished(), [""; 0], "{case}");
        for open in stage.rotations().iter().filter(|one| one["state"] == "handOver") {
            stage.machine.run(&["undo", open["id"].as_str().unwrap()]).ends(0);
        }
        assert_eq!(stage.held(), before, "{case}: something is left");
    }
    assert!(killed == 2 && half_done >= 1, "killed {killed} times, {half_done} times half-way");
}

#[test]
fn a_removal_is_killed_around_its_change() {
    let stage = Stage::new();
    let id = stage.handed_over();
    let (all, change) = stage.requests_of(&["finish", &id, "--yes"], "removePassword");
    let (mut killed, mut half_done) = (0, 0);
    for (nth, lost) in points(change) {
        let case = format!("request {nth} of {all}, lost: {lost}");
        let old = stage.only_secret();
        let id = stage.handed_over();
        let new = stage.held().into_iter().find(|key| *key != old).unwrap();
        let finish = ["finish", &id, "--yes"];
        killed += usize::from(stage.killed_at(&finish, nth, lost.then_some("removePassword")));
        assert!(stage.held().contains(&new), "{case}: the product is locked out");
        stage.is_named_and_kept(&BTreeSet::from([old.clone()]), &case);
        for run in stage.unfinished() {
            half_done += 1;
            came_well(stage.machine.run(&["resume", &run]));
        }
        if stage.held().contains(&old) {
            came_well(stage.machine.run(&finish));
        }
        assert_eq!(stage.unfinished(), [""; 0], "{case}");
        assert_eq!(stage.only_secret(), new, "{case}");
        let rotation = stage.machine.run(&["--json", "rotations", "show", &id]).ends(0).json();
        assert_eq!(rotation["state"], "done", "{case}: {rotation}");
    }
    assert!(killed == 2 && half_done >= 1, "killed {killed} times, {half_done} times half-way");
}
