//! Credentials that live longer than the organisation allows, or without an end in sight.

use graph::resources::AppManagementPolicy;
use jiff::{SignedDuration, Timestamp};

use super::super::case::Case;
use super::super::{Finding, Rule, Severity, words};
use super::{remedies, ways_in};
use crate::{Credential, CredentialKind};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    for one in ways_in(case.app) {
        if one.kind == CredentialKind::Federated || one.ends.is_some_and(|ends| ends <= case.now()) {
            continue;
        }
        found.extend(beyond_policy(case, one).or_else(|| no_end_in_sight(case, one)));
    }
}

/// The policy that holds for the app.
fn policy<'c>(case: &Case<'c>) -> Option<&'c AppManagementPolicy> {
    case.context.own_policies.get(&case.app.app_id).or_else(|| case.context.policy.seen())
}

/// Since when the app is there. One of an unknown age falls only under limits that hold for every age.
fn created(case: &Case<'_>) -> Timestamp {
    case.app.registration.as_ref().and_then(|one| one.created).unwrap_or(Timestamp::MIN)
}

/// Whether the organisation forbids new secrets on the app.
pub(super) fn no_new_secrets(case: &Case<'_>) -> bool {
    policy(case).is_some_and(|policy| policy.password_rules(created(case)).forbidden)
}

/// The longest life that the organisation allows.
fn longest(case: &Case<'_>, kind: CredentialKind) -> Option<SignedDuration> {
    let policy = policy(case)?;
    match kind {
        CredentialKind::Secret => policy.password_rules(created(case)).longest,
        CredentialKind::Certificate => policy.certificate_rules(created(case)).longest,
        CredentialKind::SigningCertificate | CredentialKind::Federated => None,
    }
}

fn beyond_policy(case: &Case<'_>, one: &Credential) -> Option<Finding> {
    // The policy for registrations says nothing about what stands on an enterprise app.
    if one.on_enterprise_app || case.app.registration.is_none() {
        return None;
    }
    let allowed = longest(case, one.kind)?;
    let life = one.starts?.duration_until(one.ends?);
    // Entra rounds to seconds; an hour of grace keeps a secret of exactly the allowed life out.
    if life <= allowed.saturating_add(SignedDuration::from_hours(1)) {
        return None;
    }
    let title = format!("{} lives longer than allowed.", words::capital(&words::credential(one)));
    let draft = case
        .finding(Rule::OlderThanPolicy, &one.key_id, Severity::Warning, title)
        .why("Your organisation sets a limit, so that a stolen one is soon of no use.")
        .seen(format!("It lives {} days. The limit is {}.", life.as_hours() / 24, allowed.as_hours() / 24))
        .at(one.ends);
    let draft = match one.ends {
        Some(ends) => draft.seen(format!("It ends on {}.", case.days.day(ends))),
        None => draft,
    };
    Some(remedies::renew(case, one, draft).done())
}

fn no_end_in_sight(case: &Case<'_>, one: &Credential) -> Option<Finding> {
    let far = one.ends.filter(|ends| case.days.until(*ends) > case.context.thresholds.far);
    if one.ends.is_some() && far.is_none() {
        return None;
    }
    let name = words::capital(&words::credential(one));
    let title = match far {
        Some(ends) => format!("{name} lasts until {}.", case.days.date(ends).year()),
        None => format!("Microsoft names no end for {}.", words::credential(one)),
    };
    // Where no end is named, it may have none, or one that nobody sees.
    let secret = one.kind == CredentialKind::Secret && far.is_some();
    let severity = if secret { Severity::Warning } else { Severity::Info };
    let mut draft = case
        .finding(Rule::NeverEnds, &one.key_id, severity, title)
        .why(if far.is_some() {
            "If it leaks, a thief can use it for years."
        } else {
            "Nobody can be reminded of an end that is not known."
        })
        .at(one.ends);
    if let Some(starts) = one.starts {
        draft = draft.seen(format!("It is there since {}.", case.days.day(starts)));
    }
    draft = match far {
        Some(ends) => draft.seen(format!("It ends on {}.", case.days.day(ends))),
        None => draft.seen("Microsoft gives no day on which it ends."),
    };
    Some(remedies::renew(case, one, draft).done())
}
