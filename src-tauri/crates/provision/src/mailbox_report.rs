//! Whose mailboxes an app reaches, and why: what Entra grants, which roles Exchange gave, which policies hold.

use blueprint::catalogue::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use exchange::resources::{AccessRight, ApplicationAccessPolicy, RoleAssignment};
use exchange::{ExchangeClient, ExchangeError, Identity, recipients};
use graph::{AppId, ServicePrincipalId};
use jiff::Timestamp;

use crate::Problem;
use crate::apply::Session;
use crate::plan::{self, Held, MailboxProblem, NamedScope, PlanError};

/// Where a role in Exchange holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailboxReach {
    /// On every mailbox.
    Everybody,
    /// On the mailboxes of these groups' direct members.
    Groups(Vec<String>),
    /// Where this filter says, which is about more than groups.
    Filter(String),
    /// Limited in a way that is not looked into here (an administrative unit, a scope that could not be read).
    Other,
}

/// A role that the app has in Exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxRole {
    /// The role.
    pub role: String,
    /// Name of the assignment.
    pub name: String,
    /// Where it holds.
    pub reach: MailboxReach,
}

/// An application access policy about the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxPolicy {
    /// The group.
    pub group: String,
    /// It keeps the app *out* of the group's mailboxes.
    pub denies: bool,
    /// It is about every app.
    pub all_apps: bool,
    /// Somebody's words for it; may be empty.
    pub description: String,
}

/// The sum of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailboxVerdict {
    /// It reaches no mailbox by itself.
    Nothing,
    /// Every mailbox: nothing limits it.
    Everything,
    /// Some mailboxes, by roles in Exchange.
    Limited,
    /// Some mailboxes, by application access policies.
    LimitedByPolicy,
    /// It looks limited and reaches every mailbox: the union trap.
    Trap,
    /// Exchange could not be looked at: why, as a sentence.
    Unknown(String),
}

/// Whose mailboxes an app reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxReport {
    /// Client id.
    pub app_id: AppId,
    /// Name.
    pub display_name: String,
    /// Object id of the enterprise app.
    pub service_principal: Option<ServicePrincipalId>,
    /// Permissions on mailboxes that Entra grants, for the whole organisation.
    pub granted: Vec<String>,
    /// Roles in Exchange.
    pub roles: Vec<MailboxRole>,
    /// Application access policies.
    pub policies: Vec<MailboxPolicy>,
    /// The sum of it.
    pub verdict: MailboxVerdict,
    /// What should be known about it.
    pub problems: Vec<Problem>,
    /// When this was looked up.
    pub at: Timestamp,
}

/// Looks up whose mailboxes a registration reaches, by client id.
/// [`Planner::mailbox_access`](crate::Planner::mailbox_access) with [`MailboxGoal::Mend`](crate::MailboxGoal::Mend) mends a
/// trap, and with [`MailboxGoal::MigratePolicies`](crate::MailboxGoal::MigratePolicies) replaces policies.
///
/// # Errors
/// [`PlanError`]; that somebody has to sign in for Exchange first is
/// [`ExchangeError::NeedsInteraction`](exchange::ExchangeError::NeedsInteraction). Not being *allowed* to look is
/// [`MailboxVerdict::Unknown`].
pub async fn mailbox_access_report(session: &Session, app_id: &str) -> Result<MailboxReport, PlanError> {
    let app_id = AppId::parse_guid(app_id).map_err(|_| PlanError::NotAClientId)?;
    let registration = plan::by_app_id(&session.graph, &app_id)
        .await?
        .ok_or_else(|| PlanError::NoSuchApp { app_id: app_id.to_string() })?;
    let offers = plan::offers(&session.graph, &[MICROSOFT_GRAPH, EXCHANGE_ONLINE]).await?;
    let granted: Vec<String> =
        plan::wide_grants(&registration, &offers).into_iter().map(|one| one.value).collect();
    let principal = registration.service_principal.as_ref().map(|one| one.id.clone());
    let held = match (&session.exchange, &principal) {
        (None, _) => return Err(ExchangeError::NeedsInteraction { claims: None }.into()),
        (Some(_), None) => Ok(Held::default()),
        (Some(exchange), Some(id)) => match plan::look_at_app(exchange, Some((&app_id, id))).await {
            Ok(held) => Ok(held),
            Err(ExchangeError::Forbidden(_)) => {
                Err("Looking into Exchange needs the role of Exchange Administrator \
                                                     or Global Administrator, or of Global Reader."
                    .to_owned())
            }
            Err(error) => return Err(error.into()),
        },
    };
    let (mut roles, mut policies) = (Vec::new(), Vec::new());
    if let (Ok(held), Some(exchange)) = (&held, &session.exchange) {
        for role in &held.roles {
            roles.push(reach(exchange, held, role).await);
        }
        policies.extend(held.policies.iter().map(policy));
    }
    let verdict = match held {
        Err(why) => MailboxVerdict::Unknown(why),
        Ok(_) => verdict(&granted, &roles, &policies),
    };
    let mut problems = Vec::new();
    if verdict == MailboxVerdict::Trap {
        problems.push(MailboxProblem::UnionTrap { permissions: granted.clone() }.into_problem());
    }
    let name = registration.application.as_ref().and_then(|app| app.display_name.clone());
    let name = name.or_else(|| registration.service_principal.as_ref()?.display_name.clone());
    Ok(MailboxReport {
        display_name: name.unwrap_or_else(|| app_id.to_string()),
        app_id,
        service_principal: principal,
        granted,
        roles,
        policies,
        verdict,
        problems,
        at: session.surroundings.now(),
    })
}

