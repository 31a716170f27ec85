//! A connector as its file states it, before anybody has chosen anything.
//!
//! Every type here mirrors one table of the format; `docs/connector-format.md` describes it for authors.

mod account;
mod condition;
mod follow_up;
mod hand_over;
mod input;
mod proof;
mod registration;
mod setting;

pub use account::Account;
pub use condition::Condition;
pub use follow_up::{FollowUp, FollowUpMoment, ScriptKind, ScriptRequest};
pub use hand_over::{HandOverField, HandOverSection, ValueSource};
pub use input::{Input, InputChoice, InputKind};
pub use proof::{ProofKind, ProofRequest};
pub use registration::{
    AudienceOffer, CertificateSource, Credential, ExchangeRole, GroupKind, LimitOffer, MailboxLimit,
    Redirect, RedirectPlatform, Registration, RemovedPermission, RequestedPermission, Role, SignInAudience,
    WhoConsents,
};
pub use setting::{Setting, SettingKind};

use serde::{Deserialize, Serialize};

/// What one vendor's product needs from Microsoft 365, as data.
///
/// Made by [`Connector::parse`], which has checked everything that can be checked without a directory: every
/// reference inside it points to something, and every text is safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connector {
    /// The version of the format; this crate reads version 1.
    pub format: u32,
    /// Stable name, in lower case with hyphens: `cirrus-insight`.
    pub id: String,
    /// Version of this connector's content, as `major.minor.patch`.
    pub version: String,
    /// Who makes the product.
    pub vendor: String,
    /// The product, as its vendor writes it.
    pub product: String,
    /// What the connector is called in the gallery.
    pub name: String,
    /// One sentence for the gallery.
    pub summary: String,
    /// What a person gets from it, in two or three sentences.
    pub purpose: String,
    /// Set when the guide's way is being retired: what happened, and what takes its place.
    #[serde(default)]
    pub legacy: Option<String>,
    /// The id of the connector that takes its place.
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// The vendor's own guide. A connector of one's own may have none.
    #[serde(default)]
    pub guide: Option<String>,
    /// What can be chosen. Permissions hang on features.
    #[serde(default)]
    pub features: Vec<Feature>,
    /// Where the product has several worlds (production, sandbox) that need a registration each.
    #[serde(default)]
    pub environments: Vec<Environment>,
    /// What is asked of the person.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// The app registrations that may be made. Empty only where there are accounts or scripts.
    #[serde(default)]
    pub registrations: Vec<Registration>,
    /// Accounts that the product signs in with.
    #[serde(default)]
    pub accounts: Vec<Account>,
    /// Settings of the organisation that the product depends on.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// What is tried afterwards with the new credential.
    #[serde(default)]
    pub proofs: Vec<ProofRequest>,
    /// The last page: the vendor's own form, field by field.
    #[serde(default)]
    pub hand_over: Vec<HandOverSection>,
    /// What only a person can do, elsewhere.
    #[serde(default)]
    pub follow_ups: Vec<FollowUp>,
}

/// Something a person can switch on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feature {
    /// Stable name inside the connector.
    pub id: String,
    /// The vendor's name for it.
    pub name: String,
    /// What it does for people, in one sentence.
    pub summary: String,
    /// Whether it is chosen to begin with.
    #[serde(default)]
    pub default: bool,
    /// Set when it cannot be chosen at all: why, and what to do instead.
    #[serde(default)]
    pub unavailable: Option<String>,
}

/// One of several worlds of the same product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Stable name; it ends up in the registration's key.
    pub id: String,
    /// What the vendor calls it.
    pub name: String,
    /// Whether it is chosen to begin with.
    #[serde(default)]
    pub default: bool,
}

impl Connector {
    /// The feature with this id.
    #[must_use]
    pub fn feature(&self, id: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.id == id)
    }

    /// The input with this id.
    #[must_use]
    pub fn input(&self, id: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.id == id)
    }

    /// The registration with this key.
    #[must_use]
    pub fn registration(&self, key: &str) -> Option<&Registration> {
        self.registrations.iter().find(|registration| registration.key == key)
    }
}
