//! Application access policies: made where an organisation uses them, removed once roles have taken their place.

use exchange::resources::{AccessRight, ApplicationAccessPolicy};
use exchange::{ExchangeClient, access_policies};
use graph::AppId;

use super::super::run::{Course, Running};
use super::super::stop::Stop;
use super::limit::item;
use crate::plan::{HeldPolicy, LimitedMailboxes, Step, StepKind, identity};
use crate::{ExchangeDeed, Note};

impl Running {
    /// A policy has no name that could be taken, so a try whose answer was lost is looked for first.
    pub(super) async fn make_policy(
        &self,
        exchange: &ExchangeClient,
        step: &Step,
        limited: &LimitedMailboxes,
        app_id: &AppId,
        group: &str,
    ) -> Result<(), Stop> {
        let Some(policy) = limited.policy.as_ref().filter(|policy| !policy.exists) else { return Ok(()) };
        let key = item(step, "policy");
        let deed = ExchangeDeed::PolicyMade { description: policy.description.clone() };
        if self.facts().first_intent(&key).is_some() && !self.facts().is_answered(&key) {
            let all = exchange.invoke(access_policies::list()).await?;
            if all.iter().any(|one| one.description.as_deref() == Some(policy.description.as_str())) {
                return self.settle(&key, Note::Exchange { deed, ours: true }).await;
            }
        }
        let (right, words) = (AccessRight::Restrict, &policy.description);
        let command = access_policies::create(app_id.as_str(), &identity(group), right, words);
        self.deed(exchange, &key, deed, false, command).await.map(drop)
    }

    pub(in crate::apply) async fn migrate_policies(&self, course: &mut Course) -> Result<(), Stop> {
        for (step, _) in self.due(course, |kind| matches!(kind, StepKind::MigratePolicies { .. })) {
            let StepKind::MigratePolicies { policies } = &step.kind else { continue };
            let since = self.started(&step.id);
            match self.remove_policies(step, policies).await {
                Ok(()) => self.done(&step.id, since),
                Err(stop) => self.failed(course, step, stop, false).await?,
            }
        }
        Ok(())
    }

    async fn remove_policies(&self, step: &Step, policies: &[HeldPolicy]) -> Result<(), Stop> {
        let exchange = self.exchange_for(&step.id, None)?;
        for held in policies {
            let deed = ExchangeDeed::PolicyRemoved { held: held.clone() };
            let command = access_policies::remove(&identity(&held.identity));
            self.deed(&exchange, &item(step, &held.identity), deed, false, command).await?;
        }
        self.verified(&step.id, Note::Plain).await
    }
}

/// Whether a policy is the one that was removed, made again.
pub(crate) fn is_same(policy: &ApplicationAccessPolicy, held: &HeldPolicy) -> bool {
    let scope = [policy.scope_identity.as_deref(), policy.scope_name.as_deref()];
    policy.is_for(&held.app_id)
        && scope.contains(&Some(held.group.as_str()))
        && (policy.access_right == AccessRight::Deny) == held.denies
}
