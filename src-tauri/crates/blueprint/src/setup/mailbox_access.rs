//! Whose mailboxes an app is to reach.

use serde::{Deserialize, Serialize};

use super::InputProblem;
use super::input::address;

/// Most people that can be chosen one by one; more of them belong in a group.
const MOST_PEOPLE: usize = 50;

/// Whose mailboxes an app is to reach.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "who", rename_all = "kebab-case")]
pub enum MailboxAccess {
    /// Every mailbox of the organisation: no limit.
    #[default]
    Everyone,
    /// The direct members of one group, by its address or its object id.
    Group(String),
    /// These mailboxes, by address.
    People(Vec<String>),
}

impl MailboxAccess {
    /// Whether some mailboxes are out of reach.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        *self != Self::Everyone
    }

    /// The choice, tidied: addresses checked, nobody twice.
    pub(super) fn judge(&self) -> Result<Self, InputProblem> {
        match self {
            Self::Everyone => Ok(Self::Everyone),
            Self::Group(typed) => group(typed.trim()).map(Self::Group),
            Self::People(typed) => people(typed).map(Self::People),
        }
    }
}

fn group(typed: &str) -> Result<String, InputProblem> {
    if typed.is_empty() {
        return Err(InputProblem::NoGroup);
    }
    match uuid::Uuid::try_parse(typed) {
        Ok(id) => Ok(id.to_string()),
        Err(_) => address::check(typed),
    }
}

fn people(typed: &[String]) -> Result<Vec<String>, InputProblem> {
    let mut people: Vec<String> = Vec::new();
    for one in typed.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let tidy = address::check(one)?;
        if !people.iter().any(|known| known.eq_ignore_ascii_case(&tidy)) {
            people.push(tidy);
        }
    }
    match people.len() {
        0 => Err(InputProblem::NoPeople),
        1..=MOST_PEOPLE => Ok(people),
        _ => Err(InputProblem::TooManyPeople { max: MOST_PEOPLE }),
    }
}
