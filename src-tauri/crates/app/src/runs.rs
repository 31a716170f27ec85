//! Runs: one execution of a plan, told whole whenever something changes.

mod board;

use std::collections::hash_map::Entry;
use std::sync::Arc;

use contract::{AppError, Changed, CopyReceipt, ErrorCode, RunState, RunSummary, RunView, UnsavedSecretRef};
use provision::{Finish, Finished, History, RunId, RunRecord, UnsavedSecret, Worker};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::accounts::Account;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, Observer, held, view};
use board::Board;

/// A run at work in this process.
pub(crate) struct Running {
    cancel: CancellationToken,
    board: Arc<Board>,
}

/// Keeps a run on the list of those at work, until its work ends in whatever way.
struct AtWork {
    space: Arc<OpenSpace>,
    id: String,
    cancel: CancellationToken,
}

impl Drop for AtWork {
    fn drop(&mut self) {
        held(&self.space.running).remove(&self.id);
    }
}

impl App {
    /// Starts a run of a plan. Ends when the run rests.
    pub async fn run_start(&self, plan_id: &str, observer: Observer<RunView>) -> Answer<RunView> {
        let space = self.space()?;
        let prepared = self.prepared(&space, plan_id)?;
        let summary = RunSummary {
            id: prepared.plan.run.to_string(),
            title: prepared.plan.title.clone(),
            tenant_name: prepared.plan.organisation.name.clone(),
            by: prepared.plan.account.name.clone(),
            started_at: contract::When(self.now()),
            state: RunState::Running,
            connection_id: None,
        };
        let board = Arc::new(Board::new(view::run::fresh(&prepared.plan, summary), observer));
        let (at_work, worker) = self.begin(&space, &prepared.account, &board).await?;
        if let Some(setup) = &prepared.setup {
            // Written before the run: a run that is cut short must find the answers that it came from.
            self.remember_setup(&space, &prepared, setup)?;
        }
        self.remember_rotation(&space, &prepared)?;
        held(&space.plans).remove(plan_id);
        let finished = worker.execute(prepared.plan.clone(), at_work.cancel.clone()).await;
        if finished.is_err() {
            // No run exists: the plan stands, and can be started when what is in the way has gone.
            self.forget_setup(&space, &at_work.id)?;
            self.forget_rotation(&space, &prepared)?;
            held(&space.plans).insert(plan_id.to_owned(), prepared.clone());
        }
        self.rest(at_work, &board, &prepared.account, finished.map(Some)).await
    }

    /// Goes on with a run.
    pub async fn run_resume(&self, id: &str, observer: Observer<RunView>) -> Answer<RunView> {
        let space = self.space()?;
        let record = self.record(&space, id).await?;
        let account = self.beginner_of(&space, &record)?;
        let mut shown = self.past(&space, &record).await?;
        shown.summary.state = RunState::Running;
        let board = Arc::new(Board::new(shown, observer));
        let (at_work, worker) = self.begin(&space, &account, &board).await?;
        let finished = worker.resume(&record.id, at_work.cancel.clone()).await;
        self.rest(at_work, &board, &account, finished.map(Some)).await
    }

    /// Undoes a run.
    pub async fn run_undo(&self, id: &str, observer: Observer<RunView>) -> Answer<RunView> {
        let space = self.space()?;
        let record = self.record(&space, id).await?;
        let account = self.undoer_of(&space, &record)?;
        let mut shown = self.past(&space, &record).await?;
        shown.summary.state = RunState::Undoing;
        let board = Arc::new(Board::new(shown, observer));
        let (at_work, worker) = self.begin(&space, &account, &board).await?;
        let undone = worker.undo(&record.id, at_work.cancel.clone()).await;
        if undone.is_ok() {
            self.forget_setup(&space, id)?;
            self.rotation_undone(&space, id)?;
        }
        self.rest(at_work, &board, &account, undone.map(|_| None)).await
    }

