//! Judging answers as they were typed.

pub(super) mod address;
mod certificate;
pub mod country;
mod host;
mod licence;
pub(crate) mod redirect;
pub(crate) mod text;
mod web;

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InputProblem;
use crate::connector::{Input, InputKind};

/// Longest answer of any kind but a certificate, in characters.
const MAX_ANSWER: u32 = 512;

/// An answer, tidied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "kebab-case")]
pub enum InputValue {
    /// One text: an address, a domain, a choice, free text.
    Text(String),
    /// A number.
    Number(u32),
    /// Several answers to one question.
    Several(Vec<String>),
}

impl fmt::Display for InputValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Several(all) => f.write_str(&all.join(", ")),
        }
    }
}

/// The answer, tidied; `None` where nothing was answered and nothing needs to be.
pub(crate) fn judge(input: &Input, typed: &str) -> Result<Option<InputValue>, InputProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return if input.required {
            Err(InputProblem::Missing { label: input.label.clone() })
        } else {
            Ok(None)
        };
    }
    if input.kind == InputKind::Certificate {
        return certificate::check(typed).map(|pem| Some(InputValue::Text(pem)));
    }
    if text::has_hidden(typed, input.multiple) {
        return Err(InputProblem::Hidden);
    }
    if !input.multiple {
        return one(input, typed).map(Some);
    }
    let mut all = Vec::new();
    for part in typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let answer = one(input, part)?.to_string();
        if !all.contains(&answer) {
            all.push(answer);
        }
    }
    if all.is_empty() && input.required {
        return Err(InputProblem::Missing { label: input.label.clone() });
    }
    Ok((!all.is_empty()).then_some(InputValue::Several(all)))
}

/// A registration's display name as a person typed it.
pub(super) fn name(typed: &str, max: u32) -> Result<String, InputProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(InputProblem::TooShort { min: 1 });
    }
    if text::has_hidden(typed, false) {
        return Err(InputProblem::Hidden);
    }
    text::check_length(typed, None, Some(max))?;
    Ok(typed.to_owned())
}

fn one(input: &Input, typed: &str) -> Result<InputValue, InputProblem> {
    if input.kind == InputKind::Number {
        return number(input, typed).map(InputValue::Number);
    }
    text::check_length(typed, None, Some(MAX_ANSWER))?;
    let tidy = match input.kind {
        InputKind::Mailbox | InputKind::Email | InputKind::ServiceAccount => address::check(typed)?,
        InputKind::Licence => licence::check(typed)?,
        InputKind::Country => country::check(typed)?,
        InputKind::Domain | InputKind::VerifiedDomain => host::domain(typed)?,
        InputKind::HostLabel => host::label(typed)?,
        InputKind::Url => web::check(typed)?,
        InputKind::Choice => choice(input, typed)?,
        InputKind::Text | InputKind::Number | InputKind::Certificate => typed.to_owned(),
    };
    if let Some(class) = input.characters.as_deref().and_then(text::Class::parse) {
        class.check(&tidy)?;
    }
    text::check_length(&tidy, input.min, input.max)?;
    Ok(InputValue::Text(tidy))
}

fn number(input: &Input, typed: &str) -> Result<u32, InputProblem> {
    if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InputProblem::NotANumber);
    }
    let (min, max) = (input.min.unwrap_or(0), input.max.unwrap_or(u32::MAX));
    // More digits than fit are too much, not "no number".
    let number = typed.parse().unwrap_or(u32::MAX);
    if (min..=max).contains(&number) { Ok(number) } else { Err(InputProblem::OutOfRange { min, max }) }
}

fn choice(input: &Input, typed: &str) -> Result<String, InputProblem> {
    let matching = |choice: &&crate::InputChoice| {
        choice.value.eq_ignore_ascii_case(typed) || choice.label.eq_ignore_ascii_case(typed)
    };
    if let Some(found) = input.choices.iter().find(matching) {
        return Ok(found.value.clone());
    }
    let values: Vec<&str> = input.choices.iter().map(|choice| choice.value.as_str()).collect();
    Err(InputProblem::UnknownChoice {
        nearest: crate::catalogue::nearest(typed, values.iter().copied()).map(str::to_owned),
        choices: values.join(", "),
    })
}
