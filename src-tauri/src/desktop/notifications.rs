//! Notifications through the service of the desktop. What the service answers is what is reported: a notification that
//! nobody took was not shown.

#[cfg(target_os = "linux")]
mod freedesktop;

use app::{HostError, Noted, Notification};

/// The service of the desktop, asked for when the first notification is due.
#[derive(Default)]
pub(super) struct Notifications {
    #[cfg(target_os = "linux")]
    service: freedesktop::Service,
}

impl Notifications {
    /// Shows one; blocks until the service has taken it, for some seconds at most.
    #[cfg(target_os = "linux")]
    pub(super) fn show(&self, notification: Notification) -> Result<Noted, HostError> {
        self.service.show(notification)
    }

    /// Shows one. These systems tell no program which button was pressed once it has ended, so there are none.
    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, reason = "the same shape as on Linux")]
    pub(super) fn show(&self, notification: Notification) -> Result<Noted, HostError> {
        notify_rust::Notification::new()
            .appname("Gatehouse")
            .summary(&notification.title)
            .body(&notification.body)
            .show()
            .map(|_| Noted::Plain)
            .map_err(|_| HostError::NotificationsAbsent)
    }
}
