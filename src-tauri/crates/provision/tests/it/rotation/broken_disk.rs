//! A whole rotation, from renewal to removal, on a disk that fails at every change of journal and vault in turn, or loses
//! power there. When the disk works again it goes on, or is undone and done again. At no moment is there nothing to sign in
//! with; no value is lost, and no credential is left whose value nobody has.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use faulty_disk::FaultyDisk;
use faulty_disk::harm::{
    Harm, Heal, half_of_the_unsynced_survived, no_power, no_room, nothing_unsynced_survived, one_error,
    repaired,
};
use graph::KeyId;
use provision::{Finish, JournalError, KeptCertificate, NewCredential, Planner, RunId, Stop, UseOfOld};
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{
    App, CERTIFICATE, SECRET, app, certificate_works, done, held, kept_certificate, kept_records, kept_value,
    new_key, removal, renewal, renewed, works,
};
use crate::kill_points::runtime;
use crate::world::{ADMIN, World};

/// What the product signs in with.
#[derive(Clone)]
enum Key {
    Secret(String),
    Certificate(Arc<KeptCertificate>),
}

impl Key {
    /// What this computer keeps of a credential.
    async fn kept(world: &World, app: &App, key: &KeyId) -> Option<Self> {
        if let Some(value) = kept_value(world, app, key).await {
            return Some(Self::Secret(value));
        }
        kept_certificate(world, app, key).await.map(|kept| Self::Certificate(Arc::new(kept)))
    }

    async fn opens(&self, world: &World, app: &App) -> bool {
        match self {
            Self::Secret(value) => works(&world.tenant, app, value).await,
            Self::Certificate(kept) => certificate_works(world, app, kept).await,
        }
    }
}

/// The runs of one rotation, as far as it came.
#[derive(Default)]
struct Came {
    renewal: Option<RunId>,
    new: Option<KeyId>,
    removal: Option<RunId>,
}

/// One rotation on one computer: what goes, and what makes it the next time.
struct Rotation<'a> {
    world: &'a World,
    app: &'a App,
    kind: &'static NewCredential,
    old: KeyId,
    old_key: Key,
    before: BTreeSet<String>,
    case: String,
}

impl Rotation<'_> {
    /// Renews and removes with a disk that is harmed at that change, counted from its begin. Whether all was over before.
    fn runs(&self, disk: &FaultyDisk, change: u64, harm: Harm) -> (Came, bool) {
        let came = Mutex::new(Came::default());
        let runtime = runtime();
        let last = runtime.block_on(async {
            let plan = renewal(self.world, self.app, std::slice::from_ref(&self.old), self.kind).await;
            came.lock().unwrap().renewal = Some(plan.run.clone());
            // Opened before: a program that cannot open its files does nothing at all.
            let (session, worker) = (self.world.session().await, self.world.worker().await);
            let (dark, last) = (Arc::new(Notify::new()), disk.changes() + change);
            let tell = dark.clone();
            harm(disk, last, Box::new(move || tell.notify_one()));
            let both = async {
                let Ok(finished) = worker.execute(plan, CancellationToken::new()).await else { return };
                if finished.finish != Finish::Done {
                    return;
                }
                let new = new_key(&finished);
                came.lock().unwrap().new = Some(new.clone());
                super::later(self.world);
                let (planner, old) = (Planner::new(&session), std::slice::from_ref(&self.old));
                let plan =
                    planner.finish_rotation(&self.app.app_id, old, Some(&new), UseOfOld::Idle, false).await;
                let Ok(plan) = plan else { return };
                came.lock().unwrap().removal = Some(plan.run.clone());
                let _ = worker.execute(plan, CancellationToken::new()).await;
            };
            tokio::select! {
                () = both => {}
                () = dark.notified() => {}
            }
            last
        });
        // With everything that still runs, as a process that ends.
        drop(runtime);
        (came.into_inner().unwrap(), disk.changes() < last)
    }

    /// Goes on until the old one is gone; the new one and what opens the app with it.
    async fn goes_on(&self, came: Came, undo_first: bool) -> (KeyId, Key) {
        self.somebody_can_sign_in(&came).await;
        let new = self.ends_the_renewal(&came, undo_first).await;
        super::later(self.world);
        let added: Vec<String> =
            held(&self.world.tenant, self.app).difference(&self.before).cloned().collect();
        assert_eq!(added, [new.to_string()], "{}: one more, and no orphan", self.case);
        let key = Key::kept(self.world, self.app, &new).await;
        let key = key.unwrap_or_else(|| panic!("{}: the value is lost", self.case));
        assert!(key.opens(self.world, self.app).await, "{}", self.case);

        self.ends_the_removal(&came, &new).await;
        super::later(self.world);
        let mut expected = self.before.clone();
        expected.remove(self.old.as_str());
        expected.insert(new.to_string());
        assert_eq!(held(&self.world.tenant, self.app), expected, "{}", self.case);
        assert!(key.opens(self.world, self.app).await, "{}", self.case);
        assert!(!self.old_key.opens(self.world, self.app).await, "{}: the old one is gone", self.case);
        assert_eq!(kept_records(self.world, self.app).await, 1, "{}: nothing else is kept", self.case);
        (new, key)
    }

    /// While nothing was repaired yet: the product with the old one, or with the new one if it was handed over.
    async fn somebody_can_sign_in(&self, came: &Came) {
        if self.old_key.opens(self.world, self.app).await {
            return;
        }
        let new = came.new.as_ref().unwrap_or_else(|| panic!("{}: the old one went first", self.case));
        let key = Key::kept(self.world, self.app, new).await;
        let key = key.unwrap_or_else(|| panic!("{}: the value was not on the disk", self.case));
        assert!(key.opens(self.world, self.app).await, "{}: nobody can sign in", self.case);
    }

    async fn ends_the_renewal(&self, came: &Came, undo_first: bool) -> KeyId {
        let run = came.renewal.as_ref().unwrap();
        let old = std::slice::from_ref(&self.old);
        let again = async || {
            assert_eq!(held(&self.world.tenant, self.app), self.before, "{}: no trace", self.case);
            assert_eq!(kept_records(self.world, self.app).await, 0, "{}: no trace", self.case);
            renewed(self.world, self.app, old, self.kind).await.1
        };
        let worker = self.world.worker().await;
        if undo_first && came.removal.is_none() {
            return match worker.undo(run, CancellationToken::new()).await {
                Ok(_) | Err(Stop::Journal(JournalError::NoSuchRun)) => again().await,
                Err(error) => panic!("{}: {error:?}", self.case),
            };
        }
        match worker.resume(run, CancellationToken::new()).await {
            Ok(finished) => {
                assert_eq!(finished.finish, Finish::Done, "{}: {finished:#?}", self.case);
                new_key(&finished)
            }
            Err(Stop::Journal(JournalError::NoSuchRun)) => again().await,
            Err(error) => panic!("{}: {error:?}", self.case),
        }
    }

    async fn ends_the_removal(&self, came: &Came, new: &KeyId) {
        let worker = self.world.worker().await;
        let resumed = match &came.removal {
            Some(run) => worker.resume(run, CancellationToken::new()).await,
            None => Err(Stop::Journal(JournalError::NoSuchRun)),
        };
        match resumed {
            Ok(finished) => assert_eq!(finished.finish, Finish::Done, "{}: {finished:#?}", self.case),
            Err(Stop::Journal(JournalError::NoSuchRun)) => {
                drop(worker);
                let old = std::slice::from_ref(&self.old);
                done(self.world, removal(self.world, self.app, old, new).await).await;
            }
            Err(error) => panic!("{}: {error:?}", self.case),
        }
    }
}

