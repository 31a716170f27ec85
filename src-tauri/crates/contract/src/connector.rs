//! Connectors: what a vendor's product needs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AudienceChoice, MailboxAccessChoice, MailboxLimitView, PermissionWords, SignInAudience, When};

/// A connector in the gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectorSummary {
    /// Stable id ("totalview").
    pub id: String,
    /// The product's name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// One sentence: what it does.
    pub summary: String,
    /// What a person gets from it, in two or three sentences.
    pub purpose: String,
    /// What it touches ("Calendars", "Mail"), for the gallery's labels.
    pub touches: Vec<String>,
    /// How many set-ups exist in this space.
    pub connections: u32,
    /// Where it came from.
    pub origin: ConnectorOrigin,
    /// Set when it does things the old way: what has been retired, and what replaces it.
    pub legacy: Option<String>,
}

/// Where a connector came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ConnectorOrigin {
    /// It came with Gatehouse.
    Builtin,
    /// Built here, or brought in as a file.
    Custom,
}

/// A connector with all its questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectorView {
    /// The summary.
    pub summary: ConnectorSummary,
    /// Version of the connector's data.
    pub version: String,
    /// The vendor's own guide.
    pub guide_url: Option<String>,
    /// What the person can choose.
    pub features: Vec<FeatureView>,
    /// The registrations it makes.
    pub registrations: Vec<RegistrationChoice>,
    /// Questions to answer.
    pub inputs: Vec<InputView>,
    /// What a person does elsewhere before or after.
    pub follow_ups: Vec<FollowUp>,
    /// Permissions of the vendor's guide that stay off until somebody switches them on, one by one.
    pub optional_permissions: Vec<OptionalPermission>,
    /// Registrations whose mailboxes can be limited.
    pub mailbox_limits: Vec<MailboxLimitView>,
    /// Registrations that offer several account types.
    pub audiences: Vec<AudienceChoice>,
    /// Settings of the organisation that it changes.
    pub settings: Vec<SettingView>,
    /// Suggested lifetime of a secret, in months.
    pub suggested_lifetime_months: u32,
}

/// A setting of the organisation that a product depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SettingView {
    /// What is changed, in a sentence.
    pub sentence: String,
    /// What the change means for people.
    pub consequence: String,
    /// Why the product needs it.
    pub why: String,
    /// Changed when one of these features is chosen; always when empty.
    pub for_features: Vec<String>,
    /// Changed only with these answers.
    pub when: Option<AnswerCondition>,
}

/// A permission that can be switched on or off by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct OptionalPermission {
    /// The permission. Its key is what [`SetupDraft::permissions_on`] holds.
    pub permission: PermissionWords,
    /// On unless switched off.
    pub default_on: bool,
    /// Why it is off to begin with; none when it is on.
    pub why_off: Option<String>,
}

/// Something the product can do, that the person wants or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FeatureView {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: String,
    /// One sentence.
    pub sentence: String,
    /// On unless switched off.
    pub default_on: bool,
    /// Set when it cannot be had: why.
    pub unavailable: Option<String>,
    /// What it needs.
    pub permissions: Vec<PermissionWords>,
    /// By a permission's key: needed only with these answers.
    pub permission_conditions: BTreeMap<String, AnswerCondition>,
    /// Keys of the registrations that are made for it.
    pub registrations: Vec<String>,
}

/// A registration that the connector makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RegistrationChoice {
    /// Stable key.
    pub key: String,
    /// Its display name.
    pub name: String,
    /// Made when one of these features is chosen; always when empty.
    pub for_features: Vec<String>,
    /// Made only with these answers.
    pub when: Option<AnswerCondition>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InputView {
    /// Stable id.
    pub id: String,
    /// The question.
    pub label: String,
    /// Help in a sentence.
    pub help: String,
    /// What kind of answer.
    pub kind: InputKind,
    /// Must be answered.
    pub required: bool,
    /// Prefilled answer.
    pub default: Option<String>,
    /// An example that shows the shape.
    pub example: Option<String>,
    /// Several answers are possible, separated by commas.
    pub multiple: bool,
    /// Asked only when one of these features is chosen; always when empty.
    pub for_features: Vec<String>,
    /// Asked only with these answers to another question.
    pub when: Option<AnswerCondition>,
}

