//! Holding requests and answers against Microsoft's published description of Graph
//! (`reference/graph-v1.0-subset.openapi.json`).
//!
//! Independent of the practice tenant's own reading of that file: this is the referee. Values are checked with a JSON
//! Schema validator; names that no type has are reported too, which OpenAPI by itself would let pass.
//!
//! The description is that of v1.0 of Graph: it says nothing of `/beta`, of Exchange's admin endpoint, of downloads and of
//! signing in. Nothing of that is judged ([`is_covered`]).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::packed::{self, packed};

/// The description as published. The practice tenant itself reads another file, which is made of this one.
fn openapi() -> &'static Value {
    static CELL: OnceLock<Value> = OnceLock::new();
    CELL.get_or_init(|| packed::read(packed!("graph-v1.0-subset.openapi.json")).unwrap_or_default())
}

/// Which half of an exchange is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub enum Part {
    /// What the client sent.
    Request,
    /// What the practice tenant answered.
    Response,
}

/// Something that the published description does not allow.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Violation {
    /// Which half.
    pub part: Part,
    /// Method and path, as sent.
    pub operation: String,
    /// Where in the body, as a JSON pointer.
    pub at: String,
    /// What is wrong, in words.
    pub problem: String,
}

/// Checks the body of a request. Operations that the description does not have are not judged.
pub fn check_request(method: &str, path: &str, body: &Value) -> Vec<Violation> {
    let Some(operation) = operation(method, path) else { return Vec::new() };
    let content = &resolve(&operation["requestBody"])["content"];
    match content["application/json"].get("schema") {
        Some(schema) => check(Part::Request, method, path, schema, body),
        // Not every action is described with a body, though it takes one.
        None => Vec::new(),
    }
}

/// Checks the body of an answer. An answer without a body is always right: the description says nothing of 204.
pub fn check_response(method: &str, path: &str, status: u16, body: &Value) -> Vec<Violation> {
    if body.is_null() || status == 204 || !is_covered(path) {
        return Vec::new();
    }
    let exact = status.to_string();
    if status >= 400 {
        let error = &openapi()["components"]["schemas"]["microsoft.graph.ODataErrors.ODataError"];
        return check(Part::Response, method, path, error, body);
    }
    // Described as a list of texts; the pages show a list of objects with `@odata.id`.
    if path.split('?').next().is_some_and(|path| path.ends_with("/$ref")) {
        return Vec::new();
    }
    let Some(operation) = operation(method, path) else { return Vec::new() };
    let responses = &operation["responses"];
    let response = responses.get(&exact).or_else(|| responses.get("2XX")).or_else(|| responses.get("200"));
    let Some(response) = response.map(resolve) else { return Vec::new() };
    match response["content"]["application/json"].get("schema") {
        Some(schema) => check(Part::Response, method, path, schema, body),
        None => Vec::new(),
    }
}

/// Whether the description is about this address at all: v1.0 of Graph, with or without the version before it.
pub fn is_covered(path: &str) -> bool {
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let outside = ["/beta/", "/adminapi/", "/exchange/adminapi/", "/usage-reports/", "/_practice/"];
    !outside.iter().any(|root| path.starts_with(root))
}

/// Whether the description has this operation.
pub fn is_described(method: &str, path: &str) -> bool {
    operation(method, path).is_some()
}

fn check(part: Part, method: &str, path: &str, schema: &'static Value, body: &Value) -> Vec<Violation> {
    let violation =
        |at: String, problem: String| Violation { part, operation: format!("{method} {path}"), at, problem };
    let mut found = Vec::new();
    match validator(schema) {
        Some(validator) => {
            found.extend(
                validator
                    .iter_errors(body)
                    .map(|error| violation(error.instance_path().to_string(), error.to_string())),
            );
        }
        None => {
            found.push(violation(String::new(), "the description of this body cannot be compiled".into()));
        }
    }
    let mut unknown = Vec::new();
    names(schema, body, &mut String::new(), &mut unknown);
    found.extend(unknown.into_iter().map(|at| {
        let problem = "a name that the published type does not have".to_owned();
        violation(at, problem)
    }));
    found
}

/// The described operation behind a path: version, host and query are taken off.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    if !is_covered(path) {
        return None;
    }
    let path = path.split('?').next().unwrap_or_default();
    let path = path.split_once("/v1.0/").map_or(path, |(_, rest)| rest);
    let segments = segments(path);
    let paths = openapi()["paths"].as_object()?;
    let fitting = paths.iter().filter(|(template, _)| fits(template, &segments));
    // A template with fewer variables is the closer one: `/applications/delta()` before `/applications/{application-id}`.
    let (_, item) = fitting.min_by_key(|(template, _)| template.matches('{').count())?;
    item.get(method.to_ascii_lowercase())
}

/// Segments after decoding; `users('x')` counts as two, like `users/x`.
fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(crate::graph::decode_segment)
        .flat_map(|segment| match segment.split_once("('") {
            Some((name, key)) => vec![name.to_owned(), key.trim_end_matches("')").to_owned()],
            None => vec![segment],
        })
        .collect()
}

