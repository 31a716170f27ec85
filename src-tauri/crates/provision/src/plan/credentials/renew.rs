//! Planning a new credential beside the old ones.

use blueprint::{PermissionKind, Setup};
use graph::resources::{AppManagementPolicy, Application};
use graph::{KeyId, policies};
use jiff::Timestamp;

use super::problem::{day, not_there, problem};
use super::{
    CredentialProblem, CredentialSort, HeldCredential, NewCredential, PlannedCertificate, new, words,
};
use crate::RunId;
use crate::plan::actual::{Actual, ActualRegistration};
use crate::plan::authority::MAY_CHANGE_APPS;
use crate::plan::compare::Comparison;
use crate::plan::desired::{PlannedPermission, PlannedProof, marker_for};
use crate::plan::planner::{PlanError, Planner, parse, proofs, requested_resources};
use crate::plan::problem::{Problem, ProblemKind};
use crate::plan::reads::{self, Wanted};
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, words as general};

/// The set-up that an app belongs to: its features are tried with the new credential.
#[derive(Debug, Clone, Copy)]
pub struct RenewedFor<'a> {
    /// The set-up.
    pub setup: &'a Setup,
    /// The connector's key of the registration.
    pub registration: &'a str,
}

impl Planner<'_> {
    /// Plans a new credential for an app, beside those that are there: `replaces` names the ones whose place it takes, which
    /// stay and work until [`finish_rotation`](Self::finish_rotation).
    ///
    /// The new one lives as long as was asked, or as long as the organisation allows where that is less; what the
    /// organisation forbids is said before anything is asked of Microsoft.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn renew_credential(
        &self,
        app_id: &str,
        replaces: &[KeyId],
        wanted: &NewCredential,
        belongs_to: Option<RenewedFor<'_>>,
    ) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one(&app_id).await?;
        let own_policy = self.session.graph.send(policies::app_management_of(&app.id)).await;
        let own_policy = own_policy.ok().and_then(|page| page.value.into_iter().find(|one| one.is_enabled));
        let actual = self.look_at_resources(&existing).await?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let name = app.display_name.clone().unwrap_or_else(|| app_id.to_string());
        let old: Vec<_> = replaces.iter().map(|key| HeldCredential::find(&app, key).ok_or(key)).collect();
        comparison
            .problems
            .extend(old.iter().filter_map(|one| one.as_ref().err()).map(|key| not_there(&name, key)));
        let stem = old.iter().flatten().next().map_or(name.as_str(), HeldCredential::short_name).to_owned();

        comparison.registered(&app_id, &existing, &app, graph::resources::ApplicationPatch::default());
        let permissions = comparison.expected(&app, &existing);
        if let Some(planned) = comparison.registrations.last_mut() {
            planned.permissions = permissions;
        }
        let policy = own_policy.as_ref().or(actual.credential_policy.as_ref().ok());
        let new_one = New { app: &app, app_name: &name, stem: &stem, policy };
        let sort = comparison.new_credential(&new_one, wanted);
        comparison.by_owner_or_admin(&existing);
        comparison.push("read", StepKind::ReadBack, general::read_back(), false);
        let mut tried = Vec::new();
        if matches!(wanted, NewCredential::UploadedCertificate(_)) {
            comparison.problems.push(cannot_try(&name, sort));
        } else if can_sign_in(&existing) {
            comparison.push("token", StepKind::SignInAsApp, words::sign_in(sort), false);
            comparison.waits_for_the_rest();
            tried = belongs_to.map(|one| proofs_of(&one, app_id.as_str(), &name)).unwrap_or_default();
            if comparison.has_permissions() && !tried.is_empty() {
                comparison.push("prove", StepKind::Prove, general::prove(), false);
                comparison.waits_for_the_rest();
            } else {
                tried.clear();
            }
        } else {
            comparison.problems.push(cannot_sign_in(&name));
        }
        let replaces = old.into_iter().flatten().map(|one| one.key_id).collect();
        let subject = Subject::RenewCredential { app_id: app_id.to_string(), replaces };
        let title = format!("Renew the {} of {name}", sort.word());
        Ok(self.finish(comparison, subject, title, &actual, tried).await)
    }

    /// The organisation, with the APIs that an app asks permissions of.
    pub(super) async fn look_at_resources(&self, existing: &ActualRegistration) -> Result<Actual, PlanError> {
        let mut resources = requested_resources(existing);
        resources.sort_unstable();
        resources.dedup();
        let actual =
            reads::look(&self.session.graph, &Wanted { resources, tag: None, names: Vec::new() }).await?;
        self.check_organisation(&actual)?;
        Ok(actual)
    }
}

