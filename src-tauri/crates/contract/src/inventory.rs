//! Every app of the organisation, its credentials, and when they end.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Advice, AppError, NoteView, PersonView, RegistrationSummary, Severity, SignInAudience, When};

/// Which part of the inventory to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InventoryQuery {
    /// A part of a name, an id, an owner, or of a credential's name; empty for all.
    pub text: String,
    /// Only rows that have all of these. Two values of one facet widen, two facets narrow.
    pub facets: Vec<FacetValue>,
    /// The order.
    pub sort: InventorySort,
    /// Turns the order around. Rows without a value come last either way.
    pub descending: bool,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 500 is the most that is given.
    pub limit: u32,
}

/// The order of the inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum InventorySort {
    /// By the day on which the next credential ends.
    NextEnd,
    /// By name.
    Name,
    /// By how much its findings matter.
    Health,
    /// By the day on which it was made.
    Created,
    /// By its last sign-in.
    LastSignIn,
}

/// A property by which the inventory can be narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum FacetName {
    /// Values: "expired", "7", "30", "90" (ends within so many days), "later", "noEnd", "none" (no credential).
    Ends,
    /// Values: as [`AppKind`].
    Kind,
    /// Values: as [`CredentialKind`].
    Credential,
    /// Values: as [`SignInAudience`].
    Audience,
    /// Values: "critical", "warning", "info", "fine".
    Health,
    /// Values: "gatehouse" (set up here), "other".
    SetUpBy,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FacetValue {
    /// The property.
    pub facet: FacetName,
    /// The value.
    pub value: String,
}

/// How many rows a value would leave, all other narrowing applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FacetCount {
    /// The value.
    pub value: FacetValue,
    /// Rows.
    pub count: u32,
}

/// A part of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InventoryPage {
    /// The rows from `offset` on.
    pub rows: Vec<AppRow>,
    /// First row.
    pub offset: u32,
    /// Rows in all that answer the query.
    pub total: u32,
    /// Rows in all, without any narrowing.
    pub known: u32,
    /// What narrowing further would leave.
    pub facets: Vec<FacetCount>,
    /// How fresh this is.
    pub sync: SyncState,
    /// Why last sign-ins are not known; its purpose, where there is one, is a sign-in that would show them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub no_last_sign_ins: Option<AppError>,
}

/// How fresh the inventory is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum SyncState {
    /// Nobody has looked yet.
    Never,
    /// Being read; what is shown grows.
    Reading {
        /// Apps read so far.
        read: u32,
    },
    /// Microsoft asked to wait.
    Held {
        /// Apps read so far.
        read: u32,
        /// Why, as a sentence.
        why: String,
        /// When it goes on.
        until: When,
    },
    /// As of this time.
    Fresh {
        /// When it was read.
        at: When,
    },
    /// Could not be read again; what is shown is from before.
    Stale {
        /// When it was read; none when never.
        at: Option<When>,
        /// What stopped it.
        error: AppError,
    },
}

/// What kind of app a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum AppKind {
    /// Registered in this organisation.
    Registration,
    /// Registered elsewhere and used here.
    EnterpriseApp,
    /// Microsoft's own.
    Microsoft,
    /// An identity that Azure looks after.
    ManagedIdentity,
    /// Another kind.
    Unknown,
}

/// An app in the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AppRow {
    /// Ids, name and when its next credential ends.
    pub app: RegistrationSummary,
    /// What kind.
    pub kind: AppKind,
    /// Object id of its enterprise app here.
    pub service_principal_id: Option<String>,
    /// Which accounts may sign in.
    pub audience: Option<SignInAudience>,
    /// Nobody can sign in with it.
    pub disabled: bool,
    /// Client secrets, certificates and federated credentials.
    pub credentials: u32,
    /// The credential that ends next.
    pub next: Option<NextEnd>,
    /// Owners; none while nobody has looked.
    pub owners: Option<u32>,
    /// When it last signed in.
    pub last_sign_in: LastUse,
    /// The worst finding; none when nothing needs attention.
    pub health: Option<Severity>,
    /// Findings that are not ignored.
    pub findings: u32,
    /// When it was made.
    pub created_at: Option<When>,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
}

