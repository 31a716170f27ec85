//! Deciding conditions.

use std::collections::{BTreeMap, BTreeSet};

use super::InputValue;
use crate::Condition;

/// What is known when a condition is decided.
#[derive(Clone, Copy)]
pub(super) struct Situation<'a> {
    /// Chosen features.
    pub(super) features: &'a BTreeSet<String>,
    /// Environments that are meant: all that are chosen, or the one that a registration is made for.
    pub(super) environments: &'a BTreeSet<String>,
    /// Answers so far.
    pub(super) inputs: &'a BTreeMap<String, InputValue>,
}

impl Situation<'_> {
    pub(super) fn allows(&self, condition: &Condition) -> bool {
        self.any_feature(&condition.features)
            && any(&condition.environments, self.environments)
            && condition.input.as_ref().is_none_or(|input| {
                self.inputs.get(input).is_some_and(|answer| condition.is.contains(&answer.to_string()))
            })
    }

    /// Whether one of the features is chosen; a list that names none asks for none.
    pub(super) fn any_feature(&self, wanted: &[String]) -> bool {
        any(wanted, self.features)
    }
}

fn any(wanted: &[String], chosen: &BTreeSet<String>) -> bool {
    wanted.is_empty() || wanted.iter().any(|one| chosen.contains(one))
}
