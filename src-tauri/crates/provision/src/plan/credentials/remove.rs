//! Planning to remove credentials, of one app or of hundreds.

use std::collections::BTreeMap;

use graph::resources::{Application, DirectoryObject, FederatedIdentityCredential};
use graph::{
    AppId, ApplicationId, Batch, GraphClient, GraphError, KeyId, applications, certificates, inventory,
};

use super::problem::{last_one, not_there, still_works};
use super::{HeldCredential, Trust, words};
use crate::plan::actual::ActualRegistration;
use crate::plan::authority::MAY_CHANGE_APPS;
use crate::plan::changes::nothing;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::reads;
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, words as general};

/// Names a credential of an app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CredentialOf {
    /// Client id.
    pub app_id: String,
    /// Microsoft's id of the credential.
    pub key_id: KeyId,
}

/// An app with what is to be removed from it.
struct Wanted {
    app_id: AppId,
    keys: Vec<KeyId>,
    app: Option<Application>,
    /// Outside services that it trusts: read only where a credential is neither a secret nor a certificate.
    trusts: Vec<FederatedIdentityCredential>,
    owners: Vec<DirectoryObject>,
}

impl Wanted {
    fn is_missing_some(&self) -> bool {
        let Some(app) = &self.app else { return false };
        self.keys.iter().any(|key| HeldCredential::find(app, key).is_none())
    }

    fn trust(&self, key: &KeyId) -> Option<(&FederatedIdentityCredential, Trust)> {
        let there = self.trusts.iter().find(|one| one.id.as_str().eq_ignore_ascii_case(key.as_str()))?;
        Some((there, Trust::of(there)?))
    }
}

impl Planner<'_> {
    /// Plans to remove these credentials. Each is a step with an outcome of its own: that one cannot be removed keeps none of
    /// the others. One read for each app, twenty to a round trip; a second one only for those with certificates to remove.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn remove_credentials(&self, credentials: &[CredentialOf]) -> Result<Plan, PlanError> {
        let mut wanted = by_app(credentials)?;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let now = comparison.now;
        read(&self.session.graph, &mut wanted, |_| true, certificates::secrets_by_app_id).await?;
        let needs_more = |one: &Wanted| {
            one.app.as_ref().is_some_and(|app| {
                one.keys
                    .iter()
                    .any(|key| HeldCredential::find(app, key).is_none_or(|held| held.works_at(now)))
            })
        };
        read(&self.session.graph, &mut wanted, needs_more, certificates::all_by_app_id).await?;
        read_trusts(&self.session.graph, &mut wanted).await?;
        if !comparison.authority.holds(MAY_CHANGE_APPS) {
            read_owners(&self.session.graph, &mut wanted).await;
        }
        for one in &wanted {
            comparison.removals(one);
        }
        comparison.note_limits();
        let title = match (wanted.as_slice(), credentials.len()) {
            ([one], 1) => format!("Remove a credential of {}", name_of(one)),
            ([one], count) => format!("Remove {count} credentials of {}", name_of(one)),
            (apps, count) => format!("Remove {count} credentials of {} apps", apps.len()),
        };
        let app_ids = wanted.iter().map(|one| one.app_id.to_string()).collect();
        let subject = Subject::RemoveCredentials { app_ids };
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }
}

/// By app, in the order in which they were named, each credential once.
fn by_app(credentials: &[CredentialOf]) -> Result<Vec<Wanted>, PlanError> {
    let mut places: BTreeMap<AppId, usize> = BTreeMap::new();
    let mut all: Vec<Wanted> = Vec::new();
    for one in credentials {
        let app_id = parse(&one.app_id)?;
        let place = *places.entry(app_id.clone()).or_insert_with(|| {
            all.push(Wanted { app_id, keys: Vec::new(), app: None, trusts: Vec::new(), owners: Vec::new() });
            all.len() - 1
        });
        if !all[place].keys.contains(&one.key_id) {
            all[place].keys.push(one.key_id.clone());
        }
    }
    Ok(all)
}

