//! Who has let an app act for them: delegated grants, person by person, as Microsoft has them now.
//! <https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant>

use std::collections::{BTreeMap, BTreeSet};

use graph::resources::{ConsentType, OAuth2PermissionGrant, User};
use graph::{
    AppId, Batch, DirectoryObjectId, GraphClient, GraphError, ServicePrincipalId, applications, directory,
    grants, service_principals,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::PlanError;

/// Most people in one report. Reading stops when one more is found.
pub const MOST_PEOPLE: usize = 999;

/// Who has let an app act for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentReport {
    /// Client id.
    pub app_id: AppId,
    /// The app's name; its client id where it has none.
    pub display_name: String,
    /// What an admin allowed for everyone, API by API.
    pub everyone: Vec<ApiConsent>,
    /// Those who allowed something themselves, by name; at most [`MOST_PEOPLE`].
    pub people: Vec<PersonConsent>,
    /// There are more people than are listed.
    pub more: bool,
    /// When it was looked up.
    pub at: Timestamp,
}

/// One person's part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonConsent {
    /// Object id.
    pub id: DirectoryObjectId,
    /// Name; none when the account is gone.
    pub name: Option<String>,
    /// Name to sign in with; none when the account is gone.
    pub sign_in_name: Option<String>,
    /// Whether the person can sign in; none when nobody knows.
    pub enabled: Option<bool>,
    /// What the person allowed, API by API.
    pub consents: Vec<ApiConsent>,
}

/// What is allowed on one API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiConsent {
    /// The API's client id; none when the API is gone.
    pub resource: Option<Uuid>,
    /// The API's name; its object id where nobody knows it.
    pub resource_name: String,
    /// Microsoft's names of the permissions.
    pub scopes: Vec<String>,
}

/// Looks up who has let an app act for them. A few round trips, however many there are: reading stops at [`MOST_PEOPLE`].
///
/// # Errors
/// [`PlanError`].
pub async fn consent_report(
    client: &GraphClient,
    app_id: &str,
    now: Timestamp,
) -> Result<ConsentReport, PlanError> {
    let app = find(client, app_id).await?;
    let mut report = ConsentReport {
        app_id: app.app_id,
        display_name: app.name,
        everyone: Vec::new(),
        people: Vec::new(),
        more: false,
        at: now,
    };
    let Some(principal) = app.principal else { return Ok(report) };
    let everyone = client.send(grants::delegated_for_all(&principal)).await?.value;
    let (mut personal, more) = first_people(client, &principal).await?;
    report.more = more;
    let resources: BTreeSet<_> = everyone
        .iter()
        .chain(personal.iter().flat_map(|(_, all)| all))
        .map(|grant| grant.resource_id.clone())
        .collect();
    let apis = apis(client, resources).await?;
    report.everyone = everyone.iter().map(|grant| apis.consent(grant)).collect();
    let ids: Vec<_> = personal.iter().map(|(id, _)| id.clone()).collect();
    let mut known = accounts(client, &ids).await?;
    report.people = personal
        .drain(..)
        .map(|(id, all)| {
            let account = known.remove(id.as_str());
            let sign_in_name = account.as_ref().and_then(|user| user.user_principal_name.clone());
            PersonConsent {
                enabled: account.as_ref().and_then(|user| user.account_enabled),
                name: account.and_then(|user| user.display_name).or_else(|| sign_in_name.clone()),
                sign_in_name,
                consents: all.iter().map(|grant| apis.consent(grant)).collect(),
                id,
            }
        })
        .collect();
    // Accounts that are gone come last.
    report
        .people
        .sort_by_key(|one| (one.name.is_none(), one.name.clone().unwrap_or_default().to_lowercase()));
    Ok(report)
}

/// An app, wherever it was registered.
pub(crate) struct Found {
    pub(crate) app_id: AppId,
    pub(crate) name: String,
    /// Its enterprise app: without one, nobody can have allowed anything.
    pub(crate) principal: Option<ServicePrincipalId>,
}

