//! What this computer's desktop offers: clipboard, notifications, a tray.

mod host;
mod notifications;
#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) mod own_bus;
mod tray;

pub(crate) use host::new;
#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) use tray::panel;
pub(crate) use tray::{Tray, TrayOrder};
