//! The format as a JSON schema, for editors and for other programs.

use serde_json::{Map, Value, json};

use super::format;
use super::shape::{Field, Format, Shape};

/// The schema of connector files (JSON Schema 2020-12; a TOML file is compared by its JSON equivalent).
///
/// It says everything about the form that a schema can say. References between parts, the names of permissions and
/// hidden characters are judged by the reader alone.
#[must_use]
pub fn connector_schema() -> Value {
    let mut schema = object(format::top());
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".to_owned(), "Gatehouse connector, format 1".into());
    }
    schema
}

fn of(shape: &Shape) -> Value {
    match shape {
        Shape::Text { max, format } => {
            let mut schema = json!({ "type": "string", "minLength": 1, "maxLength": max });
            if let (Some(pattern), Some(schema)) = (pattern(*format), schema.as_object_mut()) {
                schema.insert("pattern".to_owned(), pattern.into());
            }
            schema
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::OneOf(options) => json!({ "enum": options }),
        Shape::List { of: item, min, max } => {
            json!({ "type": "array", "items": of(item), "minItems": min, "maxItems": max })
        }
        Shape::Table(fields) => object(fields),
        Shape::ByKind(kinds) => {
            let variants: Vec<Value> = kinds
                .iter()
                .map(|(name, fields)| {
                    let mut variant = object(fields);
                    if let Some(properties) = variant.get_mut("properties").and_then(Value::as_object_mut) {
                        properties.insert("kind".to_owned(), json!({ "const": name }));
                    }
                    if let Some(required) = variant.get_mut("required").and_then(Value::as_array_mut) {
                        required.push("kind".into());
                    }
                    variant
                })
                .collect();
            json!({ "oneOf": variants })
        }
    }
}

fn object(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|field| {
            let mut schema = of(&field.shape);
            if let Some(schema) = schema.as_object_mut() {
                schema.insert("description".to_owned(), field.about.into());
            }
            (field.name.to_owned(), schema)
        })
        .collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn pattern(format: Format) -> Option<&'static str> {
    match format {
        Format::Id => Some("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
        Format::Version => Some("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$"),
        Format::Link => Some("^https://[^\\s*\\\\]+$"),
        Format::Guid => Some("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
        Format::Name => Some("^[A-Za-z0-9._-]+$"),
        Format::Template => Some("^([^{}]|\\{[a-z0-9-]+\\})+$"),
        Format::Redirect => Some("^([^{}\\s*#\\\\]|\\{[a-z0-9-]+\\})+$"),
        Format::Line | Format::Characters => None,
    }
}

/// Every field of the format as `table.field`, for the test that holds the documentation to it.
#[must_use]
pub fn field_names() -> Vec<String> {
    let mut names = Vec::new();
    collect(&format::CONNECTOR, "", &mut names);
    names.sort();
    names.dedup();
    names
}

fn collect(shape: &Shape, inside: &str, names: &mut Vec<String>) {
    let mut field = |field: &'static Field| {
        let path = if inside.is_empty() { field.name.to_owned() } else { format!("{inside}.{}", field.name) };
        names.push(path.clone());
        collect(&field.shape, &path, names);
    };
    match shape {
        Shape::List { of, .. } => collect(of, inside, names),
        Shape::Table(fields) => fields.iter().for_each(field),
        Shape::ByKind(kinds) => kinds.iter().flat_map(|(_, fields)| fields.iter()).for_each(&mut field),
        Shape::Text { .. } | Shape::Flag | Shape::Whole { .. } | Shape::OneOf(_) => {}
    }
}
