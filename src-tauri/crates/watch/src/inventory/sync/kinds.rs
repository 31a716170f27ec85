//! The two collections, and what to ask for in each.

use graph::changes::Change;
use graph::resources::{Application, ServicePrincipal};
use graph::{ApplicationId, Page, Request, ServicePrincipalId, inventory};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::inventory::store::{Collection, Part};

/// A collection of Microsoft's.
pub(super) trait Kind {
    type Object: Serialize + DeserializeOwned + Send + 'static;
    const COLLECTION: Collection;
    fn list() -> Request<Page<Self::Object>>;
    /// The list without a query that not every cloud may answer.
    fn plain_list() -> Request<Page<Self::Object>>;
    fn changes() -> Request<Page<Change>>;
    fn changes_from_now() -> Request<Page<Change>>;
    fn one(id: &str) -> Option<Request<Self::Object>>;
    /// What is kept of it; none for what is not.
    fn part(object: Self::Object) -> Option<Part>;
    fn object(part: Part) -> Option<Self::Object>;
}

pub(super) struct Registrations;

impl Kind for Registrations {
    type Object = Application;
    const COLLECTION: Collection = Collection::Registrations;

    fn list() -> Request<Page<Application>> {
        inventory::registrations()
    }

    fn plain_list() -> Request<Page<Application>> {
        inventory::registrations()
    }

    fn changes() -> Request<Page<Change>> {
        inventory::registration_changes()
    }

    fn changes_from_now() -> Request<Page<Change>> {
        inventory::registration_changes_from_now()
    }

    fn one(id: &str) -> Option<Request<Application>> {
        Some(inventory::registration(&ApplicationId::new(id).ok()?))
    }

    fn part(object: Application) -> Option<Part> {
        Some(Part::Registration(Box::new(object)))
    }

    fn object(part: Part) -> Option<Application> {
        match part {
            Part::Registration(app) => Some(*app),
            Part::EnterpriseApp(_) => None,
        }
    }
}

pub(super) struct EnterpriseApps;

impl Kind for EnterpriseApps {
    type Object = ServicePrincipal;
    const COLLECTION: Collection = Collection::EnterpriseApps;

    fn list() -> Request<Page<ServicePrincipal>> {
        inventory::enterprise_apps()
    }

    fn plain_list() -> Request<Page<ServicePrincipal>> {
        inventory::all_enterprise_apps()
    }

    fn changes() -> Request<Page<Change>> {
        inventory::enterprise_app_changes()
    }

    fn changes_from_now() -> Request<Page<Change>> {
        inventory::enterprise_app_changes_from_now()
    }

    fn one(id: &str) -> Option<Request<ServicePrincipal>> {
        Some(inventory::enterprise_app(&ServicePrincipalId::new(id).ok()?))
    }

    /// Microsoft's own hundreds are left out: nobody here can change them.
    fn part(object: ServicePrincipal) -> Option<Part> {
        let owner = object.app_owner_organization_id.as_deref();
        let microsofts = owner
            .is_some_and(|owner| inventory::MICROSOFT.iter().any(|known| known.eq_ignore_ascii_case(owner)));
        (!microsofts).then(|| Part::EnterpriseApp(Box::new(object)))
    }

    fn object(part: Part) -> Option<ServicePrincipal> {
        match part {
            Part::EnterpriseApp(app) => Some(*app),
            Part::Registration(_) => None,
        }
    }
}
