//! Rotations follow their runs, and set-ups follow their rotations.

use std::sync::Arc;

use contract::{Finding, FindingTarget, SecretView, Severity, When};
use graph::AppId;
use provision::{MadeRegistration, Plan, RotationState, RunEnd, RunId, RunStands, StepKind, Subject};
use tokio_util::sync::CancellationToken;

use super::kept::{KeptRotation, RotationPart};
use crate::accounts::Account;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::plans::Prepared;
use crate::space::OpenSpace;
use crate::{App, held};

/// How long a run's end waits for the list of apps.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);
/// The same where very many apps were changed: the next plan is made from what is read now.
const LONG_PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
/// More apps than these are not looked at one by one: what has changed is read in one go.
const MANY: usize = 20;

impl App {
    /// Written before the run: one that is cut short is found again.
    pub(crate) fn remember_rotation(&self, space: &OpenSpace, prepared: &Prepared) -> Answer<()> {
        match &prepared.rotation {
            None => Ok(()),
            Some(RotationPart::Begins(kept)) => self.keep_rotation(space, kept),
            Some(RotationPart::Ends(id)) => {
                let run = prepared.plan.run.clone();
                self.amend_rotation(space, id, |kept| kept.rotation.removal = Some(run)).map(drop)
            }
        }
    }

    /// The run never began.
    pub(crate) fn forget_rotation(&self, space: &OpenSpace, prepared: &Prepared) -> Answer<()> {
        match &prepared.rotation {
            None => Ok(()),
            Some(RotationPart::Begins(kept)) => {
                space.documents.remove(Kind::Rotation, &kept.rotation.id.to_string()).or_explain()
            }
            Some(RotationPart::Ends(id)) => {
                self.amend_rotation(space, id, |kept| kept.rotation.removal = None).map(drop)
            }
        }
    }

    /// A run was undone: where it had made a set-up's new secret, the old one counts again.
    pub(crate) fn rotation_undone(&self, space: &OpenSpace, run: &str) -> Answer<()> {
        let Ok(kept) = self.kept_rotation(space, run) else { return Ok(()) };
        let (Some(connection), Some(before)) = (&kept.rotation.connection, kept.secret_before.clone()) else {
            return Ok(());
        };
        self.amend(space, connection, |stored| {
            let own = stored.registrations.iter_mut().find(|one| one.app_id == kept.rotation.app_id);
            if let Some(registration) = own {
                registration.secret = Some(before);
            }
            Ok(())
        })?;
        self.amend_rotation(space, run, |kept| kept.secret_before = None).map(drop)
    }

    /// The product has the new secret: the set-up shows and hands over that one.
    pub(super) fn connection_follows(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
        made: &MadeRegistration,
    ) -> Answer<()> {
        let (Some(connection), Some(secret)) = (&kept.rotation.connection, &made.secret) else {
            return Ok(());
        };
        let shown = SecretView {
            key_id: secret.key_id.to_string(),
            name: secret.name.clone(),
            hint: secret.hint.clone(),
            created_at: When(secret.start),
            expires_at: When(secret.end),
            stored: true,
            kept_at: None,
        };
        let mut before = None;
        let followed = self.amend(space, connection, |stored| {
            let own = stored.registrations.iter_mut().find(|one| one.app_id == kept.rotation.app_id);
            if let Some(registration) = own
                && registration.secret.as_ref().is_none_or(|secret| secret.key_id != shown.key_id)
            {
                before = registration.secret.replace(shown);
            }
            Ok(())
        });
        match followed {
            // The set-up was removed meanwhile: the rotation goes on without it.
            Err(error) if error.code == contract::ErrorCode::NoSuchThing => return Ok(()),
            other => other?,
        };
        if before.is_some() {
            self.amend_rotation(space, &kept.rotation.id.to_string(), |kept| kept.secret_before = before)?;
        }
        Ok(())
    }

