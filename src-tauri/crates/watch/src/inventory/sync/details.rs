//! What is looked up for all apps at once: what is granted, when they were used, who owns them.

use std::collections::{BTreeMap, HashMap, HashSet};

use graph::resources::PrincipalType;
use graph::{ApplicationId, Batch, GraphError, Page, Request, activity, inventory};
use jiff::{SignedDuration, Timestamp};

use super::Progress;
use super::collection::Reader;
use crate::inventory::SyncError;
use crate::inventory::compose::Activity;
use crate::inventory::look_at::{federated, owner, why_hidden};
use crate::inventory::store::{AppKey, Collection, Everywhere};
use crate::{Credential, Granted, Owner};

/// Details younger than this are not looked up again.
const FRESH: SignedDuration = SignedDuration::from_hours(6);

/// Organisations with more registrations than this have owners and federated credentials looked up one app at a time.
const SMALL: usize = 500;

/// APIs whose application permissions matter most: Microsoft Graph, Exchange, SharePoint, the retired directory API,
/// the management API.
const APIS: [&str; 5] = [
    "00000003-0000-0000-c000-000000000000",
    "00000002-0000-0ff1-ce00-000000000000",
    "00000003-0000-0ff1-ce00-000000000000",
    "00000002-0000-0000-c000-000000000000",
    "c5393580-f805-4401-95e8-94b7a6ef2fc2",
];

