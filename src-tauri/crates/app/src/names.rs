//! Names for the ids of permissions: from the catalogue, and from the organisation's own enterprise apps, which know the
//! permissions of every API that is in use there.

use std::collections::{BTreeMap, BTreeSet};

use blueprint::{PermissionKey, PermissionKind, catalogue};
use contract::PermissionWords;
use graph::resources::{Application, ResourceAccess, ResourceAccessType};
use graph::{AppId, Batch, GraphClient, GraphError};
use uuid::Uuid;

use crate::errors::{Answer, OrExplain};
use crate::view;

/// Most APIs that are asked for their offer at once; a registration may name 50.
const MOST_APIS: usize = 50;

/// What an API calls a permission.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) value: String,
}

/// Names that the organisation's own apps gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    resources: BTreeMap<Uuid, String>,
    permissions: BTreeMap<PermissionKey, Name>,
}

impl Names {
    /// What an API is called.
    pub(crate) fn resource(&self, resource: Uuid) -> Option<String> {
        let named = catalogue::name_of_resource(resource).map(str::to_owned);
        named.or_else(|| self.resources.get(&resource).cloned())
    }

    /// What a permission is called, as the organisation knows it. The catalogue is not asked.
    pub(crate) fn permission(&self, key: PermissionKey) -> Option<&Name> {
        self.permissions.get(&key)
    }

    /// Whether anybody knows it.
    pub(crate) fn knows(&self, key: PermissionKey) -> bool {
        catalogue::get(key).is_some() || self.permissions.contains_key(&key)
    }

    /// In words; with its id as name where nobody knows it.
    pub(crate) fn words(&self, key: PermissionKey) -> PermissionWords {
        let value = self.permission(key).map_or_else(|| key.id.to_string(), |known| known.value.clone());
        let resource = self.resource(key.resource).unwrap_or_else(|| key.resource.to_string());
        view::permission::words(key, &value, &resource, "")
    }
}

/// Asks the organisation about those of these permissions that the catalogue does not know.
pub(crate) async fn of(graph: &GraphClient, keys: &[PermissionKey]) -> Answer<Names> {
    let unknown: BTreeSet<Uuid> =
        keys.iter().filter(|key| catalogue::get(**key).is_none()).map(|key| key.resource).collect();
    let mut batch = Batch::new();
    let asked: Vec<_> = unknown
        .iter()
        .filter_map(|resource| Some((*resource, AppId::new(resource.to_string()).ok()?)))
        .take(MOST_APIS)
        .map(|(resource, app_id)| (resource, batch.add(graph::service_principals::offer(&app_id))))
        .collect();
    let mut names = Names::default();
    if asked.is_empty() {
        return Ok(names);
    }
    let answers = graph.batch(batch).await;
    for (resource, asked) in asked {
        let api = match answers.take(asked) {
            Ok(api) => api,
            // An API that nobody uses here.
            Err(GraphError::NotFound(_)) => continue,
            Err(error) => return Err(error).or_explain(),
        };
        if let Some(name) = &api.display_name {
            names.resources.insert(resource, name.clone());
        }
        let roles = api
            .app_roles
            .iter()
            .filter_map(|one| Some((PermissionKind::Application, one.id.to_string(), one.value.clone()?)));
        let scopes = api
            .oauth2_permission_scopes
            .iter()
            .filter_map(|one| Some((PermissionKind::Delegated, one.id.to_string(), one.value.clone()?)));
        for (kind, id, value) in roles.chain(scopes) {
            if let Ok(id) = id.parse() {
                names.permissions.insert(PermissionKey { resource, id, kind }, Name { value });
            }
        }
    }
    Ok(names)
}

/// Everything that a registration requests, each once, in its order.
pub(crate) fn requested(app: &Application) -> Vec<PermissionKey> {
    let mut keys = Vec::new();
    for api in &app.required_resource_access {
        for key in api.resource_access.iter().filter_map(|one| key(&api.resource_app_id, one)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

/// A requested permission's key; none for a kind or an id that is none.
pub(crate) fn key(resource: &AppId, access: &ResourceAccess) -> Option<PermissionKey> {
    let kind = match access.kind {
        ResourceAccessType::Role => PermissionKind::Application,
        ResourceAccessType::Scope => PermissionKind::Delegated,
        _ => return None,
    };
    Some(PermissionKey { resource: resource.as_str().parse().ok()?, id: access.id.parse().ok()?, kind })
}
