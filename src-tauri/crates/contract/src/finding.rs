//! What needs attention on the organisation's apps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PlanRequest, Severity, SignInPurpose, When};

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum FindingRule {
    /// A credential has ended, and nothing has taken its place.
    Expired,
    /// A credential ends soon.
    Expiring,
    /// Credentials that ended and were left behind.
    ExpiredLeftBehind,
    /// A credential that nothing uses.
    UnusedCredential,
    /// A credential that lives longer than the organisation allows.
    OlderThanPolicy,
    /// A credential without an end, or with one far away.
    NeverEnds,
    /// Nobody owns it.
    NoOwner,
    /// Only one person owns it.
    OneOwner,
    /// It asks for something that nobody granted.
    MissingConsent,
    /// It was granted something that it does not ask for.
    ExcessConsent,
    /// It differs from the connector that it was set up with.
    Drift,
    /// It reaches every mailbox.
    EveryMailbox,
    /// It is limited in Exchange and not limited in Entra at once.
    UnionTrap,
    /// It uses something that Microsoft retires.
    RetiredApi,
    /// People are sent back over plain http.
    PlainHttpRedirect,
    /// People are sent back to an address that may belong to somebody else.
    StrangeRedirect,
    /// Any organisation may use it, and none needs to.
    MultiTenant,
    /// It may do more than its kind of product needs.
    OverPrivileged,
}

/// Something that needs attention on an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AppFinding {
    /// Stable as long as it lasts: rule, app, and what it is about.
    pub id: String,
    /// What kind.
    pub rule: FindingRule,
    /// How much it matters.
    pub severity: Severity,
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// One sentence: what.
    pub title: String,
    /// One sentence: why it matters.
    pub why: String,
    /// What was seen, one sentence each.
    pub evidence: Vec<String>,
    /// What can be done about it.
    pub remedy: Option<Remedy>,
    /// Set while somebody has chosen not to see it.
    pub ignored: Option<IgnoredFinding>,
}

/// What can be done about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Remedy {
    /// What to do, as a sentence.
    pub sentence: String,
    /// Words for the button; none where no button is safe.
    pub button: Option<String>,
    /// What the button does.
    pub action: Option<RemedyAction>,
}

/// What a remedy's button does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum RemedyAction {
    /// Makes a plan and shows it.
    Plan {
        /// What to plan.
        request: Box<PlanRequest>,
    },
    /// Opens the app at the part that it is about.
    App {
        /// Client id.
        app_id: String,
    },
    /// Opens the set-up.
    Connection {
        /// The set-up.
        connection_id: String,
    },
    /// Starts a sign-in that may see more.
    SignIn {
        /// What for.
        purpose: SignInPurpose,
    },
    /// Opens Microsoft's page.
    Link {
        /// The address.
        url: String,
    },
}

/// A finding that somebody chose not to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct IgnoredFinding {
    /// Why, in their words.
    pub reason: String,
    /// Until when; none for always.
    pub until: Option<When>,
    /// When they chose.
    pub at: When,
}

/// Which findings to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FindingsQuery {
    /// Only of this rule.
    pub rule: Option<FindingRule>,
    /// Only of this app.
    pub app_id: Option<String>,
    /// A part of the app's name; empty for all.
    pub text: String,
    /// With those that are ignored.
    pub ignored: bool,
    /// First one, from 0.
    pub offset: u32,
    /// At most so many; 500 is the most that is given.
    pub limit: u32,
}

/// A part of the findings, most pressing first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FindingsPage {
    /// The findings from `offset` on.
    pub findings: Vec<AppFinding>,
    /// In all.
    pub total: u32,
    /// How many there are of each rule, ignored ones left out.
    pub rules: Vec<RuleCount>,
    /// How many are ignored.
    pub ignored: u32,
    /// What could not be looked at, as of the last reading: no finding is not the same as fine.
    pub gaps: Vec<FindingGap>,
}

/// Something that could not be looked at, so that some findings may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FindingGap {
    /// What and why, as a sentence.
    pub sentence: String,
    /// On how many apps it would matter.
    pub apps: u32,
    /// Names of the rules that cannot tell, or not all of it.
    pub rules: Vec<String>,
    /// What can be done about it; none where nothing can.
    pub remedy: Option<Remedy>,
}

/// How many findings a rule has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RuleCount {
    /// The rule.
    pub rule: FindingRule,
    /// Its name, in a few words.
    pub name: String,
    /// The worst of them.
    pub severity: Severity,
    /// How many.
    pub count: u32,
}

/// Stops showing a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct IgnoreFinding {
    /// The finding.
    pub id: String,
    /// Why; must not be empty.
    pub reason: String,
    /// Until when; none for always.
    pub until: Option<When>,
}
