//! Whom an app is to reach, as Exchange knows them; and what Entra lets it reach besides.

use std::collections::BTreeMap;

use blueprint::catalogue::{EXCHANGE_ONLINE, exchange_role_for};
use blueprint::{GroupKind, MailboxAccess, PermissionKey, PermissionKind};
use exchange::resources::Recipient;
use exchange::{ExchangeClient, ExchangeError, Identity, groups, recipients};
use graph::resources::ServicePrincipal;
use uuid::Uuid;

use super::MailboxProblem;
use crate::Problem;
use crate::plan::actual::ActualRegistration;
use crate::plan::step::AppRoleGrant;

/// Enough mailboxes to find one outside of a limit.
const SOME: u32 = 100;

/// Whom an app is to reach.
#[derive(Debug, Clone, Default)]
pub(super) struct Target {
    /// Groups that are there.
    pub(super) groups: Vec<Recipient>,
    /// People, by address, for whom a group is made.
    pub(super) people: Vec<String>,
    /// Everybody within; `None` where that could not be read.
    pub(super) members: Option<Vec<Recipient>>,
    pub(super) problems: Vec<Problem>,
}

impl Target {
    /// Whether a mailbox lies within; `None` where that is not known.
    pub(super) fn holds(&self, address: &str) -> Option<bool> {
        if self.people.iter().any(|one| one.eq_ignore_ascii_case(address)) {
            return Some(true);
        }
        self.members.as_ref().map(|members| members.iter().any(|one| one.is_at(address)))
    }
}

/// Resolves a choice. `kind` is the group that the connector needs; nested groups count only for policies.
pub(super) async fn resolve(
    exchange: &ExchangeClient,
    access: &MailboxAccess,
    kind: GroupKind,
    nested_count: bool,
) -> Result<Target, ExchangeError> {
    let mut target = Target::default();
    match access {
        MailboxAccess::Everyone => {}
        MailboxAccess::Group(typed) => add_group(exchange, typed, kind, nested_count, &mut target).await?,
        MailboxAccess::People(people) => {
            let mut members = Vec::new();
            for address in people {
                let found = match Identity::new(address) {
                    Ok(identity) => exchange.find(recipients::get(&identity)).await?,
                    Err(_) => None,
                };
                match found.filter(Recipient::has_mailbox) {
                    Some(one) => {
                        target
                            .people
                            .push(one.primary_smtp_address.clone().unwrap_or_else(|| address.clone()));
                        members.push(one);
                    }
                    None => {
                        target
                            .problems
                            .push(MailboxProblem::NoMailbox { address: address.clone() }.blocking());
                    }
                }
            }
            target.members = Some(members);
        }
    }
    Ok(target)
}

/// Adds one group that is there.
pub(super) async fn add_group(
    exchange: &ExchangeClient,
    typed: &str,
    kind: GroupKind,
    nested_count: bool,
    target: &mut Target,
) -> Result<(), ExchangeError> {
    let found = match Identity::new(typed) {
        Ok(identity) => exchange.find(recipients::get(&identity)).await?,
        Err(_) => None,
    };
    let Some(group) = found.filter(|one| one.distinguished_name.is_some()) else {
        target.problems.push(MailboxProblem::NoSuchGroup { group: typed.to_owned() }.blocking());
        return Ok(());
    };
    let title = title(&group);
    let security = group.recipient_type_details.as_deref() == Some("MailUniversalSecurityGroup");
    if !group.is_group() || (kind == GroupKind::MailEnabledSecurity && !security) {
        target.problems.push(MailboxProblem::WrongKindOfGroup { group: title }.blocking());
        return Ok(());
    }
    // Members of a Microsoft 365 group are not listed by this cmdlet: then they are not known.
    let place = super::identity(group.distinguished_name.as_deref().unwrap_or_default());
    if let Some(members) = exchange.find(groups::members(&place)).await? {
        let (inner, people): (Vec<Recipient>, Vec<Recipient>) =
            members.into_iter().partition(Recipient::is_group);
        if !inner.is_empty() && !nested_count {
            let inner = inner.iter().map(self::title).collect();
            target.problems.push(MailboxProblem::NestedGroups { group: title.clone(), inner }.into_problem());
        } else if people.is_empty() && inner.is_empty() {
            target.problems.push(MailboxProblem::EmptyGroup { group: title }.into_problem());
        }
        // With groups inside that count, who is within is not known.
        if !nested_count || inner.is_empty() {
            target.members.get_or_insert_default().extend(people);
        }
    }
    target.groups.push(group);
    Ok(())
}

/// The name to show.
pub(super) fn title(one: &Recipient) -> String {
    let name = one.display_name.clone().or_else(|| one.name.clone());
    name.or_else(|| one.primary_smtp_address.clone()).unwrap_or_default()
}

/// A mailbox that the app must reach.
pub(super) fn inside(target: &Target) -> Option<String> {
    let within = target.members.iter().flatten().filter(|one| one.has_mailbox());
    within.filter_map(|one| one.primary_smtp_address.clone()).next()
}

/// A mailbox that the app must not reach: the signed-in person's own where it lies outside, else anybody's.
pub(super) async fn outside(
    exchange: &ExchangeClient,
    me: &str,
    target: &Target,
) -> Result<Option<String>, ExchangeError> {
    if target.members.is_none() {
        return Ok(None);
    }
    let mut candidates: Vec<Recipient> = Vec::new();
    if let Ok(me) = Identity::new(me) {
        candidates.extend(exchange.find(recipients::get(&me)).await?);
    }
    candidates.extend(exchange.invoke(recipients::some_mailboxes(SOME)).await?);
    let outside = candidates
        .into_iter()
        .filter(Recipient::has_mailbox)
        .filter_map(|one| one.primary_smtp_address)
        .find(|address| target.holds(address) == Some(false));
    Ok(outside)
}

/// Permissions on mailboxes that Entra grants an app for the whole organisation.
pub(crate) fn wide_grants(
    existing: &ActualRegistration,
    resources: &BTreeMap<Uuid, Option<ServicePrincipal>>,
) -> Vec<AppRoleGrant> {
    let mut found = Vec::new();
    for held in existing.app_roles.iter().flatten() {
        for (resource, api) in resources {
            let Some(api) = api.as_ref().filter(|api| api.id == held.resource_id) else { continue };
            let offered = api.app_roles.iter().find(|role| role.id == held.app_role_id);
            let value = offered.and_then(|role| role.value.clone()).unwrap_or_default();
            let Ok(id) = held.app_role_id.as_str().parse::<Uuid>() else { continue };
            let key = PermissionKey { resource: *resource, id, kind: PermissionKind::Application };
            if reaches_mailboxes(key, &value) {
                found.push(AppRoleGrant {
                    role: held.app_role_id.clone(),
                    value: value.clone(),
                    assignment: Some(held.id.clone()),
                    resource_id: Some(held.resource_id.clone()),
                });
            }
        }
    }
    found
}

/// Whether a permission opens mailboxes. Exchange's own older ones have no role in their place, and open them all the same.
fn reaches_mailboxes(key: PermissionKey, value: &str) -> bool {
    let old = ["Mail.", "Calendars.", "Contacts.", "MailboxSettings.", "full_access_as_app"];
    exchange_role_for(key).is_some()
        || (key.resource == EXCHANGE_ONLINE && old.iter().any(|start| value.starts_with(start)))
}