fn fits(template: &str, segments: &[String]) -> bool {
    let wanted: Vec<&str> = template.split('/').filter(|part| !part.is_empty()).collect();
    let mut rest = segments.iter().peekable();
    for part in wanted {
        let Some(own) = rest.next() else { return false };
        if part.starts_with('{') {
            // `(appId='x')` stands where an id would stand.
            if own.starts_with('$') {
                return false;
            }
            continue;
        }
        let simple = |text: &str| text.split('(').next().unwrap_or_default().to_ascii_lowercase();
        let bare = own.trim_start_matches("microsoft.graph.");
        if simple(part) != simple(own) && simple(part) != simple(bare) {
            return false;
        }
        let key_wanted = part.contains("='{");
        if key_wanted != (own.contains('=') && own.contains('(')) {
            // `applications(appId='x')/owners` is described as `/applications/{id}/owners` only.
            if key_wanted {
                return false;
            }
            let Some(next) = template.split('/').find(|part| part.starts_with('{')) else { return false };
            let plain: Vec<String> = std::iter::once(simple(own))
                .chain(std::iter::once(next.to_owned()))
                .chain(rest.cloned())
                .collect();
            return fits(template, &plain);
        }
    }
    rest.next().is_none()
}

/// What a `$ref` leads to.
fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => openapi().pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null),
        None => value,
    }
}

/// A compiled schema; each is compiled once.
fn validator(schema: &'static Value) -> Option<Arc<Validator>> {
    static COMPILED: OnceLock<Mutex<HashMap<usize, Option<Arc<Validator>>>>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(Mutex::default);
    let mut compiled = compiled.lock().unwrap_or_else(PoisonError::into_inner);
    compiled
        .entry(address(schema))
        .or_insert_with(|| {
            let mut root = translated(schema);
            root["components"] = components().clone();
            jsonschema::draft202012::new(&root).ok().map(Arc::new)
        })
        .clone()
}

/// The description is parsed once and never moves, so a schema is known by where it is.
fn address(schema: &'static Value) -> usize {
    std::ptr::from_ref(schema) as usize
}

/// All schemas in the words of JSON Schema.
fn components() -> &'static Value {
    static CELL: OnceLock<Value> = OnceLock::new();
    CELL.get_or_init(|| json!({ "schemas": translated(&openapi()["components"]["schemas"]) }))
}

/// OpenAPI 3.0 to JSON Schema: `nullable` becomes a type, and what means nothing to a validator goes.
fn translated(schema: &Value) -> Value {
    match schema {
        Value::Array(items) => items.iter().map(translated).collect(),
        Value::Object(object) => {
            // Written beside a reference, this only says "or null".
            if object.get("type") == Some(&json!("object"))
                && object.get("nullable") == Some(&json!(true))
                && object.len() == 2
            {
                return json!({ "type": "null" });
            }
            let mut result = Map::new();
            for (name, value) in object {
                match name.as_str() {
                    // Bare words would be taken for keywords of JSON Schema, and descriptions only cost time.
                    "description" | "title" | "format" | "example" | "default" | "readOnly" => {
                        if value.is_object() {
                            result.insert(name.clone(), translated(value));
                        }
                    }
                    "nullable" if value.is_boolean() => {}
                    other if other.starts_with("x-") => {}
                    _ => {
                        result.insert(name.clone(), translated(value));
                    }
                }
            }
            if object.get("nullable") == Some(&json!(true)) {
                match result.get("type").cloned() {
                    Some(Value::String(kind)) => {
                        result.insert("type".into(), json!([kind, "null"]));
                        if let Some(Value::Array(values)) = result.get_mut("enum") {
                            values.push(Value::Null);
                        }
                    }
                    _ => return json!({ "anyOf": [result, { "type": "null" }] }),
                }
            }
            Value::Object(result)
        }
        other => other.clone(),
    }
}

/// Collects names that the type does not have. Types without any described property are left alone.
fn names(schema: &'static Value, value: &Value, at: &mut String, unknown: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            let Some(inner) = item_schema(schema) else { return };
            for (position, item) in items.iter().enumerate() {
                descend(at, &position.to_string(), |at| names(inner, item, at, unknown));
            }
        }
        Value::Object(object) => {
            // What an object says about its own type is closer than the list's base type.
            let own = object.get("@odata.type").and_then(Value::as_str);
            let own =
                own.and_then(|kind| openapi()["components"]["schemas"].get(kind.trim_start_matches('#')));
            let known = properties(own.unwrap_or(schema));
            if known.keys().all(|name| name == "id" || name == "deleteddatetime") {
                return;
            }
            for (name, value) in object.iter().filter(|(name, _)| !name.contains('@')) {
                match known.get(&name.to_ascii_lowercase()) {
                    Some(inner) => descend(at, name, |at| names(inner, value, at, unknown)),
                    None => unknown.push(format!("{at}/{name}")),
                }
            }
        }
        _ => {}
    }
}

