//! A cmdlet as a value: what will be sent, whether it may be repeated, and how its answer is read.

use net::call::{Description, Repeat};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// How the objects that a cmdlet gave become a `T`.
pub(crate) type Decode<T> = fn(Vec<Value>) -> Result<T, serde_json::Error>;

/// One cmdlet that gives a `T`.
pub struct Command<T> {
    pub(crate) cmdlet: &'static str,
    pub(crate) parameters: Map<String, Value>,
    /// What sending it twice does; `None` for one that only reads.
    pub(crate) writes: Option<Repeat>,
    pub(crate) decode: Decode<T>,
    unserialisable: bool,
}

// By hand: `derive` would ask for `T: Clone`.
impl<T> Clone for Command<T> {
    fn clone(&self) -> Self {
        Self {
            cmdlet: self.cmdlet,
            parameters: self.parameters.clone(),
            writes: self.writes,
            decode: self.decode,
            unserialisable: self.unserialisable,
        }
    }
}

impl<T> std::fmt::Debug for Command<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command").field("cmdlet", &self.cmdlet).finish_non_exhaustive()
    }
}

impl<T> Command<T> {
    fn new(cmdlet: &'static str, writes: Option<Repeat>, decode: Decode<T>) -> Self {
        Self { cmdlet, parameters: Map::new(), writes, decode, unserialisable: false }
    }

    pub(crate) fn reading(cmdlet: &'static str, decode: Decode<T>) -> Self {
        Self::new(cmdlet, None, decode)
    }

    pub(crate) fn writing(cmdlet: &'static str, repeat: Repeat, decode: Decode<T>) -> Self {
        Self::new(cmdlet, Some(repeat), decode)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => {
                self.parameters.insert(name.to_owned(), value);
            }
            Err(_) => self.unserialisable = true,
        }
        self
    }

    /// The cmdlet's name.
    #[must_use]
    pub fn cmdlet(&self) -> &'static str {
        self.cmdlet
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.writes.is_some()
    }

    /// What a second sending would do.
    #[must_use]
    pub fn repeat(&self) -> Repeat {
        self.writes.unwrap_or(Repeat::Safe)
    }

    /// The exact request, for showing it before it is sent.
    #[must_use]
    pub fn describe(&self) -> Description {
        Description {
            method: "POST".to_owned(),
            url: "/adminapi/beta/⟨organisation⟩/InvokeCommand".to_owned(),
            headers: Vec::new(),
            body: Some(self.body()),
        }
    }

    pub(crate) fn body(&self) -> Value {
        json!({"CmdletInput": {"CmdletName": self.cmdlet, "Parameters": self.parameters}})
    }

    /// Whether it may be sent: no stand-in for something that does not exist yet is left in it.
    pub(crate) fn is_complete(&self) -> bool {
        !self.unserialisable && !self.parameters.values().any(holds_stand_in)
    }
}

fn holds_stand_in(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('⟨'),
        Value::Array(items) => items.iter().any(holds_stand_in),
        _ => false,
    }
}

/// Every object that came.
pub(crate) fn all<T: DeserializeOwned>(values: Vec<Value>) -> Result<Vec<T>, serde_json::Error> {
    values.into_iter().map(serde_json::from_value).collect()
}

/// The object that was asked for, or made.
pub(crate) fn one<T: DeserializeOwned>(values: Vec<Value>) -> Result<T, serde_json::Error> {
    serde_json::from_value(values.into_iter().next().unwrap_or(Value::Null))
}

/// Nothing is expected.
#[expect(clippy::unnecessary_wraps, reason = "the shape of a decoder")]
pub(crate) fn nothing(_: Vec<Value>) -> Result<(), serde_json::Error> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Identity, scopes};

    #[test]
    fn a_description_is_the_command_as_it_will_be_sent() {
        let command = scopes::get(&Identity::new("Sales").unwrap());
        let description = command.describe();
        assert_eq!(
            description.body,
            Some(
                json!({"CmdletInput": {"CmdletName": "Get-ManagementScope", "Parameters": {"Identity": "Sales"}}})
            )
        );
        assert!(!command.is_write() && command.repeat() == Repeat::Safe);
        assert_eq!(format!("{command:?}"), "Command { cmdlet: \"Get-ManagementScope\", .. }");
    }

    #[test]
    fn a_command_with_a_stand_in_can_be_shown_and_not_sent() {
        let command = scopes::get(&Identity::placeholder("the new scope"));
        assert!(command.describe().body.unwrap().to_string().contains("the new scope"));
        assert!(!command.is_complete());
    }
}
