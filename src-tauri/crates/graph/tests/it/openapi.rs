//! Microsoft's description of Graph v1.0, as kept in `reference/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../reference/graph-v1.0-subset.openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => resolve(DOCUMENT.pointer(reference.strip_prefix('#').unwrap()).unwrap()),
        None => value,
    }
}

/// One operation: a path of the description with a method.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation(&'static Value);

/// The operation that this request means, if Microsoft describes one. `path` is below the version.
pub(crate) fn operation(method: &str, path: &str) -> Option<Operation> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    // Of several, the one with the fewest placeholders: `/me/events` is not `/{x}/events`.
    let template = paths
        .keys()
        .filter(|template| {
            matches(template, path) && !paths[*template][method.to_ascii_lowercase()].is_null()
        })
        .min_by_key(|template| template.matches('{').count())?;
    Some(Operation(&DOCUMENT["paths"][template][method.to_ascii_lowercase()]))
}

fn matches(template: &str, path: &str) -> bool {
    let (want, have): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    want.len() == have.len() && want.iter().zip(have).all(|(want, have)| segment_matches(want, have))
}

fn segment_matches(want: &str, have: &str) -> bool {
    match (want.find('{'), want.rfind('}')) {
        (Some(open), Some(close)) => {
            let (before, after) = (&want[..open], &want[close + 1..]);
            let inner = have.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            // A bare `{id}` does not stand for a keyed segment such as `applications(appId='x')`.
            inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(['(', '$']))
        }
        _ => want == have,
    }
}

impl Operation {
    /// Names of the query options that it takes.
    pub(crate) fn query(self) -> Vec<&'static str> {
        let parameters = self.0["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let parameters = parameters.iter().map(resolve).filter(|parameter| parameter["in"] == "query");
        parameters.map(|parameter| parameter["name"].as_str().unwrap()).collect()
    }

    /// The schema of the body that it takes.
    pub(crate) fn body(self) -> Option<&'static Value> {
        let schema = &resolve(self.0.get("requestBody")?)["content"]["application/json"]["schema"];
        (!schema.is_null()).then(|| resolve(schema))
    }

    /// The schema of one object that it answers with: of a list, of its members.
    pub(crate) fn answers(self) -> Option<&'static Value> {
        let responses = self.0["responses"].as_object()?;
        let success = resolve(responses.get("2XX").or_else(|| responses.get("200"))?);
        let schema = resolve(success.pointer("/content/application~1json/schema")?);
        let members = properties(schema).get("value").map(|list| resolve(&list["items"]));
        Some(members.unwrap_or(schema))
    }
}

/// A schema by the name of its type.
pub(crate) fn schema(name: &str) -> &'static Value {
    let schema = &DOCUMENT["components"]["schemas"][format!("microsoft.graph.{name}")];
    assert!(!schema.is_null(), "no {name} in the description");
    schema
}

/// Its properties, inherited ones too.
pub(crate) fn properties(schema: &'static Value) -> BTreeMap<&'static str, &'static Value> {
    let mut all = BTreeMap::new();
    for base in schema["allOf"].as_array().map(Vec::as_slice).unwrap_or_default() {
        all.extend(properties(resolve(base)));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        all.insert(name.as_str(), property);
    }
    all
}

/// `anyOf: [type, null]` is how an optional complex value is written.
fn plain(schema: &'static Value) -> &'static Value {
    let schema = resolve(schema);
    match schema["anyOf"].as_array() {
        Some(choices) => {
            resolve(choices.iter().find(|choice| choice.get("$ref").is_some()).unwrap_or(&choices[0]))
        }
        None => schema,
    }
}

/// What is wrong with a value that is to be sent, by the description.
pub(crate) fn violations(value: &Value, schema: &'static Value, at: &str) -> Vec<String> {
    let kind = plain(schema);
    match value {
        Value::Null if schema["nullable"] == true || schema["anyOf"].is_array() => vec![],
        Value::Object(fields) => {
            let known = properties(kind);
            let check = |(name, value): (&String, &Value)| match known.get(name.as_str()) {
                Some(property) => violations(value, property, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name} is not described")],
            };
            fields.iter().flat_map(check).collect()
        }
        Value::Array(items) if kind["type"] == "array" => items
            .iter()
            .enumerate()
            .flat_map(|(i, item)| violations(item, &kind["items"], &format!("{at}[{i}]")))
            .collect(),
        Value::String(text) if kind["enum"].is_array() => {
            let known = kind["enum"].as_array().unwrap().iter().any(|choice| choice == text);
            if known { vec![] } else { vec![format!("{at} has no value {text}")] }
        }
        Value::String(_) if kind["type"] == "string" => vec![],
        Value::Bool(_) if kind["type"] == "boolean" => vec![],
        Value::Number(_) if kind["type"] == "integer" || kind["type"] == "number" => vec![],
        other => vec![format!("{at}: {other} is not of the described type")],
    }
}

/// An object of this type with every property filled.
pub(crate) fn example(schema: &'static Value, depth: usize) -> Value {
    let kind = plain(schema);
    if let Some(choices) = kind["enum"].as_array() {
        return choices[0].clone();
    }
    match (kind["type"].as_str(), kind["format"].as_str()) {
        (Some("string"), Some("uuid")) => json!("0a1b2c3d-0000-4000-8000-00000000000f"),
        (Some("string"), Some("date-time")) => json!("2026-11-20T08:30:00Z"),
        (Some("string"), Some("duration")) => json!("P90D"),
        (Some("string"), _) => json!("text"),
        (Some("boolean"), _) => json!(true),
        (Some("integer" | "number"), _) => json!(7),
        (Some("array"), _) if depth > 0 => json!([example(&kind["items"], depth - 1)]),
        (Some("array"), _) => json!([]),
        _ => {
            let properties = properties(kind);
            let fill = |(name, property): (&&str, &&'static Value)| {
                let nested = plain(property);
                let scalar =
                    nested["type"].is_string() && nested["type"] != "object" && nested["type"] != "array";
                (depth > 0 || scalar)
                    .then(|| ((*name).to_owned(), example(property, depth.saturating_sub(1))))
            };
            Value::Object(properties.iter().filter_map(fill).collect::<Map<_, _>>())
        }
    }
}
