//! A sign-in in the browser, as the command line tells it.

use std::sync::Arc;

use app::{App, Observer};
use contract::{AppError, ErrorCode, SignInEvent};
use tokio::sync::mpsc;

use super::output::Output;

/// What happens in a sign-in, from its observer.
pub(super) struct Events(mpsc::UnboundedReceiver<SignInEvent>);

/// Whom to tell what happens, and where it arrives.
pub(super) fn observer() -> (Observer<SignInEvent>, Events) {
    let (sender, events) = mpsc::unbounded_channel();
    let observer = Arc::new(move |event| {
        let _ = sender.send(event);
    });
    (observer, Events(events))
}

impl Events {
    /// Tells how the sign-in with this id goes, and gives what it brought. `returned` is said when the browser came back.
    ///
    /// # Errors
    /// Why it brought nothing; [`ErrorCode::Cancelled`] where the person left.
    pub(super) async fn told(
        mut self,
        app: &App,
        id: &str,
        returned: &str,
        output: &Output,
    ) -> Result<SignInEvent, AppError> {
        while let Some(event) = self.0.recv().await {
            match event {
                SignInEvent::BrowserOpened => {
                    output.say("Microsoft's page is open in the browser. Sign in there.");
                }
                SignInEvent::BrowserFailed => match app.sign_in_link(id) {
                    Some(link) => {
                        output.say(&format!("Open this link in a browser on this computer:\n{link}"));
                    }
                    None => output.say("No browser could be opened."),
                },
                SignInEvent::StrayAnswer { sentence } => output.say(&sentence),
                SignInEvent::Returned => output.say(returned),
                SignInEvent::Failed { error } => return Err(error),
                SignInEvent::Cancelled => break,
                brought @ (SignInEvent::SignedIn { .. }
                | SignInEvent::Authorized { .. }
                | SignInEvent::Connected { .. }
                | SignInEvent::NeedsApproval { .. }) => return Ok(brought),
            }
        }
        Err(AppError::new(ErrorCode::Cancelled))
    }
}
