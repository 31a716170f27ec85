//! One HTTP exchange: who may talk to us, what was armed to go wrong, whom to ask, what to note down.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::Timestamp;

use crate::directories::Directories;
use crate::entra;
use crate::exchange;
use crate::faults::Action;
use crate::graph::{self, GraphBody, GraphRequest, GraphResponse, Version};
use crate::request_log::{self, RecordedRequest};
use crate::tenant::{Tenant, put};
use crate::wire::Breaker;
use crate::{control, host, misfortune, random, usage_reports};

/// Request bodies above this are refused, as Graph does at 4 MB.
const LARGEST_REQUEST: usize = 4 * 1024 * 1024;

/// An answer before it is sent.
pub(crate) type Answer = Response<Bytes>;

/// What every part of the tenant knows about a request.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) method: http::Method,
    /// As sent, repeated slashes folded.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) request_id: String,
    pub(crate) at: Timestamp,
}

/// The one entry point.
pub(crate) async fn serve(
    State(directories): State<Arc<Directories>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_REQUEST).await else {
        return seal(plain(StatusCode::PAYLOAD_TOO_LARGE, "The request is too large."));
    };
    let tenant = directories.main();
    let incoming = read(tenant, &parts, body);
    if !host::is_ours(tenant, &parts) {
        return seal(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "This is a practice tenant on loopback; call it by that name.",
        ));
    }
    if incoming.path.starts_with("/_practice/") {
        return seal(control::handle(&directories, &incoming));
    }
    if !tenant.options.latency.is_zero() {
        tokio::time::sleep(tenant.options.latency).await;
    }
    let fault = tenant.faults.check(incoming.method.as_str(), &incoming.path);
    if let Some(Action::Delay { ms }) = &fault {
        tokio::time::sleep(Duration::from_millis(*ms)).await;
    }
    let mut answer = if fault.as_ref().is_none_or(Action::commits) {
        let answer = route(&directories, &incoming).await;
        match directories.save() {
            Ok(()) => answer,
            Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        }
    } else {
        Answer::default()
    };
    let mut broken = false;
    if let Some(fault) = &fault {
        broken = misfortune::apply(fault, &incoming, &breaker, &mut answer);
    }
    stamp(&incoming, &mut answer);
    record(tenant, &incoming, &answer, fault.is_some(), broken);
    seal(answer)
}

async fn route(directories: &Arc<Directories>, incoming: &Incoming) -> Answer {
    let tenant = directories.of_token(&incoming.headers);
    if let Some((prefix, path)) = exchange::admin_path(&incoming.path) {
        return exchange::handle(tenant, incoming, prefix, path);
    }
    if incoming.path == usage_reports::DOWNLOAD {
        return usage_reports::download(tenant, incoming);
    }
    match graph_path(&incoming.path) {
        Some((version, path)) => {
            let request = GraphRequest {
                method: incoming.method.clone(),
                version,
                path: path.to_owned(),
                raw_query: incoming.query.clone(),
                headers: incoming.headers.clone(),
                body: incoming.body.clone(),
                request_id: incoming.request_id.clone(),
                at: incoming.at,
                batch_member: false,
            };
            from_graph(graph::handle(tenant, request).await)
        }
        None => entra::handle(directories, incoming),
    }
}

/// Splits the version off a Graph path.
fn graph_path(path: &str) -> Option<(Version, &str)> {
    [("/v1.0", Version::V1), ("/beta", Version::Beta)].into_iter().find_map(|(prefix, version)| {
        let rest = path.strip_prefix(prefix)?;
        (rest.is_empty() || rest.starts_with('/')).then_some((version, rest))
    })
}

fn from_graph(response: GraphResponse) -> Answer {
    let (body, content_type) = match response.body {
        Some(GraphBody::Json(json)) => (
            Bytes::from(json.to_string()),
            Some(
                "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
            ),
        ),
        Some(GraphBody::Bytes(bytes)) => (bytes, None),
        None => (Bytes::new(), None),
    };
    let mut answer = Response::new(body);
    *answer.status_mut() = response.status;
    if let Some(content_type) = content_type {
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    answer.headers_mut().extend(response.headers);
    answer
}

/// Takes a request apart; some clients send `/v1.0//applications`.
fn read(tenant: &Tenant, parts: &Parts, body: Bytes) -> Incoming {
    let mut path = String::with_capacity(parts.uri.path().len());
    for character in parts.uri.path().chars() {
        if character != '/' || !path.ends_with('/') {
            path.push(character);
        }
    }
    Incoming {
        method: parts.method.clone(),
        path,
        query: parts.uri.query().map(str::to_owned),
        headers: parts.headers.clone(),
        body,
        request_id: random::fresh_guid(),
        at: tenant.clock.now(),
    }
}

/// The headers that Microsoft puts on every answer.
fn stamp(incoming: &Incoming, answer: &mut Answer) {
    let graph = graph_path(&incoming.path).is_some();
    let exchange = exchange::admin_path(&incoming.path).is_some();
    let headers = answer.headers_mut();
    let client = incoming.headers.get("client-request-id").and_then(|id| id.to_str().ok());
    if graph {
        put(headers, "request-id", &incoming.request_id);
        put(headers, "client-request-id", client.unwrap_or(&incoming.request_id));
        put(
            headers,
            "x-ms-ags-diagnostic",
            r#"{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"LOOPBACK"}}"#,
        );
        put(headers, "strict-transport-security", "max-age=31536000");
    } else if exchange {
        put(headers, "request-id", &incoming.request_id);
        put(headers, "x-feserver", "PRACTICE");
        if let Some(client) = client {
            put(headers, "client-request-id", client);
        }
    } else {
        put(headers, "x-ms-request-id", &incoming.request_id);
        put(headers, "x-ms-ests-server", "2.1.0 - PRACTICE");
        if let Some(client) = client {
            put(headers, "client-request-id", client);
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        put(headers, "cache-control", if graph || exchange { "no-cache" } else { "no-store, no-cache" });
    }
    put(headers, "date", &incoming.at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
}

fn record(tenant: &Tenant, incoming: &Incoming, answer: &Answer, fault: bool, broken: bool) {
    let content_type = |headers: &HeaderMap| {
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    tenant.log.add(RecordedRequest {
        number: 0,
        at: incoming.at,
        method: incoming.method.to_string(),
        path: incoming.path.clone(),
        query: incoming.query.as_deref().map(request_log::query),
        headers: request_log::headers(&incoming.headers),
        body: request_log::body(&content_type(&incoming.headers), &incoming.body),
        status: if broken { 0 } else { answer.status().as_u16() },
        response: request_log::body(&content_type(answer.headers()), answer.body()),
        request_id: incoming.request_id.clone(),
        fault,
    });
}

/// A short answer in plain text.
pub(crate) fn plain(status: StatusCode, text: &str) -> Answer {
    let mut answer = Response::new(Bytes::from(text.to_owned()));
    *answer.status_mut() = status;
    put(answer.headers_mut(), "content-type", "text/plain; charset=utf-8");
    answer
}

fn seal(answer: Answer) -> Response<Body> {
    answer.map(Body::from)
}
