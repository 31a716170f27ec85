//! The exact requests of a step, before its ids exist.

use graph::resources::{ApplicationPatch, KeyCredential, ServicePrincipalPatch, WebApplication};
use graph::{
    AppId, ApplicationId, Description, DirectoryObjectId, KeyId, ServicePrincipalId, UserRef, applications,
    certificates, credentials, federated, grants, licences, reports, service_principals, users,
};

use super::{CredentialSort, DelegatedConsent, PlannedAccount, PlannedRegistration, StepKind, marker_for};
use crate::RunId;

/// Everything that a preview needs to know besides the step.
pub(super) struct Preview<'a> {
    pub(super) run: &'a RunId,
    pub(super) registration: &'a PlannedRegistration,
}

impl Preview<'_> {
    pub(super) fn requests(&self, kind: &StepKind) -> Vec<Description> {
        match kind {
            StepKind::EnsureApplication { changes: None, .. } => {
                vec![
                    applications::upsert(&self.registration.unique_name, &self.registration.wanted)
                        .describe(),
                ]
            }
            StepKind::EnsureApplication { changes: Some(_), .. } => {
                vec![applications::update(&self.application(), &self.registration.wanted).describe()]
            }
            StepKind::EnsureServicePrincipal => {
                vec![service_principals::upsert(&self.app_id(), &integrated()).describe()]
            }
            StepKind::EnsureResource { resource } => {
                vec![service_principals::upsert(resource, &ServicePrincipalPatch::default()).describe()]
            }
            StepKind::RemoveExcess { assignments, delegated } => {
                let roles = assignments.iter().filter_map(|held| {
                    Some(
                        grants::remove_app_role(held.resource_id.as_ref()?, held.assignment.as_ref()?)
                            .describe(),
                    )
                });
                let shorter = delegated.iter().map(|one| {
                    let rest = format!("⟨what it has, without {}⟩", one.names.join(" "));
                    grants::change_delegated(&one.id, &rest).describe()
                });
                roles.chain(shorter).collect()
            }
            StepKind::GrantAppRoles { resource_id, roles, .. } => {
                let resource = self.resource(resource_id.as_ref());
                roles
                    .iter()
                    .map(|one| {
                        grants::assign_app_role(&self.service_principal(), &resource, &one.role).describe()
                    })
                    .collect()
            }
            StepKind::GrantDelegated(grant) => {
                let resource = self.resource(grant.resource_id.as_ref());
                let scopes: Vec<&str> = grant.scopes.iter().map(String::as_str).collect();
                let request = match &grant.existing {
                    Some(existing) => {
                        let longer = format!("⟨what it has⟩ {}", scopes.join(" "));
                        grants::change_delegated(existing, &longer).describe()
                    }
                    None => {
                        let person = person(&grant.consent);
                        grants::grant_delegated(
                            &self.service_principal(),
                            &resource,
                            person.as_ref(),
                            &scopes,
                        )
                        .describe()
                    }
                };
                vec![request]
            }
            StepKind::AddSecret => self
                .registration
                .secret
                .iter()
                .map(|secret| {
                    let name = marker_for(&secret.display_name, self.run, 1);
                    credentials::add_password(&self.application(), &name, secret.expires).describe()
                })
                .collect(),
            StepKind::ReadBack => vec![
                applications::get(&self.application()).describe(),
                grants::app_roles_of(&self.service_principal()).describe(),
                grants::delegated_of(&self.service_principal()).describe(),
            ],
            StepKind::LimitMailboxes(limited) => self.limit(limited),
            StepKind::MigratePolicies { policies } => self.migrate(policies),
            StepKind::ChangeRegistration { .. } | StepKind::MergePermissions { .. } => {
                vec![applications::update(&self.application(), &self.registration.wanted).describe()]
            }
            StepKind::AddLoopback { uri } => {
                let longer = vec![format!("⟨what it has⟩ {uri}")];
                let web = WebApplication { redirect_uris: longer, ..WebApplication::default() };
                let patch = ApplicationPatch { web: Some(web), ..ApplicationPatch::default() };
                vec![applications::update(&self.application(), &patch).describe()]
            }
            StepKind::AddCertificate => {
                let new = self.registration.certificate.iter().map(|one| KeyCredential {
                    key_id: Some(one.key_id.clone()),
                    display_name: Some(one.name.clone()),
                    kind: Some("AsymmetricX509Cert".to_owned()),
                    usage: Some("Verify".to_owned()),
                    custom_key_identifier: None,
                    key: Some(one.uploaded.clone().unwrap_or_else(|| "⟨its public part⟩".to_owned())),
                    start_date_time: None,
                    end_date_time: Some(one.expires),
                });
                let list: Vec<_> = self.others(&[]).into_iter().chain(new).collect();
                vec![certificates::replace(&self.application(), &list).describe()]
            }
            StepKind::RemoveCredential { held, .. } => match held.sort {
                CredentialSort::Secret => {
                    vec![credentials::remove_password(&self.application(), &held.key_id).describe()]
                }
                CredentialSort::Certificate => {
                    let list = self.others(std::slice::from_ref(&held.key_id));
                    vec![certificates::replace(&self.application(), &list).describe()]
                }
            },
            StepKind::AddOwner { person, graph } => {
                vec![applications::add_owner(&self.application(), person, graph).describe()]
            }
            StepKind::AddTrust(trust) => vec![trust.request(&self.application()).describe()],
            StepKind::RemoveTrust { id, .. } => vec![federated::remove(&self.application(), id).describe()],
            StepKind::SignInAsApp
            | StepKind::SignInBefore
            | StepKind::Prove
            | StepKind::Authorize { .. }
            | StepKind::EnsureUser { .. }
            | StepKind::AssignLicence(_)
            | StepKind::AwaitMailbox { .. }
            | StepKind::ShowReportNames
            | StepKind::HideReportNames
            | StepKind::RevokeConsents { .. }
            | StepKind::ReadConsents { .. } => Vec::new(),
        }
    }

    /// The certificates that go back unchanged, by id: the list is read again right before it is written.
    fn others(&self, without: &[KeyId]) -> Vec<KeyCredential> {
        let stays = self.registration.certificates_seen.iter().filter(|key| !without.contains(key));
        stays
            .map(|key| KeyCredential {
                key_id: Some(key.clone()),
                display_name: Some("⟨as it is⟩".to_owned()),
                kind: None,
                usage: None,
                custom_key_identifier: None,
                key: None,
                start_date_time: None,
                end_date_time: None,
            })
            .collect()
    }

    fn application(&self) -> ApplicationId {
        match &self.registration.existing {
            Some(known) => known.id.clone(),
            None => ApplicationId::placeholder("the new app registration"),
        }
    }

    pub(super) fn app_id(&self) -> AppId {
        match &self.registration.existing {
            Some(known) => known.app_id.clone(),
            None => AppId::placeholder("the new client id"),
        }
    }

    pub(super) fn service_principal(&self) -> ServicePrincipalId {
        self.registration
            .existing
            .as_ref()
            .and_then(|known| known.service_principal.clone())
            .unwrap_or_else(|| ServicePrincipalId::placeholder("the new enterprise app"))
    }

    fn resource(&self, id: Option<&ServicePrincipalId>) -> ServicePrincipalId {
        id.cloned().unwrap_or_else(|| ServicePrincipalId::placeholder("the API's enterprise app"))
    }
}

