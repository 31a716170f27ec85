//! Problems with questions, and with the conditions that look at their answers.

use std::collections::BTreeSet;

use super::checks::Checks;
use super::place::Place;
use super::problem::ProblemKind;
use crate::connector::{Condition, Input, InputKind};
use crate::setup::judge_input;

/// The gap that stands for the environment's name, so that no input can have that name.
pub(super) const ENVIRONMENT_GAP: &str = "environment";

impl Checks<'_> {
    pub(super) fn input(&mut self, at: usize, input: &Input) {
        let place = Place::default().key("inputs").index(at);
        if input.id == ENVIRONMENT_GAP {
            self.note(place.key("id"), ProblemKind::ReservedId { name: input.id.clone() });
        }
        self.condition(&place.key("when"), &input.when, at);
        let kind = word(input.kind);
        if input.kind == InputKind::Choice {
            if input.choices.is_empty() {
                self.note(place.clone(), ProblemKind::Needed { name: "choices", because: kind.clone() });
            }
            let mut seen = BTreeSet::new();
            for (choice_at, choice) in input.choices.iter().enumerate() {
                if !seen.insert(choice.value.as_str()) {
                    let place = place.key("choices").index(choice_at).key("value");
                    self.note(place, ProblemKind::Duplicate { what: "choices", name: choice.value.clone() });
                }
            }
        } else if !input.choices.is_empty() {
            self.note(place.key("choices"), ProblemKind::NotUsed { name: "choices", because: kind.clone() });
        }
        let limited = !matches!(
            input.kind,
            InputKind::Choice | InputKind::Certificate | InputKind::Licence | InputKind::Country
        );
        let unused = [
            ("characters", input.characters.is_some() && (!limited || input.kind == InputKind::Number)),
            ("min", input.min.is_some() && !limited),
            ("max", input.max.is_some() && !limited),
            (
                "multiple",
                input.multiple
                    && matches!(
                        input.kind,
                        InputKind::Number
                            | InputKind::Certificate
                            | InputKind::ServiceAccount
                            | InputKind::Licence
                            | InputKind::Country
                    ),
            ),
        ];
        for (name, _) in unused.into_iter().filter(|(_, unused)| *unused) {
            self.note(place.key(name), ProblemKind::NotUsed { name, because: kind.clone() });
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
    pub(super) fn condition(&mut self, place: &Place, condition: &Condition, asked: usize) {
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

    pub(super) fn features(&mut self, place: &Place, ids: &[String]) {
        for (at, id) in ids.iter().enumerate() {
            let known = self.connector.features.iter().map(|feature| feature.id.as_str());
            self.reference(place.index(at), "feature", id, known);
        }
    }
}

/// An input's kind, as a message says it.
fn word(kind: InputKind) -> String {
    let word = match kind {
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
        InputKind::ServiceAccount => "service-account",
        InputKind::Licence => "licence",
        InputKind::Country => "country",
    };
    format!("kind “{word}”")
}
