//! What is granted, what is missing, and what must go.

use std::collections::BTreeMap;

use blueprint::{PermissionKind, RegistrationSpec};
use graph::resources::{ConsentType, OAuth2PermissionGrant, ServicePrincipal};
use graph::{AppId, AppRoleId, GrantId, ServicePrincipalId};
use uuid::Uuid;

use super::actual::{ActualRegistration, app_id_of};
use super::compare::Comparison;
use super::desired::{DelegatedConsent, PlannedPermission, PlannedRegistration};
use super::problem::{Problem, ProblemKind};
use super::step::{AppRoleGrant, DelegatedExcess, DelegatedGrant, StepKind};

type Resources = BTreeMap<Uuid, Option<ServicePrincipal>>;

/// The permissions of one API that one registration gets in one way.
pub(super) struct WantedGrant {
    key: String,
    pub(super) resource: AppId,
    pub(super) resource_name: String,
    resource_id: Option<ServicePrincipalId>,
    pub(super) lacks_resource: bool,
    pub(super) consent: Option<DelegatedConsent>,
    roles: Vec<AppRoleGrant>,
    scopes: Vec<String>,
    existing: Option<GrantId>,
    /// Names, missing ones where some are missing.
    pub(super) names: Vec<String>,
    pub(super) already: bool,
}

impl WantedGrant {
    pub(super) fn resource_step(&self) -> String {
        format!("resource:{}", self.resource)
    }

    pub(super) fn into_step(self) -> (String, StepKind) {
        let (key, resource) = (&self.key, &self.resource);
        match self.consent {
            None => (
                format!("grant:{key}:{resource}"),
                StepKind::GrantAppRoles {
                    resource: self.resource,
                    resource_id: self.resource_id,
                    roles: self.roles,
                },
            ),
            Some(consent) => {
                let whom = match consent {
                    DelegatedConsent::Everybody => "everybody",
                    DelegatedConsent::Person(_) => "me",
                };
                let id = format!("consent:{key}:{resource}:{whom}");
                let (resource, resource_id) = (self.resource, self.resource_id);
                let (scopes, existing) = (self.scopes, self.existing);
                (
                    id,
                    StepKind::GrantDelegated(DelegatedGrant {
                        resource,
                        resource_id,
                        consent,
                        scopes,
                        existing,
                    }),
                )
            }
        }
    }
}

/// The grants of a registration: for each API the application permissions, then the delegated ones.
pub(super) fn wanted(
    registration: &PlannedRegistration,
    existing: Option<&ActualRegistration>,
    resources: &Resources,
) -> Vec<WantedGrant> {
    let mut grants: Vec<WantedGrant> = Vec::new();
    for permission in &registration.permissions {
        // Exchange gives it, on some mailboxes: granted here, it would hold on all of them.
        if permission.exchange_role.is_some() {
            continue;
        }
        // Each person is asked at sign-in: nothing is granted beforehand.
        if permission.key.kind == PermissionKind::Delegated && permission.consent.is_none() {
            continue;
        }
        let consent = permission.consent.clone().filter(|_| permission.key.kind == PermissionKind::Delegated);
        let resource = app_id_of(permission.key.resource);
        let position = grants.iter().position(|one| one.resource == resource && one.consent == consent);
        let position = position.unwrap_or_else(|| {
            let principal = resources.get(&permission.key.resource).and_then(Option::as_ref);
            grants.push(WantedGrant {
                key: registration.key.clone(),
                resource,
                resource_name: permission.resource_name.clone(),
                resource_id: principal.map(|one| one.id.clone()),
                lacks_resource: principal.is_none(),
                existing: consent
                    .as_ref()
                    .and_then(|whom| find(existing?, principal?, whom).map(|one| one.id.clone())),
                consent,
                roles: Vec::new(),
                scopes: Vec::new(),
                names: Vec::new(),
                already: true,
            });
            grants.len() - 1
        });
        add(&mut grants[position], permission);
    }
    grants
}

fn add(grant: &mut WantedGrant, permission: &PlannedPermission) {
    if permission.granted {
        if grant.already {
            grant.names.push(permission.value.clone());
        }
        return;
    }
    if grant.already {
        grant.already = false;
        grant.names.clear();
    }
    grant.names.push(permission.value.clone());
    match permission.key.kind {
        PermissionKind::Application => grant.roles.push(AppRoleGrant {
            role: role_id(permission.key.id),
            value: permission.value.clone(),
            assignment: None,
            resource_id: None,
        }),
        PermissionKind::Delegated => grant.scopes.push(permission.value.clone()),
    }
}

/// An app role's id in Graph's type.
pub(crate) fn role_id(id: Uuid) -> AppRoleId {
    // A UUID is always a valid id.
    AppRoleId::new(id.to_string()).unwrap_or_else(|_| AppRoleId::placeholder("the permission"))
}

/// The delegated grant for the same people on the same API.
fn find<'a>(
    existing: &'a ActualRegistration,
    resource: &ServicePrincipal,
    whom: &DelegatedConsent,
) -> Option<&'a OAuth2PermissionGrant> {
    existing.delegated.as_deref().ok()?.iter().find(|one| one.resource_id == resource.id && is_for(one, whom))
}

pub(crate) fn is_for(grant: &OAuth2PermissionGrant, whom: &DelegatedConsent) -> bool {
    match whom {
        DelegatedConsent::Everybody => grant.consent_type == ConsentType::AllPrincipals,
        DelegatedConsent::Person(id) => {
            grant.consent_type == ConsentType::Principal
                && grant.principal_id.as_ref().is_some_and(|person| person.as_str().eq_ignore_ascii_case(id))
        }
    }
}

