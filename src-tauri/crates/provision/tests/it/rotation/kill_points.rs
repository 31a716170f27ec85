//! A rotation is cut short at every point of every request, everything is dropped, and it goes on, or is undone.
//! At no moment is there nothing to sign in with; in the end there is no credential that nobody knows of.

use std::sync::Arc;

use graph::KeyId;
use practice::Lag;
use provision::{Checkpoint, Finish, NewCredential, Plan, RunId};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::{
    App, CERTIFICATE, SECRET, app, certificate_works, held, kept_certificate, kept_records, kept_value,
    removal, renewal, renewed, works,
};
use crate::kill_points::{Cut, Point, Recorder, runtime};
use crate::world::{ADMIN, World};

/// A computer, the app, and the credential that is going to be replaced or removed.
struct Stage {
    world: World,
    app: App,
    /// What is there before the run that is cut short.
    before: std::collections::BTreeSet<String>,
    /// What the run is about: the old one, and the new one where there is one already.
    old: KeyId,
    new: Option<KeyId>,
}

/// Which run is cut short.
#[derive(Clone, Copy)]
enum Case {
    Renewal(&'static NewCredential),
    Removal(&'static NewCredential),
}

impl Case {
    /// A fresh app in the same organisation, on a fresh computer.
    async fn stage(self, tenant: &World) -> Stage {
        let world = World::on(tenant.tenant.clone(), ADMIN);
        let app = app(&world).await;
        super::later(&world);
        let (old, new) = match self {
            Self::Renewal(_) => (app.old.clone(), None),
            Self::Removal(kind) if *kind == SECRET => {
                let (_, new) = renewed(&world, &app, std::slice::from_ref(&app.old), kind).await;
                (app.old.clone(), Some(new))
            }
            Self::Removal(kind) => {
                let (_, old) = renewed(&world, &app, &[], kind).await;
                super::later(&world);
                let (_, new) = renewed(&world, &app, std::slice::from_ref(&old), kind).await;
                (old, Some(new))
            }
        };
        super::later(&world);
        let before = held(&world.tenant, &app);
        Stage { world, app, before, old, new }
    }

    async fn plan(self, stage: &Stage) -> Plan {
        let old = std::slice::from_ref(&stage.old);
        match (self, &stage.new) {
            (Self::Renewal(kind), _) => renewal(&stage.world, &stage.app, old, kind).await,
            (Self::Removal(_), Some(new)) => removal(&stage.world, &stage.app, old, new).await,
            (Self::Removal(_), None) => unreachable!(),
        }
    }
}

/// The points of one kind that a clean run passes. Their names hold the app and the credential, which differ each time:
/// only the kind of step counts.
fn points(tenant: &World, case: Case, kind: Checkpoint) -> Vec<(Checkpoint, String)> {
    let recorder = Arc::new(Recorder::default());
    runtime().block_on(async {
        let stage = case.stage(tenant).await;
        let plan = case.plan(&stage).await;
        let worker = stage.world.worker_at(recorder.clone()).await;
        let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    });
    let all: Vec<Point> = recorder.0.lock().unwrap().clone();
    let mut points: Vec<_> = all
        .into_iter()
        .filter(|(at, _)| *at == kind)
        .map(|(at, key)| (at, key.step.split(':').next().unwrap().to_owned()))
        .collect();
    points.sort();
    points.dedup();
    assert!(!points.is_empty(), "{kind:?}");
    points
}

/// Runs until the point and drops everything there, as a power cut would.
fn cut(stage: &Stage, case: Case, point: &(Checkpoint, String)) -> RunId {
    let runtime = runtime();
    let run = runtime.block_on(async {
        let plan = case.plan(stage).await;
        let run = plan.run.clone();
        let step = plan.steps.iter().find(|step| step.id.starts_with(&format!("{}:", point.1))).unwrap();
        let point = (point.0, provision::StepKey::of(&step.id));
        let cut = Arc::new(Cut { point, hit: Semaphore::new(0) });
        let worker = stage.world.worker_at(cut.clone()).await;
        tokio::select! {
            finished = worker.execute(plan, CancellationToken::new()) => panic!("never reached: {finished:#?}"),
            hit = cut.hit.acquire() => drop(hit.unwrap()),
        }
        run
    });
    drop(runtime);
    run
}

/// Whether a credential of the stage opens the app, whatever it is.
async fn opens(stage: &Stage, key: &KeyId) -> bool {
    if *key == stage.app.old {
        return works(&stage.world.tenant, &stage.app, &stage.app.old_value).await;
    }
    if let Some(value) = kept_value(&stage.world, &stage.app, key).await {
        return works(&stage.world.tenant, &stage.app, &value).await;
    }
    match kept_certificate(&stage.world, &stage.app, key).await {
        Some(kept) => certificate_works(&stage.world, &stage.app, &kept).await,
        None => false,
    }
}

async fn nobody_is_locked_out(stage: &Stage, point: &(Checkpoint, String)) {
    let old = opens(stage, &stage.old).await;
    let new = match &stage.new {
        Some(new) => opens(stage, new).await,
        None => false,
    };
    assert!(old || new, "{point:?}: nothing opens the app");
}

fn everywhere(
    case: Case,
    kind: Checkpoint,
    lag: Lag,
    then: &impl AsyncFn(&Stage, &RunId, &(Checkpoint, String)),
) {
    let tenant = World::new(ADMIN);
    tenant.tenant.practice().faults().set_lag(lag);
    let points = points(&tenant, case, kind);
    for point in &points {
        let stage = runtime().block_on(case.stage(&tenant));
        let run = cut(&stage, case, point);
        runtime().block_on(async {
            nobody_is_locked_out(&stage, point).await;
            then(&stage, &run, point).await;
            nobody_is_locked_out(&stage, point).await;
        });
    }
    println!("rotation cut at {} points ({kind:?}, changes spread in {} ms)", points.len(), lag.changes_ms);
}

fn renewed_after_all(kind: &'static NewCredential, at: Checkpoint, lag: Lag) {
    everywhere(Case::Renewal(kind), at, lag, &async |stage, run, point| {
        let finished = stage.world.worker().await.resume(run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{point:?}: {finished:#?}");
        let new = super::new_key(&finished);
        super::later(&stage.world);
        let after = held(&stage.world.tenant, &stage.app);
        let added: Vec<_> = after.difference(&stage.before).collect();
        assert_eq!(added, [new.as_str()], "{point:?}: one more, and no orphan");
        assert!(stage.before.is_subset(&after));
        assert!(opens(stage, &new).await && opens(stage, &stage.old).await, "{point:?}");
        assert_eq!(kept_records(&stage.world, &stage.app).await, 1, "{point:?}");
    });
}

fn as_if_never_renewed(kind: &'static NewCredential, at: Checkpoint) {
    everywhere(Case::Renewal(kind), at, Lag::default(), &async |stage, run, point| {
        stage.world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        assert_eq!(held(&stage.world.tenant, &stage.app), stage.before, "{point:?}");
        assert!(opens(stage, &stage.old).await, "{point:?}");
        assert_eq!(kept_records(&stage.world, &stage.app).await, 0, "{point:?}");
    });
}

fn removed_after_all(kind: &'static NewCredential, at: Checkpoint, lag: Lag) {
    everywhere(Case::Removal(kind), at, lag, &async |stage, run, point| {
        let finished = stage.world.worker().await.resume(run, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{point:?}: {finished:#?}");
        // A server that has not heard of it yet may take the old one for a moment.
        super::later(&stage.world);
        let after = held(&stage.world.tenant, &stage.app);
        let removed: Vec<_> = stage.before.difference(&after).collect();
        assert_eq!(removed, [stage.old.as_str()], "{point:?}");
        assert!(after.is_subset(&stage.before));
        assert!(
            opens(stage, stage.new.as_ref().unwrap()).await && !opens(stage, &stage.old).await,
            "{point:?}"
        );
    });
}

fn put_back(at: Checkpoint) {
    everywhere(Case::Removal(&CERTIFICATE), at, Lag::default(), &async |stage, run, point| {
        stage.world.worker().await.undo(run, CancellationToken::new()).await.unwrap();
        assert_eq!(held(&stage.world.tenant, &stage.app), stage.before, "{point:?}");
        assert!(
            opens(stage, &stage.old).await && opens(stage, stage.new.as_ref().unwrap()).await,
            "{point:?}"
        );
    });
}

macro_rules! at_every_point {
    ($($name:ident: $kind:ident,)*) => {
        mod a_secret_is_renewed { use super::*;
            $(#[test] fn $name() { renewed_after_all(&SECRET, Checkpoint::$kind, Lag::default()); })* }
        mod a_secret_is_renewed_while_changes_spread { use super::*;
            $(#[test] fn $name() { renewed_after_all(&SECRET, Checkpoint::$kind, Lag::REALISTIC); })* }
        mod a_certificate_is_renewed { use super::*;
            $(#[test] fn $name() { renewed_after_all(&CERTIFICATE, Checkpoint::$kind, Lag::default()); })* }
        mod a_certificate_is_renewed_while_changes_spread { use super::*;
            $(#[test] fn $name() { renewed_after_all(&CERTIFICATE, Checkpoint::$kind, Lag::REALISTIC); })* }
        mod a_renewal_is_undone { use super::*;
            $(#[test] fn $name() { as_if_never_renewed(&SECRET, Checkpoint::$kind);
                                   as_if_never_renewed(&CERTIFICATE, Checkpoint::$kind); })* }
        mod an_old_secret_is_removed { use super::*;
            $(#[test] fn $name() { removed_after_all(&SECRET, Checkpoint::$kind, Lag::default()); })* }
        mod an_old_certificate_is_removed { use super::*;
            $(#[test] fn $name() { removed_after_all(&CERTIFICATE, Checkpoint::$kind, Lag::default()); })* }
        mod an_old_certificate_is_removed_while_changes_spread { use super::*;
            $(#[test] fn $name() { removed_after_all(&CERTIFICATE, Checkpoint::$kind, Lag::REALISTIC); })* }
        mod a_removed_certificate_is_put_back { use super::*;
            $(#[test] fn $name() { put_back(Checkpoint::$kind); })* }
        #[test]
        fn every_kind_of_point_has_its_test() {
            assert_eq!([$(Checkpoint::$kind),*], Checkpoint::ALL);
        }
    };
}

at_every_point! {
    before_the_intent: BeforeIntent,
    after_the_intent: AfterIntent,
    when_sent: Sent,
    when_answered: Answered,
    when_persisted: Persisted,
}