    /// Stops a run at the next safe point.
    pub async fn run_cancel(&self, id: &str) -> Answer<()> {
        let space = self.space()?;
        let running = held(&space.running);
        running.get(id).ok_or_else(|| no_such("run"))?.cancel.cancel();
        Ok(())
    }

    /// Stops every run of this process at its next safe point; says whether there was one.
    pub fn stop_runs(&self) -> bool {
        let Ok(space) = self.space() else { return false };
        let running = held(&space.running);
        running.values().for_each(|run| run.cancel.cancel());
        !running.is_empty()
    }

    /// Runs, newest first.
    pub async fn runs(&self) -> Answer<Vec<RunSummary>> {
        let space = self.space()?;
        let records = space.journal()?.runs().await.or_explain()?;
        Ok(records.iter().map(|record| self.summary(&space, record)).collect())
    }

    /// One run.
    pub async fn run(&self, id: &str) -> Answer<RunView> {
        let space = self.space()?;
        if let Some(running) = held(&space.running).get(id) {
            return Ok(running.board.view());
        }
        let record = self.record(&space, id).await?;
        self.past(&space, &record).await
    }

    /// Copies a secret that could not be kept here.
    pub async fn unsaved_secret_copy(&self, which: UnsavedSecretRef) -> Answer<CopyReceipt> {
        let secret = self.unsaved(&which)?;
        self.copy_secret(SecretString::from(secret.value.expose_secret())).await
    }

    /// Tries now to keep it.
    pub async fn unsaved_secret_retry(&self, which: UnsavedSecretRef) -> Answer<()> {
        self.unsaved(&which)?.try_now();
        Ok(())
    }

    /// The person keeps it elsewhere; the run goes on without it.
    pub async fn unsaved_secret_kept_elsewhere(&self, which: UnsavedSecretRef) -> Answer<()> {
        self.unsaved(&which)?.kept_elsewhere();
        Ok(())
    }

    /// Runs that stopped half-way, newest first; a journal that cannot be read has none to tell of.
    pub(crate) async fn unfinished_runs(&self, space: &OpenSpace) -> Vec<RunSummary> {
        let Ok(journal) = space.journal() else { return Vec::new() };
        let records = journal.runs().await.unwrap_or_default();
        let here = |record: &&RunRecord| !held(&space.running).contains_key(&record.id.to_string());
        records
            .iter()
            .filter(|record| record.is_unfinished())
            .filter(here)
            .filter(|record| changes_something(record))
            .map(|record| self.summary(space, record))
            .collect()
    }

    pub(crate) fn summary(&self, space: &OpenSpace, record: &RunRecord) -> RunSummary {
        let running = held(&space.running).contains_key(&record.id.to_string());
        RunSummary {
            id: record.id.to_string(),
            title: record.title.clone(),
            tenant_name: record.tenant_name.clone(),
            by: record.account.name.clone(),
            started_at: contract::When(record.created),
            state: if running { RunState::Running } else { view::run::state(record) },
            connection_id: self.connection_of_run(space, &record.id),
        }
    }

    fn unsaved(&self, which: &UnsavedSecretRef) -> Answer<Arc<UnsavedSecret>> {
        let space = self.space()?;
        let running = held(&space.running);
        let board = &running.get(&which.run_id).ok_or_else(|| no_such("run"))?.board;
        board.unsaved(&which.key_id).ok_or_else(|| no_such("secret"))
    }

    async fn begin(
        &self,
        space: &Arc<OpenSpace>,
        account: &Account,
        board: &Arc<Board>,
    ) -> Answer<(AtWork, Worker)> {
        let session = self.work_session(space, account).await?;
        let cancel = CancellationToken::new();
        let observer = Arc::clone(board) as Arc<dyn provision::Observer>;
        let worker = Worker::new(session, space.journal()?.clone(), observer);
        let id = board.view().summary.id;
        match held(&space.running).entry(id.clone()) {
            Entry::Occupied(_) => return Err(AppError::new(ErrorCode::RunElsewhere)),
            Entry::Vacant(free) => {
                free.insert(Running { cancel: cancel.clone(), board: Arc::clone(board) });
            }
        }
        Ok((AtWork { space: Arc::clone(space), id, cancel }, worker))
    }

