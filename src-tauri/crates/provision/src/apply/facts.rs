//! What a run has achieved so far: read from its journal, kept up to date while it works.

use std::collections::{BTreeMap, BTreeSet};

use graph::{AppId, AppRoleId, ApplicationId, AssignmentId, GrantId, KeyId, ServicePrincipalId};
use jiff::Timestamp;

use crate::plan::{Plan, StepKind};
use crate::{Entry, ExchangeDeed, Note, Phase, StepKey};

/// A registration that exists because of a run, or was taken over by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeRegistration {
    /// The connector's key.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// Name at Microsoft.
    pub display_name: String,
    /// Object id.
    pub id: ApplicationId,
    /// Client id.
    pub app_id: AppId,
    /// Object id of its enterprise app.
    pub service_principal: Option<ServicePrincipalId>,
    /// This run made it.
    pub created: bool,
    /// The secret that this run made.
    pub secret: Option<MadeSecret>,
    /// The certificate that this run put on it.
    pub certificate: Option<MadeCertificate>,
}

/// A certificate that a run put on a registration. Where it was made here, its private key is in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeCertificate {
    /// Its id.
    pub key_id: KeyId,
    /// Its name at Microsoft.
    pub name: String,
    /// SHA-1 in hexadecimal, as the admin center shows it.
    pub thumbprint: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

/// A client secret that a run made. Its value is in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeSecret {
    /// Microsoft's id of it.
    pub key_id: KeyId,
    /// Its name.
    pub name: String,
    /// First three characters.
    pub hint: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
}

/// A secret that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecretAttempt {
    pub(crate) attempt: u32,
    pub(crate) marker: String,
    pub(crate) begun: Timestamp,
    pub(crate) made: Option<MadeSecret>,
    /// Nothing of it exists at Microsoft: refused, or removed.
    pub(crate) gone: bool,
}

/// One registration.
#[derive(Debug, Clone, Default)]
pub(crate) struct RegistrationFacts {
    pub(crate) application: Option<(ApplicationId, AppId)>,
    pub(crate) created: bool,
    pub(crate) changed_back: Option<(ApplicationId, serde_json::Value)>,
    pub(crate) principal: Option<ServicePrincipalId>,
    pub(crate) principal_created: bool,
    /// When the newest of its objects was made by this run: until ten minutes later, "not found" may be "not yet".
    pub(crate) fresh_since: Option<Timestamp>,
    pub(crate) app_roles: Vec<(StepKey, Option<AssignmentId>, ServicePrincipalId, AppRoleId, bool)>,
    pub(crate) delegated: Vec<(StepKey, GrantId, Vec<String>, bool)>,
    pub(crate) app_roles_removed: Vec<(StepKey, ServicePrincipalId, ServicePrincipalId, AppRoleId)>,
    pub(crate) delegated_removed: Vec<(StepKey, GrantId, Vec<String>)>,
    pub(crate) secrets: Vec<SecretAttempt>,
    certificate: Option<MadeCertificate>,
}

impl RegistrationFacts {
    /// The secret that this run made and keeps.
    pub(crate) fn secret(&self) -> Option<&MadeSecret> {
        self.secrets.iter().rev().filter(|one| !one.gone).find_map(|one| one.made.as_ref())
    }

    /// The certificate that this run put on it.
    pub(crate) fn certificate(&self) -> Option<&MadeCertificate> {
        self.certificate.as_ref()
    }
}

/// The whole run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    pub(crate) registrations: BTreeMap<String, RegistrationFacts>,
    pub(crate) resources: BTreeMap<AppId, ServicePrincipalId>,
    answered: BTreeSet<StepKey>,
    /// What the newest answer to each request said.
    settled: BTreeMap<StepKey, Note>,
    undone: BTreeSet<StepKey>,
    attempts: BTreeMap<StepKey, u32>,
    intents: BTreeMap<StepKey, (Timestamp, Note)>,
    last_intents: BTreeMap<String, Timestamp>,
    /// What was done in Exchange, and whether this run did it. It does not hang on the registrations: those may go first.
    exchange: BTreeMap<StepKey, (ExchangeDeed, bool)>,
}

impl Facts {
    /// What is known before the first line: the registrations that the plan takes over.
    pub(crate) fn of_plan(plan: &Plan) -> Self {
        let mut facts = Self::default();
        for registration in &plan.registrations {
            let mut one = RegistrationFacts::default();
            if let Some(known) = &registration.existing {
                one.application = Some((known.id.clone(), known.app_id.clone()));
                one.principal.clone_from(&known.service_principal);
            }
            facts.registrations.insert(registration.key.clone(), one);
        }
        for step in &plan.steps {
            let known = match &step.kind {
                StepKind::GrantAppRoles { resource, resource_id, .. } => Some((resource, resource_id)),
                StepKind::GrantDelegated(grant) => Some((&grant.resource, &grant.resource_id)),
                _ => None,
            };
            if let Some((resource, Some(id))) = known {
                facts.resources.insert(resource.clone(), id.clone());
            }
        }
        facts
    }

