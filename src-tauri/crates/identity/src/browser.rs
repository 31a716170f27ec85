//! Opening the person's own browser, and nothing else.

use std::io;

use url::Url;

use crate::cloud::Cloud;

/// Opens an address in front of the person. Only sign-in pages of the cloud in use are ever passed to it.
pub trait Browser: Send + Sync {
    /// Opens `url`. May block; it is called on a thread for that.
    ///
    /// # Errors
    /// [`BrowserError`] when nothing was opened. The sign-in goes on: the address can be copied instead.
    fn open(&self, url: &Url) -> Result<(), BrowserError>;
}

/// Why no browser was opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BrowserError {
    /// The address is not a sign-in page of the cloud in use.
    #[error("the address is not one of the sign-in service")]
    NotAllowed,
    /// The system has no browser, or it failed to start.
    #[error("no browser could be started")]
    Unavailable(#[source] io::Error),
}

/// The default browser; on Linux `$BROWSER` comes first.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &Url) -> Result<(), BrowserError> {
        // Once more here: this is the last line before a program is started.
        if !is_web_address(url) {
            return Err(BrowserError::NotAllowed);
        }
        webbrowser::open(url.as_str()).map_err(BrowserError::Unavailable)
    }
}

/// Whether `url` may be opened for `cloud`: on its sign-in host, with `https`, or `http` on this computer.
pub(crate) fn check(cloud: &Cloud, url: &Url) -> Result<(), BrowserError> {
    if is_web_address(url) && cloud.is_login(url) { Ok(()) } else { Err(BrowserError::NotAllowed) }
}

fn is_web_address(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && net::host::is_loopback(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Attack 21: whatever text got this far, nothing but a sign-in page is opened.
    #[test]
    fn only_sign_in_pages_are_opened() {
        let global = Cloud::global();
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(
            check(&global, &url("https://login.microsoftonline.com/common/oauth2/v2.0/authorize?x=y"))
                .is_ok()
        );
        for bad in [
            "http://login.microsoftonline.com/",
            "https://graph.microsoft.com/",
            "https://evil.example/",
            "https://login.microsoftonline.com@evil.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://login.microsoftonline.com/",
            "http://127.0.0.1/",
        ] {
            assert!(matches!(check(&global, &url(bad)), Err(BrowserError::NotAllowed)), "{bad}");
        }
        for bad in ["file:///etc/passwd", "http://evil.example/", "data:text/html,x"] {
            assert!(matches!(SystemBrowser.open(&url(bad)), Err(BrowserError::NotAllowed)), "{bad}");
        }
    }
}
