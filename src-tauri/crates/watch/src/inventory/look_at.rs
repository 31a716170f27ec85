//! One app, read fresh, with what is too much to read for all.

use graph::resources::{DirectoryObject, FederatedIdentityCredential};
use graph::{
    AppId, ApplicationId, Batch, Call, GraphClient, GraphError, ServicePrincipalId, activity, grants,
    inventory,
};
use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::SyncError;
use super::compose::Activity;
use super::store::{Collection, Details, Part, Store};
use super::sync::blocking;
use crate::{App, Credential, CredentialKind, Granted, Known, Owner, Unseen};

/// How far back the sign-in log is asked where the reports are not there.
const LOG: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Reads one app by client id, with its owners, federated credentials, everything that is granted to it (to single people
/// too), and when it and each of its keys was last used. It is kept, too. `None` when it is not there any more.
///
/// # Errors
/// [`SyncError`] when the app itself cannot be read; what else cannot be had is [`Known::Hidden`], or as it was.
pub async fn look_at(
    graph: &GraphClient,
    store: &Store,
    app_id: &AppId,
    cancel: &CancellationToken,
) -> Result<Option<App>, SyncError> {
    let graph = graph.with_call(Call { cancel: cancel.clone(), ..graph.call().clone() });
    let mut batch = Batch::new();
    let registration = batch.add(inventory::registration_by_app_id(app_id));
    let enterprise_app = batch.add(inventory::enterprise_app_by_app_id(app_id));
    let answers = graph.batch(batch).await;
    let registration = there(answers.take(registration))?;
    let enterprise_app = there(answers.take(enterprise_app))?;

    let ids =
        (registration.as_ref().map(|app| app.id.clone()), enterprise_app.as_ref().map(|app| app.id.clone()));
    let (details, used) = tokio::join!(details(&graph, ids.0.as_ref(), ids.1.as_ref()), used(&graph, app_id));
    if cancel.is_cancelled() {
        return Err(SyncError::Cancelled);
    }
    let now = graph.now();
    let mut details = details;
    let (activity, hidden) = used;
    details.activity = activity;
    let (kept, app_id) = (store.clone(), app_id.to_string());
    let app = blocking(move || {
        let known = kept.app(&app_id)?;
        for (of, part, known) in [
            (
                Collection::Registrations,
                registration.map(|app| Part::Registration(Box::new(app))),
                known.as_ref().and_then(|app| Some(app.registration.as_ref()?.object_id.clone())),
            ),
            (
                Collection::EnterpriseApps,
                enterprise_app.map(|app| Part::EnterpriseApp(Box::new(app))),
                known.as_ref().and_then(|app| Some(app.enterprise_app.as_ref()?.object_id.clone())),
            ),
        ] {
            match (part, known) {
                (Some(part), _) => kept.keep_changes(of, vec![part], &[], None)?,
                (None, Some(gone)) => kept.keep_changes(of, Vec::new(), &[gone], None)?,
                (None, None) => {}
            }
        }
        kept.keep_details(&app_id, &details)?;
        for (of, why) in hidden {
            // What one app's answer says of licence and role holds for all; silence holds for none.
            if why != Unseen::NoAnswer && !matches!(kept.collection(of)?.about_others(), Known::Seen(_)) {
                kept.set_looked(of, now, Some(why))?;
            }
        }
        kept.app(&app_id)
    })
    .await?;
    Ok(app)
}

fn there<T>(answer: Result<T, GraphError>) -> Result<Option<T>, SyncError> {
    match answer {
        Ok(object) => Ok(Some(object)),
        Err(GraphError::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn details(
    graph: &GraphClient,
    registration: Option<&ApplicationId>,
    enterprise_app: Option<&ServicePrincipalId>,
) -> Details {
    let mut batch = Batch::new();
    let of_registration = registration
        .map(|id| (batch.add(inventory::owners(id)), batch.add(inventory::federated_credentials(id))));
    let of_enterprise_app =
        enterprise_app.map(|id| (batch.add(grants::app_roles_of(id)), batch.add(grants::delegated_of(id))));
    // An app that is registered elsewhere has owners of its own here.
    let other_owners = match (registration, enterprise_app) {
        (None, Some(id)) => Some(batch.add(inventory::owners_of_enterprise_app(id))),
        _ => None,
    };
    let mut details = Details::default();
    if batch.is_empty() {
        return details;
    }
    let answers = graph.batch(batch).await;
    if let Some((owned, trusted)) = of_registration {
        details.owners = answers.take(owned).ok().map(|page| page.value.into_iter().map(owner).collect());
        details.federated =
            answers.take(trusted).ok().map(|page| page.value.into_iter().map(federated).collect());
    }
    if let Some(owned) = other_owners {
        details.owners = answers.take(owned).ok().map(|page| page.value.into_iter().map(owner).collect());
    }
    if let Some((roles, scopes)) = of_enterprise_app
        && let (Ok(roles), Ok(scopes)) = (answers.take(roles), answers.take(scopes))
    {
        let roles = roles.value.into_iter().map(|held| Granted {
            resource_object: held.resource_id.to_string(),
            resource: None,
            permission: held.app_role_id.to_string(),
            application: true,
            everybody: true,
            since: held.created_date_time,
        });
        let scopes = scopes.value.into_iter().flat_map(|grant| {
            let everybody = grant.principal_id.is_none();
            let names: Vec<String> =
                grant.scope.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
            let resource_object = grant.resource_id.to_string();
            names.into_iter().map(move |permission| Granted {
                resource_object: resource_object.clone(),
                resource: None,
                permission,
                application: false,
                everybody,
                since: None,
            })
        });
        let mut granted: Vec<Granted> = roles.chain(scopes).collect();
        name_resources(graph, &mut granted).await;
        details.grants = Some(granted);
    }
    details
}

/// Fills in the client ids of the APIs.
async fn name_resources(graph: &GraphClient, granted: &mut [Granted]) {
    let mut objects: Vec<&str> = granted.iter().map(|one| one.resource_object.as_str()).collect();
    objects.sort_unstable();
    objects.dedup();
    let mut batch = Batch::new();
    let slots: Vec<_> = objects
        .iter()
        .filter_map(|object| {
            let id = ServicePrincipalId::new(*object).ok()?;
            Some(((*object).to_owned(), batch.add(inventory::enterprise_app(&id))))
        })
        .collect();
    if slots.is_empty() {
        return;
    }
    let answers = graph.batch(batch).await;
    for (object, slot) in slots {
        if let Ok(api) = answers.take(slot) {
            for one in granted.iter_mut().filter(|one| one.resource_object == object) {
                one.resource = Some(api.app_id.to_string());
            }
        }
    }
}

type Hidden = Vec<(Collection, Unseen)>;

/// When the app and its keys were last used, and what could not be seen.
async fn used(graph: &GraphClient, app_id: &AppId) -> (Option<Activity>, Hidden) {
    let (apps, keys) =
        tokio::join!(graph.send(activity::of_app(app_id)), graph.send(activity::of_credentials_of(app_id)));
    let mut seen = Activity::default();
    let mut hidden = Vec::new();
    let mut nothing = true;
    match apps {
        Ok(page) => {
            nothing = false;
            seen.last = page.value.iter().filter_map(|app| app.latest()).max();
        }
        Err(error) => hidden.push((Collection::Activity, why_hidden(&error))),
    }
    match keys {
        Ok(page) => {
            nothing = false;
            seen.keys = page
                .value
                .into_iter()
                .filter_map(|one| {
                    Some((one.key_id.to_string(), one.sign_in_activity?.last_sign_in_date_time?))
                })
                .collect();
        }
        Err(error) => hidden.push((Collection::KeyActivity, why_hidden(&error))),
    }
    // The reports are beta and hours behind; the log is neither, where it can be read.
    let since = graph.now().checked_sub(LOG).unwrap_or(graph.now());
    if let Ok(log) = graph.send(activity::sign_ins_by_itself(app_id, since, 50)).await {
        for sign_in in log.value.into_iter().filter(graph::resources::SignIn::worked) {
            let Some(at) = sign_in.created_date_time else { continue };
            nothing = false;
            seen.last = seen.last.max(Some(at));
            if let Some(key) = sign_in.service_principal_credential_key_id {
                let last = seen.keys.entry(key.to_ascii_lowercase()).or_insert(at);
                *last = (*last).max(at);
            }
        }
    }
    ((!nothing).then_some(seen), hidden)
}

/// Why something could not be seen, as far as a person can act on it.
pub(super) fn why_hidden(error: &GraphError) -> Unseen {
    match error {
        error if activity::needs_licence(error) => Unseen::NotLicensed,
        GraphError::Forbidden { .. } | GraphError::Unauthorized(_) => Unseen::NotAllowed,
        _ => Unseen::NoAnswer,
    }
}

pub(super) fn owner(object: DirectoryObject) -> Owner {
    Owner {
        id: object.id.to_string(),
        name: object.display_name.unwrap_or_default(),
        upn: object.user_principal_name,
        enabled: object.account_enabled,
    }
}

pub(super) fn federated(credential: FederatedIdentityCredential) -> Credential {
    Credential {
        key_id: credential.id.to_string(),
        kind: CredentialKind::Federated,
        name: credential.name.unwrap_or_default(),
        hint: None,
        identifier: credential.subject,
        starts: None,
        ends: None,
        on_enterprise_app: false,
        last_use: Known::NotLooked,
    }
}
