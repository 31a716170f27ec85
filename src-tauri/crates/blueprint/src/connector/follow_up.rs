//! What only a person can do, somewhere else.

use serde::{Deserialize, Serialize};

use super::Condition;

/// A task outside Gatehouse, with a box to tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Stable name inside the connector.
    pub id: String,
    /// What to do, in one or two sentences.
    pub text: String,
    /// What the tick box says.
    pub tick: String,
    /// Where in the product, one menu entry each.
    #[serde(default)]
    pub place: Vec<String>,
    /// A page that helps.
    #[serde(default)]
    pub link: Option<String>,
    /// When it has to be done.
    pub moment: FollowUpMoment,
    /// When it applies at all.
    #[serde(default)]
    pub when: Condition,
}

/// When a follow-up has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUpMoment {
    /// Before the first change is made.
    BeforeSetup,
    /// After the proof and before the values are entered at the vendor.
    BeforeHandOver,
    /// At the end.
    AfterHandOver,
}
