//! From an address to an endpoint.

use std::sync::Arc;

use http::{Method, StatusCode};

use super::authority::Authority;
use super::error::{Code, Refusal};
use super::{
    Protocol, admin_consent, authorize, cross_origin, device, discovery, flow, logout, my_apps, pages,
    person, token,
};
use crate::directories::Directories;
use crate::serve::{Answer, Incoming, plain};
use crate::tenant::Tenant;

/// Answers one request.
pub(crate) fn handle(directories: &Arc<Directories>, incoming: &Incoming) -> Answer {
    let mut answer = dispatch(directories, incoming);
    cross_origin::allow(directories.main(), incoming, &mut answer);
    answer
}

fn dispatch(directories: &Arc<Directories>, incoming: &Incoming) -> Answer {
    // Pages without a directory in their address find it in the conversation that they belong to.
    let tenant = directories.main();
    let path = incoming.path.trim_end_matches('/');
    match path {
        "" => return pages::welcome(tenant),
        "/favicon.ico" | "/robots.txt" => return plain(StatusCode::NOT_FOUND, ""),
        "/devicelogin" | "/common/oauth2/deviceauth" | "/common/oauth2/v2.0/deviceauth" => {
            return device::page(tenant, incoming);
        }
        "/common/login" => return only(&Method::POST, incoming, || flow::chosen(tenant, incoming)),
        "/common/consent" => return only(&Method::POST, incoming, || flow::decided(tenant, incoming)),
        "/myapps" | "/consent/Manage" => return my_apps::show(tenant, incoming),
        "/myapps/revoke" => return only(&Method::POST, incoming, || my_apps::revoke(tenant, incoming)),
        "/oidc/userinfo" => return person::userinfo(directories.of_token(&incoming.headers), incoming),
        "/subscriptions" | "/tenants" => {
            return person::azure(directories.of_token(&incoming.headers), incoming);
        }
        _ => {}
    }
    let Some((segment, rest)) = path.strip_prefix('/').and_then(|path| path.split_once('/')) else {
        return plain(StatusCode::NOT_FOUND, "Nothing is here.");
    };
    let rest = rest.to_ascii_lowercase();
    if rest == "discovery/instance" {
        return discovery::instance(tenant, incoming);
    }
    if rest.starts_with("userrealm/") {
        return person::realm(tenant, incoming, path);
    }
    let tenant = directories.named(segment).unwrap_or(tenant);
    let authority = match Authority::parse(tenant, segment) {
        Ok(authority) => authority,
        Err(refusal) => return refuse_authority(tenant, incoming, &rest, &refusal),
    };
    endpoint(tenant, incoming, authority, &rest)
}

fn endpoint(tenant: &Arc<Tenant>, incoming: &Incoming, authority: Authority, rest: &str) -> Answer {
    match rest {
        ".well-known/openid-configuration" => {
            discovery::openid_configuration(tenant, incoming, authority, Protocol::V1)
        }
        "v2.0/.well-known/openid-configuration" => {
            discovery::openid_configuration(tenant, incoming, authority, Protocol::V2)
        }
        "discovery/keys" => discovery::keys(tenant, incoming, authority, Protocol::V1),
        "discovery/v2.0/keys" => discovery::keys(tenant, incoming, authority, Protocol::V2),
        "oauth2/authorize" => authorize::begin(tenant, incoming, authority, Protocol::V1),
        "oauth2/v2.0/authorize" => authorize::begin(tenant, incoming, authority, Protocol::V2),
        "oauth2/token" => {
            only(&Method::POST, incoming, || token::handle(tenant, incoming, authority, Protocol::V1))
        }
        "oauth2/v2.0/token" => {
            only(&Method::POST, incoming, || token::handle(tenant, incoming, authority, Protocol::V2))
        }
        "oauth2/devicecode" => {
            only(&Method::POST, incoming, || device::begin(tenant, incoming, authority, Protocol::V1))
        }
        "oauth2/v2.0/devicecode" => {
            only(&Method::POST, incoming, || device::begin(tenant, incoming, authority, Protocol::V2))
        }
        "oauth2/logout" | "oauth2/v2.0/logout" => logout::handle(tenant, incoming),
        "adminconsent" => admin_consent::begin(tenant, incoming, authority, Protocol::V1),
        "v2.0/adminconsent" => admin_consent::begin(tenant, incoming, authority, Protocol::V2),
        _ => plain(StatusCode::NOT_FOUND, "Nothing is here."),
    }
}

/// A directory that does not exist: a page for people, JSON for programs.
fn refuse_authority(tenant: &Tenant, incoming: &Incoming, rest: &str, refusal: &Refusal) -> Answer {
    match rest {
        "oauth2/authorize" | "oauth2/v2.0/authorize" | "adminconsent" | "v2.0/adminconsent" => {
            pages::error(tenant, incoming, refusal)
        }
        _ if rest.ends_with(".well-known/openid-configuration") => {
            Refusal { code: Code::InvalidTenant, ..refusal.clone() }.json(incoming)
        }
        _ if rest.starts_with("oauth2/") => refusal.json(incoming),
        _ => plain(StatusCode::NOT_FOUND, "Nothing is here."),
    }
}

fn only(method: &Method, incoming: &Incoming, answer: impl FnOnce() -> Answer) -> Answer {
    if incoming.method == method {
        return answer();
    }
    let text =
        format!("The endpoint only accepts {method} requests. Received a {} request.", incoming.method);
    Refusal::new(Code::InvalidRequest, 900_561, text).json(incoming)
}