fn descend(at: &mut String, step: &str, look: impl FnOnce(&mut String)) {
    let length = at.len();
    at.push('/');
    at.push_str(step);
    look(at);
    at.truncate(length);
}

fn item_schema(schema: &'static Value) -> Option<&'static Value> {
    let schema = resolve(schema);
    schema.get("items").or_else(|| schema["anyOf"].as_array()?.iter().find_map(item_schema))
}

/// Properties of a type by lower-case name.
type Properties = HashMap<String, &'static Value>;

/// All properties of a type, inherited ones included; collected once per type.
fn properties(schema: &'static Value) -> Arc<Properties> {
    static COLLECTED: OnceLock<Mutex<HashMap<usize, Arc<Properties>>>> = OnceLock::new();
    let collected = COLLECTED.get_or_init(Mutex::default);
    let mut collected = collected.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = collected.entry(address(schema)).or_insert_with(|| {
        let mut known = HashMap::new();
        collect(schema, &mut known);
        Arc::new(known)
    });
    Arc::clone(entry)
}

fn collect(schema: &'static Value, known: &mut Properties) {
    let schema = resolve(schema);
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        known.insert(name.to_ascii_lowercase(), property);
    }
    for group in ["allOf", "anyOf", "oneOf"] {
        for part in schema[group].as_array().into_iter().flatten() {
            collect(part, known);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_answer_passes_and_each_kind_of_wrong_one_does_not() {
        let path = "/v1.0/applications?$select=id";
        let page = |application: Value| json!({ "@odata.context": "x", "value": [application] });
        let right =
            page(json!({ "id": "1", "displayName": null, "web": { "redirectUris": [] }, "info": null }));
        assert_eq!(check_response("GET", path, 200, &right), []);
        for wrong in [
            json!({ "displayName": 5 }),
            json!({ "createdDateTime": "yesterday" }),
            json!({ "web": { "redirectUris": "x" } }),
            json!({ "web": [] }),
            json!({ "nope": 1 }),
            json!({ "web": { "nope": 1 } }),
        ] {
            let found = check_response("GET", path, 200, &page(wrong.clone()));
            assert_eq!(found.len(), 1, "{wrong}: {found:?}");
            assert!(found[0].at.starts_with("/value/0"), "{found:?}");
        }
        assert_eq!(
            check_response("GET", path, 404, &json!({ "error": { "code": "x" } })).len(),
            1,
            "an error without message"
        );
    }

    #[test]
    fn requests_are_judged_by_what_they_are_for() {
        assert_eq!(check_request("POST", "/v1.0/applications", &json!({ "displayName": "x" })), []);
        assert_eq!(
            check_request("POST", "/v1.0/applications", &json!({ "displayname": "x", "nme": 1 })).len(),
            1
        );
        let path = "/v1.0/applications(appId='x')/addPassword";
        assert_eq!(check_request("POST", path, &json!({ "passwordCredential": { "displayName": "x" } })), []);
        assert_eq!(
            check_request("POST", path, &json!({ "passwordCredential": { "endDateTime": "soon" } })).len(),
            1
        );
        assert_eq!(
            check_request(
                "POST",
                "/v1.0/$batch",
                &json!({ "requests": [{ "id": "1", "method": "GET", "url": "/me" }] })
            ),
            []
        );
        assert_eq!(
            check_request("POST", "/v1.0/$batch", &json!({ "requests": [{ "id": "1", "method": "GET" }] }))
                .len(),
            1
        );
    }

    #[test]
    fn operations_are_found_under_all_their_spellings() {
        for (method, path) in [
            ("GET", "/v1.0/applications(appId='x')"),
            ("PATCH", "/v1.0/applications(uniqueName='x')"),
            ("GET", "https://graph.microsoft.com/v1.0//applications/1/owners"),
            ("GET", "/v1.0/servicePrincipals(appId='x')/appRoleAssignedTo"),
            ("GET", "/v1.0/users('a%40b')/calendarView?x=1"),
            ("GET", "/v1.0/applications/delta()"),
        ] {
            assert!(is_described(method, path), "{method} {path}");
        }
        assert!(!is_described("GET", "/v1.0/nope"));
        for outside in [
            "/beta/applications",
            "https://graph.microsoft.com/beta/users",
            "/adminapi/v1.0/x/InvokeCommand",
            "/exchange/adminapi/beta/x/InvokeCommand",
            "/usage-reports/data/v1.0/download?token=x",
        ] {
            assert!(!is_covered(outside) && !is_described("GET", outside), "{outside}");
            assert_eq!(check_response("POST", outside, 400, &json!({ "anything": 1 })), []);
        }
        assert!(is_covered("/applications") && is_covered("https://graph.microsoft.com/v1.0/me"));
        assert!(!is_described("PUT", "/v1.0/applications"));
    }
}
