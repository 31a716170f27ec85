//! Which web pages may read our answers: those of registered single-page applications, at the endpoints they need.

use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, VARY};
use http::{HeaderValue, Method};
use serde_json::Value;

use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// Adds the one header that lets such a page read this answer. Preflights get nothing: MSAL sends simple requests.
pub(crate) fn allow(tenant: &Tenant, incoming: &Incoming, answer: &mut Answer) {
    let Some(origin) = incoming.headers.get(ORIGIN) else { return };
    let path = incoming.path.to_ascii_lowercase();
    let open = path.ends_with("/token")
        || path.ends_with("/openid-configuration")
        || path.ends_with("/keys")
        || path.ends_with("/discovery/instance");
    if !open || incoming.method == Method::OPTIONS {
        return;
    }
    if origin.to_str().is_ok_and(|origin| belongs_to_a_page(tenant, origin)) {
        answer.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        answer.headers_mut().insert(VARY, HeaderValue::from_static("Origin"));
    }
}

/// Whether a single-page application is registered at this origin.
fn belongs_to_a_page(tenant: &Tenant, origin: &str) -> bool {
    tenant.read(|tables| {
        tables.applications.values().filter(|row| row.deleted.is_none()).any(|row| {
            let uris =
                row.body.get("spa").and_then(|spa| spa.get("redirectUris")?.as_array()).into_iter().flatten();
            uris.filter_map(Value::as_str).any(|uri| {
                uri.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        })
    })
}
