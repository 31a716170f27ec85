//! Making plans about mailbox access.

use std::collections::BTreeSet;

use blueprint::catalogue::{EXCHANGE_ONLINE, MICROSOFT_GRAPH, exchange_role_for};
use blueprint::{GroupKind, MailboxAccess, PermissionKey, PermissionKind, RegistrationSpec};
use exchange::resources::AccessRight;
use exchange::{ExchangeClient, ExchangeError};
use graph::resources::{ApplicationPatch, ServicePrincipal};
use uuid::Uuid;

use super::decide::known_app;
use super::look::{Held, look_at_app};
use super::target::{self, Target};
use super::{HeldPolicy, Limit, LimitWay, LimitedMailboxes, MailboxGoal, MailboxProblem, Wish, proofs};
use crate::RunId;
use crate::plan::actual::ActualRegistration;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::reads::{self, Wanted};
use crate::plan::{
    KnownApplication, Plan, PlannedPermission, PlannedProof, PlannedRegistration, StepKind, Subject, role_id,
    words,
};

impl Planner<'_> {
    /// The limit of one registration of a set-up. Exchange is looked at only when something is limited, and only by somebody
    /// who may.
    pub(in crate::plan) async fn limit_of(
        &self,
        comparison: &Comparison<'_>,
        spec: &RegistrationSpec,
        position: usize,
        proofs: &[PlannedProof],
        existing: Option<&ActualRegistration>,
    ) -> Result<Option<Limit>, PlanError> {
        let own = proofs.iter().filter(|proof| proof.registration == spec.key);
        let tried = own.filter_map(|proof| proof.mailbox.clone()).collect();
        let me = &self.session.account.id;
        let Some(wish) = Wish::of(spec, &comparison.run, position, self.way, tried, me) else {
            return Ok(None);
        };
        self.look_for(comparison, &wish, existing).await.map(Some)
    }

    async fn look_for(
        &self,
        comparison: &Comparison<'_>,
        wish: &Wish<'_>,
        existing: Option<&ActualRegistration>,
    ) -> Result<Limit, PlanError> {
        match self.exchange(comparison)? {
            Some(exchange) => Ok(wish.look(exchange, existing).await?),
            None => Ok(wish.unseen()),
        }
    }

    /// Exchange, for somebody who may work in it: then a sign-in for it is asked for where there was none.
    fn exchange(&self, comparison: &Comparison<'_>) -> Result<Option<&ExchangeClient>, PlanError> {
        if !comparison.authority.may_limit_mailboxes() {
            return Ok(None);
        }
        let none = ExchangeError::NeedsInteraction { claims: None };
        self.session.exchange.as_ref().map(Some).ok_or(PlanError::Exchange(none))
    }

    /// Plans whose mailboxes a registration reaches, by client id.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn mailbox_access(&self, app_id: &str, goal: &MailboxGoal) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let existing = reads::by_app_id(&self.session.graph, &app_id).await?;
        let existing = existing.ok_or_else(|| PlanError::NoSuchApp { app_id: app_id.to_string() })?;
        let resources = vec![MICROSOFT_GRAPH, EXCHANGE_ONLINE];
        let wanted = Wanted { resources, tag: None, names: Vec::new() };
        let actual = reads::look(&self.session.graph, &wanted).await?;
        self.check_organisation(&actual)?;
        let run = RunId::from_random(self.session.surroundings.random_bits());
        let mut comparison = self.comparison(run.clone(), &actual);
        let held = self.held(&comparison, &existing).await?;
        let permissions = mailbox_permissions(&existing, &actual.resources, &held);
        let registration = registration(&app_id, &existing, &permissions, goal);
        let title = format!("Mailboxes that {} reaches", registration.display_name);
        let group = registration.title.clone();
        comparison.registrations.push(registration);
        comparison.push("sp", StepKind::EnsureServicePrincipal, words::service_principal(&group), true);
        let (inside, outside) = match goal {
            MailboxGoal::Mend => {
                comparison.take_wide(Some(&existing));
                self.within_and_without(&comparison, &held).await?
            }
            MailboxGoal::Limit { access, way } => {
                let wish = wish(&run, &group, access, *way, permissions, &self.session.account.id);
                let limit = self.look_for(&comparison, &wish, Some(&existing)).await?;
                comparison.limit_steps(&limit, Some(&existing));
                comparison.migrate_step(limit.migrates);
                around(limit.limited)
            }
            MailboxGoal::MigratePolicies => {
                self.migration(&mut comparison, &existing, &held, permissions, &group).await?
            }
        };
        comparison.push("read", StepKind::ReadBack, words::read_back(), false);
        let left_to_others = comparison.steps.iter().any(|step| step.not_by_you.is_some());
        let proofs = if left_to_others {
            Vec::new()
        } else {
            proofs::questions(inside, outside, app_id.as_str(), &group)
        };
        if !proofs.is_empty() {
            comparison.push("ask", StepKind::Prove, super::words::ask(), false);
        }
        let subject = Subject::MailboxAccess { app_id: app_id.to_string() };
        Ok(self.finish(comparison, subject, title, &actual, proofs).await)
    }

    async fn held(
        &self,
        comparison: &Comparison<'_>,
        existing: &ActualRegistration,
    ) -> Result<Held, PlanError> {
        match (self.exchange(comparison)?, known_app(existing)) {
            (Some(exchange), Some(app)) => Ok(look_at_app(exchange, Some(app)).await?),
            _ => Ok(Held::default()),
        }
    }

    /// Several policies that let an app in are a union, as several groups in one limit are. One that keeps it out has no
    /// counterpart.
    async fn migration(
        &self,
        comparison: &mut Comparison<'_>,
        existing: &ActualRegistration,
        held: &Held,
        permissions: Vec<(PermissionKey, String)>,
        group: &str,
    ) -> Result<Around, PlanError> {
        let app = existing.service_principal.as_ref().map(|one| one.app_id.clone());
        let policies: Vec<_> = app.iter().flat_map(|app| held.own_policies(app)).collect();
        let denies: Vec<String> = policies
            .iter()
            .filter(|policy| policy.access_right != AccessRight::Restrict)
            .filter_map(|policy| policy.scope_name.clone())
            .collect();
        if !denies.is_empty() {
            comparison.problems.push(MailboxProblem::DenyPolicies { groups: denies }.blocking());
            return Ok((None, None));
        }
        let Some(exchange) = self.exchange(comparison)? else {
            comparison.problems.push(MailboxProblem::NotAllowed.blocking());
            return Ok((None, None));
        };
        let mut target = Target::default();
        for policy in &policies {
            let scope = policy.scope_identity.as_deref().or(policy.scope_name.as_deref()).unwrap_or_default();
            target::add_group(exchange, scope, GroupKind::Any, false, &mut target).await?;
        }
        let first = target.groups.first().map(target::title).unwrap_or_default();
        let access = MailboxAccess::Group(first);
        let run = comparison.run.clone();
        let wish = wish(&run, group, &access, LimitWay::Roles, permissions, &self.session.account.id);
        let outside = target::outside(exchange, &self.session.account.id, &target).await?;
        let mut limit = wish.decide(held, &target, outside);
        limit.migrates = policies.into_iter().filter_map(HeldPolicy::of).collect();
        comparison.limit_steps(&limit, Some(existing));
        comparison.migrate_step(limit.migrates);
        Ok(around(limit.limited))
    }

    /// A mailbox within the limit that is in force, and one outside of it.
    async fn within_and_without(
        &self,
        comparison: &Comparison<'_>,
        held: &Held,
    ) -> Result<Around, PlanError> {
        let Some(exchange) = self.exchange(comparison)? else { return Ok((None, None)) };
        let mut target = Target::default();
        let mut places = BTreeSet::new();
        for role in &held.roles {
            match (&role.recipient_group_scope, held.scope_of(role)) {
                (Some(group), _) => _ = places.insert(group),
                (None, Some(scope)) if scope.groups.is_all => places.extend(&scope.groups.names),
                // A role without a limit, or with one that is no list of groups, reaches further than can be told.
                _ => return Ok((None, None)),
            }
        }
        for place in places {
            target::add_group(exchange, place, GroupKind::Any, false, &mut target).await?;
        }
        let outside = target::outside(exchange, &self.session.account.id, &target).await?;
        Ok((target::inside(&target), outside))
    }
}

