//! A plan: every change, before any of it is made.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    AccountView, Action, ErrorCode, MailboxAccessChoice, NewCredential, PermissionWords, RedirectUri,
    SignInAudience, When,
};

/// What to plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum PlanRequest {
    /// Set up a connector as this draft says.
    SetUp {
        /// The draft.
        draft_id: String,
    },
    /// Create the organisation's own Gatehouse registration.
    OwnRegistration {
        /// The bootstrap account.
        account_id: String,
    },
    /// Grant what a registration requests.
    Grant {
        /// Client id.
        app_id: String,
    },
    /// Grant what a colleague's request file asks for.
    GrantRequest {
        /// The file's text.
        text: String,
    },
    /// Add the permissions of a manifest fragment to what a registration requests.
    MergePermissions {
        /// Client id.
        app_id: String,
        /// The fragment.
        text: String,
        /// True to remove what the fragment does not have.
        replace: bool,
    },
    /// Limit whose mailboxes an app reaches, or lift the limit.
    MailboxAccess {
        /// Client id.
        app_id: String,
        /// Whose.
        choice: MailboxAccessChoice,
        /// True to replace Application Access Policies by limited roles.
        migrate: bool,
    },
    /// Change which accounts may use an app, or where people are sent back to.
    ChangeRegistration {
        /// Client id.
        app_id: String,
        /// The new account type; none to leave it.
        audience: Option<SignInAudience>,
        /// Every redirect address that shall be there afterwards; none to leave them.
        redirects: Option<Vec<RedirectUri>>,
    },
    /// A new credential beside old ones, proved and handed over; the old ones stay until the rotation is finished.
    RenewCredential {
        /// Client id.
        app_id: String,
        /// Key ids of the credentials that it shall replace.
        replaces: Vec<String>,
        /// What takes their place.
        new: NewCredential,
    },
    /// Remove the old credentials of a rotation.
    FinishRotation {
        /// The rotation.
        rotation_id: String,
        /// True to remove them although something still uses them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        anyway: Option<bool>,
    },
    /// Take back what people, or an admin for everyone, granted to an app.
    RevokeConsent {
        /// Client id.
        app_id: String,
        /// Whose.
        whose: crate::RevokeWhose,
    },
    /// Remove credentials, for example ones that have ended.
    RemoveCredentials {
        /// Which.
        credentials: Vec<CredentialRef>,
    },
    /// Remove what has ended and has something newer in its place. At most 500 go with one plan; [`PlanView::left`] says how
    /// many are left for the next.
    RemoveEnded {
        /// Only of these apps, by client id; none for all.
        app_ids: Option<Vec<String>>,
    },
    /// Make somebody an owner of apps.
    AddOwner {
        /// Client ids.
        app_ids: Vec<String>,
        /// Object id of the person.
        person_id: String,
    },
    /// Have an app trust an outside service, which then needs no secret.
    AddTrust {
        /// Client id.
        app_id: String,
        /// What it trusts.
        trust: Trust,
    },
    /// Show or conceal people's names in usage reports.
    ReportNames {
        /// True to show them.
        show: bool,
    },
}

/// An outside service that an app trusts (a federated identity credential). Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Trust {
    /// Its name: 3 to 120 letters, digits, dashes and underscores.
    pub name: String,
    /// Who vouches: `iss` in the service's tokens.
    pub issuer: String,
    /// For whom: `sub`, letter for letter.
    pub subject: String,
    /// What the tokens are for: `aud`; none for what Microsoft suggests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub audience: Option<String>,
}

/// Names a credential of an app.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct CredentialRef {
    /// Client id.
    pub app_id: String,
    /// Microsoft's key id. Not the secret.
    pub key_id: String,
}

/// A plan, ready to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PlanView {
    /// Names the plan; it is gone when the app closes.
    pub id: String,
    /// What it is, in a sentence.
    pub title: String,
    /// Who it will be done as.
    pub account: AccountView,
    /// The changes, in order.
    pub steps: Vec<PlanStep>,
    /// The permissions that it grants.
    pub permissions: Vec<PermissionWords>,
    /// What stops it, or part of it.
    pub problems: Vec<PlanProblem>,
    /// False when nothing of it can be done by this person.
    pub can_run: bool,
    /// True when some steps are for another person: the run ends with a request to them.
    pub needs_other_person: bool,
    /// What cannot be undone, in sentences.
    pub cannot_undo: Vec<String>,
    /// When the secrets would expire.
    pub secrets_expire: Option<When>,
    /// How many more there are of what was asked for: the same request plans them when this one is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub left: Option<u32>,
}

/// What can be done instead, and a page that says how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct Advice {
    /// What, in a sentence or two.
    pub sentence: String,
    /// Words for the link.
    pub words: String,
    /// The page.
    pub url: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PlanStep {
    /// Stable within the plan.
    pub id: String,
    /// What will happen ("Create the app registration ...").
    pub sentence: String,
    /// The same once done ("Created ...").
    pub done_sentence: String,
    /// The registration it belongs to, as a heading.
    pub group: String,
    /// Writes; a step that only checks does not.
    pub writes: bool,
    /// The exact request; several when they go together.
    pub requests: Vec<ExactRequest>,
    /// How it is undone, in a sentence; none when it needs no undoing.
    pub undo: Option<String>,
    /// True when already so: nothing will be sent.
    pub already: bool,
    /// Set when the signed-in person cannot do it: why.
    pub not_by_you: Option<String>,
}

/// A request as it will be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ExactRequest {
    /// Method.
    pub method: String,
    /// Address.
    pub url: String,
    /// Body as indented JSON. Holds no secret.
    pub body: Option<String>,
}

/// What stops a plan, or part of it, found before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct PlanProblem {
    /// What kind.
    pub code: ErrorCode,
    /// Stops the whole plan (otherwise a part, or nothing).
    pub blocks: bool,
    /// What.
    pub title: String,
    /// Why, and what to do.
    pub why: String,
    /// People who could do it ("Anna Berg (Privileged Role Administrator)").
    pub people: Vec<String>,
    /// What the button does.
    pub action: Option<Action>,
    /// What can be done instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub advice: Option<Advice>,
}
