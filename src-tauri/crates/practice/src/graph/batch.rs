//! `$batch`: up to twenty requests in one ("Combine multiple HTTP requests using JSON batching").

use std::collections::BTreeMap;

use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::{GraphError, Result};
use super::http::{GraphBody, GraphRequest, GraphResponse, Version};
use crate::auth;
use crate::random;
use crate::tenant::{Tenant, put};

/// Requests in one batch.
const LARGEST: usize = 20;

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: Value,
    method: String,
    url: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default)]
    depends_on: Vec<Value>,
}

/// Answers a batch: 200 with one answer per member, whatever became of each.
pub(crate) fn handle(tenant: &Tenant, request: &GraphRequest) -> GraphResponse {
    if let Err(error) = auth::caller(tenant, &request.headers, request.at) {
        return super::refuse(tenant, request, &error.into());
    }
    match members(request) {
        Ok(members) => {
            GraphResponse::json(StatusCode::OK, json!({ "responses": run(tenant, request, &members) }))
        }
        Err(error) => error.answer(request),
    }
}

fn members(request: &GraphRequest) -> Result<Vec<Member>> {
    if request.method != Method::POST {
        return Err(GraphError::MethodNotAllowed);
    }
    let invalid = |text: &str| Err(GraphError::InvalidBatch(text.to_owned()));
    let Ok(Batch { requests }) = serde_json::from_slice::<Batch>(&request.body) else {
        return invalid("Invalid batch payload format.");
    };
    if requests.is_empty() {
        return invalid("Empty Batch Payload.");
    }
    if requests.len() > LARGEST {
        return invalid(&format!("Number of batch request steps exceeds the maximum value of {LARGEST}."));
    }
    let mut ids: Vec<String> = Vec::new();
    for member in &requests {
        let id = name(&member.id);
        if id.is_empty() || ids.contains(&id) {
            return invalid("Invalid batch payload format: request ids must be present and unique.");
        }
        // A member can only wait for one that stands before it.
        if member.depends_on.iter().any(|other| !ids.contains(&name(other))) {
            return invalid(
                "Invalid batch payload format: dependsOn names a request that does not precede it.",
            );
        }
        if member.body.is_some()
            && !member.headers.keys().any(|header| header.eq_ignore_ascii_case("content-type"))
        {
            return invalid(&format!(
                "Write request id : {id} does not contain Content-Type header or body."
            ));
        }
        ids.push(id);
    }
    Ok(requests)
}

fn run(tenant: &Tenant, request: &GraphRequest, members: &[Member]) -> Vec<Value> {
    let mut failed: Vec<String> = Vec::new();
    let mut answers = Vec::with_capacity(members.len());
    for member in members {
        let id = name(&member.id);
        let single = single(request, member);
        let waits_for_failed = member.depends_on.iter().any(|other| failed.contains(&name(other)));
        let response = if waits_for_failed {
            GraphError::FailedDependency.answer(&single)
        } else {
            super::answer(tenant, &single)
        };
        if !response.status.is_success() {
            failed.push(id.clone());
        }
        answers.push(answer(&id, response));
    }
    answers
}

/// The request that a member stands for. Its URL is relative to the version; some clients write the version all the same.
fn single(request: &GraphRequest, member: &Member) -> GraphRequest {
    let (path, query) = match member.url.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (member.url.as_str(), None),
    };
    let path = path.trim_start_matches('/');
    let (version, path) = match path.split_once('/') {
        Some(("v1.0", rest)) => (Version::V1, rest),
        Some(("beta", rest)) => (Version::Beta, rest),
        _ => (request.version, path),
    };
    let mut headers = HeaderMap::new();
    for name in ["authorization", "client-request-id"] {
        if let Some(value) = request.headers.get(name) {
            headers.insert(name, value.clone());
        }
    }
    for (name, value) in &member.headers {
        put(&mut headers, name, value);
    }
    let body = match &member.body {
        // Bodies that are not JSON come as base64.
        Some(Value::String(text)) => Bytes::from(text.clone()),
        Some(body) => Bytes::from(body.to_string()),
        None => Bytes::new(),
    };
    GraphRequest {
        method: Method::from_bytes(member.method.to_ascii_uppercase().as_bytes()).unwrap_or(Method::GET),
        version,
        path: format!("/{path}"),
        raw_query: query.map(|query| query.replace(' ', "%20")),
        headers,
        body,
        request_id: random::fresh_guid(),
        at: request.at,
        batch_member: true,
    }
}

fn answer(id: &str, response: GraphResponse) -> Value {
    let mut headers = Map::new();
    for (name, value) in &response.headers {
        // `Retry-After` and `Location` are written as Graph writes them in batches.
        let name = match name.as_str() {
            "retry-after" => "Retry-After",
            "location" => "Location",
            "odata-version" => continue,
            other => other,
        };
        headers.insert(name.to_owned(), value.to_str().unwrap_or_default().into());
    }
    let mut member = json!({ "id": id, "status": response.status.as_u16() });
    match response.body {
        Some(GraphBody::Json(body)) => {
            headers.insert("Content-Type".into(), "application/json".into());
            member["body"] = body;
        }
        Some(GraphBody::Bytes(bytes)) => member["body"] = String::from_utf8_lossy(&bytes).into_owned().into(),
        None => {}
    }
    if !headers.is_empty() {
        member["headers"] = Value::Object(headers);
    }
    member
}

/// Ids are texts, but some clients send numbers.
fn name(id: &Value) -> String {
    match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
