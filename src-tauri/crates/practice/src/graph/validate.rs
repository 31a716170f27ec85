//! Checking what a client wants to write against the type's description.

use serde_json::{Map, Value};

use super::error::{GraphError, Result};
use super::odata::lexer::is_guid;
use super::schema::{EntityType, PropertyType, entity};
use crate::store::Row;

/// Refuses unknown and read-only properties and values of the wrong type; spells the names as the type does.
///
/// # Errors
/// In Graph's words, for the first property that does not fit.
pub(crate) fn body(
    kind: &'static EntityType,
    resource: &'static str,
    read_only: &[&str],
    body: Map<String, Value>,
) -> Result<Map<String, Value>> {
    let mut checked = Map::new();
    for (name, value) in body {
        // `owners@odata.bind` is looked at by the operations that know it.
        if name.contains("@odata.") {
            checked.insert(name, value);
            continue;
        }
        let Some((own, property)) = kind.property(&name) else {
            return Err(GraphError::UnknownProperty(name));
        };
        if property.navigation {
            return Err(GraphError::UnknownProperty(name));
        }
        if read_only.contains(&own) {
            return Err(GraphError::ReadOnlyProperty(own.to_owned()));
        }
        if !fits(&property.holds, &value) {
            return Err(GraphError::InvalidValue { property: own.to_owned(), resource });
        }
        let mut value = value;
        spell(&property.holds, &mut value);
        checked.insert(own.to_owned(), value);
    }
    Ok(checked)
}

/// Whether a value is of the type; `null` always is, and clears the property.
fn fits(holds: &PropertyType, value: &Value) -> bool {
    match (holds, value) {
        (_, Value::Null) => true,
        (PropertyType::Text, value) => value.is_string(),
        (PropertyType::Guid, Value::String(text)) => is_guid(text),
        (PropertyType::Moment, Value::String(text)) => text.parse::<jiff::Timestamp>().is_ok(),
        (PropertyType::Bool, value) => value.is_boolean(),
        (PropertyType::Number, value) => value.is_number(),
        (PropertyType::Collection(inner), Value::Array(items)) => items.iter().all(|item| fits(inner, item)),
        (PropertyType::Named(name), Value::Object(object)) => {
            let kind = entity(name);
            object.iter().all(|(name, value)| {
                name.starts_with('@')
                    || kind.properties.get(name).is_some_and(|property| fits(&property.holds, value))
            })
        }
        (PropertyType::Named(name), Value::String(text)) => {
            let kind = entity(name);
            kind.properties.is_empty() && (kind.values.is_empty() || spelling(&kind.values, text).is_some())
        }
        _ => false,
    }
}

/// Values of enumerations are taken in any case and kept in the published one.
fn spell(holds: &PropertyType, value: &mut Value) {
    match (holds, value) {
        (PropertyType::Named(name), Value::String(text)) => {
            if let Some(own) = spelling(&entity(name).values, text) {
                own.clone_into(text);
            }
        }
        (PropertyType::Named(name), Value::Object(object)) => {
            let kind = entity(name);
            for (name, value) in object {
                if let Some(property) = kind.properties.get(name) {
                    spell(&property.holds, value);
                }
            }
        }
        // Clearing a list leaves an empty one.
        (PropertyType::Collection(_), value @ Value::Null) => *value = Value::Array(vec![]),
        (PropertyType::Collection(inner), Value::Array(items)) => {
            items.iter_mut().for_each(|item| spell(inner, item));
        }
        _ => {}
    }
}

fn spelling<'v>(values: &'v [String], text: &str) -> Option<&'v str> {
    values.iter().find(|own| own.eq_ignore_ascii_case(text)).map(String::as_str)
}

/// Puts the changes into an object: complex values are merged, everything else is replaced.
pub(crate) fn merge(into: &mut Map<String, Value>, changes: Map<String, Value>) {
    for (name, value) in changes.into_iter().filter(|(name, _)| !name.contains("@odata.")) {
        match (into.get_mut(&name), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, value) => {
                into.insert(name, value);
            }
        }
    }
}

