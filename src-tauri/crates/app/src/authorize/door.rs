//! The way back to this computer, on a registration: there for the time of a sign-in.

use std::sync::Arc;

use contract::{AppError, ConnectedRegistration, ErrorCode, RedirectPlatform, RedirectUri};
use provision::{Finish, RunId, Silent, Worker};
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::accounts::Account;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{registrations, view};

/// The address that Gatehouse comes back to. Microsoft ignores its port.
const ADDRESS: &str = "http://localhost";

/// Whether the registration lets people come back to this computer, and what was done for it.
pub(super) struct Door {
    opened: Option<Opened>,
}

/// The run that put the address there.
struct Opened {
    space: Arc<OpenSpace>,
    account: Account,
    run: String,
}

impl Door {
    /// Puts the address on the registration, where it is not there yet.
    pub(super) async fn open(
        app: &App,
        space: &Arc<OpenSpace>,
        account: &Account,
        registration: &ConnectedRegistration,
    ) -> Answer<Self> {
        let graph = app.session(space, account).await?.graph.clone();
        let there = view::redirect::of(&registrations::by_client_id(&graph, &registration.app_id).await?);
        let own = RedirectUri { platform: RedirectPlatform::Public, uri: ADDRESS.to_owned() };
        if there.contains(&own) {
            return Ok(Self { opened: None });
        }
        let mut wanted = there;
        wanted.push(own);
        let run = app.change_redirects(space, account, &registration.app_id, wanted).await?;
        Ok(Self { opened: Some(Opened { space: Arc::clone(space), account: account.clone(), run }) })
    }

    /// What was changed, one sentence each.
    pub(super) fn changed(&self) -> Vec<String> {
        let sentence = "The app may send people back to this computer (http://localhost) while you sign in.";
        self.opened.iter().map(|_| sentence.to_owned()).collect()
    }

    /// The run that changed it.
    pub(super) fn run(&self) -> Option<String> {
        self.opened.as_ref().map(|opened| opened.run.clone())
    }

    /// Takes it back; says what became of it.
    pub(super) async fn close(self, app: &App) -> Vec<String> {
        let Some(Opened { space, account, run }) = self.opened else { return Vec::new() };
        let sentence = match app.take_back(&space, &account, &run).await {
            Ok(()) => "The address of this computer was taken off the app again.".to_owned(),
            Err(error) => {
                tracing::warn!(code = ?error.code, "the way back to this computer stayed open");
                format!(
                    "The address http://localhost could not be taken off the app: {} Undo the run “{run}”, or remove it \
                     under Authentication.",
                    error.why
                )
            }
        };
        vec![sentence]
    }
}

impl App {
    /// Carries out a run that leaves a registration with these addresses; gives its id.
    async fn change_redirects(
        &self,
        space: &Arc<OpenSpace>,
        account: &Account,
        app_id: &str,
        wanted: Vec<RedirectUri>,
    ) -> Answer<String> {
        let plan = self.plan_redirects(space, account, app_id, None, &wanted).await?;
        if let Some(not_by_you) = plan.steps.iter().find_map(|step| step.not_by_you.as_ref()) {
            return Err(AppError::new(ErrorCode::RoleMissing).because(not_by_you.why.clone()));
        }
        let run = plan.run.to_string();
        let session = self.work_session(space, account).await?;
        let worker = Worker::new(session, space.journal()?.clone(), Arc::new(Silent));
        let finished = worker.execute(plan, CancellationToken::new()).await.or_explain()?;
        match finished.finish {
            Finish::Stopped(stop) => {
                // What was sent may have arrived: nothing of it is left behind.
                let _ = self.take_back(space, account, &run).await;
                Err(stop.explain())
            }
            _ => Ok(run),
        }
    }

    /// Undoes a run that nobody looks at.
    async fn take_back(&self, space: &OpenSpace, account: &Account, run: &str) -> Answer<()> {
        let run = RunId::parse(run).map_err(|_| no_such("run"))?;
        let session = self.work_session(space, account).await?;
        let worker = Worker::new(session, space.journal()?.clone(), Arc::new(Silent));
        worker.undo(&run, CancellationToken::new()).await.or_explain()?;
        Ok(())
    }
}
