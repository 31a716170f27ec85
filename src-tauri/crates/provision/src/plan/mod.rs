//! A plan: every change, compared with what is there, before any of it is made.

mod accounts;
mod actual;
mod authority;
mod changes;
mod check;
mod compare;
mod consents;
mod credentials;
mod desired;
mod grants_of;
mod lifetime;
mod mailboxes;
mod merge;
mod namesakes;
mod planner;
mod preview;
mod problem;
mod reads;
mod requested;
mod settings;
mod step;
#[cfg(test)]
pub(crate) mod testing;
mod words;

use graph::ApplicationId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use accounts::{AccountProblem, PlannedAccount, PlannedLicence};
pub(crate) use accounts::{MailboxWait, mark_of};
pub(crate) use actual::{ActualRegistration, app_id_of};
pub(crate) use authority::{
    Authority, MAY_CHANGE_APPS, MAY_GIVE_LICENCES, MAY_GRANT_DELEGATED, MAY_LIMIT_MAILBOXES,
    MAY_MAKE_ACCOUNTS, MAY_SHOW_REPORT_NAMES, Role, may_grant_app_role,
};
pub(crate) use changes::is_delegated;
pub use changes::{FragmentUse, RedirectChange, RedirectProblem};
pub use consents::{HeldConsent, Whose};
pub use credentials::{
    CredentialOf, CredentialProblem, CredentialSort, HeldCredential, NewCredential, PlannedCertificate,
    RenewedFor, Trust, TrustField, UseOfOld,
};
pub use desired::{
    DelegatedConsent, KnownApplication, PlannedPermission, PlannedProof, PlannedRegistration, PlannedSecret,
};
pub(crate) use desired::{connector_tag, marker_for, parse_unique_name};
pub(crate) use grants_of::{is_for, role_id};
pub(crate) use mailboxes::{Held, NamedScope, filter_of, identity, look_at_app, wide_grants};
pub use mailboxes::{
    HeldPolicy, HeldRole, LimitWay, LimitedMailboxes, MailboxGoal, MailboxProblem, PolicyToMake, RoleToGive,
    ScopeGroup, ScopeToMake,
};
pub(crate) use merge::fields_of;
pub(crate) use planner::{Grants, proofs as proofs_of, requested_resources};
pub use planner::{PlanError, Planner, Reuse};
pub(crate) use preview::{integrated, person};
pub use problem::{Blocks, PersonWithRole, Problem, ProblemKind, Setback};
pub(crate) use reads::{by_app_id, offers, people_with};
pub use step::{AppRoleGrant, AuthorizeAs, DelegatedExcess, DelegatedGrant, NotByYou, Step, StepKind};

use crate::{JournalAccount, RunId};

/// What a plan is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Subject {
    /// Set a connector up.
    SetUp {
        /// The connector's id.
        connector: String,
        /// The connector's version.
        version: String,
    },
    /// Make the organisation's own Gatehouse registration.
    OwnRegistration,
    /// Say whose mailboxes an app reaches.
    MailboxAccess {
        /// Client id.
        app_id: String,
    },
    /// Change who may sign in to an app, or where its sign-ins return to.
    ChangeRegistration {
        /// Client id.
        app_id: String,
    },
    /// Take a manifest fragment's permissions onto an app.
    MergePermissions {
        /// Client id.
        app_id: String,
    },
    /// Show or hide names in usage reports.
    ReportNames {
        /// Show them.
        show: bool,
    },
    /// Make a new credential beside the old ones.
    RenewCredential {
        /// Client id.
        app_id: String,
        /// Ids of those whose place it takes.
        replaces: Vec<graph::KeyId>,
    },
    /// Remove the old credentials of a rotation.
    FinishRotation {
        /// Client id.
        app_id: String,
        /// The one that stays; `None` when it is gone.
        new: Option<graph::KeyId>,
    },
    /// Remove credentials.
    RemoveCredentials {
        /// Client ids.
        app_ids: Vec<String>,
    },
    /// Make somebody an owner.
    AddOwner {
        /// Client id.
        app_id: String,
        /// Object id of the person.
        person: String,
    },
    /// Make somebody an owner of several apps.
    AddOwners {
        /// Client ids.
        app_ids: Vec<String>,
        /// Object id of the person.
        person: String,
    },
    /// Have an app trust an outside service.
    AddTrust {
        /// Client id.
        app_id: String,
    },
    /// Take back what people, or an admin for everyone, allowed an app.
    RevokeConsents {
        /// Client id.
        app_id: String,
        /// All of it; else that of some people.
        all: bool,
    },
    /// Get a token of an app.
    Authorize {
        /// Client id.
        app_id: String,
    },
    /// Grant what registrations request, or what a colleague asked for.
    Grant {
        /// Client ids.
        app_ids: Vec<String>,
    },
}

