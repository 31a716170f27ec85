//! P1: app registrations, made at most once by their `uniqueName`.

use graph::resources::{Application, ApplicationPatch};
use graph::{Batch, GraphError, applications, deleted};

use super::operation::{Answer, Operation, Typed, operation};
use super::run::{Course, Running};
use super::stop::Stop;
use crate::plan::{PlannedRegistration, Step, StepKind, fields_of};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn applications(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, StepKind::is_of_application);
        let due: Vec<_> = due.into_iter().filter(|(step, _)| !self.is_answered(step)).collect();
        if due.is_empty() {
            return Ok(());
        }
        let since: Vec<_> = due.iter().map(|(step, _)| self.started(&step.id)).collect();
        let mut operations: Vec<Box<dyn Operation>> = Vec::new();
        let current = self.current(&due).await;
        for ((step, planned), now) in due.iter().zip(current) {
            match self.application_operation(step, planned, now) {
                Ok(Some(operation)) => operations.push(operation),
                Ok(None) => {
                    // An earlier try of this run did it; only its answer was lost.
                    let Some((_, before)) = step.kind.change() else { continue };
                    let Some(known) = &planned.existing else { continue };
                    let note = Note::ApplicationChanged { id: known.id.clone(), before: before.clone() };
                    self.settle(&StepKey::of(&step.id), note).await?;
                }
                Err(stop) => self.failed(course, step, stop, true).await?,
            }
        }
        for (key, result) in self.perform(operations, None).await? {
            let Some((step, planned)) = due.iter().find(|(step, _)| step.id == key.step) else { continue };
            let result = match result {
                Ok(Answer::Done(_)) => Ok(()),
                Ok(Answer::Existed) => self.adopt(&key, planned, true).await,
                Err(GraphError::AlreadyExists(_)) => self.adopt(&key, planned, false).await,
                Err(error) => Err(Stop::from(error)),
            };
            if let Err(stop) = result {
                self.failed(course, step, stop, true).await?;
            }
        }
        for ((step, _), since) in due.iter().zip(since) {
            if self.is_answered(step) {
                self.done(&step.id, since);
            }
        }
        Ok(())
    }

    pub(super) fn is_answered(&self, step: &Step) -> bool {
        self.facts().is_answered(&StepKey::of(&step.id))
    }

    /// The registrations that are to be changed, as they are now: one round trip, and none when all are new.
    async fn current(
        &self,
        due: &[(&Step, &PlannedRegistration)],
    ) -> Vec<Option<Result<Application, GraphError>>> {
        let mut batch = Batch::new();
        let slots: Vec<_> = due
            .iter()
            .map(|(step, planned)| match (step.kind.change(), &planned.existing) {
                (Some(_), Some(known)) => Some(batch.add(applications::get(&known.id))),
                _ => None,
            })
            .collect();
        if batch.is_empty() {
            return due.iter().map(|_| None).collect();
        }
        let call = self.call(due.iter().map(|(step, _)| step.id.clone()).collect(), None);
        let answers = self.worker.session.graph.with_call(call).batch(batch).await;
        slots.into_iter().map(|slot| slot.map(|slot| answers.take(slot))).collect()
    }

    /// What to send; nothing when an earlier try did it already.
    fn application_operation(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        now: Option<Result<Application, GraphError>>,
    ) -> Result<Option<Box<dyn Operation>>, Stop> {
        let key = StepKey::of(&step.id);
        let (Some((changes, before)), Some(known)) = (step.kind.change(), &planned.existing) else {
            let request = applications::upsert(&planned.unique_name, &planned.wanted);
            return Ok(Some(operation(key, request, |upserted| match upserted {
                applications::Upserted::Created(app) => {
                    Answer::Done(Note::Application { id: app.id, app_id: app.app_id, created: true })
                }
                applications::Upserted::Existed => Answer::Existed,
            })));
        };
        let app = match now {
            Some(Ok(app)) => app,
            Some(Err(GraphError::NotFound(_))) | None => {
                let name = &planned.display_name;
                return Err(Stop::Drift {
                    what: vec![format!("The app registration “{name}” is gone.")]
                });
            }
            Some(Err(error)) => return Err(error.into()),
        };
        let fields: Vec<String> =
            changes.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let is = fields_of(&app, &fields);
        if is == *changes && self.facts().next_attempt(&key) > 1 {
            return Ok(None);
        }
        if is != *before {
            let what = format!(
                "{} of “{}” changed since the plan was made.",
                fields.join(", "),
                planned.display_name
            );
            return Err(Stop::Drift { what: vec![what] });
        }
        let note = Note::ApplicationChanged { id: known.id.clone(), before: before.clone() };
        let patch: ApplicationPatch = planned.wanted.clone();
        let done = note.clone();
        Ok(Some(Box::new(Typed {
            key,
            intent: note,
            request: applications::update(&known.id, &patch),
            read: move |()| Answer::Done(done.clone()),
        })))
    }

    /// Takes over the registration that carries our `uniqueName` (rows 10, 11, 12).
    async fn adopt(&self, key: &StepKey, planned: &PlannedRegistration, upserted: bool) -> Result<(), Stop> {
        let graph = &self.worker.session.graph;
        let steps = vec![key.step.clone()];
        // After an upsert it exists for certain, and "not found" is only "not yet".
        let fresh = upserted.then(|| self.now());
        let found = graph
            .with_call(self.call(steps.clone(), fresh))
            .send(applications::by_unique_name(&planned.unique_name))
            .await;
        let app = match found {
            Ok(app) => app,
            Err(GraphError::NotFound(_)) => return Err(self.reserved(planned).await),
            Err(error) => return Err(error.into()),
        };
        let tag = format!("gatehouse-run:{}", self.plan.run);
        if !app.tags.contains(&tag) {
            let owners = graph.with_call(self.call(steps, None)).send(applications::owners(&app.id)).await;
            let owners = owners.map(|page| page.value).unwrap_or_default();
            return Err(Stop::NotOurs {
                app_id: app.app_id.to_string(),
                name: app.display_name.unwrap_or_default(),
                owners: owners.into_iter().filter_map(|owner| owner.display_name).collect(),
            });
        }
        // The name holds this run's 128 random bits: nobody else can have made it.
        self.settle(key, Note::Application { id: app.id, app_id: app.app_id, created: true }).await
    }

    /// The name is taken and nothing is there: it lies in the recycle bin, or has not spread yet.
    async fn reserved(&self, planned: &PlannedRegistration) -> Stop {
        let bin = self.worker.session.graph.send(deleted::applications()).await;
        let items = bin.map(|page| page.value).unwrap_or_default();
        let ours =
            items.into_iter().find(|item| item.unique_name.as_deref() == Some(planned.unique_name.as_str()));
        match ours {
            Some(item) => Stop::Deleted { id: Some(item.id.to_string()), name: planned.display_name.clone() },
            None => Stop::StillSpreading,
        }
    }
}
