//! What this computer's desktop offers: clipboard, notifications, a tray.

mod host;
mod notifications;
mod tray;

pub(crate) use host::new;
pub(crate) use tray::{Tray, TrayOrder};