    /// The run rests: what came of it is kept, shown and told.
    async fn rest(
        &self,
        at_work: AtWork,
        board: &Arc<Board>,
        account: &Account,
        finished: Result<Option<Finished>, provision::Stop>,
    ) -> Answer<RunView> {
        let (at, id) = (Arc::clone(&at_work.space), at_work.id.clone());
        drop(at_work);
        let space = at.as_ref();
        let error = match &finished {
            Err(stop) => Some(stop.explain()),
            Ok(Some(Finished { finish: Finish::Stopped(stop), .. })) => Some(stop.explain()),
            Ok(_) => None,
        };
        if error.as_ref().is_some_and(|error| error.code == ErrorCode::SignInNeeded) {
            self.remember(space, &Account { needs_sign_in: true, ..account.clone() })?;
        }
        let mut shown = board.view();
        shown.error = error;
        match self.record(space, &id).await {
            Ok(record) => {
                let history = History::of(space.journal()?, &record.id).await.or_explain()?;
                if let Ok(Some(finished)) = &finished
                    && let Err(error) = self.take_in_run(space, &history, Some(finished))
                {
                    // The journal has it all: it is taken in when the space is entered the next time.
                    shown.error = shown.error.or(Some(error));
                }
                if let Err(error) = self.start_clocks(space, &history) {
                    tracing::warn!(code = ?error.code, "no clock was started for a change of mailbox access");
                }
                let error = shown.error.take();
                shown = view::run::merged(view::run::past(&history, self.summary(space, &record)), &shown);
                shown.error = error;
            }
            Err(_) => shown.summary.state = RunState::Interrupted,
        }
        board.rest(shown.clone());
        self.look_again_after(&at, account, &id).await;
        self.changed(Changed::Runs);
        self.changed(Changed::Connections);
        self.changed(Changed::Status);
        Ok(shown)
    }

    async fn record(&self, space: &OpenSpace, id: &str) -> Answer<RunRecord> {
        let run = RunId::parse(id).map_err(|_| no_such("run"))?;
        space.journal()?.run(&run).await.or_explain()
    }

    /// The account that began a run: the only one that may go on with it.
    fn beginner_of(&self, space: &OpenSpace, record: &RunRecord) -> Answer<Account> {
        let same = |account: &&Account| {
            account.key.object_id.as_str() == record.account.id
                && account.key.tenant_id.as_str() == record.tenant
        };
        let accounts = self.accounts(space);
        // The own client of the organisation before Microsoft's: the latter goes when the former exists.
        let account = accounts.iter().filter(same).min_by_key(|account| account.bootstrap).cloned();
        account.ok_or_else(|| {
            AppError::new(ErrorCode::SignInNeeded)
                .because(format!("This run belongs to {}, who is not signed in here.", record.account.name))
        })
    }

    /// Who can undo a run: the one who began it, or else the active account, if it is of the same organisation.
    fn undoer_of(&self, space: &OpenSpace, record: &RunRecord) -> Answer<Account> {
        self.beginner_of(space, record).or_else(|error| {
            let active = self.active(space).ok();
            active.filter(|account| account.key.tenant_id.as_str() == record.tenant).ok_or(error)
        })
    }

    /// A run that is not at work in this process.
    async fn past(&self, space: &OpenSpace, record: &RunRecord) -> Answer<RunView> {
        let history = History::of(space.journal()?, &record.id).await.or_explain()?;
        Ok(view::run::past(&history, self.summary(space, record)))
    }
}

/// Whether a run is one that can leave something half done. One that cannot be read may be.
fn changes_something(record: &RunRecord) -> bool {
    record.plan().map_or(true, |plan| plan.steps.iter().any(|step| step.writes() && step.is_due()))
}