    /// The same with everything that the journal says.
    pub(crate) fn replay(plan: &Plan, entries: &[Entry]) -> Self {
        let mut facts = Self::of_plan(plan);
        for entry in entries {
            if let Some(phase) = entry.phase {
                facts.note(plan, &entry.key, entry.attempt, phase, &entry.note, entry.at);
            }
        }
        facts
    }

    /// Takes one line in.
    pub(crate) fn note(
        &mut self,
        plan: &Plan,
        key: &StepKey,
        attempt: u32,
        phase: Phase,
        note: &Note,
        at: Timestamp,
    ) {
        match phase {
            Phase::Intent => {
                let last = self.attempts.entry(key.clone()).or_default();
                *last = (*last).max(attempt);
                self.last_intents.insert(key.step.clone(), at);
                self.intents.entry(key.clone()).or_insert_with(|| (at, note.clone()));
                if let Note::Exchange { deed, .. } = note {
                    // Without an answer it may have been done: undoing looks for it.
                    self.exchange.entry(key.clone()).or_insert_with(|| (deed.clone(), true));
                }
                // An intention is no fact; only the name of a secret must be known from here on.
                if !matches!(note, Note::SecretMarker { .. }) {
                    return;
                }
            }
            Phase::Answered | Phase::Persisted | Phase::Verified if !matches!(note, Note::Refused { .. }) => {
                self.answered.insert(key.clone());
                if !matches!(note, Note::Plain) {
                    self.settled.insert(key.clone(), note.clone());
                }
            }
            Phase::Undone => {
                self.settled.remove(key);
                self.undone.insert(key.clone());
            }
            _ => {}
        }
        match (phase, note) {
            (Phase::Undone, _) => {
                self.exchange.remove(key);
            }
            // A refusal did nothing, and neither did the tries before it: their answer would have been "it exists".
            (_, Note::Refused { .. }) => {
                self.exchange.remove(key);
            }
            (_, Note::Exchange { deed, ours }) => {
                self.exchange.insert(key.clone(), (deed.clone(), *ours));
            }
            _ => {}
        }
        if let (Note::ServicePrincipal { id, .. }, Some(resource)) = (note, resource_of(plan, key)) {
            self.resources.insert(resource, id.clone());
            return;
        }
        let Some(registration) = plan.step(&key.step).map(|step| step.registration.clone()) else { return };
        let one = self.registrations.entry(registration).or_default();
        if phase == Phase::Undone {
            one.undo(key);
        } else {
            one.note(key, attempt, note, at);
        }
    }

    /// Whether this request's answer is known.
    pub(crate) fn is_answered(&self, key: &StepKey) -> bool {
        self.answered.contains(key)
    }

    /// What the newest answer to this request said, unless it was taken back.
    pub(crate) fn settled(&self, key: &StepKey) -> Option<&Note> {
        self.settled.get(key)
    }

    /// Whether it was taken back.
    pub(crate) fn is_undone(&self, key: &StepKey) -> bool {
        self.undone.contains(key)
    }

    /// What this run did in Exchange, or may have done, for one registration.
    pub(crate) fn exchange_deeds(&self, plan: &Plan, registration: &str) -> Vec<(StepKey, ExchangeDeed)> {
        let own = |key: &StepKey| plan.step(&key.step).is_some_and(|step| step.registration == registration);
        let deeds = self.exchange.iter().filter(|(key, (_, ours))| *ours && own(key));
        deeds.map(|(key, (deed, _))| (key.clone(), deed.clone())).collect()
    }

    /// What the first try of this request meant to do.
    pub(crate) fn intent(&self, key: &StepKey) -> Option<&Note> {
        self.intents.get(key).map(|(_, note)| note)
    }

    /// When the first try of this request was written down.
    pub(crate) fn first_intent(&self, key: &StepKey) -> Option<Timestamp> {
        self.intents.get(key).map(|(at, _)| *at)
    }

    /// When a request of this step was last about to be sent.
    pub(crate) fn last_intent(&self, step: &str) -> Option<Timestamp> {
        self.last_intents.get(step).copied()
    }

    /// Whether anything of a step was about to be sent.
    pub(crate) fn has_begun(&self, step: &str) -> bool {
        self.last_intents.contains_key(step)
    }

    /// The number of the next try.
    pub(crate) fn next_attempt(&self, key: &StepKey) -> u32 {
        self.attempts.get(key).copied().unwrap_or_default() + 1
    }

