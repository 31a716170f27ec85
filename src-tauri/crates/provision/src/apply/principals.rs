//! P2: enterprise apps, made at most once by their client id.

use graph::{GraphError, service_principals};

use super::operation::{Answer, Operation, operation};
use super::run::{Course, Running};
use super::stop::Stop;
use crate::plan::{Step, StepKind, integrated};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn principals(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| {
            matches!(kind, StepKind::EnsureServicePrincipal | StepKind::EnsureResource { .. })
        });
        let due: Vec<_> = due.into_iter().filter(|(step, _)| !self.is_answered(step)).collect();
        if due.is_empty() {
            return Ok(());
        }
        let since: Vec<_> = due.iter().map(|(step, _)| self.started(&step.id)).collect();
        let operations = due.iter().filter_map(|(step, _)| self.principal_operation(step)).collect();
        let fresh = self.fresh_since(due.iter().map(|(step, _)| step.registration.as_str()));
        for (key, result) in self.perform(operations, fresh).await? {
            let Some((step, _)) = due.iter().find(|(step, _)| step.id == key.step) else { continue };
            let result = match result {
                Ok(Answer::Done(_)) => Ok(()),
                Ok(Answer::Existed) | Err(GraphError::AlreadyExists(_)) => {
                    self.look_up_principal(&key, step).await
                }
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

    fn principal_operation(&self, step: &Step) -> Option<Box<dyn Operation>> {
        let key = StepKey::of(&step.id);
        if let StepKind::EnsureResource { resource } = &step.kind {
            return Some(operation(key, service_principals::create(resource), |principal| {
                Answer::Done(Note::ServicePrincipal { id: principal.id, created: true })
            }));
        }
        let app_id = self.facts().registrations.get(&step.registration)?.application.clone()?.1;
        Some(operation(key, service_principals::upsert(&app_id, &integrated()), |upserted| match upserted {
            service_principals::Upserted::Created(principal) => {
                Answer::Done(Note::ServicePrincipal { id: principal.id, created: true })
            }
            service_principals::Upserted::Existed => Answer::Existed,
        }))
    }

    async fn look_up_principal(&self, key: &StepKey, step: &Step) -> Result<(), Stop> {
        let app_id = match &step.kind {
            StepKind::EnsureResource { resource } => Some(resource.clone()),
            _ => self
                .facts()
                .registrations
                .get(&step.registration)
                .and_then(|one| one.application.clone())
                .map(|(_, app_id)| app_id),
        };
        let Some(app_id) = app_id else { return Err(Stop::StillSpreading) };
        let client = self.worker.session.graph.with_call(self.call(vec![key.step.clone()], Some(self.now())));
        let principal = client.send(service_principals::by_app_id(&app_id)).await?;
        // One that belongs to an app which this run made cannot have been there before.
        let created = self.facts().registrations.get(&step.registration).is_some_and(|one| one.created)
            && !matches!(step.kind, StepKind::EnsureResource { .. });
        self.settle(key, Note::ServicePrincipal { id: principal.id, created }).await
    }

    /// When the newest object of these registrations was made by this run.
    pub(super) fn fresh_since<'a>(
        &self,
        registrations: impl Iterator<Item = &'a str>,
    ) -> Option<jiff::Timestamp> {
        let facts = self.facts();
        registrations.filter_map(|key| facts.registrations.get(key)?.fresh_since).max()
    }
}
