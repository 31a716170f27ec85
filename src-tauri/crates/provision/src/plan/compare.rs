//! Wanted against actual: the steps of a plan, and what stands in the way.

use std::collections::{BTreeMap, BTreeSet};

use blueprint::{CredentialSpec, PermissionKind, RegistrationSpec};
use graph::resources::Application;
use graph::{AppId, GraphError, KeyId};
use jiff::Timestamp;

use super::actual::{Actual, ActualRegistration};
use super::authority::{self, Authority, Role};
use super::desired::{self, KnownApplication, PlannedProof, PlannedRegistration};
use super::mailboxes::Limit;
use super::planner::run_of;
use super::preview::{self, Preview};
use super::problem::{Blocks, PersonWithRole, Problem, ProblemKind};
use super::step::{NotByYou, Step, StepKind};
use super::words::{self, Words};
use super::{Plan, PlannedAccount, grants_of, is_delegated, lifetime, merge};
use crate::apply::{SecretAddress, SecretStore};
use crate::{JournalAccount, RunId};

/// One registration to compare.
pub(super) struct Goal<'a> {
    pub(super) connector: &'a str,
    pub(super) spec: &'a RegistrationSpec,
    pub(super) proofs: &'a [PlannedProof],
    pub(super) limit: Option<&'a Limit>,
}

