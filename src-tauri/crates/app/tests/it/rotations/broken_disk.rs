//! A whole rotation, renewed, handed over and ended, while the disk fails at one of its changes, or loses power there:
//! journal, vault, what is remembered of rotations and set-ups, everything. Started again, Gatehouse shows what is half done
//! and ends it. Nobody is locked out at any moment, no value is lost, and no secret is left that Gatehouse does not name.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use app::App;
use contract::{RotationState, RunState, Space};
use faulty_disk::FaultyDisk;
use faulty_disk::harm::{Harm, Heal, no_power, no_room, nothing_unsynced_survived, one_error, repaired};
use secrecy::ExposeSecret as _;
use tempfile::TempDir;
use tokio::sync::Notify;

use super::{done, held, open, removal, renewal, set_up, value};
use crate::world::{World, copy_into};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// The same files on a disk of their own, in memory where the system has a place for that.
fn copy_of(folder: &Path) -> TempDir {
    let copy = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
    copy_into(folder, copy.path());
    copy
}

/// An organisation with a product, and a computer on which somebody is signed in.
struct Stage {
    world: World,
    app_id: String,
}

/// One rotation on one disk.
struct Rotation<'a> {
    stage: &'a Stage,
    files: &'a Path,
    old: String,
    before: BTreeSet<String>,
    case: String,
}

impl Rotation<'_> {
    /// Renews, hands over and removes with a disk that is harmed at that change. Whether all was over before.
    fn runs(&self, disk: &FaultyDisk, change: u64, harm: Harm) -> bool {
        let runtime = runtime();
        let last = runtime.block_on(async {
            let app = self.stage.world.started_on(self.files);
            app.space_enter(Space::Real).await.unwrap();
            let (dark, last) = (Arc::new(Notify::new()), disk.changes() + change);
            let tell = dark.clone();
            harm(disk, last, Box::new(move || tell.notify_one()));
            tokio::select! {
                () = self.the_way(&app) => {}
                () = dark.notified() => {}
            }
            last
        });
        // With everything that still runs, as a process that ends.
        drop(runtime);
        disk.changes() < last
    }

    /// As far as it goes: a person whom Gatehouse tells of an obstacle goes no further.
    async fn the_way(&self, app: &App) {
        let Ok(plan) = app.plan_make(renewal(&self.stage.app_id, &self.old)).await else { return };
        let Ok(run) = app.run_start(&plan.id, Arc::new(|_| {})).await else { return };
        if run.summary.state != RunState::Done || app.rotation_handed_over(&run.summary.id).await.is_err() {
            return;
        }
        let Ok(plan) = app.plan_make(removal(&run.summary.id)).await else { return };
        let _ = app.run_start(&plan.id, Arc::new(|_| {})).await;
    }

    /// Started again, it is ended; the id of the secret that the product has then.
    async fn is_ended(&self, undo_first: bool) -> String {
        let app = self.stage.world.started_on(self.files);
        app.space_enter(Space::Real).await.unwrap();
        self.product_signs_in(&app).await;
        self.half_done_is_ended(&app, undo_first).await;
        let open = self.every_secret_is_named(&app).await;
        let id = match open.as_deref() {
            Some(id) => id.to_owned(),
            None => done(&app, renewal(&self.stage.app_id, &self.old)).await.summary.id,
        };
        let rotation = app.rotation(&id).await.unwrap();
        if rotation.state == RotationState::HandOver {
            app.rotation_handed_over(&id).await.unwrap();
        }
        if rotation.state != RotationState::Done {
            done(&app, removal(&id)).await;
        }
        let ended = app.rotation(&id).await.unwrap();
        assert_eq!(ended.state, RotationState::Done, "{}: {ended:#?}", self.case);
        let new = ended.new.unwrap().key_id;
        let mut expected = self.before.clone();
        expected.remove(&self.old);
        expected.insert(new.clone());
        assert_eq!(held(&self.stage.world.tenant, &self.stage.app_id), expected, "{}", self.case);
        self.value_is_here(&app, &id, &new).await;
        assert!(app.app_status().await.unwrap().unfinished_runs.is_empty(), "{}", self.case);
        app.close();
        new
    }

    /// With the old secret, or with the new one, whose value is on this disk.
    async fn product_signs_in(&self, app: &App) {
        let there = held(&self.stage.world.tenant, &self.stage.app_id);
        if there.contains(&self.old) {
            return;
        }
        for rotation in app.rotations().await.unwrap() {
            if let Some(new) = rotation.new.filter(|new| there.contains(&new.key_id)) {
                return self.value_is_here(app, &rotation.id, &new.key_id).await;
            }
        }
        panic!("{}: nobody can sign in", self.case);
    }

    async fn value_is_here(&self, app: &App, rotation: &str, key: &str) {
        let kept = app.rotation_reveal(rotation).await.unwrap_or_else(|error| {
            panic!("{}: the value is lost: {error:?}", self.case);
        });
        assert_eq!(
            Some(kept.expose_secret().to_owned()),
            value(&self.stage.world.tenant, key),
            "{}: another value",
            self.case
        );
    }

    /// What Gatehouse says is half done, is undone or gone on with.
    async fn half_done_is_ended(&self, app: &App, undo_first: bool) {
        for run in app.app_status().await.unwrap().unfinished_runs {
            let can_be_undone = held(&self.stage.world.tenant, &self.stage.app_id).contains(&self.old);
            let (came, state) = if undo_first && can_be_undone && run.title.starts_with("Renew") {
                (app.run_undo(&run.id, Arc::new(|_| {})).await.unwrap(), RunState::Undone)
            } else {
                (app.run_resume(&run.id, Arc::new(|_| {})).await.unwrap(), RunState::Done)
            };
            assert_eq!(came.summary.state, state, "{}: {came:#?}", self.case);
        }
    }

    /// Each secret that was not there before belongs to a rotation that Gatehouse shows. The one that is not undone.
    async fn every_secret_is_named(&self, app: &App) -> Option<String> {
        let there = held(&self.stage.world.tenant, &self.stage.app_id);
        let all = app.rotations().await.unwrap();
        for key in there.difference(&self.before) {
            let named = all.iter().any(|one| one.new.as_ref().is_some_and(|new| new.key_id == *key));
            assert!(named, "{}: nobody knows of {key}: {all:#?}", self.case);
        }
        for one in open(app).await {
            let known = app.run(&one.id).await;
            assert!(known.is_ok(), "{}: a rotation without its run: {one:#?}", self.case);
        }
        let live = all.iter().find(|one| one.state != RotationState::Undone);
        live.map(|one| one.id.clone())
    }
}

