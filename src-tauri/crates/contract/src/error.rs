//! Errors as the window gets them: a closed code to decide by, words to show, and details for support.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every way in which something can go wrong, as far as the window acts on it. The window decides by this, never by text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
#[non_exhaustive]
pub enum ErrorCode {
    // --- signing in
    /// Nobody came back from the browser in time.
    SignInTimedOut,
    /// No browser could be opened.
    BrowserNotOpened,
    /// No port of this machine could be listened on.
    ListenerFailed,
    /// The person declined what was asked.
    ConsentDeclined,
    /// An admin must agree first.
    AdminApprovalNeeded,
    /// Another person signed in than expected.
    WrongAccount,
    /// Another organisation than expected.
    WrongOrganisation,
    /// The account does not exist in that organisation.
    AccountNotInOrganisation,
    /// The session ended; a new sign-in is needed.
    SignInNeeded,
    /// A rule of the organisation blocks this sign-in.
    ConditionalAccess,
    /// No such client id in that organisation.
    ClientNotFound,
    /// This account may not use that client.
    ClientNotAllowed,
    /// The registration lacks the redirect address that Gatehouse uses.
    RedirectMismatch,
    /// No such organisation.
    OrganisationNotFound,
    /// The answer could not be trusted (signature, issuer, audience).
    AnswerNotTrusted,
    /// The authority does not offer what a safe sign-in needs.
    AuthorityUnusable,
    /// Any other refusal by Microsoft.
    SignInRefused,
    // --- client secrets
    /// The secret is not accepted.
    SecretWrong,
    /// The secret has expired.
    SecretExpired,
    /// A Secret ID where the secret's value belongs.
    SecretIdPasted,
    // --- the way to Microsoft
    /// No network.
    Offline,
    /// A proxy wants a user name and password.
    ProxyNeedsSignIn,
    /// Somebody re-signs the connection, and this machine does not trust them.
    ConnectionNotTrusted,
    /// Microsoft did not answer in time.
    TimedOut,
    /// An answer that is not Microsoft's (a portal page, garbage).
    AnswerNotUnderstood,
    /// Microsoft asks to slow down.
    Throttled,
    /// Microsoft's service is not available now.
    ServiceUnavailable,
    /// This machine's clock is wrong.
    ClockWrong,
    // --- Microsoft Graph
    /// The person's role does not allow it.
    RoleMissing,
    /// Gatehouse's session lacks a permission.
    PermissionMissing,
    /// The task needs more than the session was asked for; `purpose` says what.
    SignInForMore,
    /// It does not exist (any more).
    NotFound,
    /// The name is taken.
    NameTaken,
    /// The person's or the organisation's quota is used up.
    QuotaReached,
    /// The organisation forbids client secrets.
    PolicyForbidsSecrets,
    /// The organisation limits how long a secret may live.
    PolicyLimitsLifetime,
    /// The organisation does not let this person register apps.
    RegistrationDisabled,
    /// Somebody else changed it in the meantime.
    ChangedByOthers,
    /// Microsoft did not spread the change in time.
    StillSpreading,
    /// The mailbox does not exist or is not in the cloud.
    MailboxNotFound,
    /// Any other refusal by Graph.
    GraphRefused,
    // --- keeping secrets
    /// The system has no keyring.
    KeyringAbsent,
    /// The keyring is locked.
    KeyringLocked,
    /// The keyring does not answer.
    KeyringNotAnswering,
    /// The key to sealed records is gone.
    KeyLost,
    /// Not that passphrase.
    PassphraseWrong,
    /// The passphrase is too short.
    PassphraseTooShort,
    // --- this machine
    /// No room on the disk.
    DiskFull,
    /// The disk cannot be written.
    DiskReadOnly,
    /// A data file was damaged and put aside.
    DataDamaged,
    /// The data were written by a newer Gatehouse.
    DataNewer,
    // --- what people give us
    /// Some answers need another look.
    AnswersNeedAttention,
    /// A connector or request file cannot be used.
    FileNotUsable,
    // --- runs
    /// The plan no longer matches what is there.
    PlanOutdated,
    /// Another window or another person is doing this right now.
    RunElsewhere,
    /// A run was cancelled.
    Cancelled,
    /// The value of a new secret was lost; it has been removed.
    SecretLost,
    /// A proof did not succeed.
    NotProved,
    // --- practice
    /// Something real in practice, or the other way round.
    WrongSpace,
    /// The practice tenant did not start.
    PracticeNotStarted,
    // --- the rest
    /// Asked for something that does not exist here.
    NoSuchThing,
    /// A mistake of ours.
    Internal,
}

/// What a button under an error can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum Action {
    /// Do the same again.
    TryAgain,
    /// Sign in again.
    SignIn,
    /// Sign in with another account.
    ChooseAccount,
    /// Make a request for somebody who can.
    AskAdmin,
    /// Open Settings where secrets are kept.
    OpenVault,
    /// Go back to the answers.
    ChangeAnswers,
    /// Make the plan again.
    PlanAgain,
    /// Go on with the run.
    Resume,
    /// Undo the run.
    Undo,
    /// Type another client id.
    ChangeClient,
    /// Practise first.
    Practise,
    /// Copy the details for support.
    CopyDetails,
}

/// An error, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct AppError {
    /// To decide by.
    pub code: ErrorCode,
    /// What happened.
    pub title: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub next: String,
    /// What the button does.
    pub action: Option<Action>,
    /// For support; folded away.
    pub support: Option<Box<Support>>,
    /// With [`ErrorCode::SignInForMore`]: what to sign in for.
    pub purpose: Option<crate::SignInPurpose>,
    /// Answers that need another look, with [`ErrorCode::AnswersNeedAttention`].
    pub issues: Vec<crate::InputIssue>,
}

/// Details for support. Hold no secret and no token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Support {
    /// Microsoft's code ("AADSTS65001", "Authorization_RequestDenied").
    pub microsoft_code: Option<String>,
    /// Microsoft's own words.
    pub microsoft_text: Option<String>,
    /// Microsoft's request id, or trace id.
    pub request_id: Option<String>,
    /// Our id for the request, or the correlation id.
    pub client_request_id: Option<String>,
    /// When, as Microsoft wrote it.
    pub at: Option<String>,
}

impl AppError {
    /// An error with the general words of its code.
    pub fn new(code: ErrorCode) -> Self {
        let words = code.words();
        Self {
            code,
            title: words.title.to_owned(),
            why: words.why.to_owned(),
            next: words.next.to_owned(),
            action: words.action,
            support: None,
            purpose: None,
            issues: Vec::new(),
        }
    }

    /// The same with a more exact reason.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// The same with a more exact advice.
    #[must_use]
    pub fn advise(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }

    /// The same with what to sign in for.
    #[must_use]
    pub fn sign_in_for(mut self, purpose: crate::SignInPurpose) -> Self {
        self.purpose = Some(purpose);
        self
    }

    /// The same with details for support.
    #[must_use]
    pub fn with_support(mut self, support: Support) -> Self {
        self.support = Some(Box::new(support));
        self
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.title, self.why, self.next)
    }
}

impl std::error::Error for AppError {}
