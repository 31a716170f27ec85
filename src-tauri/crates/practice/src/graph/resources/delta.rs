//! `delta()`: all objects once, then only what changed ("Use delta query to track changes").
//!
//! Links carry a token and nothing else: what was asked is part of the token, as the page says. A token lives for seven days.
//! While changes spread, a link looks back as far as they may take: a change may come twice, but none is lost.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::{GraphResponse, Version};
use super::super::listing::resume;
use super::super::odata::evaluate::{Subject, holds};
use super::super::odata::filter::{Condition, Operator, Path};
use super::super::odata::options::Options;
use super::super::odata::rules::Service;
use super::super::privilege;
use super::super::projection::{Shape, checked_select, project};
use super::super::router::{Route, get};
use super::super::schema::{EntityType, entity};
use super::super::validate::{CHANGES, EVERYTHING};
use crate::store::{Row, Table, Tables};

/// How long a token for directory objects is good for.
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

pub(crate) fn routes() -> Vec<Route> {
    vec![get("/applications/delta()", changes), get("/servicePrincipals/delta()", changes)]
}

/// Where a client is: what it asked first, when that was, and the position it has reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Token {
    /// Changes since then are wanted; all objects without it.
    since: Option<Timestamp>,
    /// When this round began: the next one starts here.
    asked: Timestamp,
    /// When the token was given out.
    issued: Timestamp,
    /// Position in the table and id of the next object.
    next: (usize, String),
    /// The query options of the first request.
    query: String,
}

struct Tracked<'t> {
    table: &'t Table,
    kind: &'static EntityType,
    set: &'static str,
}

fn changes(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let tracked = if call.template.starts_with("/applications") {
        Tracked { table: &tables.applications, kind: entity("application"), set: "applications" }
    } else {
        Tracked {
            table: &tables.service_principals,
            kind: entity("servicePrincipal"),
            set: "servicePrincipals",
        }
    };
    let token = token(call)?;
    let beta = call.request.version == Version::Beta;
    let options = Options::parse(Some(&token.query), &call.request.headers, beta)?;
    check(tracked.kind, &options)?;
    let select = checked_select(tracked.kind, &options)?.map(|mut names| {
        // "The id property is always returned."
        if !names.contains(&"id") {
            names.push("id");
        }
        names
    });
    let size = Service::Directory.page_size(options.top)?;
    let (value, next) = page(call, tables, &tracked, &token, &options, select.as_deref(), size);
    let mut body = Map::new();
    body.insert("@odata.context".into(), call.context(tracked.set, select.as_deref(), false).into());
    match next {
        Some(next) => {
            let token = Token { next, issued: call.now(), ..token };
            body.insert("@odata.nextLink".into(), link(call, "$skiptoken", &encode(&token)).into());
        }
        None => {
            let token = Token { next: (0, String::new()), issued: call.now(), ..token };
            body.insert("@odata.deltaLink".into(), link(call, "$deltatoken", &encode(&token)).into());
        }
    }
    body.insert("value".into(), Value::Array(value));
    Ok(GraphResponse::json(StatusCode::OK, Value::Object(body)))
}

fn link(call: &Call<'_>, option: &str, token: &str) -> String {
    format!("{}{}?{option}={token}", call.root(), call.request.path)
}

/// The token that was sent, or the one that a first request stands for.
fn token(call: &Call<'_>) -> Result<Token> {
    let asked = started(call);
    let first = |since, position| Token {
        since,
        asked,
        issued: call.now(),
        next: (position, String::new()),
        query: call.options.asked(&["$skiptoken", "$deltatoken"]),
    };
    match (&call.options.skip_token, &call.options.delta_token) {
        (Some(sent), _) => fresh(call, decode(sent)?),
        (None, Some(latest)) if latest.eq_ignore_ascii_case("latest") => {
            // "Sync from now": skips what is there.
            Ok(first(Some(asked), usize::MAX))
        }
        (None, Some(sent)) if !sent.is_empty() => {
            let sent = fresh(call, decode(sent)?)?;
            // What is tracked may be changed with a delta link.
            let own = call.options.asked(&["$skiptoken", "$deltatoken"]);
            let query = if own.is_empty() { sent.query } else { own };
            Ok(Token { since: Some(sent.asked), asked, query, ..sent })
        }
        // An empty token is that of a first request.
        (None, _) => Ok(first(None, 0)),
    }
}

/// When a round that begins now began, for the next one.
fn started(call: &Call<'_>) -> Timestamp {
    let spreading = call.view.lag.objects_ms.max(call.view.lag.changes_ms);
    call.now() - SignedDuration::from_millis(i64::try_from(spreading).unwrap_or(0))
}

fn fresh(call: &Call<'_>, token: Token) -> Result<Token> {
    if call.now().duration_since(token.issued) <= TOKEN_LIFE {
        return Ok(token);
    }
    let again = if token.query.is_empty() { String::new() } else { format!("{}&", token.query) };
    let location = format!("{}{}?{again}$deltatoken=", call.root(), call.request.path);
    Err(GraphError::SyncStateNotFound(location))
}

