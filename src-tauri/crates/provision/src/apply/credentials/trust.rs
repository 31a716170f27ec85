//! Having an app trust an outside service, and ending that. One after the other: Microsoft keeps them in one list.

use graph::resources::FederatedIdentityCredential;
use graph::{ApplicationId, GraphError, federated, inventory};

use crate::apply::operation::{Answer, operation};
use crate::apply::run::{Course, Running};
use crate::apply::stop::Stop;
use crate::plan::{Step, StepKind, Trust};
use crate::{Note, StepKey};

impl Running {
    pub(in crate::apply) async fn trusts(&self, course: &mut Course) -> Result<(), Stop> {
        let of_trust = |kind: &StepKind| matches!(kind, StepKind::AddTrust(_) | StepKind::RemoveTrust { .. });
        for (step, planned) in self.due(course, of_trust) {
            let Some(known) = planned.existing.as_ref().filter(|_| !self.is_answered(step)) else { continue };
            let since = self.started(&step.id);
            let result = match &step.kind {
                StepKind::AddTrust(trust) => self.add_trust(step, &known.id, trust).await,
                StepKind::RemoveTrust { trust, .. } => self.remove_trust(step, &known.id, trust).await,
                _ => Ok(()),
            };
            match result {
                Ok(()) => self.done(&step.id, since),
                Err(stop) => self.failed(course, step, stop, true).await?,
            }
        }
        Ok(())
    }

    /// What is there before the first try is not ours; what is there after one is.
    async fn add_trust(&self, step: &Step, id: &ApplicationId, trust: &Trust) -> Result<(), Stop> {
        let key = StepKey::of(&step.id);
        let tried = self.facts().next_attempt(&key) > 1;
        if let Some(there) = self.trust_on(&step.id, id, trust).await? {
            return self.settle(&key, Note::Trust { id: Some(there.id), ours: tried }).await;
        }
        let made =
            |made: FederatedIdentityCredential| Answer::Done(Note::Trust { id: Some(made.id), ours: true });
        let refused = match self.once(operation(key.clone(), trust.request(id), made)).await? {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        // A first answer that was lost is followed by a refusal: the name is taken, by this.
        match self.trust_on(&step.id, id, trust).await? {
            Some(there) => self.settle(&key, Note::Trust { id: Some(there.id), ours: true }).await,
            None => Err(refused.into()),
        }
    }

    async fn remove_trust(&self, step: &Step, id: &ApplicationId, trust: &Trust) -> Result<(), Stop> {
        let key = StepKey::of(&step.id);
        let tried = self.facts().next_attempt(&key) > 1;
        let Some(there) = self.trust_on(&step.id, id, trust).await? else {
            return self.settle(&key, Note::Trust { id: None, ours: tried }).await;
        };
        let removed = |()| Answer::Done(Note::Trust { id: None, ours: true });
        match self.once(operation(key.clone(), federated::remove(id, &there.id), removed)).await? {
            Ok(()) => Ok(()),
            Err(GraphError::NotFound(_)) => self.settle(&key, Note::Trust { id: None, ours: true }).await,
            Err(error) => Err(error.into()),
        }
    }

    async fn once(
        &self,
        operation: Box<dyn crate::apply::operation::Operation>,
    ) -> Result<Result<(), GraphError>, Stop> {
        let mut outcomes = self.perform(vec![operation], None).await?;
        Ok(outcomes.pop().map_or(Ok(()), |(_, result)| result.map(drop)))
    }

    /// This very trust, if the app has it.
    pub(crate) async fn trust_on(
        &self,
        step: &str,
        id: &ApplicationId,
        trust: &Trust,
    ) -> Result<Option<FederatedIdentityCredential>, Stop> {
        match self.graph_for(&StepKey::of(step)).send(inventory::federated_credentials(id)).await {
            Ok(page) => Ok(page.value.into_iter().find(|one| trust.is(one))),
            Err(GraphError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
