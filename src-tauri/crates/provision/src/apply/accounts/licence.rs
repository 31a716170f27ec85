//! A licence: where the account is used first, then the licence, then a look whether it is there.

use graph::{GraphError, UserRef, licences, users};

use crate::apply::events::Hold;
use crate::apply::operation::{Answer, Typed};
use crate::apply::run::Running;
use crate::apply::stop::{LONGEST_WAIT, Stop};
use crate::plan::{PlannedLicence, Step};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn assign_licence(&self, step: &Step, planned: &PlannedLicence) -> Result<(), Stop> {
        let key = StepKey::item(&step.id, &planned.sku);
        if self.facts().is_answered(&key) {
            return Ok(());
        }
        let Some(account) = self.user_of(&planned.account) else { return Ok(()) };
        let since = self.started(&step.id);
        self.set_place(step, planned, &account).await?;
        self.give(&key, planned, &account).await?;
        self.see_licence(step, planned, &account).await?;
        self.done(&step.id, since);
        Ok(())
    }

    async fn set_place(&self, step: &Step, planned: &PlannedLicence, account: &UserRef) -> Result<(), Stop> {
        let key = StepKey::item(&step.id, "place");
        let Some(country) = planned.country.as_deref() else { return Ok(()) };
        if self.facts().is_answered(&key) {
            return Ok(());
        }
        let now = self.graph_for(&key).send(users::account(account)).await?.usage_location;
        if now.as_deref().is_some_and(|now| !now.is_empty()) {
            // Somebody has set it, or an earlier try of this run, whose answer was lost.
            if self.facts().first_intent(&key).is_some() && now.as_deref() == Some(country) {
                let note = Note::UsageLocation { account: account.clone(), before: None };
                self.settle(&key, note).await?;
            }
            return Ok(());
        }
        let note = Note::UsageLocation { account: account.clone(), before: None };
        self.change(key, note, users::set_usage_location(account, Some(country))).await
    }

    async fn give(&self, key: &StepKey, planned: &PlannedLicence, account: &UserRef) -> Result<(), Stop> {
        let note = Note::Licence { account: account.clone(), sku: planned.sku.clone() };
        let result = self.change(key.clone(), note, licences::assign(account, &planned.sku)).await;
        match result {
            Err(Stop::Graph(error)) if no_seat(&error) => Err(Stop::Drift {
                what: vec![format!(
                    "No licence “{}” is left since this plan was made. Take one from somebody who no longer needs it, or buy one, and go on.",
                    planned.part_number
                )],
            }),
            other => other,
        }
    }

    /// Sends one change that can be repeated, and writes it down. A new account may not be everywhere yet.
    pub(in crate::apply) async fn change(
        &self,
        key: StepKey,
        note: Note,
        request: graph::Request<()>,
    ) -> Result<(), Stop> {
        let done = note.clone();
        let operation = Typed { key, intent: note, request, read: move |()| Answer::Done(done.clone()) };
        for (_, result) in self.perform(vec![Box::new(operation)], Some(self.now())).await? {
            result?;
        }
        Ok(())
    }

    async fn see_licence(
        &self,
        step: &Step,
        planned: &PlannedLicence,
        account: &UserRef,
    ) -> Result<(), Stop> {
        let begun = self.now();
        for look in 0.. {
            let now = self.graph_for(&StepKey::of(&step.id)).send(users::account(account)).await?;
            if now.has_license(&planned.sku) {
                break;
            }
            if self.now().duration_since(begun) >= LONGEST_WAIT {
                return Err(Stop::StillSpreading);
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(look)).await?;
        }
        self.verified(&step.id, Note::Plain).await
    }
}

/// Graph gives one code to many refusals; only its words tell this one.
fn no_seat(error: &GraphError) -> bool {
    error.refusal().is_some_and(|refusal| {
        refusal.message.to_ascii_lowercase().contains("does not have any available licenses")
    })
}