/// A plan in the making.
pub(super) struct Comparison<'a> {
    pub(super) run: RunId,
    pub(super) account: JournalAccount,
    tenant: String,
    pub(super) now: Timestamp,
    pub(super) actual: &'a Actual,
    pub(super) authority: Authority,
    pub(super) registrations: Vec<PlannedRegistration>,
    pub(super) accounts: Vec<PlannedAccount>,
    pub(super) steps: Vec<Step>,
    pub(super) problems: Vec<Problem>,
    /// Roles that would be needed for what the person cannot do.
    needed: BTreeSet<Role>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(
        run: RunId,
        account: JournalAccount,
        tenant: String,
        now: Timestamp,
        actual: &'a Actual,
        authority: Authority,
    ) -> Self {
        Self {
            run,
            account,
            tenant,
            now,
            actual,
            authority,
            registrations: Vec::new(),
            accounts: Vec::new(),
            steps: Vec::new(),
            problems: Vec::new(),
            needed: BTreeSet::new(),
        }
    }

    /// Adds the steps of one registration of a connector.
    pub(super) async fn registration(
        &mut self,
        goal: &Goal<'_>,
        existing: Option<&ActualRegistration>,
        vault: &dyn SecretStore,
    ) {
        let spec = goal.spec;
        self.note_unsupported(spec);
        let mut permissions = self.resolve(spec, existing);
        Self::mark_limited(goal.limit, &mut permissions);
        let application = existing.and_then(|one| one.application.as_ref());
        let wanted = merge::wanted(spec, &permissions, application, goal.connector, &self.run);
        let kept_secret = match (spec.secret(), application) {
            (Some(_), Some(app)) => self.kept_secret(app, vault).await,
            _ => None,
        };
        let secret = match spec.secret() {
            Some(secret) if kept_secret.is_none() => Some(self.plan_secret(secret, application)),
            _ => None,
        };
        let unique_name = application
            .and_then(|app| graph::UniqueName::new(app.unique_name.clone()?).ok())
            .unwrap_or_else(|| desired::unique_name(goal.connector, &spec.key, &self.run));
        self.registrations.push(PlannedRegistration {
            key: spec.key.clone(),
            title: spec.title.clone(),
            display_name: application
                .and_then(|app| app.display_name.clone())
                .unwrap_or_else(|| spec.display_name.clone()),
            unique_name,
            wanted,
            existing: application.map(|app| KnownApplication {
                id: app.id.clone(),
                app_id: app.app_id.clone(),
                service_principal: existing
                    .and_then(|one| one.service_principal.as_ref())
                    .map(|sp| sp.id.clone()),
                made_by: run_of(app, goal.connector, &spec.key),
            }),
            permissions,
            secret,
            kept_secret,
            certificate: None,
            kept_certificate: None,
            certificates_seen: Vec::new(),
        });
        self.application_steps(existing);
        self.excess_step(spec, existing);
        if let Some(limit) = goal.limit {
            self.limit_steps(limit, existing);
        }
        self.grant_steps(existing);
        if let Some(limit) = goal.limit {
            self.migrate_step(limit.migrates.clone());
        }
        self.secret_step(existing);
        self.checking_steps(goal.proofs.iter().any(|proof| proof.registration == spec.key));
    }

    fn application_steps(&mut self, existing: Option<&ActualRegistration>) {
        let Some(registration) = self.registrations.last() else { return };
        let (name, wanted) = (registration.display_name.clone(), registration.wanted.clone());
        let application = existing.and_then(|one| one.application.as_ref());
        let allowed = match existing {
            None => self.authority.may_register(),
            Some(one) => self.authority.may_change_app(one.is_owned_by(&self.account.id)),
        };
        match application {
            None => {
                let kind = StepKind::EnsureApplication { changes: None, before: None };
                self.push("app", kind, words::create_application(&name), false);
                if !allowed {
                    self.refuse_registration();
                }
            }
            Some(application) => {
                let changes = serde_json::to_value(&wanted).unwrap_or_default();
                let fields: Vec<String> =
                    changes.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
                if fields.is_empty() {
                    let kind = StepKind::EnsureApplication { changes: None, before: None };
                    self.push("app", kind, words::keep_application(&name), true);
                } else {
                    let before = Some(merge::fields_of(application, &fields));
                    let kind = StepKind::EnsureApplication { changes: Some(changes), before };
                    self.push("app", kind, words::change_application(&name, &fields), false);
                    if !allowed {
                        self.not_by_you(authority::MAY_CHANGE_APPS, "Changing this app registration");
                    }
                }
            }
        }
        let has_principal = existing.is_some_and(|one| one.service_principal.is_some());
        self.push("sp", StepKind::EnsureServicePrincipal, words::service_principal(&name), has_principal);
        if !has_principal && !allowed {
            self.not_by_you(authority::MAY_CHANGE_APPS, "Creating the enterprise app");
        }
    }

    fn excess_step(&mut self, spec: &RegistrationSpec, existing: Option<&ActualRegistration>) {
        let Some(found) = existing.and_then(|one| grants_of::excess(spec, one, &self.actual.resources))
        else {
            return;
        };
        let words = words::remove_excess(&found.names);
        let allowed = spec
            .removes
            .iter()
            .all(|removal| self.authority.may_grant(removal.resource.app_id, removal.kind));
        let kind = StepKind::RemoveExcess { assignments: found.assignments, delegated: found.delegated };
        self.push("excess", kind, words, false);
        if !allowed {
            self.not_by_you(authority::MAY_GRANT_DELEGATED, "Taking these permissions away");
        }
    }

    pub(super) fn grant_steps(&mut self, existing: Option<&ActualRegistration>) {
        let Some(registration) = self.registrations.last() else { return };
        for grant in grants_of::wanted(registration, existing, &self.actual.resources) {
            if grant.lacks_resource && !self.steps.iter().any(|step| step.id == grant.resource_step()) {
                let kind = StepKind::EnsureResource { resource: grant.resource.clone() };
                self.push_as(grant.resource_step(), kind, words::resource(&grant.resource_name), false);
                if !self.authority.may_change_app(false) {
                    self.not_by_you(authority::MAY_CHANGE_APPS, "Making an API available");
                }
            }
            let (names, already) = (grant.names.clone(), grant.already);
            let words = match &grant.consent {
                None => words::grant_app_roles(&names, &grant.resource_name),
                Some(consent) => words::grant_delegated(&names, &grant.resource_name, consent),
            };
            let (id, kind) = grant.into_step();
            self.push_as(id, kind, words, already);
            if already {
                continue;
            }
            let (resource, permission_kind, roles) = match self.steps.last().map(|step| &step.kind) {
                Some(StepKind::GrantAppRoles { resource, .. }) => {
                    let resource = resource.as_str().parse().unwrap_or_default();
                    (resource, PermissionKind::Application, authority::may_grant_app_role(resource))
                }
                _ => (uuid::Uuid::nil(), PermissionKind::Delegated, authority::MAY_GRANT_DELEGATED),
            };
            if !self.authority.may_grant(resource, permission_kind) {
                self.not_by_you(roles, "Granting these permissions");
            }
        }
    }

    fn secret_step(&mut self, existing: Option<&ActualRegistration>) {
        let Some(registration) = self.registrations.last() else { return };
        let Some(secret) = &registration.secret else {
            if registration.kept_secret.is_some() {
                let words = words::secret(&registration.display_name);
                self.push("secret", StepKind::AddSecret, words, true);
            }
            return;
        };
        let words = words::secret(&secret.display_name);
        self.push("secret", StepKind::AddSecret, words, false);
        let owned = existing.is_none_or(|one| one.is_owned_by(&self.account.id));
        if !self.authority.may_change_app(owned) {
            self.not_by_you(authority::MAY_CHANGE_APPS, "Creating a client secret");
        }
    }

    /// Reading back, signing in as the app, trying the features. What waits for somebody else's grant is marked so.
    fn checking_steps(&mut self, has_proofs: bool) {
        self.push("read", StepKind::ReadBack, words::read_back(), false);
        let Some(registration) = self.registrations.last() else { return };
        let has_secret = registration.secret.is_some() || registration.kept_secret.is_some();
        let is_application =
            registration.permissions.iter().any(|one| one.key.kind == PermissionKind::Application);
        let is_delegated = is_delegated(registration);
        let key = registration.key.clone();
        let waits = self.steps.iter().find_map(|step| {
            let grants = matches!(step.kind, StepKind::GrantAppRoles { .. } | StepKind::LimitMailboxes(_));
            (step.registration == key && grants).then(|| step.not_by_you.clone()).flatten()
        });
        if has_secret && is_application {
            self.push("token", StepKind::SignInAsApp, words::sign_in_as_app(), false);
            if has_proofs {
                self.push("prove", StepKind::Prove, words::prove(), false);
                if let (Some(waits), Some(step)) = (waits, self.steps.last_mut()) {
                    let why = "This can be tried once the permissions are granted.".to_owned();
                    step.not_by_you = Some(NotByYou { why, people: waits.people });
                }
            }
        } else if is_delegated && has_proofs {
            self.push("prove", StepKind::Prove, words::prove_as_person(), false);
        }
    }

    /// Adds a step of its own group, which belongs to no registration.
    pub(super) fn push_in(
        &mut self,
        group: &(String, String),
        id: String,
        kind: StepKind,
        words: Words,
        already: bool,
    ) {
        self.push_step(group.clone(), id, kind, words, already);
    }

    /// A secret of ours on this registration whose value is in the vault and that lasts for another day.
    pub(super) async fn kept_secret(&self, app: &Application, vault: &dyn SecretStore) -> Option<KeyId> {
        let soon = self.now.checked_add(jiff::SignedDuration::from_hours(24)).unwrap_or(self.now);
        for credential in &app.password_credentials {
            let lasts = credential.end_date_time.is_some_and(|end| end > soon);
            let key = credential.key_id.clone();
            let address =
                SecretAddress { tenant: self.tenant.clone(), app: app.app_id.clone(), key: key.clone() };
            if lasts && vault.has(&address).await.unwrap_or(false) {
                return Some(key);
            }
        }
        None
    }

    fn plan_secret(
        &mut self,
        secret: &blueprint::SecretSpec,
        app: Option<&Application>,
    ) -> desired::PlannedSecret {
        let created = app.and_then(|app| app.created_date_time).unwrap_or(self.now);
        let rules =
            self.actual.credential_policy.as_ref().map(|p| p.password_rules(created)).unwrap_or_default();
        if rules.forbidden
            && !self.problems.iter().any(|problem| problem.kind == ProblemKind::SecretsForbidden)
        {
            let problem = Problem::to_know(
                ProblemKind::SecretsForbidden,
                "Client secrets are not allowed here",
                "A rule of the organisation forbids client secrets on app registrations. Ask for an exception for this \
                 app, or ask the vendor whether a certificate can be used instead.",
            );
            self.problems.push(problem.blocking());
        }
        let planned = lifetime::plan(secret, self.now, rules.longest);
        if let (Some(limit), true) = (rules.longest, planned.limited) {
            let kind = ProblemKind::LifetimeLimited {
                asked_until: planned.asked_until,
                allowed_until: planned.secret.expires,
                limit,
            };
            self.problems.push(Problem::to_know(
                kind,
                "The secret will live less long",
                format!(
                    "A rule of the organisation lets client secrets live for at most {} days. The secret is made for \
                     that long, and Gatehouse warns before it ends.",
                    limit.as_hours() / 24
                ),
            ));
        }
        planned.secret
    }

    fn note_unsupported(&mut self, spec: &RegistrationSpec) {
        let mut note = |what: &str, blocks: bool| {
            let problem = Problem::to_know(
                ProblemKind::NotSupported { what: what.to_owned() },
                "A part is not set up automatically",
                format!("{what} cannot be set up by Gatehouse yet."),
            );
            self.problems.push(if blocks { problem.blocking() } else { problem });
        };
        if matches!(spec.credential, CredentialSpec::Certificate(_)) {
            note("Signing in with a certificate", true);
        }
        if !spec.roles.is_empty() {
            note("A directory role for the app", false);
        }
        if !spec.exchange_roles.is_empty() {
            note("A role in Exchange", false);
        }
    }

    fn refuse_registration(&mut self) {
        let kind = if self.authority.names.is_empty() {
            ProblemKind::RegistrationDisabled
        } else {
            ProblemKind::RoleMissing { roles: role_names(authority::MAY_CHANGE_APPS) }
        };
        self.needed.extend(authority::MAY_CHANGE_APPS);
        if self.problems.iter().any(|problem| problem.kind == kind) {
            return;
        }
        let problem = Problem::to_know(
            kind,
            "You cannot register apps here",
            "This organisation lets only some people register apps. Ask one of them to do this set-up, or to give you \
             the role of Application Developer or Cloud Application Administrator.",
        );
        self.problems.push(problem.blocking());
    }

    /// Marks the step that came last as somebody else's.
    pub(super) fn not_by_you(&mut self, roles: &[Role], what: &str) {
        self.needed.extend(roles);
        let why = format!("{what} needs the role of {}.", join_or(&role_names(roles)));
        let Some(step) = self.steps.last_mut() else { return };
        step.not_by_you = Some(NotByYou { why: why.clone(), people: Vec::new() });
        let (id, names) = (step.id.clone(), role_names(roles));
        let same = self
            .problems
            .iter_mut()
            .find(|one| matches!(&one.kind, ProblemKind::RoleMissing { roles } if *roles == names));
        match same {
            Some(Problem { blocks: Blocks::Steps(steps), .. }) => steps.push(id),
            Some(_) => {}
            None => self.problems.push(Problem {
                kind: ProblemKind::RoleMissing { roles: names },
                blocks: Blocks::Steps(vec![id]),
                title: "Someone else has to grant a part".into(),
                why: format!(
                    "{why} Gatehouse does everything else, and makes a request that you can send on."
                ),
                people: Vec::new(),
            }),
        }
    }

    /// The whole plan is for somebody else, who has one of these roles.
    pub(super) fn only_by(&mut self, roles: &[Role], title: &str, what: &str) {
        self.needed.extend(roles);
        let names = role_names(roles);
        let why = format!("{what} needs the role of {}.", join_or(&names));
        self.problems
            .push(Problem::to_know(ProblemKind::RoleMissing { roles: names }, title, why).blocking());
    }

    pub(super) fn roles_needed(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.needed.contains(role)).collect()
    }

    /// Puts names to what others have to do.
    pub(super) fn name_people(&mut self, people: &[PersonWithRole]) {
        let able = |roles: &[String]| -> Vec<PersonWithRole> {
            people.iter().filter(|person| roles.contains(&person.role)).cloned().collect()
        };
        let all = role_names(authority::MAY_CHANGE_APPS);
        for problem in &mut self.problems {
            match &problem.kind {
                ProblemKind::RoleMissing { roles } => problem.people = able(roles),
                ProblemKind::RegistrationDisabled => problem.people = able(&all),
                _ => {}
            }
        }
        for step in &mut self.steps {
            let found = self
                .problems
                .iter()
                .find(|problem| matches!(&problem.blocks, Blocks::Steps(ids) if ids.contains(&step.id)));
            if let (Some(not_by_you), Some(problem)) = (&mut step.not_by_you, found) {
                not_by_you.people.clone_from(&problem.people);
            }
        }
    }

    /// What could not be looked up is said: the plan goes on without knowing, and does not pretend to know.
    pub(super) fn note_failed_look_ups(&mut self) {
        let actual = self.actual;
        let failed: [(&str, Option<&GraphError>); 5] = [
            ("your roles", actual.roles.as_ref().err()),
            ("the rules for client secrets", actual.credential_policy.as_ref().err()),
            ("who may register apps", actual.authorization.as_ref().err()),
            ("what Gatehouse made here before", actual.tagged.as_ref().err()),
            ("whether the name is in use", actual.same_name.as_ref().err()),
        ];
        for (what, error) in failed.into_iter().filter_map(|(what, error)| Some((what, error?))) {
            let kind = ProblemKind::NotLookedUp {
                what: what.to_owned(),
                code: error.code().map(ToString::to_string),
            };
            let why =
                "Gatehouse goes on without knowing it. If it matters, Microsoft says so when the time comes.";
            self.problems.push(Problem::to_know(kind, format!("Could not look up {what}"), why));
        }
    }

    pub(super) fn push(&mut self, what: &str, kind: StepKind, words: Words, already: bool) {
        let key = self.registrations.last().map(|one| one.key.clone()).unwrap_or_default();
        self.push_as(format!("{what}:{key}"), kind, words, already);
    }

    pub(super) fn push_as(&mut self, id: String, kind: StepKind, words: Words, already: bool) {
        let (registration, group) =
            self.registrations.last().map(|one| (one.key.clone(), one.title.clone())).unwrap_or_default();
        self.push_step((registration, group), id, kind, words, already);
    }

    fn push_step(
        &mut self,
        (registration, group): (String, String),
        id: String,
        kind: StepKind,
        words: Words,
        already: bool,
    ) {
        self.steps.push(Step {
            id,
            registration,
            group,
            kind,
            sentence: words.sentence,
            done_sentence: words.done,
            requests: Vec::new(),
            undo: if already { None } else { words.undo },
            already,
            not_by_you: None,
        });
    }
}

impl Plan {
    /// Fills in the exact requests, which are not kept in the journal.
    pub(crate) fn preview(&mut self) {
        let by_key: BTreeMap<&str, &PlannedRegistration> =
            self.registrations.iter().map(|one| (one.key.as_str(), one)).collect();
        for step in &mut self.steps {
            if step.already {
                continue;
            }
            let Some(registration) = by_key.get(step.registration.as_str()) else {
                step.requests = preview::of_account(&step.kind, &self.accounts, &self.run);
                continue;
            };
            step.requests = Preview { run: &self.run, registration }.requests(&step.kind);
        }
    }
}

fn role_names(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.name().to_owned()).collect()
}

fn join_or(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The client id of a registration, for showing.
pub(super) fn shown(app: &Application) -> String {
    AppId::to_string(&app.app_id)
}
