//! A sign-in that runs: watching it, helping it along, ending it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

use crate::authority::Authority;
use crate::browser::Browser;
use crate::error::IdentityError;

use super::request::SignInRequest;
use super::{SignedIn, flow};

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInProgress {
    /// The sign-in service is being asked what it is.
    Preparing,
    /// The person is in the browser. [`SignInHandle::authorize_url`] is set from now on.
    InBrowser,
    /// No browser could be opened: show the address with a copy button. The wait goes on.
    NoBrowser,
    /// The browser came back; the code is being exchanged for tokens.
    Finishing,
}

/// A started sign-in. It runs on its own; drop the outcome and it ends.
#[derive(Debug)]
pub struct SignIn {
    /// To help it along or end it, from anywhere.
    pub handle: SignInHandle,
    /// What happens, in order. Need not be read.
    pub progress: mpsc::Receiver<SignInProgress>,
    /// How it ends.
    pub outcome: SignInOutcome,
}

impl SignIn {
    /// Starts a sign-in; must be called within a Tokio runtime. The local port is bound before the browser opens, and
    /// closed within a second of every end: success, refusal, cancelling, deadline, drop.
    #[must_use]
    pub fn start(authority: Arc<Authority>, request: SignInRequest, browser: Arc<dyn Browser>) -> Self {
        let (reporter, progress) = mpsc::channel(16);
        let (finished, outcome) = oneshot::channel();
        let cancel = CancellationToken::new();
        let shared = Arc::new(Shared { cancel: cancel.clone(), browser, authorize_url: Mutex::default() });
        let running = flow::run(authority, request, Arc::clone(&shared), reporter);
        tokio::spawn(async move {
            let _ = finished.send(running.await);
        });
        let handle = SignInHandle { shared };
        Self { handle, progress, outcome: SignInOutcome { outcome, _ends_when_dropped: cancel.drop_guard() } }
    }
}

/// Reaches a running sign-in. Cheap to clone; outlives it harmlessly.
#[derive(Clone)]
pub struct SignInHandle {
    shared: Arc<Shared>,
}

impl SignInHandle {
    /// The address to open, for a copy button. Show it to the person only: it starts *their* sign-in.
    #[must_use]
    pub fn authorize_url(&self) -> Option<Url> {
        self.shared.authorize_url.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the browser once more on the same address. Nothing happens before it was opened for the first time.
    pub async fn open_again(&self) {
        if let Some(url) = self.authorize_url() {
            let _ = self.shared.open(url).await;
        }
    }

    /// Ends the sign-in; its outcome is [`IdentityError::Cancelled`]. A browser that comes back later finds nobody.
    pub fn cancel(&self) {
        self.shared.cancel.cancel();
    }
}

impl fmt::Debug for SignInHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInHandle").finish_non_exhaustive()
    }
}

/// How a sign-in ends. Dropping it cancels.
#[derive(Debug)]
pub struct SignInOutcome {
    outcome: oneshot::Receiver<Result<SignedIn, IdentityError>>,
    _ends_when_dropped: DropGuard,
}

impl Future for SignInOutcome {
    type Output = Result<SignedIn, IdentityError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // The task ends without an outcome only when the runtime shuts down.
        Pin::new(&mut self.outcome)
            .poll(context)
            .map(|outcome| outcome.unwrap_or(Err(IdentityError::Cancelled)))
    }
}

/// What the flow and its handles share.
pub(super) struct Shared {
    pub(super) cancel: CancellationToken,
    browser: Arc<dyn Browser>,
    authorize_url: Mutex<Option<Url>>,
}

impl Shared {
    pub(super) fn publish(&self, url: Url) {
        *self.authorize_url.lock().unwrap_or_else(PoisonError::into_inner) = Some(url);
    }

    /// Whether a browser was opened. On a thread of its own: starting one can take seconds, and a text browser stays.
    pub(super) async fn open(&self, url: Url) -> bool {
        let browser = Arc::clone(&self.browser);
        matches!(tokio::task::spawn_blocking(move || browser.open(&url)).await, Ok(Ok(())))
    }
}
