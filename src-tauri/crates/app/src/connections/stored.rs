//! A connection as remembered, and how runs change it.

use blueprint::Setup;
use contract::{
    ConnectedRegistration, ConnectionState, PermissionStatus, ProofResult, ProofView, SecretView, Truth, When,
};
use jiff::Timestamp;
use provision::{Finish, Finished, History, MadeRegistration, RunEnd};
use serde::{Deserialize, Serialize};

use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::plans::Prepared;
use crate::space::OpenSpace;
use crate::{App, fresh_id, view};

/// A connection. Holds no secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) connector_id: String,
    pub(crate) connector_name: String,
    pub(crate) cloud: identity::CloudId,
    pub(crate) tenant_id: String,
    pub(crate) tenant_name: String,
    pub(crate) default_domain: Option<String>,
    pub(crate) initial_domain: Option<String>,
    pub(crate) account_id: String,
    pub(crate) run_id: String,
    pub(crate) draft_id: Option<String>,
    pub(crate) setup: Setup,
    pub(crate) registrations: Vec<ConnectedRegistration>,
    pub(crate) proofs: Vec<ProofView>,
    pub(crate) proved_at: Option<When>,
    pub(crate) follow_ups_done: Vec<String>,
    pub(crate) state: ConnectionState,
    /// Its run has ended: it came to something, if only to a script and a form.
    #[serde(default)]
    pub(crate) taken_in: bool,
    /// Runs while Microsoft may still be spreading a change of whose mailboxes it reaches.
    #[serde(default)]
    pub(crate) retest: Option<super::retest::Clock>,
    /// As it was before its last run renewed it: undoing that run brings this back.
    #[serde(default)]
    pub(crate) before: Option<Box<Self>>,
}

impl Stored {
    /// When its next secret ends.
    pub(crate) fn next_expiry(&self) -> Option<When> {
        self.registrations.iter().filter_map(|one| Some(one.secret.as_ref()?.expires_at)).min()
    }

    /// Whether its run came to something; before that it is only answers.
    pub(crate) fn is_finished(&self) -> bool {
        self.taken_in || !self.registrations.is_empty()
    }

    /// The runs that made it what it is, newest first.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self), |stored| stored.before.as_deref())
            .map(|stored| stored.run_id.as_str())
    }

    /// What was tried just now, by the proofs' names.
    pub(crate) fn take_in_results(&mut self, results: &[(String, provision::ProofResult)]) {
        for (id, result) in results {
            let (result, seen) = view::run::proof_result(result);
            if let Some(proof) = self.proofs.iter_mut().find(|proof| proof.id == *id) {
                (proof.result, proof.seen) = (result, seen);
            }
        }
    }

    /// What the last test saw.
    pub(crate) fn take_in_proofs(&mut self, finished: &Finished) {
        self.take_in_results(&finished.proofs);
        if let Finish::Stopped(stop) = &finished.finish {
            let error = crate::errors::words(stop);
            // What was not tried because of it failed with it.
            let tried = |id: &str| {
                let result = finished.proofs.iter().find(|(one, _)| one == id).map(|(_, result)| result);
                result.is_some_and(|result| !matches!(result, provision::ProofResult::Unknown(_)))
            };
            for proof in &mut self.proofs {
                if !tried(&proof.id) {
                    (proof.result, proof.seen) = (ProofResult::Refused { error: error.clone() }, None);
                }
            }
        }
    }

    /// Takes note of the time, if everything was proved just now.
    pub(crate) fn note_proved(&mut self, now: Timestamp) {
        if self.is_proved() {
            self.proved_at = Some(When(now));
        }
    }

    fn is_proved(&self) -> bool {
        !self.proofs.is_empty() && self.proofs.iter().all(super::is_proved)
    }

    /// How it stands, from what is granted and proved.
    pub(crate) fn settle(&mut self) {
        let missing = self
            .registrations
            .iter()
            .flat_map(|one| &one.permissions)
            .any(|permission| permission.requested == Truth::Yes && permission.granted == Truth::No);
        let refused = self.proofs.iter().any(|proof| matches!(proof.result, ProofResult::Refused { .. }));
        let proved = self.is_proved();
        self.state = match () {
            () if missing => ConnectionState::WaitingForOther,
            () if refused => ConnectionState::Broken,
            () if proved => ConnectionState::Works,
            () => ConnectionState::NotProved,
        };
    }
}

impl App {
    /// Keeps the answers of a run that is about to begin, so that one that is cut short finds them again.
    pub(crate) fn remember_setup(&self, space: &OpenSpace, prepared: &Prepared, setup: &Setup) -> Answer<()> {
        let plan = &prepared.plan;
        let stored = Stored {
            id: fresh_id(),
            connector_id: setup.connector.clone(),
            connector_name: setup.name.clone(),
            cloud: prepared.account.cloud.clone(),
            tenant_id: plan.organisation.id.clone(),
            tenant_name: plan.organisation.name.clone(),
            default_domain: plan.organisation.default_domain.clone(),
            initial_domain: plan.organisation.initial_domain.clone(),
            account_id: prepared.account.id(),
            run_id: plan.run.to_string(),
            draft_id: prepared.draft_id.clone(),
            setup: setup.clone(),
            registrations: Vec::new(),
            proofs: view::run::proofs(plan),
            proved_at: None,
            follow_ups_done: Vec::new(),
            state: ConnectionState::NotProved,
            taken_in: false,
            retest: None,
            before: None,
        };
        self.keep(space, &stored)
    }

