//! Undoing changes of credentials and owners.
//!
//! What comes back comes back first: at no moment has an app less to sign in with than before or after.

use graph::resources::Application;
use graph::{GraphError, KeyId, applications, certificates};

use crate::apply::{KeyChange, Running, Stop};
use crate::plan::{HeldCredential, PlannedRegistration, Step, StepKind, Subject};
use crate::{Note, StepKey};

impl Running {
    /// A renewal is undone only while something that it was to replace still works: else nothing could sign in.
    pub(super) async fn check_old_works(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let Subject::RenewCredential { replaces, .. } = &self.plan.subject else { return Ok(()) };
        let Some(known) = planned.existing.as_ref().filter(|_| !replaces.is_empty()) else { return Ok(()) };
        let key = StepKey::of(format!("undo:{}", planned.key));
        let app = match self.graph_for(&key).send(certificates::all(&known.id)).await {
            Ok(app) => app,
            Err(GraphError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let as_before = |key: &KeyId| {
            let held = HeldCredential::find(&app, key);
            // One that had ended before the renewal is no worse off without it.
            held.is_some_and(|one| one.works_at(self.now()) || !one.works_at(self.plan.made_at))
        };
        if replaces.iter().any(as_before) || !self.is_new_there(planned, &app) {
            return Ok(());
        }
        let name = &planned.display_name;
        Err(Stop::Drift {
            what: vec![format!(
                "What “{name}” signed in with before is gone or has ended. Without the new one, nothing could sign in, so it stays. To remove \
                 it all the same, remove it by itself."
            )],
        })
    }

    fn is_new_there(&self, planned: &PlannedRegistration, app: &Application) -> bool {
        let marked = format!("/{}/", self.plan.run);
        let ours = |name: &Option<String>| name.as_deref().is_some_and(|name| name.contains(&marked));
        let certificate = planned.certificate.as_ref().map(|one| &one.key_id);
        app.password_credentials.iter().any(|one| ours(&one.display_name))
            || app
                .key_credentials
                .iter()
                .any(|one| ours(&one.display_name) || one.key_id.as_ref() == certificate)
    }

    /// Puts the public parts of removed certificates back. What has ended in the meantime is not taken any more, and said.
    pub(super) async fn put_certificates_back(
        &self,
        planned: &PlannedRegistration,
    ) -> Result<Vec<String>, Stop> {
        let Some(known) = &planned.existing else { return Ok(Vec::new()) };
        let removed: Vec<(&Step, &HeldCredential)> = self
            .plan
            .steps
            .iter()
            .filter(|step| step.registration == planned.key && self.facts().has_begun(&step.id))
            .filter(|step| !self.facts().is_undone(&StepKey::of(&step.id)))
            .filter_map(|step| match &step.kind {
                StepKind::RemoveCredential { held, .. } if held.certificate.is_some() => {
                    Some((step, &**held))
                }
                _ => None,
            })
            .collect();
        let (back, ended): (Vec<_>, Vec<_>) =
            removed.into_iter().partition(|(_, held)| held.can_come_back(self.now()));
        let remains = ended
            .iter()
            .map(|(_, held)| {
                format!("The certificate “{}” has ended and was not put back.", held.short_name())
            })
            .collect();
        let Some((first, _)) = back.first() else { return Ok(remains) };
        for (step, _) in &back {
            self.intend(&StepKey::of(&step.id)).await?;
        }
        let change = KeyChange {
            step: first.id.clone(),
            id: known.id.clone(),
            name: planned.display_name.clone(),
            add: back.iter().filter_map(|(_, held)| held.certificate.clone()).collect(),
            remove: Vec::new(),
            remove_named: None,
            must: None,
            seen: Vec::new(),
        };
        self.change_keys(&[change]).await.pop().unwrap_or(Ok(()))?;
        for (step, _) in &back {
            self.taken_back(&StepKey::of(&step.id), Note::Plain).await?;
        }
        Ok(remains)
    }

    /// Takes the certificate off that this run put on, and its private key out of the vault.
    pub(super) async fn undo_certificate(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let (Some(wanted), Some(known)) = (&planned.certificate, &planned.existing) else { return Ok(()) };
        let key = StepKey::of(format!("certificate:{}", planned.key));
        if self.facts().is_undone(&key) {
            return Ok(());
        }
        if self.facts().has_begun(&key.step) {
            self.intend(&key).await?;
            let change = KeyChange {
                step: key.step.clone(),
                id: known.id.clone(),
                name: planned.display_name.clone(),
                add: Vec::new(),
                remove: vec![wanted.key_id.clone()],
                remove_named: Some(wanted.name.clone()),
                must: None,
                seen: Vec::new(),
            };
            match self.change_keys(&[change]).await.pop().unwrap_or(Ok(())) {
                // The registration is gone, and everything on it.
                Ok(()) | Err(Stop::Drift { .. }) => {}
                Err(stop) => return Err(stop),
            }
        }
        // Sealed before anything was written down about it: it is looked for in any case.
        let address = self.key_address(&known.app_id, &wanted.key_id);
        self.worker().session.vault.remove_key(&address).await.map_err(Stop::Vault)?;
        self.taken_back(&key, Note::Plain).await
    }

    /// An owner that this run made is one no longer.
    pub(super) async fn undo_owners(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let Some(known) = &planned.existing else { return Ok(()) };
        for step in self.plan.steps.iter().filter(|step| step.registration == planned.key && step.is_due()) {
            let StepKind::AddOwner { person, .. } = &step.kind else { continue };
            let key = StepKey::of(&step.id);
            let ours = {
                let facts = self.facts();
                let theirs = matches!(facts.settled(&key), Some(Note::Owner { created: false, .. }));
                facts.has_begun(&key.step) && !facts.is_undone(&key) && !theirs
            };
            if !ours {
                continue;
            }
            self.intend(&key).await?;
            match self.graph_for(&key).send(applications::remove_owner(&known.id, person)).await {
                Ok(()) | Err(GraphError::NotFound(_)) => {}
                Err(error) => return Err(error.into()),
            }
            self.taken_back(&key, Note::Plain).await?;
        }
        Ok(())
    }
}
