//! What the use-cases need from the computer they run on.

use std::sync::Arc;
use std::time::Duration;

use identity::{Browser, SystemBrowser};
use jiff::Timestamp;
use secrecy::SecretString;
use vault::KeyringBackend;

/// A computer: a desktop session, a terminal, or a test.
pub trait Host: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Puts text on the clipboard. With `clear_after` it is secret: kept out of clipboard histories where the system
    /// allows, and cleared after that time if it is still there.
    ///
    /// # Errors
    /// When there is no clipboard.
    fn copy(&self, text: SecretString, clear_after: Option<Duration>) -> Result<(), HostError>;

    /// Clears the clipboard now if it still holds a secret of ours.
    fn clear_clipboard(&self);

    /// The browser that the person signs in with and reads pages in: the system's.
    fn browser(&self) -> Arc<dyn Browser> {
        Arc::new(SystemBrowser)
    }

    /// The keyring that holds the vaults' keys: the system's.
    fn keyring(&self) -> KeyringBackend {
        KeyringBackend::System
    }
}

/// What a computer could not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no clipboard (no display).
    #[error("no clipboard")]
    ClipboardAbsent,
}

/// Receives what happens while a command works.
pub type Observer<T> = Arc<dyn Fn(T) + Send + Sync>;
