//! P3 and P4: grants, compared after, merged and never replaced; and taking away what must not be there.

use std::collections::BTreeMap;

use graph::resources::{AppRoleAssignment, OAuth2PermissionGrant};
use graph::{AppRoleId, Batch, GraphClient, GraphError, ServicePrincipalId, grants};
use jiff::{SignedDuration, Timestamp};

use super::events::Hold;
use super::operation::{Answer, Operation, Outcome, Typed, operation};
use super::run::{Course, Running};
use super::stop::Stop;
use crate::plan::{DelegatedExcess, DelegatedGrant, Step, StepKind, is_for, person};
use crate::{Note, Phase, StepKey};

/// The delegated grants of enterprise apps, as they are now.
type Delegated = BTreeMap<ServicePrincipalId, Vec<OAuth2PermissionGrant>>;

/// Clocks differ by this much at most, where a date decides who made something.
const SKEW: SignedDuration = SignedDuration::from_mins(2);
/// How often a read that still shows the old state is repeated.
const RE_READS: u32 = 8;

impl Running {
    pub(super) async fn grants_and_secrets(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| {
            matches!(
                kind,
                StepKind::GrantAppRoles { .. } | StepKind::GrantDelegated(_) | StepKind::RemoveExcess { .. }
            )
        });
        let secrets = self.secrets(course);
        let granting = self.grants(due);
        let (secrets, granted) = tokio::join!(secrets, granting);
        // Both are taken in before either can stop the run: what one of them did must not be lost with the other.
        let mut stop = None;
        for (step, failure) in secrets.into_iter().chain(granted) {
            if let Err(first) = self.failed(course, step, failure, true).await {
                stop.get_or_insert(first);
            }
        }
        stop.map_or(Ok(()), Err)
    }

    /// Grants and removals of all registrations in one round trip, where nothing existed before.
    async fn grants<'a>(&self, due: Vec<(&'a Step, &crate::PlannedRegistration)>) -> Vec<(&'a Step, Stop)> {
        let steps: Vec<&Step> =
            due.into_iter().map(|(step, _)| step).filter(|step| !self.is_granted(step)).collect();
        if steps.is_empty() {
            return Vec::new();
        }
        let since: Vec<Timestamp> = steps.iter().map(|step| self.started(&step.id)).collect();
        let failures = match self.grant_all(&steps).await {
            Ok(failures) => failures,
            Err(stop) => return vec![(steps[0], stop)],
        };
        for (step, since) in steps.iter().zip(since) {
            if self.is_granted(step) {
                self.done(&step.id, since);
            }
        }
        failures
    }

    /// Whether every request of a step is answered.
    fn is_granted(&self, step: &Step) -> bool {
        let facts = self.facts();
        match &step.kind {
            StepKind::GrantAppRoles { roles, .. } => {
                roles.iter().all(|one| facts.is_answered(&StepKey::item(&step.id, one.role.as_str())))
            }
            StepKind::RemoveExcess { assignments, delegated } => {
                assignments
                    .iter()
                    .filter_map(|one| one.assignment.as_ref())
                    .all(|id| facts.is_answered(&StepKey::item(&step.id, id.as_str())))
                    && delegated
                        .iter()
                        .all(|one| facts.is_answered(&StepKey::item(&step.id, one.id.as_str())))
            }
            _ => facts.is_answered(&StepKey::of(&step.id)),
        }
    }

    async fn grant_all<'a>(&self, steps: &[&'a Step]) -> Result<Vec<(&'a Step, Stop)>, Stop> {
        let delegated = self.delegated_now(steps).await?;
        let mut operations: Vec<Box<dyn Operation>> = Vec::new();
        for step in steps {
            self.grant_operations(step, &delegated, &mut operations).await?;
        }
        let begun = self.now();
        let fresh = self.fresh_since(steps.iter().map(|step| step.registration.as_str()));
        let mut failures: Vec<(&Step, Stop)> = Vec::new();
        for (key, result) in self.perform(operations, fresh).await? {
            let Some(step) = steps.iter().find(|step| step.id == key.step) else { continue };
            if let Err(stop) = self.settle_grant(step, (key, result), begun).await
                && !failures.iter().any(|(failed, _)| failed.id == step.id)
            {
                failures.push((step, stop));
            }
        }
        Ok(failures)
    }

    /// Reads the delegated grants that are going to be changed: never from the plan, which may be old.
    async fn delegated_now(&self, steps: &[&Step]) -> Result<Delegated, Stop> {
        let mut batch = Batch::new();
        let mut slots = Vec::new();
        for step in steps {
            let changes = match &step.kind {
                StepKind::GrantDelegated(grant) => grant.existing.is_some(),
                StepKind::RemoveExcess { delegated, .. } => !delegated.is_empty(),
                _ => false,
            };
            if let (true, Some(principal)) = (changes, self.principal(step)) {
                slots.push((principal.clone(), batch.add(grants::delegated_of(&principal))));
            }
        }
        if slots.is_empty() {
            return Ok(Delegated::new());
        }
        let call = self.call(steps.iter().map(|step| step.id.clone()).collect(), None);
        let answers = self.worker.session.graph.with_call(call).batch(batch).await;
        slots.into_iter().map(|(id, slot)| Ok((id, answers.take(slot)?.value))).collect()
    }

    fn principal(&self, step: &Step) -> Option<ServicePrincipalId> {
        self.facts().registrations.get(&step.registration)?.principal.clone()
    }

    async fn grant_operations(
        &self,
        step: &Step,
        delegated: &Delegated,
        operations: &mut Vec<Box<dyn Operation>>,
    ) -> Result<(), Stop> {
        let Some(client) = self.principal(step) else { return Ok(()) };
        let now = delegated.get(&client).map(Vec::as_slice).unwrap_or_default();
        match &step.kind {
            StepKind::GrantAppRoles { resource, roles, .. } => {
                let Some(resource) = self.facts().resources.get(resource).cloned() else { return Ok(()) };
                for one in roles {
                    let key = StepKey::item(&step.id, one.role.as_str());
                    if !self.facts().is_answered(&key) {
                        let request = grants::assign_app_role(&client, &resource, &one.role);
                        operations.push(operation(key, request, |made| Answer::Done(assigned(made, true))));
                    }
                }
            }
            StepKind::GrantDelegated(grant) => {
                let key = StepKey::of(&step.id);
                let Some(resource) = self.facts().resources.get(&grant.resource).cloned() else {
                    return Ok(());
                };
                let there = now.iter().find(|one| one.resource_id == resource && is_for(one, &grant.consent));
                match there {
                    Some(there) => match self.lengthen(&key, there, grant) {
                        Ok(operation) => operations.push(operation),
                        Err(note) => self.settle(&key, note).await?,
                    },
                    None => {
                        let scopes: Vec<&str> = grant.scopes.iter().map(String::as_str).collect();
                        let whom = person(&grant.consent);
                        let request = grants::grant_delegated(&client, &resource, whom.as_ref(), &scopes);
                        let added = grant.scopes.clone();
                        operations.push(operation(key, request, move |made| {
                            Answer::Done(Note::Delegated { id: made.id, added: added.clone(), created: true })
                        }));
                    }
                }
            }
            StepKind::RemoveExcess { .. } => self.removals(step, &client, now, operations).await?,
            _ => {}
        }
        Ok(())
    }

    /// The request that adds what is missing to a grant; the note when nothing is missing.
    fn lengthen(
        &self,
        key: &StepKey,
        there: &OAuth2PermissionGrant,
        wanted: &DelegatedGrant,
    ) -> Result<Box<dyn Operation>, Note> {
        let missing: Vec<String> = wanted
            .scopes
            .iter()
            .filter(|scope| !there.scopes().any(|have| have.eq_ignore_ascii_case(scope)))
            .cloned()
            .collect();
        let id = there.id.clone();
        let Some(all) = there.merged_with(wanted.scopes.iter().map(String::as_str)) else {
            // An earlier try whose answer was lost said what it was adding.
            let added = match self.facts().intent(key) {
                Some(Note::Delegated { added, .. }) => added.clone(),
                _ => Vec::new(),
            };
            return Err(Note::Delegated { id, added, created: false });
        };
        let note = Note::Delegated { id: id.clone(), added: missing, created: false };
        let done = note.clone();
        Ok(Box::new(Typed {
            key: key.clone(),
            intent: note,
            request: grants::change_delegated(&id, &all),
            read: move |()| Answer::Done(done.clone()),
        }))
    }

    async fn removals(
        &self,
        step: &Step,
        client: &ServicePrincipalId,
        now: &[OAuth2PermissionGrant],
        operations: &mut Vec<Box<dyn Operation>>,
    ) -> Result<(), Stop> {
        let StepKind::RemoveExcess { assignments, delegated } = &step.kind else { return Ok(()) };
        for one in assignments {
            let (Some(id), Some(resource)) = (&one.assignment, &one.resource_id) else { continue };
            let key = StepKey::item(&step.id, id.as_str());
            if self.facts().is_answered(&key) {
                continue;
            }
            let note = Note::AppRoleRemoved {
                principal: client.clone(),
                resource: resource.clone(),
                role: one.role.clone(),
            };
            operations.push(Box::new(Typed {
                key,
                intent: Note::Plain,
                request: grants::remove_app_role(resource, id),
                read: move |()| Answer::Done(note.clone()),
            }));
        }
        for DelegatedExcess { id, names, .. } in delegated {
            let key = StepKey::item(&step.id, id.as_str());
            let goes = |scope: &str| names.iter().any(|name| name.eq_ignore_ascii_case(scope));
            let note = Note::DelegatedRemoved { id: id.clone(), removed: names.clone() };
            if self.facts().is_answered(&key) {
                continue;
            }
            let Some(grant) = now.iter().find(|one| one.id == *id && one.scopes().any(goes)) else {
                self.settle(&key, note).await?;
                continue;
            };
            let rest: Vec<&str> = grant.scopes().filter(|scope| !goes(scope)).collect();
            // A grant without any permission would still be listed; undoing makes it anew.
            let request = if rest.is_empty() {
                grants::remove_delegated(id)
            } else {
                grants::change_delegated(id, &rest.join(" "))
            };
            let intent = note.clone();
            operations.push(Box::new(Typed {
                key,
                intent,
                request,
                read: move |()| Answer::Done(note.clone()),
            }));
        }
        Ok(())
    }

    async fn settle_grant(&self, step: &Step, (key, result): Outcome, begun: Timestamp) -> Result<(), Stop> {
        match (result, &step.kind) {
            (Ok(_), _) => Ok(()),
            (Err(GraphError::AlreadyExists(_)), StepKind::GrantAppRoles { resource, roles, .. }) => {
                let role = roles.iter().find(|one| one.role.as_str() == key.item).map(|one| one.role.clone());
                let resource = self.facts().resources.get(resource).cloned();
                match (role, resource, self.principal(step)) {
                    (Some(role), Some(resource), Some(client)) => {
                        self.find_assignment((&key, step), &client, resource, role, begun).await
                    }
                    _ => Err(Stop::StillSpreading),
                }
            }
            (Err(GraphError::AlreadyExists(_)), StepKind::GrantDelegated(grant)) => {
                self.merge_delegated(&key, step, grant).await
            }
            // What is to go is gone.
            (Err(GraphError::NotFound(_)), StepKind::RemoveExcess { .. }) => {
                self.settle(&key, Note::Plain).await
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    /// "It exists already": that is what was wanted. Looks up its id, and whether an attempt of this run made it.
    async fn find_assignment(
        &self,
        (key, step): (&StepKey, &Step),
        client: &ServicePrincipalId,
        resource: ServicePrincipalId,
        role: AppRoleId,
        begun: Timestamp,
    ) -> Result<(), Stop> {
        let graph = self.graph_that_spreads(step);
        let first_intent = self.facts().first_intent(key).unwrap_or(begun);
        for attempt in 0..RE_READS {
            let held = graph.send(grants::app_roles_of(client)).await?.value;
            let found = held.into_iter().find(|one| one.resource_id == resource && one.app_role_id == role);
            if let Some(found) = found {
                let ours = found.created_date_time.is_some_and(|made| made >= first_intent - SKEW)
                    || self
                        .facts()
                        .registrations
                        .values()
                        .any(|one| one.created && one.principal.as_ref() == Some(client));
                return self.settle(key, assigned(found, ours)).await;
            }
            self.hold(&key.step, Hold::Spreading, self.backoff(attempt)).await?;
        }
        self.settle(key, Note::AppRole { assignment: None, resource, role, created: false }).await
    }

    /// A grant for the same people exists: adds to it what is missing.
    async fn merge_delegated(&self, key: &StepKey, step: &Step, grant: &DelegatedGrant) -> Result<(), Stop> {
        let (Some(client), Some(resource)) =
            (self.principal(step), self.facts().resources.get(&grant.resource).cloned())
        else {
            return Err(Stop::StillSpreading);
        };
        let graph = self.graph_that_spreads(step);
        for attempt in 0..RE_READS {
            let all = graph.send(grants::delegated_of(&client)).await?.value;
            let Some(there) =
                all.iter().find(|one| one.resource_id == resource && is_for(one, &grant.consent))
            else {
                self.hold(&key.step, Hold::Spreading, self.backoff(attempt)).await?;
                continue;
            };
            let created = self.facts().registrations.get(&step.registration).is_some_and(|one| one.created);
            return match self.lengthen(key, there, grant) {
                Ok(operation) => {
                    let outcome = self.perform(vec![operation], None).await?;
                    outcome.into_iter().try_for_each(|(_, result)| result.map(drop).map_err(Stop::from))
                }
                // On an app of this run the grant can only be this run's, its first answer having been lost.
                Err(Note::Delegated { id, .. }) if created => {
                    self.settle(key, Note::Delegated { id, added: grant.scopes.clone(), created: true }).await
                }
                Err(note) => self.settle(key, note).await,
            };
        }
        Err(Stop::StillSpreading)
    }

    /// Graph for reads about an app that may be so new that not every server of Microsoft's knows it.
    fn graph_that_spreads(&self, step: &Step) -> GraphClient {
        let fresh = self.fresh_since(std::iter::once(step.registration.as_str()));
        self.worker.session.graph.with_call(self.call(vec![step.id.clone()], fresh))
    }

    /// Writes down that a step was looked at and is as planned.
    pub(super) async fn verified(&self, step: &str, note: Note) -> Result<(), Stop> {
        let key = StepKey::of(step);
        self.write(vec![self.line(&key, Phase::Verified, note, None)]).await
    }
}

fn assigned(made: AppRoleAssignment, created: bool) -> Note {
    Note::AppRole { assignment: Some(made.id), resource: made.resource_id, role: made.app_role_id, created }
}
