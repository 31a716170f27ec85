//! The three truths of a registration's permissions: requested, granted, present in a token.

use std::collections::{BTreeMap, BTreeSet};

use blueprint::{PermissionKey, PermissionKind};
use graph::resources::{ConsentType, ResourceAccessType, ServicePrincipal};
use graph::{AppId, GraphError, ServicePrincipalId, roles, service_principals};
use jiff::Timestamp;
use secrecy::SecretString;
use uuid::Uuid;

use crate::apply::{AppTokenError, SecretAddress, Session};
use crate::plan::{self, ActualRegistration, Authority, PlanError, Role, app_id_of};
use crate::{Blocks, Problem, ProblemKind};

/// One of the three truths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// Seen.
    Yes,
    /// Looked for and not there.
    No,
    /// Could not be looked up, or does not apply: why, as a sentence.
    Unknown(String),
}

impl Truth {
    fn from_seen(seen: bool) -> Self {
        if seen { Self::Yes } else { Self::No }
    }
}

/// A permission with its three truths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionTruths {
    /// Its identity.
    pub key: PermissionKey,
    /// Its name; its id where the API does not say.
    pub value: String,
    /// The API's name.
    pub resource_name: String,
    /// Listed on the registration.
    pub requested: Truth,
    /// Granted in the organisation.
    pub granted: Truth,
    /// Present in a token that was obtained for looking.
    pub in_token: Truth,
    /// A delegated permission that not everybody has: for how many people it is granted.
    pub granted_for_people: Option<usize>,
}

/// All permissions of one registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionReport {
    /// Client id.
    pub app_id: AppId,
    /// Object id of the registration; `None` when it lives in another organisation.
    pub object_id: Option<graph::ApplicationId>,
    /// Name.
    pub display_name: String,
    /// Object id of the enterprise app.
    pub service_principal: Option<ServicePrincipalId>,
    /// When the next of its secrets or certificates ends.
    pub next_expiry: Option<Timestamp>,
    /// Every permission that is requested or granted.
    pub permissions: Vec<PermissionTruths>,
    /// Whether a grant would do something.
    pub can_grant_more: bool,
    /// Why the signed-in person could not grant some of it.
    pub problems: Vec<Problem>,
    /// When this was looked up.
    pub at: Timestamp,
}

/// Looks a registration's permissions up, by client id. With a `secret`, or one in the vault, the token is looked at too.
///
/// # Errors
/// [`PlanError`].
pub async fn permission_report(
    session: &Session,
    app_id: &str,
    secret: Option<&SecretString>,
) -> Result<PermissionReport, PlanError> {
    let app_id = AppId::parse_guid(app_id).map_err(|_| PlanError::NotAClientId)?;
    let registration = plan::by_app_id(&session.graph, &app_id)
        .await?
        .ok_or_else(|| PlanError::NoSuchApp { app_id: app_id.to_string() })?;
    let apis = Apis::of(session, &registration).await?;
    let mut found = collect(&registration, &apis);
    look_into_tokens(session, &app_id, &registration, secret, &mut found).await;
    let mut permissions: Vec<PermissionTruths> = found.into_values().collect();
    permissions.sort_by(|one, other| {
        (&one.resource_name, &one.value, one.key).cmp(&(&other.resource_name, &other.value, other.key))
    });
    let missing: Vec<PermissionKey> = permissions
        .iter()
        .filter(|one| one.requested == Truth::Yes && one.granted == Truth::No)
        .map(|one| one.key)
        .collect();
    let application = registration.application.as_ref();
    Ok(PermissionReport {
        app_id,
        object_id: application.map(|app| app.id.clone()),
        display_name: name_of(&registration),
        service_principal: registration.service_principal.as_ref().map(|one| one.id.clone()),
        next_expiry: application.and_then(|app| {
            let secrets = app.password_credentials.iter().filter_map(|one| one.end_date_time);
            secrets.chain(app.key_credentials.iter().filter_map(|one| one.end_date_time)).min()
        }),
        permissions,
        can_grant_more: !missing.is_empty(),
        problems: who_could_grant(session, &missing).await,
        at: session.surroundings.now(),
    })
}

fn name_of(registration: &ActualRegistration) -> String {
    let application = registration.application.as_ref().and_then(|app| app.display_name.clone());
    let principal = || registration.service_principal.as_ref().and_then(|one| one.display_name.clone());
    application.or_else(principal).unwrap_or_default()
}

/// The APIs in question, by client id and by object id.
struct Apis {
    by_app_id: BTreeMap<Uuid, ServicePrincipal>,
}