/// What is known about the credential to make.
struct New<'a> {
    app: &'a Application,
    app_name: &'a str,
    stem: &'a str,
    policy: Option<&'a AppManagementPolicy>,
}

impl Comparison<'_> {
    /// Adds the step that makes it, and what the organisation says about it.
    fn new_credential(&mut self, new_one: &New<'_>, wanted: &NewCredential) -> CredentialSort {
        let (app, stem) = (new_one.app_name, new_one.stem);
        let created = new_one.app.created_date_time.unwrap_or(self.now);
        let rules = new_one.policy.map(|policy| policy.certificate_rules(created)).unwrap_or_default();
        match wanted {
            NewCredential::Secret { months } => {
                let rules = new_one.policy.map(|policy| policy.password_rules(created)).unwrap_or_default();
                if rules.forbidden {
                    self.problems.push(secrets_forbidden(app));
                }
                let life = new::life(stem, *months, self.now, rules.longest);
                if let (Some(limit), true) = (rules.longest, life.limited) {
                    self.problems.push(limited("secrets", &life, limit));
                }
                if let Some(planned) = self.registrations.last_mut() {
                    planned.secret = Some(life.planned);
                }
                self.push("secret", StepKind::AddSecret, words::new_secret(app, stem), false);
                CredentialSort::Secret
            }
            NewCredential::MadeCertificate { months } => {
                if rules.trusted_only {
                    self.problems.push(authority_needed(app).blocking());
                }
                let life = new::life(stem, *months, self.now, rules.longest);
                if let (Some(limit), true) = (rules.longest, life.limited) {
                    self.problems.push(limited("certificates", &life, limit));
                }
                self.certificate(stem, life.planned.expires, life.planned.lifetime, None);
                let words = words::made_certificate(app, stem);
                self.push("certificate", StepKind::AddCertificate, words, false);
                CredentialSort::Certificate
            }
            NewCredential::UploadedCertificate(public) => {
                if rules.trusted_only {
                    self.problems.push(authority_needed(app));
                }
                let lives = public.ends().duration_since(public.starts());
                if let Some(limit) = rules.longest.filter(|limit| lives > *limit) {
                    self.problems.push(lives_too_long(limit.as_hours() / 24).blocking());
                }
                let text = public.base64();
                if new_one.app.key_credentials.iter().any(|one| one.key.as_deref() == Some(text.as_str())) {
                    self.problems.push(already_there(app).blocking());
                }
                let name = if public.subject().is_empty() { stem } else { public.subject() };
                self.certificate(name, public.ends(), public.ends().duration_since(self.now), Some(text));
                let words = words::uploaded_certificate(app, name);
                self.push("certificate", StepKind::AddCertificate, words, false);
                CredentialSort::Certificate
            }
        }
    }

    fn certificate(
        &mut self,
        stem: &str,
        expires: Timestamp,
        lifetime: jiff::SignedDuration,
        uploaded: Option<String>,
    ) {
        let (key_id, name) = (key_id_of(&self.run), marker_for(stem, &self.run, 1));
        if let Some(planned) = self.registrations.last_mut() {
            planned.certificate =
                Some(Box::new(PlannedCertificate { key_id, name, expires, lifetime, uploaded }));
        }
    }

    /// The application permissions that the app has: what a token with the new credential must carry.
    pub(super) fn expected(
        &self,
        app: &Application,
        existing: &ActualRegistration,
    ) -> Vec<PlannedPermission> {
        let mut all = self.requested(app, existing);
        all.retain(|one| one.granted && one.key.kind == PermissionKind::Application);
        all
    }

    fn has_permissions(&self) -> bool {
        self.registrations.last().is_some_and(|one| !one.permissions.is_empty())
    }

    /// The step that came last can be done once somebody else has done the one that this person may not do.
    pub(super) fn waits_for_the_rest(&mut self) {
        let people =
            self.steps.iter().find_map(|step| step.not_by_you.as_ref().map(|one| one.people.clone()));
        if let (Some(people), Some(step)) = (people, self.steps.last_mut()) {
            let why = format!(
                "This can be tried once someone with the role of {} did it.",
                MAY_CHANGE_APPS[0].name()
            );
            step.not_by_you = Some(crate::NotByYou { why, people });
        }
    }
}

