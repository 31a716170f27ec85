//! Undoing on a registration that was there before: only what this run added goes, and what it took away comes back.

use graph::resources::{ApplicationPatch, OAuth2PermissionGrant};
use graph::{GraphClient, GraphError, ServicePrincipalId, applications, grants, service_principals};

use crate::apply::{Running, Stop};
use crate::plan::{PlannedRegistration, StepKind, fields_of, person};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn undo_adopted(&self, planned: &PlannedRegistration) -> Result<Vec<String>, Stop> {
        let mut remains = Vec::new();
        self.check_old_works(planned).await?;
        remains.extend(self.put_certificates_back(planned).await?);
        self.undo_secrets(planned).await?;
        self.undo_certificate(planned).await?;
        self.undo_owners(planned).await?;
        self.undo_trusts(planned).await?;
        self.undo_app_roles(planned).await?;
        self.undo_delegated(planned).await?;
        self.give_back(planned).await?;
        remains.extend(self.undo_change(planned).await?);
        self.undo_principal(planned).await?;
        Ok(remains)
    }

    /// Every secret whose name holds this run's bits.
    async fn undo_secrets(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let key = StepKey::of(format!("secret:{}", planned.key));
        if !self.facts().has_begun(&key.step) || self.facts().is_undone(&key) {
            return Ok(());
        }
        let Some(known) = &planned.existing else { return Ok(()) };
        let app = match self.graph_for(&key).send(applications::get(&known.id)).await {
            Ok(app) => app,
            Err(GraphError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        self.intend(&key).await?;
        let marked = format!("/{}/", self.plan.run);
        for secret in &app.password_credentials {
            if secret.display_name.as_deref().is_some_and(|name| name.contains(&marked)) {
                self.remove_secret(&key, &known.id, &secret.key_id).await?;
                self.forget_value(&known.app_id, &secret.key_id).await?;
            }
        }
        self.taken_back(&key, Note::Plain).await
    }

    async fn undo_app_roles(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let granted =
            self.facts().registrations.get(&planned.key).map(|one| one.app_roles.clone()).unwrap_or_default();
        for (key, assignment, resource, _, created) in granted {
            let (Some(assignment), true) = (assignment, created) else { continue };
            self.intend(&key).await?;
            match self.graph_for(&key).send(grants::remove_app_role(&resource, &assignment)).await {
                Ok(()) | Err(GraphError::NotFound(_)) => self.taken_back(&key, Note::Plain).await?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    async fn undo_delegated(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let granted =
            self.facts().registrations.get(&planned.key).map(|one| one.delegated.clone()).unwrap_or_default();
        let Some(client) = self.principal_of(planned) else { return Ok(()) };
        for (key, id, added, _) in granted.into_iter().filter(|(_, _, added, _)| !added.is_empty()) {
            let graph = self.graph_for(&key);
            let now = delegated(&graph, &client).await?;
            self.intend(&key).await?;
            if let Some(grant) = now.iter().find(|one| one.id == id) {
                let goes = |scope: &str| added.iter().any(|name| name.eq_ignore_ascii_case(scope));
                let rest: Vec<&str> = grant.scopes().filter(|scope| !goes(scope)).collect();
                if rest.is_empty() {
                    graph.send(grants::remove_delegated(&id)).await?;
                } else {
                    graph.send(grants::change_delegated(&id, &rest.join(" "))).await?;
                }
            }
            self.taken_back(&key, Note::Plain).await?;
        }
        Ok(())
    }

    /// Grants again what the run took away.
    async fn give_back(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let facts = self.facts().registrations.get(&planned.key).cloned().unwrap_or_default();
        for (key, principal, resource, role) in facts.app_roles_removed {
            self.intend(&key).await?;
            match self.graph_for(&key).send(grants::assign_app_role(&principal, &resource, &role)).await {
                Ok(_) | Err(GraphError::AlreadyExists(_)) => self.taken_back(&key, Note::Plain).await?,
                Err(error) => return Err(error.into()),
            }
        }
        let Some(client) = self.principal_of(planned) else { return Ok(()) };
        for (key, id, removed) in facts.delegated_removed {
            let graph = self.graph_for(&key);
            let now = delegated(&graph, &client).await?;
            self.intend(&key).await?;
            let scopes: Vec<&str> = removed.iter().map(String::as_str).collect();
            match now.iter().find(|one| one.id == id) {
                Some(grant) => {
                    if let Some(all) = grant.merged_with(scopes) {
                        graph.send(grants::change_delegated(&id, &all)).await?;
                    }
                }
                None => self.grant_anew(&graph, &key, &client, &scopes).await?,
            }
            self.taken_back(&key, Note::Plain).await?;
        }
        Ok(())
    }

    /// The whole grant went with its last permission: it is made anew, under a new id.
    async fn grant_anew(
        &self,
        graph: &GraphClient,
        key: &StepKey,
        client: &ServicePrincipalId,
        scopes: &[&str],
    ) -> Result<(), Stop> {
        let excess = self.plan.step(&key.step).map(|step| &step.kind);
        let Some(StepKind::RemoveExcess { delegated, .. }) = excess else { return Ok(()) };
        let Some(removed) = delegated.iter().find(|one| one.id.as_str() == key.item) else { return Ok(()) };
        let whom = person(&removed.consent);
        match graph.send(grants::grant_delegated(client, &removed.resource_id, whom.as_ref(), scopes)).await {
            Ok(_) | Err(GraphError::AlreadyExists(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Sets the fields back, unless somebody changed them since: then they are left, and that is said.
    async fn undo_change(&self, planned: &PlannedRegistration) -> Result<Option<String>, Stop> {
        let key = StepKey::of(format!("app:{}", planned.key));
        let begun = self.facts().has_begun(&key.step) && !self.facts().is_undone(&key);
        let step = self.plan.step(&key.step).map(|step| &step.kind);
        let (true, Some(known), Some((changes, before))) =
            (begun, &planned.existing, step.and_then(StepKind::change))
        else {
            return Ok(None);
        };
        let graph = self.graph_for(&key);
        let app = match graph.send(applications::get(&known.id)).await {
            Ok(app) => app,
            Err(GraphError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let fields: Vec<String> =
            changes.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let now = fields_of(&app, &fields);
        if now != *changes {
            if now == *before {
                self.taken_back(&key, Note::Plain).await?;
                return Ok(None);
            }
            return Ok(Some(format!(
                "“{}” was changed by somebody else since. Its {} stay as they are.",
                planned.display_name,
                fields.join(", ")
            )));
        }
        self.intend(&key).await?;
        let patch: ApplicationPatch = serde_json::from_value(before.clone()).unwrap_or_default();
        graph.send(applications::update(&known.id, &patch)).await?;
        self.taken_back(&key, Note::Plain).await?;
        Ok(None)
    }

    /// An enterprise app that this run made for a registration that had none.
    async fn undo_principal(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let key = StepKey::of(format!("sp:{}", planned.key));
        let made = self
            .facts()
            .registrations
            .get(&planned.key)
            .filter(|one| one.principal_created)
            .and_then(|one| one.principal.clone());
        let Some(id) = made.filter(|_| !self.facts().is_undone(&key)) else { return Ok(()) };
        self.intend(&key).await?;
        match self.graph_for(&key).send(service_principals::remove(&id)).await {
            Ok(()) | Err(GraphError::NotFound(_)) => self.taken_back(&key, Note::Plain).await,
            Err(error) => Err(error.into()),
        }
    }

    fn principal_of(&self, planned: &PlannedRegistration) -> Option<ServicePrincipalId> {
        self.facts().registrations.get(&planned.key)?.principal.clone()
    }
}

async fn delegated(
    graph: &GraphClient,
    client: &ServicePrincipalId,
) -> Result<Vec<OAuth2PermissionGrant>, Stop> {
    match graph.send(grants::delegated_of(client)).await {
        Ok(page) => Ok(page.value),
        Err(GraphError::NotFound(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}
