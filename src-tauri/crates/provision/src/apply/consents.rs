//! Taking delegated grants back, many in one round trip, and looking again.

use std::collections::BTreeSet;

use graph::resources::OAuth2PermissionGrant;
use graph::{GrantId, GraphError, ServicePrincipalId, grants};
use jiff::Timestamp;

use super::events::Hold;
use super::operation::{Answer, Operation, operation};
use super::run::{Course, Running};
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{HeldConsent, Step, StepKind};
use crate::{Note, Phase, StepKey};

/// Requests that are written down and sent together: five batches, four of them at once.
const AT_ONCE: usize = 100;

impl Running {
    pub(super) async fn consents(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due_anywhere(course, |kind| matches!(kind, StepKind::RevokeConsents { .. }));
        let open: Vec<&Step> = due.into_iter().filter(|step| !self.open_consents(step).is_empty()).collect();
        if let Err(stop) = self.leave_out_what_is_gone(&open).await {
            let Some(first) = open.first() else { return Err(stop) };
            return self.failed(course, first, stop, true).await;
        }
        for some in self.together(&open) {
            self.revoke(course, &some).await?;
        }
        for step in self.due_anywhere(course, |kind| matches!(kind, StepKind::ReadConsents { .. })) {
            if self.is_answered(step) {
                continue;
            }
            let StepKind::ReadConsents { client } = &step.kind else { continue };
            if let Err(stop) = self.read_consents(step, client).await {
                self.failed(course, step, stop, false).await?;
            }
        }
        Ok(())
    }

    /// What somebody else took back since the plan was made is theirs: undoing leaves it. Told from what this run does by
    /// looking first, since a removal whose answer was lost is repeated, and then finds nothing either.
    async fn leave_out_what_is_gone(&self, open: &[&Step]) -> Result<(), Stop> {
        let Some(step) = open.first() else { return Ok(()) };
        let StepKind::RevokeConsents { client, .. } = &step.kind else { return Ok(()) };
        let there = self.there(&StepKey::of(&step.id), client).await?;
        let there: BTreeSet<&str> = there.iter().map(|grant| grant.id.as_str()).collect();
        let mut gone = Vec::new();
        for (key, held) in open.iter().flat_map(|step| self.open_consents(step)) {
            if self.facts().first_intent(&key).is_none() && !there.contains(held.id.as_str()) {
                let note = Note::ConsentRevoked { id: held.id.clone(), ours: false };
                gone.push(self.line(&key, Phase::Answered, note, None));
            }
        }
        self.write(gone).await
    }

    /// Every grant that the app has now.
    async fn there(
        &self,
        key: &StepKey,
        client: &ServicePrincipalId,
    ) -> Result<Vec<OAuth2PermissionGrant>, Stop> {
        match self.graph_for(key).all(grants::delegated_to(client)).await {
            Ok(there) => Ok(there),
            // The app went, and its grants with it.
            Err(GraphError::NotFound(_)) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Those of a step whose answer is not known.
    fn open_consents<'a>(&self, step: &'a Step) -> Vec<(StepKey, &'a HeldConsent)> {
        let StepKind::RevokeConsents { consents, .. } = &step.kind else { return Vec::new() };
        let facts = self.facts();
        consents
            .iter()
            .map(|one| (StepKey::item(&step.id, one.id.as_str()), one))
            .filter(|(key, _)| !facts.is_answered(key))
            .collect()
    }

    /// Whole steps, as many as go well together.
    fn together<'a>(&self, open: &[&'a Step]) -> Vec<Vec<&'a Step>> {
        let mut groups: Vec<(usize, Vec<&Step>)> = Vec::new();
        for step in open {
            let count = self.open_consents(step).len();
            match groups.last_mut() {
                Some((sum, group)) if *sum + count <= AT_ONCE => {
                    *sum += count;
                    group.push(step);
                }
                _ => groups.push((count, vec![step])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    async fn revoke(&self, course: &mut Course, steps: &[&Step]) -> Result<(), Stop> {
        let since: Vec<Timestamp> = steps.iter().map(|step| self.started(&step.id)).collect();
        let mut operations: Vec<Box<dyn Operation>> = Vec::new();
        for (key, held) in steps.iter().flat_map(|step| self.open_consents(step)) {
            let id = held.id.clone();
            operations.push(operation(key, grants::remove_delegated(&held.id), move |()| {
                Answer::Done(Note::ConsentRevoked { id: id.clone(), ours: true })
            }));
        }
        let mut failures: Vec<(String, Stop)> = Vec::new();
        for (key, result) in self.perform(operations, None).await? {
            match result {
                Ok(_) => {}
                // It was there a moment ago: a try whose answer was lost did it.
                Err(GraphError::NotFound(_)) => {
                    if let Ok(id) = GrantId::new(key.item.clone()) {
                        self.settle(&key, Note::ConsentRevoked { id, ours: true }).await?;
                    }
                }
                Err(error) => failures.push((key.step, error.into())),
            }
        }
        for (step, since) in steps.iter().zip(since) {
            match failures.iter().position(|(failed, _)| *failed == step.id) {
                Some(place) => {
                    let (_, stop) = failures.swap_remove(place);
                    self.failed(course, step, stop, false).await?;
                }
                None => self.done(&step.id, since),
            }
        }
        Ok(())
    }

    /// What was taken back is not there any more. An old state is waited out.
    async fn read_consents(&self, step: &Step, client: &ServicePrincipalId) -> Result<(), Stop> {
        let (key, since) = (StepKey::of(&step.id), self.started(&step.id));
        for look in 0.. {
            let there = self.there(&key, client).await?;
            let left = there.iter().filter(|grant| self.is_taken_back(grant.id.as_str())).count();
            if left == 0 {
                break;
            }
            if self.now().duration_since(since) >= LONGEST_WAIT {
                let what = match left {
                    1 => "One permission is still there, or was allowed again.".to_owned(),
                    many => format!("{many} permissions are still there, or were allowed again."),
                };
                return Err(Stop::Drift { what: vec![what] });
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(look)).await?;
        }
        self.verified(&step.id, Note::Plain).await?;
        self.done(&step.id, since);
        Ok(())
    }

    /// Whether this run has an answer that says so.
    fn is_taken_back(&self, grant: &str) -> bool {
        let facts = self.facts();
        self.plan
            .steps
            .iter()
            .filter(|step| matches!(step.kind, StepKind::RevokeConsents { .. }))
            .any(|step| facts.is_answered(&StepKey::item(&step.id, grant)))
    }
}
