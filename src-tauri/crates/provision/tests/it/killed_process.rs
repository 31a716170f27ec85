//! The same as `kill_points`, with a real process and a real SIGKILL at each point of a run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use provision::{Checkpoint, Checkpoints, Finish, Journal, Plan, Reuse, Silent, StepKey, Worker};
use tokio_util::sync::CancellationToken;
use vault::keyring::{Availability, EntryName, SecretStore as KeyringStore, StoreError};
use zeroize::Zeroizing;

use crate::setups::{assert_every_secret_is_kept, assert_one_complete, calendar, forget, left};
use crate::world::{ADMIN, Place, World, open_vault};

/// Where the child finds what it is to do.
const TASK: &str = "GATEHOUSE_TEST_TASK";

/// A keyring in a folder, so that two processes share it.
struct FolderKeyring(PathBuf);

impl FolderKeyring {
    fn path(&self, entry: &EntryName) -> PathBuf {
        self.0.join(format!("{}-{}", entry.service.replace('/', "_"), entry.user))
    }
}

impl KeyringStore for FolderKeyring {
    fn availability(&self) -> Availability {
        Availability::Open
    }
    fn unlock(&self) -> Result<(), StoreError> {
        Ok(())
    }
    fn read(&self, entry: &EntryName) -> Result<Option<Zeroizing<String>>, StoreError> {
        Ok(std::fs::read_to_string(self.path(entry)).ok().map(Zeroizing::new))
    }
    fn write(&self, entry: &EntryName, value: &str) -> Result<(), StoreError> {
        std::fs::write(self.path(entry), value).unwrap();
        Ok(())
    }
    fn delete(&self, entry: &EntryName) -> Result<(), StoreError> {
        let _ = std::fs::remove_file(self.path(entry));
        Ok(())
    }
}

/// Kills this very process at one point.
struct Killer(Checkpoint, StepKey);

#[async_trait]
impl Checkpoints for Killer {
    async fn reached(&self, at: Checkpoint, key: &StepKey) {
        if (at, key) == (self.0, &self.1) {
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL).unwrap();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock of a process of its own")]
fn real_now() -> Timestamp {
    Timestamp::now()
}

#[test]
#[ignore = "started as a process by the tests below, to be killed"]
fn the_process_that_is_killed() {
    let task = PathBuf::from(std::env::var(TASK).unwrap());
    let task: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(task).unwrap()).unwrap();
    let folder = PathBuf::from(task["folder"].as_str().unwrap());
    let plan: Plan = serde_json::from_value(task["plan"].clone()).unwrap();
    let ahead = SignedDuration::from_millis(task["ahead"].as_i64().unwrap());
    let kind = Checkpoint::ALL[usize::try_from(task["kind"].as_u64().unwrap()).unwrap()];
    let key = StepKey::item(task["step"].as_str().unwrap(), task["item"].as_str().unwrap());
    let place = Place {
        base: task["base"].as_str().unwrap().parse().unwrap(),
        tenant: plan.organisation.id.clone(),
        now: Arc::new(move || real_now() + ahead),
        pass: Arc::new(|_| {}),
        restless: Arc::default(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let vault = open_vault(&folder, Arc::new(FolderKeyring(folder.clone())), &place).await;
        let session = place.session(plan.account.clone(), Arc::new(vault));
        let journal = Journal::open(&folder.join("journal"), (place.now)()).unwrap();
        let worker =
            Worker::new(session, journal, Arc::new(Silent)).with_checkpoints(Arc::new(Killer(kind, key)));
        let finished = worker.execute(plan, CancellationToken::new()).await;
        panic!("it was not killed: {finished:?}");
    });
}

fn kill_at(world: &World, folder: &Path, plan: &Plan, kind: usize, key: &StepKey) {
    let ahead = world.tenant.now().duration_since(real_now()).as_millis();
    let task = serde_json::json!({
        "folder": folder, "plan": plan, "kind": kind, "step": key.step, "item": key.item,
        "base": world.place().base, "ahead": i64::try_from(ahead).unwrap(),
    });
    let path = folder.join("task.json");
    std::fs::write(&path, task.to_string()).unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["killed_process::the_process_that_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(TASK, &path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    assert_eq!(signal, Some(9), "{kind} {key:?}: {status:?}");
}

/// The requests of a set-up with one registration.
fn requests(plan: &Plan) -> Vec<StepKey> {
    let mut keys = Vec::new();
    for step in plan.steps.iter().filter(|step| step.writes()) {
        match &step.kind {
            provision::StepKind::GrantAppRoles { roles, .. } => {
                keys.extend(roles.iter().map(|role| StepKey::item(&step.id, role.role.as_str())));
            }
            _ => keys.push(StepKey::of(&step.id)),
        }
    }
    keys
}

fn killed_at_every(kind: usize) {
    let mut world = World::new(ADMIN);
    let mut covered = 0;
    let mut all = 0;
    for number in 0.. {
        world = World::on(world.tenant.clone(), ADMIN);
        let folder = world.folder.path().to_owned();
        world.keyring = Arc::new(FolderKeyring(folder.clone()));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let plan = runtime.block_on(world.plan_reusing(&calendar(), &Reuse::Nothing));
        let keys = requests(&plan);
        all = keys.len();
        let Some(key) = keys.get(number) else { break };
        kill_at(&world, &folder, &plan, kind, key);
        runtime.block_on(async {
            let finished = world.worker().await.resume(&plan.run, CancellationToken::new()).await.unwrap();
            assert_eq!(finished.finish, Finish::Done, "{kind} {key:?}: {finished:#?}");
            let left = left(&world.tenant, &plan.run);
            assert_one_complete(&left);
            assert_every_secret_is_kept(&world, &left).await;
        });
        forget(&world.tenant, &plan.run);
        covered += 1;
    }
    assert_eq!((covered, all), (6, 6));
    println!("kill points covered with SIGKILL: {covered}/{all} ({:?})", Checkpoint::ALL[kind]);
}

#[test]
fn row_21_sigkill_before_the_intent() {
    killed_at_every(0);
}

#[test]
fn row_21_sigkill_after_the_intent() {
    killed_at_every(1);
}

#[test]
fn row_21_sigkill_when_sent() {
    killed_at_every(2);
}

#[test]
fn row_21_sigkill_when_answered() {
    killed_at_every(3);
}

#[test]
fn row_21_sigkill_when_persisted() {
    killed_at_every(4);
}
