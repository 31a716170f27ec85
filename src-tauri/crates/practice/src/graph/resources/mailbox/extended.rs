//! Extended properties of events: what a client keeps on an event for itself, and finds it again by.
//!
//! Source: "Outlook extended properties overview" (formats of `id`), "Create singleValueLegacyExtendedProperty", "Get
//! singleValueLegacyExtendedProperty" (`$filter` with `any`, `$expand` with an inner `$filter` on `id`).

use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::odata::evaluate::{Subject, holds};
use super::super::super::odata::filter::{self, Condition};
use super::super::super::odata::lexer::is_guid;
use super::super::super::odata::options::Expand;
use super::super::super::validate::array;
use super::time_zone;

/// The navigation that a client writes and reads.
const SINGLE: &str = "singleValueExtendedProperties";

/// Types of single values, as an `id` begins with one.
const TYPES: [&str; 12] = [
    "Boolean",
    "Binary",
    "CLSID",
    "Currency",
    "Double",
    "Float",
    "Integer",
    "Long",
    "Short",
    "String",
    "SystemTime",
    "ApplicationTime",
];

/// Takes the properties out of what was sent, so that the rest can be held against the type; `None` when none were sent.
///
/// # Errors
/// When an `id` is of no known format, or a value is no text.
pub(super) fn take(sent: &mut Map<String, Value>) -> Result<Option<Vec<Value>>> {
    let Some(wanted) = sent.remove(SINGLE) else { return Ok(None) };
    let refuse =
        |what: &str| GraphError::MailboxBadRequest(format!("The extended property '{what}' is not valid."));
    let wanted = wanted.as_array().ok_or_else(|| refuse(SINGLE))?;
    let checked = wanted.iter().map(|property| {
        let id = property["id"].as_str().unwrap_or_default();
        if !is_id(id) || !property["value"].is_string() {
            return Err(refuse(id));
        }
        Ok(json!({ "id": id, "value": property["value"] }))
    });
    checked.collect::<Result<Vec<_>>>().map(Some)
}

/// `String {guid} Name reminder`, `Integer {guid} Id 0x8233` or, of MAPI's own, `String 0x4001`.
fn is_id(id: &str) -> bool {
    let parts: Vec<&str> = id.splitn(4, ' ').collect();
    let number = |text: &str| {
        let digits = text.strip_prefix("0x").unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    let set =
        |text: &str| text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).is_some_and(is_guid);
    match parts.as_slice() {
        [kind, tag] => TYPES.contains(kind) && number(tag),
        [kind, guid, "Name", name] => TYPES.contains(kind) && set(guid) && !name.is_empty(),
        [kind, guid, "Id", tag] => TYPES.contains(kind) && set(guid) && number(tag),
        _ => false,
    }
}

/// GUIDs are written in either case.
fn is_same(one: &Value, other: &Value) -> bool {
    let id = |property: &Value| property["id"].as_str().unwrap_or_default().to_ascii_lowercase();
    id(one) == id(other)
}

/// Puts properties with an item; one of the same id is replaced, the others stay.
pub(super) fn put(item: &mut Map<String, Value>, wanted: Vec<Value>) {
    let mut kept = array(item, SINGLE).to_vec();
    kept.retain(|own| !wanted.iter().any(|other| is_same(other, own)));
    kept.extend(wanted);
    item.insert(SINGLE.into(), kept.into());
}

/// What `$expand` adds to an item: the properties that its inner filter names. Without a filter none can be asked for.
///
/// # Errors
/// For other navigations, and without a filter.
pub(super) fn expand(item: &Map<String, Value>, asked: &Expand) -> Result<Value> {
    if !asked.navigation.eq_ignore_ascii_case(SINGLE) {
        return Err(GraphError::UnreadableExpand(format!(
            "Could not find a property named '{}' on type 'microsoft.graph.event'.",
            asked.navigation
        )));
    }
    let condition = asked.filter.as_deref().and_then(|text| filter::parse(text).ok()).ok_or_else(|| {
        GraphError::MailboxBadRequest("The $expand of extended properties needs a $filter on id.".into())
    })?;
    let named = |property: &&Value| {
        property.as_object().is_some_and(|body| {
            let kind = "singleValueLegacyExtendedProperty";
            holds(&condition, &Subject { body, kind, related: &|_| None })
        })
    };
    Ok(array(item, SINGLE).iter().filter(named).cloned().collect())
}

/// All that `$expand` adds to one item; one that has no such property does not have the list either.
///
/// # Errors
/// As [`expand`].
pub(super) fn expanded(call: &Call<'_>, item: &Map<String, Value>) -> Result<Map<String, Value>> {
    let mut found = Map::new();
    for asked in &call.options.expand {
        let value = expand(item, asked)?;
        if value.as_array().is_some_and(|list| !list.is_empty()) {
            found.insert(SINGLE.into(), value);
        }
    }
    Ok(found)
}

/// Refuses a `$filter` by what Exchange keeps and does not look through: a client's own transaction id.
///
/// # Errors
/// [`GraphError::NotFilterable`].
pub(super) fn check_filter(call: &Call<'_>) -> Result<()> {
    match call.options.filter.as_ref() {
        Some(filter) if names(filter, "transactionId") => {
            Err(GraphError::NotFilterable("transactionId".to_owned()))
        }
        _ => Ok(()),
    }
}

fn names(condition: &Condition, property: &str) -> bool {
    let is = |path: &filter::Path| path.0.first().is_some_and(|first| first.eq_ignore_ascii_case(property));
    match condition {
        Condition::And(left, right) | Condition::Or(left, right) => {
            names(left, property) || names(right, property)
        }
        Condition::Not(inner) => names(inner, property),
        Condition::Compare { path, .. }
        | Condition::In { path, .. }
        | Condition::Text { path, .. }
        | Condition::Holds(path)
        | Condition::Lambda { collection: path, .. } => is(path),
        Condition::IsOf(_) => false,
    }
}

/// Whether what is sent a second time under one `transactionId` is the event that was made the first time.
pub(super) fn same_event(kept: &Map<String, Value>, sent: &Map<String, Value>) -> bool {
    ["subject", "isAllDay", "start", "end"].iter().all(|name| match sent.get(*name) {
        Some(time) if time.is_object() => {
            time_zone::instant(time) == kept.get(*name).and_then(time_zone::instant)
        }
        Some(value) => kept.get(*name) == Some(value),
        None => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_of_the_documented_formats() {
        for id in [
            "String {00020329-0000-0000-C000-000000000046} Name gatehouse-reminder",
            "String {00020329-0000-0000-c000-000000000046} Name with spaces in it",
            "Integer {00062002-0000-0000-c000-000000000046} Id 0x8233",
            "String 0x4001",
        ] {
            assert!(is_id(id), "{id}");
        }
        for id in [
            "",
            "String",
            "Text {00020329-0000-0000-C000-000000000046} Name x",
            "String 00020329-0000-0000-C000-000000000046 Name x",
            "String {00020329-0000-0000-C000-000000000046} Label x",
            "String {00020329-0000-0000-C000-000000000046} Name ",
            "String 4001",
        ] {
            assert!(!is_id(id), "{id}");
        }
    }
}
