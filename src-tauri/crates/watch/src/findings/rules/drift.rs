//! An app beside the connector that it was set up with.

use blueprint::{PermissionKind, PermissionNeed, RedirectPlatform, RegistrationSpec, Risk, SignInAudience};

use super::super::case::Case;
use super::super::permissions::{self, Permissions};
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use super::{audience, consent};
use crate::{App, Platform, Requested};

/// How an app differs from what its connector asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The connector asks for a permission, and the registration does not.
    LacksPermission {
        /// Its name.
        name: String,
        /// For the app itself, or for a person.
        kind: PermissionKind,
    },
    /// The registration asks for a permission, and the connector does not.
    ExtraPermission {
        /// Its name; none where nobody knows it.
        name: Option<String>,
        /// For the app itself, or for a person.
        kind: PermissionKind,
        /// How much harm it could do. An unknown one counts as high.
        risk: Risk,
    },
    /// An address that the connector sends people to is not there.
    LacksRedirect {
        /// The address.
        uri: String,
    },
    /// An address is there that the connector does not know.
    ExtraRedirect {
        /// The address.
        uri: String,
    },
    /// Other accounts may sign in.
    OtherAudience {
        /// As the connector wants it.
        wanted: SignInAudience,
        /// As it is, in Microsoft's words.
        found: String,
    },
}

impl Difference {
    /// What differs, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::LacksPermission { name, kind } => {
                format!("{} ({kind}) is not on the app any more.", words::short(name))
            }
            Self::ExtraPermission { name: Some(name), kind, .. } => {
                format!(
                    "{} ({kind}) is on the app, and the connector does not ask for it.",
                    words::short(name)
                )
            }
            Self::ExtraPermission { name: None, .. } => {
                "A permission that has no name here is on the app, and the connector does not ask for it."
                    .to_owned()
            }
            Self::LacksRedirect { uri } => {
                format!("The address {} is not on the app any more.", words::short(uri))
            }
            Self::ExtraRedirect { uri } => {
                format!(
                    "The address {} is on the app, and the connector does not know it.",
                    words::short(uri)
                )
            }
            Self::OtherAudience { wanted, found } => {
                format!(
                    "Its account type is {}. The connector wants {}.",
                    words::short(found),
                    wanted.as_graph()
                )
            }
        }
    }

    /// Whether a part of the product may not work because of it.
    #[must_use]
    pub fn breaks(&self) -> bool {
        match self {
            Self::LacksPermission { .. } | Self::LacksRedirect { .. } => true,
            // A narrower account type turns people away; a wider one lets more in.
            Self::OtherAudience { wanted, found } => {
                audience::parse(found).is_some_and(|found| found < *wanted)
            }
            Self::ExtraPermission { .. } | Self::ExtraRedirect { .. } => false,
        }
    }

    /// In ids. Never changes.
    fn key(&self) -> String {
        match self {
            Self::LacksPermission { name, kind } => format!("-{name} {kind}"),
            Self::ExtraPermission { name, kind, .. } => format!("+{} {kind}", name.as_deref().unwrap_or("?")),
            Self::LacksRedirect { uri } => format!("-{uri}"),
            Self::ExtraRedirect { uri } => format!("+{uri}"),
            Self::OtherAudience { found, .. } => format!("={found}"),
        }
    }
}

/// How an app differs from what its connector asks for: permissions, addresses, account types. Empty where it does not,
/// and where the app has no registration here.
#[must_use]
pub fn drift(spec: &RegistrationSpec, app: &App, names: &Permissions) -> Vec<Difference> {
    let Some(registration) = app.registration.as_ref() else { return Vec::new() };
    let mut all = Vec::new();
    let is = |need: &PermissionNeed, wanted: &Requested| is_same(need, wanted, names);
    for need in &spec.permissions {
        let by_exchange = spec.mailbox_access.is_limited()
            && need.key().and_then(permissions::entry).is_some_and(|entry| entry.exchange_role.is_some());
        if !by_exchange && !registration.requested.iter().any(|wanted| is(need, wanted)) {
            all.push(Difference::LacksPermission { name: need.value.clone(), kind: need.kind });
        }
    }
    for wanted in &registration.requested {
        let entry = permissions::requested(wanted);
        let name = names.name(wanted);
        let basic = !wanted.application && name.is_some_and(|name| consent::SIGNING_IN.contains(&name));
        if !basic && !spec.permissions.iter().any(|need| is(need, wanted)) {
            all.push(Difference::ExtraPermission {
                name: name.map(str::to_owned),
                kind: permissions::kind(wanted.application),
                risk: entry.map_or(Risk::High, |entry| entry.risk),
            });
        }
    }
    for uri in &spec.redirect_uris {
        let there = |one: &crate::Redirect| one.uri == uri.uri && platform(uri.platform) == one.platform;
        if !registration.redirects.iter().any(there) {
            all.push(Difference::LacksRedirect { uri: uri.uri.clone() });
        }
    }
    for redirect in &registration.redirects {
        if !spec.redirect_uris.iter().any(|uri| uri.uri == redirect.uri) {
            all.push(Difference::ExtraRedirect { uri: redirect.uri.clone() });
        }
    }
    match registration.audience.as_deref() {
        Some(found) if !found.eq_ignore_ascii_case(spec.sign_in_audience.as_graph()) => {
            all.push(Difference::OtherAudience { wanted: spec.sign_in_audience, found: found.to_owned() });
        }
        _ => {}
    }
    all
}

fn is_same(need: &PermissionNeed, wanted: &Requested, names: &Permissions) -> bool {
    let Some(key) = permissions::key_of(wanted) else { return false };
    if key.resource != need.resource.app_id || key.kind != need.kind {
        return false;
    }
    match need.id {
        Some(id) => id == key.id || names.name(wanted) == Some(need.value.as_str()),
        None => names.name(wanted) == Some(need.value.as_str()),
    }
}

fn platform(platform: RedirectPlatform) -> Platform {
    match platform {
        RedirectPlatform::Web => Platform::Web,
        RedirectPlatform::Spa => Platform::Spa,
        RedirectPlatform::Public => Platform::Public,
    }
}

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(connection) = case.connection else { return };
    let all = drift(&connection.spec, case.app, &case.context.permissions);
    if all.is_empty() {
        return;
    }
    let breaks = all.iter().any(Difference::breaks);
    let risky =
        |one: &Difference| matches!(one, Difference::ExtraPermission { risk, .. } if *risk >= Risk::High);
    let severity = if breaks || all.iter().any(risky) { Severity::Warning } else { Severity::Info };
    let title = match all.len() {
        1 => format!("It differs from its connector, {}, in one point.", words::short(&connection.name)),
        count => {
            format!("It differs from its connector, {}, in {count} points.", words::short(&connection.name))
        }
    };
    let mut keys: Vec<String> = all.iter().map(Difference::key).collect();
    keys.sort_unstable();
    let mut draft = case.finding(Rule::Drift, &keys.join(" "), severity, title).why(if breaks {
        "Somebody changed the app after the set-up, and a part of the product may not work."
    } else {
        "Somebody changed the app after the set-up, and nobody has tried it like this."
    });
    for difference in all.iter().take(6) {
        draft = draft.seen(difference.sentence());
    }
    if all.len() > 6 {
        draft = draft.seen(format!("There are {} more points.", all.len() - 6));
    }
    let action = RemedyAction::OpenConnection { connection_id: connection.id.clone() };
    found.push(draft.remedy("See in the set-up what is to be put right.", "Open the set-up", action).done());
}
