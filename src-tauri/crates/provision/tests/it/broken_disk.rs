//! A run whose disk fails at every change of journal and vault in turn, or loses power there. It goes on when the disk works
//! again; nothing exists twice, no value is lost, and no secret is left whose value nobody has.

use std::path::Path;
use std::sync::Arc;

use faulty_disk::FaultyDisk;
use faulty_disk::harm::{
    Harm, Heal, half_of_the_unsynced_survived, no_power, no_room, nothing_unsynced_survived, one_error,
    repaired,
};
use provision::{Finish, JournalError, Reuse, RunId, Stop, Worker};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::setups::{Left, assert_every_secret_is_kept, assert_one_complete, calendar, forget, left};
use crate::world::{ADMIN, World};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// A computer in the same organisation; its disk is in memory where the system has a place for that.
fn computer(world: &World) -> World {
    let mut world = World::on(world.tenant.clone(), ADMIN);
    if let Ok(folder) = TempDir::new_in("/dev/shm") {
        world.folder = Arc::new(folder);
    }
    world
}

/// Runs with a disk that is harmed at that change, counted from the run's begin. Whether the run ended before the change came.
fn run(world: &World, disk: &FaultyDisk, change: u64, harm: Harm) -> (RunId, bool) {
    let runtime = runtime();
    let (run, last) = runtime.block_on(async {
        let plan = world.plan_reusing(&calendar(), &Reuse::Nothing).await;
        let run = plan.run.clone();
        let worker: Worker = world.worker().await;
        let (dark, last) = (Arc::new(Notify::new()), disk.changes() + change);
        let tell = dark.clone();
        harm(disk, last, Box::new(move || tell.notify_one()));
        tokio::select! {
            _ = worker.execute(plan, CancellationToken::new()) => {}
            () = dark.notified() => {}
        }
        (run, last)
    });
    // With everything that still runs, as a process that ends.
    drop(runtime);
    (run, disk.changes() < last)
}

/// Goes on until it is done. Without a word of it in the journal, nothing of it may be anywhere.
async fn goes_on(world: &World, run: &RunId, case: &str) {
    match world.worker().await.resume(run, CancellationToken::new()).await {
        Ok(finished) => {
            assert_eq!(finished.finish, Finish::Done, "{case}: {finished:#?}");
            assert_one_complete(&left(&world.tenant, run));
        }
        Err(Stop::Journal(JournalError::NoSuchRun)) => {
            assert_eq!(left(&world.tenant, run), Left::default(), "{case}");
        }
        Err(error) => panic!("{case}: {error:?}"),
    }
    assert_every_secret_is_kept(world, &left(&world.tenant, run)).await;
}

/// Every eighth change, beginning with `first`: the eight parts run side by side.
fn part(first: u64, case: &str, harm: Harm, heal: Heal) {
    let organisation = World::new(ADMIN);
    let mut covered = 0;
    for change in (first..).step_by(8) {
        let world = computer(&organisation);
        let folder: &Path = world.folder.path();
        let disk = FaultyDisk::at(folder).unwrap();
        let (run, over) = run(&world, &disk, change, harm);
        heal(&disk, change).unwrap();
        runtime().block_on(goes_on(&world, &run, &format!("{case}, change {change}")));
        forget(&world.tenant, &run);
        if over {
            break;
        }
        covered += 1;
    }
    println!("journal and vault, {case}: at {covered} changes of the disk; nothing lost, nothing twice");
}

/// All eight parts each time, or one of them, where the rest is for those who have time (`--run-ignored all`).
macro_rules! parts {
    ($name:ident: $harm:ident, $heal:ident $(, $rest:literal)?) => {
        mod $name {
            use super::*;
            const CASE: &str = concat!(stringify!($harm), ", ", stringify!($heal));
            #[test] fn first() { part(1, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn second() { part(2, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn third() { part(3, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn fourth() { part(4, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn fifth() { part(5, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn sixth() { part(6, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn seventh() { part(7, CASE, $harm, $heal); }
            #[test] $(#[ignore = $rest])? fn eighth() { part(8, CASE, $harm, $heal); }
        }
    };
}

parts!(row_21_power_lost: no_power, nothing_unsynced_survived);
parts!(row_21_power_lost_half_written: no_power, half_of_the_unsynced_survived, "long; an eighth runs each time");
parts!(row_22_an_error: one_error, repaired, "long; an eighth runs each time");
parts!(row_22_no_room: no_room, repaired, "long; an eighth runs each time");
