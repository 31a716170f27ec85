//! Signing in: which client, what for, and what happens when the browser comes back.

mod finish;
mod purpose;

use std::sync::Arc;

use contract::{
    AppError, ClientChoice, CopyReceipt, ErrorCode, SignInEvent, SignInPurpose, SignInReason, SignInRequest,
    SignInStarted, When,
};
use identity::{
    Authority, IdentityError, Prompt, Scopes, SignIn, SignInHandle, SignInProgress, SignedIn, Tenant,
    first_party,
};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::accounts::Account;
use crate::errors::{Answer, Explain, no_such};
use crate::{App, Observer, clouds, fresh_id, held};

pub(crate) use purpose::{covers, exchange_scopes, graph_scopes, sentence};

/// A sign-in that waits for the browser. Dropping it ends it.
pub(crate) struct Waiting {
    handle: Option<SignInHandle>,
    cancel: CancellationToken,
}

impl Waiting {
    /// One that runs.
    pub(crate) fn on(handle: SignInHandle) -> Self {
        Self { handle: Some(handle), cancel: CancellationToken::new() }
    }

    /// One that is still being prepared, and ends with this.
    pub(crate) fn to_be_cancelled(cancel: CancellationToken) -> Self {
        Self { handle: None, cancel }
    }

    /// It runs now.
    pub(crate) fn runs(&mut self, handle: SignInHandle) {
        self.handle = Some(handle);
    }

