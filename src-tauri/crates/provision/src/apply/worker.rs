//! Who carries plans out.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::checkpoint::{Checkpoints, Uninterrupted};
use super::events::Observer;
use super::facts::Facts;
use super::outcome::Finished;
use super::run::Running;
use super::session::Session;
use super::stop::Stop;
use crate::journal::FORMAT;
use crate::{Journal, JournalError, Plan, RunEnd, RunId, RunRecord};

/// Carries plans out, goes on with them, and undoes them: for one session, with one journal.
#[derive(Clone)]
pub struct Worker {
    pub(crate) session: Session,
    pub(crate) journal: Journal,
    pub(crate) observer: Arc<dyn Observer>,
    pub(crate) checkpoints: Arc<dyn Checkpoints>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker")
            .field("session", &self.session)
            .field("journal", &self.journal)
            .finish_non_exhaustive()
    }
}

impl Worker {
    /// For this session, writing to this journal, telling this observer.
    #[must_use]
    pub fn new(session: Session, journal: Journal, observer: Arc<dyn Observer>) -> Self {
        Self { session, journal, observer, checkpoints: Arc::new(Uninterrupted) }
    }

    /// The same, telling `checkpoints` where it is. For tests that cut runs short.
    #[must_use]
    pub fn with_checkpoints(mut self, checkpoints: Arc<dyn Checkpoints>) -> Self {
        self.checkpoints = checkpoints;
        self
    }

    /// Carries a plan out, from the beginning. How it ended is in the result; the error is for what kept it from
    /// beginning: then nothing was sent and no run exists.
    ///
    /// Dropping the future stops the run at the next await. A secret that is being made at that moment is not affected:
    /// its answer is taken and sealed on a task of its own.
    ///
    /// # Errors
    /// [`Stop`].
    pub async fn execute(&self, plan: Plan, cancel: CancellationToken) -> Result<Finished, Stop> {
        self.check_session(&plan)?;
        let lease =
            self.journal.lease(&plan.organisation.id, &plan.title, self.session.surroundings.now()).await?;
        self.write_down(&plan).await?;
        let facts = Facts::of_plan(&plan);
        let running = Running::new(self, plan, facts, cancel, Arc::new(lease));
        Ok(Box::pin(running.begin()).await)
    }

    /// Writes a new run down.
    pub(super) async fn write_down(&self, plan: &Plan) -> Result<(), Stop> {
        let plan_json = serde_json::to_string(plan).map_err(|_| JournalError::Other { code: 0 })?;
        self.journal
            .begin(RunRecord {
                id: plan.run.clone(),
                format: FORMAT,
                app_version: self.session.app_version.clone(),
                title: plan.title.clone(),
                tenant: plan.organisation.id.clone(),
                tenant_name: plan.organisation.name.clone(),
                account: plan.account.clone(),
                created: self.session.surroundings.now(),
                plan_json,
                plan_hash: plan.hash(),
                end: None,
            })
            .await?;
        Ok(())
    }

    /// Goes on with a run that was cut short, stopped, cancelled or parked.
    ///
    /// # Errors
    /// [`Stop`] for what keeps it from going on: another account, another Gatehouse at work, a journal that a newer
    /// version wrote.
    pub async fn resume(&self, run: &RunId, cancel: CancellationToken) -> Result<Finished, Stop> {
        let (plan, _) = self.load(run).await?;
        self.check_session(&plan)?;
        let lease =
            self.journal.lease(&plan.organisation.id, &plan.title, self.session.surroundings.now()).await?;
        // Read again under the lease: whoever held it until now may have gone on.
        let (plan, facts) = self.load(run).await?;
        let running = Running::new(self, plan, facts, cancel, Arc::new(lease));
        running.say(RunEnd::Resumed).await?;
        Ok(Box::pin(running.go_on()).await)
    }

    /// Keeps what a run made and does not go on with it.
    ///
    /// # Errors
    /// [`Stop`].
    pub async fn keep(&self, run: &RunId) -> Result<(), Stop> {
        let (plan, facts) = self.load(run).await?;
        let lease =
            self.journal.lease(&plan.organisation.id, &plan.title, self.session.surroundings.now()).await?;
        Running::new(self, plan, facts, CancellationToken::new(), Arc::new(lease)).say(RunEnd::Kept).await
    }

    pub(crate) async fn load(&self, run: &RunId) -> Result<(Plan, Facts), Stop> {
        let record = self.journal.run(run).await?;
        let plan = record.plan()?;
        if plan.hash() != record.plan_hash {
            return Err(JournalError::UnreadableRun.into());
        }
        let facts = Facts::replay(&plan, &self.journal.entries(run).await?);
        Ok((plan, facts))
    }

    /// The same person in the same organisation, or nothing happens (row 17).
    pub(crate) fn check_session(&self, plan: &Plan) -> Result<(), Stop> {
        let same = plan.account.id == self.session.account.id && plan.organisation.id == self.session.tenant;
        if same { Ok(()) } else { Err(Stop::AnotherAccount { began_by: plan.account.name.clone() }) }
    }
}
