//! `/_practice/…`: the switches of the practice tenant, for people and tests. No product may use them.

use std::sync::Arc;

use axum::body::Bytes;
use http::{Method, StatusCode};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::FaultsFile;
use crate::seed;
use crate::serve::{Answer, Incoming, plain};
use crate::snapshot;
use crate::tenant::{Tenant, put};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveClock {
    advance_seconds: i64,
}

/// Answers a switch.
pub(crate) fn handle(tenant: &Arc<Tenant>, incoming: &Incoming) -> Answer {
    // A web page may send a simple cross-site POST; it cannot send this content type without a preflight, which fails.
    let json_body = incoming
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    match (&incoming.method, incoming.path.as_str()) {
        (&Method::GET, "/_practice/requests") => json_answer(&json!({"value": tenant.log.all()})),
        (&Method::GET, "/_practice/people") => json_answer(&json!({"value": tenant.read(seed::people)})),
        (&Method::GET, "/_practice/clock") => json_answer(&json!({"now": tenant.clock.now()})),
        (&Method::GET, "/_practice/snapshot") => json_answer(&tenant.read(snapshot::of)),
        (&Method::POST, _) if !json_body => {
            plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json.")
        }
        (&Method::POST, "/_practice/clock") => match serde_json::from_slice::<MoveClock>(&incoming.body) {
            Ok(wanted) => {
                tenant.clock.advance(SignedDuration::from_secs(wanted.advance_seconds));
                tenant.touch();
                match tenant.save() {
                    Ok(()) => json_answer(&json!({"now": tenant.clock.now()})),
                    Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
                }
            }
            Err(error) => plain(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        (&Method::POST, "/_practice/faults") => match serde_json::from_slice::<FaultsFile>(&incoming.body) {
            Ok(file) => {
                let armed = file.faults.len();
                tenant.faults.apply(file);
                json_answer(&json!({"armed": armed}))
            }
            Err(error) => plain(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        (&Method::DELETE, "/_practice/faults") => {
            tenant.faults.clear();
            json_answer(&json!({"armed": 0}))
        }
        _ => plain(StatusCode::NOT_FOUND, "There is no such switch."),
    }
}

fn json_answer(body: &Value) -> Answer {
    let mut answer = Answer::new(Bytes::from(body.to_string()));
    put(answer.headers_mut(), "content-type", "application/json");
    answer
}
