//! A new credential in the place of an old one, without a moment in which neither works.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{CredentialView, HandOverField, LastUse, SecretInput, When};

/// What shall take a credential's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum NewCredential {
    /// A client secret.
    Secret {
        /// Months until it ends; none for what the organisation allows, a year at most.
        months: Option<u32>,
    },
    /// A certificate made here; its private key stays sealed in the vault until it is handed over.
    MadeCertificate {
        /// Months until it ends; none as above.
        months: Option<u32>,
    },
    /// A certificate made elsewhere: only its public part.
    UploadedCertificate {
        /// PEM or base64 DER. A file with a private key in it is refused.
        text: String,
    },
}

/// A rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RotationView {
    /// Names it: the run that made the new credential.
    pub id: String,
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
    /// The credentials that are to go; empty when there was none.
    pub old: Vec<CredentialView>,
    /// The one that takes their place; none once it is gone.
    pub new: Option<CredentialView>,
    /// How far it is.
    pub state: RotationState,
    /// What to do now, as a sentence.
    pub next: String,
    /// Why nobody here could try the new one, and what to do instead; none where it was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub not_tried: Option<String>,
    /// The new credential for the product's form.
    pub hand_over: Vec<HandOverField>,
    /// When the person said that the product has the new one.
    pub handed_over_at: Option<When>,
    /// When the old one was last used, as last looked up.
    pub old_last_use: LastUse,
    /// When that was looked up.
    pub looked_at: Option<When>,
    /// The run that removes the old one, once there is one: to undo or redo.
    pub removal_run_id: Option<String>,
    /// When it began.
    pub started_at: When,
}

/// How far a rotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum RotationState {
    /// The new one is there and proved; the product does not have it yet.
    HandOver,
    /// The product has the new one; the old one still works and is watched.
    Watching,
    /// Nothing has used the old one since: it can go.
    Idle,
    /// The old one was used after the hand-over: the product, or something else, still has it.
    StillUsed,
    /// The old one is removed.
    Done,
    /// Undone: the new one is gone, the old one works.
    Undone,
}

/// A secret that somebody has and does not know.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SecretMatchRequest {
    /// The secret. It stays on this machine.
    pub secret: SecretInput,
    /// Only among this app's; none for all.
    pub app_id: Option<String>,
}

/// Which credential a secret is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SecretMatch {
    /// What was found, as a sentence ("This is prod-1, it ends on 3 May.").
    pub sentence: String,
    /// The credentials that it may be, the likeliest first.
    pub candidates: Vec<SecretCandidate>,
    /// True when the text is a key id ("Secret ID") and not a secret at all.
    pub is_key_id: bool,
}

/// A credential that a secret may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SecretCandidate {
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// The credential.
    pub credential: CredentialView,
    /// Known to be it (it is the one in the vault); otherwise only its first characters agree.
    pub certain: bool,
}
