//! Undoing accounts, licences and settings: only what this run did.

use graph::{GraphError, UserRef, licences, reports, users};

use crate::apply::{Running, Stop, name_of};
use crate::plan::{PlannedAccount, PlannedLicence, StepKind, mark_of};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn undo_accounts(&self) -> Result<(), Stop> {
        let plan = std::sync::Arc::clone(&self.plan);
        for step in plan.steps.iter().rev().filter(|step| step.is_due() && self.facts().has_begun(&step.id)) {
            match &step.kind {
                StepKind::ShowReportNames => self.put_names_back(&StepKey::of(&step.id), true).await?,
                StepKind::HideReportNames => self.put_names_back(&StepKey::of(&step.id), false).await?,
                StepKind::AssignLicence(licence) => self.undo_licence(&step.id, licence).await?,
                StepKind::EnsureUser { account } => {
                    if let Some(planned) = plan.account(account) {
                        self.undo_account(planned).await?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `concealed` is how it was before the step, if the step changed anything.
    async fn put_names_back(&self, key: &StepKey, concealed: bool) -> Result<(), Stop> {
        let ours = {
            let facts = self.facts();
            let note = facts.settled(key).or_else(|| facts.intent(key));
            let changed = matches!(note, Some(Note::ReportNames { concealed_before }) if *concealed_before == concealed);
            changed && !facts.is_undone(key)
        };
        if !ours {
            return Ok(());
        }
        self.intend(key).await?;
        self.graph_for(key).send(reports::conceal_names(concealed)).await?;
        self.taken_back(key, Note::Plain).await
    }

    /// On an account that was there before; a new one goes with its licence.
    async fn undo_licence(&self, step: &str, licence: &PlannedLicence) -> Result<(), Stop> {
        let planned = self.plan.account(&licence.account);
        let Some(account) = planned.and_then(|one| one.existing.clone()) else {
            return self.taken_back(&StepKey::item(step, &licence.sku), Note::Plain).await;
        };
        let key = StepKey::item(step, &licence.sku);
        let given = self.facts().first_intent(&key).is_some() && !self.facts().is_undone(&key);
        if given && self.holds(&key, &account, &licence.sku).await? {
            self.intend(&key).await?;
            self.graph_for(&key).send(licences::take_back(&account, &licence.sku)).await?;
        }
        if given {
            self.taken_back(&key, Note::Plain).await?;
        }
        let place = StepKey::item(step, "place");
        if self.facts().settled(&place).is_some() {
            self.intend(&place).await?;
            self.graph_for(&place).send(users::set_usage_location(&account, None)).await?;
            self.taken_back(&place, Note::Plain).await?;
        }
        Ok(())
    }

    async fn holds(&self, key: &StepKey, account: &UserRef, sku: &str) -> Result<bool, Stop> {
        match self.graph_for(key).send(users::account(account)).await {
            Ok(now) => Ok(now.has_license(sku)),
            Err(GraphError::NotFound(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Checked by name *and* by the mark that holds this run's random bits.
    async fn undo_account(&self, planned: &PlannedAccount) -> Result<(), Stop> {
        let key = StepKey::of(planned.step());
        if planned.existing.is_some() || self.facts().is_undone(&key) {
            return Ok(());
        }
        // By id where it is known; a try whose answer was lost is found by its name.
        let who = match self.user_of(&planned.key) {
            Some(id) => id,
            None => name_of(planned)?,
        };
        match self.graph_for(&key).send(users::account(&who)).await {
            Ok(account) if account.employee_id.as_deref() == Some(mark_of(&self.plan.run).as_str()) => {
                self.intend(&key).await?;
                match self.graph_for(&key).send(users::remove(&account.id)).await {
                    Ok(()) | Err(GraphError::NotFound(_)) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            // Somebody else's, or gone: nothing of this run is there.
            Ok(_) | Err(GraphError::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
        self.forget_password(&self.password_address(planned)).await?;
        self.taken_back(&key, Note::Plain).await
    }
}
