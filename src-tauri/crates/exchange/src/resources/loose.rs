//! Values that come in several forms: PowerShell's types on their way through JSON.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A yes or no: a JSON boolean, or `True`/`False` in words. Anything else is not known.
pub(super) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        Some(Value::Bool(flag)) => Some(flag),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Some(true),
        Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    })
}

/// Text; an empty one is none. An object with a `Name` (an id on its way through) gives that.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        Some(Value::Object(object)) => object.get("Name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    })
}

/// A list of texts: a JSON array, or one text with commas.
pub(super) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        Some(Value::Array(values)) => {
            values.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
        }
        Some(Value::String(text)) => {
            text.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
        }
        _ => Vec::new(),
    })
}
