//! `$batch` as JSON.

use std::collections::BTreeMap;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::reply::Reply;

/// One member as sent.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Request {
    pub(crate) id: String,
    method: String,
    url: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) depends_on: Vec<String>,
}

impl Request {
    pub(crate) fn new<T>(index: usize, request: crate::Request<T>) -> Self {
        let url = request.target();
        let mut headers: BTreeMap<_, _> = request.headers.into_iter().collect();
        if request.body.is_some() {
            headers.insert("Content-Type", "application/json");
        }
        Self {
            id: index.to_string(),
            method: request.method.to_string(),
            url,
            headers,
            body: request.body,
            depends_on: Vec::new(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Call<'a> {
    pub(crate) requests: &'a [Request],
}

#[derive(Deserialize)]
pub(crate) struct Answers {
    pub(crate) responses: Vec<Response>,
}

/// One member's answer. Its body stays text until the request that it answers reads it.
#[derive(Deserialize)]
pub(crate) struct Response {
    pub(crate) id: String,
    pub(crate) status: u16,
    #[serde(default)]
    headers: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    body: Option<Box<RawValue>>,
}

impl Response {
    pub(crate) fn into_reply(self) -> Reply {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.unwrap_or_default() {
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(text)) {
                headers.append(name, value);
            }
        }
        let body = self.body.map(|raw| raw.get().as_bytes().to_vec()).unwrap_or_default();
        Reply { status: self.status, headers, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_s_headers_and_body_are_kept_as_they_came() {
        let text = r#"{"responses":[{"id":"3","status":429,"headers":{"Retry-After":"7","X-N":5},"body":{"a": 1}},{"id":"4","status":204}]}"#;
        let answers: Answers = serde_json::from_str(text).unwrap();
        let mut replies = answers.responses.into_iter().map(Response::into_reply);
        let first = replies.next().unwrap();
        assert_eq!((first.status, first.body.as_slice()), (429, &br#"{"a": 1}"#[..]));
        assert_eq!(first.headers["retry-after"], "7");
        assert_eq!(first.headers["x-n"], "5");
        assert!(replies.next().unwrap().body.is_empty());
    }
}
