//! Wanted against actual: what has to be made in Exchange, and what goes.

use blueprint::catalogue::exchange_role_for;
use blueprint::{GroupKind, MailboxAccess, PermissionKey, RegistrationSpec};
use exchange::resources::{AccessRight, Recipient};
use exchange::{ExchangeClient, ExchangeError, Identity, groups, recipients};
use graph::{AppId, ServicePrincipalId};

use super::look::{Held, look_at_app};
use super::names::{Names, is_our_group};
use super::target::{self, Target};
use super::{
    HeldPolicy, HeldRole, LimitWay, LimitedMailboxes, MailboxProblem, PolicyToMake, RoleToGive, ScopeGroup,
    ScopeToMake,
};
use crate::plan::actual::ActualRegistration;
use crate::{Problem, RunId};

/// What one registration is to be kept to.
pub(in crate::plan) struct Wish<'a> {
    pub(in crate::plan) run: &'a RunId,
    /// Which of the plan's registrations it is.
    pub(in crate::plan) position: usize,
    pub(in crate::plan) title: String,
    pub(in crate::plan) access: &'a MailboxAccess,
    pub(in crate::plan) kind: GroupKind,
    pub(in crate::plan) way: LimitWay,
    /// Its application permissions.
    pub(in crate::plan) permissions: Vec<(PermissionKey, String)>,
    /// Addresses that will be tried.
    pub(in crate::plan) tried: Vec<String>,
    /// Object id of the signed-in person.
    pub(in crate::plan) me: &'a str,
}

/// What has to be done for one registration.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Limit {
    pub(in crate::plan) limited: LimitedMailboxes,
    pub(in crate::plan) problems: Vec<Problem>,
    /// Policies that go once the roles are in force.
    pub(in crate::plan) migrates: Vec<HeldPolicy>,
    /// Permissions that Exchange grants, by name.
    pub(in crate::plan) names: Vec<String>,
}

impl<'a> Wish<'a> {
    /// What a connector's registration asks for; `None` where nothing is limited.
    pub(in crate::plan) fn of(
        spec: &'a RegistrationSpec,
        run: &'a RunId,
        position: usize,
        way: LimitWay,
        tried: Vec<String>,
        me: &'a str,
    ) -> Option<Self> {
        if !spec.mailbox_access.is_limited() {
            return None;
        }
        let limit = spec.mailbox_limit.as_ref();
        Some(Self {
            run,
            position,
            title: spec.display_name.clone(),
            access: &spec.mailbox_access,
            kind: limit.map_or(GroupKind::Any, |limit| limit.group),
            way,
            permissions: spec
                .application_permissions()
                .filter_map(|need| Some((need.key()?, need.value.clone())))
                .collect(),
            tried,
            me,
        })
    }

    fn names(&self) -> Names {
        Names::new(self.run, self.position, &self.title)
    }

    /// Without having looked: the signed-in person may not, so somebody else does all of it.
    pub(in crate::plan) fn unseen(&self) -> Limit {
        let target = match self.access {
            MailboxAccess::People(people) => Target { people: people.clone(), ..Target::default() },
            MailboxAccess::Group(group) => Target {
                groups: vec![Recipient {
                    name: None,
                    alias: None,
                    display_name: Some(group.clone()),
                    primary_smtp_address: None,
                    distinguished_name: Some(format!("⟨{group}⟩")),
                    external_directory_object_id: None,
                    recipient_type_details: None,
                }],
                ..Target::default()
            },
            MailboxAccess::Everyone => Target::default(),
        };
        self.decide(&Held::default(), &target, None)
    }

