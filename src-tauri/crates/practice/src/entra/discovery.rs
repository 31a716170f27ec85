//! What a client reads first: instance discovery, OpenID configuration, signing keys.

use http::StatusCode;
use serde_json::{Value, json};
use url::Url;

use super::Protocol;
use super::authority::Authority;
use super::error::{Code, Refusal, json_answer};
use super::form::Form;
use crate::host;
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// `GET /{tenant}[/v2.0]/.well-known/openid-configuration`.
pub(crate) fn openid_configuration(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Answer {
    let base = host::login_base(tenant, incoming);
    let segment = authority.segment(tenant);
    let issuer = authority.issuer_segment(tenant);
    let oauth2 = match protocol {
        Protocol::V1 => format!("{base}/{segment}/oauth2"),
        Protocol::V2 => format!("{base}/{segment}/oauth2/v2.0"),
    };
    let mut document = json!({
        "token_endpoint": format!("{oauth2}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{}/oidc/userinfo", tenant.graph_base()),
        "authorization_endpoint": format!("{oauth2}/authorize"),
        "device_authorization_endpoint": format!("{oauth2}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{oauth2}/logout"),
        "claims_supported": [
            "sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host", "aud", "exp",
            "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email",
        ],
        "tenant_region_scope": if authority.is_specific() { json!("EU") } else { Value::Null },
        "cloud_instance_name": host_of(&base),
        "cloud_graph_host_name": host_of(&tenant.graph_base()),
        "msgraph_host": host_of(&tenant.graph_base()),
        "rbac_url": "https://practice.invalid",
    });
    match protocol {
        Protocol::V1 => {
            document["issuer"] = json!(format!("{base}/{issuer}/"));
            document["jwks_uri"] = json!(format!("{base}/{segment}/discovery/keys"));
            document["check_session_iframe"] = json!(format!("{oauth2}/checksession"));
        }
        Protocol::V2 => {
            document["issuer"] = json!(format!("{base}/{issuer}/v2.0"));
            document["jwks_uri"] = json!(format!("{base}/{segment}/discovery/v2.0/keys"));
            document["kerberos_endpoint"] = json!(format!("{base}/{segment}/kerberos"));
        }
    }
    cacheable(&document)
}

/// `GET /{tenant}/discovery[/v2.0]/keys`.
pub(crate) fn keys(tenant: &Tenant, incoming: &Incoming, authority: Authority, protocol: Protocol) -> Answer {
    let issuer = format!("{}/{}/v2.0", host::login_base(tenant, incoming), authority.issuer_segment(tenant));
    cacheable(&tenant.keys.jwks((protocol == Protocol::V2).then_some(issuer.as_str())))
}

/// `GET /common/discovery/instance?api-version=1.1&authorization_endpoint=…`.
pub(crate) fn instance(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_query(incoming);
    let Some(endpoint) = form.get("authorization_endpoint") else {
        return Refusal::new(
            Code::InvalidRequest,
            900_144,
            "The request body must contain the following parameter: 'authorization_endpoint'.",
        )
        .json(incoming);
    };
    let base = host::login_base(tenant, incoming);
    let own_host = host_of(&base);
    let parsed = Url::parse(endpoint).ok();
    let asked = parsed.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
    let own_name = own_host.split(':').next().unwrap_or_default();
    if asked != own_name && !matches!(asked.as_str(), "localhost" | "127.0.0.1") {
        return Refusal::new(Code::InvalidInstance, 50_049, "Unknown or invalid instance.").json(incoming);
    }
    let segment = parsed
        .as_ref()
        .and_then(|url| url.path_segments()?.next().map(str::to_owned))
        .filter(|segment| !segment.is_empty())
        .unwrap_or_else(|| "common".to_owned());
    let v2 = endpoint.contains("/v2.0/");
    let path = if v2 { "v2.0/.well-known" } else { ".well-known" };
    let mut document =
        json!({ "tenant_discovery_endpoint": format!("{base}/{segment}/{path}/openid-configuration") });
    let version = form.get("api-version").unwrap_or("1.0");
    document["api-version"] = json!(version);
    if version != "1.0" {
        let mut aliases = vec![own_host.clone()];
        if own_host != own_name {
            aliases.push(own_name.to_owned());
        }
        document["metadata"] = json!([{
            "preferred_network": own_host, "preferred_cache": own_host, "aliases": aliases,
        }]);
    }
    cacheable(&document)
}

/// Host and, when it is not the usual one, port.
fn host_of(base: &str) -> String {
    base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next().unwrap_or_default().to_owned()
}

fn cacheable(document: &Value) -> Answer {
    let mut answer = json_answer(StatusCode::OK, document);
    crate::tenant::put(answer.headers_mut(), "cache-control", "max-age=86400, private");
    answer.headers_mut().remove("pragma");
    answer
}
