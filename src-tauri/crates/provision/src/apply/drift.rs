//! What changed since the plan was made, or since the run was cut short (row 34).

use graph::{Batch, GraphError, applications};
use jiff::SignedDuration;

use super::run::Running;
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{Subject, connector_tag, parse_unique_name};

/// A plan that was looked at for longer than this is checked before it is carried out.
const STILL_TRUE: SignedDuration = SignedDuration::from_mins(2);

impl Running {
    /// Before the first change: nobody has made the same since the plan was made.
    pub(super) async fn check_plan_is_true(&self) -> Result<(), Stop> {
        let Subject::SetUp { connector, .. } = &self.plan.subject else { return Ok(()) };
        if self.now().duration_since(self.plan.made_at) < STILL_TRUE {
            return Ok(());
        }
        let client = self.worker.session.graph.with_call(self.call(Vec::new(), None));
        let tagged = client.send(applications::tagged(&connector_tag(connector))).await?.value;
        let mut what = Vec::new();
        for planned in self.plan.registrations.iter().filter(|one| one.existing.is_none()) {
            let newer = tagged.iter().find(|app| {
                let name = app.unique_name.as_deref().unwrap_or_default();
                !self.plan.seen.contains(&app.id)
                    && parse_unique_name(name, connector, &planned.key).is_some()
            });
            if newer.is_some() {
                what.push(format!(
                    "Somebody made “{}” since this plan was made. Make the plan again.",
                    planned.display_name
                ));
            }
        }
        if what.is_empty() { Ok(()) } else { Err(Stop::Drift { what }) }
    }

    /// Before going on: what the journal says was made is still there.
    pub(super) async fn check_drift(&self) -> Result<(), Stop> {
        // Each of many apps is judged by itself.
        if matches!(self.plan.subject, Subject::RemoveCredentials { .. } | Subject::AddOwners { .. }) {
            return Ok(());
        }
        let known: Vec<_> = {
            let facts = self.facts();
            let one = |planned: &crate::PlannedRegistration| {
                let facts = facts.registrations.get(&planned.key)?;
                let (id, _) = facts.application.clone()?;
                Some((planned.key.clone(), planned.display_name.clone(), id, facts.fresh_since))
            };
            self.plan.registrations.iter().filter_map(one).collect()
        };
        if known.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        let slots: Vec<_> = known.iter().map(|(_, _, id, _)| batch.add(applications::get(id))).collect();
        let client = self.worker.session.graph.with_call(self.call(Vec::new(), None));
        let answers = client.batch(batch).await;
        let mut what = Vec::new();
        for ((key, name, _, fresh_since), slot) in known.into_iter().zip(slots) {
            match answers.take(slot) {
                Ok(_) => {}
                Err(GraphError::NotFound(_)) => {
                    if let Some(Stop::Drift { what: deleted }) = self.deletion(&key).await {
                        what.extend(deleted);
                        continue;
                    }
                    let fresh = fresh_since.is_some_and(|at| self.now().duration_since(at) < LONGEST_WAIT);
                    if !fresh {
                        what.push(format!("The app registration “{name}” is gone."));
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        if what.is_empty() { Ok(()) } else { Err(Stop::Drift { what }) }
    }
}
