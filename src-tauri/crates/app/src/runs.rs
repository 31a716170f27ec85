//! Runs: one execution of a plan, told whole whenever something changes.

mod board;

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
        let (cancel, worker) = self.begin(&space, &prepared.account, &board)?;
        held(&space.plans).remove(plan_id);
        if let Some(setup) = &prepared.setup {
            // Written before the run: a run that is cut short must find the answers that it came from.
            self.remember_setup(&space, &prepared, setup)?;
        }
        let finished = worker.execute(prepared.plan.clone(), cancel).await;
        self.rest(&space, &board, &prepared.account, finished.map(Some)).await
    }

    /// Goes on with a run.
    pub async fn run_resume(&self, id: &str, observer: Observer<RunView>) -> Answer<RunView> {
        let space = self.space()?;
        let (record, account) = self.record(&space, id).await?;
        let mut shown = self.past(&space, &record).await?;
        shown.summary.state = RunState::Running;
        let board = Arc::new(Board::new(shown, observer));
        let (cancel, worker) = self.begin(&space, &account, &board)?;
        let finished = worker.resume(&record.id, cancel).await;
        self.rest(&space, &board, &account, finished.map(Some)).await
    }

    /// Undoes a run.
    pub async fn run_undo(&self, id: &str, observer: Observer<RunView>) -> Answer<RunView> {
        let space = self.space()?;
        let (record, account) = self.record(&space, id).await?;
        let mut shown = self.past(&space, &record).await?;
        shown.summary.state = RunState::Undoing;
        let board = Arc::new(Board::new(shown, observer));
        let (cancel, worker) = self.begin(&space, &account, &board)?;
        let undone = worker.undo(&record.id, cancel).await;
        if undone.is_ok() {
            self.forget_setup(&space, &record.id)?;
        }
        self.rest(&space, &board, &account, undone.map(|_| None)).await
    }

    /// Stops a run at the next safe point.
    pub async fn run_cancel(&self, id: &str) -> Answer<()> {
        let space = self.space()?;
        let running = held(&space.running);
        running.get(id).ok_or_else(|| no_such("run"))?.cancel.cancel();
        Ok(())
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
        let (record, _) = self.record(&space, id).await?;
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

    fn begin(
        &self,
        space: &OpenSpace,
        account: &Account,
        board: &Arc<Board>,
    ) -> Answer<(CancellationToken, Worker)> {
        let session = self.work_session(space, account)?;
        let cancel = CancellationToken::new();
        let observer = Arc::clone(board) as Arc<dyn provision::Observer>;
        let worker = Worker::new(session, space.journal()?.clone(), observer);
        let id = board.view().summary.id;
        let running = Running { cancel: cancel.clone(), board: Arc::clone(board) };
        if held(&space.running).insert(id, running).is_some() {
            return Err(AppError::new(ErrorCode::RunElsewhere));
        }
        Ok((cancel, worker))
    }

    /// The run rests: what came of it is kept, shown and told.
    async fn rest(
        &self,
        space: &OpenSpace,
        board: &Arc<Board>,
        account: &Account,
        finished: Result<Option<Finished>, provision::Stop>,
    ) -> Answer<RunView> {
        let id = board.view().summary.id;
        held(&space.running).remove(&id);
        let error = match &finished {
            Err(stop) => Some(stop.explain()),
            Ok(Some(Finished { finish: Finish::Stopped(stop), .. })) => Some(stop.explain()),
            Ok(_) => None,
        };
        if error.as_ref().is_some_and(|error| error.code == ErrorCode::SignInNeeded) {
            self.remember(space, &Account { needs_sign_in: true, ..account.clone() })?;
        }
        let mut shown = board.view();
        if let Ok(record) = self.record(space, &id).await.map(|(record, _)| record) {
            if let Ok(Some(finished)) = &finished {
                self.take_in_run(space, &record, finished).await?;
            }
            let past = self.past(space, &record).await?;
            shown = view::run::merged(past, &shown);
        } else {
            shown.summary.state = RunState::Interrupted;
        }
        shown.error = error;
        board.rest(shown.clone());
        self.changed(Changed::Runs);
        self.changed(Changed::Connections);
        self.changed(Changed::Status);
        Ok(shown)
    }

    /// A run's record, and the account that began it.
    async fn record(&self, space: &OpenSpace, id: &str) -> Answer<(RunRecord, Account)> {
        let run = RunId::parse(id).map_err(|_| no_such("run"))?;
        let record = space.journal()?.run(&run).await.or_explain()?;
        let same = |account: &&Account| {
            account.key.object_id.as_str() == record.account.id
                && account.key.tenant_id.as_str() == record.tenant
        };
        let accounts = self.accounts(space);
        // The own client of the organisation before Microsoft's: the latter goes when the former exists.
        let account = accounts.iter().filter(same).min_by_key(|account| account.bootstrap).cloned();
        match account {
            Some(account) => Ok((record, account)),
            None => Err(AppError::new(ErrorCode::SignInNeeded)
                .because(format!("This run belongs to {}, who is not signed in here.", record.account.name))),
        }
    }

    /// A run that is not at work in this process.
    async fn past(&self, space: &OpenSpace, record: &RunRecord) -> Answer<RunView> {
        let history = History::of(space.journal()?, &record.id).await.or_explain()?;
        Ok(view::run::past(&history, self.summary(space, record)))
    }
}