impl Subject {
    /// Whether it is about what an app signs in with, and not about what it may do.
    pub(crate) fn is_rotation(&self) -> bool {
        matches!(self, Self::RenewCredential { .. } | Self::FinishRotation { .. })
    }
}

/// The organisation, as a plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// Tenant id.
    pub id: String,
    /// Name.
    pub name: String,
    /// The domain that new people get.
    pub default_domain: Option<String>,
    /// The `….onmicrosoft.com` domain.
    pub initial_domain: Option<String>,
}

/// Every change that will be made, in order, and what stands in the way. Holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Names the run that will carry it out.
    pub run: RunId,
    /// What it is for.
    pub subject: Subject,
    /// What it is for, as a heading.
    pub title: String,
    /// Where.
    pub organisation: Organisation,
    /// As whom.
    pub account: JournalAccount,
    /// When the organisation was looked at.
    pub made_at: Timestamp,
    /// The app registrations in question.
    pub registrations: Vec<PlannedRegistration>,
    /// The accounts in question.
    #[serde(default)]
    pub accounts: Vec<PlannedAccount>,
    /// The changes and checks, in order.
    pub steps: Vec<Step>,
    /// What will be tried at the end.
    pub proofs: Vec<PlannedProof>,
    /// What stands in the way, of all or of a part.
    pub problems: Vec<Problem>,
    /// The person's active roles, by name.
    pub roles: Vec<String>,
    /// Object ids of the connector's registrations that were there when the plan was made.
    pub seen: Vec<ApplicationId>,
}

impl Plan {
    /// The same plan of [`Planner::authorize`], which then tries what this registration of a set-up does for people: with the
    /// token of whoever signs in, which is how the product does it.
    #[must_use]
    pub fn trying(mut self, setup: &blueprint::Setup, registration: &str) -> Self {
        self.proofs =
            proofs_of(setup).into_iter().filter(|proof| proof.registration == registration).collect();
        self
    }

    /// A fingerprint of what it is for and what it changes: two plans with the same one do the same. The run's name and
    /// the time of looking are not part of it.
    #[must_use]
    pub fn hash(&self) -> String {
        let registrations: Vec<_> = self
            .registrations
            .iter()
            .map(|one| {
                (
                    &one.key,
                    &one.existing,
                    &one.permissions,
                    one.secret.as_ref().map(|secret| &secret.display_name),
                )
            })
            .collect();
        let steps: Vec<_> =
            self.steps.iter().map(|step| (&step.id, step.already, step.not_by_you.is_some())).collect();
        let basis = (&self.subject, &self.organisation.id, &self.account.id, registrations, steps);
        let mut text = serde_json::to_vec(&basis).unwrap_or_default();
        // Plans without accounts keep the fingerprint that older versions gave them.
        if !self.accounts.is_empty() {
            text.extend(serde_json::to_vec(&self.accounts).unwrap_or_default());
        }
        Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether this person can do anything of it.
    #[must_use]
    pub fn can_run(&self) -> bool {
        !self.problems.iter().any(|problem| problem.blocks == Blocks::Everything)
            && (self.is_only_a_form() || self.steps.iter().any(|step| step.not_by_you.is_none()))
    }

    /// A set-up whose work is done elsewhere: a script, and the vendor's form.
    fn is_only_a_form(&self) -> bool {
        self.steps.is_empty() && matches!(self.subject, Subject::SetUp { .. })
    }

    /// Whether nothing will be written.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.steps.iter().all(|step| step.already || !step.writes())
    }

    /// Whether some steps are for another person, so that the run ends with a request to them.
    #[must_use]
    pub fn needs_other_person(&self) -> bool {
        self.steps.iter().any(|step| step.not_by_you.is_some())
    }

    /// What cannot be undone, in sentences.
    #[must_use]
    pub fn cannot_undo(&self) -> Vec<String> {
        words::cannot_undo(self)
    }

    /// When the first of the new secrets and certificates would end.
    #[must_use]
    pub fn secrets_expire(&self) -> Option<Timestamp> {
        let secrets = self.registrations.iter().filter_map(|one| Some(one.secret.as_ref()?.expires));
        let certificates =
            self.registrations.iter().filter_map(|one| Some(one.certificate.as_ref()?.expires));
        secrets.chain(certificates).min()
    }

    /// The registration with this key.
    #[must_use]
    pub fn registration(&self, key: &str) -> Option<&PlannedRegistration> {
        self.registrations.iter().find(|one| one.key == key)
    }

    /// The account with this key.
    #[must_use]
    pub fn account(&self, key: &str) -> Option<&PlannedAccount> {
        self.accounts.iter().find(|account| account.key == key)
    }

    /// The step with this id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}
