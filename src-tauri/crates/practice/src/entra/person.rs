//! Small endpoints beside sign-in that clients ask for: user info, realm, and what command-line tools read of Azure.

use http::StatusCode;
use serde_json::{Value, json};

use super::error::json_answer;
use crate::auth::{self, Subject};
use crate::seed;
use crate::serve::{Answer, Incoming};
use crate::tenant::{Tenant, put};

/// `GET /oidc/userinfo` (OpenID Connect Core 5.3; Microsoft serves it from Graph's host).
pub(crate) fn userinfo(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let caller = match auth::caller(tenant, &incoming.headers, incoming.at) {
        Ok(caller) => caller,
        Err(error) => return unauthorized(&error.to_string()),
    };
    let Subject::Person { oid, .. } = caller.subject else {
        return unauthorized("The token is not a person's.");
    };
    tenant.read(|tables| match tables.user(&oid) {
        Some(user) => {
            let text = |name: &str| user.body.get(name).cloned().unwrap_or_default();
            let body = json!({
                "sub": oid, "name": text("displayName"), "family_name": text("surname"), "given_name": text("givenName"),
                "email": text("mail"), "picture": Value::Null,
            });
            json_answer(StatusCode::OK, &body)
        }
        None => unauthorized("The person does not exist any more."),
    })
}

/// `GET /common/UserRealm/{name}`: how somebody signs in. Here everyone's password is kept in the cloud.
pub(crate) fn realm(tenant: &Tenant, incoming: &Incoming, path: &str) -> Answer {
    let name = path.rsplit('/').next().unwrap_or_default().replace("%40", "@");
    let domain = name.split('@').nth(1).unwrap_or_default();
    let named = domain.to_ascii_lowercase();
    let ours = tenant.find_directory(|own| own.answers_to(&named)).is_some();
    let host =
        incoming.headers.get(http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let body = json!({
        "ver": "1.0",
        "account_type": if ours { "Managed" } else { "Unknown" },
        "domain_name": domain,
        "cloud_instance_name": host,
        "cloud_audience_urn": "urn:federation:MicrosoftOnline",
    });
    json_answer(StatusCode::OK, &body)
}

/// `GET /subscriptions`, `GET /tenants` of Azure Resource Manager: this organisation has no Azure subscription.
pub(crate) fn azure(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let value = incoming
        .headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let claims = value.strip_prefix("Bearer ").and_then(|token| tenant.keys.open(token).ok());
    if claims.is_none_or(|claims| claims["exp"].as_i64().is_none_or(|exp| exp <= incoming.at.as_second())) {
        return unauthorized("The access token is missing or invalid.");
    }
    let body = if incoming.path.starts_with("/tenants") {
        json!({"value": [{
            "id": format!("/tenants/{}", tenant.tenant_id),
            "tenantId": tenant.tenant_id,
            "displayName": tenant.name(),
            "defaultDomain": tenant.read(seed::default_domain),
            "domains": tenant.read(seed::verified_domains),
            "tenantCategory": "Home",
            "countryCode": "SE",
        }]})
    } else {
        json!({"value": [], "count": {"type": "Total", "value": 0}})
    };
    json_answer(StatusCode::OK, &body)
}

fn unauthorized(text: &str) -> Answer {
    let body = json!({"error": {"code": "InvalidAuthenticationToken", "message": text}});
    let mut answer = json_answer(StatusCode::UNAUTHORIZED, &body);
    put(answer.headers_mut(), "www-authenticate", r#"Bearer error="invalid_token""#);
    answer
}
