//! Removing credentials: secrets one by one, certificates by the list, registrations side by side. Each has its own outcome.

use graph::{ApplicationId, GraphError, KeyId, certificates, credentials};
use jiff::Timestamp;

use super::KeyChange;
use crate::apply::checkpoint::Checkpoint;
use crate::apply::events::Hold;
use crate::apply::operation::{Answer, Operation, operation};
use crate::apply::run::{Course, Running};
use crate::apply::stop::Stop;
use crate::plan::{CredentialSort, HeldCredential, PlannedRegistration, Step, StepKind};
use crate::{Note, Phase, StepKey};

/// Registrations that are worked on at once: as many as one round trip takes.
const AT_ONCE: usize = 20;
/// How often the credential that stays is looked for before the other one is left alone.
const LOOKS: u32 = 4;

/// One credential to remove.
struct Removal<'a> {
    step: &'a Step,
    planned: &'a PlannedRegistration,
    id: &'a ApplicationId,
    held: &'a HeldCredential,
    keep: Option<&'a KeyId>,
}

impl Running {
    /// Signs in with what stays, before anything goes. Where that fails, nothing goes.
    pub(in crate::apply) async fn sign_in_before(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| matches!(kind, StepKind::SignInBefore));
        for (step, result) in self.sign_in_as_apps(due).await {
            if let Err(stop) = result {
                self.failed(course, step, stop, true).await?;
            }
        }
        Ok(())
    }

    pub(in crate::apply) async fn remove_credentials(&self, course: &mut Course) -> Result<(), Stop> {
        let due = self.due(course, |kind| matches!(kind, StepKind::RemoveCredential { .. }));
        let all: Vec<Removal<'_>> = due
            .into_iter()
            .filter(|(step, _)| !self.is_answered(step))
            .filter_map(|(step, planned)| {
                let StepKind::RemoveCredential { held, keep } = &step.kind else { return None };
                let id = &planned.existing.as_ref()?.id;
                Some(Removal { step, planned, id, held, keep: keep.as_ref() })
            })
            .collect();
        let (secrets, certificates): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| one.held.sort == CredentialSort::Secret);
        let secrets = self.with_what_stays(course, secrets).await?;
        self.remove_secrets(course, by_registration(secrets)).await?;
        for some in by_registration(certificates).chunks(AT_ONCE) {
            self.remove_certificates(course, some).await?;
        }
        Ok(())
    }

    /// Leaves out those whose replacement is not there.
    async fn with_what_stays<'a>(
        &self,
        course: &mut Course,
        all: Vec<Removal<'a>>,
    ) -> Result<Vec<Removal<'a>>, Stop> {
        let mut goes = Vec::new();
        for one in all {
            let stays = match one.keep {
                Some(keep) => self.is_there(&one, keep).await,
                None => Ok(()),
            };
            match stays {
                Ok(()) => goes.push(one),
                Err(stop) => self.failed(course, one.step, stop, true).await?,
            }
        }
        Ok(goes)
    }

    async fn is_there(&self, one: &Removal<'_>, keep: &KeyId) -> Result<(), Stop> {
        let client = self.worker.session.graph.with_call(self.call(vec![one.step.id.clone()], None));
        for look in 0..=LOOKS {
            let app = client.send(certificates::all(one.id)).await?;
            if HeldCredential::find(&app, keep).is_some_and(|held| held.works_at(self.now())) {
                return Ok(());
            }
            if look < LOOKS {
                self.hold(&one.step.id, Hold::Spreading, self.backoff(look)).await?;
            }
        }
        let name = &one.planned.display_name;
        Err(Stop::Drift {
            what: vec![format!(
                "The new credential of “{name}” is not there any more, or has ended. Nothing was removed."
            )],
        })
    }

    /// In rounds: one secret of each registration at a time, since a registration takes one change at a time.
    async fn remove_secrets(
        &self,
        course: &mut Course,
        mut queues: Vec<Vec<Removal<'_>>>,
    ) -> Result<(), Stop> {
        while !queues.is_empty() {
            let round: Vec<Removal<'_>> = queues.iter_mut().filter_map(Vec::pop).collect();
            queues.retain(|queue| !queue.is_empty());
            for some in round.chunks(AT_ONCE) {
                self.remove_some(course, some).await?;
            }
        }
        Ok(())
    }

    async fn remove_some(&self, course: &mut Course, some: &[Removal<'_>]) -> Result<(), Stop> {
        let since: Vec<Timestamp> = some.iter().map(|one| self.started(&one.step.id)).collect();
        let operations = some.iter().map(|one| -> Box<dyn Operation> {
            let key_id = one.held.key_id.clone();
            operation(StepKey::of(&one.step.id), credentials::remove_password(one.id, &key_id), move |()| {
                Answer::Done(Note::CredentialRemoved { key_id: key_id.clone() })
            })
        });
        let outcomes = self.perform(operations.collect(), None).await?;
        for ((one, since), (key, result)) in some.iter().zip(since).zip(outcomes) {
            match result {
                Ok(_) => {}
                // It was gone already, or an earlier try did it.
                Err(GraphError::NotFound(_)) => {
                    let key_id = one.held.key_id.clone();
                    self.settle(&key, Note::CredentialRemoved { key_id }).await?;
                }
                Err(error) => {
                    self.failed(course, one.step, error.into(), false).await?;
                    continue;
                }
            }
            if let Some(known) = &one.planned.existing {
                // A value that opens nothing any more is not kept.
                let address = self.key_address(&known.app_id, &one.held.key_id);
                self.worker.session.vault.remove(&address).await.map_err(Stop::Vault)?;
            }
            self.done(&one.step.id, since);
        }
        Ok(())
    }

    /// All certificates of a registration go with one write.
    async fn remove_certificates(&self, course: &mut Course, some: &[Vec<Removal<'_>>]) -> Result<(), Stop> {
        let since = self.now();
        let all: Vec<&Removal<'_>> = some.iter().flatten().collect();
        let keys: Vec<StepKey> = all.iter().map(|one| StepKey::of(&one.step.id)).collect();
        let mut intents = Vec::new();
        for key in &keys {
            self.started(&key.step);
            self.reached(Checkpoint::BeforeIntent, key).await;
            intents.push(self.line(key, Phase::Intent, Note::Plain, None));
        }
        self.write(intents).await?;
        for key in &keys {
            self.reached(Checkpoint::AfterIntent, key).await;
        }
        let changes: Vec<KeyChange> = some.iter().filter_map(|of_one| removal_of(of_one)).collect();
        let results = self.change_keys(&changes).await;
        for at in [Checkpoint::Sent, Checkpoint::Answered] {
            for key in &keys {
                self.reached(at, key).await;
            }
        }
        let mut failures = Vec::new();
        for (of_one, result) in some.iter().zip(results) {
            for one in of_one {
                match &result {
                    Ok(()) => {
                        let key_id = one.held.key_id.clone();
                        self.settle(&StepKey::of(&one.step.id), Note::CredentialRemoved { key_id }).await?;
                        self.done(&one.step.id, since);
                    }
                    Err(stop) => failures.push((one.step, stop.clone())),
                }
            }
        }
        for key in &keys {
            self.reached(Checkpoint::Persisted, key).await;
        }
        for (step, stop) in failures {
            self.failed(course, step, stop, false).await?;
        }
        Ok(())
    }
}

fn by_registration(all: Vec<Removal<'_>>) -> Vec<Vec<Removal<'_>>> {
    let mut queues: Vec<Vec<Removal<'_>>> = Vec::new();
    for one in all {
        match queues.iter_mut().find(|queue| queue[0].planned.key == one.planned.key) {
            Some(queue) => queue.push(one),
            None => queues.push(vec![one]),
        }
    }
    queues
}

fn removal_of(of_one: &[Removal<'_>]) -> Option<KeyChange> {
    let first = of_one.first()?;
    Some(KeyChange {
        step: first.step.id.clone(),
        id: first.id.clone(),
        name: first.planned.display_name.clone(),
        add: Vec::new(),
        remove: of_one.iter().map(|one| one.held.key_id.clone()).collect(),
        remove_named: None,
        must: first.keep.cloned(),
        seen: first.planned.certificates_seen.clone(),
    })
}
