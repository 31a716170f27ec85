//! Connections: what a set-up came to, remembered without secrets.

mod retest;
mod stored;

use std::sync::Arc;

use contract::{
    AppError, Changed, ConnectionState, ConnectionSummary, ConnectionView, ErrorCode, Finding, FindingTarget,
    FollowUpState, FollowUpTick, ProofResult, SecretKeptAt, Severity, When,
};
use graph::GraphError;
use jiff::SignedDuration;
use provision::{
    AppTokenError, Finish, GrantRequest, History, PermissionReport, Plan, RunId, Silent, Stop, Worker,
};

use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, Explain, OrExplain, no_such, sign_in_needed};
use crate::space::OpenSpace;
use crate::{App, clouds, hand_over, held, view};

pub(crate) use stored::Stored;

/// A secret that ends sooner than this needs somebody.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long somebody waits for a test. A set-up has more patience with Microsoft; it is journaled, and a test changes nothing.
const TEST_PATIENCE: std::time::Duration = std::time::Duration::from_secs(90);

impl App {
    /// Finished set-ups.
    pub async fn connections(&self) -> Answer<Vec<ConnectionSummary>> {
        let space = self.space()?;
        Ok(self.finished(&space)?.iter().map(summary).collect())
    }

    /// One finished set-up.
    pub async fn connection(&self, id: &str) -> Answer<ConnectionView> {
        let space = self.space()?;
        let stored = self.stored(&space, id)?;
        self.view_of(&space, &stored).await
    }

    /// Looks up the permissions of a set-up again.
    pub async fn connection_refresh(&self, id: &str) -> Answer<ConnectionView> {
        let space = self.space()?;
        let stored = self.stored(&space, id)?;
        let account = self.account_for(&space, &stored)?;
        let session = self.work_session(&space, &account).await?;
        let reports = reports(&session, &stored).await?;
        let stored = self.amend(&space, id, |stored| {
            take_in_reports(stored, &reports);
            stored.settle();
            Ok(())
        })?;
        self.changed(Changed::Connections);
        self.view_of(&space, &stored).await
    }

    /// Proves a set-up again. Reads only, but for a message that a connector sends to itself.
    pub async fn connection_test(&self, id: &str) -> Answer<ConnectionView> {
        let space = self.space()?;
        let stored = self.stored(&space, id)?;
        let account = self.account_for(&space, &stored)?;
        let run = RunId::parse(&stored.run_id).map_err(|_| no_such("run"))?;
        let history = History::of(space.journal()?, &run).await.or_explain()?;
        let session = self.work_session(&space, &account).await?;
        let mut check = Plan::check_of(&history, RunId::from_random(rand::random()), self.now());
        // Anyone of the organisation may test what a colleague set up.
        check.account = session.account.clone();
        let worker = Worker::new(session.clone(), space.journal()?.clone(), Arc::new(Silent));
        let executed = worker.execute(check, tokio_util::sync::CancellationToken::new());
        let finished = tokio::time::timeout(TEST_PATIENCE, executed)
            .await
            .map_err(|_| AppError::new(ErrorCode::TimedOut))?
            .or_explain()?;
        if let Finish::Stopped(stop) = &finished.finish
            && !says_something(stop)
        {
            return Err(stop.explain());
        }
        // Somebody may have granted what was missing; where that cannot be looked up, the last look-up stands.
        let reports = reports(&session, &stored).await.unwrap_or_default();
        let stored = self.amend(&space, id, |stored| {
            take_in_reports(stored, &reports);
            stored.take_in_proofs(&finished);
            stored.note_proved(self.now());
            stored.note_tested(self.now());
            stored.settle();
            Ok(())
        })?;
        self.changed(Changed::Connections);
        self.view_of(&space, &stored).await
    }

    /// Ticks a follow-up.
    pub async fn follow_up_tick(&self, tick: FollowUpTick) -> Answer<ConnectionView> {
        let space = self.space()?;
        let stored = self.amend(&space, &tick.connection_id, |stored| {
            if stored.setup.follow_ups.iter().all(|one| one.id != tick.follow_up_id) {
                return Err(no_such("step"));
            }
            stored.follow_ups_done.retain(|id| *id != tick.follow_up_id);
            if tick.done {
                stored.follow_ups_done.push(tick.follow_up_id);
            }
            Ok(())
        })?;
        self.view_of(&space, &stored).await
    }

