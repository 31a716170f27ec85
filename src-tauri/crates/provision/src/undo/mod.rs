//! Undoing a run: what its journal proves that it did, and nothing else.
//!
//! App registrations that it made go to Microsoft's recycle bin, from which they can be restored for 30 days. On
//! registrations that were there before, only what this run added goes, and what it took away comes back.

mod accounts;
mod adopted;
mod consents;
mod credentials;
mod mailboxes;
mod trusts;
mod unknown;

use std::sync::Arc;

use graph::{GraphError, applications};
use tokio_util::sync::CancellationToken;

use crate::apply::{Facts, Progress, Running, SecretAddress, Stop, Worker};
use crate::plan::{Plan, PlannedRegistration, StepKind};
use crate::{Note, Phase, RunEnd, RunId, StepKey};

/// What undoing a run would do, said before it is done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UndoPreview {
    /// What happens, in sentences.
    pub happens: Vec<String>,
    /// What is left behind, in sentences.
    pub remains: Vec<String>,
}

/// What came of undoing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// What was left behind, in sentences.
    pub remains: Vec<String>,
}

impl Worker {
    /// What undoing this run would do.
    ///
    /// # Errors
    /// [`Stop::Journal`].
    pub async fn undo_preview(&self, run: &RunId) -> Result<UndoPreview, Stop> {
        let (plan, facts) = self.load(run).await?;
        Ok(preview(&plan, &facts))
    }

    /// Undoes a run. Cut short, it can be called again. Any account of the organisation that may do it will do.
    ///
    /// # Errors
    /// [`Stop`]: what was undone until then stays undone, and is written down.
    pub async fn undo(&self, run: &RunId, cancel: CancellationToken) -> Result<Undone, Stop> {
        let (plan, _) = self.load(run).await?;
        if plan.organisation.id != self.session.tenant {
            return Err(Stop::AnotherAccount { began_by: plan.account.name });
        }
        let lease =
            self.journal.lease(&plan.organisation.id, &plan.title, self.session.surroundings.now()).await?;
        let (plan, facts) = self.load(run).await?;
        let running = Running::new(self, plan, facts, cancel, Arc::new(lease));
        running.say(RunEnd::Undoing).await?;
        Box::pin(running.undo()).await
    }
}

fn preview(plan: &Plan, facts: &Facts) -> UndoPreview {
    let mut happens = Vec::new();
    for planned in &plan.registrations {
        let Some(one) = facts.registrations.get(&planned.key) else { continue };
        if one.created {
            happens.push(format!(
                "The app registration “{}” is deleted, with its enterprise app, its grants and its secret.",
                planned.display_name
            ));
            let limits = plan.steps.iter().filter(|step| {
                step.registration == planned.key && matches!(step.kind, StepKind::LimitMailboxes(_))
            });
            happens
                .extend(limits.filter(|step| facts.has_begun(&step.id)).filter_map(|step| step.undo.clone()));
            continue;
        }
        let steps = plan.steps.iter().filter(|step| step.registration == planned.key && step.is_due());
        let done = steps.filter(|step| {
            facts.has_begun(&step.id) && !matches!(step.kind, StepKind::EnsureServicePrincipal)
        });
        happens.extend(done.filter_map(|step| step.undo.clone()));
    }
    let unattached = plan.steps.iter().filter(|step| plan.registration(&step.registration).is_none());
    happens.extend(
        unattached
            .filter(|step| step.is_due() && facts.has_begun(&step.id))
            .filter_map(|step| step.undo.clone()),
    );
    UndoPreview { happens, remains: plan.cannot_undo() }
}

impl Running {
    pub(crate) async fn undo(&self) -> Result<Undone, Stop> {
        let mut remains = self.plan.cannot_undo();
        let plan = Arc::clone(&self.plan);
        for planned in plan.registrations.iter().rev() {
            self.find_unknown_application(planned).await?;
            self.undo_policy_removal(planned).await?;
            let created = self.facts().registrations.get(&planned.key).is_some_and(|one| one.created);
            if created {
                self.undo_created(planned).await?;
            } else if planned.existing.is_some() {
                remains.extend(self.undo_adopted(planned).await?);
            }
            self.undo_limit(planned).await?;
        }
        self.close_all().await?;
        self.undo_accounts().await?;
        remains.extend(self.undo_consents().await?);
        self.say(RunEnd::Undone).await?;
        Ok(Undone { remains })
    }

    /// Deletes a registration that this run made. Checked by id *and* by the name that holds this run's random bits.
    async fn undo_created(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let Some((id, app_id)) =
            self.facts().registrations.get(&planned.key).and_then(|one| one.application.clone())
        else {
            return Ok(());
        };
        let key = StepKey::of(format!("app:{}", planned.key));
        let client = self.graph_for(&key);
        let keys = match client.send(applications::get(&id)).await {
            Ok(app) if app.unique_name.as_deref() == Some(planned.unique_name.as_str()) => {
                let marked = format!("/{}/", self.plan.run);
                let ours = |name: &Option<String>| name.as_deref().is_some_and(|name| name.contains(&marked));
                let found = app.password_credentials.iter().filter(|one| ours(&one.display_name));
                found.map(|one| one.key_id.clone()).collect()
            }
            Ok(app) => {
                let what =
                    format!("“{}” is not the one that this run made.", app.display_name.unwrap_or_default());
                return Err(Stop::Drift { what: vec![what] });
            }
            Err(GraphError::NotFound(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        self.intend(&key).await?;
        // Removed one by one first: a registration that somebody restores must not come back with a secret whose value
        // nobody has.
        for secret in keys {
            self.remove_secret(&key, &id, &secret).await?;
            self.forget_value(&app_id, &secret).await?;
        }
        match client.send(applications::remove(&id)).await {
            Ok(()) | Err(GraphError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let kept = self.facts().registrations.get(&planned.key).and_then(|one| one.secret().cloned());
        if let Some(secret) = kept {
            self.forget_value(&app_id, &secret.key_id).await?;
        }
        // Everything that hangs on the registration went with it.
        for step in self.plan.steps.iter().filter(|step| step.registration == planned.key && step.writes()) {
            if !matches!(step.kind, StepKind::EnsureResource { .. }) && self.facts().has_begun(&step.id) {
                self.taken_back(&StepKey::of(&step.id), Note::Plain).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn forget_value(&self, app: &graph::AppId, secret: &graph::KeyId) -> Result<(), Stop> {
        let address = SecretAddress {
            tenant: self.plan.organisation.id.clone(),
            app: app.clone(),
            key: secret.clone(),
        };
        self.worker().session.vault.remove(&address).await.map_err(Stop::Vault)
    }

    /// Writes down that something is about to be taken back. Undoing repeats safely, so this is for the reader only.
    pub(super) async fn intend(&self, key: &StepKey) -> Result<(), Stop> {
        let undo = StepKey::item(format!("undo:{}", key.step), key.item.clone());
        self.write(vec![self.line(&undo, Phase::Intent, Note::Plain, None)]).await
    }

    pub(super) async fn taken_back(&self, key: &StepKey, note: Note) -> Result<(), Stop> {
        self.write(vec![self.line(key, Phase::Undone, note, None)]).await?;
        self.worker().observer.on(Progress::Undone { step: &key.step });
        Ok(())
    }
}
