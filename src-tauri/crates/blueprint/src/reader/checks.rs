//! Problems of meaning: references that lead nowhere, fields that contradict each other.

use std::collections::BTreeSet;

use super::place::Place;
use super::problem::ProblemKind;
use super::walk::redirect_with_gaps;
use crate::catalogue::nearest;
use crate::connector::{
    CertificateSource, Condition, Connector, Credential, HandOverField, HandOverSection, Input, InputKind,
    Registration, ValueSource,
};
use crate::setup::{Template, judge_input};

/// The gap that stands for the environment's name.
const ENVIRONMENT_GAP: &str = "environment";

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
    }
    checks.found
}

struct Checks<'a> {
    connector: &'a Connector,
    found: Vec<(Place, ProblemKind)>,
}

impl Checks<'_> {
    fn note(&mut self, place: Place, kind: ProblemKind) {
        self.found.push((place, kind));
    }

    fn contradiction(&mut self, place: Place, reason: &'static str) {
        self.note(place, ProblemKind::Contradiction { reason });
    }

    fn names(&mut self) {
        let connector = self.connector;
        let lists: [(&str, &str, &'static str, Vec<&str>); 5] = [
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

    fn input(&mut self, at: usize, input: &Input) {
        let place = Place::default().key("inputs").index(at);
        if input.id == ENVIRONMENT_GAP {
            self.note(place.key("id"), ProblemKind::ReservedId { name: input.id.clone() });
        }
        self.condition(&place.key("when"), &input.when, at);
        let kind = InputKindWord(input.kind);
        if input.kind == InputKind::Choice {
            if input.choices.is_empty() {
                self.note(place.clone(), ProblemKind::Needed { name: "choices", because: kind.to_string() });
            }
            let mut seen = BTreeSet::new();
            for (choice_at, choice) in input.choices.iter().enumerate() {
                if !seen.insert(choice.value.as_str()) {
                    let place = place.key("choices").index(choice_at).key("value");
                    self.note(place, ProblemKind::Duplicate { what: "choices", name: choice.value.clone() });
                }
            }
        } else if !input.choices.is_empty() {
            self.note(
                place.key("choices"),
                ProblemKind::NotUsed { name: "choices", because: kind.to_string() },
            );
        }
        let limited = !matches!(input.kind, InputKind::Choice | InputKind::Certificate);
        let unused = [
            ("characters", input.characters.is_some() && (!limited || input.kind == InputKind::Number)),
            ("min", input.min.is_some() && !limited),
            ("max", input.max.is_some() && !limited),
            ("multiple", input.multiple && matches!(input.kind, InputKind::Number | InputKind::Certificate)),
        ];
        for (name, _) in unused.into_iter().filter(|(_, unused)| *unused) {
            self.note(place.key(name), ProblemKind::NotUsed { name, because: kind.to_string() });
        }
        if let (Some(min), Some(max)) = (input.min, input.max)
            && min > max
        {
            self.contradiction(place.key("min"), "The least is more than the greatest.");
        }
        for (name, text) in [("default", &input.default), ("example", &input.example)] {
            if let Some(Err(problem)) = text.as_deref().map(|text| judge_input(input, text)) {
                self.note(place.key(name), ProblemKind::DefaultRefused { reason: problem.to_string() });
            }
        }
    }

    /// `asked`: how many questions come before.
    fn condition(&mut self, place: &Place, condition: &Condition, asked: usize) {
        self.features(&place.key("features"), &condition.features);
        for (at, id) in condition.environments.iter().enumerate() {
            let known = self.connector.environments.iter().map(|one| one.id.as_str());
            self.reference(place.key("environments").index(at), "environment", id, known);
        }
        match &condition.input {
            None if !condition.is.is_empty() => {
                self.note(
                    place.clone(),
                    ProblemKind::Needed { name: "input", because: "the field “is”".to_owned() },
                );
            }
            None => {}
            Some(id) => self.condition_input(place, id, &condition.is, asked),
        }
    }

    fn condition_input(&mut self, place: &Place, id: &str, answers: &[String], asked: usize) {
        let place_of_input = place.key("input");
        let Some(at) = self.connector.inputs.iter().position(|input| input.id == id) else {
            self.reference(
                place_of_input,
                "input",
                id,
                self.connector.inputs.iter().map(|input| input.id.as_str()),
            );
            return;
        };
        let input = &self.connector.inputs[at];
        if input.kind != InputKind::Choice || input.multiple {
            self.note(place_of_input, ProblemKind::NotAChoice { name: id.to_owned() });
            return;
        }
        if at >= asked {
            self.note(place_of_input, ProblemKind::AskedLater { name: id.to_owned() });
        }
        if answers.is_empty() {
            self.note(
                place.clone(),
                ProblemKind::Needed { name: "is", because: "the field “input”".to_owned() },
            );
        }
        for (answer_at, answer) in answers.iter().enumerate() {
            let known = input.choices.iter().map(|choice| choice.value.as_str());
            self.reference(place.key("is").index(answer_at), "choice", answer, known);
        }
    }

    fn features(&mut self, place: &Place, ids: &[String]) {
        for (at, id) in ids.iter().enumerate() {
            let known = self.connector.features.iter().map(|feature| feature.id.as_str());
            self.reference(place.index(at), "feature", id, known);
        }
    }

    fn reference<'c>(
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
        if registration.each_environment && self.connector.environments.is_empty() {
            let because = "each_environment".to_owned();
            self.note(place.key("each_environment"), ProblemKind::Needed { name: "environments", because });
        }
        let no_condition = Condition::default();
        self.gaps(place.key("display_name"), &registration.display_name, registration, &no_condition, false);
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
            self.gaps(place.key("uri"), &redirect.uri, registration, &redirect.when, true);
            if let Err(kind) = redirect_with_gaps(&redirect.uri, redirect.platform) {
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
        place: Place,
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
                InputKind::Mailbox | InputKind::Email | InputKind::Text | InputKind::Certificate => false,
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
                self.gaps(place.key("display_name"), display_name, registration, &no_condition, false);
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

    fn section(&mut self, place: &Place, section: &HandOverSection) {
        let all = self.connector.inputs.len();
        let known = || self.connector.registrations.iter().map(|one| one.key.as_str());
        self.condition(&place.key("when"), &section.when, all);
        self.reference(place.key("registration"), "registration", &section.registration, known());
        for (at, field) in section.fields.iter().enumerate() {
            let place = place.key("fields").index(at);
            self.condition(&place.key("when"), &field.when, all);
            if let Some(other) = &field.registration {
                self.reference(place.key("registration"), "registration", other, known());
            }
            self.hand_over_field(&place, section, field);
        }
    }

    fn hand_over_field(&mut self, place: &Place, section: &HandOverSection, field: &HandOverField) {
        let from_input = field.from == ValueSource::Input;
        let from_text = field.from == ValueSource::Text;
        for (name, there, wanted, because) in [
            ("input", field.input.is_some(), from_input, "from “input”"),
            ("text", field.text.is_some(), from_text, "from “text”"),
        ] {
            if wanted && !there {
                self.note(place.clone(), ProblemKind::Needed { name, because: because.to_owned() });
            } else if there && !wanted {
                let because = "this value of from".to_owned();
                self.note(place.key(name), ProblemKind::NotUsed { name, because });
            }
        }
        if let Some(input) = &field.input {
            let known = self.connector.inputs.iter().map(|input| input.id.as_str());
            self.reference(place.key("input"), "input", input, known);
        }
        let key = field.registration.as_ref().unwrap_or(&section.registration);
        let Some(registration) = self.connector.registration(key) else { return };
        let reason = match (field.from, &registration.credential) {
            (ValueSource::Secret, Credential::Certificate { .. } | Credential::None) => {
                "The registration has no client secret to hand over."
            }
            (ValueSource::CertificateThumbprint, Credential::Secret { .. } | Credential::None) => {
                "The registration has no certificate to hand over."
            }
            (ValueSource::CertificateFile, credential)
                if !matches!(
                    credential,
                    Credential::Certificate { source: CertificateSource::MadeHere, .. }
                ) =>
            {
                "No key is made for the registration, so none can be handed over."
            }
            (ValueSource::RedirectUri | ValueSource::Token, _) if registration.redirects.is_empty() => {
                "The registration has no redirect address, which this value needs."
            }
            _ => return,
        };
        self.contradiction(place.key("from"), reason);
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
        || (only_features && (within(&registration.features) || within(&when.features)))
}

/// An input's kind, as a message says it.
struct InputKindWord(InputKind);

impl std::fmt::Display for InputKindWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = match self.0 {
            InputKind::Mailbox => "mailbox",
            InputKind::Email => "email",
            InputKind::Domain => "domain",
            InputKind::VerifiedDomain => "verified-domain",
            InputKind::HostLabel => "host-label",
            InputKind::Url => "url",
            InputKind::Number => "number",
            InputKind::Choice => "choice",
            InputKind::Text => "text",
            InputKind::Certificate => "certificate",
        };
        write!(f, "kind “{word}”")
    }
}
