//! One call of a cmdlet: its parameters, checked against what the cmdlet takes.

use std::cell::RefCell;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::catalogue::Cmdlet;
use super::refusal::CmdletError;
use crate::lag::View;
use crate::tenant::Tenant;

/// What a cmdlet gives: objects, or why not.
pub(crate) type Outcome = Result<Vec<Value>, CmdletError>;

/// Parameters that every cmdlet has.
const COMMON: [&str; 8] =
    ["Confirm", "WhatIf", "Verbose", "Debug", "ErrorAction", "WarningAction", "ErrorVariable", "OutVariable"];

/// Everything a cmdlet may look at besides the tables.
pub(crate) struct Invocation<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) view: View,
    parameters: Map<String, Value>,
    warnings: RefCell<Vec<String>>,
}

impl<'a> Invocation<'a> {
    /// Takes the parameters if the cmdlet has all of them. Names are compared without regard to case.
    ///
    /// # Errors
    /// For a parameter that the cmdlet does not have, and for a mandatory one that is missing.
    pub(crate) fn new(
        tenant: &'a Tenant,
        cmdlet: &Cmdlet,
        sent: Map<String, Value>,
    ) -> Result<Self, CmdletError> {
        let mut parameters = Map::new();
        for (name, value) in sent {
            // Type annotations of OData are no parameters.
            if name.contains('@') {
                continue;
            }
            let known = cmdlet.parameters.iter().map(|own| own.trim_end_matches('!')).chain(COMMON);
            let own = known
                .into_iter()
                .find(|own| own.eq_ignore_ascii_case(&name))
                .ok_or_else(|| CmdletError::UnknownParameter(name.clone()))?;
            if !value.is_null() {
                parameters.insert(own.to_owned(), value);
            } else {
                // A null takes a setting away: only cmdlets that set something look for it.
                parameters.insert(own.to_owned(), Value::Null);
            }
        }
        for own in cmdlet.parameters.iter().filter_map(|own| own.strip_suffix('!')) {
            if parameters.get(own).is_none_or(Value::is_null) {
                return Err(CmdletError::MissingParameter(own));
            }
        }
        Ok(Self { tenant, view: tenant.view(), parameters, warnings: RefCell::default() })
    }

    /// Now, by the tenant's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.view.now
    }

    /// How long Exchange's cache keeps what is no longer so, in milliseconds.
    pub(crate) fn delay_ms(&self) -> u64 {
        self.view.lag.mailbox_access_ms
    }

    /// Whether only to look what would happen.
    pub(crate) fn is_rehearsal(&self) -> bool {
        self.parameters.get("WhatIf").is_some_and(|value| value == &Value::Bool(true))
    }

    /// Whether the parameter was given at all, even as null.
    pub(crate) fn given(&self, name: &str) -> bool {
        self.parameters.contains_key(name)
    }

    /// A parameter as text; empty when absent.
    ///
    /// # Errors
    /// For an object or a list of several.
    pub(crate) fn text(&self, name: &str) -> Result<String, CmdletError> {
        let wrong = |value: &Value| CmdletError::WrongType {
            parameter: name.to_owned(),
            value: value.to_string(),
            wanted: "System.String",
        };
        match self.parameters.get(name) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(Value::Bool(flag)) => Ok(if *flag { "True".to_owned() } else { "False".to_owned() }),
            Some(Value::Array(items)) if items.len() == 1 && items[0].is_string() => {
                Ok(items[0].as_str().unwrap_or_default().to_owned())
            }
            Some(other) => Err(wrong(other)),
        }
    }

    /// A switch or a Boolean.
    ///
    /// # Errors
    /// For anything but true and false.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, CmdletError> {
        match self.parameters.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") || text == "$true" => {
                Ok(Some(true))
            }
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") || text == "$false" => {
                Ok(Some(false))
            }
            Some(other) => Err(CmdletError::WrongType {
                parameter: name.to_owned(),
                value: other.to_string(),
                wanted: "System.Boolean",
            }),
        }
    }

    /// A parameter that may have several values: a list, or a text with commas.
    ///
    /// # Errors
    /// For values that are no texts.
    pub(crate) fn list(&self, name: &str) -> Result<Vec<String>, CmdletError> {
        let values = match self.parameters.get(name) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(items)) => items.clone(),
            Some(other) => vec![other.clone()],
        };
        let mut all = Vec::new();
        for value in values {
            let Some(text) = value.as_str() else {
                return Err(CmdletError::WrongType {
                    parameter: name.to_owned(),
                    value: value.to_string(),
                    wanted: "System.String",
                });
            };
            all.extend(text.split([',', ';']).map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()));
        }
        Ok(all)
    }

    /// Says something beside the result.
    pub(crate) fn warn(&self, text: String) {
        self.warnings.borrow_mut().push(text);
    }

    /// What was said.
    pub(crate) fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }
}
