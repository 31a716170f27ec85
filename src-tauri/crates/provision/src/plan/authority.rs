//! Who may do what, by role.
//!
//! Sources: <https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference> and
//! <https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent>: whoever administers applications may
//! grant everything except application permissions of Microsoft Graph and Azure AD Graph.

use std::collections::BTreeSet;

use blueprint::PermissionKind;
use blueprint::catalogue::{AZURE_AD_GRAPH, MICROSOFT_GRAPH};
use graph::RoleTemplateId;
use graph::resources::{AuthorizationPolicy, DirectoryRole};
use uuid::Uuid;

/// A role that matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Privileged,
    Global,
    CloudApplication,
    Application,
    Developer,
    Exchange,
    User,
    License,
}

impl Role {
    pub(crate) const ALL: [Self; 8] = [
        Self::Privileged,
        Self::Global,
        Self::CloudApplication,
        Self::Application,
        Self::Developer,
        Self::Exchange,
        Self::User,
        Self::License,
    ];

    /// Microsoft's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Privileged => "Privileged Role Administrator",
            Self::Global => "Global Administrator",
            Self::CloudApplication => "Cloud Application Administrator",
            Self::Application => "Application Administrator",
            Self::Developer => "Application Developer",
            Self::Exchange => "Exchange Administrator",
            Self::User => "User Administrator",
            Self::License => "License Administrator",
        }
    }

    /// The id, the same in every organisation.
    pub(crate) fn template(self) -> &'static str {
        match self {
            Self::Privileged => "e8611ab8-c189-46e8-94e1-60213ab1f814",
            Self::Global => "62e90394-69f5-4237-9190-012177145e10",
            Self::CloudApplication => "158c047a-c907-4556-b7ef-446551a6b5f7",
            Self::Application => "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
            Self::Developer => "cf1c38e5-3621-4004-a7cb-879624dced7c",
            Self::Exchange => "29232cdf-9323-42fd-ade2-1d097af3e4de",
            Self::User => "fe930be7-5e62-47db-91af-98c3a49a38b1",
            Self::License => "4d6ac14f-3453-41d0-bef9-a3e0c569773a",
        }
    }

    pub(crate) fn template_id(self) -> RoleTemplateId {
        RoleTemplateId::new(self.template()).unwrap_or_else(|_| RoleTemplateId::placeholder(self.name()))
    }

    fn of(role: &DirectoryRole) -> Option<Self> {
        let id = role.role_template_id.as_ref()?;
        Self::ALL.into_iter().find(|known| known.template() == id.as_str())
    }
}

/// Roles that may grant an application permission of this API.
pub(crate) fn may_grant_app_role(resource: Uuid) -> &'static [Role] {
    if resource == MICROSOFT_GRAPH || resource == AZURE_AD_GRAPH {
        &[Role::Privileged, Role::Global]
    } else {
        &[Role::Privileged, Role::Global, Role::CloudApplication, Role::Application]
    }
}

/// Roles that may grant delegated permissions.
pub(crate) const MAY_GRANT_DELEGATED: &[Role] =
    &[Role::CloudApplication, Role::Application, Role::Privileged, Role::Global];

/// Roles that may change any app registration.
pub(crate) const MAY_CHANGE_APPS: &[Role] = &[Role::CloudApplication, Role::Application, Role::Global];

/// Roles that may say in Exchange whose mailboxes an app reaches.
pub(crate) const MAY_LIMIT_MAILBOXES: &[Role] = &[Role::Exchange, Role::Global];

/// Roles that may make accounts.
pub(crate) const MAY_MAKE_ACCOUNTS: &[Role] = &[Role::User, Role::Global];

/// Roles that may give licences.
pub(crate) const MAY_GIVE_LICENCES: &[Role] = &[Role::License, Role::User, Role::Global];

/// The role that may say whether reports show names; Microsoft names no smaller one.
pub(crate) const MAY_SHOW_REPORT_NAMES: &[Role] = &[Role::Global];

/// Roles that may register apps where ordinary people may not.
const MAY_REGISTER: &[Role] = &[Role::CloudApplication, Role::Application, Role::Global, Role::Developer];

