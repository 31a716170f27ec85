//! What a sign-in is for: the least that each purpose needs, asked for when the purpose comes up and not before.

use blueprint::{PermissionKind, catalogue};
use contract::{PermissionWords, SignInPurpose};
use identity::{Cloud, Scopes};

use crate::view;

/// A delegated permission, of one of the two APIs that Gatehouse itself uses.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scope {
    /// Of Microsoft Graph: its name, and why it is needed.
    Graph(&'static str, &'static str),
    /// Of Office 365 Exchange Online.
    Exchange(&'static str, &'static str),
}

impl Scope {
    /// As it is asked for in a cloud.
    pub(super) fn name_in(&self, cloud: &Cloud) -> String {
        match self {
            Self::Graph(name, _) => cloud.graph_scope(name),
            Self::Exchange(name, _) => cloud.exchange_scope(name),
        }
    }

    /// In words, where the catalogue knows it.
    pub(super) fn words(&self) -> Option<PermissionWords> {
        let (resource, name, why) = match *self {
            Self::Graph(name, why) => ("Microsoft Graph", name, why),
            Self::Exchange(name, why) => ("Office 365 Exchange Online", name, why),
        };
        let resource = catalogue::resource(resource, None)?;
        let permission = catalogue::find(resource.app_id, name, PermissionKind::Delegated)?;
        Some(view::permission::of(&permission, why))
    }
}

/// Who it is: every purpose begins with it.
const WHO: Scope = Scope::Graph("User.Read", "To show who is signed in, and which roles they have.");
const DIRECTORY: Scope =
    Scope::Graph("Directory.Read.All", "To find people, domains and roles, and to check what was done.");
const POLICIES: Scope =
    Scope::Graph("Policy.Read.All", "To see before the start what the organisation's rules allow.");

/// The least that each purpose needs.
pub(super) fn scopes(purpose: SignInPurpose) -> &'static [Scope] {
    match purpose {
        SignInPurpose::Identify => &[WHO],
        SignInPurpose::Inspect => &[WHO, DIRECTORY, POLICIES],
        SignInPurpose::SetUp => &[
            WHO,
            Scope::Graph("Application.ReadWrite.All", "To make the app registrations that connectors need."),
            Scope::Graph("AppRoleAssignment.ReadWrite.All", "To grant a connector what it may do by itself."),
            Scope::Graph(
                "DelegatedPermissionGrant.ReadWrite.All",
                "To grant a connector what it may do for people.",
            ),
            DIRECTORY,
            POLICIES,
        ],
        SignInPurpose::Mailboxes => {
            &[WHO, Scope::Exchange("Exchange.Manage", "To limit in Exchange whose mailboxes an app reaches.")]
        }
        SignInPurpose::People => &[
            WHO,
            Scope::Graph("User.ReadWrite.All", "To create the service account and give it a licence."),
            Scope::Graph("Organization.Read.All", "To see which licences have seats left."),
        ],
        SignInPurpose::Reports => &[
            WHO,
            Scope::Graph(
                "ReportSettings.ReadWrite.All",
                "To see and change whether usage reports show people's names.",
            ),
        ],
        SignInPurpose::SignIns => &[
            WHO,
            Scope::Graph("AuditLog.Read.All", "To see when apps last signed in, and with which secret."),
        ],
        SignInPurpose::Calendar => &[
            WHO,
            Scope::Graph(
                "Calendars.ReadWrite",
                "To put reminders into your calendar, and take them out again.",
            ),
        ],
        SignInPurpose::SharedCalendar => &[
            WHO,
            Scope::Graph(
                "Calendars.ReadWrite.Shared",
                "To put reminders into a calendar that you may write to, and take them out again.",
            ),
        ],
    }
}

/// Whether a session that was asked for these scopes can serve a purpose.
pub(crate) fn covers(have: &Scopes, purpose: SignInPurpose) -> bool {
    // Graph's names may stand there with or without their address; Exchange's always carry theirs.
    scopes(purpose).iter().all(|scope| match scope {
        Scope::Graph(name, _) => have.contains(name),
        Scope::Exchange(name, _) => have.iter().any(|one| one.rsplit('/').next() == Some(name)),
    })
}

/// Those of Microsoft Graph.
pub(crate) fn graph_scopes(cloud: &Cloud, all: &Scopes) -> Scopes {
    let exchange = cloud.exchange_scope("");
    all.iter().filter(|one| !one.starts_with(&exchange)).collect()
}

/// Those of Office 365 Exchange Online.
pub(crate) fn exchange_scopes(cloud: &Cloud, all: &Scopes) -> Scopes {
    let exchange = cloud.exchange_scope("");
    all.iter().filter(|one| one.starts_with(&exchange)).collect()
}

/// Why a purpose asks for what it asks for.
pub(crate) const fn sentence(purpose: SignInPurpose) -> &'static str {
    match purpose {
        SignInPurpose::Identify => "To know who you are. Nothing else is asked for.",
        SignInPurpose::Inspect => {
            "To read app registrations, what they may do, and the rules of your organisation."
        }
        SignInPurpose::SetUp => {
            "To make app registrations and grant what they need, in your name and never beyond your role."
        }
        SignInPurpose::Mailboxes => {
            "To see and limit, in Exchange, whose mailboxes an app reaches. In your name and never beyond your role."
        }
        SignInPurpose::People => {
            "To create the service account that a product needs, and to give it a licence."
        }
        SignInPurpose::Reports => "To see and change whether usage reports show people's names.",
        SignInPurpose::SignIns => "To see when apps last signed in. Nothing is changed.",
        SignInPurpose::Calendar => "To put reminders into your calendar, and take them out again.",
        SignInPurpose::SharedCalendar => {
            "To put reminders into another mailbox's calendar that you may write to, and take them out again."
        }
    }
}
