//! Problems of meaning: references that lead nowhere, fields that contradict each other.

use std::collections::BTreeSet;

use super::place::Place;
use super::problem::ProblemKind;
use super::question_checks::ENVIRONMENT_GAP;
use super::walk::redirect_with_gaps;
use crate::catalogue::nearest;
use crate::connector::{CertificateSource, Condition, Connector, Credential, Input, InputKind, Registration};
use crate::setup::Template;

/// Everything that is wrong, but for permissions and proofs.
pub(super) fn of(connector: &Connector) -> Vec<(Place, ProblemKind)> {
    let mut checks = Checks { connector, found: Vec::new() };
    checks.names();
    checks.features_and_environments();
    for (at, input) in connector.inputs.iter().enumerate() {
        checks.input(at, input);
    }
    for (at, registration) in connector.registrations.iter().enumerate() {
        checks.registration(&Place::default().key("registrations").index(at), registration);
    }
    checks.accounts_and_settings();
    for (at, section) in connector.hand_over.iter().enumerate() {
        checks.section(&Place::default().key("hand_over").index(at), section);
    }
    for (at, proof) in connector.proofs.iter().enumerate() {
        let place = Place::default().key("proofs").index(at);
        checks.condition(&place.key("when"), &proof.when, connector.inputs.len());
    }
    for (at, task) in connector.follow_ups.iter().enumerate() {
        let place = Place::default().key("follow_ups").index(at);
        checks.condition(&place.key("when"), &task.when, connector.inputs.len());
        if let Some(script) = &task.script {
            checks.script(&place.key("script"), script);
        }
    }
    checks.found
}

/// The checks, with what they found so far.
pub(super) struct Checks<'a> {
    pub(super) connector: &'a Connector,
    found: Vec<(Place, ProblemKind)>,
}

