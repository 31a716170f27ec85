//! Signing in an app by itself: client credentials (RFC 6749 section 4.4), to prove that a new secret works and which
//! permissions it really carries.

mod assertion;
mod credential;
mod roles;

use std::fmt;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use crate::authority::Authority;
use crate::error::IdentityError;
use crate::ids::ClientId;
use crate::tenant::Tenant;
use crate::token;

pub use credential::{ClientCertificate, ClientCredential, ClientSecret};

/// An app's token. There is never a refresh token with it.
#[derive(Clone)]
pub struct AppToken {
    /// The token itself.
    pub token: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The application permissions inside, sorted. Read from the token, because nothing else tells: Entra issues app
    /// tokens without any role too.
    pub roles: Vec<String>,
}

impl fmt::Debug for AppToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppToken")
            .field("expires_at", &self.expires_at)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// Gets a token for the app `client_id` in `tenant`. `scope` is an API's `.default`, for example
/// `cloud.graph_scope(".default")`. Nothing is kept: each call proves anew.
///
/// # Errors
/// [`IdentityError::Refused`] with Microsoft's reason; [`IdentityError::Certificate`] for a key that cannot sign.
pub async fn app_token(
    authority: &Authority,
    tenant: &Tenant,
    client_id: &ClientId,
    credential: &ClientCredential,
    scope: &str,
) -> Result<AppToken, IdentityError> {
    let metadata = authority.metadata(tenant).await?;
    let endpoint = &metadata.token_endpoint;
    let now = authority.now();
    let assertion;
    let mut fields =
        vec![("grant_type", "client_credentials"), ("client_id", client_id.as_str()), ("scope", scope)];
    match credential {
        ClientCredential::Secret(secret) => fields.push(("client_secret", secret.expose())),
        ClientCredential::Certificate(certificate) => {
            assertion = assertion::sign(certificate, client_id, endpoint, now)?;
            fields.push(("client_assertion_type", assertion::TYPE));
            fields.push(("client_assertion", assertion.expose_secret()));
        }
    }
    let answer = token::post(authority, endpoint, &fields).await?;
    Ok(AppToken {
        roles: roles::inside(answer.access_token.expose_secret()),
        expires_at: answer.expires_at(authority.now()),
        token: answer.access_token,
    })
}