async fn read(
    client: &GraphClient,
    wanted: &mut [Wanted],
    which: impl Fn(&Wanted) -> bool,
    request: fn(&AppId) -> graph::Request<Application>,
) -> Result<(), PlanError> {
    let mut batch = Batch::new();
    let slots: Vec<_> =
        wanted.iter().map(|one| which(one).then(|| batch.add(request(&one.app_id)))).collect();
    if batch.is_empty() {
        return Ok(());
    }
    let answers = client.batch(batch).await;
    for (one, slot) in wanted.iter_mut().zip(slots) {
        let Some(slot) = slot else { continue };
        one.app = match answers.take(slot) {
            Ok(app) => Some(app),
            Err(GraphError::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        };
    }
    Ok(())
}

async fn read_trusts(client: &GraphClient, wanted: &mut [Wanted]) -> Result<(), PlanError> {
    let mut batch = Batch::new();
    let id = |one: &Wanted| one.app.as_ref().filter(|_| one.is_missing_some()).map(|app| app.id.clone());
    let slots: Vec<_> = wanted
        .iter()
        .map(|one| id(one).map(|id: ApplicationId| batch.add(inventory::federated_credentials(&id))))
        .collect();
    if batch.is_empty() {
        return Ok(());
    }
    let answers = client.batch(batch).await;
    for (one, slot) in wanted.iter_mut().zip(slots) {
        let Some(slot) = slot else { continue };
        one.trusts = match answers.take(slot) {
            Ok(page) => page.value,
            Err(GraphError::NotFound(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
    }
    Ok(())
}

/// An owner may change the own app without any role. What cannot be looked up counts as not owned.
async fn read_owners(client: &GraphClient, wanted: &mut [Wanted]) {
    let mut batch = Batch::new();
    let id = |one: &Wanted| one.app.as_ref().map(|app| app.id.clone());
    let slots: Vec<_> = wanted
        .iter()
        .map(|one| id(one).map(|id: ApplicationId| batch.add(applications::owners(&id))))
        .collect();
    if batch.is_empty() {
        return;
    }
    let answers = client.batch(batch).await;
    for (one, slot) in wanted.iter_mut().zip(slots) {
        let page = slot.and_then(|slot| answers.take(slot).ok());
        one.owners = page.map(|page| page.value).unwrap_or_default();
    }
}

fn name_of(one: &Wanted) -> String {
    let name = one.app.as_ref().and_then(|app| app.display_name.clone());
    name.unwrap_or_else(|| one.app_id.to_string())
}

impl Comparison<'_> {
    fn removals(&mut self, wanted: &Wanted) {
        let name = name_of(wanted);
        let Some(app) = &wanted.app else {
            let kind = ProblemKind::NotLookedUp { what: name, code: None };
            let why = format!(
                "The organisation has no app with the client id {}. It may have been deleted.",
                wanted.app_id
            );
            self.problems.push(Problem::to_know(kind, "An app is not there any more", why));
            return;
        };
        let existing = ActualRegistration {
            application: None,
            service_principal: None,
            app_roles: Ok(Vec::new()),
            delegated: Ok(Vec::new()),
            owners: Ok(wanted.owners.clone()),
        };
        self.registered(&wanted.app_id, &existing, app, graph::resources::ApplicationPatch::default());
        let goes = |held: &HeldCredential| wanted.keys.contains(&held.key_id);
        let working: Vec<_> =
            HeldCredential::all(app).into_iter().filter(|held| held.works_at(self.now)).collect();
        for key in &wanted.keys {
            if let Some((there, trust)) = wanted.trust(key) {
                self.end_of_trust(&name, there, trust);
                self.by_owner_or_admin(&existing);
                continue;
            }
            let held = HeldCredential::find(app, key);
            match &held {
                None => self.problems.push(not_there(&name, key)),
                Some(held) if held.works_at(self.now) => self.problems.push(still_works(&name, held)),
                Some(_) => {}
            }
            self.removal(&name, key, held, None);
            self.by_owner_or_admin(&existing);
        }
        if working.iter().any(goes) && working.iter().all(goes) {
            self.problems.push(last_one(&name));
        }
        self.push("read", StepKind::ReadBack, general::read_back(), false);
    }

    /// Adds the step that removes one credential. `keep` must be there when it goes.
    pub(super) fn removal(
        &mut self,
        app: &str,
        key: &KeyId,
        held: Option<HeldCredential>,
        keep: Option<KeyId>,
    ) {
        let owner = self.registrations.last().map(|one| one.key.clone()).unwrap_or_default();
        let id = format!("remove:{owner}:{key}");
        let already = held.is_none();
        let words = match &held {
            Some(held) => words::remove(app, held, held.can_come_back(self.now)),
            None => words::gone(app),
        };
        let held = held.unwrap_or_else(|| HeldCredential {
            key_id: key.clone(),
            sort: super::CredentialSort::Secret,
            name: key.to_string(),
            ends: None,
            certificate: None,
        });
        let kind = StepKind::RemoveCredential { held: Box::new(held), keep };
        self.push_as(id, kind, words, already);
    }

    /// Many apps at once are read back slowly, and that is said before somebody waits.
    fn note_limits(&mut self) {
        const MANY: usize = 150;
        let certificates = self.steps.iter().filter(
            |step| matches!(&step.kind, StepKind::RemoveCredential { held, .. } if held.certificate.is_some()),
        );
        if certificates.count() > MANY {
            let what = "Microsoft lets certificates of 150 apps be read in a minute. With so many, this takes some minutes.";
            let kind = ProblemKind::Consequence { what: what.to_owned() };
            self.problems.push(Problem::to_know(kind, "This takes some minutes", what));
        }
    }
}
