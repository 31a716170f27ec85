//! Planning who owns apps.

use graph::resources::{Application, ApplicationPatch, DirectoryObject};
use graph::{AppId, Batch, DirectoryObjectId, GraphClient, GraphError, UserRef, applications, directory};

use super::problem::problem;
use super::{CredentialProblem, words};
use crate::plan::actual::ActualRegistration;
use crate::plan::changes::nothing;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::reads;
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, words as general};

/// An app that gets an owner; none where the organisation has no registration of this client id.
struct Owned {
    app_id: AppId,
    app: Option<Application>,
    owners: Result<Vec<DirectoryObject>, GraphError>,
}

impl Planner<'_> {
    /// Plans to make somebody an owner of apps, so that they do not depend on one person. Each app is a step with an outcome of
    /// its own. Two round trips for each twenty apps.
    ///
    /// # Errors
    /// [`PlanError`]; [`GraphError::NotFound`] in it when there is no such person. [`PlanError::NoSuchApp`] when there is none
    /// of the apps; one that is missing among others is left out and said.
    pub async fn add_owner(&self, app_ids: &[String], person: &DirectoryObjectId) -> Result<Plan, PlanError> {
        let mut wanted: Vec<AppId> = Vec::new();
        for app_id in app_ids {
            let app_id = parse(app_id)?;
            if !wanted.contains(&app_id) {
                wanted.push(app_id);
            }
        }
        let apps = read(&self.session.graph, wanted).await?;
        if apps.iter().all(|one| one.app.is_none()) {
            let app_id = apps.first().map(|one| one.app_id.to_string()).unwrap_or_default();
            return Err(PlanError::NoSuchApp { app_id });
        }
        let who = UserRef::new(person.as_str()).map_err(|_| PlanError::NotAClientId)?;
        let found = self.session.graph.send(directory::user(&who)).await?;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let person_name = found.display_name.clone().unwrap_or_else(|| person.to_string());
        let kind = StepKind::AddOwner { person: person.clone(), graph: self.session.graph.base().clone() };
        for one in &apps {
            comparison.one_more_owner(one, &kind, person, &person_name);
        }
        let (subject, title) = match comparison.registrations.as_slice() {
            [only] => (
                Subject::AddOwner { app_id: only.key.clone(), person: person.to_string() },
                format!("Make {person_name} an owner of {}", only.display_name),
            ),
            many => (
                Subject::AddOwners {
                    app_ids: many.iter().map(|one| one.key.clone()).collect(),
                    person: person.to_string(),
                },
                format!("Make {person_name} an owner of {} apps", many.len()),
            ),
        };
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }
}

impl Comparison<'_> {
    fn one_more_owner(&mut self, one: &Owned, kind: &StepKind, person: &DirectoryObjectId, name: &str) {
        let Some(app) = &one.app else {
            let what = one.app_id.to_string();
            let why = format!(
                "The organisation has no app registration with the client id {what}. It may have been deleted, or be registered elsewhere."
            );
            let kind = ProblemKind::NotLookedUp { what, code: None };
            self.problems.push(Problem::to_know(kind, "An app has no registration here", why));
            return;
        };
        let existing = ActualRegistration {
            application: None,
            service_principal: None,
            app_roles: Ok(Vec::new()),
            delegated: Ok(Vec::new()),
            owners: one.owners.clone(),
        };
        let app_name = app.display_name.clone().unwrap_or_else(|| one.app_id.to_string());
        self.registered(&one.app_id, &existing, app, ApplicationPatch::default());
        if existing.is_owned_by(person.as_str()) {
            let why = format!("{name} owns “{app_name}” already. There is nothing to do.");
            let already = CredentialProblem::OwnerAlready;
            self.problems.push(problem(&app_name, already, "This person is an owner already", why));
            self.push("owner", kind.clone(), words::owner_already(&app_name, name), true);
        } else {
            self.push("owner", kind.clone(), words::owner(&app_name, name), false);
            self.by_owner_or_admin(&existing);
            self.push("read", StepKind::ReadBack, general::read_back(), false);
        }
    }
}

/// The registrations, then who owns them.
async fn read(client: &GraphClient, app_ids: Vec<AppId>) -> Result<Vec<Owned>, PlanError> {
    let mut batch = Batch::new();
    let slots: Vec<_> = app_ids.iter().map(|id| batch.add(applications::by_app_id(id))).collect();
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let answers = client.batch(batch).await;
    let mut all = Vec::new();
    let mut batch = Batch::new();
    let mut owners = Vec::new();
    for (app_id, slot) in app_ids.into_iter().zip(slots) {
        let app = match answers.take(slot) {
            Ok(app) => Some(app),
            Err(GraphError::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        };
        owners.push(app.as_ref().map(|app| batch.add(applications::owners(&app.id))));
        all.push(Owned { app_id, app, owners: Ok(Vec::new()) });
    }
    if batch.is_empty() {
        return Ok(all);
    }
    let answers = client.batch(batch).await;
    for (one, slot) in all.iter_mut().zip(owners) {
        if let Some(slot) = slot {
            one.owners = answers.take(slot).map(|page| page.value);
        }
    }
    Ok(all)
}
