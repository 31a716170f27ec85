//! The sign-in itself, top to bottom.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

use crate::authority::Authority;
use crate::browser;
use crate::error::{AuthorityProblem, IdTokenProblem, IdentityError, WrongAccount};
use crate::id_token::{Expectation, IdClaims};
use crate::loopback::{Callback, Expected, Listener};
use crate::metadata::Metadata;
use crate::token;
use crate::transaction::Transaction;

use super::handle::{Shared, SignInProgress};
use super::request::SignInRequest;
use super::{SignedIn, authorize};

/// How often the wall clock is looked at while the person is in the browser.
const GLANCE: Duration = Duration::from_millis(500);

pub(super) async fn run(
    authority: Arc<Authority>,
    request: SignInRequest,
    shared: Arc<Shared>,
    progress: mpsc::Sender<SignInProgress>,
) -> Result<SignedIn, IdentityError> {
    let flow = Flow { authority, request, shared, progress };
    let cancelled = flow.shared.cancel.clone();
    tokio::select! {
        biased;
        () = cancelled.cancelled() => Err(IdentityError::Cancelled),
        outcome = flow.sign_in() => outcome,
    }
}

struct Flow {
    authority: Arc<Authority>,
    request: SignInRequest,
    shared: Arc<Shared>,
    progress: mpsc::Sender<SignInProgress>,
}

impl Flow {
    async fn sign_in(&self) -> Result<SignedIn, IdentityError> {
        self.report(SignInProgress::Preparing);
        let metadata = self.authority.metadata(&self.request.tenant).await?;
        let listener = Listener::bind().await.map_err(|error| IdentityError::Listener(Arc::new(error)))?;
        let redirect_uri = authorize::redirect_uri(listener.port(), &self.request);
        let secrets = Transaction::new();
        let url = authorize::url(&metadata, &self.request, &secrets, &redirect_uri);
        browser::check(self.authority.cloud(), &url)
            .map_err(|_| IdentityError::Authority(AuthorityProblem::Endpoint))?;
        let expected = Expected::new(
            secrets.state.clone(),
            metadata.response_mode,
            self.request.redirect_path.as_str(),
            self.authority.cloud().login(),
            listener.port(),
        );
        let mut serving = listener.serve(expected);
        self.shared.publish(url.clone());
        // While the person is busy there is time to fetch what will be needed. On its own, so that whoever needs it
        // waits for this request and does not send another.
        let (authority, keys) = (Arc::clone(&self.authority), metadata.jwks_uri.clone());
        tokio::spawn(async move { authority.keys(&keys).await });
        let callback = tokio::select! {
            callback = serving.callback() => callback,
            never = self.open_browser(url) => never,
            () = self.deadline() => return Err(IdentityError::TimedOut),
        };
        // The page leaves and the port closes while the tokens are fetched.
        let ((), outcome) =
            tokio::join!(serving.close(), self.finish(callback, &metadata, &secrets, &redirect_uri));
        outcome
    }

    /// Opens the browser, reports how that went, and then never ends: it is the wait that ends the wait.
    async fn open_browser(&self, url: url::Url) -> Callback {
        self.report(SignInProgress::InBrowser);
        if !self.shared.open(url).await {
            self.report(SignInProgress::NoBrowser);
        }
        std::future::pending().await
    }

    /// Ends when the wall clock says so. A timer alone stands still while the computer sleeps.
    async fn deadline(&self) {
        let start = self.authority.now();
        let mut glances = interval(GLANCE);
        glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            glances.tick().await;
            if self.authority.now().duration_since(start) >= self.request.deadline_on_the_wall() {
                return;
            }
        }
    }

    async fn finish(
        &self,
        callback: Callback,
        metadata: &Metadata,
        secrets: &Transaction,
        redirect_uri: &str,
    ) -> Result<SignedIn, IdentityError> {
        self.report(SignInProgress::Finishing);
        check_iss(callback.iss.as_deref(), metadata)?;
        let code = callback.outcome?;
        let answer = self.exchange(&code, metadata, secrets, redirect_uri).await?;
        drop(code);
        let now = self.authority.now();
        let claims = self.who(&answer, metadata, secrets, now).await?;
        self.check_account(&claims)?;
        Ok(SignedIn {
            account: claims.account.clone(),
            upn: claims.preferred_username.clone(),
            name: claims.name.clone(),
            tokens: answer.into_tokens(self.request.scopes.clone(), now),
            claims,
        })
    }

    async fn exchange(
        &self,
        code: &SecretString,
        metadata: &Metadata,
        secrets: &Transaction,
        redirect_uri: &str,
    ) -> Result<token::Answer, IdentityError> {
        let asked_for = self.request.scopes.parameter();
        let claims = crate::claims::Claims::parameter(self.request.claims.as_ref());
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("client_id", self.request.client_id.as_str()),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect_uri),
            ("code_verifier", secrets.verifier.expose()),
            ("scope", &asked_for),
            ("claims", &claims),
        ];
        if let Some(secret) = &self.request.client_secret {
            fields.push(("client_secret", secret.expose()));
        }
        token::post(&self.authority, &metadata.token_endpoint, &fields).await
    }

    async fn who(
        &self,
        answer: &token::Answer,
        metadata: &Metadata,
        secrets: &Transaction,
        now: Timestamp,
    ) -> Result<IdClaims, IdentityError> {
        let id_token = answer.id_token.as_ref().ok_or(IdentityError::IdToken(IdTokenProblem::Missing))?;
        let expected = Expectation {
            issuer: &metadata.issuer,
            client_id: &self.request.client_id,
            tenant: &self.request.tenant,
            nonce: Some(&secrets.nonce),
            now,
        };
        self.authority.check_id_token(id_token.expose_secret(), metadata, &expected).await
    }

    /// Another organisation is told apart from another person in the same one.
    fn check_account(&self, claims: &IdClaims) -> Result<(), IdentityError> {
        let Some(expected) = &self.request.expected else { return Ok(()) };
        if *expected == claims.account {
            return Ok(());
        }
        let wrong = Box::new(WrongAccount {
            expected: Some(expected.clone()),
            actual: claims.account.clone(),
            actual_name: claims.preferred_username.clone().or_else(|| claims.name.clone()),
        });
        let elsewhere = expected.tenant_id != claims.account.tenant_id;
        Err(if elsewhere { IdentityError::WrongTenant(wrong) } else { IdentityError::WrongAccount(wrong) })
    }

    fn report(&self, progress: SignInProgress) {
        // Nobody has to listen.
        let _ = self.progress.try_send(progress);
    }
}

/// RFC 9207: the answer names its sender. Compared exactly when it does, required when the service promises it.
fn check_iss(iss: Option<&str>, metadata: &Metadata) -> Result<(), IdentityError> {
    let fine = match iss {
        Some(iss) => metadata.issuer.could_be(iss),
        None => !metadata.promises_iss,
    };
    if fine { Ok(()) } else { Err(IdentityError::Authority(AuthorityProblem::MixUp)) }
}
