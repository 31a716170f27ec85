//! What a run that was cut short may have done without knowing it, found before it is undone.

use graph::{GraphError, applications};

use crate::apply::{Hold, Running, Stop};
use crate::plan::PlannedRegistration;
use crate::{Note, StepKey};

/// How often a registration is looked for whose making may still be spreading.
pub(super) const LOOKS: u32 = 8;

impl Running {
    /// A registration that was asked for and whose answer was lost is found by the name that holds this run's bits.
    pub(super) async fn find_unknown_application(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let key = StepKey::of(format!("app:{}", planned.key));
        let unknown = planned.existing.is_none()
            && self.facts().first_intent(&key).is_some()
            && !self.facts().is_answered(&key)
            && !self.facts().is_undone(&key);
        if !unknown {
            return Ok(());
        }
        let client = self.graph_for(&key);
        for look in 0..LOOKS {
            match client.send(applications::by_unique_name(&planned.unique_name)).await {
                Ok(app) => {
                    return self
                        .settle(&key, Note::Application { id: app.id, app_id: app.app_id, created: true })
                        .await;
                }
                Err(GraphError::NotFound(_)) if look + 1 < LOOKS && self.is_recent(&key) => {
                    self.hold(&key.step, Hold::Spreading, self.backoff(look)).await?;
                }
                Err(GraphError::NotFound(_)) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Whether the last try was so recent that "not found" can mean "not yet".
    pub(super) fn is_recent(&self, key: &StepKey) -> bool {
        let spreading = jiff::SignedDuration::from_mins(10);
        self.facts().last_intent(&key.step).is_some_and(|at| self.now().duration_since(at) < spreading)
    }
}
