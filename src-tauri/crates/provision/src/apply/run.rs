//! One run at work: the order of things, and what is shared between its parts.
//!
//! Stages, each one round trip where nothing is in the way, for all registrations side by side:
//! app registrations (P1), enterprise apps (P2), grants (P3, P4) beside secrets (P5), reading back beside signing in as
//! the apps (P6), proofs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::checkpoint::Checkpoint;
use super::events::{Progress, ProofResult};
use super::facts::Facts;
use super::outcome::{Finish, Finished, TokenRoles};
use super::session::AppToken;
use super::stop::Stop;
use super::worker::Worker;
use crate::journal::Line;
use crate::plan::{Plan, PlannedRegistration, Step, StepKind};
use crate::{Lease, Note, Phase, Problem, RunEnd, Setback, StepKey};

/// One run at work. Clones are the same run.
#[derive(Clone)]
pub(crate) struct Running {
    pub(super) worker: Worker,
    pub(crate) plan: Arc<Plan>,
    facts: Arc<Mutex<Facts>>,
    pub(super) cancel: CancellationToken,
    /// Values of secrets that this very run made, until it ends.
    pub(super) values: Arc<Mutex<BTreeMap<String, SecretString>>>,
    /// Held until the last task of the run has ended.
    _lease: Arc<Lease>,
}

/// What came of the stages so far.
#[derive(Default)]
pub(super) struct Course {
    /// Registrations on which something failed that everything later depends on.
    pub(super) blocked: BTreeSet<String>,
    /// What failed, step by step.
    pub(super) failures: Vec<(String, Stop)>,
    pub(super) tokens: BTreeMap<String, AppToken>,
    pub(super) token_roles: Vec<TokenRoles>,
    pub(super) proofs: Vec<(String, ProofResult)>,
    pub(super) remarks: Vec<Problem>,
}

impl Running {
    pub(crate) fn new(
        worker: &Worker,
        plan: Plan,
        facts: Facts,
        cancel: CancellationToken,
        lease: Arc<Lease>,
    ) -> Self {
        Self {
            worker: worker.clone(),
            plan: Arc::new(plan),
            facts: Arc::new(Mutex::new(facts)),
            cancel,
            values: Arc::default(),
            _lease: lease,
        }
    }

    pub(crate) async fn begin(&self) -> Finished {
        let mut course = Course::default();
        let result = match self.check_plan_is_true().await {
            Ok(()) => self.stages(&mut course).await,
            Err(stop) => Err(stop),
        };
        self.end(course, result).await
    }

    pub(crate) async fn go_on(&self) -> Finished {
        if self.is_authorizing() {
            return self.tidy_up().await;
        }
        let mut course = Course::default();
        let result = match self.check_drift().await {
            Ok(()) => self.stages(&mut course).await,
            Err(stop) => Err(stop),
        };
        self.end(course, result).await
    }

    async fn stages(&self, course: &mut Course) -> Result<(), Stop> {
        let _ahead = self.prepare_sign_in(course);
        self.accounts(course).await?;
        self.report_names(course).await?;
        self.consents(course).await?;
        self.applications(course).await?;
        self.principals(course).await?;
        self.limit_mailboxes(course).await?;
        self.owners(course).await?;
        self.trusts(course).await?;
        self.grants_and_secrets(course).await?;
        self.certificates(course).await?;
        self.migrate_policies(course).await?;
        self.sign_in_before(course).await?;
        self.remove_credentials(course).await?;
        self.verify(course).await?;
        self.mailboxes_made(course).await?;
        self.proofs(course).await
    }

    /// Gets ready to sign in as the apps while they are made; ends with the run.
    fn prepare_sign_in(&self, course: &Course) -> Option<AbortOnDrop> {
        if self.due(course, |kind| matches!(kind, StepKind::SignInAsApp)).is_empty() {
            return None;
        }
        let (apps, tenant) = (Arc::clone(&self.worker.session.apps), self.plan.organisation.id.clone());
        Some(AbortOnDrop(tokio::spawn(async move { apps.prepare(&tenant).await })))
    }

    async fn end(&self, mut course: Course, result: Result<(), Stop>) -> Finished {
        let stop = result
            .err()
            .or_else(|| if course.failures.is_empty() { None } else { Some(course.failures.remove(0).1) });
        let refused = course.proofs.iter().any(|(_, result)| !matches!(result, ProofResult::Proved { .. }));
        let (finish, end) = match stop {
            Some(stop) => {
                let end = match &stop {
                    Stop::Cancelled => RunEnd::Cancelled,
                    Stop::Parked { until } => RunEnd::Parked { until: *until },
                    other => RunEnd::Stopped { code: other.code().to_owned() },
                };
                (Finish::Stopped(stop), end)
            }
            None if self.plan.needs_other_person() => (Finish::WaitingForOther, RunEnd::WaitingForOther),
            None if refused => (Finish::NotProved, RunEnd::Done),
            None => (Finish::Done, RunEnd::Done),
        };
        // When even this cannot be written, the run counts as cut short, which is what it is.
        let finish = match self.say(end).await {
            Ok(()) => finish,
            Err(stop) => match finish {
                Finish::Stopped(first) => Finish::Stopped(first),
                _ => Finish::Stopped(stop),
            },
        };
        self.values.lock().unwrap_or_else(PoisonError::into_inner).clear();
        Finished {
            run: self.plan.run.clone(),
            finish,
            made: self.facts().made(&self.plan),
            proofs: course.proofs,
            tokens: course.token_roles,
            remarks: course.remarks,
        }
    }

