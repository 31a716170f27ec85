//! A registration on the way from the file to what is made.

use std::collections::{BTreeMap, BTreeSet};

use super::Template;
use super::condition::Situation;
use crate::connector::Registration;

/// A registration that is going to be made.
pub(super) struct Made<'a> {
    pub(super) registration: &'a Registration,
    pub(super) key: String,
    /// Id and name, where one is made for each.
    pub(super) environment: Option<(&'a String, &'a String)>,
}

impl Made<'_> {
    pub(super) fn environments(&self, situation: &Situation<'_>) -> BTreeSet<String> {
        match self.environment {
            Some((id, _)) => BTreeSet::from([id.clone()]),
            None => situation.environments.clone(),
        }
    }

    pub(super) fn title(&self, title: &str) -> String {
        match self.environment {
            Some((_, name)) => format!("{title} ({name})"),
            None => title.to_owned(),
        }
    }

    /// What was chosen for exactly this one, or for all of its environments.
    pub(super) fn choice<'c, T>(&self, choices: &'c BTreeMap<String, T>) -> Option<&'c T> {
        choices.get(&self.key).or_else(|| choices.get(&self.registration.key))
    }

    pub(super) fn fill(&self, text: &str, situation: &Situation<'_>) -> Option<String> {
        Template::parse(text).ok()?.fill(|gap| match (gap, self.environment) {
            ("environment", Some((_, name))) => Some(name.clone()),
            _ => situation.inputs.get(gap).map(ToString::to_string),
        })
    }
}
