//! One request to Graph and its answer, apart from how they travelled: a member of `$batch` is handled the same way.

use axum::body::Bytes;
use http::{HeaderMap, Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Which surface of Graph was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// `/v1.0`
    V1,
    /// `/beta`
    Beta,
}

/// A request after the version segment was taken off.
#[derive(Debug, Clone)]
pub(crate) struct GraphRequest {
    pub(crate) method: Method,
    pub(crate) version: Version,
    /// What follows `/v1.0`, still percent-encoded, with repeated slashes folded: `/users/anna%40x/messages`.
    pub(crate) path: String,
    pub(crate) raw_query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The id that the answer carries as `request-id` and errors carry in `innerError`.
    pub(crate) request_id: String,
    /// When it arrived, by the tenant's clock.
    pub(crate) at: Timestamp,
    /// True for a member of `$batch`: its faults are looked up one by one.
    pub(crate) batch_member: bool,
}

/// What an answer carries.
#[derive(Debug, Clone)]
pub(crate) enum GraphBody {
    Json(Value),
    Bytes(Bytes),
}

/// The answer to one request.
#[derive(Debug, Clone)]
pub(crate) struct GraphResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<GraphBody>,
}

impl GraphResponse {
    /// An answer with a JSON body.
    pub(crate) fn json(status: StatusCode, body: Value) -> Self {
        Self { status, headers: HeaderMap::new(), body: Some(GraphBody::Json(body)) }
    }

    /// An answer without a body.
    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: None }
    }
}

/// The shape of every Graph error.
pub(crate) fn error_body(request: &GraphRequest, code: &str, message: &str) -> Value {
    let client = request.headers.get("client-request-id").and_then(|id| id.to_str().ok());
    json!({"error": {
        "code": code,
        "message": message,
        "innerError": {
            "date": request.at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": request.request_id,
            "client-request-id": client.unwrap_or(&request.request_id),
        },
    }})
}
