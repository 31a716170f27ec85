//! One step of a plan.

use graph::{AppId, AppRoleId, Description, DirectoryObjectId, GrantId, KeyId, ServicePrincipalId};
use serde::{Deserialize, Serialize};
use url::Url;

use super::accounts::PlannedLicence;
use super::consents::HeldConsent;
use super::credentials::{HeldCredential, Trust};
use super::mailboxes::{HeldPolicy, LimitedMailboxes};
use super::{DelegatedConsent, PersonWithRole};

/// One change, or one check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Stable within the plan, for example `app:calendar`.
    pub id: String,
    /// Key of the registration that it belongs to.
    pub registration: String,
    /// The registration's heading.
    pub group: String,
    /// What is done.
    pub kind: StepKind,
    /// What will happen, as a sentence.
    pub sentence: String,
    /// The same once done.
    pub done_sentence: String,
    /// The requests that will be sent, exactly; ids that do not exist yet are named in words. No secret is ever in one.
    #[serde(skip)]
    pub requests: Vec<Description>,
    /// How it is undone, as a sentence; `None` when there is nothing to undo.
    pub undo: Option<String>,
    /// It is so already: nothing will be sent.
    pub already: bool,
    /// Why the signed-in person cannot do it.
    pub not_by_you: Option<NotByYou>,
}

impl Step {
    /// Whether it changes anything, ever.
    #[must_use]
    pub fn writes(&self) -> bool {
        !matches!(
            self.kind,
            StepKind::ReadBack
                | StepKind::ReadConsents { .. }
                | StepKind::SignInAsApp
                | StepKind::SignInBefore
                | StepKind::Prove
                | StepKind::AwaitMailbox { .. }
                | StepKind::Authorize { .. }
        )
    }

    /// Whether the run has to do it.
    #[must_use]
    pub fn is_due(&self) -> bool {
        !self.already && self.not_by_you.is_none()
    }
}

/// Why the signed-in person cannot do a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotByYou {
    /// As a sentence.
    pub why: String,
    /// People who can, as far as they could be looked up.
    pub people: Vec<PersonWithRole>,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum StepKind {
    /// Makes the app registration, or brings it to the wanted state (P1).
    EnsureApplication {
        /// It exists: these fields differ and will be set.
        changes: Option<serde_json::Value>,
        /// How those fields are now: checked again before they are set, and what undoing goes back to.
        before: Option<serde_json::Value>,
    },
    /// Makes the enterprise app (P2).
    EnsureServicePrincipal,
    /// Makes the enterprise app of an API that the organisation lacks.
    EnsureResource {
        /// Client id of the API.
        resource: AppId,
    },
    /// Takes permissions away that the vendor says must not be there.
    RemoveExcess {
        /// Application permissions held, by assignment.
        assignments: Vec<AppRoleGrant>,
        /// Delegated grants to shorten: the names that go.
        delegated: Vec<DelegatedExcess>,
    },
    /// Grants application permissions of one API (P3).
    GrantAppRoles {
        /// Client id of the API.
        resource: AppId,
        /// Object id of the API's enterprise app; `None` until it is made.
        resource_id: Option<ServicePrincipalId>,
        /// The permissions that are missing.
        roles: Vec<AppRoleGrant>,
    },
    /// Grants delegated permissions of one API (P4).
    GrantDelegated(DelegatedGrant),
    /// Keeps the app to some mailboxes.
    LimitMailboxes(Box<LimitedMailboxes>),
    /// Takes application access policies away, once roles in Exchange have taken their place.
    MigratePolicies {
        /// The policies.
        policies: Vec<HeldPolicy>,
    },
    /// Makes an account that a product signs in with, or checks the one that is there.
    EnsureUser {
        /// Key of the [`PlannedAccount`](crate::PlannedAccount).
        account: String,
    },
    /// Gives an account a licence.
    AssignLicence(PlannedLicence),
    /// Waits until the account's mailbox is there.
    AwaitMailbox {
        /// Key of the account.
        account: String,
    },
    /// Has usage reports show real names.
    ShowReportNames,
    /// Has usage reports hide them again.
    HideReportNames,
    /// Changes who may sign in to a registration, or where its sign-ins return to.
    ChangeRegistration {
        /// The fields as they will be.
        changes: serde_json::Value,
        /// The fields as they are: checked again before they are set, and what undoing goes back to.
        before: serde_json::Value,
    },
    /// Changes what a registration asks for.
    MergePermissions {
        /// The fields as they will be.
        changes: serde_json::Value,
        /// The fields as they are.
        before: serde_json::Value,
        /// Names that come.
        added: Vec<String>,
        /// Names that go.
        removed: Vec<String>,
    },
    /// Lets sign-ins of an app return to this computer, for a moment.
    AddLoopback {
        /// The address.
        uri: String,
    },
    /// Gets a token of an app for its product's form.
    Authorize {
        /// For whom.
        how: AuthorizeAs,
    },
    /// Makes a client secret and seals it in the vault (P5).
    AddSecret,
    /// Puts a certificate on a registration, beside those that are there.
    AddCertificate,
    /// Signs in as the app with the credential that stays, before another one goes.
    SignInBefore,
    /// Removes a credential.
    RemoveCredential {
        /// As it was when the plan was made.
        held: Box<HeldCredential>,
        /// The one that must be there when it goes.
        keep: Option<KeyId>,
    },
    /// Makes somebody an owner of a registration.
    AddOwner {
        /// Object id of the person.
        person: DirectoryObjectId,
        /// The address of Graph, by which a person is named.
        graph: Url,
    },
    /// Has a registration trust an outside service.
    AddTrust(Box<Trust>),
    /// Ends such a trust.
    RemoveTrust {
        /// Its id when the plan was made. One that comes back has another.
        id: DirectoryObjectId,
        /// What it was.
        trust: Box<Trust>,
    },
    /// Takes back what one person, some, or an admin for everyone, allowed an app.
    RevokeConsents {
        /// The app's enterprise app.
        client: ServicePrincipalId,
        /// The grants; none when there is nothing to take back.
        consents: Vec<HeldConsent>,
    },
    /// Looks again what is allowed an app, after some of it was taken back.
    ReadConsents {
        /// The app's enterprise app.
        client: ServicePrincipalId,
    },
    /// Reads everything back and compares.
    ReadBack,
    /// Signs in as the app with the new secret and looks at the roles in its token (P6).
    SignInAsApp,
    /// Tries each feature (P6).
    Prove,
}

