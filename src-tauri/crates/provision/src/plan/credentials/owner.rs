//! Planning who owns an app.

use graph::resources::ApplicationPatch;
use graph::{DirectoryObjectId, UserRef, directory};

use super::problem::problem;
use super::{CredentialProblem, words};
use crate::plan::changes::nothing;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::reads;
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, words as general};

impl Planner<'_> {
    /// Plans to make somebody an owner of an app, so that it does not depend on one person.
    ///
    /// # Errors
    /// [`PlanError`]; [`GraphError::NotFound`](graph::GraphError::NotFound) in it when there is no such person.
    pub async fn add_owner(&self, app_id: &str, person: &DirectoryObjectId) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let who = UserRef::new(person.as_str()).map_err(|_| PlanError::NotAClientId)?;
        let found = self.session.graph.send(directory::user(&who)).await?;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let name = app.display_name.clone().unwrap_or_else(|| app_id.to_string());
        let person_name = found.display_name.clone().unwrap_or_else(|| person.to_string());
        comparison.registered(&app_id, &existing, &app, ApplicationPatch::default());
        let kind = StepKind::AddOwner { person: person.clone(), graph: self.session.graph.base().clone() };
        if existing.is_owned_by(person.as_str()) {
            let why = format!("{person_name} owns “{name}” already. There is nothing to do.");
            let kind_of = CredentialProblem::OwnerAlready;
            comparison.problems.push(problem(&name, kind_of, "This person is an owner already", why));
            comparison.push("owner", kind, words::owner_already(&name, &person_name), true);
        } else {
            comparison.push("owner", kind, words::owner(&name, &person_name), false);
            comparison.by_owner_or_admin(&existing);
            comparison.push("read", StepKind::ReadBack, general::read_back(), false);
        }
        let subject = Subject::AddOwner { app_id: app_id.to_string(), person: person.to_string() };
        let title = format!("Make {person_name} an owner of {name}");
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }
}