    /// Notes where the person put a secret.
    pub async fn secret_kept_at(&self, kept: SecretKeptAt) -> Answer<ConnectionView> {
        let space = self.space()?;
        let place: String = kept.place.trim().chars().take(200).collect();
        let stored = self.amend(&space, &kept.connection_id, |stored| {
            let registration = stored.registrations.iter_mut().find(|one| one.key == kept.registration);
            let secret = registration.and_then(|one| one.secret.as_mut()).ok_or_else(|| no_such("secret"))?;
            secret.kept_at = (!place.is_empty()).then_some(place);
            Ok(())
        })?;
        self.view_of(&space, &stored).await
    }

    pub(crate) fn stored(&self, space: &OpenSpace, id: &str) -> Answer<Stored> {
        space.documents.get(Kind::Connection, id).or_explain()?.ok_or_else(|| no_such("set-up"))
    }

    pub(crate) fn keep(&self, space: &OpenSpace, stored: &Stored) -> Answer<()> {
        space.documents.put(Kind::Connection, &stored.id, stored, self.now()).or_explain()
    }

    /// Changes what is remembered now, not what was read before a long answer.
    pub(crate) fn amend(
        &self,
        space: &OpenSpace,
        id: &str,
        change: impl FnOnce(&mut Stored) -> Answer<()>,
    ) -> Answer<Stored> {
        let _alone = held(&space.amending);
        let mut stored = self.stored(space, id)?;
        change(&mut stored)?;
        self.keep(space, &stored)?;
        Ok(stored)
    }

    /// Who can look after a set-up: the one who made it, or else anyone signed in to its organisation.
    pub(crate) fn account_for(&self, space: &OpenSpace, stored: &Stored) -> Answer<Account> {
        let here =
            |account: &Account| !account.bootstrap && account.key.tenant_id.as_str() == stored.tenant_id;
        let accounts = self.accounts(space);
        let maker = accounts.iter().find(|account| account.id() == stored.account_id);
        let found = maker.cloned().or_else(|| self.active(space).ok().filter(here));
        found.or_else(|| accounts.into_iter().find(here)).ok_or_else(|| {
            sign_in_needed().because(format!("Nobody of {} is signed in here.", stored.tenant_name))
        })
    }

    /// Which connection a run made.
    pub(crate) fn connection_of_run(&self, space: &OpenSpace, run: &RunId) -> Option<String> {
        let (all, run) = (self.finished(space).ok()?, run.to_string());
        all.into_iter().find(|stored| stored.runs().any(|one| one == run)).map(|stored| stored.id)
    }

    /// Set-ups that came to something; those whose run never got that far are only answers.
    pub(crate) fn finished(&self, space: &OpenSpace) -> Answer<Vec<Stored>> {
        Ok(self.all_stored(space)?.into_iter().filter(Stored::is_finished).collect())
    }

