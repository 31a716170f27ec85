//! `/_practice/…`: the switches of the practice tenant, for people and tests. No product may use them.

use std::sync::Arc;

use axum::body::Bytes;
use http::{Method, StatusCode};
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::demands::{self, Demand};
use crate::directories::Directories;
use crate::faults::FaultsFile;
use crate::seed::{self, SelfConsent};
use crate::serve::{Answer, Incoming, plain};
use crate::snapshot;
use crate::tenant::{Tenant, put};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoveClock {
    advance_seconds: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Want {
    /// Object id or user principal name.
    person: String,
    /// Client id; without one, all apps are meant.
    client: Option<String>,
    demand: Demand,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policies {
    /// What people may agree to by themselves.
    self_consent: SelfConsent,
}

/// The directory that `?tenant=` names, by id or domain; the main one without it.
fn meant<'d>(directories: &'d Arc<Directories>, incoming: &Incoming) -> Option<&'d Tenant> {
    let query = incoming.query.as_deref().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    match pairs.find(|(name, _)| name == "tenant") {
        Some((_, named)) => directories.named(&named).map(AsRef::as_ref),
        None => Some(directories.main()),
    }
}

/// Answers a switch.
pub(crate) fn handle(directories: &Arc<Directories>, incoming: &Incoming) -> Answer {
    let Some(tenant) = meant(directories, incoming) else {
        return plain(StatusCode::NOT_FOUND, "There is no such directory.");
    };
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
                saved(directories, &json!({"now": tenant.clock.now()}))
            }
            Err(error) => plain(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        (&Method::GET, "/_practice/directories") => {
            let all: Vec<_> = directories.all().map(|tenant| crate::server::Directory::of(tenant)).collect();
            json_answer(&json!({"value": all}))
        }
        (&Method::POST, "/_practice/demands") => match serde_json::from_slice::<Want>(&incoming.body) {
            Ok(want) if demands::set(tenant, &want.person, want.client.as_deref(), want.demand) => {
                saved(directories, &json!({"person": want.person, "demand": want.demand}))
            }
            Ok(_) => plain(StatusCode::NOT_FOUND, "Nobody in this directory is called so."),
            Err(error) => plain(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        (&Method::POST, "/_practice/policies") => match serde_json::from_slice::<Policies>(&incoming.body) {
            Ok(wanted) => {
                tenant.write(|tables| seed::set_self_consent(tables, wanted.self_consent));
                saved(directories, &json!({"self_consent": wanted.self_consent}))
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

/// The answer, once what was changed is on the disk.
fn saved(directories: &Arc<Directories>, body: &Value) -> Answer {
    match directories.save() {
        Ok(()) => json_answer(body),
        Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

fn json_answer(body: &Value) -> Answer {
    let mut answer = Answer::new(Bytes::from(body.to_string()));
    put(answer.headers_mut(), "content-type", "application/json");
    answer
}
