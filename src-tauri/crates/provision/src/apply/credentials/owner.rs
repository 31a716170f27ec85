//! Making somebody an owner.

use graph::{GraphError, applications};

use crate::apply::operation::{Answer, Operation, Typed};
use crate::apply::run::{Course, Running};
use crate::apply::stop::Stop;
use crate::plan::{Step, StepKind};
use crate::{Note, StepKey};

impl Running {
    pub(in crate::apply) async fn owners(&self, course: &mut Course) -> Result<(), Stop> {
        for (step, planned) in self.due(course, |kind| matches!(kind, StepKind::AddOwner { .. })) {
            if self.is_answered(step) {
                continue;
            }
            let Some(known) = &planned.existing else { continue };
            let since = self.started(&step.id);
            match self.owner(step, &known.id).await {
                Ok(()) => self.done(&step.id, since),
                Err(stop) => self.failed(course, step, stop, true).await?,
            }
        }
        Ok(())
    }

    async fn owner(&self, step: &Step, app: &graph::ApplicationId) -> Result<(), Stop> {
        let StepKind::AddOwner { person, graph } = &step.kind else { return Ok(()) };
        let key = StepKey::of(&step.id);
        let earlier_tries = self.facts().next_attempt(&key) > 1;
        let note = |created| Note::Owner { person: person.clone(), created };
        let done = note(true);
        let operation: Box<dyn Operation> = Box::new(Typed {
            key: key.clone(),
            intent: Note::Plain,
            request: applications::add_owner(app, person, graph),
            read: move |()| Answer::Done(done.clone()),
        });
        for (key, result) in self.perform(vec![operation], None).await? {
            match result {
                Ok(_) => {}
                // Nobody was it when the plan was made: after a try of ours, it was that try, else a colleague.
                Err(GraphError::AlreadyExists(_)) => self.settle(&key, note(earlier_tries)).await?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
