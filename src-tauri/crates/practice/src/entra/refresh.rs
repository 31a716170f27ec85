//! Refresh tokens (RFC 6749 6; "Refresh tokens in the Microsoft identity platform").
//!
//! Each use gives a new one and leaves the old one valid. They belong to a person and a client, not to a resource.

use serde_json::Value;

use super::client::Platform;
use super::code::authenticate;
use super::error::{Code, Refusal};
use super::ledger::{REFRESH_LIFE, RefreshToken, SPA_REFRESH_LIFE};
use super::token::TokenRequest;
use super::{account, authorize, conditions};
use crate::store::Row;

/// `grant_type=refresh_token`.
pub(crate) fn redeem(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    let value = request.form.get("refresh_token").ok_or_else(|| Refusal::missing("refresh_token"))?;
    let client = request.client()?;
    let token = request.tenant.peek_ledger(|ledger| ledger.refresh_token(value).cloned());
    let token = token.ok_or_else(|| {
        Refusal::new(Code::InvalidGrant, 9_002_313, "Invalid request. Request is malformed or invalid.")
            .with_suberror("bad_token")
    })?;
    if token.sign_in.client != client.app_id {
        let text = "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid: it was issued to another application.";
        return Err(Refusal::new(Code::InvalidGrant, 70_000, text).with_suberror("bad_token"));
    }
    not_expired(request, &token)?;
    let token = here(request, token)?;
    let directory = request.tenant.name();
    request.tenant.read(|tables| {
        let person = &token.sign_in.person;
        let user = tables.user(person).ok_or_else(|| account::unknown_in(&directory, person))?;
        account::enabled(user)?;
        not_revoked(user, &token)
    })?;
    conditions::for_earlier(request.tenant, &token.sign_in)?;
    request.check_origin(token.sign_in.platform)?;
    let proof = authenticate(request, &client, token.sign_in.platform)?;
    let mut sign_in = token.sign_in;
    sign_in.understands_challenges |= authorize::understands_challenges(&request.form)?;
    // The nonce belonged to the first ID token.
    sign_in.nonce = None;
    let scopes = request.scopes(&client, &sign_in.scopes)?;
    request.tokens(&client, &sign_in, &scopes, proof)
}

/// The token in the directory that is asked: a refresh token belongs to a person and a client, not to a directory, and
/// somebody who is a guest elsewhere may use it there.
fn here(request: &TokenRequest<'_>, mut token: RefreshToken) -> Result<RefreshToken, Refusal> {
    let tenant = request.tenant;
    if tenant.is_called(&token.sign_in.directory) {
        return Ok(token);
    }
    let origin = tenant.find_directory(|own| own.is_called(&token.sign_in.directory));
    let account = match origin {
        Some(origin) => account::of_person(&origin, &token.sign_in.person),
        None => token.sign_in.person.clone(),
    };
    let placed = account::place(tenant, request.authority, &account);
    let (_, person) = placed.map_err(|refusal| Refusal { code: Code::InvalidGrant, ..refusal })?;
    token.sign_in.person = person;
    token.sign_in.directory.clone_from(&tenant.tenant_id);
    token.sign_in.scopes = token.sign_in.scopes.in_directory(tenant)?;
    Ok(token)
}

fn not_expired(request: &TokenRequest<'_>, token: &RefreshToken) -> Result<(), Refusal> {
    let spa = token.sign_in.platform == Platform::Spa;
    let life = if spa { SPA_REFRESH_LIFE } else { REFRESH_LIFE };
    // A page's token ends a day after the sign-in, however often it was renewed.
    let since = if spa { token.sign_in.at } else { token.issued };
    if request.incoming.at.duration_since(since) <= life {
        return Ok(());
    }
    if spa {
        return Err(Refusal::new(
            Code::InvalidGrant,
            700_084,
            "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
        ));
    }
    let issued = token.issued.strftime("%Y-%m-%dT%H:%M:%S.0000000Z");
    Err(Refusal::new(
        Code::InvalidGrant,
        700_082,
        format!(
            "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for 90.00:00:00."
        ),
    ))
}

/// Sessions can be revoked; then everything issued before is void.
fn not_revoked(user: &Row, token: &RefreshToken) -> Result<(), Refusal> {
    let Some(from) = user.sessions_valid_from() else { return Ok(()) };
    if token.sign_in.at >= from {
        return Ok(());
    }
    Err(Refusal::new(
        Code::InvalidGrant,
        50_173,
        format!(
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{from}'.",
            token.sign_in.at
        ),
    ))
}
