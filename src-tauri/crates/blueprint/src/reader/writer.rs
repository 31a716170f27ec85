//! Writing a connector as a file, in the order of the format's description.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::format;
use super::shape::{Field, Shape};
use crate::Connector;

impl Connector {
    /// The connector as a file that [`Connector::parse`] reads to the same connector: fields in the order of the
    /// documentation, without what is the same when left out.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut file = String::new();
        // A connector is made of texts, numbers and lists, so that this cannot fail.
        if let Ok(Value::Object(map)) = serde_json::to_value(self) {
            table(format::top(), &map, "", &mut file);
        }
        file.trim_start().to_owned()
    }
}

/// Writes the plain fields of a table, then the tables inside it, which TOML wants last.
fn table(fields: &'static [Field], map: &Map<String, Value>, path: &str, file: &mut String) {
    let there =
        |field: &&Field| map.get(field.name).is_some_and(|value| !says_nothing(path, field.name, value));
    for field in fields.iter().filter(there).filter(|field| !is_block(field)) {
        let _ = writeln!(file, "{} = {}", field.name, inline(&map[field.name]));
    }
    for field in fields.iter().filter(there).filter(|field| is_block(field)) {
        let inner = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        let value = &map[field.name];
        let items: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        for item in items.into_iter().filter_map(Value::as_object) {
            let header = if value.is_array() { format!("[[{inner}]]") } else { format!("[{inner}]") };
            let _ = writeln!(file, "\n{header}");
            match &field.shape {
                Shape::List { of: Shape::Table(fields), .. } | Shape::Table(fields) => {
                    table(fields, item, &inner, file);
                }
                Shape::ByKind(kinds) => {
                    let kind = item.get("kind").and_then(Value::as_str).unwrap_or_default();
                    let _ = writeln!(file, "kind = {}", inline(&Value::from(kind)));
                    if let Some((_, fields)) = kinds.iter().find(|(name, _)| *name == kind) {
                        table(fields, item, &inner, file);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the field gets a header of its own. Conditions and the like stay on one line.
fn is_block(field: &Field) -> bool {
    let tables = match &field.shape {
        Shape::List { of, .. } => matches!(of, Shape::Table(_)),
        Shape::Table(_) | Shape::ByKind(_) => true,
        _ => false,
    };
    tables && !matches!(field.name, "when" | "script")
}

/// Whether leaving the field out means the same.
fn says_nothing(path: &str, name: &str, value: &Value) -> bool {
    let on_to_begin_with = matches!(
        (path.rsplit('.').next().unwrap_or_default(), name),
        ("inputs", "required") | ("permissions" | "roles", "default")
    );
    match value {
        Value::Null => true,
        Value::Bool(flag) => *flag == on_to_begin_with,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(|value| says_nothing("", "", value)),
        Value::String(text) => name == "consent" && text == "organisation",
        Value::Number(_) => false,
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => toml::Value::String(text.clone()).to_string(),
        Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let fields = map.iter().filter(|(name, value)| !says_nothing("", name, value));
            let fields: Vec<_> = fields.map(|(name, value)| format!("{name} = {}", inline(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => other.to_string(),
    }
}
