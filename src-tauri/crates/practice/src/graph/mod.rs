//! Microsoft Graph: who may call what, and the operations.
//!
//! A request passes: token -> path -> permission -> throttle -> operation. Each operation reads or changes the tables and
//! answers in Microsoft's shapes; the person's directory roles are checked inside it, where the object is known.

mod batch;
mod call;
mod certificate;
mod error;
mod http;
mod listing;
mod locate;
mod mailbox_access;
mod odata;
mod path;
mod permission;
mod personal;
mod privilege;
mod projection;
mod proof;
mod relations;
mod resources;
mod router;
pub(crate) mod schema;
mod validate;

use std::borrow::Cow;
use std::sync::Arc;

use ::http::{HeaderMap, Method};

use self::call::Call;
use self::error::{GraphError, Result};
pub(crate) use self::http::{GraphBody, GraphRequest, GraphResponse, Version, error_body};
use self::odata::options::Options;
pub(crate) use self::odata::order::Sortings;
use self::path::{Key, Path, Segment};
pub(crate) use self::privilege::{
    EXCHANGE_ADMINISTRATOR, EXCHANGE_RECIPIENT_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, GLOBAL_READER,
};
pub(crate) use self::resources::mailbox::contacts::{blank as blank_contact, named as name_of_contact};
pub(crate) use self::resources::mailbox::new_mailbox;
pub(crate) use self::resources::reports::conceals_names;
use self::router::{Match, Operation};
use crate::auth::{self, Caller, Subject, Unauthenticated};
use crate::provisioning;
use crate::tenant::{Tenant, put};

/// Answers one request.
pub(crate) async fn handle(tenant: &Arc<Tenant>, request: GraphRequest) -> GraphResponse {
    provisioning::settle(tenant);
    let is_batch = request.path.trim_matches('/').eq_ignore_ascii_case("$batch");
    let mut response = if is_batch { batch::handle(tenant, &request) } else { answer(tenant, &request) };
    put(&mut response.headers, "odata-version", "4.0");
    response
}

/// Answers one request that is no batch.
pub(crate) fn answer(tenant: &Tenant, request: &GraphRequest) -> GraphResponse {
    let response = match attempt(tenant, request) {
        Ok(response) => response,
        Err(error) => refuse(tenant, request, &error),
    };
    #[cfg(feature = "contract-check")]
    referee(tenant, request, &response);
    response
}

/// How many objects of a page are looked at.
#[cfg(feature = "contract-check")]
const REFEREED: usize = 100;

/// Notes what the published description does not allow, on either side.
#[cfg(feature = "contract-check")]
fn referee(tenant: &Tenant, request: &GraphRequest, response: &GraphResponse) {
    use crate::contract_check::{check_request, check_response};
    // The description is that of v1.0.
    if request.version == Version::Beta {
        return;
    }
    let mut found = Vec::new();
    if let Ok(sent) = serde_json::from_slice::<serde_json::Value>(&request.body) {
        found = check_request(request.method.as_str(), &request.path, &sent);
    }
    if let Some(GraphBody::Json(body)) = &response.body {
        let long = body["value"].as_array().filter(|value| value.len() > REFEREED);
        // The rest of a long page is of the same make.
        let beginning = long.map(|value| serde_json::json!({ "value": value[..REFEREED] }));
        let body = beginning.as_ref().unwrap_or(body);
        found.extend(check_response(request.method.as_str(), &request.path, response.status.as_u16(), body));
    }
    tenant.note_violations(found);
}

/// One segment of a path without percent-encoding.
#[cfg(feature = "contract-check")]
pub(crate) fn decode_segment(segment: &str) -> String {
    path::percent_decode(segment)
}

fn attempt(tenant: &Tenant, request: &GraphRequest) -> Result<GraphResponse> {
    let caller = auth::caller(tenant, &request.headers, request.at)?;
    let headers = match tenant.admit(request, &caller) {
        Ok(headers) => headers,
        Err(refusal) => return Ok(refusal),
    };
    let mut response = match perform(tenant, request, &caller) {
        Ok(response) => response,
        Err(error) => refuse(tenant, request, &error),
    };
    response.headers.extend(headers);
    Ok(response)
}