    async fn view_of(&self, space: &OpenSpace, stored: &Stored) -> Answer<ConnectionView> {
        // What is remembered here can be looked at without the journal.
        let records = match space.journal() {
            Ok(journal) => journal.runs().await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let runs = records.iter().filter(|record| {
            let id = record.id.to_string();
            stored.runs().any(|run| run == id)
        });
        Ok(ConnectionView {
            summary: summary(stored),
            registrations: stored.registrations.clone(),
            proofs: stored.proofs.clone(),
            hand_over: hand_over::page(stored),
            follow_ups: stored
                .setup
                .follow_ups
                .iter()
                .map(|follow_up| FollowUpState {
                    done: stored.follow_ups_done.contains(&follow_up.id),
                    script: stored.setup.script(&follow_up.id).map(view::script::of),
                    follow_up: view::connector::follow_up(follow_up),
                })
                .collect(),
            runs: runs.map(|record| self.summary(space, record)).collect(),
            retest: stored.retest.map(retest::Clock::view),
            to_try: to_try(stored),
            grant_request: self.grant_request(space, stored).await,
        })
    }

    /// What is left for another person; none when everything is granted.
    pub(crate) async fn grant_request(
        &self,
        space: &OpenSpace,
        stored: &Stored,
    ) -> Option<contract::GrantRequest> {
        if stored.state != ConnectionState::WaitingForOther {
            return None;
        }
        let run = RunId::parse(&stored.run_id).ok()?;
        let history = History::of(space.journal().ok()?, &run).await.ok()?;
        let cloud = clouds::by_id(space, &stored.cloud).ok()?;
        GrantRequest::of(&history.plan, &history.made, &cloud)
            .map(|request| view::grant_request::view(&request))
    }

    /// What needs the person among the set-ups.
    pub(crate) fn connection_findings(&self, space: &OpenSpace) -> Vec<Finding> {
        let now = self.now();
        let mut findings = Vec::new();
        for stored in self.finished(space).unwrap_or_default() {
            let target = FindingTarget::Connection { connection_id: stored.id.clone() };
            let name = &stored.connector_name;
            let mut find = |what: &str, severity, title: String, why: &str, button: &str| {
                findings.push(Finding {
                    id: format!("{what}-{}", stored.id),
                    severity,
                    title,
                    why: why.to_owned(),
                    button: button.to_owned(),
                    target: target.clone(),
                });
            };
            if let Some(When(end)) = stored.next_expiry()
                && end.duration_since(now) < SOON
            {
                let (severity, title) = match end.duration_since(now).as_hours().div_euclid(24) {
                    ..0 => (Severity::Critical, format!("A secret of {name} has ended.")),
                    0 => (Severity::Critical, format!("A secret of {name} ends within a day.")),
                    1 => (Severity::Warning, format!("A secret of {name} ends in 1 day.")),
                    days => (Severity::Warning, format!("A secret of {name} ends in {days} days.")),
                };
                find("expiry", severity, title, "When it ends, the product stops working.", "Look at it");
            }
            match stored.state {
                ConnectionState::Broken => find(
                    "broken",
                    Severity::Critical,
                    format!("{name} does not work."),
                    "Its last test was refused.",
                    "Look at it",
                ),
                ConnectionState::WaitingForOther => find(
                    "waiting",
                    Severity::Info,
                    format!("{name} waits for another person."),
                    "Some permissions are still to be granted.",
                    "Show the request",
                ),
                ConnectionState::Works | ConnectionState::NotProved => {}
            }
        }
        findings
    }
}

/// Whether why a test stopped says something about the set-up, and not only about the way to it.
fn says_something(stop: &Stop) -> bool {
    match stop {
        Stop::Graph(error) => {
            let refused = error.refusal().is_some() && !error.is_transient();
            refused && !matches!(**error, GraphError::Unauthorized(_))
        }
        Stop::AppSignIn(error) => !matches!(error, AppTokenError::Network(_)),
        Stop::RolesDiffer { .. } | Stop::Deleted { .. } | Stop::Drift { .. } | Stop::NotAllowed { .. } => {
            true
        }
        _ => false,
    }
}

/// The permissions of a set-up's registrations, as they are now.
async fn reports(session: &provision::Session, stored: &Stored) -> Answer<Vec<PermissionReport>> {
    let mut reports = Vec::new();
    for registration in &stored.registrations {
        reports.push(provision::permission_report(session, &registration.app_id, None).await.or_explain()?);
    }
    Ok(reports)
}

fn take_in_reports(stored: &mut Stored, reports: &[PermissionReport]) {
    for report in reports {
        let known = stored.registrations.iter_mut().find(|one| one.app_id == report.app_id.as_str());
        if let Some(registration) = known {
            registration.permissions = report.permissions.iter().map(view::truths::status).collect();
            registration.permissions_at = Some(When(report.at));
        }
    }
}

/// Registrations that only somebody's sign-in can show to work.
fn to_try(stored: &Stored) -> Vec<String> {
    let untried = |key: &str| {
        stored.setup.proofs.iter().enumerate().any(|(n, proof)| {
            let shown = stored.proofs.iter().find(|one| one.id == format!("proof:{n}"));
            proof.registration == key
                && shown.is_some_and(|one| matches!(one.result, ProofResult::Unknown { .. }))
        })
    };
    let has_secret =
        |key: &str| stored.registrations.iter().any(|one| one.key == key && one.secret.is_some());
    let specs = stored.setup.registrations.iter();
    specs
        .filter(|spec| {
            crate::authorize::works_for_people(spec) && untried(&spec.key) && has_secret(&spec.key)
        })
        .map(|spec| spec.key.clone())
        .collect()
}

fn summary(stored: &Stored) -> ConnectionSummary {
    ConnectionSummary {
        id: stored.id.clone(),
        connector_id: stored.connector_id.clone(),
        connector_name: stored.connector_name.clone(),
        tenant_name: stored.tenant_name.clone(),
        state: stored.state,
        next_expiry: stored.next_expiry(),
        proved_at: stored.proved_at,
    }
}

/// Whether a proof succeeded.
pub(crate) fn is_proved(proof: &contract::ProofView) -> bool {
    proof.result == ProofResult::Proved
}
