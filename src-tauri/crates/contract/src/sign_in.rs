//! Signing in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AccountView, AppError, Approval, AuthorizedToken, PersonalConnection, When};

/// Microsoft's separate clouds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum CloudId {
    /// Worldwide, and US GCC.
    Global,
    /// US Government L4 (GCC High).
    UsGov,
    /// US Government L5 (DoD).
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
    /// The practice tenant of this machine.
    Practice,
    /// Another authority on this machine, or one from a file that an admin installed.
    Custom,
}

/// How to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SignInRequest {
    /// The cloud; the practice space ignores it.
    pub cloud: CloudId,
    /// Which client id to use.
    pub client: ClientChoice,
    /// Account to sign in again, or to widen; the result must be the same person.
    pub account_id: Option<String>,
    /// What the session will be used for; decides what is asked for.
    pub purpose: SignInPurpose,
    /// What it will be used for besides.
    #[serde(default)]
    pub also: Vec<SignInPurpose>,
    /// Prefilled sign-in name.
    pub login_hint: Option<String>,
}

/// Which client id to sign in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ClientChoice {
    /// The organisation's own registration.
    Registered {
        /// Its client id.
        client_id: String,
        /// The organisation: id or a verified domain.
        tenant: String,
    },
    /// Once through a Microsoft client, to create the organisation's own registration.
    Bootstrap,
}

/// What a sign-in is for. Each asks Microsoft for the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum SignInPurpose {
    /// Know who it is.
    Identify,
    /// Read registrations, permissions and policies.
    Inspect,
    /// Create and change registrations, and grant permissions.
    SetUp,
    /// Look at and limit, in Exchange, which mailboxes an app reaches.
    Mailboxes,
    /// Create a service account and give it a licence.
    People,
    /// Read and change how usage reports show people.
    Reports,
    /// Read when apps last signed in, and with which credential.
    SignIns,
    /// Write reminders into the person's own calendar.
    Calendar,
    /// Write reminders into another mailbox's calendar.
    SharedCalendar,
}

/// Why a purpose needs what it asks for, shown before the browser opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SignInReason {
    /// The purpose.
    pub purpose: SignInPurpose,
    /// One sentence.
    pub sentence: String,
    /// What Microsoft will be asked for.
    pub permissions: Vec<crate::PermissionWords>,
}

/// A sign-in that has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SignInStarted {
    /// Names the attempt.
    pub sign_in_id: String,
    /// When the wait ends by itself.
    pub ends_at: When,
}

/// How a sign-in goes. The last event is one of signedIn, authorized, connected, needsApproval, failed,
/// cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum SignInEvent {
    /// The browser was asked to open Microsoft's page.
    BrowserOpened,
    /// The browser could not be opened; the link can be copied.
    BrowserFailed,
    /// Something came back that was not the answer; still waiting.
    StrayAnswer {
        /// What to tell the person.
        sentence: String,
    },
    /// The answer came; talking to Microsoft.
    Returned,
    /// Done.
    SignedIn {
        /// Who.
        account: AccountView,
    },
    /// Done, through an app that was set up.
    Authorized {
        /// What came of it.
        token: AuthorizedToken,
    },
    /// Done: a person's own connection.
    Connected {
        /// As it stands now, with its proofs.
        connection: PersonalConnection,
    },
    /// An admin must agree first.
    NeedsApproval {
        /// What to do about it.
        approval: Approval,
    },
    /// Ended without an account.
    Failed {
        /// Why.
        error: AppError,
    },
    /// The person cancelled.
    Cancelled,
}
