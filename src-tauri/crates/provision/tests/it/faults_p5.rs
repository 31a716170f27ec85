//! The one call whose answer can be lost for ever, and everything that can go wrong with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use practice::{Action, Fault, Lag};
use provision::{Finish, Hold, Plan, SecretAddress, SecretStore, Stop, StoreError};
use secrecy::{ExposeSecret as _, SecretString};
use tokio_util::sync::CancellationToken;
use vault::Vault;

use crate::setups::{assert_complete, assert_every_secret_is_kept, calendar, left, totalview};
use crate::watcher::Told;
use crate::world::{ADMIN, World};

const ADD: &str = "/v1.0/applications/*/addPassword";

/// Runs Totalview with a fault on the first `addPassword`, and expects everything to be right in the end.
async fn survives(action: Action) -> World {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().arm(Fault::on("POST", ADD, action).once());
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&world.tenant, &run);
    assert_complete(&left);
    assert_every_secret_is_kept(&world, &left).await;
    world
}

fn adds(world: &World) -> usize {
    world.tenant.practice().requests().iter().filter(|one| one.path.ends_with("addPassword")).count()
}

fn removes(world: &World) -> usize {
    world.tenant.practice().requests().iter().filter(|one| one.path.ends_with("removePassword")).count()
}

#[tokio::test]
async fn row_04_p5_unavailable_after_it_took_effect_is_reconciled() {
    let unavailable = Action::Status { status: 504, body: None, headers: Default::default(), commit: true };
    let world = survives(unavailable).await;
    assert_eq!((adds(&world), removes(&world)), (3, 1), "the lost one is removed, then made anew");
}

#[tokio::test]
async fn row_04_p5_unavailable_before_it_took_effect_is_searched_for_and_made_anew() {
    let unavailable = Action::Status { status: 503, body: None, headers: Default::default(), commit: false };
    let world = survives(unavailable).await;
    assert_eq!((adds(&world), removes(&world)), (3, 0));
}

#[tokio::test]
async fn row_06_p5_cut_after_it_took_effect_is_reconciled() {
    for action in [Action::Drop { commit: true }, Action::Reset { commit: true }, Action::Truncate] {
        let world = survives(action.clone()).await;
        assert_eq!((adds(&world), removes(&world)), (3, 1), "{action:?}");
    }
}

#[tokio::test]
async fn row_06_p5_cut_before_it_took_effect_is_made_anew() {
    let world = survives(Action::Drop { commit: false }).await;
    assert_eq!((adds(&world), removes(&world)), (3, 0));
}

#[tokio::test]
async fn row_07_p5_answer_without_a_readable_value_is_removed_and_made_anew() {
    for action in [Action::Empty, Action::Garbage] {
        let world = survives(action.clone()).await;
        assert_eq!((adds(&world), removes(&world)), (3, 1), "{action:?}");
    }
}

#[tokio::test]
async fn row_07_p5_lost_again_and_again_stops_with_nothing_left_behind() {
    let world = World::new(ADMIN);
    world.tenant.practice().faults().arm(Fault::on("POST", ADD, Action::Drop { commit: true }));
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Stopped(Stop::SecretLost), "{finished:#?}");
    assert_eq!(left(&world.tenant, &run).secrets.len(), 0);
    world.tenant.practice().faults().clear();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&world.tenant, &run);
    assert_eq!(left.secrets.len(), 1);
    assert_every_secret_is_kept(&world, &left).await;
}

#[tokio::test]
async fn row_01_p5_throttled_waits_and_uses_a_new_name() {
    let world = survives(Action::Throttle { retry_after: Some(17) }).await;
    assert!(world.watcher.holds().contains(&Hold::Throttled));
    let names: Vec<String> = world
        .tenant
        .practice()
        .requests()
        .iter()
        .filter(|one| one.path.ends_with("addPassword"))
        .map(|one| {
            one.body.as_ref().unwrap()["passwordCredential"]["displayName"].as_str().unwrap().to_owned()
        })
        .collect();
    let different: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(different.len(), names.len(), "no name is used twice: {names:?}");
}

#[tokio::test]
async fn row_06_a_late_showing_secret_is_removed_when_everything_is_read_back() {
    let world = World::new(ADMIN);
    // Changes show so late that the search for the lost secret ends before.
    world.tenant.practice().faults().set_lag(Lag { changes_ms: 400_000, ..Lag::default() });
    world.tenant.practice().faults().arm(Fault::on("POST", ADD, Action::Drop { commit: true }).once());
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&world.tenant, &run);
    assert_eq!(left.secrets.len(), 1, "the lost one is gone");
    assert_every_secret_is_kept(&world, &left).await;
}

/// A vault that fails on order.
struct Moody {
    vault: Vault,
    /// So many puts fail.
    puts_to_fail: AtomicUsize,
    refuses_proof: bool,
}