    /// Writes down how the run as a whole stands.
    pub(crate) async fn say(&self, end: RunEnd) -> Result<(), Stop> {
        let key = StepKey::of("run");
        let line = Line {
            key,
            attempt: 1,
            phase: Phase::Run,
            client_request_id: None,
            at: self.now(),
            note: Note::End(end),
        };
        Ok(self.worker.journal.append(&self.plan.run, vec![line]).await?)
    }

    /// Writes lines down and takes them in.
    pub(crate) async fn write(&self, lines: Vec<Line>) -> Result<(), Stop> {
        self.worker.journal.append(&self.plan.run, lines.clone()).await?;
        let mut facts = self.facts();
        for line in &lines {
            facts.note(&self.plan, &line.key, line.attempt, line.phase, &line.note, line.at);
        }
        Ok(())
    }

    pub(crate) fn worker(&self) -> &Worker {
        &self.worker
    }

    /// Graph for one step, telling its waits.
    pub(crate) fn graph_for(&self, key: &StepKey) -> graph::GraphClient {
        self.worker.session.graph.with_call(self.call(vec![key.step.clone()], None))
    }

    pub(crate) fn facts(&self) -> MutexGuard<'_, Facts> {
        self.facts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn attempt(&self, key: &StepKey, phase: Phase) -> u32 {
        let next = self.facts().next_attempt(key);
        if phase == Phase::Intent { next } else { next.saturating_sub(1).max(1) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.worker.session.surroundings.now()
    }

    pub(crate) async fn reached(&self, at: Checkpoint, key: &StepKey) {
        self.worker.checkpoints.reached(at, key).await;
    }

    /// The steps of a kind that this run has to do, on registrations where nothing stands in the way.
    pub(super) fn due(
        &self,
        course: &Course,
        kind: fn(&StepKind) -> bool,
    ) -> Vec<(&Step, &PlannedRegistration)> {
        self.plan
            .steps
            .iter()
            .filter(|step| step.is_due() && kind(&step.kind) && !course.blocked.contains(&step.registration))
            .filter_map(|step| Some((step, self.plan.registration(&step.registration)?)))
            .collect()
    }

    /// The steps of a kind that this run has to do, of whatever group.
    pub(super) fn due_anywhere(&self, course: &Course, kind: fn(&StepKind) -> bool) -> Vec<&Step> {
        let open = |step: &&Step| step.is_due() && !course.blocked.contains(&step.registration);
        self.plan.steps.iter().filter(open).filter(|step| kind(&step.kind)).collect()
    }

    pub(super) fn started(&self, step: &str) -> Timestamp {
        self.worker.observer.on(Progress::Started { step });
        self.now()
    }

    pub(super) fn done(&self, step: &str, since: Timestamp) {
        let took = Duration::try_from(self.now().duration_since(since)).unwrap_or_default();
        self.worker.observer.on(Progress::Done { step, took });
    }

    /// Keeps a failure for the end; `Err` when the whole run must stop now.
    pub(super) async fn failed(
        &self,
        course: &mut Course,
        step: &Step,
        stop: Stop,
        blocks: bool,
    ) -> Result<(), Stop> {
        let stop = self.explain(step, stop).await;
        self.worker.observer.on(Progress::Failed { step: &step.id, why: &stop });
        if stop.ends_the_run() {
            return Err(stop);
        }
        if blocks {
            course.blocked.insert(step.registration.clone());
        }
        course.failures.push((step.id.clone(), stop));
        Ok(())
    }
}

struct AbortOnDrop(tokio::task::JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Stop {
    /// Whether nothing else of the run can go on either.
    fn ends_the_run(&self) -> bool {
        match self {
            Self::Cancelled
            | Self::Parked { .. }
            | Self::SignInNeeded { .. }
            | Self::AnotherAccount { .. }
            | Self::Busy
            | Self::Journal(_) => true,
            Self::Graph(error) => matches!(
                **error,
                graph::GraphError::Network { .. }
                    | graph::GraphError::NoToken(_)
                    | graph::GraphError::Unauthorized(_)
            ),
            _ => false,
        }
    }
}
