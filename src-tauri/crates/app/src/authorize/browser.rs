//! A browser that says whether it was opened.

use std::sync::Arc;

use contract::SignInEvent;
use identity::{Browser, BrowserError};

use crate::Observer;

/// The person's browser, and somebody who is told.
pub(super) struct Told {
    browser: Arc<dyn Browser>,
    observer: Observer<SignInEvent>,
}

impl Told {
    pub(super) fn new(browser: Arc<dyn Browser>, observer: Observer<SignInEvent>) -> Self {
        Self { browser, observer }
    }
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Told").finish_non_exhaustive()
    }
}

impl Browser for Told {
    fn open(&self, url: &url::Url) -> Result<(), BrowserError> {
        // Told before: a browser can stay in the foreground until it is closed.
        (self.observer)(SignInEvent::BrowserOpened);
        let opened = self.browser.open(url);
        if opened.is_err() {
            (self.observer)(SignInEvent::BrowserFailed);
        }
        opened
    }
}