#[async_trait]
impl SecretStore for Moody {
    async fn prove_writable(&self) -> Result<(), StoreError> {
        if self.refuses_proof {
            Err(StoreError::DiskFull)
        } else {
            SecretStore::prove_writable(&self.vault).await
        }
    }
    async fn put(
        &self,
        address: &SecretAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        let fails = self
            .puts_to_fail
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
            .is_ok();
        if fails {
            Err(StoreError::DiskFull)
        } else {
            SecretStore::put(&self.vault, address, label, value).await
        }
    }
    async fn get(&self, address: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        SecretStore::get(&self.vault, address).await
    }
    async fn has(&self, address: &SecretAddress) -> Result<bool, StoreError> {
        SecretStore::has(&self.vault, address).await
    }
    async fn remove(&self, address: &SecretAddress) -> Result<(), StoreError> {
        SecretStore::remove(&self.vault, address).await
    }
}

async fn moody(world: &World, puts_to_fail: usize, refuses_proof: bool) -> Arc<Moody> {
    let vault = world.vault().await;
    Arc::new(Moody { vault, puts_to_fail: AtomicUsize::new(puts_to_fail), refuses_proof })
}

async fn with_moody(world: &World, puts_to_fail: usize, refuses_proof: bool) -> (Plan, provision::Worker) {
    let store = moody(world, puts_to_fail, refuses_proof).await;
    (world.plan(&calendar()).await, world.worker_with(store).await)
}

#[tokio::test]
async fn row_22_a_full_disk_before_p5_stops_before_a_secret_exists() {
    let world = World::new(ADMIN);
    let (plan, worker) = with_moody(&world, 0, true).await;
    let run = plan.run.clone();
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Stopped(Stop::Vault(StoreError::DiskFull)));
    assert_eq!(adds(&world), 0);
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
}

#[tokio::test]
async fn row_22_a_full_disk_after_p5_keeps_the_value_in_memory_until_it_is_kept() {
    let world = World::new(ADMIN);
    let (plan, worker) = with_moody(&world, 3, false).await;
    let run = plan.run.clone();
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let unsaved = world.watcher.unsaved();
    assert_eq!(unsaved.len(), 1);
    assert_eq!(unsaved[0].why, StoreError::DiskFull);
    let real =
        world.tenant.practice().tables(|tables| tables.secrets[unsaved[0].key_id.as_str()].value.clone());
    assert_eq!(unsaved[0].value.expose_secret(), real, "the person can copy it");
    assert!(!format!("{:?}", unsaved[0]).contains(&real), "and no log shows it");
    assert_eq!(adds(&world), 1);
    let left = left(&world.tenant, &run);
    assert_every_secret_is_kept(&world, &left).await;
}

#[tokio::test]
async fn row_22_a_person_who_keeps_the_value_elsewhere_is_believed() {
    let world = World::new(ADMIN);
    let (plan, worker) = with_moody(&world, usize::MAX, false).await;
    let watcher = world.watcher.clone();
    world.watcher.on_hold(move |why| {
        if *why == Hold::SecretUnsaved {
            watcher.unsaved().iter().for_each(|one| one.kept_elsewhere());
        }
    });
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(world.watcher.told().contains(&Told::Unsaved("calendar".into())));
}

#[tokio::test]
async fn row_22_cancelled_with_an_unsaved_value_leaves_no_secret_behind_after_resuming() {
    let world = World::new(ADMIN);
    let (plan, worker) = with_moody(&world, usize::MAX, false).await;
    let (run, cancel) = (plan.run.clone(), CancellationToken::new());
    let stop = cancel.clone();
    world.watcher.on_hold(move |why| {
        if *why == Hold::SecretUnsaved {
            stop.cancel();
        }
    });
    let finished = worker.execute(plan, cancel).await.unwrap();
    assert_eq!(finished.finish, Finish::Stopped(Stop::Cancelled));
    world.watcher.on_hold(|_| {});
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let left = left(&world.tenant, &run);
    assert_eq!(left.secrets.len(), 1);
    assert_every_secret_is_kept(&world, &left).await;
}

#[tokio::test]
async fn a_secret_is_in_no_file_and_in_no_debug_output() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let values: Vec<String> = world
        .tenant
        .practice()
        .tables(|tables| tables.secrets.values().map(|secret| secret.value.clone()).collect());
    assert!(!values.is_empty());
    let shown = format!("{finished:?} {:?}", world.journal());
    for value in &values {
        assert!(!shown.contains(value.as_str()));
    }
    let mut files = vec![world.folder.path().to_owned()];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        for value in &values {
            let found = bytes.windows(value.len()).any(|window| window == value.as_bytes());
            assert!(!found, "a secret lies in {}", path.display());
        }
    }
}