impl Reader<'_> {
    /// Looks details up where they are old; says whether it did. What cannot be had does not fail the scan.
    pub(super) async fn details(&self) -> Result<bool, SyncError> {
        let now = self.graph.now();
        let state = self.keep(|store| store.collection(Collection::Grants)).await?;
        let fresh = state.read_at.is_some_and(|at| {
            let age = now.duration_since(at);
            // A time in the future: the clock was set back.
            !age.is_negative() && age < FRESH
        });
        if fresh {
            return Ok(false);
        }
        self.observer.progress(&Progress::Details { read: self.known().await });
        let keys = self.keep(crate::inventory::Store::keys).await?;
        self.activity(now).await?;
        self.owners(&keys, now).await?;
        // Last: by its age the next scan tells whether all this is due.
        self.grants(&keys, now).await?;
        Ok(true)
    }

    /// All objects, with patience for each page.
    async fn all<T>(&self, request: Request<Page<T>>) -> Result<Vec<T>, GraphError> {
        let mut all = Vec::new();
        let mut page = self.patiently(|| self.graph.send(request.clone())).await?;
        loop {
            all.append(&mut page.value);
            let Some(link) = page.next else { return Ok(all) };
            page = self.patiently(|| self.graph.follow(&request, &link)).await?;
            if page.next.as_ref() == Some(&link) {
                return Err(GraphError::EndlessList);
            }
        }
    }

    async fn grants(&self, keys: &[AppKey], now: Timestamp) -> Result<(), SyncError> {
        let granted = match self.all_grants(keys).await {
            Ok(granted) => granted,
            Err(error) => return self.looked(Collection::Grants, now, error).await,
        };
        let clients: HashMap<&str, &str> = keys
            .iter()
            .filter_map(|key| Some((key.enterprise_app.as_deref()?, key.app_id.as_str())))
            .collect();
        let by_app: HashMap<String, String> = granted
            .iter()
            .filter_map(|(client, grants)| {
                Some(((*clients.get(client.as_str())?).to_owned(), serde_json::to_string(grants).ok()?))
            })
            .collect();
        self.keep(move |store| {
            store.keep_everywhere(Everywhere::Grants, |app_id, _| by_app.get(app_id).cloned())?;
            store.set_looked(Collection::Grants, now, None)
        })
        .await
    }

    /// What is granted, by object id of the enterprise app that holds it.
    async fn all_grants(&self, keys: &[AppKey]) -> Result<BTreeMap<String, Vec<Granted>>, GraphError> {
        let apis = self.all(inventory::apis(&APIS)).await?;
        let mut resources: HashMap<String, String> =
            keys.iter().filter_map(|key| Some((key.enterprise_app.clone()?, key.app_id.clone()))).collect();
        resources.extend(apis.iter().map(|api| (api.id.to_string(), api.app_id.to_string())));
        let mut granted: BTreeMap<String, Vec<Granted>> = BTreeMap::new();
        for grant in self.all(inventory::delegated_for_everybody()).await? {
            let resource_object = grant.resource_id.to_string();
            for scope in grant.scope.as_deref().unwrap_or_default().split_whitespace() {
                granted.entry(grant.client_id.to_string()).or_default().push(Granted {
                    resource: resources.get(&resource_object).cloned(),
                    resource_object: resource_object.clone(),
                    permission: scope.to_owned(),
                    application: false,
                    everybody: true,
                    since: None,
                });
            }
        }
        for api in apis {
            let holders = inventory::holders_of(&api.id);
            for held in self.all(holders).await? {
                // People and groups hold roles of some APIs too.
                if held.principal_type.as_ref().is_none_or(|kind| *kind == PrincipalType::ServicePrincipal) {
                    granted.entry(held.principal_id.to_string()).or_default().push(Granted {
                        resource_object: api.id.to_string(),
                        resource: Some(api.app_id.to_string()),
                        permission: held.app_role_id.to_string(),
                        application: true,
                        everybody: true,
                        since: held.created_date_time,
                    });
                }
            }
        }
        Ok(granted)
    }

    async fn activity(&self, now: Timestamp) -> Result<(), SyncError> {
        let mut by_app: HashMap<String, Activity> = HashMap::new();
        match self.all(activity::of_apps()).await {
            Ok(apps) => {
                for app in apps {
                    by_app.entry(app.app_id.to_string()).or_default().last = app.latest();
                }
                self.keep(move |store| store.set_looked(Collection::Activity, now, None)).await?;
            }
            Err(error) => self.looked(Collection::Activity, now, error).await?,
        }
        match self.all(activity::of_credentials()).await {
            Ok(credentials) => {
                for one in credentials {
                    let at = one.sign_in_activity.and_then(|activity| activity.last_sign_in_date_time);
                    if let Some(at) = at {
                        let keys = &mut by_app.entry(one.app_id.to_string()).or_default().keys;
                        keys.insert(one.key_id.to_string(), at);
                    }
                }
                self.keep(move |store| store.set_looked(Collection::KeyActivity, now, None)).await?;
            }
            Err(error) => self.looked(Collection::KeyActivity, now, error).await?,
        }
        let by_app: HashMap<String, String> = by_app
            .into_iter()
            .filter_map(|(app_id, activity)| Some((app_id, serde_json::to_string(&activity).ok()?)))
            .collect();
        self.keep(move |store| {
            store.keep_everywhere(Everywhere::Activity, |app_id, _| by_app.get(app_id).cloned())
        })
        .await
    }

    async fn owners(&self, keys: &[AppKey], now: Timestamp) -> Result<(), SyncError> {
        let registrations: Vec<(&str, ApplicationId)> = keys
            .iter()
            .filter_map(|key| {
                Some((key.app_id.as_str(), ApplicationId::new(key.registration.as_deref()?).ok()?))
            })
            .collect();
        if registrations.len() > SMALL {
            return self.owners_of_many(keys, now).await;
        }
        let (mut owners, mut federations) = (HashMap::new(), HashMap::new());
        for some in registrations.chunks(50) {
            let mut batch = Batch::new();
            let slots: Vec<_> = some
                .iter()
                .map(|(app_id, id)| {
                    let owners = batch.add(inventory::owners(id));
                    (*app_id, owners, batch.add(inventory::federated_credentials(id)))
                })
                .collect();
            let answers = self.graph.batch(batch).await;
            for (app_id, owned, trusted) in slots {
                if let Ok(page) = answers.take(owned) {
                    let list: Vec<Owner> = page.value.into_iter().map(owner).collect();
                    owners.insert(app_id.to_owned(), serde_json::to_string(&list).ok());
                }
                if let Ok(page) = answers.take(trusted) {
                    let list: Vec<Credential> = page.value.into_iter().map(federated).collect();
                    federations.insert(app_id.to_owned(), serde_json::to_string(&list).ok());
                }
            }
        }
        self.keep(move |store| {
            let kept = |new: &HashMap<String, Option<String>>, app_id: &str, old: Option<&str>| {
                new.get(app_id).cloned().flatten().or_else(|| old.map(str::to_owned))
            };
            store.keep_everywhere(Everywhere::Owners, |app_id, old| kept(&owners, app_id, old))?;
            store.keep_everywhere(Everywhere::Federated, |app_id, old| kept(&federations, app_id, old))
        })
        .await
    }

    /// Where there are too many to ask for each: which have none.
    async fn owners_of_many(&self, keys: &[AppKey], now: Timestamp) -> Result<(), SyncError> {
        const NOBODY: &str = "[]";
        let unowned: HashSet<String> = match self.all(inventory::without_owner()).await {
            Ok(list) => list.into_iter().map(|object| object.id.to_string()).collect(),
            Err(error) => return self.looked(Collection::Owners, now, error).await,
        };
        let unowned: HashSet<String> = keys
            .iter()
            .filter(|key| key.registration.as_ref().is_some_and(|id| unowned.contains(id)))
            .map(|key| key.app_id.clone())
            .collect();
        self.keep(move |store| {
            store.keep_everywhere(Everywhere::Owners, |app_id, old| {
                if unowned.contains(app_id) {
                    return Some(NOBODY.to_owned());
                }
                old.filter(|old| *old != NOBODY).map(str::to_owned)
            })
        })
        .await
    }

    /// Something could not be looked up: writes down why, unless that may be over soon or somebody stopped it.
    async fn looked(&self, of: Collection, now: Timestamp, error: GraphError) -> Result<(), SyncError> {
        if matches!(error, GraphError::Cancelled { .. }) {
            return Err(SyncError::Cancelled);
        }
        let hidden = why_hidden(&error);
        tracing::info!(collection = of.name(), ?hidden, "could not be looked up");
        self.keep(move |store| store.set_looked(of, now, Some(hidden))).await
    }
}
