//! Settings of the organisation that a product depends on.

use serde::{Deserialize, Serialize};

use super::Condition;

/// A setting of the organisation that a product depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Which.
    pub kind: SettingKind,
    /// Why the product needs it, in a sentence.
    pub why: String,
    /// When it applies.
    #[serde(default)]
    pub when: Condition,
}

/// A setting that can be read and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// Usage reports show the names of people, groups and sites instead of made-up ones
    /// (`admin/reportSettings.displayConcealedNames` = false).
    ReportsShowNames,
}

impl SettingKind {
    /// What is changed, as a sentence to read before it happens.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ReportsShowNames => "Show real names in the usage reports of the organisation.",
        }
    }

    /// What the change means for people, in two or three sentences.
    #[must_use]
    pub fn consequence(self) -> &'static str {
        match self {
            Self::ReportsShowNames => {
                "Everybody who may read usage reports then sees who used what and when. This holds for all reports of \
                 the organisation, and not for this product alone. Some places ask that the staff is told first."
            }
        }
    }
}
