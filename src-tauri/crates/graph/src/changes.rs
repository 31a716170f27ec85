//! What changed in a collection since it was read.
//! <https://learn.microsoft.com/graph/delta-query-overview>
//!
//! A link to the changes is good for seven days; then Graph answers 400 `syncStateNotFound` or 410, and the collection has
//! to be read anew ([`is_too_old`]). Organisations for customers (external tenants) have no changes to ask for.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::error::GraphError;

/// One object that changed, with at least the properties that did. The others may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Object id.
    pub id: String,
    /// It is gone (deleted, or in the recycle bin).
    pub removed: bool,
    /// What is known of it now. A collection is given whole.
    properties: Map<String, Value>,
}

impl Change {
    /// The object after the change, from what was known before. `None` when that is not enough to know it: then it is
    /// read by itself.
    #[must_use]
    pub fn onto<T: Serialize + DeserializeOwned>(self, known: Option<&T>) -> Option<T> {
        let mut whole = match known.map(serde_json::to_value) {
            Some(Ok(Value::Object(fields))) => fields,
            Some(_) => return None,
            None => Map::new(),
        };
        for (name, value) in self.properties {
            // `passwordCredentials@odata.context` and the like describe, and are not part of, the object.
            if !name.contains('@') {
                whole.insert(name, value);
            }
        }
        serde_json::from_value(Value::Object(whole)).ok()
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let properties = Map::<String, Value>::deserialize(from)?;
        let id = properties.get("id").and_then(Value::as_str).ok_or_else(|| D::Error::custom("no id"))?;
        let removed = properties.get("@removed").is_some_and(|reason| !reason.is_null());
        Ok(Self { id: id.to_owned(), removed, properties })
    }
}

/// Whether this means that a link to changes, or to a page, is too old to be answered.
#[must_use]
pub fn is_too_old(error: &GraphError) -> bool {
    let GraphError::Refused(refusal) = error else { return false };
    let code = refusal.code.as_str();
    refusal.status == 410
        || ["syncStateNotFound", "syncStateInvalid", "resyncRequired", "Directory_ExpiredPageToken"]
            .iter()
            .any(|known| code.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::Application;

    const KNOWN: &str = r#"{"id":"11111111-1111-4111-8111-111111111111","appId":"33333333-3333-4333-8333-333333333333",
        "displayName":"Old","tags":["a"],"passwordCredentials":[{"keyId":"k","endDateTime":"2026-12-01T00:00:00Z"}]}"#;

    fn change(text: &str) -> Change {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_left_out_stays_and_what_is_null_goes() {
        let known: Application = serde_json::from_str(KNOWN).unwrap();
        let change = change(
            r#"{"id":"11111111-1111-4111-8111-111111111111","displayName":"New","tags":null,"tags@delta":[]}"#,
        );
        let now = change.onto(Some(&known)).unwrap();
        assert_eq!(now.display_name.as_deref(), Some("New"));
        assert!(now.tags.is_empty());
        assert_eq!(now.password_credentials, known.password_credentials);
    }

    #[test]
    fn a_part_of_an_unknown_object_is_not_enough() {
        let part = change(r#"{"id":"11111111-1111-4111-8111-111111111111","displayName":"New"}"#);
        assert_eq!(part.onto::<Application>(None), None);
        assert!(change(KNOWN).onto::<Application>(None).is_some());
    }

    #[test]
    fn a_removed_object_says_so_whatever_the_reason() {
        for reason in ["changed", "deleted", "something new"] {
            let text = format!(r#"{{"id":"x","@removed":{{"reason":"{reason}"}}}}"#);
            assert!(change(&text).removed);
        }
        assert!(!change(r#"{"id":"x"}"#).removed);
        assert!(serde_json::from_str::<Change>(r#"{"displayName":"no id"}"#).is_err());
    }
}