/// Where a row keeps when each of its properties was changed last, for clients that track changes.
pub(crate) const CHANGES: &str = "_changes";
/// Stands for all properties there: the object was restored.
pub(crate) const EVERYTHING: &str = "*";

/// Changes a row and keeps what it was, for replicas that have not heard of the change.
pub(crate) fn edit(row: &mut Row, now: jiff::Timestamp, change: impl FnOnce(&mut Map<String, Value>)) {
    let before = row.body.clone();
    change(&mut row.body);
    let changed: Vec<String> = row
        .body
        .iter()
        .filter(|(name, value)| !name.starts_with('_') && before.get(*name) != Some(*value))
        .map(|(name, _)| name.clone())
        .collect();
    for name in changed {
        note_change(row, now, &name);
    }
    row.before = Some(before);
    row.changed = now;
}

/// Remembers that a property was changed.
pub(crate) fn note_change(row: &mut Row, now: jiff::Timestamp, property: &str) {
    let changes = row.body.entry(CHANGES).or_insert_with(|| Value::Object(Map::new()));
    if let Some(changes) = changes.as_object_mut() {
        changes.insert(property.to_owned(), now.to_string().into());
    }
}

/// A new row.
pub(crate) fn new_row(body: Map<String, Value>, now: jiff::Timestamp) -> Row {
    Row { body, created: now, changed: now, before: None, deleted: None }
}

/// A property that must be there and not empty.
///
/// # Errors
/// [`GraphError::MissingProperty`].
pub(crate) fn required<'b>(
    body: &'b Map<String, Value>,
    property: &'static str,
    resource: &'static str,
) -> Result<&'b str> {
    body.get(property)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .ok_or(GraphError::MissingProperty { property, resource })
}

/// A text that may be absent.
pub(crate) fn text<'b>(body: &'b Map<String, Value>, property: &str) -> &'b str {
    body.get(property).and_then(Value::as_str).unwrap_or_default()
}

/// The objects of an array property.
pub(crate) fn array<'b>(body: &'b Map<String, Value>, property: &str) -> &'b [Value] {
    body.get(property).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(value: Value) -> std::result::Result<Map<String, Value>, String> {
        let Value::Object(object) = value else { panic!("an object") };
        body(entity("application"), "Application", &["appId"], object).map_err(|error| error.to_string())
    }

    #[test]
    fn names_types_and_read_only_properties_are_checked() {
        assert!(
            check(json!({ "displayname": "x", "web": { "redirectUris": ["https://x"] } }))
                .unwrap()
                .contains_key("displayName")
        );
        assert_eq!(check(json!({ "nope": 1 })).unwrap_err(), "Invalid property 'nope'.");
        assert_eq!(
            check(json!({ "appId": "x" })).unwrap_err(),
            "Property 'appId' is read-only and cannot be set."
        );
        for wrong in [
            json!({ "displayName": 5 }),
            json!({ "tags": "x" }),
            json!({ "web": { "nope": 1 } }),
            json!({ "isFallbackPublicClient": "true" }),
        ] {
            assert!(
                check(wrong.clone()).unwrap_err().starts_with("Invalid value specified for property"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn enumerations_are_kept_in_their_published_spelling() {
        let message = |kind: &str| {
            let sent = json!({ "body": { "contentType": kind, "content": "x" }, "importance": "HIGH" });
            body(entity("message"), "Message", &[], sent.as_object().cloned().unwrap())
        };
        assert_eq!(message("HTML").unwrap()["body"]["contentType"], "html");
        assert_eq!(message("text").unwrap()["importance"], "high");
        assert!(message("markdown").is_err());
    }

    #[test]
    fn complex_values_are_merged_and_lists_replaced() {
        let mut object =
            json!({ "web": { "homePageUrl": "h", "redirectUris": ["a"] } }).as_object().cloned().unwrap();
        merge(&mut object, json!({ "web": { "redirectUris": ["b"] } }).as_object().cloned().unwrap());
        assert_eq!(object["web"], json!({ "homePageUrl": "h", "redirectUris": ["b"] }));
    }
}