/// The requests of steps that belong to no registration.
pub(super) fn of_account(kind: &StepKind, accounts: &[PlannedAccount], run: &RunId) -> Vec<Description> {
    let find = |key: &String| accounts.iter().find(|one| one.key == *key);
    let who = |key: &String| {
        let existing = find(key).and_then(|one| one.existing.clone());
        existing.unwrap_or_else(|| UserRef::placeholder("the new account"))
    };
    match kind {
        StepKind::EnsureUser { account } => find(account)
            .map(|one| users::create(&one.new_account(run), None).describe())
            .into_iter()
            .collect(),
        StepKind::AssignLicence(licence) => {
            let who = who(&licence.account);
            let place =
                licence.country.as_deref().map(|at| users::set_usage_location(&who, Some(at)).describe());
            place.into_iter().chain([licences::assign(&who, &licence.sku).describe()]).collect()
        }
        StepKind::AwaitMailbox { account } => vec![users::account(&who(account)).describe()],
        StepKind::ShowReportNames => vec![reports::conceal_names(false).describe()],
        StepKind::HideReportNames => vec![reports::conceal_names(true).describe()],
        StepKind::RevokeConsents { consents, .. } => {
            consents.iter().map(|one| grants::remove_delegated(&one.id).describe()).collect()
        }
        StepKind::ReadConsents { client } => vec![grants::delegated_to(client).describe()],
        _ => Vec::new(),
    }
}

/// What an enterprise app gets, so that the portal lists it among the enterprise apps.
pub(crate) fn integrated() -> ServicePrincipalPatch {
    ServicePrincipalPatch {
        tags: Some(vec!["WindowsAzureActiveDirectoryIntegratedApp".to_owned()]),
        ..ServicePrincipalPatch::default()
    }
}

pub(crate) fn person(consent: &DelegatedConsent) -> Option<DirectoryObjectId> {
    match consent {
        DelegatedConsent::Everybody => None,
        DelegatedConsent::Person(id) => DirectoryObjectId::new(id.clone()).ok(),
    }
}
