//! Verify, then say done: everything is read back and compared with what was planned.

use blueprint::PermissionKind;
use graph::resources::{AppRoleAssignment, Application, OAuth2PermissionGrant};
use graph::{Batch, GraphError, applications, grants};
use jiff::Timestamp;

use super::events::Hold;
use super::run::{Course, Running};
use super::secret::named;
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{
    PlannedRegistration, Step, StepKind, Subject, app_id_of, connector_tag, is_for, parse_unique_name,
    role_id,
};
use crate::{Note, Problem, ProblemKind, StepKey};

/// One registration as read back.
struct Seen {
    application: Result<Application, GraphError>,
    app_roles: Result<Vec<AppRoleAssignment>, GraphError>,
    delegated: Result<Vec<OAuth2PermissionGrant>, GraphError>,
}

/// What a look came to.
enum Look {
    AsPlanned,
    /// These differ: old state, or somebody's doing.
    Differs(Vec<String>),
}

impl Running {
    /// Reading back and signing in as the apps, at the same time.
    pub(super) async fn verify(&self, course: &mut Course) -> Result<(), Stop> {
        let reading: Vec<&Step> = self
            .due(course, |kind| matches!(kind, StepKind::ReadBack))
            .into_iter()
            .map(|(step, _)| step)
            .collect();
        let signing = self.due(course, |kind| matches!(kind, StepKind::SignInAsApp));
        let (read, signed_in) = tokio::join!(self.read_back(&reading), self.sign_in_as_apps(signing));
        let mut stop = None;
        let (failures, remarks) = read;
        course.remarks.extend(remarks);
        for (step, failure) in failures {
            if let Err(first) = self.failed(course, step, failure, true).await {
                stop.get_or_insert(first);
            }
        }
        for (step, result) in signed_in {
            match result {
                Ok(signed_in) => signed_in.into_course(course),
                Err(failure) => {
                    if let Err(first) = self.failed(course, step, failure, true).await {
                        stop.get_or_insert(first);
                    }
                }
            }
        }
        stop.map_or(Ok(()), Err)
    }