/// Every `step`th change, beginning with `first`. What one rotation made, the next replaces.
fn part(first: u64, step: usize, case: &str, harm: Harm, heal: Heal) {
    let outside = runtime();
    let (stage, mut old) = outside.block_on(async {
        let world = World::new().await;
        let (app_id, old) = set_up(&world).await;
        world.shows_no_sign_ins();
        world.computer.rests_in_no_time();
        world.app.close();
        (Stage { world, app_id }, old)
    });
    let mut covered = 0;
    for change in (first..).step_by(step) {
        // Certificates may be read 150 times a minute.
        stage.world.minutes_pass(1);
        let files = copy_of(stage.world.folder());
        let disk = FaultyDisk::at(files.path()).unwrap();
        let before = held(&stage.world.tenant, &stage.app_id);
        let case = format!("{case}, change {change}");
        let rotation = Rotation { stage: &stage, files: files.path(), old, before, case };
        let over = rotation.runs(&disk, change, harm);
        heal(&disk, change).unwrap();
        old = outside.block_on(rotation.is_ended(change % 3 == 0));
        if over {
            break;
        }
        covered += 1;
    }
    assert!(covered > 0);
    tracing::info!(covered, "a rotation, {case}: nobody locked out, nothing lost, no orphan");
}

/// `some` are spread over the whole; the rest is for those who have time (`--run-ignored all`).
macro_rules! parts {
    ($($name:ident: $harm:ident, $heal:ident, $first:literal;)*) => {
        $(mod $name {
            use super::*;
            const CASE: &str = concat!(stringify!($harm), ", ", stringify!($heal));
            #[test]
            fn some() { part($first, 61, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some of it is tried each time"] fn first() { part(1, 4, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some of it is tried each time"] fn second() { part(2, 4, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some of it is tried each time"] fn third() { part(3, 4, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some of it is tried each time"] fn fourth() { part(4, 4, CASE, $harm, $heal); }
        })*
    };
}

parts! {
    power_lost: no_power, nothing_unsynced_survived, 3;
    an_error: one_error, repaired, 8;
    no_room_left: no_room, repaired, 13;
}
