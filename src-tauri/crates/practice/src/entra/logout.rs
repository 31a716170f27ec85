//! Signing out of the browser (OpenID Connect RP-Initiated Logout).

use serde_json::Value;

use super::form::Form;
use super::{account, pages, redirect, respond, session};
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// `GET` or `POST /{tenant}/oauth2[/v2.0]/logout`.
pub(crate) fn handle(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = Form::of_body(incoming);
    if let Some(cookie) = session::cookie(&incoming.headers) {
        let hinted = form.get("logout_hint").and_then(|hint| account::find(tenant, hint));
        tenant.ledger().sign_out(cookie, hinted.as_deref());
    }
    let mut answer = match form.get("post_logout_redirect_uri") {
        Some(uri) if is_registered(tenant, uri) => {
            let state = form.get("state").map(|state| {
                url::form_urlencoded::Serializer::new(String::new()).append_pair("state", state).finish()
            });
            respond::redirect(&state.map_or_else(|| uri.to_owned(), |state| respond::with_query(uri, &state)))
        }
        _ => pages::done(tenant, "You signed out.", "It is a good idea to close all browser windows."),
    };
    session::clear(&mut answer);
    answer
}

/// Only addresses of registered applications are followed: this endpoint must not send people anywhere a link says.
fn is_registered(tenant: &Tenant, uri: &str) -> bool {
    tenant.read(|tables| {
        tables.applications.values().filter(|row| row.deleted.is_none()).any(|row| {
            ["web", "spa", "publicClient"].into_iter().any(|section| {
                let uris = row.body.get(section).and_then(|section| section.get("redirectUris")?.as_array());
                uris.into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .any(|registered| redirect::matches(registered, uri))
            })
        })
    })
}