impl StepKind {
    /// The fields of a registration that is there which this step sets: as they will be, and as they are.
    pub(crate) fn change(&self) -> Option<(&serde_json::Value, &serde_json::Value)> {
        match self {
            Self::EnsureApplication { changes: Some(changes), before: Some(before) }
            | Self::ChangeRegistration { changes, before }
            | Self::MergePermissions { changes, before, .. } => Some((changes, before)),
            _ => None,
        }
    }

    /// Whether the step makes or changes a registration itself.
    pub(crate) fn is_of_application(&self) -> bool {
        matches!(self, Self::EnsureApplication { .. }) || self.change().is_some()
    }
}

/// For whom a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AuthorizeAs {
    /// For the app itself (application permissions).
    App,
    /// For the app and a person who signs in (delegated permissions).
    Person,
}

/// An application permission to grant, or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppRoleGrant {
    /// Its id on the API.
    pub role: AppRoleId,
    /// Its name.
    pub value: String,
    /// Where it is held: the assignment's id.
    pub assignment: Option<graph::AssignmentId>,
    /// Where it is held: the API's enterprise app.
    pub resource_id: Option<ServicePrincipalId>,
}

/// Delegated permissions to take away from one grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegatedExcess {
    /// The grant.
    pub id: GrantId,
    /// The API's enterprise app.
    pub resource_id: ServicePrincipalId,
    /// For whom it holds.
    pub consent: DelegatedConsent,
    /// The names that go.
    pub names: Vec<String>,
}

/// Delegated permissions to grant on one API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DelegatedGrant {
    /// Client id of the API.
    pub resource: AppId,
    /// Object id of the API's enterprise app; `None` until it is made.
    pub resource_id: Option<ServicePrincipalId>,
    /// For everybody, or for the signed-in person alone.
    pub consent: DelegatedConsent,
    /// The names that are missing.
    pub scopes: Vec<String>,
    /// The grant that will be lengthened, where there is one.
    pub existing: Option<GrantId>,
}