/// A mailbox within a limit, and one outside of it.
type Around = (Option<String>, Option<String>);

fn around(limited: LimitedMailboxes) -> Around {
    (limited.inside, limited.outside)
}

fn wish<'a>(
    run: &'a RunId,
    title: &str,
    access: &'a MailboxAccess,
    way: LimitWay,
    permissions: Vec<(PermissionKey, String)>,
    me: &'a str,
) -> Wish<'a> {
    let (title, kind, tried) = (title.to_owned(), GroupKind::Any, Vec::new());
    Wish { run, position: 0, title, access, kind, way, permissions, tried, me }
}

/// The permissions on mailboxes that an app has, by Entra or by Exchange.
fn mailbox_permissions(
    existing: &ActualRegistration,
    resources: &std::collections::BTreeMap<Uuid, Option<ServicePrincipal>>,
    held: &Held,
) -> Vec<(PermissionKey, String)> {
    let mut found: Vec<(PermissionKey, String)> = Vec::new();
    for (resource, api) in resources {
        for role in api.iter().flat_map(|api| &api.app_roles) {
            let (Ok(id), Some(value)) = (role.id.as_str().parse::<Uuid>(), role.value.clone()) else {
                continue;
            };
            let key = PermissionKey { resource: *resource, id, kind: PermissionKind::Application };
            let Some(named) = exchange_role_for(key) else { continue };
            let by_entra = existing.app_roles.iter().flatten().any(|one| {
                api.as_ref().is_some_and(|api| api.id == one.resource_id) && one.app_role_id == role_id(id)
            });
            let by_exchange = held.roles.iter().any(|one| one.role.as_deref() == Some(named));
            if by_entra || by_exchange {
                found.push((key, value));
            }
        }
    }
    found
}

