//! What the organisation's own APIs, and those of other vendors, call their permissions: an app that asks for one names it by an
//! id alone.

use std::collections::BTreeSet;

use blueprint::catalogue::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{PermissionKey, PermissionKind};
use graph::resources::ServicePrincipal;
use graph::{AppId, GraphClient, service_principals};
use uuid::Uuid;
use watch::inventory::{Store, StoreError};

use crate::errors::Answer;
use crate::inventory::off_thread;

/// APIs that are asked for at one reading, one question each.
const MOST: usize = 60;

/// A permission and its name.
pub(super) type Named = (PermissionKey, String);

/// APIs that apps of the organisation ask for and that the catalogue does not have.
pub(super) async fn apis(store: &Store) -> Answer<BTreeSet<Uuid>> {
    let store = store.clone();
    off_thread(move || {
        let mut apis = BTreeSet::new();
        store.each(|app| {
            let requested = app.registration.iter().flat_map(|one| &one.requested);
            apis.extend(requested.filter_map(|wanted| Uuid::try_parse(&wanted.resource).ok()));
        })?;
        for known in [MICROSOFT_GRAPH, EXCHANGE_ONLINE, AZURE_AD_GRAPH] {
            apis.remove(&known);
        }
        Ok::<_, StoreError>(apis)
    })
    .await
}

/// Asks for the names. An API that does not answer, or that the organisation lacks, gives none.
pub(super) async fn look(graph: &GraphClient, apis: BTreeSet<Uuid>) -> Vec<Named> {
    if apis.len() > MOST {
        tracing::info!(apis = apis.len(), "names of permissions are looked up for some of the APIs only");
    }
    let mut named = Vec::new();
    for api in apis.into_iter().take(MOST) {
        let Ok(id) = AppId::new(api.to_string()) else { continue };
        match graph.send(service_principals::offer(&id)).await {
            Ok(offer) => named.extend(names(api, &offer)),
            Err(error) => tracing::debug!(%error, "an API does not say what its permissions are called"),
        }
    }
    named
}

fn names(resource: Uuid, offer: &ServicePrincipal) -> Vec<Named> {
    let key = |id: &str, kind| Some(PermissionKey { resource, id: Uuid::try_parse(id).ok()?, kind });
    let roles = offer
        .app_roles
        .iter()
        .filter_map(|role| Some((key(role.id.as_str(), PermissionKind::Application)?, role.value.clone()?)));
    let scopes = offer
        .oauth2_permission_scopes
        .iter()
        .filter_map(|scope| Some((key(scope.id.as_str(), PermissionKind::Delegated)?, scope.value.clone()?)));
    roles.chain(scopes).filter(|(_, name)| !name.is_empty()).collect()
}

/// The names as they are now, and of what did not answer as they were.
pub(super) fn newer(mut now: Vec<Named>, before: Vec<Named>) -> Vec<Named> {
    let answered: BTreeSet<Uuid> = now.iter().map(|(key, _)| key.resource).collect();
    now.extend(before.into_iter().filter(|(key, _)| !answered.contains(&key.resource)));
    now
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const API: &str = "0f0f0f0f-0000-4000-8000-00000000aaaa";
    const ROLE: &str = "0f0f0f0f-0000-4000-8000-00000000bbbb";
    const SCOPE: &str = "0f0f0f0f-0000-4000-8000-00000000cccc";

    fn api(roles: &serde_json::Value) -> Vec<Named> {
        let scopes = json!([{ "id": SCOPE, "value": "Orders.Read" }]);
        let offer = json!({ "id": API, "appId": API, "appRoles": roles, "oauth2PermissionScopes": scopes });
        let offer: Option<ServicePrincipal> = serde_json::from_value(offer).ok();
        offer.map(|offer| names(Uuid::try_parse(API).unwrap_or_default(), &offer)).unwrap_or_default()
    }

    #[test]
    fn an_api_names_its_permissions_of_both_kinds() {
        let named =
            api(&json!([{ "id": ROLE, "value": "Orders.ReadWrite.All" }, { "id": SCOPE, "value": null }]));
        let said: Vec<(PermissionKind, &str)> =
            named.iter().map(|(key, name)| (key.kind, name.as_str())).collect();
        let expected = [
            (PermissionKind::Application, "Orders.ReadWrite.All"),
            (PermissionKind::Delegated, "Orders.Read"),
        ];
        assert_eq!(said, expected, "a role without a name has none");
    }

    #[test]
    fn an_api_that_did_not_answer_keeps_its_names_and_one_that_did_loses_old_ones() {
        let before = api(&json!([{ "id": ROLE, "value": "Orders.ReadWrite.All" }]));
        assert_eq!(newer(Vec::new(), before.clone()), before);
        let now = api(&json!([]));
        assert_eq!(newer(now.clone(), before), now);
    }
}