fn perform(tenant: &Tenant, request: &GraphRequest, caller: &Caller) -> Result<GraphResponse> {
    let mut path = Path::parse(&request.path)?;
    let me = resolve_me(&mut path, caller)?;
    let (Match { route, keys, arguments }, property) = find(&request.method, &mut path)?;
    if request.version == Version::V1 && route.template.starts_with(resources::exchange_roles::ROOT) {
        return Err(GraphError::UnknownSegment("exchange".to_owned()));
    }
    let beta_only =
        resources::sign_in_reports::BETA_ONLY.iter().find(|own| route.template.starts_with(**own));
    if request.version == Version::V1
        && let Some(template) = beta_only
    {
        return Err(GraphError::UnknownSegment(template.trim_start_matches("/reports/").to_owned()));
    }
    check_content_type(request)?;
    let templates = router::listed_as(route, &keys, me);
    let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
    personal::admit(tenant, &request.method, &templates)?;
    let view = tenant.view();
    let in_mailbox = templates.iter().any(|template| permission::in_mailbox(template));
    let admitted = if in_mailbox {
        mailbox_access::admit(tenant, &view, caller, &request.method, &templates, &keys)?
    } else if permission::allows(caller, &request.method, &templates)
        || tenant.read(|tables| resources::keys::rolls_its_own(tables, caller, route.template, &keys))
    {
        Cow::Borrowed(caller)
    } else {
        return Err(GraphError::Denied);
    };
    let caller = admitted.as_ref();
    let mut options =
        Options::parse(request.raw_query.as_deref(), &request.headers, request.version == Version::Beta)?;
    if let Some(name) = &property {
        options.select = Some(vec![name.clone()]);
    }
    let call = Call {
        tenant,
        request,
        caller,
        options,
        template: route.template,
        keys,
        arguments,
        cast: path.cast,
        count_only: path.count,
        view,
        generation: tenant.generation(),
    };
    let response = match route.operation {
        Operation::Read(read) => tenant.read(|tables| read(&call, tables)),
        Operation::Write(write) => tenant.write(|tables| write(&call, tables)),
    }?;
    Ok(match property {
        Some(name) => only_property(response, &name),
        None => response,
    })
}

/// Finds the operation. `GET /users/{id}/displayName` is that of the object, with the property to take from its answer.
fn find(method: &Method, path: &mut Path) -> Result<(Match, Option<String>)> {
    let refusal = match router::find(method, path) {
        Ok(found) => return Ok((found, None)),
        Err(refusal) => refusal,
    };
    if *method == Method::GET
        && matches!(refusal, GraphError::UnknownSegment(_))
        && let Some(Segment::Name(name)) = path.segments.pop()
        && let Ok(found) = router::find(method, path)
        && let Some((own, _)) = single_kind(found.route.template).and_then(|kind| kind.property(&name))
    {
        return Ok((found, Some(own.to_owned())));
    }
    Err(refusal)
}

/// The type of the object behind a path that leads to one directory object.
fn single_kind(template: &str) -> Option<&'static schema::EntityType> {
    let kind = match template {
        "/users/{user-id}" => "user",
        "/groups/{group-id}" => "group",
        "/applications/{application-id}" => "application",
        "/servicePrincipals/{servicePrincipal-id}" => "servicePrincipal",
        "/organization/{organization-id}" => "organization",
        _ => return None,
    };
    Some(schema::entity(kind))
}

/// The answer to a path that ends in a property: its value, or 204 where there is none.
fn only_property(mut response: GraphResponse, name: &str) -> GraphResponse {
    if let Some(GraphBody::Json(body)) = &mut response.body {
        let value = body[name].take();
        if value.is_null() {
            return GraphResponse::empty(::http::StatusCode::NO_CONTENT);
        }
        let context = body["@odata.context"].as_str().unwrap_or_default();
        let context = context.replace(&format!("({name})/$entity"), &format!("('')/{name}"));
        *body = serde_json::json!({ "@odata.context": context, "value": value });
    }
    response
}

/// `/me` is `/users/{who is signed in}`.
fn resolve_me(path: &mut Path, caller: &Caller) -> Result<bool> {
    if !matches!(path.segments.first(), Some(Segment::Name(name)) if name.eq_ignore_ascii_case("me")) {
        return Ok(false);
    }
    let Subject::Person { oid, .. } = &caller.subject else { return Err(GraphError::MeWithoutPerson) };
    let user = Segment::Key(Key { property: None, value: oid.clone() });
    path.segments.splice(..1, [Segment::Name("users".to_owned()), user]);
    Ok(true)
}

fn check_content_type(request: &GraphRequest) -> Result<()> {
    let writes = matches!(request.method, Method::POST | Method::PATCH | Method::PUT);
    // Clients that compress send the body again in plain when told so.
    let plain = |value: &::http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if request.headers.get("content-encoding").is_some_and(|value| !plain(value)) {
        return Err(GraphError::EncodedBody);
    }
    if writes && !request.body.is_empty() && !request.headers.contains_key("content-type") {
        return Err(GraphError::NoContentType);
    }
    Ok(())
}

fn refuse(tenant: &Tenant, request: &GraphRequest, error: &GraphError) -> GraphResponse {
    let mut response = error.answer(request);
    if let GraphError::Unauthenticated(why) = error {
        challenge(tenant, &mut response.headers, *why);
    }
    response
}

/// How Graph tells where to get a token ("Claims challenges, claims requests and client capabilities").
fn challenge(tenant: &Tenant, headers: &mut HeaderMap, why: Unauthenticated) {
    let login = tenant.login_base();
    let mut value = format!(
        r#"Bearer realm="", authorization_uri="{login}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000""#
    );
    if why == Unauthenticated::Revoked {
        use base64::Engine as _;
        let claims = format!(
            r#"{{"access_token":{{"nbf":{{"essential":true,"value":"{}"}}}}}}"#,
            tenant.clock.now().as_second()
        );
        let claims = base64::engine::general_purpose::STANDARD.encode(claims);
        value.push_str(&format!(r#", error="insufficient_claims", claims="{claims}""#));
    }
    put(headers, "www-authenticate", &value);
}
