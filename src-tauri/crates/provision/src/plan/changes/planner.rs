//! Making plans for one registration that is there.

use blueprint::PermissionKind;
use blueprint::manifest::{Difference, Entry};
use graph::resources::{Application, ApplicationPatch, SignInAudience};
use graph::{AppId, applications};

use super::audience;
use super::manifest::{self, FragmentUse};
use super::redirects::{self, RedirectChange, RedirectProblem};
use super::words;
use crate::RunId;
use crate::plan::actual::ActualRegistration;
use crate::plan::authority::MAY_CHANGE_APPS;
use crate::plan::compare::Comparison;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::reads::{self, Wanted};
use crate::plan::step::{AuthorizeAs, StepKind};
use crate::plan::{KnownApplication, Plan, PlannedRegistration, Subject, fields_of, words as general};

/// The address on this computer that a sign-in returns to. Microsoft ignores the port.
pub(super) const LOOPBACK: &str = "http://localhost";

impl Planner<'_> {
    /// Plans other accounts or other return addresses for a registration, in place.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn change_registration(
        &self,
        app_id: &str,
        wanted_audience: Option<SignInAudience>,
        redirects: &[RedirectChange],
    ) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let others = if redirects.iter().any(|one| !one.remove) {
            let tagged = self.session.graph.send(applications::tagged("gatehouse")).await;
            tagged.map(|page| page.value).unwrap_or_default()
        } else {
            Vec::new()
        };
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let mut patch = ApplicationPatch::default();
        let mut what = Vec::new();
        if let Some(wanted) = wanted_audience.filter(|wanted| app.sign_in_audience.as_ref() != Some(wanted)) {
            for consequence in audience::consequences(&app, &wanted) {
                let kind = ProblemKind::Consequence { what: consequence.to_owned() };
                comparison.problems.push(Problem::to_know(kind, "What follows from this", consequence));
            }
            what.push(format!("for {}", audience::whom(&wanted)));
            patch.sign_in_audience = Some(wanted);
        }
        for change in redirects {
            comparison.redirect_problem(&app, change, &others);
        }
        redirects::apply(&app, redirects, &mut patch);
        what.extend(redirects.iter().map(|one| {
            let verb = if one.remove { "no longer returns to" } else { "returns to" };
            format!("{verb} {}", one.uri)
        }));
        let name = name_of(&app);
        comparison.registered(&app_id, &existing, &app, patch.clone());
        match changes(&app, &patch) {
            Some((changes, before)) => {
                let kind = StepKind::ChangeRegistration { changes, before };
                comparison.push("app", kind, words::change(&name, &what), false);
                comparison.by_owner_or_admin(&existing);
                comparison.push("read", StepKind::ReadBack, general::read_back(), false);
            }
            None => {
                let kind = StepKind::EnsureApplication { changes: None, before: None };
                comparison.push("app", kind, words::keep(&name), true);
            }
        }
        let subject = Subject::ChangeRegistration { app_id: app_id.to_string() };
        Ok(self.finish(comparison, subject, format!("Change {name}"), &actual, Vec::new()).await)
    }

    /// Plans to take a manifest fragment's permissions onto a registration. Nothing is granted by it.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn merge_permissions(
        &self,
        app_id: &str,
        fragment: &[Entry],
        how: FragmentUse,
    ) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let difference = Difference::between(fragment, &manifest::requested(&app));
        let gone = if how == FragmentUse::Replace { difference.only_there.as_slice() } else { &[] };
        let mut patch = ApplicationPatch::default();
        if !difference.new.is_empty() || !gone.is_empty() {
            patch.required_resource_access = Some(manifest::wanted(&app, fragment, &difference, how));
        }
        let count =
            patch.required_resource_access.iter().flatten().map(|one| one.resource_access.len()).sum();
        comparison.limit_of_permissions(count, patch.required_resource_access.iter().flatten().count());
        for entry in &difference.new {
            if let Some(retired) = entry.retired() {
                let what = format!("“{}”: {}", entry.name(), retired.why);
                let kind = ProblemKind::Consequence { what: what.clone() };
                comparison.problems.push(Problem::to_know(kind, "Microsoft has retired a permission", what));
            }
        }
        let name = name_of(&app);
        comparison.registered(&app_id, &existing, &app, patch.clone());
        match changes(&app, &patch) {
            Some((changes, before)) => {
                let names = |entries: &[Entry]| entries.iter().map(Entry::name).collect::<Vec<_>>();
                let kind = StepKind::MergePermissions {
                    changes,
                    before,
                    added: names(&difference.new),
                    removed: names(gone),
                };
                comparison.push("app", kind, words::merge(&name, difference.new.len(), gone.len()), false);
                comparison.by_owner_or_admin(&existing);
                comparison.push("read", StepKind::ReadBack, general::read_back(), false);
            }
            None => {
                let kind = StepKind::EnsureApplication { changes: None, before: None };
                comparison.push("app", kind, words::keep(&name), true);
            }
        }
        let subject = Subject::MergePermissions { app_id: app_id.to_string() };
        let title = format!("Change what {name} asks for");
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }

    /// Plans to get a token of a registration for its product's form, with its own secret from the vault.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn authorize(&self, app_id: &str, how: AuthorizeAs) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let actual = reads::look(&self.session.graph, &nothing()).await?;
        self.check_organisation(&actual)?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let name = name_of(&app);
        let kept_secret = comparison.kept_secret(&app, &*self.session.vault).await;
        comparison.registered(&app_id, &existing, &app, ApplicationPatch::default());
        if let Some(one) = comparison.registrations.last_mut() {
            one.kept_secret.clone_from(&kept_secret);
        }
        if kept_secret.is_none() {
            let kind = ProblemKind::NotSupported { what: "Getting a token without the secret".to_owned() };
            let why = format!(
                "The secret of “{name}” is not kept on this computer, or ends within a day. Make a new secret first, then get the token."
            );
            comparison.problems.push(Problem::to_know(kind, "The secret is not here", why).blocking());
        }
        if how == AuthorizeAs::Person {
            let there =
                redirects::of(&app, blueprint::RedirectPlatform::Web).iter().any(|uri| uri == LOOPBACK);
            let kind = StepKind::AddLoopback { uri: LOOPBACK.to_owned() };
            comparison.push("loopback", kind, words::loopback(&name), there);
            if !there {
                comparison.by_owner_or_admin(&existing);
            }
        }
        let sentence = match how {
            AuthorizeAs::Person => words::sign_in(&name),
            AuthorizeAs::App => words::token(&name),
        };
        comparison.push("authorize", StepKind::Authorize { how }, sentence, false);
        let subject = Subject::Authorize { app_id: app_id.to_string() };
        Ok(self.finish(comparison, subject, format!("Get a token of {name}"), &actual, Vec::new()).await)
    }

    pub(in crate::plan) fn new_run(&self) -> RunId {
        RunId::from_random(self.session.surroundings.random_bits())
    }

    pub(in crate::plan) async fn one(
        &self,
        app_id: &AppId,
    ) -> Result<(ActualRegistration, Application), PlanError> {
        let missing = || PlanError::NoSuchApp { app_id: app_id.to_string() };
        let existing = reads::by_app_id(&self.session.graph, app_id).await?.ok_or_else(missing)?;
        let app = existing.application.clone().ok_or_else(missing)?;
        Ok((existing, app))
    }
}