    /// The run was undone, or never began: what was there before it counts again.
    pub(crate) fn forget_setup(&self, space: &OpenSpace, run: &str) -> Answer<()> {
        for stored in self.of_run(space, run)? {
            match stored.before {
                Some(before) => self.keep(space, &before)?,
                None => space.documents.remove(Kind::Connection, &stored.id).or_explain()?,
            }
        }
        Ok(())
    }

    /// What came of a run: its registrations become a connection, or renew the one that they belong to. `finished` knows
    /// more than the journal, where this very process carried the run out.
    pub(crate) fn take_in_run(
        &self,
        space: &OpenSpace,
        history: &History,
        finished: Option<&Finished>,
    ) -> Answer<()> {
        if history.record.is_unfinished() {
            return Ok(());
        }
        for mut stored in self.of_run(space, &history.record.id.to_string())? {
            let known = self.all_stored(space)?;
            let tokens = finished.map(|finished| finished.tokens.as_slice()).unwrap_or_default();
            stored.registrations = history
                .made
                .iter()
                .map(|made| ConnectedRegistration {
                    permissions_at: Some(When(self.now())),
                    ..registration(made, &known, view::truths::of_run(&history.plan, made, tokens))
                })
                .collect();
            match finished {
                Some(finished) => stored.take_in_proofs(finished),
                None => view::run::recall_proofs(&mut stored.proofs, history),
            }
            stored.taken_in = true;
            stored.note_proved(self.now());
            stored.note_limited(&history.plan, finished, self.now());
            stored.settle();
            if history.record.end == Some(RunEnd::WaitingForOther) {
                stored.state = ConnectionState::WaitingForOther;
            }
            let own_id = stored.id.clone();
            if let Some(earlier) = renewed_by(&stored, known) {
                stored.id.clone_from(&earlier.id);
                stored.follow_ups_done.clone_from(&earlier.follow_ups_done);
                stored.before = Some(Box::new(earlier));
            }
            self.keep(space, &stored)?;
            if stored.id != own_id {
                space.documents.remove(Kind::Connection, &own_id).or_explain()?;
            }
            if let Some(draft) = &stored.draft_id {
                space.documents.remove(Kind::Draft, draft).or_explain()?;
            }
        }
        Ok(())
    }

    /// Catches up where an earlier Gatehouse was ended between the last word in the journal and taking it in.
    pub(crate) async fn take_in_forgotten(&self, space: &OpenSpace) {
        let Ok(journal) = space.journal() else { return };
        let (Ok(all), Ok(records)) = (self.all_stored(space), journal.runs().await) else { return };
        for stored in &all {
            let Some(record) = records.iter().find(|record| record.id.to_string() == stored.run_id) else {
                continue;
            };
            let caught_up = if record.end == Some(RunEnd::Undone) {
                self.forget_setup(space, &stored.run_id)
            } else if stored.is_finished() {
                Ok(())
            } else if all.iter().any(|other| other.id != stored.id && other.run_id == stored.run_id) {
                space.documents.remove(Kind::Connection, &stored.id).or_explain()
            } else {
                match History::of(journal, &record.id).await {
                    Ok(history) => self.take_in_run(space, &history, None),
                    Err(error) => Err(crate::errors::words(&error)),
                }
            };
            if let Err(error) = caught_up {
                tracing::warn!(code = ?error.code, "a finished run was not taken in");
            }
        }
    }

    pub(crate) fn all_stored(&self, space: &OpenSpace) -> Answer<Vec<Stored>> {
        space.documents.list(Kind::Connection).or_explain()
    }

    fn of_run(&self, space: &OpenSpace, run: &str) -> Answer<Vec<Stored>> {
        Ok(self.all_stored(space)?.into_iter().filter(|stored| stored.run_id == run).collect())
    }
}

/// The connection that this one renews: all of its registrations are in the new one. One with others of its own stays
/// beside it, so that nothing is lost from sight.
fn renewed_by(new: &Stored, known: Vec<Stored>) -> Option<Stored> {
    let has = |app_id: &str| new.registrations.iter().any(|one| one.app_id == app_id);
    // Without apps, it is the account that makes it the same.
    let same_form = |stored: &Stored| {
        let accounts = |one: &Stored| -> Vec<String> {
            one.setup.accounts.iter().map(|account| account.address.to_lowercase()).collect()
        };
        new.registrations.is_empty()
            && stored.connector_id == new.connector_id
            && accounts(stored) == accounts(new)
    };
    known.into_iter().find(|stored| {
        stored.id != new.id
            && stored.tenant_id == new.tenant_id
            && stored.is_finished()
            && if stored.registrations.is_empty() {
                same_form(stored)
            } else {
                stored.registrations.iter().all(|one| has(&one.app_id))
            }
    })
}

fn registration(
    made: &MadeRegistration,
    known: &[Stored],
    permissions: Vec<PermissionStatus>,
) -> ConnectedRegistration {
    // A run that keeps the secret of an earlier one made none itself.
    let before = known
        .iter()
        .flat_map(|stored| &stored.registrations)
        .find(|one| one.app_id == made.app_id.as_str() && one.secret.is_some())
        .and_then(|one| one.secret.clone());
    let secret = made.secret.as_ref().map(|secret| SecretView {
        key_id: secret.key_id.to_string(),
        name: secret.name.clone(),
        hint: secret.hint.clone(),
        created_at: When(secret.start),
        expires_at: When(secret.end),
        stored: true,
        kept_at: None,
    });
    ConnectedRegistration {
        key: made.key.clone(),
        name: made.display_name.clone(),
        app_id: made.app_id.to_string(),
        object_id: made.id.to_string(),
        service_principal_id: made.service_principal.as_ref().map(ToString::to_string).unwrap_or_default(),
        secret: secret.or(before),
        permissions,
        permissions_at: None,
    }
}