fn verdict(granted: &[String], roles: &[MailboxRole], policies: &[MailboxPolicy]) -> MailboxVerdict {
    let wide_role = roles.iter().any(|role| role.reach == MailboxReach::Everybody);
    let restricted = policies.iter().any(|policy| !policy.denies);
    match (granted.is_empty(), roles.is_empty()) {
        (true, true) => MailboxVerdict::Nothing,
        (true, false) if wide_role => MailboxVerdict::Everything,
        (true, false) => MailboxVerdict::Limited,
        // Policies take away from what Entra grants. Roles are beside it, so both may hold.
        (false, _) if wide_role => MailboxVerdict::Everything,
        (false, _) if restricted => MailboxVerdict::LimitedByPolicy,
        (false, false) => MailboxVerdict::Trap,
        (false, true) => MailboxVerdict::Everything,
    }
}

async fn reach(exchange: &ExchangeClient, held: &Held, role: &RoleAssignment) -> MailboxRole {
    let reach = if role.is_organisation_wide() {
        MailboxReach::Everybody
    } else if let Some(group) = &role.recipient_group_scope {
        MailboxReach::Groups(vec![group.clone()])
    } else {
        match held.scope_of(role) {
            Some(NamedScope { groups, .. }) if groups.is_all => {
                let mut titles = Vec::new();
                for place in &groups.names {
                    titles.push(title(exchange, place).await);
                }
                MailboxReach::Groups(titles)
            }
            Some(scope) => MailboxReach::Filter(scope.filter.clone()),
            None => MailboxReach::Other,
        }
    };
    MailboxRole { role: role.role.clone().unwrap_or_default(), name: role.name.clone(), reach }
}

/// The name of a group by its place in the directory; the place itself where it cannot be looked up.
async fn title(exchange: &ExchangeClient, place: &str) -> String {
    let found = match Identity::new(place) {
        Ok(identity) => exchange.find(recipients::get(&identity)).await.ok().flatten(),
        Err(_) => None,
    };
    found.and_then(|group| group.display_name.or(group.name)).unwrap_or_else(|| place.to_owned())
}

fn policy(policy: &ApplicationAccessPolicy) -> MailboxPolicy {
    MailboxPolicy {
        group: policy.scope_name.clone().or_else(|| policy.scope_identity.clone()).unwrap_or_default(),
        denies: policy.access_right == AccessRight::Deny,
        all_apps: policy.app_id.as_deref() == Some("*"),
        description: policy.description.clone().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(reach: MailboxReach) -> MailboxRole {
        MailboxRole { role: "Application Mail.Read".to_owned(), name: "n".to_owned(), reach }
    }

    #[test]
    fn the_verdict_is_the_union_of_what_entra_and_exchange_say() {
        let wide = ["Mail.Read".to_owned()];
        let scoped = [role(MailboxReach::Groups(vec!["Sales".to_owned()]))];
        let everybody = [role(MailboxReach::Everybody)];
        let restrict = [MailboxPolicy {
            group: "Sales".to_owned(),
            denies: false,
            all_apps: false,
            description: String::new(),
        }];
        let deny = [MailboxPolicy { denies: true, ..restrict[0].clone() }];
        for (granted, roles, policies, expected) in [
            (&wide[..0], &scoped[..0], &restrict[..0], MailboxVerdict::Nothing),
            (&wide, &scoped[..0], &restrict[..0], MailboxVerdict::Everything),
            (&wide[..0], &scoped, &restrict[..0], MailboxVerdict::Limited),
            (&wide[..0], &everybody, &restrict[..0], MailboxVerdict::Everything),
            (&wide, &scoped, &restrict[..0], MailboxVerdict::Trap),
            (&wide, &scoped[..0], &restrict, MailboxVerdict::LimitedByPolicy),
            (&wide, &scoped[..0], &deny, MailboxVerdict::Everything),
        ] {
            assert_eq!(verdict(granted, roles, policies), expected, "{granted:?} {roles:?} {policies:?}");
        }
    }
}
