//! Settings of this machine.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Settings; they hold nothing secret and belong to the machine, not to a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Seconds after which a copied secret is cleared from the clipboard.
    pub clipboard_seconds: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: Theme::System, clipboard_seconds: 30 }
    }
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    HighContrast,
}
