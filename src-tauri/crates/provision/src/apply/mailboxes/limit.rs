//! The limit itself, in the order in which nothing is open in between: group, app, scope, roles, and then the roles that
//! reached further go.

use exchange::{ExchangeClient, Identity, assignments, groups, scopes, service_principals};
use graph::{AppId, ServicePrincipalId};
use jiff::Timestamp;

use super::super::run::{Course, Running};
use super::super::stop::Stop;
use super::deed::Came;
use crate::plan::{LimitedMailboxes, ScopeGroup, Step, StepKind, filter_of, identity};
use crate::{ExchangeDeed, PlannedRegistration, StepKey};

impl Running {
    pub(in crate::apply) async fn limit_mailboxes(&self, course: &mut Course) -> Result<(), Stop> {
        for (step, planned) in self.due(course, |kind| matches!(kind, StepKind::LimitMailboxes(_))) {
            let StepKind::LimitMailboxes(limited) = &step.kind else { continue };
            let since = self.started(&step.id);
            match self.limit(step, planned, limited).await {
                Ok(()) => self.done(&step.id, since),
                Err(stop) => self.failed(course, step, stop, true).await?,
            }
        }
        Ok(())
    }

    async fn limit(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        limited: &LimitedMailboxes,
    ) -> Result<(), Stop> {
        let (app_id, principal, fresh) = self.app_of(planned)?;
        let exchange = self.exchange_for(&step.id, fresh)?;
        let mut places = Vec::new();
        for group in &limited.groups {
            places.push(self.group(&exchange, step, group).await?);
        }
        if limited.policy.is_some() {
            let group = places.first().cloned().unwrap_or_default();
            self.make_policy(&exchange, step, limited, &app_id, &group).await?;
        }
        if let Some(scope) = &limited.scope {
            let app = identity(principal.as_str());
            if !limited.known {
                let deed = ExchangeDeed::AppMade { app: principal.to_string() };
                let (id, name) = (principal.as_str(), &planned.display_name);
                let command = service_principals::create(app_id.as_str(), id, name);
                self.deed(&exchange, &item(step, "app"), deed, false, command).await?;
            }
            let name = identity(&scope.name);
            if !scope.exists {
                let deed = ExchangeDeed::ScopeMade { name: scope.name.clone() };
                let command = scopes::create(&name, &filter_of(&places));
                self.deed(&exchange, &item(step, "scope"), deed, true, command).await?;
            }
            self.give_roles(&exchange, step, limited, &app, &name).await?;
        }
        self.read_limit_back(&exchange, step, limited, &principal).await
    }

    async fn give_roles(
        &self,
        exchange: &ExchangeClient,
        step: &Step,
        limited: &LimitedMailboxes,
        app: &Identity,
        scope: &Identity,
    ) -> Result<(), Stop> {
        // What was made a moment ago may not be everywhere yet.
        let exchange = self.exchange_for(&step.id, Some(self.now())).unwrap_or_else(|_| exchange.clone());
        for role in limited.roles.iter().filter(|role| !role.given) {
            let deed = ExchangeDeed::RoleGiven { name: role.name.clone() };
            let command = assignments::create(&identity(&role.name), app, &role.role, Some(scope));
            self.deed(&exchange, &item(step, &format!("role:{}", role.role)), deed, true, command).await?;
        }
        let exchange = self.exchange_for(&step.id, None)?;
        for held in &limited.takes {
            let deed = ExchangeDeed::RoleTaken { app: app.to_string(), held: held.clone() };
            let command = assignments::remove(&identity(&held.name));
            self.deed(&exchange, &item(step, &format!("take:{}", held.name)), deed, false, command).await?;
        }
        Ok(())
    }

    /// Where the group lies, once it is there with its members.
    async fn group(
        &self,
        exchange: &ExchangeClient,
        step: &Step,
        group: &ScopeGroup,
    ) -> Result<String, Stop> {
        match group {
            ScopeGroup::New { name, alias, title, members } => {
                let key = item(step, "group");
                let members: Vec<Identity> = members.iter().map(|one| identity(one)).collect();
                // By its alias it is found again: other names can be changed by whoever owns the group.
                let deed = ExchangeDeed::GroupMade { alias: alias.clone() };
                let command = groups::create(&identity(name), alias, title, &members);
                let made = match self.deed(exchange, &key, deed, true, command).await? {
                    Came::Made(made) => made.distinguished_name,
                    Came::Existed | Came::Settled => None,
                };
                if let Some(place) = made {
                    return Ok(place);
                }
                let fresh = self.exchange_for(&step.id, Some(self.now()))?;
                let found = fresh.invoke(groups::get(&identity(alias))).await?;
                found.distinguished_name.ok_or(Stop::StillSpreading)
            }
            ScopeGroup::Existing { place, adds, removes, .. } => {
                let group = identity(place);
                for member in adds {
                    let deed = ExchangeDeed::MemberAdded { group: place.clone(), member: member.clone() };
                    let command = groups::add_member(&group, &identity(member));
                    self.deed(exchange, &item(step, &format!("add:{member}")), deed, false, command).await?;
                }
                for member in removes {
                    let deed = ExchangeDeed::MemberRemoved { group: place.clone(), member: member.clone() };
                    let command = groups::remove_member(&group, &identity(member));
                    self.deed(exchange, &item(step, &format!("drop:{member}")), deed, false, command).await?;
                }
                Ok(place.clone())
            }
        }
    }

    /// Client id, enterprise app, and since when it is there, where this run made it.
    pub(super) fn app_of(
        &self,
        planned: &PlannedRegistration,
    ) -> Result<(AppId, ServicePrincipalId, Option<Timestamp>), Stop> {
        let facts = self.facts();
        let one = facts.registrations.get(&planned.key).ok_or(Stop::StillSpreading)?;
        let (_, app_id) = one.application.clone().ok_or(Stop::StillSpreading)?;
        let principal = one.principal.clone().ok_or(Stop::StillSpreading)?;
        Ok((app_id, principal, one.fresh_since))
    }
}

pub(super) fn item(step: &Step, item: &str) -> StepKey {
    StepKey::item(&step.id, item)
}