fn registration(
    app_id: &graph::AppId,
    existing: &ActualRegistration,
    permissions: &[(PermissionKey, String)],
    goal: &MailboxGoal,
) -> PlannedRegistration {
    let application = existing.application.as_ref();
    let principal = existing.service_principal.as_ref();
    let name = application.and_then(|app| app.display_name.clone());
    let name = name.or_else(|| principal.and_then(|one| one.display_name.clone()));
    let name = name.unwrap_or_else(|| app_id.to_string());
    // A policy takes away from what Entra grants, so the grants stay then.
    let by_roles = !matches!(goal, MailboxGoal::Limit { way: LimitWay::Policy, .. });
    let unique = application.and_then(|app| graph::UniqueName::new(app.unique_name.clone()?).ok());
    PlannedRegistration {
        key: app_id.to_string(),
        title: name.clone(),
        display_name: name,
        unique_name: unique.unwrap_or_else(|| graph::UniqueName::placeholder("none")),
        wanted: ApplicationPatch::default(),
        existing: application.map(|app| KnownApplication {
            id: app.id.clone(),
            app_id: app_id.clone(),
            service_principal: principal.map(|one| one.id.clone()),
            made_by: None,
        }),
        permissions: permissions
            .iter()
            .filter(|_| by_roles)
            .map(|(key, value)| PlannedPermission {
                key: *key,
                value: value.clone(),
                resource_name: String::new(),
                consent: None,
                why: String::new(),
                granted: false,
                exchange_role: exchange_role_for(*key).map(str::to_owned),
            })
            .collect(),
        secret: None,
        kept_secret: None,
        certificate: None,
        kept_certificate: None,
        certificates_seen: Vec::new(),
    }
}
