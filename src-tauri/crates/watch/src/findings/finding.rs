//! Something that needs attention, with its evidence and what can be done.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Rule, Severity};

/// Something that needs attention on an app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable as long as it lasts: rule, app, and what it is about.
    pub id: String,
    /// What kind.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// Client id.
    pub app_id: String,
    /// The app's name; its client id where it has none.
    pub app_name: String,
    /// One sentence: what.
    pub title: String,
    /// One sentence: why it matters.
    pub why: String,
    /// What was seen, one sentence each.
    pub evidence: Vec<String>,
    /// What can be done about it.
    pub remedy: Option<Remedy>,
    /// The instant that it is about, such as the end of a secret. Of two that matter as much, the earlier comes first.
    pub at: Option<Timestamp>,
    /// Its sentences count days, so that they read differently tomorrow.
    pub counts_days: bool,
}

/// What can be done about a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    /// What to do, as a sentence.
    pub sentence: String,
    /// The button; none where no button is safe.
    pub button: Option<RemedyButton>,
}

/// A button: its words, and what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemedyButton {
    /// Its words.
    pub label: String,
    /// What it does.
    pub action: RemedyAction,
}

/// What a remedy's button does. What changes something is planned and shown first; none of it takes away what a running
/// product uses without proof that something else works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RemedyAction {
    /// Plans a new credential beside these.
    RenewCredential {
        /// Their key ids.
        key_ids: Vec<String>,
    },
    /// Plans to remove these, which open nothing or are not used.
    RemoveCredentials {
        /// Their key ids.
        key_ids: Vec<String>,
    },
    /// Asks who shall own the app, then plans it.
    AddOwner,
    /// Plans to grant what the app asks for.
    Grant,
    /// Asks which mailboxes, then plans a limit.
    LimitMailboxes,
    /// Opens the app.
    OpenApp,
    /// Opens the set-up.
    OpenConnection {
        /// The set-up.
        connection_id: String,
    },
    /// Opens a page of Microsoft's.
    Link {
        /// The address.
        url: String,
    },
}

/// What a finding is about may be as long as an address: from here on, a hash stands for it in the id.
const LONGEST_SUBJECT: usize = 80;

/// The id of a finding. `about` tells findings of one rule on one app apart; empty where there can be only one.
pub(super) fn id(rule: Rule, app_id: &str, about: &str) -> String {
    if about.is_empty() {
        return format!("{rule}/{app_id}");
    }
    if about.len() <= LONGEST_SUBJECT {
        return format!("{rule}/{app_id}/{about}");
    }
    let digest = Sha256::digest(about.as_bytes());
    let short: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("{rule}/{app_id}/#{short}")
}
