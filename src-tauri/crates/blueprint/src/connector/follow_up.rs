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
    /// A script that does it, where only a person can run it.
    #[serde(default)]
    pub script: Option<ScriptRequest>,
    /// When it has to be done.
    pub moment: FollowUpMoment,
    /// When it applies at all.
    #[serde(default)]
    pub when: Condition,
}

/// A script that is shown with the person's own answers in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptRequest {
    /// Which script.
    pub kind: ScriptKind,
    /// The input that names the service account.
    pub account: String,
    /// The input that names the group whose members' mailboxes are opened. Every mailbox, where it is not answered.
    #[serde(default)]
    pub group: Option<String>,
}

/// A script that Gatehouse knows. A connector file cannot bring text of its own to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScriptKind {
    /// Lets an account of an Exchange Server open the mailboxes of a group (`ApplicationImpersonation`).
    ExchangeServerImpersonation,
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
