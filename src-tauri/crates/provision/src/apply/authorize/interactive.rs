//! A person's sign-in to an app, through `identity`.

use std::sync::Arc;

use async_trait::async_trait;
use graph::AppId;
use identity::{
    Authority, Browser, ClientSecret, IdentityError, Prompt, Scopes, SignIn, SignInHandle, SignInRequest,
    Tenant,
};
use secrecy::SecretString;

use super::token::{PersonAccess, PersonToken};
use crate::AppTokenError;
use crate::apply::app_access;

/// Is told of the sign-in once it runs, to show its address and to end it.
type OnStart = Arc<dyn Fn(SignInHandle) + Send + Sync>;

/// Signs people in through their browser.
#[derive(Clone)]
pub struct IdentityPersonSignIn {
    authority: Arc<Authority>,
    browser: Arc<dyn Browser>,
    login_hint: Option<String>,
    on_start: OnStart,
}

impl std::fmt::Debug for IdentityPersonSignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityPersonSignIn").field("authority", &self.authority).finish_non_exhaustive()
    }
}

impl IdentityPersonSignIn {
    /// At this sign-in service, in this browser; `login_hint` fills the user name in, `on_start` gets the running sign-in.
    pub fn new(
        authority: Arc<Authority>,
        browser: Arc<dyn Browser>,
        login_hint: Option<String>,
        on_start: impl Fn(SignInHandle) + Send + Sync + 'static,
    ) -> Self {
        Self { authority, browser, login_hint, on_start: Arc::new(on_start) }
    }
}

#[async_trait]
impl PersonAccess for IdentityPersonSignIn {
    async fn sign_in(
        &self,
        tenant: &str,
        app: &AppId,
        secret: SecretString,
    ) -> Result<PersonToken, AppTokenError> {
        let unusable = || AppTokenError::Refused { error: "invalid_request".to_owned(), code: None };
        let tenant = Tenant::parse(tenant).map_err(|_| unusable())?;
        let client_id = app.as_str().parse().map_err(|_| unusable())?;
        let secret = ClientSecret::new(secret).map_err(app_access::of)?;
        let scopes = Scopes::parse(&self.authority.cloud().graph_scope(".default"));
        let request = SignInRequest {
            login_hint: self.login_hint.clone(),
            // What the set-up granted is enough: asking for consent again would leave a grant of that person's behind.
            prompt: Prompt::Unspecified,
            ..SignInRequest::as_app(client_id, tenant, scopes, secret)
        };
        let running = SignIn::start(Arc::clone(&self.authority), request, Arc::clone(&self.browser));
        (self.on_start)(running.handle.clone());
        let signed_in = running.outcome.await.map_err(of)?;
        let access = signed_in.tokens.access;
        Ok(PersonToken {
            token: access.expose().to_owned().into(),
            scopes: access.scopes().iter().map(short).collect(),
            expires_at: access.expires_at(),
            person: signed_in.upn.or(signed_in.name),
        })
    }
}

/// Without the API's address in front.
fn short(scope: &str) -> String {
    scope.rsplit('/').next().unwrap_or(scope).to_owned()
}

fn of(error: IdentityError) -> AppTokenError {
    let refused = |error: &str| AppTokenError::Refused { error: error.to_owned(), code: None };
    match error {
        IdentityError::Cancelled => refused("cancelled"),
        IdentityError::TimedOut => refused("timed_out"),
        IdentityError::Listener(_) => refused("no_local_port"),
        other => app_access::of(other),
    }
}
