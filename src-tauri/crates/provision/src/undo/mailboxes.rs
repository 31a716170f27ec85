//! Undoing what a run did in Exchange. Everything that it made holds its random bits in its name, so what a lost answer may
//! have made is found by name, and what is not there is fine.
//!
//! Policies come back before Entra's grants do, and the roles go after: at no moment does the app reach more than it should
//! before *and* after.

use exchange::resources::AccessRight;
use exchange::{
    ExchangeClient, ExchangeError, access_policies, assignments, groups, scopes, service_principals,
};

use crate::apply::{Running, Stop, is_same};
use crate::plan::{HeldPolicy, PlannedRegistration, identity};
use crate::{ExchangeDeed, Note, StepKey};

impl Running {
    /// Policies that were removed are made again.
    pub(super) async fn undo_policy_removal(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        for (key, deed) in self.deeds_of(planned) {
            if let ExchangeDeed::PolicyRemoved { held } = deed {
                let exchange = self.exchange_for(&key.step, None)?;
                self.intend(&key).await?;
                make_again(&exchange, &held).await?;
                self.taken_back(&key, Note::Plain).await?;
            }
        }
        Ok(())
    }

    /// Everything else, in an order in which nothing that is still used goes.
    pub(super) async fn undo_limit(&self, planned: &PlannedRegistration) -> Result<(), Stop> {
        let mut deeds = self.deeds_of(planned);
        deeds.sort_by_key(|(_, deed)| rank(deed));
        for (key, deed) in deeds {
            let exchange = self.exchange_for(&key.step, None)?;
            self.intend(&key).await?;
            take_back(&exchange, &deed).await?;
            self.taken_back(&key, Note::Plain).await?;
        }
        Ok(())
    }

    fn deeds_of(&self, planned: &PlannedRegistration) -> Vec<(StepKey, ExchangeDeed)> {
        self.facts().exchange_deeds(&self.plan, &planned.key)
    }
}

/// Users of a thing before the thing.
fn rank(deed: &ExchangeDeed) -> u8 {
    match deed {
        ExchangeDeed::PolicyRemoved { .. } => 0,
        ExchangeDeed::RoleTaken { .. } => 1,
        ExchangeDeed::RoleGiven { .. } => 2,
        ExchangeDeed::ScopeMade { .. } => 3,
        ExchangeDeed::AppMade { .. } => 4,
        ExchangeDeed::PolicyMade { .. } => 5,
        ExchangeDeed::MemberRemoved { .. } => 6,
        ExchangeDeed::MemberAdded { .. } => 7,
        ExchangeDeed::GroupMade { .. } => 8,
    }
}

async fn take_back(exchange: &ExchangeClient, deed: &ExchangeDeed) -> Result<(), Stop> {
    match deed {
        ExchangeDeed::GroupMade { alias } => fine(exchange.invoke(groups::remove(&identity(alias))).await),
        ExchangeDeed::MemberAdded { group, member } => {
            fine(exchange.invoke(groups::remove_member(&identity(group), &identity(member))).await)
        }
        ExchangeDeed::MemberRemoved { group, member } => {
            fine(exchange.invoke(groups::add_member(&identity(group), &identity(member))).await)
        }
        ExchangeDeed::AppMade { app } => {
            fine(exchange.invoke(service_principals::remove(&identity(app))).await)
        }
        ExchangeDeed::ScopeMade { name } => fine(exchange.invoke(scopes::remove(&identity(name))).await),
        ExchangeDeed::RoleGiven { name } => fine(exchange.invoke(assignments::remove(&identity(name))).await),
        ExchangeDeed::RoleTaken { app, held } => {
            let (name, app, scope) =
                (identity(&held.name), identity(app), held.scope.as_deref().map(identity));
            let command = assignments::create(&name, &app, &held.role, scope.as_ref());
            fine(exchange.invoke(command).await.map(drop))
        }
        ExchangeDeed::PolicyMade { description } => {
            let all = exchange.invoke(access_policies::list()).await?;
            for policy in all.iter().filter(|one| one.description.as_deref() == Some(description.as_str())) {
                fine(exchange.invoke(access_policies::remove(&identity(&policy.identity))).await)?;
            }
            Ok(())
        }
        ExchangeDeed::PolicyRemoved { held } => make_again(exchange, held).await,
    }
}

/// Makes a policy again, unless it is there.
async fn make_again(exchange: &ExchangeClient, held: &HeldPolicy) -> Result<(), Stop> {
    let all = exchange.invoke(access_policies::list()).await?;
    if all.iter().any(|policy| is_same(policy, held)) {
        return Ok(());
    }
    let right = if held.denies { AccessRight::Deny } else { AccessRight::Restrict };
    let command = access_policies::create(&held.app_id, &identity(&held.group), right, &held.description);
    fine(exchange.invoke(command).await.map(drop))
}

/// What is to go is gone, and what is to be there is there.
fn fine(result: Result<(), ExchangeError>) -> Result<(), Stop> {
    match result {
        Ok(()) | Err(ExchangeError::NotFound(_) | ExchangeError::AlreadyExists(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
