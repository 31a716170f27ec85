//! What is there, as read.

use std::collections::BTreeMap;

use graph::resources::{
    AppManagementPolicy, AppRoleAssignment, Application, AuthorizationPolicy, DeletedItem, DirectoryObject,
    DirectoryRole, OAuth2PermissionGrant, Organization, ServicePrincipal,
};
use graph::{AppId, GraphError};
use uuid::Uuid;

/// The organisation, as far as a plan needs it. A look-up that failed is kept as its error, never as emptiness.
#[derive(Debug)]
pub(crate) struct Actual {
    pub(crate) organisation: Organization,
    pub(crate) roles: Result<Vec<DirectoryRole>, GraphError>,
    pub(crate) credential_policy: Result<AppManagementPolicy, GraphError>,
    pub(crate) authorization: Result<AuthorizationPolicy, GraphError>,
    /// APIs by client id; `None` for one that the organisation lacks.
    pub(crate) resources: BTreeMap<Uuid, Option<ServicePrincipal>>,
    /// Registrations with the connector's tag.
    pub(crate) tagged: Result<Vec<Application>, GraphError>,
    /// Registrations with one of the wanted names.
    pub(crate) same_name: Result<Vec<Application>, GraphError>,
    /// The recycle bin.
    pub(crate) deleted: Result<Vec<DeletedItem>, GraphError>,
}

/// A registration with everything that hangs on it.
#[derive(Debug, Clone)]
pub(crate) struct ActualRegistration {
    /// The registration; `None` when it lives in another organisation.
    pub(crate) application: Option<Application>,
    pub(crate) service_principal: Option<ServicePrincipal>,
    pub(crate) app_roles: Result<Vec<AppRoleAssignment>, GraphError>,
    pub(crate) delegated: Result<Vec<OAuth2PermissionGrant>, GraphError>,
    pub(crate) owners: Result<Vec<DirectoryObject>, GraphError>,
}

impl ActualRegistration {
    pub(crate) fn is_owned_by(&self, person: &str) -> bool {
        self.owners.as_ref().is_ok_and(|owners| owners.iter().any(|owner| owner.id.as_str() == person))
    }
}

/// An API's client id in Graph's type.
pub(crate) fn app_id_of(resource: Uuid) -> AppId {
    // A UUID is always a valid id.
    AppId::new(resource.to_string()).unwrap_or_else(|_| AppId::placeholder("the API"))
}