/// What the signed-in person may do, as far as it could be looked up. What is unknown is tried, and said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Authority {
    /// Active roles that matter; `None` when they could not be read.
    held: Option<BTreeSet<Role>>,
    /// Names of all active roles.
    pub(crate) names: Vec<String>,
    /// Whether everybody may register apps.
    everybody_registers: Option<bool>,
}

impl Authority {
    pub(crate) fn new(roles: Option<&[DirectoryRole]>, policy: Option<&AuthorizationPolicy>) -> Self {
        Self {
            held: roles.map(|roles| roles.iter().filter_map(Role::of).collect()),
            names: roles
                .unwrap_or_default()
                .iter()
                .filter_map(|role| {
                    Role::of(role).map(|known| known.name().to_owned()).or(role.display_name.clone())
                })
                .collect(),
            everybody_registers: policy.and_then(|p| p.default_user_role_permissions.allowed_to_create_apps),
        }
    }

    pub(crate) fn holds(&self, one_of: &[Role]) -> bool {
        self.held.as_ref().is_none_or(|held| one_of.iter().any(|role| held.contains(role)))
    }

    pub(crate) fn may_register(&self) -> bool {
        self.holds(MAY_REGISTER) || self.everybody_registers != Some(false)
    }

    pub(crate) fn may_limit_mailboxes(&self) -> bool {
        self.holds(MAY_LIMIT_MAILBOXES)
    }

    pub(crate) fn may_change_app(&self, owned: bool) -> bool {
        owned || self.holds(MAY_CHANGE_APPS)
    }

    pub(crate) fn may_grant(&self, resource: Uuid, kind: PermissionKind) -> bool {
        match kind {
            PermissionKind::Application => self.holds(may_grant_app_role(resource)),
            PermissionKind::Delegated => self.holds(MAY_GRANT_DELEGATED),
        }
    }
}

#[cfg(test)]
mod tests {
    use blueprint::catalogue::EXCHANGE_ONLINE;
    use serde_json::json;

    use super::*;

    fn with(role: Role) -> Authority {
        let held: Vec<DirectoryRole> =
            serde_json::from_value(json!([{"id": "r", "roleTemplateId": role.template()}])).unwrap();
        Authority::new(Some(&held), None)
    }

    fn policy(allowed: bool) -> AuthorizationPolicy {
        serde_json::from_value(json!({"defaultUserRolePermissions": {"allowedToCreateApps": allowed}}))
            .unwrap()
    }

    #[test]
    fn an_application_administrator_grants_all_but_graph_s_app_roles() {
        for role in [Role::CloudApplication, Role::Application] {
            let who = with(role);
            assert!(!who.may_grant(MICROSOFT_GRAPH, PermissionKind::Application));
            assert!(!who.may_grant(AZURE_AD_GRAPH, PermissionKind::Application));
            assert!(who.may_grant(EXCHANGE_ONLINE, PermissionKind::Application));
            assert!(who.may_grant(MICROSOFT_GRAPH, PermissionKind::Delegated));
            assert!(who.may_register() && who.may_change_app(false));
        }
    }

    #[test]
    fn a_privileged_role_administrator_grants_everything() {
        let who = with(Role::Privileged);
        assert!(who.may_grant(MICROSOFT_GRAPH, PermissionKind::Application));
        assert!(who.may_grant(MICROSOFT_GRAPH, PermissionKind::Delegated));
        assert!(!who.may_change_app(false), "that role alone does not administer apps");
    }

    #[test]
    fn an_ordinary_person_registers_only_where_everybody_may() {
        assert!(Authority::new(Some(&[]), Some(&policy(true))).may_register());
        assert!(!Authority::new(Some(&[]), Some(&policy(false))).may_register());
        assert!(!Authority::new(Some(&[]), Some(&policy(true))).may_change_app(false));
        assert!(Authority::new(Some(&[]), None).may_change_app(true), "an owner may change the own app");
    }

    #[test]
    fn what_could_not_be_looked_up_is_tried() {
        let unknown = Authority::new(None, None);
        assert!(unknown.may_register() && unknown.may_grant(MICROSOFT_GRAPH, PermissionKind::Application));
    }
}