    /// The registrations that exist, in the plan's order.
    pub(crate) fn made(&self, plan: &Plan) -> Vec<MadeRegistration> {
        plan.registrations
            .iter()
            .filter_map(|planned| {
                let facts = self.registrations.get(&planned.key)?;
                let (id, app_id) = facts.application.clone()?;
                Some(MadeRegistration {
                    key: planned.key.clone(),
                    title: planned.title.clone(),
                    display_name: planned.display_name.clone(),
                    id,
                    app_id,
                    service_principal: facts.principal.clone(),
                    created: facts.created,
                    secret: facts.secret().cloned(),
                    certificate: facts.certificate().cloned(),
                })
            })
            .collect()
    }
}

fn resource_of(plan: &Plan, key: &StepKey) -> Option<AppId> {
    match &plan.step(&key.step)?.kind {
        StepKind::EnsureResource { resource } => Some(resource.clone()),
        _ => None,
    }
}

impl RegistrationFacts {
    fn note(&mut self, key: &StepKey, attempt: u32, note: &Note, at: Timestamp) {
        match note {
            Note::Application { id, app_id, created } => {
                self.application = Some((id.clone(), app_id.clone()));
                self.created |= created;
                self.fresh_since = self.fresh_since.max(created.then_some(at));
            }
            Note::ApplicationChanged { id, before } => self.changed_back = Some((id.clone(), before.clone())),
            Note::ServicePrincipal { id, created } => {
                self.principal = Some(id.clone());
                self.principal_created |= created;
                self.fresh_since = self.fresh_since.max(created.then_some(at));
            }
            Note::AppRole { assignment, resource, role, created } => {
                self.app_roles.push((
                    key.clone(),
                    assignment.clone(),
                    resource.clone(),
                    role.clone(),
                    *created,
                ));
            }
            Note::Delegated { id, added, created } => {
                self.delegated.push((key.clone(), id.clone(), added.clone(), *created));
            }
            Note::AppRoleRemoved { principal, resource, role } => {
                self.app_roles_removed.push((key.clone(), principal.clone(), resource.clone(), role.clone()));
            }
            Note::DelegatedRemoved { id, removed } => {
                self.delegated_removed.push((key.clone(), id.clone(), removed.clone()));
            }
            Note::SecretMarker { marker } => self.secrets.push(SecretAttempt {
                attempt,
                marker: marker.clone(),
                begun: at,
                made: None,
                gone: false,
            }),
            Note::Secret { key_id, marker, hint, start, end } => {
                if let Some(one) = self.secrets.iter_mut().find(|one| one.marker == *marker) {
                    one.made = Some(MadeSecret {
                        key_id: key_id.clone(),
                        name: marker.clone(),
                        hint: hint.clone(),
                        start: *start,
                        end: *end,
                    });
                }
            }
            Note::SecretRemoved { marker, .. } => {
                for one in self.secrets.iter_mut().filter(|one| one.marker == *marker) {
                    one.gone = true;
                }
            }
            Note::Refused { .. } => {
                for one in self
                    .secrets
                    .iter_mut()
                    .filter(|one| one.attempt == attempt && key.step.starts_with("secret:"))
                {
                    one.gone = true;
                }
            }
            Note::Certificate { key_id, name, thumbprint, start, end } => {
                self.certificate = Some(MadeCertificate {
                    key_id: key_id.clone(),
                    name: name.clone(),
                    thumbprint: thumbprint.clone(),
                    start: *start,
                    end: *end,
                });
            }
            Note::Exchange { .. }
            | Note::ConsentRevoked { .. }
            | Note::CredentialRemoved { .. }
            | Note::Owner { .. }
            | Note::Trust { .. }
            | Note::Account { .. }
            | Note::UsageLocation { .. }
            | Note::Licence { .. }
            | Note::ReportNames { .. }
            | Note::Loopback { .. }
            | Note::Plain
            | Note::Proof { .. }
            | Note::End(_)
            | Note::Unknown => {}
        }
    }

