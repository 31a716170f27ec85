//! Plan, apply, verify, undo: journaled changes of an organisation.
//!
//! The way through this crate:
//!
//! 1. [`Planner`] reads what is there with few calls, compares it with what is wanted (a [`blueprint::Setup`], the own
//!    registration, a grant) and gives a [`Plan`]: every change in words and as exact request, and every obstacle.
//! 2. [`Worker::execute`] carries the plan out, journaled: what it meant to do is on the disk before it is sent, what
//!    came of it after. Cut short anywhere, [`Worker::resume`] goes on without making anything twice.
//! 3. [`Worker::undo`] takes back what the journal proves this run did, and nothing else.
//! 4. [`permission_report`] shows the three truths of any registration's permissions; [`GrantRequest`] hands over what
//!    the signed-in person cannot grant.
//!
//! Rules that hold throughout: nothing is written outside a plan; nothing is created without an idempotency key, except
//! a client secret, for which `apply/secret.rs` holds the one rule that matters most; objects are found again by id and
//! `uniqueName`, never by display name; what cannot be looked up is unknown, never fine.

mod apply;
mod certificate;
mod consents;
mod hand_over;
mod history;
mod journal;
mod mailbox_report;
mod plan;
mod rotation;
mod run_id;
mod status;
mod surroundings;
mod undo;

pub use apply::{
    AppAccess, AppToken, AppTokenError, Authorized, Checkpoint, Checkpoints, Finish, Finished, Hold,
    IdentityAppAccess, IdentityPersonSignIn, MadeCertificate, MadeRegistration, MadeSecret, Observer,
    PasswordAddress, PersonAccess, PersonToken, Progress, ProofResult, SecretAddress, SecretStore, Session,
    Silent, Stop, StoreError, TokenRoles, Uninterrupted, UnsavedSecret, Worker,
};
pub use certificate::{CertificateFault, KeptCertificate, PublicCertificate};
pub use consents::{ApiConsent, ConsentReport, MOST_PEOPLE, PersonConsent, consent_report};
pub use hand_over::{ConsentLink, GrantRequest, RequestFile, RequestFileError, RequestedApp, RequestedGrant};
pub use history::{History, StepState};
pub use journal::{
    Entry, ExchangeDeed, Journal, JournalAccess, JournalAccount, JournalError, Lease, LeaseHolder, Note,
    Phase, RunEnd, RunRecord, StepKey,
};
pub use mailbox_report::{
    MailboxPolicy, MailboxReach, MailboxReport, MailboxRole, MailboxVerdict, mailbox_access_report,
};
pub use plan::{
    AccountProblem, AppRoleGrant, AuthorizeAs, Blocks, CredentialOf, CredentialProblem, CredentialSort,
    DelegatedConsent, DelegatedExcess, DelegatedGrant, FragmentUse, HeldConsent, HeldCredential, HeldPolicy,
    HeldRole, KnownApplication, LimitWay, LimitedMailboxes, MailboxGoal, MailboxProblem, NewCredential,
    NotByYou, Organisation, PersonWithRole, Plan, PlanError, PlannedAccount, PlannedCertificate,
    PlannedLicence, PlannedPermission, PlannedProof, PlannedRegistration, PlannedSecret, Planner,
    PolicyToMake, Problem, ProblemKind, RedirectChange, RedirectProblem, RenewedFor, Reuse, RoleToGive,
    ScopeGroup, ScopeToMake, Setback, Step, StepKind, Subject, Trust, TrustField, UseOfOld, Whose,
};
pub use rotation::{Evidence, LOG_DELAY, QUIET, Rotation, RotationFacts, RotationState, RunStands};
pub use run_id::{NotARunId, RunId};
pub use status::{PermissionReport, PermissionTruths, Truth, permission_report};
pub use surroundings::{Real, Surroundings};
pub use undo::{UndoPreview, Undone};
