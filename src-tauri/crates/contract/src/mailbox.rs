//! Which mailboxes an app reaches, and by which means.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AnswerCondition, PlanProblem, RegistrationSummary, Truth, When};

/// A registration of a connector whose mailboxes can be limited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxLimitView {
    /// The registration's key; names the answer in the draft.
    pub registration: String,
    /// What it is, as a heading.
    pub title: String,
    /// True where the limit should be chosen, not only can be.
    pub recommended: bool,
    /// What to know about the group.
    pub group_note: String,
    /// True where groups inside the group count.
    pub nested: bool,
    /// Asked only when one of these features is chosen; always when empty.
    pub for_features: Vec<String>,
    /// Asked only with these answers.
    pub when: Option<AnswerCondition>,
}

/// Whose mailboxes an app may reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum MailboxAccessChoice {
    /// Every mailbox of the organisation.
    Everyone,
    /// The direct members of a group.
    Group {
        /// The group's address.
        address: String,
    },
    /// These people; Gatehouse keeps a group for them.
    People {
        /// Their addresses.
        addresses: Vec<String>,
    },
}

/// A group, as a search shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct GroupView {
    /// Object id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Its address; none for a group without mail.
    pub mail: Option<String>,
    /// A security group with a mail address: the kind that limits hang on.
    pub mail_enabled_security: bool,
    /// Groups are among its direct members.
    pub nested: bool,
    /// Number of direct members; none where that could not be looked up.
    pub members: Option<u32>,
    /// Why it cannot be used, or what to know before using it.
    pub note: Option<String>,
}

/// Whose mailboxes an app reaches now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxAccessView {
    /// The registration.
    pub registration: RegistrationSummary,
    /// Who can be reached, in a sentence.
    pub sentence: String,
    /// The same as a word to decide by.
    pub reach: MailboxReach,
    /// Every way in, one by one.
    pub means: Vec<MailboxMeans>,
    /// Set when a limit stands beside an unlimited grant, so that the limit limits nothing.
    pub union_trap: Option<UnionTrap>,
    /// Application Access Policies that name this app.
    pub policies: Vec<AccessPolicyView>,
    /// True when the policies can be replaced by limited roles.
    pub can_migrate: bool,
    /// What the signed-in person could not look up or cannot change.
    pub problems: Vec<PlanProblem>,
    /// The same by hand: a reviewed script. Always there.
    pub script: ScriptView,
    /// When this was looked up.
    pub at: When,
}

/// Whose mailboxes an app reaches, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum MailboxReach {
    /// Every mailbox.
    Everyone,
    /// Every mailbox but those of some people.
    AllBut,
    /// Those of some people.
    Limited,
    /// None.
    Nobody,
    /// Could not be looked up.
    Unknown,
}

/// One way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxMeans {
    /// What kind of way.
    pub kind: MailboxMeansKind,
    /// What it allows and for whom, in a sentence.
    pub sentence: String,
    /// Names of the permissions or Exchange roles.
    pub names: Vec<String>,
    /// The scope's name in Exchange; none for the whole organisation.
    pub scope: Option<String>,
}

/// A kind of way to a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum MailboxMeansKind {
    /// An application permission granted in Entra: every mailbox, unless a policy restricts it.
    EntraGrant,
    /// A role assigned in Exchange (RBAC for Applications).
    ExchangeRole,
}

/// A limit beside an unlimited grant: both count, so everybody is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct UnionTrap {
    /// What is wrong, in a sentence.
    pub title: String,
    /// Why, and what mends it.
    pub why: String,
    /// Names of the permissions granted without a limit.
    pub permissions: Vec<String>,
}

/// An Application Access Policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AccessPolicyView {
    /// Exchange's name of it.
    pub identity: String,
    /// True when it forbids the scope instead of allowing only it.
    pub denies: bool,
    /// Name of the group or mailbox.
    pub scope: String,
    /// What it says, in a sentence.
    pub sentence: String,
    /// Who wrote it and why, as they noted.
    pub description: Option<String>,
}

/// A script for a person to run elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ScriptView {
    /// What it does.
    pub title: String,
    /// Where and as whom to run it.
    pub note: String,
    /// Its text. Holds no secret.
    pub text: String,
}

/// Asks whether an app reaches a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxTest {
    /// Client id of the app.
    pub app_id: String,
    /// Address of the mailbox.
    pub mailbox: String,
}

/// Whether an app reaches a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxTestResult {
    /// Address of the mailbox.
    pub mailbox: String,
    /// Yes when at least one way leads to it.
    pub reached: Truth,
    /// The same as a sentence.
    pub sentence: String,
    /// One line for each way.
    pub ways: Vec<MailboxWay>,
    /// Changes are not felt at once: what to know, and when to look again.
    pub delay: Option<String>,
    /// When this was asked.
    pub at: When,
}

/// One way to a mailbox, and whether it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct MailboxWay {
    /// Name of the permission or of the Exchange role.
    pub name: String,
    /// Open for this mailbox.
    pub open: Truth,
    /// Why, in a sentence.
    pub sentence: String,
}
