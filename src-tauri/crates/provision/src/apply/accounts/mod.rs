//! Accounts that products sign in with: made with a sealed password, licensed, and waited for until the mailbox is there.

mod create;
mod licence;
mod mailbox;
mod password;

pub(crate) use create::name_of;
use graph::UserRef;

use super::run::{Course, Running};
use super::session::PasswordAddress;
use super::stop::Stop;
use crate::plan::{PlannedAccount, StepKind};
use crate::{Note, StepKey};

impl Running {
    /// Makes the accounts, then gives the licences. One account's trouble does not keep another one, or the registrations.
    pub(super) async fn accounts(&self, course: &mut Course) -> Result<(), Stop> {
        for step in self.due_anywhere(course, |kind| matches!(kind, StepKind::EnsureUser { .. })) {
            let StepKind::EnsureUser { account } = &step.kind else { continue };
            let Some(planned) = self.plan.account(account) else { continue };
            if let Err(stop) = self.ensure_user(step, planned).await {
                self.failed(course, step, stop, true).await?;
            }
        }
        for step in self.due_anywhere(course, |kind| matches!(kind, StepKind::AssignLicence(_))) {
            let StepKind::AssignLicence(planned) = &step.kind else { continue };
            if let Err(stop) = self.assign_licence(step, planned).await {
                self.failed(course, step, stop, true).await?;
            }
        }
        Ok(())
    }

    /// The account's object id: of the one that was there, or that this run made.
    pub(crate) fn user_of(&self, account: &str) -> Option<UserRef> {
        let planned = self.plan.account(account)?;
        let made = match self.facts().settled(&StepKey::of(planned.step())) {
            Some(Note::Account { id, .. }) => Some(id.clone()),
            _ => None,
        };
        planned.existing.clone().or(made)
    }

    pub(crate) fn password_address(&self, planned: &PlannedAccount) -> PasswordAddress {
        PasswordAddress { tenant: self.plan.organisation.id.clone(), account: planned.address.clone() }
    }
}
