//! Connections: what a set-up came to, remembered without secrets.

mod stored;

use std::sync::Arc;

use contract::{
    Changed, ConnectionState, ConnectionSummary, ConnectionView, Finding, FindingTarget, FollowUpState,
    FollowUpTick, ProofResult, SecretKeptAt, Severity, When,
};
use jiff::SignedDuration;
use provision::{GrantRequest, History, Plan, RunId, Silent, Worker};

use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, clouds, hand_over, view};

pub(crate) use stored::Stored;

/// A secret that ends sooner than this needs somebody.
const SOON: SignedDuration = SignedDuration::from_hours(30 * 24);

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
        let mut stored = self.stored(&space, id)?;
        let account = self.account(&space, &stored.account_id)?;
        let session = self.work_session(&space, &account)?;
        for registration in &mut stored.registrations {
            let report =
                provision::permission_report(&session, &registration.app_id, None).await.or_explain()?;
            registration.permissions = report.permissions.iter().map(view::truths::status).collect();
            registration.permissions_at = Some(When(report.at));
        }
        stored.settle();
        self.keep(&space, &stored)?;
        self.view_of(&space, &stored).await
    }

    /// Proves a set-up again. Reads only, but for a message that a connector sends to itself.
    pub async fn connection_test(&self, id: &str) -> Answer<ConnectionView> {
        let space = self.space()?;
        let mut stored = self.stored(&space, id)?;
        let account = self.account(&space, &stored.account_id)?;
        let run = RunId::parse(&stored.run_id).map_err(|_| no_such("run"))?;
        let history = History::of(space.journal()?, &run).await.or_explain()?;
        let check = Plan::check_of(&history, RunId::from_random(rand::random()), self.now());
        let session = self.work_session(&space, &account)?;
        let worker = Worker::new(session, space.journal()?.clone(), Arc::new(Silent));
        let finished =
            worker.execute(check, tokio_util::sync::CancellationToken::new()).await.or_explain()?;
        stored.take_in_proofs(&finished, self.now());
        stored.settle();
        self.keep(&space, &stored)?;
        self.changed(Changed::Connections);
        self.view_of(&space, &stored).await
    }

    /// Ticks a follow-up.
    pub async fn follow_up_tick(&self, tick: FollowUpTick) -> Answer<ConnectionView> {
        let space = self.space()?;
        let mut stored = self.stored(&space, &tick.connection_id)?;
        stored.follow_ups_done.retain(|id| *id != tick.follow_up_id);
        if tick.done {
            stored.follow_ups_done.push(tick.follow_up_id);
        }
        self.keep(&space, &stored)?;
        self.view_of(&space, &stored).await
    }

    /// Notes where the person put a secret.
    pub async fn secret_kept_at(&self, kept: SecretKeptAt) -> Answer<ConnectionView> {
        let space = self.space()?;
        let mut stored = self.stored(&space, &kept.connection_id)?;
        let registration = stored.registrations.iter_mut().find(|one| one.key == kept.registration);
        let secret = registration.and_then(|one| one.secret.as_mut()).ok_or_else(|| no_such("secret"))?;
        let place: String = kept.place.trim().chars().take(200).collect();
        secret.kept_at = (!place.is_empty()).then_some(place);
        self.keep(&space, &stored)?;
        self.view_of(&space, &stored).await
    }

    pub(crate) fn stored(&self, space: &OpenSpace, id: &str) -> Answer<Stored> {
        space.documents.get(Kind::Connection, id).or_explain()?.ok_or_else(|| no_such("set-up"))
    }

    pub(crate) fn keep(&self, space: &OpenSpace, stored: &Stored) -> Answer<()> {
        space.documents.put(Kind::Connection, &stored.id, stored, self.now()).or_explain()
    }

    /// Which connection a run made.
    pub(crate) fn connection_of_run(&self, space: &OpenSpace, run: &RunId) -> Option<String> {
        let all = self.finished(space).ok()?;
        all.into_iter().find(|stored| stored.run_id == run.to_string()).map(|stored| stored.id)
    }

    /// Set-ups that came to something; those whose run never got that far are only answers.
    fn finished(&self, space: &OpenSpace) -> Answer<Vec<Stored>> {
        let all: Vec<Stored> = space.documents.list(Kind::Connection).or_explain()?;
        Ok(all.into_iter().filter(|stored| !stored.registrations.is_empty()).collect())
    }

    async fn view_of(&self, space: &OpenSpace, stored: &Stored) -> Answer<ConnectionView> {
        let records = space.journal()?.runs().await.or_explain()?;
        let runs = records.iter().filter(|record| record.id.to_string() == stored.run_id);
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
                    follow_up: view::connector::follow_up(follow_up),
                })
                .collect(),
            runs: runs.map(|record| self.summary(space, record)).collect(),
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
                let days = end.duration_since(now).as_hours().div_euclid(24);
                let (severity, title) = if end <= now {
                    (Severity::Critical, format!("A secret of {name} has ended."))
                } else {
                    (Severity::Warning, format!("A secret of {name} ends soon: days left {days}."))
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
