//! What could not be looked at. A rule that cannot tell finds nothing, and that is not the same as fine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::case::{Case, Whose};
use super::days::Days;
use super::permissions;
use super::{Context, Rule};
use crate::{App, CredentialKind, Known, Unseen};

/// Something that was not looked at, so that some rules cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    /// What.
    pub subject: Subject,
    /// Why not; none where nobody has looked.
    pub why: Option<Unseen>,
}

/// What can be unknown of an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// Who owns it.
    Owners,
    /// Whether its owners can still sign in.
    OwnersAccounts,
    /// What was granted.
    Grants,
    /// What some of its permissions are called.
    PermissionNames,
    /// When it last signed in.
    LastSignIn,
    /// When each credential was last used.
    CredentialUse,
    /// What Exchange limits.
    MailboxLimits,
    /// How long credentials may live.
    Policy,
    /// Which domains are the organisation's.
    Domains,
}

impl Subject {
    /// Rules that cannot tell, or not all of it.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Owners | Self::OwnersAccounts => &[Rule::NoOwner, Rule::OneOwner],
            Self::Grants => &[
                Rule::MissingConsent,
                Rule::ExcessConsent,
                Rule::EveryMailbox,
                Rule::UnionTrap,
                Rule::RetiredApi,
                Rule::OverPrivileged,
            ],
            Self::PermissionNames => &[Rule::MissingConsent, Rule::ExcessConsent, Rule::OverPrivileged],
            Self::LastSignIn => &[Rule::Expired],
            Self::CredentialUse => &[Rule::UnusedCredential, Rule::Expired],
            Self::MailboxLimits => &[Rule::EveryMailbox, Rule::UnionTrap],
            Self::Policy => &[Rule::OlderThanPolicy],
            Self::Domains => &[Rule::StrangeRedirect],
        }
    }

    fn words_for_all(self) -> &'static str {
        match self {
            Self::Owners => "who owns the apps",
            Self::OwnersAccounts => "whether owners can still sign in",
            Self::Grants => "what the apps were granted",
            Self::PermissionNames => "what some permissions are called",
            Self::LastSignIn => "when the apps last signed in",
            Self::CredentialUse => "when each secret was last used",
            Self::MailboxLimits => "whether Exchange limits apps to some mailboxes",
            Self::Policy => "how long secrets may live here",
            Self::Domains => "which domains are yours",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Owners => "who owns it",
            Self::OwnersAccounts => "whether its owners can still sign in",
            Self::Grants => "what it was granted",
            Self::PermissionNames => "what some of its permissions are called",
            Self::LastSignIn => "when it last signed in",
            Self::CredentialUse => "when each secret was last used",
            Self::MailboxLimits => "whether Exchange limits it to some mailboxes",
            Self::Policy => "how long secrets may live here",
            Self::Domains => "which domains are yours",
        }
    }
}

impl Gap {
    /// What is not known and why, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        self.said_of(self.subject.words())
    }

    /// The same about many apps.
    #[must_use]
    pub fn sentence_for_all(&self) -> String {
        self.said_of(self.subject.words_for_all())
    }

    fn said_of(&self, what: &str) -> String {
        match self.why {
            None => format!("Nobody has looked up {what}."),
            Some(Unseen::NotLicensed) => {
                format!("Not known: {what}. The organisation has no licence for it.")
            }
            Some(Unseen::NotAllowed) => format!("Not known: {what}. You may not read it."),
            Some(Unseen::NoAnswer) => format!("Not known: {what}. Microsoft did not answer."),
        }
    }
}

/// Gaps of many apps together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GapCounts(Vec<(Gap, u32)>);

impl GapCounts {
    /// Counts what could not be looked at on these apps.
    pub fn add<'a>(&mut self, apps: impl IntoIterator<Item = &'a App>, context: &Context) {
        let mut counts: BTreeMap<Gap, u32> = std::mem::take(&mut self.0).into_iter().collect();
        for app in apps {
            for gap in gaps(app, context) {
                *counts.entry(gap).or_default() += 1;
            }
        }
        self.0 = counts.into_iter().collect();
    }

    /// Each gap, and on how many apps it would matter.
    pub fn each(&self) -> impl Iterator<Item = (Gap, u32)> + '_ {
        self.0.iter().copied()
    }
}

/// What could not be looked at on an app, each once. Only what would matter for it is listed.
#[must_use]
pub fn gaps(app: &App, context: &Context) -> Vec<Gap> {
    let days = Days::of(context);
    let case = Case::of(app, context, &days);
    let mut all = Vec::new();
    if case.whose == Whose::Microsoft {
        return all;
    }
    let registered = case.whose == Whose::Ours;
    if registered {
        note(&mut all, Subject::Owners, &app.owners);
        let people = app.owners.seen().into_iter().flatten();
        if people.into_iter().any(|owner| owner.upn.is_some() && owner.enabled.is_none()) {
            all.push(Gap { subject: Subject::OwnersAccounts, why: None });
        }
        let web =
            app.registration.iter().flat_map(|one| &one.redirects).any(|one| one.uri.starts_with("http"));
        if web {
            note(&mut all, Subject::Domains, &context.domains);
        }
    }
    note(&mut all, Subject::Grants, &app.grants);
    if unnamed(&case) {
        all.push(Gap { subject: Subject::PermissionNames, why: None });
    }
    if reaches_mailboxes(app) {
        note(&mut all, Subject::MailboxLimits, &context.mailboxes);
    }
    let ways = |kind: CredentialKind| matches!(kind, CredentialKind::Secret | CredentialKind::Certificate);
    let mut used =
        app.credentials.iter().filter(|one| ways(one.kind) && case.whose != Whose::ManagedIdentity);
    if let Some(unseen) = used.clone().find(|one| one.last_use.seen().is_none()) {
        note(&mut all, Subject::CredentialUse, &unseen.last_use);
    }
    if used.next().is_some() {
        note(&mut all, Subject::LastSignIn, &app.last_sign_in);
        if registered && !context.own_policies.contains_key(&app.app_id) {
            note(&mut all, Subject::Policy, &context.policy);
        }
    }
    all
}

fn note<T>(all: &mut Vec<Gap>, subject: Subject, known: &Known<T>) {
    match known {
        Known::Seen(_) => {}
        Known::NotLooked => all.push(Gap { subject, why: None }),
        Known::Hidden(why) => all.push(Gap { subject, why: Some(*why) }),
    }
}

/// Whether a permission or its API has no name here.
fn unnamed(case: &Case<'_>) -> bool {
    let requested = case.app.registration.iter().flat_map(|one| &one.requested);
    let nameless = requested.into_iter().any(|wanted| case.context.permissions.name(wanted).is_none());
    nameless || case.app.grants.seen().into_iter().flatten().any(|grant| grant.resource.is_none())
}

fn reaches_mailboxes(app: &App) -> bool {
    let grants = app.grants.seen().into_iter().flatten();
    grants
        .filter(|grant| grant.application)
        .filter_map(permissions::granted)
        .any(|entry| entry.exchange_role.is_some())
}