    /// What was taken back is no longer there, for whatever comes next.
    fn undo(&mut self, key: &StepKey) {
        self.app_roles.retain(|one| one.0 != *key);
        self.delegated.retain(|one| one.0 != *key);
        self.app_roles_removed.retain(|one| one.0 != *key);
        self.delegated_removed.retain(|one| one.0 != *key);
        if key.step.starts_with("secret:") {
            self.secrets.iter_mut().for_each(|one| one.gone = true);
        }
        if key.step.starts_with("certificate:") {
            self.certificate = None;
        }
        if key.step.starts_with("app:") {
            self.changed_back = None;
            if self.created {
                *self = Self::default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::RunEnd;
    use crate::plan::testing::plan;

    const APP: &str = "app:calendar";
    const SECRET: &str = "secret:calendar";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    struct Told(Plan, Facts, i64);

    impl Told {
        fn new() -> Self {
            let plan = plan();
            let facts = Facts::of_plan(&plan);
            Self(plan, facts, 0)
        }

        fn line(&mut self, step: &str, attempt: u32, phase: Phase, note: Note) -> &mut Self {
            self.2 += 1;
            let Self(plan, facts, second) = self;
            facts.note(plan, &StepKey::of(step), attempt, phase, &note, at(*second));
            drop(note);
            self
        }

        fn one(&self) -> &RegistrationFacts {
            &self.1.registrations["calendar"]
        }
    }

    fn application(created: bool) -> Note {
        Note::Application { id: ApplicationId::new("a").unwrap(), app_id: AppId::new("c").unwrap(), created }
    }

    fn secret(marker: &str) -> Note {
        Note::Secret {
            key_id: KeyId::new("k").unwrap(),
            marker: marker.to_owned(),
            hint: "abc".to_owned(),
            start: at(0),
            end: at(100),
        }
    }

    #[test]
    fn an_intention_is_no_fact() {
        let mut told = Told::new();
        told.line(APP, 1, Phase::Intent, application(true));
        assert_eq!(told.one().application, None);
        assert!(!told.1.is_answered(&StepKey::of(APP)));
        assert!(told.1.has_begun(APP));
        assert_eq!(told.1.next_attempt(&StepKey::of(APP)), 2);
        told.line(APP, 1, Phase::Answered, application(true));
        assert!(told.one().created && told.1.is_answered(&StepKey::of(APP)));
        assert_eq!(told.one().fresh_since, Some(at(2)));
    }

    #[test]
    fn an_adopted_registration_is_neither_created_nor_fresh() {
        let mut told = Told::new();
        told.line(APP, 1, Phase::Answered, application(false));
        assert!(!told.one().created);
        assert_eq!(told.one().fresh_since, None);
    }

    #[test]
    fn a_refusal_is_no_answer() {
        let mut told = Told::new();
        told.line(APP, 1, Phase::Intent, Note::Plain).line(
            APP,
            1,
            Phase::Answered,
            Note::Refused { code: "x".into() },
        );
        assert!(!told.1.is_answered(&StepKey::of(APP)));
    }

    #[test]
    fn a_secret_is_there_from_when_it_was_persisted_until_it_is_removed() {
        let mut told = Told::new();
        told.line(SECRET, 1, Phase::Intent, Note::SecretMarker { marker: "m/1".into() });
        assert_eq!(told.one().secret(), None);
        assert_eq!(told.one().secrets.len(), 1, "its name must be known: something may lie under it");
        told.line(SECRET, 1, Phase::Persisted, secret("m/1"));
        assert_eq!(told.one().secret().unwrap().name, "m/1");
        let gone = Note::SecretRemoved { key_id: KeyId::new("k").unwrap(), marker: "m/1".into() };
        told.line(SECRET, 1, Phase::Answered, gone);
        assert_eq!(told.one().secret(), None);
    }

    #[test]
    fn a_refused_secret_is_never_searched_for_and_the_next_one_has_another_number() {
        let mut told = Told::new();
        told.line(SECRET, 1, Phase::Intent, Note::SecretMarker { marker: "m/1".into() })
            .line(SECRET, 1, Phase::Answered, Note::Refused { code: "x".into() })
            .line(SECRET, 2, Phase::Intent, Note::SecretMarker { marker: "m/2".into() })
            .line(SECRET, 2, Phase::Persisted, secret("m/2"));
        let open: Vec<_> = told.one().secrets.iter().filter(|one| one.made.is_none() && !one.gone).collect();
        assert!(open.is_empty(), "{open:?}");
        assert_eq!(told.one().secret().unwrap().name, "m/2");
        assert_eq!(told.1.next_attempt(&StepKey::of(SECRET)), 3);
    }

    #[test]
    fn what_was_undone_is_gone_for_whatever_comes_next() {
        let mut told = Told::new();
        told.line(APP, 1, Phase::Answered, application(true)).line(APP, 1, Phase::Undone, Note::Plain);
        assert_eq!(told.one().application, None);
        assert!(told.1.is_undone(&StepKey::of(APP)));
        assert!(told.1.made(&told.0).is_empty());
    }

    #[test]
    fn lines_about_unknown_steps_and_the_run_change_nothing() {
        let mut told = Told::new();
        told.line("dance:calendar", 1, Phase::Answered, application(true))
            .line("run", 1, Phase::Run, Note::End(RunEnd::Done))
            .line(APP, 1, Phase::Verified, Note::Unknown);
        assert_eq!(told.one().application, None);
    }
}