    /// After a run that changed what an app signs in with, the inventory learns of it at once.
    pub(crate) async fn look_again_after(&self, space: &Arc<OpenSpace>, account: &Account, run: &str) {
        let (Ok(id), Ok(journal)) = (RunId::parse(run), space.journal()) else { return };
        let Ok(record) = journal.run(&id).await else { return };
        let Ok(plan) = record.plan() else { return };
        note_removed(space, &plan, record.end.as_ref());
        let apps = match plan.subject {
            Subject::RenewCredential { app_id, .. }
            | Subject::FinishRotation { app_id, .. }
            | Subject::AddTrust { app_id }
            | Subject::AddOwner { app_id, .. } => vec![app_id],
            Subject::RemoveCredentials { app_ids } | Subject::AddOwners { app_ids, .. } => app_ids,
            _ => return,
        };
        // What the run did is shown already; this is only how soon the list of apps knows it.
        let looked = if apps.len() > MANY {
            tokio::time::timeout(LONG_PATIENCE, self.read_changes(space, account)).await
        } else {
            tokio::time::timeout(PATIENCE, self.look_again(space, account, apps)).await
        };
        match looked {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::info!(code = ?error.code, "what a run changed is seen at the next reading");
            }
            Err(_) => tracing::info!("what a run changed is seen at the next reading"),
        }
        self.changed(contract::Changed::Inventory);
    }

    /// Reads what changed, and waits until that is judged.
    async fn read_changes(&self, space: &Arc<OpenSpace>, account: &Account) -> Answer<()> {
        let mut states = self.read_inventory(space, account).await?;
        // The reader ends with its last word: then nobody speaks any more.
        while states.changed().await.is_ok() {}
        Ok(())
    }

    async fn look_again(&self, space: &OpenSpace, account: &Account, apps: Vec<String>) -> Answer<()> {
        let store = self.inventory(space, account.key.tenant_id.as_str()).await?;
        let session = self.session(space, account).await?;
        let context = self.judging(space, account, &store).await?;
        let asked = CancellationToken::new();
        for app_id in apps {
            let Ok(id) = AppId::new(app_id) else { continue };
            if let Some(app) =
                watch::inventory::look_at(&session.graph, &store, &id, &asked).await.or_explain()?
            {
                self.findings_of(space, &store, &app, &context).await?;
            }
        }
        Ok(())
    }

    /// Rotations that wait for the person, for Home.
    pub(crate) async fn rotation_findings(&self, space: &OpenSpace) -> Vec<Finding> {
        let mut findings = Vec::new();
        for kept in self.kept_rotations(space).unwrap_or_default() {
            let Some(facts) = self.rotation_facts(space, &kept).await else { continue };
            let (rotation, sort) = (&kept.rotation, kept.rotation.sort.word());
            let app = &rotation.app_name;
            let (severity, title, why, button) = match rotation.state(facts) {
                // A run that is half done stands there itself.
                RotationState::HandOver if facts.renewal != RunStands::Done => continue,
                RotationState::HandOver => (
                    Severity::Warning,
                    format!("The new {sort} of {app} is not in the product yet."),
                    "The old one works until you remove it, or until it ends.",
                    "Hand it over",
                ),
                RotationState::StillUsed => (
                    Severity::Warning,
                    format!("Something still uses the old {sort} of {app}."),
                    "It stops working when the old one ends or is removed.",
                    "Look at it",
                ),
                RotationState::Idle if !rotation.old.is_empty() => (
                    Severity::Info,
                    format!("The old {sort} of {app} can go."),
                    "Nothing uses it any more.",
                    "Remove it",
                ),
                RotationState::Idle
                | RotationState::Watching
                | RotationState::Done
                | RotationState::Undone => {
                    continue;
                }
            };
            findings.push(Finding {
                id: format!("rotation-{}", rotation.id),
                severity,
                title,
                why: why.to_owned(),
                button: button.to_owned(),
                target: FindingTarget::Rotation { rotation_id: rotation.id.to_string() },
            });
        }
        findings
    }
}

/// Remembers what a run removed, until it is undone.
fn note_removed(space: &OpenSpace, plan: &Plan, end: Option<&RunEnd>) {
    let keys = plan.steps.iter().filter_map(|step| match &step.kind {
        StepKind::RemoveCredential { held, .. } => Some(held.key_id.to_string()),
        StepKind::RemoveTrust { id, .. } => Some(id.to_string()),
        _ => None,
    });
    let mut removed = held(&space.removed);
    match end {
        Some(RunEnd::Done) => removed.extend(keys),
        Some(RunEnd::Undone) => keys.for_each(|key| {
            removed.remove(&key);
        }),
        _ => {}
    }
}
