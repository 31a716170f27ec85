//! A connection as remembered, and how runs change it.

use blueprint::Setup;
use contract::{
    ConnectedRegistration, ConnectionState, PermissionStatus, ProofResult, ProofView, SecretView, Truth, When,
};
use jiff::Timestamp;
use provision::{Finish, Finished, MadeRegistration, RunRecord};
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
}

impl Stored {
    /// When its next secret ends.
    pub(crate) fn next_expiry(&self) -> Option<When> {
        self.registrations.iter().filter_map(|one| Some(one.secret.as_ref()?.expires_at)).min()
    }

    /// What the last test saw.
    pub(crate) fn take_in_proofs(&mut self, finished: &Finished, now: Timestamp) {
        for (id, result) in &finished.proofs {
            let (result, seen) = view::run::proof_result(result);
            if let Some(proof) = self.proofs.iter_mut().find(|proof| proof.id == *id) {
                (proof.result, proof.seen) = (result, seen);
            }
        }
        if let Finish::Stopped(stop) = &finished.finish {
            let error = crate::errors::words(stop);
            for proof in &mut self.proofs {
                if !finished.proofs.iter().any(|(id, _)| *id == proof.id) {
                    (proof.result, proof.seen) = (ProofResult::Refused { error: error.clone() }, None);
                }
            }
        }
        self.proved_at = Some(When(now));
    }

    /// How it stands, from what is granted and proved.
    pub(crate) fn settle(&mut self) {
        let missing = self
            .registrations
            .iter()
            .flat_map(|one| &one.permissions)
            .any(|permission| permission.requested == Truth::Yes && permission.granted == Truth::No);
        let refused = self.proofs.iter().any(|proof| matches!(proof.result, ProofResult::Refused { .. }));
        let proved = self.proofs.iter().all(super::is_proved);
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
        };
        self.keep(space, &stored)
    }

    /// The run was undone: nothing is left to remember.
    pub(crate) fn forget_setup(&self, space: &OpenSpace, run: &provision::RunId) -> Answer<()> {
        for stored in self.of_run(space, &run.to_string())? {
            space.documents.remove(Kind::Connection, &stored.id).or_explain()?;
        }
        Ok(())
    }

    /// What came of a run: its registrations become a connection, or renew the one that they belong to.
    pub(crate) async fn take_in_run(
        &self,
        space: &OpenSpace,
        record: &RunRecord,
        finished: &Finished,
    ) -> Answer<()> {
        if matches!(finished.finish, Finish::Stopped(_)) {
            return Ok(());
        }
        let Ok(plan) = record.plan() else { return Ok(()) };
        for mut stored in self.of_run(space, &record.id.to_string())? {
            let earlier = self.earlier(space, &stored, &finished.made)?;
            stored.registrations = finished
                .made
                .iter()
                .map(|made| registration(made, earlier.as_ref(), view::truths::of_run(&plan, made, finished)))
                .collect();
            for one in &mut stored.registrations {
                one.permissions_at = Some(When(self.now()));
            }
            stored.take_in_proofs(finished, self.now());
            stored.settle();
            if finished.finish == Finish::WaitingForOther {
                stored.state = ConnectionState::WaitingForOther;
            }
            if let Some(earlier) = earlier {
                space.documents.remove(Kind::Connection, &stored.id).or_explain()?;
                stored.follow_ups_done = earlier.follow_ups_done;
                stored.id = earlier.id;
            }
            self.keep(space, &stored)?;
            if let Some(draft) = &stored.draft_id {
                space.documents.remove(Kind::Draft, draft).or_explain()?;
            }
        }
        Ok(())
    }

    fn of_run(&self, space: &OpenSpace, run: &str) -> Answer<Vec<Stored>> {
        let all: Vec<Stored> = space.documents.list(Kind::Connection).or_explain()?;
        Ok(all.into_iter().filter(|stored| stored.run_id == run).collect())
    }

    /// The connection that already holds one of these registrations.
    fn earlier(&self, space: &OpenSpace, new: &Stored, made: &[MadeRegistration]) -> Answer<Option<Stored>> {
        let all: Vec<Stored> = space.documents.list(Kind::Connection).or_explain()?;
        Ok(all.into_iter().find(|stored| {
            stored.id != new.id
                && stored.tenant_id == new.tenant_id
                && stored
                    .registrations
                    .iter()
                    .any(|one| made.iter().any(|made| made.app_id.as_str() == one.app_id))
        }))
    }
}

fn registration(
    made: &MadeRegistration,
    earlier: Option<&Stored>,
    permissions: Vec<PermissionStatus>,
) -> ConnectedRegistration {
    let before = earlier
        .and_then(|stored| stored.registrations.iter().find(|one| one.app_id == made.app_id.as_str()))
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