/// The end of a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct NextEnd {
    /// When.
    pub at: When,
    /// Whole days from now, by this machine's calendar; negative once past.
    pub days: i32,
    /// What ends.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
}

/// A way for an app to say who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum CredentialKind {
    /// A client secret.
    Secret,
    /// A certificate that the app signs in with.
    Certificate,
    /// A certificate that Microsoft signs sign-ins with (SAML).
    SigningCertificate,
    /// Trust in another service: nothing to keep, nothing that ends.
    Federated,
}

/// When something was last used, as far as Microsoft says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum LastUse {
    /// Seen.
    Used {
        /// When.
        at: When,
    },
    /// Not within the time that Microsoft remembers.
    NotSeen {
        /// Since when Microsoft remembers.
        since: When,
    },
    /// Cannot tell.
    Unknown {
        /// Why, as a sentence.
        why: String,
    },
}

/// A credential without anything secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct CredentialView {
    /// Microsoft's key id. Not the secret.
    pub key_id: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its name; may be empty.
    pub name: String,
    /// First three characters of a secret.
    pub hint: Option<String>,
    /// Thumbprint of a certificate (SHA-1, hexadecimal), or the subject of a federated one.
    pub thumbprint: Option<String>,
    /// First instant at which it works.
    pub starts_at: Option<When>,
    /// When it ends; none when Microsoft names no end.
    pub ends_at: Option<When>,
    /// Whole days until then.
    pub days: Option<i32>,
    /// On the enterprise app instead of the registration.
    pub on_enterprise_app: bool,
    /// When it was last used.
    pub last_use: LastUse,
    /// Its value or private key is in the vault.
    pub stored: bool,
    /// The rotation that it is part of.
    pub rotation_id: Option<String>,
}

/// One app in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AppDetail {
    /// The row.
    pub row: AppRow,
    /// Its credentials, the next to end first.
    pub credentials: Vec<CredentialView>,
    /// Who owns it; none when that could not be looked up.
    pub owners: Option<Vec<PersonView>>,
    /// What needs attention.
    pub findings: Vec<crate::AppFinding>,
    /// The organisation's rules about credentials, as sentences.
    pub policy: Vec<String>,
    /// What to take where the organisation forbids new secrets on this app; none where it allows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub instead_of_secrets: Option<Advice>,
    /// What people here wrote about it.
    #[serde(default)]
    pub notes: Vec<NoteView>,
    /// When this was looked up.
    pub at: When,
}

/// A form of the exported inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ExportForm {
    /// Comma-separated, safe to open in a spreadsheet.
    Csv,
    /// JSON.
    Json,
}

/// What to save of the inventory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct InventoryExport {
    /// Which rows; offset and limit do not matter.
    pub query: InventoryQuery,
    /// Only these apps, by client id, whatever the query narrows by; its order counts. None for all that answer the query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub app_ids: Option<Vec<String>>,
    /// In which form.
    pub form: ExportForm,
}

/// Which ends to show on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct TimelineQuery {
    /// First day (`YYYY-MM-DD`); none for the day 30 days ago.
    pub from: Option<String>,
    /// Months from then on; 24 is usual.
    pub months: u32,
    /// As in [`InventoryQuery`].
    pub text: String,
    /// As in [`InventoryQuery`].
    pub facets: Vec<FacetValue>,
}

/// What ends when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Timeline {
    /// First day.
    pub from: String,
    /// The day after the last.
    pub until: String,
    /// Today.
    pub today: String,
    /// Days on which something ends, in order.
    pub days: Vec<TimelineDay>,
    /// Credentials that end before the first day.
    pub before: u32,
    /// Credentials that end after the last.
    pub after: u32,
    /// Credentials without an end.
    pub no_end: u32,
}

/// A day on which something ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct TimelineDay {
    /// The day by this machine's calendar, `YYYY-MM-DD`.
    pub date: String,
    /// Whole days from today.
    pub days: i32,
    /// How many end.
    pub count: u32,
    /// Some of them, at most 20.
    pub ends: Vec<TimelineEnd>,
}

/// A credential that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct TimelineEnd {
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What ends.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// When, to the second.
    pub at: When,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
}