/// `$select`, and `$filter` for single objects by their ids, is all there is.
fn check(kind: &EntityType, options: &Options) -> Result<()> {
    Service::Directory.check(kind, options)?;
    for (used, name) in [
        (!options.expand.is_empty(), "$expand"),
        (!options.order_by.is_empty(), "$orderby"),
        (options.search.is_some(), "$search"),
        (options.count, "$count"),
    ] {
        if used {
            return Err(GraphError::UnsupportedQuery(format!(
                "The query option '{name}' is not supported with delta."
            )));
        }
    }
    if options.filter.as_ref().is_some_and(|filter| !names_ids(filter)) {
        return Err(GraphError::UnsupportedQuery(
            "Only filters on the id of the object are supported with delta.".into(),
        ));
    }
    Ok(())
}

fn names_ids(filter: &Condition) -> bool {
    let is_id = |path: &Path| path.0.len() == 1 && path.0[0].eq_ignore_ascii_case("id");
    match filter {
        Condition::Or(left, right) => names_ids(left) && names_ids(right),
        Condition::Compare { path, operator: Operator::Eq, .. } | Condition::In { path, .. } => is_id(path),
        _ => false,
    }
}

/// What one page holds, and where the next one starts. Behind the objects of the table come those that are gone for good.
fn page(
    call: &Call<'_>,
    tables: &Tables,
    tracked: &Tracked<'_>,
    token: &Token,
    options: &Options,
    select: Option<&[&str]>,
    size: usize,
) -> (Vec<Value>, Option<(usize, String)>) {
    let wanted = |body: &Map<String, Value>| {
        options.filter.as_ref().is_none_or(|filter| {
            holds(filter, &Subject { body, kind: &tracked.kind.name, related: &|_| None })
        })
    };
    let mut value = Vec::new();
    let is = |position: usize, id: &str| tracked.table.get_index(position).is_some_and(|(own, _)| own == id);
    let from = resume(&token.next, tracked.table.len(), &is);
    for position in from..tracked.table.len() {
        let Some((id, row)) = tracked.table.get_index(position) else { break };
        if !wanted(&row.body) {
            continue;
        }
        let Some(entry) = entry(call, tracked.kind, row, token.since, select) else { continue };
        if value.len() == size {
            return (value, Some((position, id.clone())));
        }
        value.push(entry);
    }
    let gone = tables.purged.iter().filter(|(id, gone)| {
        let own = json!({ "id": id });
        gone.kind == tracked.kind.name
            && token.since.is_some_and(|since| gone.at >= since)
            && own.as_object().is_some_and(wanted)
    });
    if token.next.0 != usize::MAX {
        value.extend(gone.map(|(id, _)| removed(id, "deleted")));
    }
    (value, None)
}

/// An object in full when it is new, with the properties that changed when it is not, or the news that it was deleted.
fn entry(
    call: &Call<'_>,
    kind: &'static EntityType,
    row: &Row,
    since: Option<Timestamp>,
    select: Option<&[&str]>,
) -> Option<Value> {
    let Some(since) = since else { return Some(shown(kind, call.view.seen(row)?, select)) };
    if let Some(deleted) = row.deleted {
        return (deleted >= since).then(|| removed(row.text("id"), "changed"));
    }
    let body = call.view.seen(row)?;
    let changes = row.body.get(CHANGES).and_then(Value::as_object);
    let since_then = |at: &Value| {
        let at: Timestamp = at.as_str()?.parse().ok()?;
        (at >= since && call.view.change_known(row.text("id"), at)).then_some(())
    };
    let restored = changes.and_then(|changes| since_then(changes.get(EVERYTHING)?)).is_some();
    if row.created >= since || restored {
        return Some(shown(kind, body, select));
    }
    let mut changed: Vec<&str> = changes
        .into_iter()
        .flatten()
        .filter(|(name, at)| {
            select.is_none_or(|own| own.contains(&name.as_str())) && since_then(at).is_some()
        })
        .filter_map(|(name, _)| Some(kind.property(name)?.0))
        .collect();
    if changed.is_empty() {
        return None;
    }
    changed.push("id");
    Some(shown(kind, body, Some(&changed)))
}

fn shown(kind: &'static EntityType, body: &Map<String, Value>, select: Option<&[&str]>) -> Value {
    Value::Object(project(kind, body, Shape { select, single: false, typed: false }))
}

/// `changed` can be restored, `deleted` cannot.
fn removed(id: &str, reason: &str) -> Value {
    json!({ "id": id, "@removed": { "reason": reason } })
}

fn encode(token: &Token) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(token).unwrap_or_default())
}

fn decode(token: &str) -> Result<Token> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| GraphError::InvalidSkipToken)?;
    serde_json::from_slice(&bytes).map_err(|_| GraphError::InvalidSkipToken)
}