pub(in crate::plan) fn nothing() -> Wanted<'static> {
    Wanted { resources: Vec::new(), tag: None, names: Vec::new() }
}

fn name_of(app: &Application) -> String {
    app.display_name.clone().unwrap_or_else(|| app.app_id.to_string())
}

/// The fields that change, as they will be and as they are; `None` when nothing does.
fn changes(app: &Application, patch: &ApplicationPatch) -> Option<(serde_json::Value, serde_json::Value)> {
    let changes = serde_json::to_value(patch).ok()?;
    let fields: Vec<String> = changes.as_object()?.keys().cloned().collect();
    (!fields.is_empty()).then(|| (changes, fields_of(app, &fields)))
}

/// Microsoft's limits for one registration.
const MOST_PERMISSIONS: usize = 400;
const MOST_APIS: usize = 50;

impl Comparison<'_> {
    pub(in crate::plan) fn registered(
        &mut self,
        app_id: &AppId,
        existing: &ActualRegistration,
        app: &Application,
        wanted: ApplicationPatch,
    ) {
        let name = name_of(app);
        let unique_name = app.unique_name.clone().and_then(|text| graph::UniqueName::new(text).ok());
        self.registrations.push(PlannedRegistration {
            key: app_id.to_string(),
            title: name.clone(),
            display_name: name,
            unique_name: unique_name.unwrap_or_else(|| graph::UniqueName::placeholder("none")),
            wanted,
            existing: Some(KnownApplication {
                id: app.id.clone(),
                app_id: app_id.clone(),
                service_principal: existing.service_principal.as_ref().map(|one| one.id.clone()),
                made_by: None,
            }),
            permissions: Vec::new(),
            secret: None,
            kept_secret: None,
            certificate: None,
            kept_certificate: None,
            certificates_seen: app.key_credentials.iter().filter_map(|one| one.key_id.clone()).collect(),
        });
    }

    pub(in crate::plan) fn by_owner_or_admin(&mut self, existing: &ActualRegistration) {
        if !self.authority.may_change_app(existing.is_owned_by(&self.account.id)) {
            self.not_by_you(MAY_CHANGE_APPS, "Changing this app registration");
        }
    }

    fn redirect_problem(&mut self, app: &Application, change: &RedirectChange, others: &[Application]) {
        if let Some((problem, blocks)) = redirects::problem(app, change) {
            self.note_redirect(problem, &change.uri, blocks);
        }
        let has = |other: &&Application| other.id != app.id && redirects::all_of(other).contains(&change.uri);
        if !change.remove && others.iter().any(|other| has(&other)) {
            self.note_redirect(RedirectProblem::SharedWithAnother, &change.uri, false);
        }
    }

    pub(in crate::plan) fn note_redirect(&mut self, problem: RedirectProblem, uri: &str, blocks: bool) {
        let (title, why) = problem.words(uri);
        let kind = ProblemKind::Redirect { uri: uri.to_owned(), problem };
        let problem = Problem::to_know(kind, title, why);
        self.problems.push(if blocks { problem.blocking() } else { problem });
    }

    fn limit_of_permissions(&mut self, permissions: usize, apis: usize) {
        if permissions <= MOST_PERMISSIONS && apis <= MOST_APIS {
            return;
        }
        let kind = ProblemKind::NotSupported { what: "More permissions than an app can have".to_owned() };
        let why = format!(
            "Microsoft allows {MOST_PERMISSIONS} permissions of {MOST_APIS} APIs on one app, and this would be {permissions} of {apis}. Ask \
             the vendor which of them are needed."
        );
        self.problems.push(Problem::to_know(kind, "These are too many permissions", why).blocking());
    }
}

/// Whether a delegated permission is among those that a registration gets.
pub(crate) fn is_delegated(planned: &PlannedRegistration) -> bool {
    planned.permissions.iter().any(|one| one.key.kind == PermissionKind::Delegated)
        && !planned.permissions.iter().any(|one| one.key.kind == PermissionKind::Application)
}
