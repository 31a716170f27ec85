//! Writing down who got a token, and with which credential.

use super::application;
use super::client::Client;
use super::error::Refusal;
use super::token::TokenRequest;
use crate::sign_ins::{SignInEvent, SignInKind, UsedCredential};
use crate::store::{Row, Tables};

/// Client id and name of a resource, as the log names it.
pub(crate) fn named(resource: &Row) -> [String; 2] {
    ["appId", "displayName"].map(|property| resource.text(property).to_owned())
}

/// An application by itself got a token.
pub(crate) fn application(
    request: &TokenRequest<'_>,
    client: &Client,
    used: Option<UsedCredential>,
    resource: [String; 2],
) {
    let event = SignInEvent { credential: used, resource, ..by_itself(request, client) };
    request.tenant.write(|tables| tables.sign_ins.record(event));
}

/// An application by itself was refused.
pub(crate) fn refused(request: &TokenRequest<'_>, client: &Client, refusal: &Refusal) {
    let resource = application::resource(request, &client.app_id).ok().map(|wanted| wanted.resource);
    let event = SignInEvent { error: refusal.number, ..by_itself(request, client) };
    request.tenant.write(|tables| {
        let resource = resource.and_then(|id| tables.service_principals.get(&id)).map(named);
        tables.sign_ins.record(SignInEvent { resource: resource.unwrap_or_default(), ..event });
    });
}

fn by_itself(request: &TokenRequest<'_>, client: &Client) -> SignInEvent {
    let event =
        SignInEvent::new(request.incoming.at, SignInKind::ServicePrincipal, &client.app_id, &client.name);
    SignInEvent { service_principal: client.service_principal.clone().unwrap_or_default(), ..event }
}

/// A person got tokens through an application; with a refresh token nobody was asked.
pub(crate) fn person(
    request: &TokenRequest<'_>,
    client: &Client,
    person: &str,
    used: Option<UsedCredential>,
    resource: [String; 2],
) {
    let kind = match request.form.get("grant_type") {
        Some("refresh_token") => SignInKind::NonInteractiveUser,
        _ => SignInKind::InteractiveUser,
    };
    let event = SignInEvent::new(request.incoming.at, kind, &client.app_id, &client.name);
    request.tenant.write(|tables| {
        let person = who(tables, person);
        tables.sign_ins.record(SignInEvent { person, credential: used, resource, ..event });
    });
}

fn who(tables: &Tables, person: &str) -> Option<[String; 3]> {
    let user = tables.user(person)?;
    Some(["id", "userPrincipalName", "displayName"].map(|property| user.text(property).to_owned()))
}
