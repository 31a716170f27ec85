//! What the use-cases need from the computer they run on.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;

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
}

/// What a computer could not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no clipboard (no display).
    #[error("no clipboard")]
    ClipboardAbsent,
}

/// Receives what happens while a command works.
pub type Observer<T> = std::sync::Arc<dyn Fn(T) + Send + Sync>;
