//! Plans that only grant: what a registration requests and does not have.

use blueprint::{PermissionKey, PermissionKind};
use graph::AppId;
use graph::resources::{Application, ApplicationPatch, ResourceAccessType};
use uuid::Uuid;

use super::actual::ActualRegistration;
use super::compare::Comparison;
use super::desired::{DelegatedConsent, KnownApplication, PlannedPermission, PlannedRegistration};
use super::grants_of;
use super::planner::Grants;
use super::problem::{Problem, ProblemKind};
use super::step::StepKind;
use super::words;

impl Comparison<'_> {
    /// Adds the grants that one registration requests. Where it is about some among them, those that the registration
    /// does not request itself are refused: such a request file cannot grant what nobody asked of Microsoft.
    pub(super) fn grant_requested(
        &mut self,
        app_id: &AppId,
        registration: &ActualRegistration,
        which: &Grants,
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
        let permissions = match which {
            Grants::All => self.requested(application, registration),
            Grants::Among(keys) => self.among(application, registration, keys),
            Grants::Exactly(keys) => self.exactly(registration, keys),
        };
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

    /// Those of these that the registration requests.
    fn among(
        &mut self,
        application: &Application,
        registration: &ActualRegistration,
        keys: &[PermissionKey],
    ) -> Vec<PlannedPermission> {
        let requested = self.requested(application, registration);
        for key in keys.iter().filter(|key| !requested.iter().any(|one| one.key == **key)) {
            self.not_offered(&key.id.to_string(), &key.resource.to_string());
        }
        requested.into_iter().filter(|one| keys.contains(&one.key)).collect()
    }

    /// These, as the organisation's own APIs name them.
    fn exactly(
        &mut self,
        registration: &ActualRegistration,
        keys: &[PermissionKey],
    ) -> Vec<PlannedPermission> {
        let mut all: Vec<PlannedPermission> = Vec::new();
        for key in keys {
            let permission = self.permission(*key, registration);
            if permission.value == key.id.to_string() || key.kind != PermissionKind::Delegated {
                self.not_offered(&key.id.to_string(), &permission.resource_name);
            } else if all.iter().all(|one| one.key != *key) {
                all.push(permission);
            }
        }
        all
    }

    /// What the registration requests, by name.
    pub(super) fn requested(
        &self,
        application: &Application,
        registration: &ActualRegistration,
    ) -> Vec<PlannedPermission> {
        let mut all = Vec::new();
        for required in &application.required_resource_access {
            let Ok(resource) = required.resource_app_id.as_str().parse::<Uuid>() else { continue };
            for access in &required.resource_access {
                let Ok(id) = access.id.parse::<Uuid>() else { continue };
                let kind = match access.kind {
                    ResourceAccessType::Role => PermissionKind::Application,
                    ResourceAccessType::Scope => PermissionKind::Delegated,
                    ResourceAccessType::Other(_) => continue,
                };
                all.push(self.permission(PermissionKey { resource, id, kind }, registration));
            }
        }
        all
    }

    /// A permission by name, with its id where the API does not offer it. A delegated one is for everybody.
    fn permission(&self, key: PermissionKey, registration: &ActualRegistration) -> PlannedPermission {
        let api = self.actual.resources.get(&key.resource).and_then(Option::as_ref);
        let id = key.id.to_string();
        let value = api.and_then(|api| match key.kind {
            PermissionKind::Application => {
                api.app_roles.iter().find(|one| one.id.as_str() == id)?.value.clone()
            }
            PermissionKind::Delegated => {
                api.oauth2_permission_scopes.iter().find(|one| one.id.as_str() == id)?.value.clone()
            }
        });
        let mut permission = PlannedPermission {
            key,
            value: value.unwrap_or(id),
            resource_name: api
                .and_then(|api| api.display_name.clone())
                .unwrap_or_else(|| key.resource.to_string()),
            consent: (key.kind == PermissionKind::Delegated).then_some(DelegatedConsent::Everybody),
            why: String::new(),
            granted: false,
            exchange_role: None,
        };
        permission.granted =
            api.is_some_and(|api| grants_of::is_granted(Some(registration), api, &permission));
        permission
    }
}
