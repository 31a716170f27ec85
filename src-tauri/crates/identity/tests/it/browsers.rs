//! Browsers for tests: they hand over the address that they were asked to open.

use std::sync::Arc;

use identity::{Browser, BrowserError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::Url;

/// Hands every address to the test.
pub(crate) struct HandedOver(UnboundedSender<Url>);

impl Browser for HandedOver {
    fn open(&self, url: &Url) -> Result<(), BrowserError> {
        let _ = self.0.send(url.clone());
        Ok(())
    }
}

pub(crate) fn handed_over() -> (Arc<dyn Browser>, UnboundedReceiver<Url>) {
    let (opened, urls) = unbounded_channel();
    (Arc::new(HandedOver(opened)), urls)
}

/// A computer without a browser.
pub(crate) struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _: &Url) -> Result<(), BrowserError> {
        Err(BrowserError::Unavailable(std::io::ErrorKind::NotFound.into()))
    }
}