impl Apis {
    async fn of(session: &Session, registration: &ActualRegistration) -> Result<Self, GraphError> {
        let mut wanted: BTreeSet<Uuid> = plan::requested_resources(registration).into_iter().collect();
        let mut granted: BTreeSet<ServicePrincipalId> = BTreeSet::new();
        granted.extend(registration.app_roles.iter().flatten().map(|one| one.resource_id.clone()));
        granted.extend(registration.delegated.iter().flatten().map(|one| one.resource_id.clone()));
        let mut by_app_id = BTreeMap::new();
        let requested: Vec<Uuid> = wanted.iter().copied().collect();
        for (id, api) in plan::offers(&session.graph, &requested).await? {
            if let Some(api) = api {
                granted.remove(&api.id);
                by_app_id.insert(id, api);
            }
        }
        // Grants on APIs that the registration does not request: their client ids first, then what they offer.
        for id in granted {
            let Ok(api) = session.graph.send(service_principals::get(&id)).await else { continue };
            if let Ok(app_id) = api.app_id.as_str().parse::<Uuid>()
                && wanted.insert(app_id)
                && let Some(Some(api)) = plan::offers(&session.graph, &[app_id]).await?.remove(&app_id)
            {
                by_app_id.insert(app_id, api);
            }
        }
        Ok(Self { by_app_id })
    }

    fn by_object(&self, id: &ServicePrincipalId) -> Option<(Uuid, &ServicePrincipal)> {
        self.by_app_id.iter().find(|(_, api)| api.id == *id).map(|(app_id, api)| (*app_id, api))
    }

    fn name(&self, resource: Uuid) -> String {
        let name = self.by_app_id.get(&resource).and_then(|api| api.display_name.clone());
        name.unwrap_or_else(|| resource.to_string())
    }

    fn value(&self, key: PermissionKey) -> String {
        let id = key.id.to_string();
        let named = self.by_app_id.get(&key.resource).and_then(|api| match key.kind {
            PermissionKind::Application => {
                api.app_roles.iter().find(|one| one.id.as_str() == id)?.value.clone()
            }
            PermissionKind::Delegated => {
                api.oauth2_permission_scopes.iter().find(|one| one.id.as_str() == id)?.value.clone()
            }
        });
        named.unwrap_or(id)
    }
}

type Found = BTreeMap<PermissionKey, PermissionTruths>;

fn collect(registration: &ActualRegistration, apis: &Apis) -> Found {
    let mut found = Found::new();
    let no_look_up = |error: &GraphError| {
        let code = error.code().map_or_else(String::new, |code| format!(" ({code})"));
        Truth::Unknown(format!("What is granted could not be looked up{code}."))
    };
    let not_granted = |kind: PermissionKind| match kind {
        PermissionKind::Application => registration.app_roles.as_ref().map_or_else(no_look_up, |_| Truth::No),
        PermissionKind::Delegated => registration.delegated.as_ref().map_or_else(no_look_up, |_| Truth::No),
    };
    let elsewhere = registration.application.is_none();
    let entry = |found: &mut Found, key: PermissionKey| {
        found.entry(key).or_insert_with(|| PermissionTruths {
            key,
            value: apis.value(key),
            resource_name: apis.name(key.resource),
            requested: if elsewhere {
                Truth::Unknown("The app registration lives in another organisation.".to_owned())
            } else {
                Truth::No
            },
            granted: not_granted(key.kind),
            in_token: Truth::Unknown("No token was looked at.".to_owned()),
            granted_for_people: None,
        });
    };
    for key in requested(registration) {
        entry(&mut found, key);
        if let Some(one) = found.get_mut(&key) {
            one.requested = Truth::Yes;
        }
    }
    for held in registration.app_roles.iter().flatten() {
        let (Some((resource, _)), Ok(id)) =
            (apis.by_object(&held.resource_id), held.app_role_id.as_str().parse::<Uuid>())
        else {
            continue;
        };
        // All zeros is "default access", which permits nothing.
        if id.is_nil() {
            continue;
        }
        let key = PermissionKey { resource, id, kind: PermissionKind::Application };
        entry(&mut found, key);
        if let Some(one) = found.get_mut(&key) {
            one.granted = Truth::Yes;
        }
    }
    for grant in registration.delegated.iter().flatten() {
        let Some((resource, api)) = apis.by_object(&grant.resource_id) else { continue };
        for scope in grant.scopes() {
            let offered = api
                .oauth2_permission_scopes
                .iter()
                .find(|one| one.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case(scope)));
            let Some(id) = offered.and_then(|one| one.id.as_str().parse().ok()) else { continue };
            let key = PermissionKey { resource, id, kind: PermissionKind::Delegated };
            entry(&mut found, key);
            let Some(one) = found.get_mut(&key) else { continue };
            if grant.consent_type == ConsentType::AllPrincipals {
                one.granted = Truth::Yes;
                one.granted_for_people = None;
            } else if one.granted != Truth::Yes || one.granted_for_people.is_some() {
                one.granted = Truth::Yes;
                *one.granted_for_people.get_or_insert(0) += 1;
            }
        }
    }
    found
}