/// For whom a grant holds.
fn whom(grant: &OAuth2PermissionGrant) -> DelegatedConsent {
    match &grant.principal_id {
        Some(person) if grant.consent_type == ConsentType::Principal => {
            DelegatedConsent::Person(person.to_string())
        }
        _ => DelegatedConsent::Everybody,
    }
}

/// Whether the permission is granted already.
pub(super) fn is_granted(
    existing: Option<&ActualRegistration>,
    resource: &ServicePrincipal,
    permission: &PlannedPermission,
) -> bool {
    let Some(existing) = existing else { return false };
    match (permission.key.kind, &permission.consent) {
        (PermissionKind::Application, _) => existing
            .app_roles
            .as_deref()
            .unwrap_or_default()
            .iter()
            .any(|held| held.resource_id == resource.id && held.app_role_id == role_id(permission.key.id)),
        (PermissionKind::Delegated, Some(whom)) => find(existing, resource, whom)
            .is_some_and(|grant| grant.scopes().any(|scope| scope.eq_ignore_ascii_case(&permission.value))),
        (PermissionKind::Delegated, None) => false,
    }
}

/// What must go and is there.
pub(super) struct Excess {
    pub(super) names: Vec<String>,
    pub(super) assignments: Vec<AppRoleGrant>,
    pub(super) delegated: Vec<DelegatedExcess>,
}

pub(super) fn excess(
    spec: &RegistrationSpec,
    existing: &ActualRegistration,
    resources: &Resources,
) -> Option<Excess> {
    let mut found = Excess { names: Vec::new(), assignments: Vec::new(), delegated: Vec::new() };
    for removal in &spec.removes {
        let Some(resource) = resources.get(&removal.resource.app_id).and_then(Option::as_ref) else {
            continue;
        };
        match removal.kind {
            PermissionKind::Application => {
                let Some(role) = removal
                    .id
                    .map(role_id)
                    .or_else(|| resource.app_role(&removal.value).map(|r| r.id.clone()))
                else {
                    continue;
                };
                let held = existing.app_roles.as_deref().unwrap_or_default().iter();
                for one in held.filter(|one| one.resource_id == resource.id && one.app_role_id == role) {
                    found.names.push(removal.value.clone());
                    found.assignments.push(AppRoleGrant {
                        role: role.clone(),
                        value: removal.value.clone(),
                        assignment: Some(one.id.clone()),
                        resource_id: Some(resource.id.clone()),
                    });
                }
            }
            PermissionKind::Delegated => {
                let grants = existing.delegated.as_deref().unwrap_or_default().iter();
                for grant in grants.filter(|one| one.resource_id == resource.id) {
                    if grant.scopes().any(|scope| scope.eq_ignore_ascii_case(&removal.value)) {
                        found.names.push(removal.value.clone());
                        match found.delegated.iter_mut().find(|one| one.id == grant.id) {
                            Some(one) => one.names.push(removal.value.clone()),
                            None => found.delegated.push(DelegatedExcess {
                                id: grant.id.clone(),
                                resource_id: resource.id.clone(),
                                consent: whom(grant),
                                names: vec![removal.value.clone()],
                            }),
                        }
                    }
                }
            }
        }
    }
    found.names.dedup();
    (!found.names.is_empty()).then_some(found)
}

impl Comparison<'_> {
    /// The permissions with the ids that the organisation's own APIs give them.
    pub(super) fn resolve(
        &mut self,
        spec: &RegistrationSpec,
        existing: Option<&ActualRegistration>,
    ) -> Vec<PlannedPermission> {
        let mut resolved = Vec::new();
        for need in &spec.permissions {
            let resource = self.actual.resources.get(&need.resource.app_id).and_then(Option::as_ref);
            let offered = resource.map(|api| match need.kind {
                PermissionKind::Application => {
                    api.app_role(&need.value).and_then(|role| role.id.as_str().parse().ok())
                }
                PermissionKind::Delegated => {
                    api.scope(&need.value).and_then(|scope| scope.id.as_str().parse().ok())
                }
            });
            // Without the API in the organisation, the catalogue's id stands; with it, the API has the last word.
            let Some(id) = offered.unwrap_or(need.id) else {
                self.not_offered(&need.value, &need.resource.name);
                continue;
            };
            let mut permission = PlannedPermission {
                key: blueprint::PermissionKey { resource: need.resource.app_id, id, kind: need.kind },
                value: need.value.clone(),
                resource_name: need.resource.name.clone(),
                consent: self.consent(need),
                why: need.why.clone(),
                granted: false,
                exchange_role: None,
            };
            permission.granted = resource.is_some_and(|api| is_granted(existing, api, &permission));
            resolved.push(permission);
        }
        resolved
    }

    fn consent(&self, need: &blueprint::PermissionNeed) -> Option<DelegatedConsent> {
        match (need.kind, need.consent) {
            (PermissionKind::Application, _) | (_, blueprint::WhoConsents::EachPerson) => None,
            (PermissionKind::Delegated, blueprint::WhoConsents::Organisation) => {
                Some(DelegatedConsent::Everybody)
            }
            (PermissionKind::Delegated, blueprint::WhoConsents::Admin) => {
                Some(DelegatedConsent::Person(self.account.id.clone()))
            }
        }
    }

    pub(super) fn not_offered(&mut self, value: &str, resource: &str) {
        let kind =
            ProblemKind::PermissionNotOffered { value: value.to_owned(), resource: resource.to_owned() };
        let problem = Problem::to_know(
            kind,
            "A permission does not exist here",
            format!(
                "{resource} does not offer “{value}” in this organisation. Ask the vendor which permission is meant."
            ),
        );
        self.problems.push(problem.blocking());
    }
}
