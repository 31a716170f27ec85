//! What is to be set on a registration: everything on a new one, only what differs on one that is there. Nothing that
//! somebody else put there is taken away, except what the connector says must go.

use blueprint::{RedirectPlatform, RegistrationSpec, RemovalSpec};
use graph::AppId;
use graph::resources::{
    Application, ApplicationPatch, PublicClient, RequiredResourceAccess, ResourceAccess, ResourceAccessType,
    SignInAudience, SpaApplication, WebApplication,
};
use uuid::Uuid;

use super::actual::app_id_of;
use super::desired::{self, PlannedPermission};
use crate::RunId;

pub(super) fn wanted(
    spec: &RegistrationSpec,
    permissions: &[PlannedPermission],
    existing: Option<&Application>,
    connector: &str,
    run: &RunId,
) -> ApplicationPatch {
    match existing {
        None => whole(spec, permissions, connector, run),
        Some(app) => difference(spec, permissions, app, connector),
    }
}

fn whole(
    spec: &RegistrationSpec,
    permissions: &[PlannedPermission],
    connector: &str,
    run: &RunId,
) -> ApplicationPatch {
    let uris = |platform| redirects(spec, platform);
    let (web, spa, public) =
        (uris(RedirectPlatform::Web), uris(RedirectPlatform::Spa), uris(RedirectPlatform::Public));
    let needed = merged_access(&[], permissions, &[]);
    ApplicationPatch {
        display_name: Some(spec.display_name.clone()),
        sign_in_audience: Some(audience(spec)),
        required_resource_access: (!needed.is_empty()).then_some(needed),
        web: (!web.is_empty()).then(|| WebApplication { redirect_uris: web, ..WebApplication::default() }),
        spa: (!spa.is_empty()).then_some(SpaApplication { redirect_uris: spa }),
        public_client: (!public.is_empty()).then_some(PublicClient { redirect_uris: public }),
        tags: Some(desired::tags(connector, run)),
        notes: Some(format!("Made by Gatehouse for “{}”. Run {run}.", spec.title)),
        ..ApplicationPatch::default()
    }
}

fn difference(
    spec: &RegistrationSpec,
    permissions: &[PlannedPermission],
    app: &Application,
    connector: &str,
) -> ApplicationPatch {
    let access = merged_access(&app.required_resource_access, permissions, &spec.removes);
    let web = missing(app.web.as_ref().map(|web| &web.redirect_uris), redirects(spec, RedirectPlatform::Web));
    let spa = missing(app.spa.as_ref().map(|spa| &spa.redirect_uris), redirects(spec, RedirectPlatform::Spa));
    let public = missing(
        app.public_client.as_ref().map(|one| &one.redirect_uris),
        redirects(spec, RedirectPlatform::Public),
    );
    let audience = audience(spec);
    let tags = missing(Some(&app.tags), vec![desired::OURS.to_owned(), desired::connector_tag(connector)]);
    ApplicationPatch {
        sign_in_audience: (app.sign_in_audience.as_ref() != Some(&audience)).then_some(audience),
        required_resource_access: (!same_access(&access, &app.required_resource_access)).then_some(access),
        web: web.map(|redirect_uris| WebApplication { redirect_uris, ..app.web.clone().unwrap_or_default() }),
        spa: spa.map(|redirect_uris| SpaApplication { redirect_uris }),
        public_client: public.map(|redirect_uris| PublicClient { redirect_uris }),
        tags,
        ..ApplicationPatch::default()
    }
}

/// These fields of a registration as they are, in a form that can be sent back.
pub(crate) fn fields_of(app: &Application, fields: &[String]) -> serde_json::Value {
    let all = serde_json::to_value(app).unwrap_or_default();
    let field = |name: &String| {
        let value = all.get(name).filter(|value| !value.is_null()).cloned();
        // A platform that was not there is one without redirects: leaving it out of a PATCH would leave it as it is.
        (name.clone(), value.unwrap_or_else(|| serde_json::json!({ "redirectUris": [] })))
    };
    serde_json::Value::Object(fields.iter().map(field).collect())
}

fn audience(spec: &RegistrationSpec) -> SignInAudience {
    SignInAudience::from(spec.sign_in_audience.as_graph())
}

fn redirects(spec: &RegistrationSpec, platform: RedirectPlatform) -> Vec<String> {
    spec.redirect_uris.iter().filter(|one| one.platform == platform).map(|one| one.uri.clone()).collect()
}