fn requested(registration: &ActualRegistration) -> Vec<PermissionKey> {
    let all = registration.application.iter().flat_map(|app| &app.required_resource_access);
    all.flat_map(|required| {
        required.resource_access.iter().filter_map(|access| {
            let kind = match access.kind {
                ResourceAccessType::Role => PermissionKind::Application,
                ResourceAccessType::Scope => PermissionKind::Delegated,
                ResourceAccessType::Other(_) => return None,
            };
            let resource = required.resource_app_id.as_str().parse().ok()?;
            Some(PermissionKey { resource, id: access.id.parse().ok()?, kind })
        })
    })
    .collect()
}

/// The third truth, where a token can be had.
async fn look_into_tokens(
    session: &Session,
    app_id: &AppId,
    registration: &ActualRegistration,
    secret: Option<&SecretString>,
    found: &mut Found,
) {
    for one in found.values_mut().filter(|one| one.key.kind == PermissionKind::Delegated) {
        one.in_token = Truth::Unknown("It shows only in the token of a person who signed in.".to_owned());
    }
    let kept = match secret {
        Some(secret) => Some(secret.clone()),
        None => kept_secret(session, app_id, registration).await,
    };
    let resources: BTreeSet<Uuid> =
        found.keys().filter(|key| key.kind == PermissionKind::Application).map(|key| key.resource).collect();
    for resource in resources {
        let roles = match &kept {
            None => Err("Gatehouse keeps no secret of this app, so it cannot sign in as the app.".to_owned()),
            Some(secret) => {
                let signed_in =
                    session.apps.sign_in(&session.tenant, app_id, secret, &app_id_of(resource)).await;
                signed_in.map(|token| token.roles).map_err(|error| no_token(&error))
            }
        };
        let of_resource = found
            .values_mut()
            .filter(|one| one.key.resource == resource && one.key.kind == PermissionKind::Application);
        for one in of_resource {
            one.in_token = match &roles {
                Ok(roles) => Truth::from_seen(roles.contains(&one.value)),
                Err(why) => Truth::Unknown(why.clone()),
            };
        }
    }
}

fn no_token(error: &AppTokenError) -> String {
    match error {
        AppTokenError::NotKnown { .. } => "Microsoft does not know the secret that Gatehouse keeps.",
        AppTokenError::Blocked => "A rule of the organisation blocks the app.",
        AppTokenError::Network(_) => "The sign-in service could not be reached.",
        AppTokenError::Refused { .. } => "The app could not sign in.",
    }
    .to_owned()
}

async fn kept_secret(
    session: &Session,
    app_id: &AppId,
    registration: &ActualRegistration,
) -> Option<SecretString> {
    let now = session.surroundings.now();
    let credentials = registration.application.as_ref()?.password_credentials.iter();
    for credential in credentials.filter(|one| one.end_date_time.is_some_and(|end| end > now)) {
        let (tenant, app, key) = (session.tenant.clone(), app_id.clone(), credential.key_id.clone());
        if let Ok(Some(value)) = session.vault.get(&SecretAddress { tenant, app, key }).await {
            return Some(value);
        }
    }
    None
}

/// What the signed-in person could not grant, and who could.
async fn who_could_grant(session: &Session, missing: &[PermissionKey]) -> Vec<Problem> {
    if missing.is_empty() {
        return Vec::new();
    }
    let mine = session.graph.send(roles::mine()).await.map(|page| page.value);
    let authority = Authority::new(mine.as_deref().ok(), None);
    let mut needed: BTreeSet<Vec<Role>> = BTreeSet::new();
    for key in missing.iter().filter(|key| !authority.may_grant(key.resource, key.kind)) {
        needed.insert(match key.kind {
            PermissionKind::Application => plan::may_grant_app_role(key.resource).to_vec(),
            PermissionKind::Delegated => plan::MAY_GRANT_DELEGATED.to_vec(),
        });
    }
    let mut problems = Vec::new();
    for one_of in needed {
        let names: Vec<String> = one_of.iter().map(|role| role.name().to_owned()).collect();
        problems.push(Problem {
            why: format!("Granting this needs the role of {}.", names.join(" or ")),
            kind: ProblemKind::RoleMissing { roles: names },
            blocks: Blocks::Steps(Vec::new()),
            title: "Someone else has to grant a part".to_owned(),
            people: plan::people_with(&session.graph, &one_of).await,
        });
    }
    problems
}
