//! A person's connection of the own Microsoft account.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AppError, CloudId, PermissionWords, TokenScope, When};

/// What a connection is for. Each brings the least that Microsoft has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum PersonalFeature {
    /// See the calendar.
    CalendarRead,
    /// See and change the calendar.
    CalendarWrite,
    /// Read mail.
    MailRead,
    /// Read and change mail.
    MailWrite,
    /// Send mail as oneself.
    MailSend,
    /// See contacts.
    ContactsRead,
    /// See and change contacts.
    ContactsWrite,
}

/// Which accounts may be picked on Microsoft's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum AccountKind {
    /// Any work or school account (`organizations`).
    Work,
    /// A personal Microsoft account (`consumers`).
    Personal,
    /// Either (`common`).
    Either,
    /// A work or school account of this organisation.
    Organisation {
        /// Its id or a verified domain.
        tenant: String,
    },
}

/// What to connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonalRequest {
    /// The cloud; the practice space ignores it.
    pub cloud: CloudId,
    /// Client id of the app that is connected: the product's, or the organisation's Gatehouse.
    pub client_id: String,
    /// Which accounts may be picked.
    pub accounts: AccountKind,
    /// What for. For an existing connection: all that it shall be for afterwards.
    pub features: Vec<PersonalFeature>,
    /// A connection to reconnect or to widen; the result must be the same person in the same organisation.
    #[serde(default)]
    pub connection_id: Option<String>,
    /// Prefilled sign-in name.
    #[serde(default)]
    pub login_hint: Option<String>,
    /// The name that the person or the invitation gives the product.
    #[serde(default)]
    pub product: Option<String>,
}

/// What a request means, before anything goes to Microsoft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonalPreview {
    /// Each permission, in words.
    pub permissions: Vec<PermissionWords>,
    /// Those among them (keys) that are new to the connection; all of them for a new one.
    pub added: Vec<String>,
    /// What Microsoft itself always adds (who you are; staying connected), one sentence each.
    pub always: Vec<String>,
    /// What will not work, as a sentence, and why. Empty when all is well.
    pub issues: Vec<String>,
}

/// A person's connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonalConnection {
    /// Opaque; stable across restarts.
    pub id: String,
    /// The cloud.
    pub cloud: CloudId,
    /// What the person calls the product; the app's name otherwise.
    pub product: String,
    /// Client id of the app.
    pub client_id: String,
    /// The person's name.
    pub name: String,
    /// The person's sign-in name.
    pub upn: String,
    /// The person's picture as a data URL; none when there is none or nobody may read it.
    pub picture: Option<String>,
    /// The organisation's id.
    pub tenant_id: String,
    /// The organisation's name; "Personal account" for a personal one.
    pub tenant_name: String,
    /// Whether it is a personal Microsoft account.
    pub personal: bool,
    /// Whether the person is a guest there.
    pub guest: bool,
    /// Whether it works.
    pub state: PersonalState,
    /// What it is for.
    pub features: Vec<PersonalFeature>,
    /// Each permission that was asked for, with what became of it.
    pub permissions: Vec<PersonalPermission>,
    /// What the token allows beyond what was asked for.
    pub beyond: Vec<TokenScope>,
    /// What was proved, feature by feature.
    pub proofs: Vec<PersonalProof>,
    /// When it was connected.
    pub connected_at: When,
    /// When its session was last used.
    pub last_used_at: Option<When>,
    /// When it was last looked at.
    pub checked_at: Option<When>,
    /// Until when it works without signing in again, in words.
    pub lasts: String,
    /// The same as a moment; none when nobody can tell.
    pub lasts_until: Option<When>,
    /// What was dropped here and still stands at Microsoft; empty when nothing is.
    pub leftovers: Vec<Leftover>,
}

/// Whether a connection works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum PersonalState {
    /// Works, as of the last look.
    Works,
    /// Microsoft wants the person to sign in again.
    Reconnect {
        /// What happened, why, what to do.
        error: AppError,
    },
    /// The vault is closed or lost, so the session cannot be used.
    VaultClosed,
    /// The last look did not reach Microsoft; what is shown is from before.
    Offline,
    /// Nobody has looked since the app started.
    NotLooked,
}

/// One permission of a person's connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonalPermission {
    /// In words.
    pub words: PermissionWords,
    /// The feature that needs it.
    pub feature: PersonalFeature,
    /// Who granted it.
    pub granted_by: GrantedBy,
    /// Whether it is in the token; none while there is no token.
    pub in_token: Option<bool>,
}

/// Who granted a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum GrantedBy {
    /// The person.
    Person,
    /// An admin, for everyone in the organisation.
    Admin,
    /// It is granted; who did it cannot be read with this connection.
    Unknown,
    /// Nobody.
    Nobody,
}

/// One thing that was tried with a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PersonalProof {
    /// The feature.
    pub feature: PersonalFeature,
    /// What came of it.
    pub outcome: PersonalOutcome,
    /// When.
    pub at: When,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum PersonalOutcome {
    /// It works.
    Works {
        /// One sentence ("12 unread messages.").
        sentence: String,
        /// The next events, the newest contacts: at most three lines.
        lines: Vec<String>,
    },
    /// It was not tried, because trying would do something; the person can ask for it.
    NotTried {
        /// Why, as a sentence.
        sentence: String,
    },
    /// It does not work.
    Failed {
        /// What happened, why, what to do.
        error: AppError,
    },
}

/// Something that still stands at Microsoft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Leftover {
    /// What, as a sentence.
    pub sentence: String,
    /// How it can be taken away, and by whom, as a sentence.
    pub way: String,
    /// Microsoft's page for it, for `link_open`; none where an admin must do it.
    pub link: Option<String>,
}

/// What disconnecting did, and what it could not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Disconnected {
    /// Sentences: what was removed here.
    pub removed: Vec<String>,
    /// Sentences: what was taken back at Microsoft, as seen.
    pub revoked: Vec<String>,
    /// What stays at Microsoft, and for how long.
    pub remains: Vec<Leftover>,
}

/// How to disconnect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct DisconnectRequest {
    /// The connection.
    pub connection_id: String,
    /// Whether to look first, with the session that is about to go, if the person has already taken the permission back
    /// on Microsoft's page.
    pub look_first: bool,
}

/// Fewer features for a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct DropFeatures {
    /// The connection.
    pub connection_id: String,
    /// What it shall no longer be for.
    pub features: Vec<PersonalFeature>,
}

/// An admin must agree before a person can connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Approval {
    /// Opaque; stable across restarts.
    pub id: String,
    /// What was asked for.
    pub request: PersonalRequest,
    /// Each permission, in words.
    pub permissions: Vec<PermissionWords>,
    /// The organisation as far as known: its name, a domain or an id.
    pub organisation: Option<String>,
    /// When it was first asked.
    pub asked_at: When,
    /// Subject of the letter to the admin.
    pub subject: String,
    /// The letter, with the consent link in it.
    pub letter: String,
    /// The consent link.
    pub link: String,
    /// Whether Gatehouse can see by itself when it is granted.
    pub watch: ApprovalWatch,
    /// The connection it became, once finished.
    pub connection_id: Option<String>,
}

/// Whether Gatehouse can see by itself when an admin has agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ApprovalWatch {
    /// It looks now and then.
    Looking {
        /// When it last looked.
        last_at: Option<When>,
        /// When it looks next.
        next_at: When,
    },
    /// It could, after a sign-in that asks for nothing but who the person is (`approval_watch`).
    AfterSignIn,
    /// It cannot: even that needs an admin here. The person tries again when the admin says so.
    Cannot,
    /// Granted, and finished.
    Granted,
}
