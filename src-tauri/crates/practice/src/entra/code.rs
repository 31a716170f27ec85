//! Redeeming an authorization code (RFC 6749 4.1.3, RFC 7636 4.5).

use serde_json::Value;

use super::client::{Client, Platform};
use super::credentials;
use super::error::{Code, Refusal};
use super::issue::Proof;
use super::ledger::{self, CODE_LIFE};
use super::token::TokenRequest;

/// `grant_type=authorization_code`.
pub(crate) fn redeem(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    let value = request.form.get("code").ok_or_else(|| Refusal::missing("code"))?;
    let client = request.client()?;
    let code = request.tenant.ledger().code(value).cloned();
    let code = code.ok_or_else(|| invalid("The provided value for the 'code' parameter is not valid."))?;
    check(request, &client, &code)?;
    if !request.tenant.is_called(&code.sign_in.directory) {
        let text = "Provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization Code must be redeemed against same tenant it was acquired for (/common or /{tenant-ID} as appropriate).";
        return Err(Refusal::new(Code::InvalidGrant, 700_005, text));
    }
    request.check_origin(code.sign_in.platform)?;
    let proof = authenticate(request, &client, code.sign_in.platform)?;
    spend(request, value)?;
    let mut sign_in = code.sign_in;
    sign_in.understands_challenges |= super::authorize::understands_challenges(&request.form)?;
    let scopes = request.scopes(&client, &sign_in.scopes)?;
    request.tokens(&client, &sign_in, &scopes, proof)
}

fn check(request: &TokenRequest<'_>, client: &Client, code: &ledger::Code) -> Result<(), Refusal> {
    if code.sign_in.client != client.app_id {
        return Err(invalid("The provided authorization code was issued to another application."));
    }
    if code.redeemed {
        return Err(spent());
    }
    if request.incoming.at.duration_since(code.issued) > CODE_LIFE {
        return Err(Refusal::new(
            Code::InvalidGrant,
            70_008,
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
        ));
    }
    // A code that was asked for without an address went to the only registered one; then it may be left out here too.
    if let Some(sent) = request.form.get("redirect_uri")
        && sent != code.redirect_uri
    {
        return Err(Refusal::new(
            Code::InvalidGrant,
            500_112,
            format!(
                "The reply address '{sent}' does not match the reply address '{}' provided when requesting Authorization code.",
                code.redirect_uri
            ),
        ));
    }
    verify(code, request.form.get("code_verifier"))
}

/// A challenge must be met whenever one was sent; a verifier without a challenge means that somebody took the challenge out.
fn verify(code: &ledger::Code, verifier: Option<&str>) -> Result<(), Refusal> {
    let met = match (&code.challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => challenge.is_met_by(verifier),
        _ => false,
    };
    if met {
        return Ok(());
    }
    let text = "The Code_Verifier does not match the code_challenge supplied in the authorization request.";
    Err(Refusal::new(Code::InvalidGrant, 501_481, text))
}

/// A server proves who it is; a program on a device or a page cannot and must not try.
pub(crate) fn authenticate(
    request: &TokenRequest<'_>,
    client: &Client,
    platform: Platform,
) -> Result<Proof, Refusal> {
    match platform {
        Platform::Web => credentials::required(request, client),
        Platform::Native | Platform::Spa => credentials::forbidden(request, client).map(|()| Proof::None),
    }
}

/// Marks the code as used, unless another request was faster.
fn spend(request: &TokenRequest<'_>, value: &str) -> Result<(), Refusal> {
    let mut ledger = request.tenant.ledger();
    match ledger.code(value) {
        Some(code) if !code.redeemed => {
            code.redeemed = true;
            Ok(())
        }
        _ => Err(spent()),
    }
}

fn spent() -> Refusal {
    let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.";
    Refusal::new(Code::InvalidGrant, 54_005, text)
}

fn invalid(text: &str) -> Refusal {
    Refusal::new(Code::InvalidGrant, 70_000, text)
}