    fn end(&self) {
        self.cancel.cancel();
        if let Some(handle) = &self.handle {
            handle.cancel();
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a sign-in through which client is for.
#[derive(Clone)]
pub(crate) struct Intent {
    pub(crate) cloud: identity::CloudId,
    pub(crate) client_id: identity::ClientId,
    /// All that is asked for.
    pub(crate) scopes: Scopes,
    /// What of it is Graph's: a sign-in brings a token for one API.
    pub(crate) graph: Scopes,
    pub(crate) bootstrap: bool,
}

impl App {
    /// Why a purpose asks for what it asks for.
    pub async fn sign_in_reason(&self, purpose: SignInPurpose) -> Answer<SignInReason> {
        let asked = purpose::scopes(purpose).iter().filter_map(purpose::Scope::words).collect();
        Ok(SignInReason { purpose, sentence: sentence(purpose).to_owned(), permissions: asked })
    }

    /// Starts a sign-in in the browser.
    pub async fn sign_in_start(
        &self,
        request: SignInRequest,
        observer: Observer<SignInEvent>,
    ) -> Answer<SignInStarted> {
        let space = self.space()?;
        let cloud = clouds::choose(&space, &request.cloud)?;
        let again = request.account_id.as_deref().map(|id| self.account(&space, id)).transpose()?;
        let intent = intent(&request, again.as_ref(), &cloud)?;
        if !intent.bootstrap {
            // Told before the browser opens: a session that cannot be kept would be lost on the way back.
            space.open_vault().await?;
        }
        let asked = identity_request(&request, again.as_ref(), &intent)?;
        let authority = self.authority(&space, &cloud);
        let app = self.clone();
        Ok(self.browse(authority, asked, observer, async move |outcome| {
            let finished = match outcome {
                Ok(signed_in) => app.take_in(&space, &intent, signed_in).await,
                Err(error) => Err(error.explain()),
            };
            app.changed(contract::Changed::Status);
            match finished {
                Ok(account) => SignInEvent::SignedIn { account },
                Err(error) => ended(error),
            }
        }))
    }

    /// Sends the person to the browser, in the place of an attempt that still waits. `finish` makes the last event of what
    /// came back.
    pub(crate) fn browse<F, Finishing>(
        &self,
        authority: Arc<Authority>,
        asked: identity::SignInRequest,
        observer: Observer<SignInEvent>,
        finish: F,
    ) -> SignInStarted
    where
        F: FnOnce(Result<SignedIn, IdentityError>) -> Finishing + Send + 'static,
        Finishing: Future<Output = SignInEvent> + Send + 'static,
    {
        let deadline = asked.deadline;
        held(&self.0.sign_ins).clear();
        let mut started = SignIn::start(authority, asked, self.0.options.host.browser());
        let sign_in_id = fresh_id();
        held(&self.0.sign_ins).insert(sign_in_id.clone(), Waiting::on(started.handle.clone()));
        let ends_at = When(self.now() + jiff::SignedDuration::try_from(deadline).unwrap_or_default());
        let (app, id) = (self.clone(), sign_in_id.clone());
        tokio::spawn(async move {
            let outcome = attended(&mut started, &observer).await;
            let last = finish(outcome).await;
            held(&app.0.sign_ins).remove(&id);
            observer(last);
        });
        SignInStarted { sign_in_id, ends_at }
    }

    /// Opens the browser again for a sign-in that waits.
    pub async fn sign_in_open_again(&self, id: &str) -> Answer<()> {
        self.waiting(id)?.open_again().await;
        Ok(())
    }

    /// Copies the link of a sign-in that waits.
    pub async fn sign_in_copy_link(&self, id: &str) -> Answer<CopyReceipt> {
        let link = self.sign_in_link(id).ok_or_else(|| no_such("sign-in"))?;
        self.copy(SecretString::from(link), None).await?;
        Ok(CopyReceipt { cleared_in_seconds: None })
    }

    /// Ends a sign-in that waits.
    pub async fn sign_in_cancel(&self, id: &str) -> Answer<()> {
        if let Some(waiting) = held(&self.0.sign_ins).remove(id) {
            waiting.end();
        }
        Ok(())
    }

    /// The link of a sign-in that waits. It starts the sign-in of whoever opens it: show it to the person only.
    pub fn sign_in_link(&self, id: &str) -> Option<String> {
        Some(self.waiting(id).ok()?.authorize_url()?.to_string())
    }

    fn waiting(&self, id: &str) -> Answer<SignInHandle> {
        held(&self.0.sign_ins)
            .get(id)
            .and_then(|waiting| waiting.handle.clone())
            .ok_or_else(|| no_such("sign-in"))
    }
}

/// Passes on what happens until the sign-in ends.
async fn attended(started: &mut SignIn, observer: &Observer<SignInEvent>) -> Result<SignedIn, IdentityError> {
    loop {
        tokio::select! {
            outcome = &mut started.outcome => return outcome,
            Some(progress) = started.progress.recv() => match progress {
                SignInProgress::InBrowser => observer(SignInEvent::BrowserOpened),
                SignInProgress::NoBrowser => observer(SignInEvent::BrowserFailed),
                SignInProgress::Finishing => observer(SignInEvent::Returned),
                _ => {}
            },
        }
    }
}

/// The last event of a sign-in that brought nothing.
pub(crate) fn ended(error: AppError) -> SignInEvent {
    if error.code == ErrorCode::Cancelled { SignInEvent::Cancelled } else { SignInEvent::Failed { error } }
}

fn intent(request: &SignInRequest, again: Option<&Account>, cloud: &identity::Cloud) -> Answer<Intent> {
    let wrong_id = || AppError::new(ErrorCode::ClientNotFound).because("A client ID has the form of a GUID.");
    match &request.client {
        ClientChoice::Bootstrap => {
            let scopes = Scopes::parse(&cloud.graph_scope(".default"));
            Ok(Intent {
                cloud: cloud.id().clone(),
                client_id: first_party::AZURE_CLI.parse().map_err(|_| AppError::new(ErrorCode::Internal))?,
                graph: scopes.clone(),
                scopes,
                bootstrap: true,
            })
        }
        ClientChoice::Registered { client_id, .. } => {
            let purposes = std::iter::once(request.purpose).chain(request.also.iter().copied());
            let asked: Scopes =
                purposes.flat_map(purpose::scopes).map(|scope| scope.name_in(cloud)).collect();
            // What an earlier sign-in had stays: permissions grow with the tasks, and do not come and go.
            let before = again.map(|account| Scopes::parse(&account.scopes)).unwrap_or_default();
            let scopes = asked.and(&before);
            Ok(Intent {
                cloud: cloud.id().clone(),
                client_id: client_id.trim().parse().map_err(|_| wrong_id())?,
                graph: graph_scopes(cloud, &scopes),
                scopes,
                bootstrap: false,
            })
        }
    }
}

fn identity_request(
    request: &SignInRequest,
    again: Option<&Account>,
    intent: &Intent,
) -> Answer<identity::SignInRequest> {
    if let Some(account) = again {
        let key = account.key.clone();
        let mut asked = identity::SignInRequest::again(intent.client_id.clone(), key, intent.graph.clone());
        asked.further = intent.scopes.clone();
        asked.login_hint = Some(account.upn.clone());
        return Ok(asked);
    }
    let tenant = match &request.client {
        ClientChoice::Bootstrap => Tenant::Organizations,
        ClientChoice::Registered { tenant, .. } => Tenant::parse(tenant)
            .map_err(|error| AppError::new(ErrorCode::OrganisationNotFound).because(format!("{error}.")))?,
    };
    let mut asked = identity::SignInRequest::new(intent.client_id.clone(), tenant, intent.graph.clone());
    asked.further = intent.scopes.clone();
    asked.login_hint = request.login_hint.clone().filter(|hint| !hint.trim().is_empty());
    if asked.login_hint.is_some() {
        asked.prompt = Prompt::Unspecified;
    }
    Ok(asked)
}