/// A computer in the same organisation; its disk is in memory where the system has a place for that.
fn computer(world: &World) -> World {
    let mut world = World::on(world.tenant.clone(), ADMIN);
    if let Ok(folder) = TempDir::new_in("/dev/shm") {
        world.folder = Arc::new(folder);
    }
    world
}

/// Every `step`th change, beginning with `first`. What one rotation made, the next replaces.
fn part(first: u64, step: usize, kind: &'static NewCredential, case: &str, harm: Harm, heal: Heal) {
    let organisation = World::new(ADMIN);
    let app = runtime().block_on(async {
        let app = app(&organisation).await;
        super::later(&organisation);
        app
    });
    let (mut old, mut old_key) = (app.old.clone(), Key::Secret(app.old_value.clone()));
    let mut covered = 0;
    for change in (first..).step_by(step) {
        let world = computer(&organisation);
        let disk = FaultyDisk::at(world.folder.path()).unwrap();
        let rotation = Rotation {
            world: &world,
            app: &app,
            kind,
            old,
            old_key,
            before: held(&world.tenant, &app),
            case: format!("{case}, change {change}"),
        };
        let (came, over) = rotation.runs(&disk, change, harm);
        heal(&disk, change).unwrap();
        (old, old_key) = runtime().block_on(rotation.goes_on(came, change % 3 == 0));
        if over {
            break;
        }
        covered += 1;
    }
    assert!(covered > 0, "the disk was never harmed");
    println!(
        "rotation, {case}: at {covered} changes of the disk; nobody locked out, nothing lost, no orphan"
    );
}

/// Some of the changes each time; all of them for those who have time (`--run-ignored all`).
macro_rules! parts {
    ($($name:ident: $kind:ident, $harm:ident, $heal:ident;)*) => {
        $(mod $name {
            use super::*;
            const CASE: &str = concat!(stringify!($kind), ", ", stringify!($harm), ", ", stringify!($heal));
            #[test] fn some() { part(5, 37, &$kind, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some changes are tried each time"] fn first() { part(1, 4, &$kind, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some changes are tried each time"] fn second() { part(2, 4, &$kind, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some changes are tried each time"] fn third() { part(3, 4, &$kind, CASE, $harm, $heal); }
            #[test] #[ignore = "long; some changes are tried each time"] fn fourth() { part(4, 4, &$kind, CASE, $harm, $heal); }
        })*
    };
}

parts! {
    power_lost: SECRET, no_power, nothing_unsynced_survived;
    power_lost_half_written: SECRET, no_power, half_of_the_unsynced_survived;
    an_error: SECRET, one_error, repaired;
    no_room_left: SECRET, no_room, repaired;
    power_lost_with_a_certificate: CERTIFICATE, no_power, nothing_unsynced_survived;
    an_error_with_a_certificate: CERTIFICATE, one_error, repaired;
}
