//! What the window needs to know before anything else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AccountView, AppError, RunSummary, SetupDraft, When};

/// Where the app works: on the pretend organisation or on real ones. Their data are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Space {
    /// The practice tenant on this machine.
    Practice,
    /// Microsoft's clouds.
    Real,
}

/// The first answer to the window; cheap, never waits for the keyring, the database or the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AppStatus {
    /// The app's version.
    pub version: String,
    /// The present space; none until the person has passed through a door on Welcome.
    pub space: Option<Space>,
    /// Set in the practice space once the practice tenant runs.
    pub practice: Option<PracticeView>,
    /// How secrets are kept right now.
    pub vault: VaultStatus,
    /// Everyone who is signed in here, in this space.
    pub accounts: Vec<AccountView>,
    /// Whose eyes the window looks through.
    pub active_account: Option<String>,
    /// Runs that stopped half-way, newest first.
    pub unfinished_runs: Vec<RunSummary>,
    /// Wizards that were left, newest first.
    pub drafts: Vec<SetupDraft>,
    /// What needs the person, most pressing first.
    pub findings: Vec<Finding>,
    /// Seconds by which this machine's clock is ahead of Microsoft's, when more than five minutes either way.
    pub clock_ahead_seconds: Option<i64>,
    /// Set when the database could not be opened as it should; the app then only reads.
    pub storage_problem: Option<AppError>,
}

/// The practice tenant, as shown in the striped band and on Welcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PracticeView {
    /// The pretend organisation's name.
    pub organisation: String,
    /// Address of the practice tenant on this machine.
    pub address: String,
    /// Some people to sign in as.
    pub people: Vec<PracticePerson>,
    /// A pretend product to connect an own account with; none when it was deleted.
    pub product: Option<PracticeProduct>,
}

/// A pretend product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PracticeProduct {
    /// Its name.
    pub name: String,
    /// Its client id.
    pub client_id: String,
}

/// A pretend person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PracticePerson {
    /// Name.
    pub name: String,
    /// User principal name.
    pub upn: String,
    /// Role in plain words ("Global Administrator", "No admin role").
    pub role: String,
}

/// Something that is wrong or about to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Finding {
    /// Stable within the space.
    pub id: String,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence: what.
    pub title: String,
    /// One sentence: why it matters.
    pub why: String,
    /// Words for the one button.
    pub button: String,
    /// Where the button leads.
    pub target: FindingTarget,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Will need the person.
    Warning,
    /// Something does not work.
    Critical,
}

/// Where a finding's button leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum FindingTarget {
    /// A run to resume or undo.
    Run {
        /// The run.
        run_id: String,
    },
    /// A wizard to go on with.
    Draft {
        /// The draft.
        draft_id: String,
    },
    /// A finished set-up to look at.
    Connection {
        /// The connection.
        connection_id: String,
    },
    /// A registration, at its credentials.
    App {
        /// Client id.
        app_id: String,
    },
    /// A rotation that waits for the person.
    Rotation {
        /// The rotation.
        rotation_id: String,
    },
    /// What needs attention on the organisation's apps.
    Findings,
    /// Reminders that were missed.
    Reminders,
    /// A person's own connection.
    Personal {
        /// The connection.
        connection_id: String,
    },
    /// Settings, at the part about keeping secrets.
    Vault,
    /// Sign in again as this account.
    SignIn {
        /// The account.
        account_id: String,
    },
}

/// How secrets are kept right now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum VaultStatus {
    /// Not asked yet: nothing secret was needed so far.
    NotOpened,
    /// Waiting for the system keyring (a prompt may be open).
    Waiting,
    /// Usable.
    Ready {
        /// Where the key lives.
        store: VaultStore,
    },
    /// The system keyring is locked, or its prompt was dismissed.
    Locked,
    /// This system has no usable keyring; the person must choose.
    Absent {
        /// Why, in a sentence.
        why: String,
    },
    /// The keyring did not answer in time.
    NotAnswering,
    /// Sealed with a passphrase that was not typed yet.
    NeedsPassphrase,
    /// Sealed records exist but their key is gone.
    KeyLost {
        /// How many records cannot be opened.
        sealed_records: u32,
    },
    /// The vault's file is damaged or unusable.
    Failed {
        /// What happened.
        error: AppError,
    },
}

/// Where the key to the sealed records lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum VaultStore {
    /// The operating system's keyring.
    Keyring,
    /// Derived from a passphrase.
    Passphrase,
    /// In memory until the app closes.
    SessionOnly,
}

/// What the person chose for keeping secrets.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum VaultChoice {
    /// Ask the system keyring (again).
    Keyring,
    /// Set or type a passphrase.
    Passphrase {
        /// The passphrase.
        passphrase: crate::SecretInput,
    },
    /// Keep nothing beyond this session.
    SessionOnly,
    /// Give up records whose key is lost, and start afresh.
    AbandonLost,
}

/// Tells the window that something it shows has changed, without saying what: it asks again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Changed {
    /// Accounts, vault or findings.
    Status,
    /// Finished set-ups.
    Connections,
    /// Runs.
    Runs,
    /// The inventory, its findings, or rotations.
    Inventory,
    /// Reminders.
    Reminders,
    /// A person's own connections, or what waits for an admin.
    Personal,
}

/// A note that something happened at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Dated {
    /// When.
    pub at: When,
    /// What, in a sentence.
    pub text: String,
}
