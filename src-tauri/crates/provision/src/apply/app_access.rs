//! Signing in as an app through `identity`.

use std::sync::Arc;

use async_trait::async_trait;
use blueprint::catalogue::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use graph::{AccessToken, AppId, ClaimsChallenge, GraphClient, TokenRefusal, TokenSource};
use identity::{Authority, ClientCredential, IdentityError, OAuthError, Tenant};
use secrecy::SecretString;

use super::session::{AppAccess, AppToken, AppTokenError};
use crate::KeptCertificate;

/// Makes a Graph client that uses these tokens.
type MakeClient = Arc<dyn Fn(Arc<dyn TokenSource>) -> GraphClient + Send + Sync>;

/// Signs in as apps at one sign-in service.
#[derive(Clone)]
pub struct IdentityAppAccess {
    authority: Arc<Authority>,
    client: MakeClient,
}

impl std::fmt::Debug for IdentityAppAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityAppAccess").field("authority", &self.authority).finish_non_exhaustive()
    }
}

impl IdentityAppAccess {
    /// At this sign-in service; `client` makes the Graph client of the same cloud for an app's token.
    pub fn new(
        authority: Arc<Authority>,
        client: impl Fn(Arc<dyn TokenSource>) -> GraphClient + Send + Sync + 'static,
    ) -> Self {
        Self { authority, client: Arc::new(client) }
    }

    fn scope(&self, resource: &AppId) -> String {
        let cloud = self.authority.cloud();
        match resource.as_str().parse() {
            Ok(MICROSOFT_GRAPH) => cloud.graph_scope(".default"),
            Ok(EXCHANGE_ONLINE) => cloud.exchange_scope(".default"),
            _ => format!("{resource}/.default"),
        }
    }
}

#[async_trait]
impl AppAccess for IdentityAppAccess {
    async fn prepare(&self, tenant: &str) {
        if let Ok(tenant) = Tenant::parse(tenant) {
            // What is wrong with it is said when a token is asked for.
            let _ = self.authority.prepare(&tenant).await;
        }
    }

    async fn sign_in(
        &self,
        tenant: &str,
        app: &AppId,
        secret: &SecretString,
        resource: &AppId,
    ) -> Result<AppToken, AppTokenError> {
        let credential = ClientCredential::secret(secret.clone()).map_err(of)?;
        self.sign_in_with(tenant, app, &credential, resource).await
    }

    async fn sign_in_with_certificate(
        &self,
        tenant: &str,
        app: &AppId,
        certificate: &KeptCertificate,
        resource: &AppId,
    ) -> Result<AppToken, AppTokenError> {
        let credential = certificate.credential().ok_or_else(unusable)?;
        self.sign_in_with(tenant, app, &credential, resource).await
    }
}

fn unusable() -> AppTokenError {
    AppTokenError::Refused { error: "invalid_request".to_owned(), code: None }
}

impl IdentityAppAccess {
    async fn sign_in_with(
        &self,
        tenant: &str,
        app: &AppId,
        credential: &ClientCredential,
        resource: &AppId,
    ) -> Result<AppToken, AppTokenError> {
        let tenant = Tenant::parse(tenant).map_err(|_| unusable())?;
        let client_id = app.as_str().parse().map_err(|_| unusable())?;
        let scope = self.scope(resource);
        let token = identity::app_token(&self.authority, &tenant, &client_id, credential, &scope)
            .await
            .map_err(of)?;
        let source = Arc::new(OneToken::new(token.token.clone()));
        Ok(AppToken {
            graph: (self.client)(source),
            roles: token.roles,
            token: token.token,
            expires_at: token.expires_at,
        })
    }
}

/// The one token that was obtained for looking; when it ends, so does the proof.
pub(super) struct OneToken(AccessToken);

impl OneToken {
    pub(super) fn new(token: SecretString) -> Self {
        Self(AccessToken::new(token))
    }
}

#[async_trait]
impl TokenSource for OneToken {
    async fn token(
        &self,
        _: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal> {
        match challenge {
            Some(claims) => Err(TokenRefusal::InteractionNeeded { claims: Some(claims.clone()) }),
            None => Ok(self.0.clone()),
        }
    }
}

/// By OAuth `error`; Microsoft's numbers are for explaining only.
pub(super) fn of(error: IdentityError) -> AppTokenError {
    match error {
        IdentityError::Net(fault) => AppTokenError::Network(fault),
        IdentityError::Refused(refused) => {
            let code = refused.codes.first().copied();
            match refused.error {
                OAuthError::InvalidClient | OAuthError::UnauthorizedClient => {
                    AppTokenError::NotKnown { code: code.unwrap_or_default() }
                }
                OAuthError::AccessDenied | OAuthError::InteractionRequired => AppTokenError::Blocked,
                other if other.is_passing() => AppTokenError::Network(net::NetError::Other(net::Sent::Maybe)),
                other => AppTokenError::Refused { error: format!("{other:?}"), code },
            }
        }
        _ => AppTokenError::Refused { error: "unusable answer".to_owned(), code: None },
    }
}
