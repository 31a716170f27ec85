//! `delta()`: all objects once, then only what changed ("Use delta query to track changes").

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::odata::evaluate::{Subject, holds};
use super::super::odata::rules::Service;
use super::super::projection::{Shape, checked_select, project};
use super::super::router::{Route, get};
use super::super::schema::entity;
use crate::store::{Row, Tables};

pub(crate) fn routes() -> Vec<Route> {
    vec![get("/applications/delta()", changes), get("/servicePrincipals/delta()", changes)]
}

/// Where a client is: what it asked first, when that was, and the position it has reached.
struct Token {
    since: Option<Timestamp>,
    asked: Timestamp,
    position: usize,
}

fn changes(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (table, kind, set) = if call.template.starts_with("/applications") {
        (&tables.applications, entity("application"), "applications")
    } else {
        (&tables.service_principals, entity("servicePrincipal"), "servicePrincipals")
    };
    Service::Directory.check(kind, &call.options)?;
    let select = checked_select(kind, &call.options)?;
    let size = Service::Directory.page_size(call.options.top)?;
    let token = match (&call.options.skip_token, &call.options.delta_token) {
        (Some(token), _) => decode(token)?,
        // `$deltatoken=latest` skips what is there.
        (None, Some(latest)) if latest.eq_ignore_ascii_case("latest") => {
            Token { since: Some(call.now()), asked: call.now(), position: usize::MAX }
        }
        (None, Some(token)) => {
            let token = decode(token)?;
            Token { since: Some(token.asked), asked: call.now(), position: 0 }
        }
        (None, None) => Token { since: None, asked: call.now(), position: 0 },
    };
    let mut value = Vec::new();
    let mut next = None;
    for position in token.position..table.len() {
        let Some((_, row)) = table.get_index(position) else { break };
        let Some(entry) = entry(call, row, token.since) else { continue };
        let fits = call.options.filter.as_ref().is_none_or(|filter| {
            holds(filter, &Subject { body: &row.body, kind: &kind.name, related: &|_| None })
        });
        if !fits {
            continue;
        }
        if value.len() == size {
            next = Some(position);
            break;
        }
        value.push(match entry {
            Entry::Gone(entry) => entry,
            Entry::There(body) => Value::Object(project(
                kind,
                body,
                Shape { select: select.as_deref(), single: false, typed: false },
            )),
        });
    }
    let mut body = Map::new();
    body.insert("@odata.context".into(), call.context(set, select.as_deref(), false).into());
    let link = |option: &str, token: &Token| {
        let query = call.options.continued(&["$skiptoken", "$deltatoken"], option, &encode(token));
        format!("{}{}?{query}", call.root(), call.request.path)
    };
    match next {
        Some(position) => {
            body.insert("@odata.nextLink".into(), link("$skiptoken", &Token { position, ..token }).into())
        }
        None => body
            .insert("@odata.deltaLink".into(), link("$deltatoken", &Token { position: 0, ..token }).into()),
    };
    body.insert("value".into(), Value::Array(value));
    Ok(GraphResponse::json(StatusCode::OK, Value::Object(body)))
}

enum Entry<'t> {
    There(&'t Map<String, Value>),
    Gone(Value),
}

fn entry<'t>(call: &Call<'_>, row: &'t Row, since: Option<Timestamp>) -> Option<Entry<'t>> {
    match (row.deleted, since) {
        (Some(deleted), Some(since)) if deleted >= since => {
            Some(Entry::Gone(json!({ "id": row.text("id"), "@removed": { "reason": "changed" } })))
        }
        (Some(_), _) => None,
        (None, since) => {
            let body = call.view.seen(row)?;
            since
                .is_none_or(|since| row.created >= since || row.changed >= since)
                .then_some(Entry::There(body))
        }
    }
}

fn encode(token: &Token) -> String {
    let since = token.since.map_or(-1, Timestamp::as_nanosecond);
    URL_SAFE_NO_PAD.encode(format!(
        "practice-delta:{since}:{}:{}",
        token.asked.as_nanosecond(),
        token.position
    ))
}

fn decode(token: &str) -> Result<Token> {
    let read = || -> Option<Token> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let mut parts = std::str::from_utf8(&bytes).ok()?.strip_prefix("practice-delta:")?.split(':');
        let since: i128 = parts.next()?.parse().ok()?;
        let asked: i128 = parts.next()?.parse().ok()?;
        Some(Token {
            since: (since >= 0).then(|| Timestamp::from_nanosecond(since)).transpose().ok()?,
            asked: Timestamp::from_nanosecond(asked).ok()?,
            position: parts.next()?.parse().ok()?,
        })
    };
    read().ok_or(GraphError::InvalidSkipToken)
}
