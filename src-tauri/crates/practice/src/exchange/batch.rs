//! `$batch` of the admin endpoint: up to ten commands in one request.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Reply, Session, error, json_answer};
use crate::serve::{Answer, Incoming};

/// Commands in one batch.
const LARGEST: usize = 10;

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    id: Value,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Value,
}

/// Answers a batch: 200 with one answer per command, whatever became of each.
pub(super) fn answer(session: &Session<'_>, incoming: &Incoming) -> Answer {
    let Ok(Batch { requests }) = serde_json::from_slice::<Batch>(&incoming.body) else {
        return error(StatusCode::BAD_REQUEST, "BadRequest", "The batch payload isn't valid.");
    };
    if requests.is_empty() || requests.len() > LARGEST {
        let text = format!("The number of requests in a batch must be between 1 and {LARGEST}.");
        return error(StatusCode::BAD_REQUEST, "BadRequest", &text);
    }
    let responses: Vec<Value> = requests.iter().map(|member| run(session, member)).collect();
    json_answer(StatusCode::OK, &json!({ "responses": responses }))
}

fn run(session: &Session<'_>, member: &Member) -> Value {
    let (address, query) = member
        .url
        .split_once('?')
        .map_or((member.url.as_str(), None), |(address, query)| (address, Some(query)));
    let reply = if member.method.eq_ignore_ascii_case("POST") && address.ends_with("/InvokeCommand") {
        session.invoke(query, &headers(&member.headers), member.body.to_string().as_bytes())
    } else {
        Reply::Json(
            StatusCode::NOT_FOUND,
            super::refusal::body("ResourceNotFound", "Resource not found.", None),
        )
    };
    let (status, body) = match reply {
        Reply::Json(status, body) => (status, body),
        Reply::Unknown => (StatusCode::FORBIDDEN, Value::Null),
    };
    json!({ "id": member.id, "status": status.as_u16(), "headers": { "Content-Type": "application/json" }, "body": body })
}

fn headers(sent: &Map<String, Value>) -> HeaderMap {
    let pairs = sent.iter().filter_map(|(name, value)| {
        Some((HeaderName::try_from(name.as_str()).ok()?, HeaderValue::from_str(value.as_str()?).ok()?))
    });
    pairs.collect()
}
