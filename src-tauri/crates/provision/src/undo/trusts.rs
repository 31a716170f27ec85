//! Undoing trust in outside services: what this run added goes, what it took away comes back.

use graph::{ApplicationId, DirectoryObjectId, GraphError, federated};

use super::unknown::LOOKS;
use crate::apply::{Hold, Running, Stop};
use crate::plan::{PlannedRegistration, StepKind, Trust};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn undo_trusts(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let Some(known) = &planned.existing else { return Ok(()) };
        for step in self.plan.steps.iter().filter(|step| step.registration == planned.key && step.is_due()) {
            let key = StepKey::of(&step.id);
            let (ours, made) = {
                let facts = self.facts();
                let (theirs, made) = match facts.settled(&key) {
                    Some(Note::Trust { id, ours }) => (!ours, id.clone()),
                    _ => (false, None),
                };
                (facts.has_begun(&key.step) && !facts.is_undone(&key) && !theirs, made)
            };
            if !ours {
                continue;
            }
            match &step.kind {
                StepKind::AddTrust(trust) => {
                    let found = match made {
                        Some(id) => Some(id),
                        None => self.find_unknown_trust(&key, &known.id, trust).await?,
                    };
                    self.intend(&key).await?;
                    if let Some(id) = found {
                        match self.graph_for(&key).send(federated::remove(&known.id, &id)).await {
                            Ok(()) | Err(GraphError::NotFound(_)) => {}
                            Err(error) => return Err(error.into()),
                        }
                    }
                }
                StepKind::RemoveTrust { trust, .. } => {
                    self.intend(&key).await?;
                    if self.trust_on(&key.step, &known.id, trust).await?.is_none() {
                        self.trust_again(&key, &known.id, trust).await?;
                    }
                }
                _ => continue,
            }
            self.taken_back(&key, Note::Plain).await?;
        }
        Ok(())
    }

    /// One whose answer was lost is found by what it says, also while it is still spreading.
    async fn find_unknown_trust(
        &self,
        key: &StepKey,
        id: &ApplicationId,
        trust: &Trust,
    ) -> Result<Option<DirectoryObjectId>, Stop> {
        for look in 0..LOOKS {
            if let Some(there) = self.trust_on(&key.step, id, trust).await? {
                return Ok(Some(there.id));
            }
            if look + 1 == LOOKS || !self.is_recent(key) {
                break;
            }
            self.hold(&key.step, Hold::Spreading, self.backoff(look)).await?;
        }
        Ok(None)
    }

    async fn trust_again(&self, key: &StepKey, id: &ApplicationId, trust: &Trust) -> Result<(), Stop> {
        match self.graph_for(key).send(trust.request(id)).await {
            Ok(_) => Ok(()),
            Err(GraphError::NotFound(_)) => Ok(()),
            // A lost answer is followed by a refusal.
            Err(error) => match self.trust_on(&key.step, id, trust).await? {
                Some(_) => Ok(()),
                None => Err(error.into()),
            },
        }
    }
}
