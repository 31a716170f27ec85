//! The schema, the types and the documentation say the same as the reader.

use blueprint::{Connector, builtin, schema};
use serde_json::Value;

use crate::malformed::{bad_files, good};

const EVERYTHING: &str = include_str!("everything.toml");

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&schema::connector_schema()).unwrap()
}

fn as_json(toml: &str) -> Option<Value> {
    let value: toml::Value = toml::from_str(toml).ok()?;
    serde_json::to_value(value).ok()
}

fn assert_fits(name: &str, value: &Value) {
    let errors: Vec<_> =
        validator().iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn what_the_reader_takes_fits_the_schema() {
    let files = builtin::files().iter().copied().chain([("good", good()), ("everything", EVERYTHING)]);
    for (name, text) in files {
        Connector::parse(name, text).unwrap();
        assert_fits(name, &as_json(text).unwrap());
    }
}

#[test]
fn what_the_schema_refuses_the_reader_refuses() {
    let validator = validator();
    let mut refused_by_schema = 0;
    for text in bad_files() {
        assert!(Connector::parse("bad.toml", &text).is_err());
        refused_by_schema += usize::from(as_json(&text).is_some_and(|value| !validator.is_valid(&value)));
    }
    // Those that it cannot see: references, permissions, hidden characters, contradictions.
    assert_eq!(refused_by_schema, 28);
}

#[test]
fn the_types_have_exactly_the_fields_of_the_format() {
    // A file that uses every field gives a value with every field, and that value is a file again.
    let connector = Connector::parse("everything.toml", EVERYTHING).unwrap();
    let value = without_nothing(serde_json::to_value(&connector).unwrap());
    assert_fits("everything, written again", &value);
    let again = toml::to_string(&value).unwrap();
    assert_eq!(Connector::parse("again.toml", &again).unwrap(), connector);

    let mut used = Vec::new();
    fields(&as_json(EVERYTHING).unwrap(), "", &mut used);
    used.sort();
    used.dedup();
    // A condition is the same table everywhere; each of its fields is used somewhere.
    let same = |name: &str, used: &str| match name.split_once(".when.").map(|(_, field)| field) {
        Some(field) => used.ends_with(&format!(".when.{field}")),
        None => used == name,
    };
    let missing: Vec<_> =
        schema::field_names().into_iter().filter(|name| !used.iter().any(|used| same(name, used))).collect();
    assert!(missing.is_empty(), "everything.toml does not use {missing:?}");
}

/// Leaves out what is null or empty, as an author would.
fn without_nothing(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| (key, without_nothing(value)))
                .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()))
                .collect(),
        ),
        Value::Array(list) => Value::Array(list.into_iter().map(without_nothing).collect()),
        other => other,
    }
}

fn fields(value: &Value, inside: &str, used: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = if inside.is_empty() { key.clone() } else { format!("{inside}.{key}") };
                // `kind` of a credential says which fields there are; it is described with them.
                used.push(path.clone());
                fields(value, &path, used);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| fields(value, inside, used)),
        _ => {}
    }
}

#[test]
fn the_documentation_names_every_field() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/connector-format.md");
    let documentation = std::fs::read_to_string(path).unwrap();
    let missing: Vec<_> = schema::field_names()
        .into_iter()
        .filter(|name| !documentation.contains(&format!("`{}`", name.rsplit('.').next().unwrap())))
        .collect();
    assert!(missing.is_empty(), "docs/connector-format.md does not name {missing:?}");
    for line in documentation.split("```toml\n").skip(1) {
        let example = line.split("```").next().unwrap();
        assert!(toml::from_str::<toml::Value>(example).is_ok(), "an example is not TOML:\n{example}");
    }
    let whole = documentation.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    if let Err(error) = Connector::parse("docs/connector-format.md", whole) {
        panic!("the first example is not a connector:\n{error}");
    }
}