/// The id of a run's certificate: the run's own random bits, as a GUID.
fn key_id_of(run: &RunId) -> KeyId {
    let hex = run.as_str();
    let text = format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
    KeyId::new(text).unwrap_or_else(|_| KeyId::placeholder("the new certificate"))
}

/// Whether an app can sign in by itself in this organisation.
pub(super) fn can_sign_in(existing: &ActualRegistration) -> bool {
    existing.service_principal.as_ref().is_some_and(|one| one.account_enabled != Some(false))
}

/// A set-up's proofs, for the registration under its client id.
fn proofs_of(belongs_to: &RenewedFor<'_>, app_id: &str, name: &str) -> Vec<PlannedProof> {
    let mut all = proofs(belongs_to.setup);
    all.retain(|one| one.registration == belongs_to.registration);
    for proof in &mut all {
        app_id.clone_into(&mut proof.registration);
        name.clone_into(&mut proof.group);
    }
    all
}

fn secrets_forbidden(app: &str) -> Problem {
    let why = format!(
        "A rule of the organisation forbids new client secrets on “{app}”. Take a certificate instead: Gatehouse makes one for you. Where \
         the product runs in a service that Microsoft can trust, a federated credential does without anything that ends."
    );
    Problem::to_know(ProblemKind::SecretsForbidden, "Client secrets are not allowed here", why).blocking()
}

fn limited(what: &str, life: &new::Life, limit: jiff::SignedDuration) -> Problem {
    let kind = ProblemKind::LifetimeLimited {
        asked_until: life.asked_until,
        allowed_until: life.planned.expires,
        limit,
    };
    let why = format!(
        "A rule of the organisation lets {what} live for at most {} days. The new one ends on {}, and Gatehouse warns before that.",
        limit.as_hours() / 24,
        day(life.planned.expires)
    );
    Problem::to_know(kind, "It will live less long", why)
}

fn authority_needed(app: &str) -> Problem {
    let why = format!(
        "A rule of the organisation takes only certificates of certain authorities for “{app}”. Have one made by the people who run that \
         authority, and add its public part here."
    );
    problem(app, CredentialProblem::AuthorityNeeded, "The certificate has to come from an authority", why)
}

fn lives_too_long(days: i64) -> Problem {
    let why = format!(
        "A rule of the organisation lets certificates live for at most {days} days, and this one lives longer. Have one made that ends sooner."
    );
    problem("", CredentialProblem::LivesTooLong { days }, "This certificate lives too long", why)
}

fn already_there(app: &str) -> Problem {
    let why = format!("“{app}” has this certificate already. There is nothing to add.");
    problem(app, CredentialProblem::AlreadyThere, "This certificate is there already", why)
}

pub(super) fn cannot_try(app: &str, sort: CredentialSort) -> Problem {
    let sort_word = sort.word();
    let why = format!(
        "Gatehouse does not have the key of this {sort_word}, so it cannot sign in to “{app}” with it. Try the product itself, and keep the \
         old one until that works."
    );
    problem(app, CredentialProblem::CannotTry { sort }, "Gatehouse cannot try this one", why)
}

fn cannot_sign_in(app: &str) -> Problem {
    let why = format!(
        "“{app}” has no enterprise app here, or nobody may sign in to it. The new one is made, and cannot be tried until that changes."
    );
    problem(app, CredentialProblem::CannotSignIn, "This app cannot sign in", why)
}
