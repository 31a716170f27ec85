//! Waiting for a mailbox. Microsoft makes it some time after the licence and names no time, so the run is put aside after a
//! while and goes on by itself.

use graph::users;
use jiff::Timestamp;

use crate::apply::events::Hold;
use crate::apply::run::{Course, Running};
use crate::apply::stop::Stop;
use crate::plan::{MailboxWait, Step, StepKind};
use crate::{Note, StepKey};

impl Running {
    pub(in crate::apply) async fn mailboxes_made(&self, course: &mut Course) -> Result<(), Stop> {
        for step in self.due_anywhere(course, |kind| matches!(kind, StepKind::AwaitMailbox { .. })) {
            let StepKind::AwaitMailbox { account } = &step.kind else { continue };
            if self.is_answered(step) {
                continue;
            }
            if let Err(stop) = self.await_mailbox(step, account).await {
                self.failed(course, step, stop, true).await?;
            }
        }
        Ok(())
    }

    async fn await_mailbox(&self, step: &Step, account: &str) -> Result<(), Stop> {
        let Some(id) = self.user_of(account) else { return Ok(()) };
        let since = self.started(&step.id);
        loop {
            let now = self.graph_for(&StepKey::of(&step.id)).send(users::account(&id)).await?;
            if now.has_mailbox() {
                break;
            }
            if self.now().duration_since(since) >= MailboxWait::PATIENCE {
                let until = self.now().checked_add(MailboxWait::AGAIN).unwrap_or(Timestamp::MAX);
                return Err(Stop::Parked { until });
            }
            self.hold(&step.id, Hold::Mailbox, MailboxWait::LOOK).await?;
        }
        self.verified(&step.id, Note::Plain).await?;
        self.done(&step.id, since);
        Ok(())
    }
}
