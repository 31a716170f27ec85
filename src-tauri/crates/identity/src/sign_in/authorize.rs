//! The address that the browser is sent to.

use url::Url;

use crate::claims::Claims;
use crate::metadata::Metadata;
use crate::transaction::Transaction;

use super::request::SignInRequest;

/// The authorization request (OpenID Connect Core section 3.1.2.1, RFC 7636 section 4.3).
pub(super) fn url(
    metadata: &Metadata,
    request: &SignInRequest,
    secrets: &Transaction,
    redirect_uri: &str,
) -> Url {
    let mut url = metadata.authorization_endpoint.clone();
    let claims = Claims::parameter(request.claims.as_ref());
    {
        let mut query = url.query_pairs_mut();
        query
            .append_pair("client_id", request.client_id.as_str())
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", redirect_uri)
            .append_pair("response_mode", metadata.response_mode.as_str())
            .append_pair("scope", &request.scopes.and(&request.further).parameter())
            .append_pair("state", secrets.state.expose())
            .append_pair("nonce", secrets.nonce.expose())
            .append_pair("code_challenge", &secrets.verifier.challenge())
            .append_pair("code_challenge_method", "S256")
            .append_pair("claims", &claims);
        if let Some(prompt) = request.prompt.as_str() {
            query.append_pair("prompt", prompt);
        }
        if let Some(hint) = &request.login_hint {
            query.append_pair("login_hint", hint);
        }
    }
    url
}

/// `http://localhost:<port><path>`: the one form that is registered with first-party clients and with ours alike. Never
/// the number: the portal refuses it, and never `[::1]`: Entra does
/// (<https://learn.microsoft.com/entra/identity-platform/reply-url>).
pub(super) fn redirect_uri(port: u16, request: &SignInRequest) -> String {
    format!("http://localhost:{port}{}", request.redirect_path.as_str())
}
