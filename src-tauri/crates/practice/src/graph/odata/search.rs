//! `$search` on directory objects: `"displayName:wat"`, joined with AND and OR ("Use the $search query parameter").

use serde_json::{Map, Value};

use super::super::error::{GraphError, Result};

/// Clauses joined with OR, each a list joined with AND.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search(Vec<Vec<Clause>>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    property: Option<String>,
    text: String,
}

/// Properties that are searched by their words; others by how they start.
const TOKENISED: [&str; 2] = ["displayName", "description"];

impl Search {
    /// Reads the clauses; each must stand in double quotes.
    ///
    /// # Errors
    /// A clause without quotes or without `property:`.
    pub(crate) fn parse(value: &str) -> Result<Self> {
        let refuse = || {
            GraphError::BadRequest(format!(
                "Syntax error: character ':' is not valid at position {} in '{value}'.",
                value.find(':').unwrap_or_default()
            ))
        };
        let mut alternatives = vec![Vec::new()];
        let mut rest = value.trim();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("OR ").or_else(|| rest.strip_prefix("or ")) {
                alternatives.push(Vec::new());
                rest = after.trim_start();
            } else if let Some(after) = rest.strip_prefix("AND ").or_else(|| rest.strip_prefix("and ")) {
                rest = after.trim_start();
            } else {
                // `("a:b" OR "c:d") AND ...` is documented too; parentheses around a single level change nothing here.
                let bare = rest.trim_start_matches(['(', ')', ' ']);
                let inner = bare.strip_prefix('"').ok_or_else(refuse)?;
                let end = inner.find('"').ok_or_else(refuse)?;
                let clause = &inner[..end];
                let (property, text) = match clause.split_once(':') {
                    Some((property, text)) => (Some(property.trim().to_owned()), text),
                    None => (None, clause),
                };
                if let Some(current) = alternatives.last_mut() {
                    current.push(Clause { property, text: text.trim().to_lowercase() });
                }
                rest = inner[end + 1..].trim_start_matches([')', ' ']);
            }
        }
        if alternatives.iter().any(Vec::is_empty) {
            return Err(refuse());
        }
        Ok(Self(alternatives))
    }

    /// Whether the object is found.
    pub(crate) fn finds(&self, body: &Map<String, Value>) -> bool {
        self.0.iter().any(|clauses| clauses.iter().all(|clause| clause.finds(body)))
    }

    /// The properties that are searched.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flatten().filter_map(|clause| clause.property.as_deref())
    }
}

impl Clause {
    fn finds(&self, body: &Map<String, Value>) -> bool {
        let Some(property) = &self.property else {
            // Messages and events: anywhere in the texts.
            return body.values().any(|value| contains(value, &self.text));
        };
        let Some(text) = body.get(property).and_then(Value::as_str) else { return false };
        let text = text.to_lowercase();
        if !TOKENISED.contains(&property.as_str()) {
            return text.starts_with(&self.text);
        }
        let words: Vec<&str> = words(&text).collect();
        words_of(&self.text).all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    words(text)
}

fn contains(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own.to_lowercase().contains(text),
        Value::Array(items) => items.iter().any(|item| contains(item, text)),
        Value::Object(object) => object.values().any(|value| contains(value, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_beginnings() {
        let body =
            serde_json::json!({ "displayName": "Cirrus Insight (service)", "mail": "cirrus@contoso.com" });
        let body = body.as_object().unwrap();
        for (search, found) in [
            ("\"displayName:insi\"", true),
            ("\"displayName:service cirrus\"", true),
            ("\"displayName:sight\"", false),
            ("\"mail:cirrus@\"", true),
            ("\"mail:contoso\"", false),
            ("\"displayName:nope\" OR \"mail:cirrus\"", true),
            ("\"displayName:nope\" AND \"mail:cirrus\"", false),
        ] {
            assert_eq!(Search::parse(search).unwrap().finds(body), found, "{search}");
        }
        assert!(Search::parse("displayName:cirrus").is_err());
    }
}