impl Checks<'_> {
    pub(super) fn note(&mut self, place: Place, kind: ProblemKind) {
        self.found.push((place, kind));
    }

    pub(super) fn contradiction(&mut self, place: Place, reason: &'static str) {
        self.note(place, ProblemKind::Contradiction { reason });
    }

    fn names(&mut self) {
        let connector = self.connector;
        let lists: [(&str, &str, &'static str, Vec<&str>); 6] = [
            ("accounts", "key", "accounts", connector.accounts.iter().map(|one| one.key.as_str()).collect()),
            ("features", "id", "features", connector.features.iter().map(|one| one.id.as_str()).collect()),
            (
                "environments",
                "id",
                "environments",
                connector.environments.iter().map(|one| one.id.as_str()).collect(),
            ),
            ("inputs", "id", "inputs", connector.inputs.iter().map(|one| one.id.as_str()).collect()),
            (
                "registrations",
                "key",
                "registrations",
                connector.registrations.iter().map(|one| one.key.as_str()).collect(),
            ),
            (
                "follow_ups",
                "id",
                "follow-ups",
                connector.follow_ups.iter().map(|one| one.id.as_str()).collect(),
            ),
        ];
        for (list, field, what, names) in lists {
            let mut seen = BTreeSet::new();
            for (at, name) in names.into_iter().enumerate() {
                if !seen.insert(name) {
                    let place = Place::default().key(list).index(at).key(field);
                    self.note(place, ProblemKind::Duplicate { what, name: name.to_owned() });
                }
            }
        }
    }

    fn features_and_environments(&mut self) {
        for (at, feature) in self.connector.features.iter().enumerate() {
            if feature.default && feature.unavailable.is_some() {
                let place = Place::default().key("features").index(at).key("default");
                self.contradiction(place, "A feature that is unavailable cannot be chosen to begin with.");
            }
        }
        if !self.connector.features.is_empty()
            && self.connector.features.iter().all(|one| one.unavailable.is_some())
        {
            self.contradiction(
                Place::default().key("features"),
                "At least one feature must be possible to choose.",
            );
        }
        let used = self.connector.registrations.iter().any(|registration| registration.each_environment);
        if !self.connector.environments.is_empty() && !used {
            let because = "no registration that is made for each environment".to_owned();
            self.note(
                Place::default().key("environments"),
                ProblemKind::NotUsed { name: "environments", because },
            );
        }
    }

    pub(super) fn reference<'c>(
        &mut self,
        place: Place,
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'c str>,
    ) {
        let known: Vec<&str> = known.collect();
        if !known.contains(&name) {
            let nearest = nearest(name, known.into_iter()).map(str::to_owned);
            self.note(place, ProblemKind::UnknownReference { what, name: name.to_owned(), nearest });
        }
    }

    fn registration(&mut self, place: &Place, registration: &Registration) {
        let all = self.connector.inputs.len();
        self.features(&place.key("features"), &registration.features);
        self.condition(&place.key("when"), &registration.when, all);
        if registration.each_environment && self.connector.environments.is_empty() {
            let because = "each_environment".to_owned();
            self.note(place.key("each_environment"), ProblemKind::Needed { name: "environments", because });
        }
        let no_condition = Condition::default();
        self.gaps(&place.key("display_name"), &registration.display_name, registration, &no_condition, false);
        let mut audiences = BTreeSet::new();
        for (at, offer) in registration.audiences.iter().enumerate() {
            if !audiences.insert(offer.audience.as_graph()) {
                let name = offer.audience.as_graph().to_owned();
                let place = place.key("audiences").index(at).key("audience");
                self.note(place, ProblemKind::Duplicate { what: "account types", name });
            }
        }
        for (at, redirect) in registration.redirects.iter().enumerate() {
            let place = place.key("redirects").index(at);
            self.condition(&place.key("when"), &redirect.when, all);
            let before = self.found.len();
            self.gaps(&place.key("uri"), &redirect.uri, registration, &redirect.when, true);
            if self.found.len() > before {
                continue;
            }
            // An address that is asked for as a whole is judged when it is there.
            let whole = redirect.uri.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            let asked_for =
                whole.and_then(|id| self.connector.input(id)).is_some_and(|it| it.kind == InputKind::Url);
            if let (false, Err(kind)) = (asked_for, redirect_with_gaps(&redirect.uri, redirect.platform)) {
                self.note(place.key("uri"), kind);
            }
        }
        for (at, permission) in registration.permissions.iter().enumerate() {
            let place = place.key("permissions").index(at);
            self.features(&place.key("features"), &permission.features);
            self.condition(&place.key("when"), &permission.when, all);
        }
        for (at, role) in registration.roles.iter().enumerate() {
            self.condition(&place.key("roles").index(at).key("when"), &role.when, all);
        }
        for (at, role) in registration.exchange_roles.iter().enumerate() {
            self.condition(&place.key("exchange_roles").index(at).key("when"), &role.when, all);
        }
        self.credential(&place.key("credential"), registration);
    }

    /// Every gap has an input that is sure to be answered, and, in a redirect URI, cannot lead elsewhere.
    fn gaps(
        &mut self,
        place: &Place,
        text: &str,
        registration: &Registration,
        when: &Condition,
        redirect: bool,
    ) {
        let Ok(template) = Template::parse(text) else { return };
        let whole = template.pieces().len() == 1;
        for gap in template.gaps() {
            if gap == ENVIRONMENT_GAP && registration.each_environment && !redirect {
                continue;
            }
            let Some(input) = self.connector.input(gap) else {
                let nearest = nearest(gap, self.connector.inputs.iter().map(|input| input.id.as_str()));
                let nearest = nearest.map(str::to_owned);
                self.note(place.clone(), ProblemKind::UnknownGap { name: gap.to_owned(), nearest });
                continue;
            };
            let safe = match input.kind {
                InputKind::HostLabel
                | InputKind::Domain
                | InputKind::VerifiedDomain
                | InputKind::Choice
                | InputKind::Number => !input.multiple,
                InputKind::Url => whole && !input.multiple,
                InputKind::Mailbox
                | InputKind::Email
                | InputKind::Text
                | InputKind::Certificate
                | InputKind::ServiceAccount
                | InputKind::Licence
                | InputKind::Country => false,
            };
            if redirect && !safe {
                self.note(place.clone(), ProblemKind::UnsafeGap { name: gap.to_owned() });
            }
            if !input.required || !is_asked_whenever(input, registration, when) {
                self.note(place.clone(), ProblemKind::OpenGap { name: gap.to_owned() });
            }
        }
    }

    fn credential(&mut self, place: &Place, registration: &Registration) {
        let no_condition = Condition::default();
        match &registration.credential {
            Credential::Secret { display_name, months, max_months, .. } => {
                self.gaps(&place.key("display_name"), display_name, registration, &no_condition, false);
                if months > max_months {
                    self.contradiction(
                        place.key("months"),
                        "The lifetime is longer than the longest one on offer.",
                    );
                }
            }
            Credential::Certificate { source: CertificateSource::Vendor, input, months } => {
                let because = "source “vendor”".to_owned();
                if months.is_some() {
                    self.note(
                        place.key("months"),
                        ProblemKind::NotUsed { name: "months", because: because.clone() },
                    );
                }
                let Some(id) = input else {
                    self.note(place.clone(), ProblemKind::Needed { name: "input", because });
                    return;
                };
                match self.connector.input(id) {
                    None => {
                        let known = self.connector.inputs.iter().map(|input| input.id.as_str());
                        self.reference(place.key("input"), "input", id, known);
                    }
                    Some(input) if input.kind != InputKind::Certificate || !input.required => self
                        .contradiction(
                            place.key("input"),
                            "The input must be of the kind certificate, and required.",
                        ),
                    Some(_) => {}
                }
            }
            Credential::Certificate { source: CertificateSource::MadeHere, input, months } => {
                let because = "source “made-here”".to_owned();
                if input.is_some() {
                    self.note(
                        place.key("input"),
                        ProblemKind::NotUsed { name: "input", because: because.clone() },
                    );
                }
                if months.is_none() {
                    self.note(place.clone(), ProblemKind::Needed { name: "months", because });
                }
            }
            Credential::None => {}
        }
    }
}

/// Whether the question is asked in every situation in which the registration (and the part of it) is used.
fn is_asked_whenever(input: &Input, registration: &Registration, when: &Condition) -> bool {
    let asked = &input.when;
    let only_features = asked.environments.is_empty() && asked.input.is_none();
    let within =
        |used: &[String]| !used.is_empty() && used.iter().all(|feature| asked.features.contains(feature));
    asked.is_empty()
        || asked == when
        || *asked == registration.when
        || (only_features && (within(&registration.features) || within(&when.features)))
}
