//! A symbol in the tray, where there is one: made only when it is switched on, and never the only way in.

#[cfg(target_os = "linux")]
mod status_notifier;
#[cfg(not(target_os = "linux"))]
mod system;

#[cfg(target_os = "linux")]
pub(crate) use status_notifier::Tray;
#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) use status_notifier::panel;
#[cfg(not(target_os = "linux"))]
pub(crate) use system::Tray;

/// What somebody chose on the symbol's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrayOrder {
    /// Bring the window back.
    Open,
    /// End Gatehouse.
    Quit,
}
