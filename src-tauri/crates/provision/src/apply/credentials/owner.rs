//! Making somebody an owner, of one app or of many, twenty to a round trip.

use graph::{GraphError, applications};
use jiff::Timestamp;

use crate::apply::operation::{Answer, Operation, Typed};
use crate::apply::run::{Course, Running};
use crate::apply::stop::Stop;
use crate::plan::{PlannedRegistration, Step, StepKind};
use crate::{Note, StepKey};

/// Apps that are worked on at once.
const AT_ONCE: usize = 20;

impl Running {
    pub(in crate::apply) async fn owners(&self, course: &mut Course) -> Result<(), Stop> {
        let due: Vec<_> = self
            .due(course, |kind| matches!(kind, StepKind::AddOwner { .. }))
            .into_iter()
            .filter(|(step, planned)| !self.is_answered(step) && planned.existing.is_some())
            .collect();
        for some in due.chunks(AT_ONCE) {
            self.some_owners(course, some).await?;
        }
        Ok(())
    }

    async fn some_owners(
        &self,
        course: &mut Course,
        some: &[(&Step, &PlannedRegistration)],
    ) -> Result<(), Stop> {
        let since: Vec<Timestamp> = some.iter().map(|(step, _)| self.started(&step.id)).collect();
        let mut tried = Vec::new();
        let mut operations: Vec<Box<dyn Operation>> = Vec::new();
        for (step, planned) in some {
            let (StepKind::AddOwner { person, graph }, Some(known)) = (&step.kind, &planned.existing) else {
                continue;
            };
            let key = StepKey::of(&step.id);
            tried.push(self.facts().next_attempt(&key) > 1);
            let done = Note::Owner { person: person.clone(), created: true };
            operations.push(Box::new(Typed {
                key,
                intent: Note::Plain,
                request: applications::add_owner(&known.id, person, graph),
                read: move |()| Answer::Done(done.clone()),
            }));
        }
        let outcomes = self.perform(operations, None).await?;
        for ((((step, _), since), earlier_tries), (key, result)) in
            some.iter().zip(since).zip(tried).zip(outcomes)
        {
            match (result, &step.kind) {
                (Ok(_), _) => {}
                // Nobody was it when the plan was made: after a try of ours, it was that try, else a colleague.
                (Err(GraphError::AlreadyExists(_)), StepKind::AddOwner { person, .. }) => {
                    let note = Note::Owner { person: person.clone(), created: earlier_tries };
                    self.settle(&key, note).await?;
                }
                (Err(error), _) => {
                    self.failed(course, step, error.into(), true).await?;
                    continue;
                }
            }
            self.done(&step.id, since);
        }
        Ok(())
    }
}
