//! Plans that only grant: what a registration requests and does not have.

use blueprint::{PermissionKey, PermissionKind};
use graph::AppId;
use graph::resources::{ApplicationPatch, ResourceAccessType};
use uuid::Uuid;

use super::actual::ActualRegistration;
use super::compare::Comparison;
use super::desired::{DelegatedConsent, KnownApplication, PlannedPermission, PlannedRegistration};
use super::grants_of;
use super::problem::{Problem, ProblemKind};
use super::step::StepKind;
use super::words;

impl Comparison<'_> {
    /// Adds the grants that one registration requests. With `only`, no more than those, and those that the registration
    /// does not request itself are refused: a request file cannot grant what nobody asked of Microsoft.
    pub(super) fn grant_requested(
        &mut self,
        app_id: &AppId,
        registration: &ActualRegistration,
        only: Option<&[PermissionKey]>,
    ) {
        let Some(application) = &registration.application else {
            self.problems.push(
                Problem::to_know(
                    ProblemKind::NotSupported { what: "Granting for an app of another organisation".into() },
                    "The app lives in another organisation",
                    "What it asks for is known only there. Use the vendor's own consent page.",
                )
                .blocking(),
            );
            return;
        };
        let requested = self.requested(application, registration);
        if let Some(only) = only {
            for key in only.iter().filter(|key| !requested.iter().any(|one| one.key == **key)) {
                self.not_offered(&key.id.to_string(), &key.resource.to_string());
            }
        }
        let permissions = requested
            .into_iter()
            .filter(|one| only.is_none_or(|only| only.contains(&one.key)))
            .collect::<Vec<_>>();
        let name = application.display_name.clone().unwrap_or_else(|| app_id.to_string());
        let unique_name = application.unique_name.clone().and_then(|text| graph::UniqueName::new(text).ok());
        self.registrations.push(PlannedRegistration {
            key: app_id.to_string(),
            title: name.clone(),
            display_name: name.clone(),
            unique_name: unique_name.unwrap_or_else(|| graph::UniqueName::placeholder("none")),
            wanted: ApplicationPatch::default(),
            existing: Some(KnownApplication {
                id: application.id.clone(),
                app_id: app_id.clone(),
                service_principal: registration.service_principal.as_ref().map(|one| one.id.clone()),
                made_by: None,
            }),
            permissions,
            secret: None,
            kept_secret: None,
            certificate: None,
            kept_certificate: None,
            certificates_seen: Vec::new(),
        });
        let present = registration.service_principal.is_some();
        self.push("sp", StepKind::EnsureServicePrincipal, words::service_principal(&name), present);
        self.grant_steps(Some(registration));
        self.push("read", StepKind::ReadBack, words::read_back(), false);
    }

    /// What the registration requests, by name.
    pub(super) fn requested(
        &self,
        application: &graph::resources::Application,
        registration: &ActualRegistration,
    ) -> Vec<PlannedPermission> {
        let mut all = Vec::new();
        for required in &application.required_resource_access {
            let Ok(resource) = required.resource_app_id.as_str().parse::<Uuid>() else { continue };
            let api = self.actual.resources.get(&resource).and_then(Option::as_ref);
            for access in &required.resource_access {
                let Ok(id) = access.id.parse::<Uuid>() else { continue };
                let kind = match access.kind {
                    ResourceAccessType::Role => PermissionKind::Application,
                    ResourceAccessType::Scope => PermissionKind::Delegated,
                    ResourceAccessType::Other(_) => continue,
                };
                let value = api.and_then(|api| match kind {
                    PermissionKind::Application => {
                        api.app_roles.iter().find(|one| one.id.as_str() == access.id)?.value.clone()
                    }
                    PermissionKind::Delegated => api
                        .oauth2_permission_scopes
                        .iter()
                        .find(|one| one.id.as_str() == access.id)?
                        .value
                        .clone(),
                });
                let key = PermissionKey { resource, id, kind };
                let mut permission = PlannedPermission {
                    key,
                    value: value.unwrap_or_else(|| access.id.clone()),
                    resource_name: api
                        .and_then(|api| api.display_name.clone())
                        .unwrap_or_else(|| resource.to_string()),
                    consent: (kind == PermissionKind::Delegated).then_some(DelegatedConsent::Everybody),
                    why: String::new(),
                    granted: false,
                    exchange_role: None,
                };
                permission.granted =
                    api.is_some_and(|api| grants_of::is_granted(Some(registration), api, &permission));
                all.push(permission);
            }
        }
        all
    }
}