pub(crate) async fn find(client: &GraphClient, app_id: &str) -> Result<Found, PlanError> {
    let app_id = AppId::parse_guid(app_id).map_err(|_| PlanError::NotAClientId)?;
    let mut batch = Batch::new();
    let application = batch.add(applications::by_app_id(&app_id));
    let principal = batch.add(service_principals::by_app_id(&app_id));
    let answers = client.batch(batch).await;
    let (application, principal) = (there(answers.take(application))?, there(answers.take(principal))?);
    if application.is_none() && principal.is_none() {
        return Err(PlanError::NoSuchApp { app_id: app_id.to_string() });
    }
    let name = principal.as_ref().and_then(|one| one.display_name.clone());
    let name = name.or_else(|| application.and_then(|one| one.display_name));
    Ok(Found {
        name: name.unwrap_or_else(|| app_id.to_string()),
        principal: principal.map(|one| one.id),
        app_id,
    })
}

/// "Not found" is an answer; anything else is not.
fn there<T>(result: Result<T, GraphError>) -> Result<Option<T>, GraphError> {
    match result {
        Ok(one) => Ok(Some(one)),
        Err(GraphError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

type Personal = Vec<(DirectoryObjectId, Vec<OAuth2PermissionGrant>)>;

/// The first people, each with all that was read of theirs, and whether there are more.
async fn first_people(
    client: &GraphClient,
    principal: &ServicePrincipalId,
) -> Result<(Personal, bool), GraphError> {
    let mut pages = client.pages(grants::delegated_to(principal));
    let mut people = Personal::new();
    let mut places: BTreeMap<DirectoryObjectId, usize> = BTreeMap::new();
    while let Some(page) = pages.next_page().await? {
        for grant in page.value {
            let Some(person) = person_of(&grant) else { continue };
            match places.get(&person) {
                Some(place) => people[*place].1.push(grant),
                None if people.len() == MOST_PEOPLE => return Ok((people, true)),
                None => {
                    places.insert(person.clone(), people.len());
                    people.push((person, vec![grant]));
                }
            }
        }
    }
    Ok((people, false))
}

/// Whose grant it is; none for one that holds for everyone.
pub(crate) fn person_of(grant: &OAuth2PermissionGrant) -> Option<DirectoryObjectId> {
    if grant.consent_type == ConsentType::AllPrincipals { None } else { grant.principal_id.clone() }
}

/// Those of these accounts that are there, by object id; fifteen to a request, twenty requests to a round trip.
pub(crate) async fn accounts(
    client: &GraphClient,
    ids: &[DirectoryObjectId],
) -> Result<BTreeMap<String, User>, GraphError> {
    let mut batch = Batch::new();
    let slots: Vec<_> =
        ids.chunks(directory::MANY_USERS).map(|some| batch.add(directory::users_by_id(some))).collect();
    let mut known = BTreeMap::new();
    if batch.is_empty() {
        return Ok(known);
    }
    let answers = client.batch(batch).await;
    for slot in slots {
        let found = answers.take(slot)?.value;
        known.extend(found.into_iter().map(|user| (user.id.to_string(), user)));
    }
    Ok(known)
}

/// APIs by the object id of their enterprise app.
struct Apis(BTreeMap<ServicePrincipalId, (Option<Uuid>, String)>);

async fn apis(client: &GraphClient, ids: BTreeSet<ServicePrincipalId>) -> Result<Apis, GraphError> {
    let mut batch = Batch::new();
    let slots: Vec<_> =
        ids.into_iter().map(|id| (id.clone(), batch.add(service_principals::get(&id)))).collect();
    if batch.is_empty() {
        return Ok(Apis(BTreeMap::new()));
    }
    let answers = client.batch(batch).await;
    let mut known = BTreeMap::new();
    for (id, slot) in slots {
        let Some(api) = there(answers.take(slot))? else { continue };
        let name = api.display_name.unwrap_or_else(|| api.app_id.to_string());
        known.insert(id, (api.app_id.as_str().parse().ok(), name));
    }
    Ok(Apis(known))
}

impl Apis {
    fn consent(&self, grant: &OAuth2PermissionGrant) -> ApiConsent {
        let (resource, resource_name) =
            self.0.get(&grant.resource_id).cloned().unwrap_or_else(|| (None, grant.resource_id.to_string()));
        ApiConsent { resource, resource_name, scopes: grant.scopes().map(str::to_owned).collect() }
    }
}