    async fn read_back<'a>(&self, steps: &[&'a Step]) -> (Vec<(&'a Step, Stop)>, Vec<Problem>) {
        let since: Vec<Timestamp> = steps.iter().map(|step| self.started(&step.id)).collect();
        let mut open: Vec<&Step> = steps.to_vec();
        let mut failures = Vec::new();
        let mut remarks = Vec::new();
        let mut attempt = 0;
        while !open.is_empty() {
            let (looks, others) = self.look(&open).await;
            if attempt == 0 {
                remarks = others;
            }
            let mut again: Vec<(&Step, Vec<String>)> = Vec::new();
            for (step, look) in open.iter().zip(looks) {
                match look {
                    Ok(Look::AsPlanned) => {
                        if let Err(stop) = self.finish_look(step, &since, steps).await {
                            failures.push((*step, stop));
                        }
                    }
                    Ok(Look::Differs(what)) => again.push((step, what)),
                    Err(stop) => failures.push((*step, stop)),
                }
            }
            open.clear();
            for (step, what) in again {
                match self.wait_or_drift(step, what, attempt).await {
                    Ok(()) => open.push(step),
                    Err(stop) => failures.push((step, stop)),
                }
            }
            attempt += 1;
        }
        (failures, remarks)
    }

    async fn finish_look(&self, step: &Step, since: &[Timestamp], steps: &[&Step]) -> Result<(), Stop> {
        self.verified(&step.id, Note::Plain).await?;
        let begun = steps.iter().position(|one| one.id == step.id).map_or_else(|| self.now(), |at| since[at]);
        self.done(&step.id, begun);
        Ok(())
    }

    /// What differs may be an old state: it is read again, never "fixed" (row 9). Only what stays different is drift.
    async fn wait_or_drift(&self, step: &Step, what: Vec<String>, attempt: u32) -> Result<(), Stop> {
        if let Some(drift) = self.deletion(&step.registration).await {
            return Err(drift);
        }
        let newest = self.newest_change(&step.registration);
        let fresh = newest.is_some_and(|at| self.now().duration_since(at) < LONGEST_WAIT);
        if !fresh {
            return Err(Stop::Drift { what });
        }
        self.hold(&step.id, Hold::Spreading, self.backoff(attempt)).await
    }

    /// When this run last changed something about a registration.
    pub(super) fn newest_change(&self, registration: &str) -> Option<Timestamp> {
        let facts = self.facts();
        let steps = self.plan.steps.iter().filter(|step| step.registration == registration);
        steps.filter_map(|step| facts.last_intent(&step.id)).max()
    }

    async fn look(&self, steps: &[&Step]) -> (Vec<Result<Look, Stop>>, Vec<Problem>) {
        let mut batch = Batch::new();
        let mut slots = Vec::new();
        for step in steps {
            let known = self.facts().registrations.get(&step.registration).cloned().unwrap_or_default();
            // A change of the registration alone asks nothing of an enterprise app, which there may not be.
            let alone = !self.plan.steps.iter().any(|one| {
                one.registration == step.registration && matches!(one.kind, StepKind::EnsureServicePrincipal)
            });
            // What a new credential may do is seen in its token.
            let principal = known.principal.filter(|_| !self.plan.subject.is_rotation());
            let application = known.application;
            let slot = application.filter(|_| alone || principal.is_some()).map(|(id, _)| {
                let held = principal.map(|principal| {
                    (batch.add(grants::app_roles_of(&principal)), batch.add(grants::delegated_of(&principal)))
                });
                (batch.add(self.read_for(&step.registration, &id)), held)
            });
            slots.push(slot);
        }
        let tagged = match &self.plan.subject {
            Subject::SetUp { connector, .. } => {
                Some(batch.add(applications::tagged(&connector_tag(connector))))
            }
            _ => None,
        };
        let call = self.call(steps.iter().map(|step| step.id.clone()).collect(), None);
        let answers = self.worker.session.graph.with_call(call).batch(batch).await;
        let mut looks = Vec::new();
        for (step, slot) in steps.iter().zip(slots) {
            let Some((application, held)) = slot else {
                looks.push(Err(Stop::StillSpreading));
                continue;
            };
            let (app_roles, delegated) = match held {
                Some((roles, delegated)) => (
                    answers.take(roles).map(|page| page.value),
                    answers.take(delegated).map(|page| page.value),
                ),
                None => (Ok(Vec::new()), Ok(Vec::new())),
            };
            let seen = Seen { application: answers.take(application), app_roles, delegated };
            looks.push(self.compare(step, seen).await);
        }
        // Not being able to look for others is no failure of this run.
        let others = tagged.and_then(|slot| answers.take(slot).ok()).map(|page| self.also_made(&page.value));
        (looks, others.unwrap_or_default())
    }

    async fn compare(&self, step: &Step, seen: Seen) -> Result<Look, Stop> {
        let Some(planned) = self.plan.registration(&step.registration) else { return Ok(Look::AsPlanned) };
        let application = match seen.application {
            Ok(application) => application,
            Err(GraphError::NotFound(_)) => {
                return Ok(Look::Differs(vec![format!("“{}” is not there.", planned.display_name)]));
            }
            Err(error) => return Err(error.into()),
        };
        self.sweep(step, &application).await?;
        let mut differs = Vec::new();
        self.compare_application(planned, &application, &mut differs);
        self.compare_credentials(planned, &application, &mut differs).await?;
        let app_roles = none_if_not_found(seen.app_roles)?;
        let delegated = none_if_not_found(seen.delegated)?;
        if !self.plan.subject.is_rotation() {
            self.compare_grants(planned, &app_roles, &delegated, &mut differs);
        }
        Ok(if differs.is_empty() { Look::AsPlanned } else { Look::Differs(differs) })
    }

    fn compare_application(
        &self,
        planned: &PlannedRegistration,
        is: &Application,
        differs: &mut Vec<String>,
    ) {
        let name = &planned.display_name;
        for wanted in planned.wanted.required_resource_access.iter().flatten() {
            let has =
                is.required_resource_access.iter().find(|one| one.resource_app_id == wanted.resource_app_id);
            let missing = wanted
                .resource_access
                .iter()
                .any(|access| !has.is_some_and(|has| has.resource_access.contains(access)));
            if missing {
                differs.push(format!("“{name}” does not request every permission."));
            }
        }
        if planned.wanted.sign_in_audience.is_some() && planned.wanted.sign_in_audience != is.sign_in_audience
        {
            differs.push(format!("“{name}” admits other accounts than planned."));
        }
        self.compare_addresses(planned, is, differs);
        let secret = self.facts().registrations.get(&planned.key).and_then(|one| one.secret().cloned());
        if let Some(secret) = secret {
            let found = named(is, &secret.name);
            if found.is_none_or(|found| found.key_id != secret.key_id) {
                differs.push(format!("The new secret of “{name}” is not there."));
            }
        }
    }

    /// Return addresses byte for byte; and, where a step set whole lists, nothing beside what it set.
    fn compare_addresses(&self, planned: &PlannedRegistration, is: &Application, differs: &mut Vec<String>) {
        let (wanted, name) = (&planned.wanted, &planned.display_name);
        let step = self.plan.step(&format!("app:{}", planned.key)).map(|step| &step.kind);
        let exact = matches!(step, Some(StepKind::ChangeRegistration { .. }));
        let pairs = [
            (
                wanted.web.as_ref().map(|one| &one.redirect_uris),
                is.web.as_ref().map(|one| &one.redirect_uris),
            ),
            (
                wanted.spa.as_ref().map(|one| &one.redirect_uris),
                is.spa.as_ref().map(|one| &one.redirect_uris),
            ),
            (
                wanted.public_client.as_ref().map(|one| &one.redirect_uris),
                is.public_client.as_ref().map(|one| &one.redirect_uris),
            ),
        ];
        for (wanted, is) in pairs.into_iter().filter_map(|(wanted, is)| Some((wanted?, is))) {
            let is = is.map(Vec::as_slice).unwrap_or_default();
            for uri in wanted.iter().filter(|uri| !is.contains(uri)) {
                differs.push(format!("“{name}” does not return to {uri}, letter by letter."));
            }
            for uri in is.iter().filter(|uri| exact && !wanted.contains(uri)) {
                differs.push(format!("“{name}” still returns to {uri}."));
            }
        }
        if let (Some(StepKind::MergePermissions { .. }), Some(access)) =
            (step, &wanted.required_resource_access)
        {
            let count = |all: &[graph::resources::RequiredResourceAccess]| {
                all.iter().map(|one| one.resource_access.len()).sum::<usize>()
            };
            if count(access) != count(&is.required_resource_access) {
                differs.push(format!("“{name}” asks for other permissions than planned."));
            }
        }
    }

    fn compare_grants(
        &self,
        planned: &PlannedRegistration,
        app_roles: &[AppRoleAssignment],
        delegated: &[OAuth2PermissionGrant],
        differs: &mut Vec<String>,
    ) {
        for permission in &planned.permissions {
            if !self.is_expected(planned, permission) {
                if self.is_wide(planned, permission, app_roles) {
                    differs.push(format!(
                        "“{}” is granted to “{}” for every mailbox, beside its limit.",
                        permission.value, planned.display_name
                    ));
                }
                continue;
            }
            let resource = self.facts().resources.get(&app_id_of(permission.key.resource)).cloned();
            let held = resource.is_some_and(|resource| match (permission.key.kind, &permission.consent) {
                (PermissionKind::Application, _) => {
                    let role = role_id(permission.key.id);
                    app_roles.iter().any(|one| one.resource_id == resource && one.app_role_id == role)
                }
                (PermissionKind::Delegated, Some(whom)) => delegated.iter().any(|one| {
                    one.resource_id == resource
                        && is_for(one, whom)
                        && one.scopes().any(|scope| scope.eq_ignore_ascii_case(&permission.value))
                }),
                (PermissionKind::Delegated, None) => true,
            });
            if !held {
                differs.push(format!("“{}” is not granted to “{}”.", permission.value, planned.display_name));
            }
        }
    }

    /// The union trap: granted in Entra, a permission that Exchange limits holds on every mailbox.
    fn is_wide(
        &self,
        planned: &PlannedRegistration,
        permission: &crate::PlannedPermission,
        app_roles: &[AppRoleAssignment],
    ) -> bool {
        let limited = permission.exchange_role.is_some() && self.limit_is_done(planned);
        let resource = self.facts().resources.get(&app_id_of(permission.key.resource)).cloned();
        limited
            && app_roles.iter().any(|one| {
                one.app_role_id == role_id(permission.key.id)
                    && resource.as_ref().is_none_or(|resource| one.resource_id == *resource)
            })
    }

    /// Whether the limit is not left to somebody else: then the grants beside it stay until that person has set it.
    fn limit_is_done(&self, planned: &PlannedRegistration) -> bool {
        let own = self.plan.steps.iter().filter(|step| step.registration == planned.key);
        !own.into_iter()
            .any(|step| matches!(step.kind, StepKind::LimitMailboxes(_)) && step.not_by_you.is_some())
    }

    /// Whether a permission must be granted by now: it was before, or a step of this run has done it.
    pub(super) fn is_expected(
        &self,
        planned: &PlannedRegistration,
        permission: &crate::PlannedPermission,
    ) -> bool {
        if permission.exchange_role.is_some() {
            return false;
        }
        if permission.granted {
            return true;
        }
        let resource = app_id_of(permission.key.resource);
        self.plan.steps.iter().filter(|step| step.registration == planned.key && step.is_due()).any(|step| {
            let facts = self.facts();
            match (&step.kind, &permission.consent) {
                (StepKind::GrantAppRoles { resource: of, .. }, _)
                    if permission.key.kind == PermissionKind::Application =>
                {
                    let role = role_id(permission.key.id);
                    *of == resource && facts.is_answered(&StepKey::item(&step.id, role.as_str()))
                }
                (StepKind::GrantDelegated(grant), Some(whom)) => {
                    let (same, name) =
                        (grant.resource == resource && grant.consent == *whom, &permission.value);
                    same && grant.scopes.contains(name) && facts.is_answered(&StepKey::of(&step.id))
                }
                _ => false,
            }
        })
    }

    /// What of our secrets came to light late and has no stored value goes now: the rule of `secret.rs` at rest.
    async fn sweep(&self, step: &Step, application: &Application) -> Result<(), Stop> {
        let key = StepKey::of(format!("secret:{}", step.registration));
        for unsettled in self.unsettled(&step.registration) {
            if let Some(found) = named(application, &unsettled.marker) {
                let (id, app_id) = (application.id.clone(), application.app_id.clone());
                self.settle_found(&key, &step.registration, &id, &app_id, &unsettled, found).await?;
            }
        }
        Ok(())
    }

    /// Others who made the same at the same time (row 31).
    fn also_made(&self, tagged: &[Application]) -> Vec<Problem> {
        let Subject::SetUp { connector, .. } = &self.plan.subject else { return Vec::new() };
        let facts = self.facts();
        let ours = |app: &Application| {
            facts
                .registrations
                .values()
                .any(|one| one.application.as_ref().is_some_and(|(id, _)| *id == app.id))
        };
        let known = |app: &Application| self.plan.seen.contains(&app.id);
        let mut remarks = Vec::new();
        for planned in &self.plan.registrations {
            for other in tagged.iter().filter(|app| !ours(app) && !known(app)) {
                let Some(run) = other
                    .unique_name
                    .as_deref()
                    .and_then(|name| parse_unique_name(name, connector, &planned.key))
                else {
                    continue;
                };
                remarks.push(Problem::to_know(
                    ProblemKind::AlsoMade { app_id: other.app_id.to_string(), run: Some(run.to_string()) },
                    "Somebody else made the same",
                    format!(
                        "While this run was going on, another one made an app registration for “{}” too. Keep one of the \
                         two and undo the other.",
                        planned.title
                    ),
                ));
            }
        }
        remarks
    }
}

/// An enterprise app that a replica has not heard of holds nothing there yet.
fn none_if_not_found<T>(result: Result<Vec<T>, GraphError>) -> Result<Vec<T>, Stop> {
    match result {
        Err(GraphError::NotFound(_)) => Ok(Vec::new()),
        other => Ok(other?),
    }
}
