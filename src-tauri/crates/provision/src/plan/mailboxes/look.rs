//! What Exchange has about one app.

use exchange::resources::{ApplicationAccessPolicy, RoleAssignment};
use exchange::{
    ExchangeClient, ExchangeError, Identity, access_policies, assignments, opath, organization, scopes,
    service_principals,
};
use graph::{AppId, ServicePrincipalId};

use super::{HeldPolicy, HeldRole, identity};

/// A management scope, and the groups that it limits to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedScope {
    pub(crate) name: String,
    pub(crate) groups: opath::Groups,
    pub(crate) filter: String,
}

/// What Exchange has about one app.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    /// Exchange knows the app.
    pub(crate) known: bool,
    pub(crate) roles: Vec<RoleAssignment>,
    pub(crate) scopes: Vec<NamedScope>,
    /// Policies about this app, and about all apps.
    pub(crate) policies: Vec<ApplicationAccessPolicy>,
    /// Nothing of the organisation's own can be made yet.
    pub(crate) closed: bool,
}

impl Held {
    /// The scope that limits an assignment.
    pub(crate) fn scope_of(&self, role: &RoleAssignment) -> Option<&NamedScope> {
        let name = role.custom_resource_scope.as_deref()?;
        self.scopes.iter().find(|scope| scope.name.eq_ignore_ascii_case(name))
    }

    /// Policies about this very app, and no other.
    pub(crate) fn own_policies(&self, app_id: &AppId) -> impl Iterator<Item = &ApplicationAccessPolicy> {
        self.policies
            .iter()
            .filter(|one| one.app_id.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(app_id.as_str())))
    }
}

impl HeldRole {
    /// An assignment that could be made again as it was; `None` for one that is limited in another way.
    pub(super) fn of(role: &RoleAssignment) -> Option<Self> {
        let plain =
            role.recipient_group_scope.is_none() && role.recipient_administrative_unit_scope.is_none();
        let kind = role.role.clone().filter(|_| plain)?;
        Some(Self { name: role.name.clone(), role: kind, scope: role.custom_resource_scope.clone() })
    }
}

impl HeldPolicy {
    pub(super) fn of(policy: &ApplicationAccessPolicy) -> Option<Self> {
        Some(Self {
            identity: policy.identity.clone(),
            app_id: policy.app_id.clone()?,
            group: policy.scope_identity.clone().or_else(|| policy.scope_name.clone())?,
            denies: match policy.access_right {
                exchange::resources::AccessRight::Restrict => false,
                exchange::resources::AccessRight::Deny => true,
                exchange::resources::AccessRight::Other => return None,
            },
            description: policy.description.clone().unwrap_or_default(),
        })
    }
}

/// Reads it. Without an app (it does not exist yet), only whether anything can be made.
pub(crate) async fn look_at_app(
    exchange: &ExchangeClient,
    app: Option<(&AppId, &ServicePrincipalId)>,
) -> Result<Held, ExchangeError> {
    let Some((app_id, principal)) = app else {
        let config = exchange.invoke(organization::config()).await?;
        return Ok(Held { closed: config.is_dehydrated == Some(true), ..Held::default() });
    };
    let principal: Identity = identity(principal.as_str());
    let (config, known, policies) = tokio::join!(
        exchange.invoke(organization::config()),
        exchange.find(service_principals::get(&principal)),
        exchange.invoke(access_policies::list()),
    );
    let mut held = Held {
        known: known?.is_some(),
        closed: config?.is_dehydrated == Some(true),
        policies: policies?.into_iter().filter(|one| one.is_for(app_id.as_str())).collect(),
        ..Held::default()
    };
    if held.known {
        let (roles, all) =
            tokio::join!(exchange.find(assignments::of_app(&principal)), exchange.invoke(scopes::list()));
        held.roles =
            roles?.unwrap_or_default().into_iter().filter(|one| one.enabled != Some(false)).collect();
        held.scopes = all?
            .into_iter()
            .filter_map(|scope| {
                let filter = scope.recipient_filter?;
                Some(NamedScope { name: scope.name, groups: opath::groups(&filter), filter })
            })
            .collect();
    }
    Ok(held)
}