/// The whole list with what was missing added; `None` when nothing was.
fn missing(have: Option<&Vec<String>>, wanted: Vec<String>) -> Option<Vec<String>> {
    let mut all = have.cloned().unwrap_or_default();
    let before = all.len();
    for one in wanted {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    (all.len() > before).then_some(all)
}

/// What is requested, with the needed added and the unwanted left out.
fn merged_access(
    have: &[RequiredResourceAccess],
    needed: &[PlannedPermission],
    removes: &[RemovalSpec],
) -> Vec<RequiredResourceAccess> {
    let mut all = have.to_vec();
    // What Exchange gives is not requested: whoever then consents to the whole list would grant it on every mailbox.
    for permission in needed.iter().filter(|one| one.exchange_role.is_none()) {
        let (resource, wanted) =
            (app_id_of(permission.key.resource), access(permission.key.id, permission.key.kind));
        match all.iter_mut().find(|one| one.resource_app_id == resource) {
            Some(one) if one.resource_access.iter().any(|other| same(other, &wanted)) => {}
            Some(one) => one.resource_access.push(wanted),
            None => {
                all.push(RequiredResourceAccess { resource_app_id: resource, resource_access: vec![wanted] });
            }
        }
    }
    for removal in removes {
        let (Some(id), resource) = (removal.id, app_id_of(removal.resource.app_id)) else { continue };
        let unwanted = access(id, removal.kind);
        for one in all.iter_mut().filter(|one| one.resource_app_id == resource) {
            one.resource_access.retain(|other| !same(other, &unwanted));
        }
    }
    all.retain(|one| !one.resource_access.is_empty());
    all
}

pub(super) fn access(id: Uuid, kind: blueprint::PermissionKind) -> ResourceAccess {
    ResourceAccess { id: id.to_string(), kind: ResourceAccessType::from(kind.as_graph()) }
}

fn same(one: &ResourceAccess, other: &ResourceAccess) -> bool {
    one.kind == other.kind && one.id.eq_ignore_ascii_case(&other.id)
}

/// Whether two lists request the same, in whatever order.
fn same_access(one: &[RequiredResourceAccess], other: &[RequiredResourceAccess]) -> bool {
    let flat = |list: &[RequiredResourceAccess]| -> std::collections::BTreeSet<(AppId, String, String)> {
        list.iter()
            .flat_map(|one| {
                one.resource_access.iter().map(|access| {
                    (one.resource_app_id.clone(), access.id.to_ascii_lowercase(), access.kind.to_string())
                })
            })
            .collect()
    };
    flat(one) == flat(other)
}

#[cfg(test)]
mod tests {
    use blueprint::catalogue::MICROSOFT_GRAPH;
    use blueprint::{PermissionKey, PermissionKind};

    use super::*;

    fn planned(id: u128) -> PlannedPermission {
        PlannedPermission {
            key: PermissionKey {
                resource: MICROSOFT_GRAPH,
                id: Uuid::from_u128(id),
                kind: PermissionKind::Application,
            },
            value: "x".into(),
            resource_name: "Microsoft Graph".into(),
            consent: None,
            why: String::new(),
            granted: false,
            exchange_role: None,
        }
    }

    fn requested(resource: Uuid, ids: &[(u128, PermissionKind)]) -> RequiredResourceAccess {
        RequiredResourceAccess {
            resource_app_id: app_id_of(resource),
            resource_access: ids.iter().map(|(id, kind)| access(Uuid::from_u128(*id), *kind)).collect(),
        }
    }

    #[test]
    fn what_others_asked_for_stays() {
        let have = [
            requested(Uuid::from_u128(9), &[(1, PermissionKind::Application)]),
            requested(MICROSOFT_GRAPH, &[(1, PermissionKind::Delegated)]),
        ];
        let merged = merged_access(&have, &[planned(1), planned(2)], &[]);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged[0], have[0]);
        assert_eq!(merged[1].resource_access.len(), 3, "the same id of the other kind is another permission");
        assert!(
            same_access(&merged, &merged_access(&merged, &[planned(2), planned(1)], &[])),
            "merging twice changes nothing"
        );
    }

    #[test]
    fn only_the_named_kind_is_removed() {
        let id = 7;
        let have = [requested(
            MICROSOFT_GRAPH,
            &[(id, PermissionKind::Delegated), (id, PermissionKind::Application)],
        )];
        let removal = RemovalSpec {
            resource: blueprint::Resource { app_id: MICROSOFT_GRAPH, name: "Microsoft Graph".into() },
            id: Some(Uuid::from_u128(id)),
            value: "User.Read".into(),
            kind: PermissionKind::Delegated,
            why: String::new(),
        };
        let merged = merged_access(&have, &[], std::slice::from_ref(&removal));
        assert_eq!(merged, vec![requested(MICROSOFT_GRAPH, &[(id, PermissionKind::Application)])]);
    }

    #[test]
    fn a_list_is_set_only_when_something_is_missing() {
        let have = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(missing(Some(&have), vec!["b".into()]), None);
        assert_eq!(missing(Some(&have), vec!["c".into()]), Some(vec!["a".into(), "b".into(), "c".into()]));
        assert_eq!(missing(None, vec![]), None);
    }
}