    /// Looks at Exchange and compares.
    pub(in crate::plan) async fn look(
        &self,
        exchange: &ExchangeClient,
        existing: Option<&ActualRegistration>,
    ) -> Result<Limit, ExchangeError> {
        let app = existing.and_then(known_app);
        let held = look_at_app(exchange, app).await?;
        let kind = if self.way == LimitWay::Policy { GroupKind::MailEnabledSecurity } else { self.kind };
        let mut wanted = target::resolve(exchange, self.access, kind, self.way == LimitWay::Policy).await?;
        self.find_our_group(exchange, &held, &mut wanted).await?;
        let outside = target::outside(exchange, self.me, &wanted).await?;
        Ok(self.decide(&held, &wanted, outside))
    }

    /// People have a group of ours already where an earlier run made one: it is brought up to date.
    async fn find_our_group(
        &self,
        exchange: &ExchangeClient,
        held: &Held,
        wanted: &mut Target,
    ) -> Result<(), ExchangeError> {
        if wanted.people.is_empty() {
            return Ok(());
        }
        let by_roles = held.roles.iter().filter_map(|role| held.scope_of(role));
        let places =
            by_roles.filter(|scope| scope.groups.is_all).flat_map(|scope| scope.groups.names.clone());
        let by_policies = held.policies.iter().filter_map(|policy| policy.scope_identity.clone());
        for place in places.chain(by_policies) {
            let Ok(identity) = Identity::new(&place) else { continue };
            let found = exchange.find(recipients::get(&identity)).await?;
            if let Some(group) = found.filter(|one| one.alias.as_deref().is_some_and(is_our_group)) {
                wanted.members = exchange.find(groups::members(&identity)).await?;
                wanted.groups.push(group);
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn decide(&self, held: &Held, target: &Target, outside: Option<String>) -> Limit {
        let mut problems = target.problems.clone();
        if held.closed {
            problems.push(MailboxProblem::NotCustomizable.blocking());
        }
        let groups = self.groups(target);
        let (limitable, others): (Vec<_>, Vec<_>) =
            self.permissions.iter().partition(|(key, _)| exchange_role_for(*key).is_some());
        if !others.is_empty() {
            let permissions = others.iter().map(|(_, value)| value.clone()).collect();
            problems.push(MailboxProblem::NoRole { permissions }.into_problem());
        }
        for tried in &self.tried {
            if target.holds(tried) == Some(false) {
                problems.push(MailboxProblem::TestMailboxOutside { mailbox: tried.clone() }.into_problem());
            }
        }
        if outside.is_none() && target.members.is_some() {
            problems.push(MailboxProblem::NothingOutside.into_problem());
        }
        let tried = self.tried.iter().find(|one| target.holds(one) != Some(false)).cloned();
        let inside = tried.or_else(|| target::inside(target));
        let mut limited = LimitedMailboxes {
            way: self.way,
            groups,
            access: self.access.clone(),
            permissions: limitable.iter().map(|(key, _)| *key).collect(),
            known: held.known,
            scope: None,
            roles: Vec::new(),
            takes: Vec::new(),
            policy: None,
            inside,
            outside,
        };
        let mut migrates = Vec::new();
        match self.way {
            LimitWay::Roles => {
                self.roles(held, &mut limited, &mut problems);
                migrates.extend(
                    held.policies
                        .iter()
                        .filter(|one| one.app_id.as_deref() != Some("*"))
                        .filter_map(HeldPolicy::of),
                );
            }
            LimitWay::Policy => self.policy(held, &mut limited),
        }
        let names = limitable.into_iter().map(|(_, value)| value.clone()).collect();
        Limit { limited, problems, migrates, names }
    }

    fn groups(&self, target: &Target) -> Vec<ScopeGroup> {
        if target.groups.is_empty() {
            let names = self.names();
            return vec![ScopeGroup::New {
                name: names.group(),
                alias: names.alias(),
                title: format!("Mailboxes of {}", self.title),
                members: target.people.clone(),
            }];
        }
        let members = target.members.as_deref().unwrap_or_default();
        let missing = |address: &&String| !members.iter().any(|one| one.is_at(address));
        let wanted = |one: &&Recipient| target.people.iter().any(|address| one.is_at(address));
        target
            .groups
            .iter()
            .map(|group| ScopeGroup::Existing {
                place: group.distinguished_name.clone().unwrap_or_default(),
                title: target::title(group),
                address: group.primary_smtp_address.clone(),
                adds: target.people.iter().filter(missing).cloned().collect(),
                removes: if target.people.is_empty() {
                    Vec::new()
                } else {
                    let gone = members.iter().filter(|one| !wanted(one));
                    gone.filter_map(|one| one.primary_smtp_address.clone()).collect()
                },
            })
            .collect()
    }

    fn roles(&self, held: &Held, limited: &mut LimitedMailboxes, problems: &mut Vec<Problem>) {
        let names = self.names();
        let places: Option<Vec<&str>> = limited
            .groups
            .iter()
            .map(|group| match group {
                ScopeGroup::Existing { place, .. } => Some(place.as_str()),
                ScopeGroup::New { .. } => None,
            })
            .collect();
        let is_ours = |scope: &super::NamedScope| {
            places.as_ref().is_some_and(|places| {
                scope.groups.is_all
                    && scope.groups.names.len() == places.len()
                    && places
                        .iter()
                        .all(|place| scope.groups.names.iter().any(|name| name.eq_ignore_ascii_case(place)))
            })
        };
        let fitting = |role: &str| {
            held.roles
                .iter()
                .find(|one| one.role.as_deref() == Some(role) && held.scope_of(one).is_some_and(is_ours))
        };
        let mut wanted: Vec<&'static str> =
            self.permissions.iter().filter_map(|(key, _)| exchange_role_for(*key)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for role in wanted {
            let given = fitting(role);
            limited.roles.push(RoleToGive {
                role: role.to_owned(),
                name: given.map_or_else(|| names.assignment(role), |one| one.name.clone()),
                given: given.is_some(),
            });
        }
        let kept = |name: &str| limited.roles.iter().any(|role| role.given && role.name == name);
        let mut others = Vec::new();
        for role in held.roles.iter().filter(|one| !kept(&one.name)) {
            let same = limited.roles.iter().any(|wanted| role.role.as_deref() == Some(wanted.role.as_str()));
            match HeldRole::of(role).filter(|_| same) {
                Some(held) => limited.takes.push(held),
                None => others.push(role.role.clone().unwrap_or_else(|| role.name.clone())),
            }
        }
        if !others.is_empty() {
            problems.push(MailboxProblem::OtherRoles { roles: others }.into_problem());
        }
        let scope = held.roles.iter().find_map(|role| held.scope_of(role).filter(|scope| is_ours(scope)));
        limited.scope = Some(match scope {
            Some(scope) => ScopeToMake { name: scope.name.clone(), exists: true },
            None => ScopeToMake { name: names.scope(), exists: false },
        });
    }

    fn policy(&self, held: &Held, limited: &mut LimitedMailboxes) {
        let there = held.policies.iter().find(|policy| {
            let group = policy.scope_identity.as_deref().or(policy.scope_name.as_deref()).unwrap_or_default();
            policy.access_right == AccessRight::Restrict
                && limited.groups.iter().any(|one| match one {
                    ScopeGroup::Existing { place, title, address, .. } => {
                        [place.as_str(), title.as_str(), address.as_deref().unwrap_or_default()]
                            .iter()
                            .any(|name| name.eq_ignore_ascii_case(group))
                    }
                    ScopeGroup::New { .. } => false,
                })
        });
        limited.policy = Some(PolicyToMake {
            description: there
                .and_then(|policy| policy.description.clone())
                .unwrap_or_else(|| self.names().policy()),
            exists: there.is_some(),
        });
    }
}

/// Client id and enterprise app of a registration that is there.
pub(super) fn known_app(existing: &ActualRegistration) -> Option<(&AppId, &ServicePrincipalId)> {
    let principal = existing.service_principal.as_ref()?;
    Some((&principal.app_id, &principal.id))
}
