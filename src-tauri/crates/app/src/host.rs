//! What the use-cases need from the computer they run on.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use identity::{Browser, SystemBrowser};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use provision::{Real, Surroundings};
use secrecy::SecretString;
use vault::KeyringBackend;
use watch::reminders::scheduler::{Entry, System};

/// A computer: a desktop session, a terminal, or a test.
#[async_trait]
pub trait Host: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Rests for about `time`, by the clock of [`Self::now`]: a run does so while something spreads at Microsoft.
    async fn rest(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

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

    /// By whose calendar days are counted: the system's time zone, asked anew each time, since people travel.
    fn zone(&self) -> TimeZone {
        TimeZone::system()
    }

    /// Shows a notification. Blocks until the system has taken it, for some seconds at most.
    ///
    /// # Errors
    /// When nothing on this computer shows notifications.
    fn notify(&self, _notification: Notification) -> Result<Noted, HostError> {
        Err(HostError::NotificationsAbsent)
    }

    /// Whether this computer has a tray that a symbol can be put in, and how it stands as a sentence.
    fn tray(&self) -> (bool, &'static str) {
        (false, "Only the window has a tray.")
    }

    /// The system whose scheduler and session can start Gatehouse, and how this program is started there, without arguments;
    /// none where nothing of that kind may be touched.
    fn starts(&self) -> Option<(Arc<dyn System>, Entry)> {
        None
    }

    /// Names this computer, so that each shows its own notifications though their folder may be shared.
    fn machine(&self) -> String {
        let id = std::fs::read_to_string("/etc/machine-id").ok();
        let name = || std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok();
        id.or_else(name).map_or_else(|| "this".to_owned(), |name| name.trim().to_owned())
    }
}

/// What a run takes from the computer: its time and its rests.
pub(crate) struct OnHost {
    host: Arc<dyn Host>,
    chance: Real<fn() -> Timestamp>,
}

impl OnHost {
    pub(crate) fn new(host: Arc<dyn Host>) -> Self {
        Self { host, chance: Real::new(|| Timestamp::UNIX_EPOCH) }
    }
}

#[async_trait]
impl Surroundings for OnHost {
    fn now(&self) -> Timestamp {
        self.host.now()
    }
    async fn rest(&self, time: Duration) {
        self.host.rest(time).await;
    }
    fn chance(&self) -> f64 {
        self.chance.chance()
    }
    fn random_bits(&self) -> u128 {
        self.chance.random_bits()
    }
}

/// A notification on the desktop.
pub struct Notification {
    /// One line.
    pub title: String,
    /// A few lines below it.
    pub body: String,
    /// It stays until somebody has seen it.
    pub urgent: bool,
    /// What its buttons do, where the system shows buttons and this program still runs when one is pressed. Called at most
    /// once, on a thread that may block.
    pub answered: Option<Box<dyn FnOnce(NotificationAnswer) + Send>>,
}

/// What somebody pressed on a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationAnswer {
    /// The notification itself: show me.
    Open,
    /// Renew what ends.
    Renew,
    /// Remind me again tomorrow.
    Snooze,
    /// I have taken care of it.
    Done,
}

/// What the system made of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// A service took it and shows it, with buttons.
    WithButtons,
    /// A service took it and shows it, without buttons.
    Plain,
}

/// What a computer could not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is no clipboard (no display).
    #[error("no clipboard")]
    ClipboardAbsent,
    /// Nothing shows notifications here.
    #[error("no notifications")]
    NotificationsAbsent,
}

/// Receives what happens while a command works.
pub type Observer<T> = Arc<dyn Fn(T) + Send + Sync>;
