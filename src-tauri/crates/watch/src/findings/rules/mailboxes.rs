//! Apps that reach every mailbox.

use blueprint::catalogue::retired_exchange_role;
use blueprint::{MailboxAccess, Risk};

use super::super::case::{Case, Draft};
use super::super::permissions::{self, Entry};
use super::super::{EVERY_APP, Finding, MailboxLimits, RemedyAction, Rule, Severity, words};
use super::{consent, retired};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    // Without a look into Exchange nobody can say what is limited.
    let (Some(wide), Some(limits)) = (wide(case), limits(case)) else { return };
    let names: Vec<&str> = wide.iter().map(|entry| entry.value).collect();
    if !wide.is_empty() && !limits.limited_roles.is_empty() && !limits.restricted_by_policy {
        found.push(trap(case, &names, &limits));
    } else if (!wide.is_empty() && !limits.restricted_by_policy) || !limits.wide_roles.is_empty() {
        found.push(every(case, &wide, &limits));
    }
}

/// What Exchange limits on the app; none where nobody has looked.
fn limits(case: &Case<'_>) -> Option<MailboxLimits> {
    let all = case.context.mailboxes.seen()?;
    let mut limits = all.get(&case.app.app_id).cloned().unwrap_or_default();
    if let Some(every) = all.get(EVERY_APP) {
        limits.restricted_by_policy |= every.restricted_by_policy;
        let new = every.closed_by_policy.iter().filter(|group| !limits.closed_by_policy.contains(group));
        let new: Vec<String> = new.cloned().collect();
        limits.closed_by_policy.extend(new);
    }
    // A role that Microsoft has taken away reaches nothing.
    let works = |role: &String| retired_exchange_role(role).is_none_or(|one| !retired::has_begun(case, &one));
    limits.limited_roles.retain(works);
    limits.wide_roles.retain(works);
    Some(limits)
}

/// What Entra grants on mailboxes, always for all of them; none where nobody has looked. Permissions of APIs that are
/// switched off reach nothing.
fn wide(case: &Case<'_>) -> Option<Vec<&'static Entry>> {
    let mut wide: Vec<&'static Entry> = case
        .app
        .grants
        .seen()?
        .iter()
        .filter(|grant| grant.application)
        .filter_map(permissions::granted)
        .filter(|entry| entry.exchange_role.is_some() && !retired::entry_is_over(case, entry))
        .collect();
    wide.sort_by_key(|entry| entry.value);
    wide.dedup_by_key(|entry| entry.value);
    Some(wide)
}

/// Whether Exchange gives the app what this permission gives, so that nothing is missing in Entra.
pub(super) fn given_by_exchange(case: &Case<'_>, entry: Option<&Entry>) -> bool {
    let Some(role) = entry.and_then(|entry| entry.exchange_role) else { return false };
    let chosen = case.connection.is_some_and(|one| one.spec.mailbox_access.is_limited());
    let has =
        |limits: &MailboxLimits| limits.limited_roles.iter().chain(&limits.wide_roles).any(|one| one == role);
    chosen || case.context.mailboxes.seen().and_then(|all| all.get(&case.app.app_id)).is_some_and(has)
}

fn trap(case: &Case<'_>, names: &[&str], limits: &MailboxLimits) -> Finding {
    let draft = case
        .finding(
            Rule::UnionTrap,
            "",
            Severity::Critical,
            match limits.closed_by_policy.as_slice() {
                [] => "Its mailbox limit does not hold: it reaches every mailbox.".to_owned(),
                but => format!(
                    "Its mailbox limit does not hold: it reaches all mailboxes except {}.",
                    of_groups(but)
                ),
            },
        )
        .why("What Entra and Exchange give adds up, so a limit in Exchange alone limits nothing.")
        .seen(format!("Exchange gives {} for some mailboxes.", words::list(&limits.limited_roles)))
        .seen(format!("Entra grants {} for all of them.", words::list(names)));
    limit(case, draft, "Keep what Exchange gives, and take away what Entra grants.", "Make the limit hold")
}

fn every(case: &Case<'_>, wide: &[&'static Entry], limits: &MailboxLimits) -> Finding {
    let names: Vec<&str> = wide.iter().map(|entry| entry.value).collect();
    let full = names.contains(&"full_access_as_app")
        || ["Mail.ReadWrite", "Mail.Send"].iter().all(|one| names.contains(one));
    let chosen = case.connection.is_some_and(|one| one.spec.mailbox_access == MailboxAccess::Everyone);
    let much = full || !limits.wide_roles.is_empty() || wide.iter().any(|entry| entry.risk >= Risk::High);
    let severity = if much && !chosen { Severity::Warning } else { Severity::Info };
    // Policies close nothing of what a role in Exchange gives.
    let but = if limits.wide_roles.is_empty() { limits.closed_by_policy.as_slice() } else { &[] };
    let title = match (full, but) {
        (true, []) => "It can do everything in every mailbox.".to_owned(),
        (false, []) => "It reaches every mailbox.".to_owned(),
        (true, but) => format!("It can do everything in all mailboxes except {}.", of_groups(but)),
        (false, but) => format!("It reaches all mailboxes except {}.", of_groups(but)),
    };
    let about = consent::subject(&names);
    let mut draft = case
        .finding(Rule::EveryMailbox, &about, severity, title)
        .why("Whoever gets hold of its secret reaches the mail or calendar of everybody.");
    if !names.is_empty() {
        draft = draft.seen(format!("Entra grants {}.", words::list(&names)));
    }
    draft = if !but.is_empty() {
        draft.seen(format!(
            "A policy in Exchange closes the mailboxes of {}, and no others.",
            words::list(but)
        ))
    } else if limits.wide_roles.is_empty() {
        draft.seen("Exchange does not limit it.")
    } else {
        draft.seen(format!("Exchange gives {} for every mailbox.", words::list(&limits.wide_roles)))
    };
    if chosen {
        draft = draft.seen("Every mailbox was chosen when it was set up.");
    }
    limit(case, draft, "Limit it to the people who use the product.", "Choose mailboxes")
}

/// "those of Board and Legal".
fn of_groups(groups: &[String]) -> String {
    format!("those of {}", words::list(groups))
}

/// A limit hangs on an app that is registered here or used here; an identity of Azure's is limited by hand.
fn limit(case: &Case<'_>, draft: Draft, sentence: &str, label: &str) -> Finding {
    if case.app.registration.is_some() && case.off.is_none() {
        draft.remedy(sentence, label, RemedyAction::LimitMailboxes).done()
    } else {
        draft.look(sentence).done()
    }
}