/// Something that applies only when a question was answered in a certain way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AnswerCondition {
    /// The input.
    pub input: String,
    /// The answers with which it applies.
    pub is: Vec<String>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum InputKind {
    /// The address of a mailbox; the page offers a search among people.
    Mailbox,
    /// Any e-mail address.
    Email,
    /// A domain name.
    Domain,
    /// One of the organisation's verified domains; the page offers them.
    VerifiedDomain,
    /// One part of a host name.
    HostLabel,
    /// A web address.
    Url,
    /// A whole number.
    Number,
    /// Any text.
    Text,
    /// A certificate's public part, as PEM text.
    Certificate,
    /// The address of a service account: an existing person, or one that the plan creates. The page offers a search among people.
    ServiceAccount,
    /// A licence's short name (SKU part number); the page offers the organisation's licences.
    Licence,
    /// A country, as two letters (ISO 3166-1): where a licence is used.
    Country,
    /// One of these.
    Choice {
        /// The options.
        options: Vec<ChoiceOption>,
    },
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ChoiceOption {
    /// Stored value.
    pub value: String,
    /// Words.
    pub label: String,
}

/// Something that a person does elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FollowUp {
    /// Stable id.
    pub id: String,
    /// What to do.
    pub sentence: String,
    /// What the tick box says.
    pub tick: String,
    /// Where in the product, one menu entry each.
    pub place: Vec<String>,
    /// A page that helps.
    pub url: Option<String>,
    /// When it is due.
    pub moment: FollowUpMoment,
    /// Due when one of these features is chosen; always when empty.
    pub for_features: Vec<String>,
    /// Due only with these answers.
    pub when: Option<AnswerCondition>,
}

/// When a follow-up is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum FollowUpMoment {
    /// Before the first change is made.
    BeforeSetup,
    /// Before the values are entered at the vendor.
    BeforeHandOver,
    /// At the end.
    AfterHandOver,
}

/// The answers so far. Saved at every step, so that closing the window loses nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SetupDraft {
    /// Stable id; made by the app when empty.
    pub id: String,
    /// The connector.
    pub connector_id: String,
    /// Its name, for lists.
    pub connector_name: String,
    /// Who sets it up.
    pub account_id: String,
    /// Chosen features; they also decide which registrations are made.
    pub features: Vec<String>,
    /// Answers by input id.
    pub inputs: BTreeMap<String, String>,
    /// Lifetime of the secrets, in months.
    pub lifetime_months: u32,
    /// Keys of the optional permissions that are switched on.
    #[serde(default)]
    pub permissions_on: Vec<String>,
    /// Whose mailboxes each registration may reach, by its key.
    #[serde(default)]
    pub mailbox_access: BTreeMap<String, MailboxAccessChoice>,
    /// Account type by registration key, where another than the first on offer was chosen.
    #[serde(default)]
    pub audiences: BTreeMap<String, SignInAudience>,
    /// Ids of the follow-ups before the set-up that are ticked.
    #[serde(default)]
    pub ticks: Vec<String>,
    /// Screen of the wizard that the person was on.
    pub step: String,
    /// When it was saved last.
    pub saved_at: Option<When>,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InputIssue {
    /// The input.
    pub input: String,
    /// What to change, in a sentence.
    pub sentence: String,
    /// An answer that would do, to take with one click.
    pub suggestion: Option<String>,
}

/// A domain of the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct DomainView {
    /// Its name.
    pub name: String,
    /// New people get it.
    pub is_default: bool,
    /// The first one, ending in onmicrosoft.com.
    pub is_initial: bool,
    /// Verified.
    pub is_verified: bool,
}

/// A person, as a search shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonView {
    /// Object id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address of the mailbox.
    pub mail: Option<String>,
    /// Sign-in name.
    pub upn: String,
}
