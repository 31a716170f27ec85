//! What was asked of the tenant and what it answered, without a secret in it: for tests and for `GET /_practice/requests`.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// How many exchanges are kept.
const KEPT: usize = 20_000;
/// Bodies above this many bytes are left out.
const LARGEST_BODY: usize = 256 * 1024;
/// What stands for a secret.
const REDACTED: &str = "[redacted]";
/// Form fields, query parameters and JSON properties that carry secrets or tokens.
const SECRET_NAMES: [&str; 15] = [
    "client_secret",
    "client_assertion",
    "code",
    "refresh_token",
    "access_token",
    "id_token",
    "device_code",
    "code_verifier",
    "password",
    "secrettext",
    "assertion",
    "proof",
    "key",
    "transaction",
    "sid",
];

/// One request and its answer.
#[derive(Debug, Clone, Serialize)]
pub struct RecordedRequest {
    /// Counts from 1.
    pub number: u64,
    /// When it arrived, by the tenant's clock.
    pub at: Timestamp,
    /// HTTP method.
    pub method: String,
    /// Path, as sent.
    pub path: String,
    /// Query, as sent, secrets replaced.
    pub query: Option<String>,
    /// Headers in lower case, secrets replaced.
    pub headers: BTreeMap<String, String>,
    /// The body when it was JSON or a form (as an object), secrets replaced.
    pub body: Option<Value>,
    /// Status of the answer; 0 when the connection was broken instead.
    pub status: u16,
    /// The answer's body when it was JSON, secrets replaced.
    pub response: Option<Value>,
    /// `request-id` of the answer.
    pub request_id: String,
    /// Whether a fault was applied.
    pub fault: bool,
}

/// The last exchanges.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    count: u64,
    kept: VecDeque<RecordedRequest>,
}

impl RequestLog {
    /// Adds an exchange; its number is set here.
    pub(crate) fn add(&self, mut exchange: RecordedRequest) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.count += 1;
        exchange.number = inner.count;
        if inner.kept.len() == KEPT {
            inner.kept.pop_front();
        }
        inner.kept.push_back(exchange);
    }

    /// All that are kept, oldest first.
    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).kept.iter().cloned().collect()
    }
}

/// Headers without credentials.
pub(crate) fn headers(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .iter()
        .map(|(name, value)| {
            let shown = match name.as_str() {
                "authorization" => value
                    .to_str()
                    .ok()
                    .and_then(|v| v.split(' ').next())
                    .map_or_else(|| REDACTED.to_owned(), |scheme| format!("{scheme} {REDACTED}")),
                "cookie" => REDACTED.to_owned(),
                _ => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            };
            (name.as_str().to_owned(), shown)
        })
        .collect()
}

/// A query or form without secrets, as text.
pub(crate) fn query(raw: &str) -> String {
    raw.split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if is_secret(name) => format!("{name}={REDACTED}"),
            _ => pair.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("&")
}

/// A body without secrets; `None` when it is neither JSON nor a form, or too large.
pub(crate) fn body(content_type: &str, bytes: &[u8]) -> Option<Value> {
    if bytes.is_empty() || bytes.len() > LARGEST_BODY {
        return None;
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let form: Map<String, Value> = url::form_urlencoded::parse(bytes)
            .map(|(name, value)| {
                let value = if is_secret(&name) { REDACTED.to_owned() } else { value.into_owned() };
                (name.into_owned(), Value::String(value))
            })
            .collect();
        return Some(Value::Object(form));
    }
    if !content_type.contains("json") {
        return None;
    }
    let mut value = serde_json::from_slice(bytes).ok()?;
    redact(&mut value);
    Some(value)
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                // In JSON, `code` is the code of an error; authorization codes travel in forms and queries only.
                if name != "code" && is_secret(name) && inner.is_string() {
                    *inner = Value::String(REDACTED.to_owned());
                } else {
                    redact(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_secret(name: &str) -> bool {
    SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_leave_no_trace() {
        let form =
            body("application/x-www-form-urlencoded", b"client_id=a&client_secret=hush&refresh_token=hush");
        assert_eq!(
            form.unwrap(),
            json!({"client_id": "a", "client_secret": REDACTED, "refresh_token": REDACTED})
        );
        let answer =
            body("application/json", br#"{"value":[{"secretText":"hush","hint":"hus","code":"Ok"}]}"#)
                .unwrap();
        assert_eq!(answer, json!({"value": [{"secretText": REDACTED, "hint": "hus", "code": "Ok"}]}));
        assert_eq!(query("state=s&code=hush"), "state=s&code=[redacted]");
        let mut sent = HeaderMap::new();
        sent.insert("authorization", "Bearer hush".parse().unwrap());
        sent.insert("cookie", "ESTSAUTH=hush".parse().unwrap());
        let shown = format!("{:?}", headers(&sent));
        assert!(!shown.contains("hush") && shown.contains("Bearer"), "{shown}");
    }
}
