//! One step of a plan.

use graph::{AppId, AppRoleId, Description, GrantId, ServicePrincipalId};
use serde::{Deserialize, Serialize};

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
        !matches!(self.kind, StepKind::ReadBack | StepKind::SignInAsApp | StepKind::Prove)
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
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
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
    /// Makes a client secret and seals it in the vault (P5).
    AddSecret,
    /// Reads everything back and compares.
    ReadBack,
    /// Signs in as the app with the new secret and looks at the roles in its token (P6).
    SignInAsApp,
    /// Tries each feature (P6).
    Prove,
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
