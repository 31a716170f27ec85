//! Looking at the organisation: few calls, each look-up with its own result.

use std::collections::BTreeMap;

use graph::resources::{Application, OAuth2PermissionGrant, ServicePrincipal};
use graph::{
    AppId, Batch, GraphClient, GraphError, Page, Request, applications, deleted, directory, grants, policies,
    roles, service_principals,
};
use uuid::Uuid;

use super::actual::{Actual, ActualRegistration, app_id_of};
use super::authority::Role;
use super::problem::PersonWithRole;

/// What to look for.
pub(super) struct Wanted<'a> {
    pub(super) resources: Vec<Uuid>,
    pub(super) tag: Option<&'a str>,
    pub(super) names: Vec<&'a str>,
}

/// One round trip for everything that a plan compares with, where nothing of ours is there yet.
pub(super) async fn look(client: &GraphClient, wanted: &Wanted<'_>) -> Result<Actual, GraphError> {
    let mut batch = Batch::new();
    let organisation = batch.add(directory::organization());
    let mine = batch.add(roles::mine());
    let credential_policy = batch.add(policies::default_app_management());
    let authorization = batch.add(policies::authorization());
    let offers: Vec<_> = wanted
        .resources
        .iter()
        .map(|resource| (*resource, batch.add(service_principals::offer(&app_id_of(*resource)))))
        .collect();
    let tagged = wanted.tag.map(|tag| batch.add(applications::tagged(tag)));
    let named = (!wanted.names.is_empty()).then(|| batch.add(applications::named(&wanted.names)));
    let bin = wanted.tag.map(|_| batch.add(deleted::applications()));
    let answers = client.batch(batch).await;

    let organisation = answers.take(organisation)?.value.into_iter().next().ok_or(GraphError::Incomplete)?;
    let mut resources = BTreeMap::new();
    for (resource, slot) in offers {
        resources.insert(resource, found(answers.take(slot))?);
    }
    let list = |slot: Option<graph::Slot<Page<Application>>>| {
        slot.map_or(Ok(Vec::new()), |slot| answers.take(slot).map(|page| page.value))
    };
    Ok(Actual {
        organisation,
        roles: answers.take(mine).map(|page| page.value),
        credential_policy: answers.take(credential_policy),
        authorization: answers.take(authorization),
        resources,
        tagged: list(tagged),
        same_name: list(named),
        deleted: bin.map_or(Ok(Vec::new()), |slot| answers.take(slot).map(|page| page.value)),
    })
}

/// "Not found" is an answer; anything else is not.
fn found<T>(result: Result<T, GraphError>) -> Result<Option<T>, GraphError> {
    match result {
        Ok(one) => Ok(Some(one)),
        Err(GraphError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What hangs on these registrations: two round trips, however many they are.
pub(crate) async fn details(
    client: &GraphClient,
    applications_found: Vec<Application>,
) -> Result<Vec<ActualRegistration>, GraphError> {
    let mut batch = Batch::new();
    let slots: Vec<_> = applications_found
        .iter()
        .map(|app| {
            (batch.add(service_principals::by_app_id(&app.app_id)), batch.add(applications::owners(&app.id)))
        })
        .collect();
    let answers = client.batch(batch).await;
    let mut found_so_far = Vec::new();
    for (application, (principal, owners)) in applications_found.into_iter().zip(slots) {
        let principal = found(answers.take(principal))?;
        let owners = answers.take(owners).map(|page| page.value);
        found_so_far.push((Some(application), principal, owners));
    }
    with_grants(client, found_so_far).await
}

type Found = (
    Option<Application>,
    Option<ServicePrincipal>,
    Result<Vec<graph::resources::DirectoryObject>, GraphError>,
);

async fn with_grants(client: &GraphClient, all: Vec<Found>) -> Result<Vec<ActualRegistration>, GraphError> {
    let mut batch = Batch::new();
    let slots: Vec<_> = all
        .iter()
        .map(|(_, principal, _)| {
            principal.as_ref().map(|one| {
                (batch.add(grants::app_roles_of(&one.id)), batch.add(grants::delegated_of(&one.id)))
            })
        })
        .collect();
    let answers = if batch.is_empty() { None } else { Some(client.batch(batch).await) };
    let mut registrations = Vec::new();
    for ((application, service_principal, owners), slots) in all.into_iter().zip(slots) {
        let (app_roles, delegated) = match (slots, &answers) {
            (Some((roles, delegated)), Some(answers)) => (
                answers.take(roles).map(|page| page.value),
                answers.take(delegated).map(|page: Page<OAuth2PermissionGrant>| page.value),
            ),
            _ => (Ok(Vec::new()), Ok(Vec::new())),
        };
        registrations.push(ActualRegistration {
            application,
            service_principal,
            app_roles,
            delegated,
            owners,
        });
    }
    Ok(registrations)
}

/// A registration by client id, wherever it was registered; `None` when the organisation knows nothing of it.
pub(crate) async fn by_app_id(
    client: &GraphClient,
    app_id: &AppId,
) -> Result<Option<ActualRegistration>, GraphError> {
    let mut batch = Batch::new();
    let application = batch.add(applications::by_app_id(app_id));
    let principal = batch.add(service_principals::by_app_id(app_id));
    let answers = client.batch(batch).await;
    let (application, principal) = (found(answers.take(application))?, found(answers.take(principal))?);
    if application.is_none() && principal.is_none() {
        return Ok(None);
    }
    let owners = match &application {
        Some(app) => client.send(applications::owners(&app.id)).await.map(|page| page.value),
        None => Ok(Vec::new()),
    };
    Ok(with_grants(client, vec![(application, principal, owners)]).await?.pop())
}

/// What these APIs offer.
pub(crate) async fn offers(
    client: &GraphClient,
    resources: &[Uuid],
) -> Result<BTreeMap<Uuid, Option<ServicePrincipal>>, GraphError> {
    let mut batch = Batch::new();
    let slots: Vec<_> =
        resources.iter().map(|one| (*one, batch.add(service_principals::offer(&app_id_of(*one))))).collect();
    if slots.is_empty() {
        return Ok(BTreeMap::new());
    }
    let answers = client.batch(batch).await;
    slots.into_iter().map(|(resource, slot)| Ok((resource, found(answers.take(slot))?))).collect()
}

/// People who hold one of these roles for the whole organisation. What cannot be looked up is left out: names help, and
/// the role's name stands without them.
pub(crate) async fn people_with(client: &GraphClient, one_of: &[Role]) -> Vec<PersonWithRole> {
    let mut batch = Batch::new();
    let slots: Vec<_> = one_of.iter().map(|role| (*role, batch.add(with_names(*role)))).collect();
    let answers = client.batch(batch).await;
    let mut people = Vec::new();
    for (role, slot) in slots {
        let Ok(page) = answers.take(slot) else { continue };
        for assignment in
            page.value.into_iter().filter(graph::resources::RoleAssignment::is_organisation_wide)
        {
            let Some(holder) = assignment.principal else { continue };
            let person = PersonWithRole {
                name: holder.display_name.unwrap_or_else(|| holder.id.to_string()),
                address: holder.mail.or(holder.user_principal_name),
                role: role.name().to_owned(),
            };
            if !people
                .iter()
                .any(|other: &PersonWithRole| other.address == person.address && other.name == person.name)
            {
                people.push(person);
            }
        }
    }
    people
}

fn with_names(role: Role) -> Request<Page<graph::resources::RoleAssignment>> {
    roles::assignments_of(&role.template_id())
}
