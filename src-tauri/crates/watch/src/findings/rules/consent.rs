//! What an app asks for beside what it was granted.

use blueprint::{Risk, WhoConsents};

use super::super::case::Case;
use super::super::permissions::{self, Entry};
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use super::{mailboxes, retired};
use crate::{Granted, Requested};

/// What nearly every app asks for when somebody signs in. Nobody loses anything by it.
pub(super) const SIGNING_IN: [&str; 5] = ["openid", "profile", "email", "offline_access", "User.Read"];

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(registration) = case.app.registration.as_ref() else { return };
    let Some(grants) = case.app.grants.seen() else { return };
    let missing: Vec<Missing<'_>> =
        registration.requested.iter().filter_map(|wanted| missing(case, wanted, grants)).collect();
    if !missing.is_empty() {
        found.push(not_granted(case, &missing));
    }
    let excess: Vec<&Granted> =
        grants.iter().filter(|grant| is_excess(case, grant, &registration.requested)).collect();
    if !excess.is_empty() {
        found.push(not_asked_for(case, &excess));
    }
}

/// A permission that is asked for and not granted.
struct Missing<'a> {
    name: String,
    entry: Option<&'static Entry>,
    wanted: &'a Requested,
}

fn missing<'a>(case: &Case<'_>, wanted: &'a Requested, grants: &[Granted]) -> Option<Missing<'a>> {
    let entry = permissions::requested(wanted);
    if retired::is_over(case, wanted) || mailboxes::given_by_exchange(case, entry) {
        return None;
    }
    let known = case.context.permissions.name(wanted);
    let of_api = |grant: &&Granted| {
        // A grant of an unknown API may be this one.
        grant.application == wanted.application
            && grant.resource.as_ref().is_none_or(|api| api.eq_ignore_ascii_case(&wanted.resource))
    };
    let mut of_api = grants.iter().filter(of_api);
    let name = if wanted.application {
        if of_api.any(|grant| grant.permission.eq_ignore_ascii_case(&wanted.id)) {
            return None;
        }
        known.unwrap_or("a permission that has no name here").to_owned()
    } else {
        // A scope is granted by its name: without it, nobody can tell.
        let name = known?;
        let (for_all, somebody_is_enough) = who_consents(case, wanted, entry?)?;
        let mut given = of_api.filter(|grant| grant.permission.eq_ignore_ascii_case(name));
        if given.any(|grant| grant.everybody || somebody_is_enough || !for_all) {
            return None;
        }
        name.to_owned()
    };
    Some(Missing { name, entry, wanted })
}

/// Whether a delegated permission has to be granted beforehand: for everybody, or at least for somebody. `None` where
/// each person is asked at the sign-in.
fn who_consents(case: &Case<'_>, wanted: &Requested, entry: &Entry) -> Option<(bool, bool)> {
    let need = case.connection.and_then(|connection| {
        connection.spec.permissions.iter().find(|need| need.key() == permissions::key_of(wanted))
    });
    match need.map(|need| need.consent) {
        Some(WhoConsents::Organisation) => Some((true, false)),
        Some(WhoConsents::Admin) => Some((false, true)),
        Some(WhoConsents::EachPerson) => None,
        None => entry.admin.then_some((true, false)),
    }
}

fn not_granted(case: &Case<'_>, missing: &[Missing<'_>]) -> Finding {
    let names: Vec<&str> = missing.iter().map(|one| one.name.as_str()).collect();
    let (title, them) = match names.as_slice() {
        [one] => (format!("{} is asked for, but not granted.", words::capital(one)), "it"),
        many => (format!("{} permissions are asked for, but not granted.", many.len()), "them"),
    };
    let by_itself = missing.iter().any(|one| one.wanted.application);
    let severity = if by_itself { Severity::Warning } else { Severity::Info };
    let mut draft = case
        .finding(Rule::MissingConsent, &subject(&names), severity, title)
        .why("Microsoft turns the app away there, so a part of the product does not work.")
        .seen(format!("The app asks for {}.", words::list(&names)));
    if case.app.enterprise_app.is_none() {
        draft = draft.seen("There is no enterprise app yet, so nothing can be granted to it.");
    }
    let critical = missing.iter().any(|one| one.entry.is_none_or(|entry| entry.risk == Risk::Critical));
    let by_exchange = missing.iter().any(|one| one.entry.is_some_and(|entry| entry.exchange_role.is_some()));
    let unlooked = case.context.mailboxes.seen().is_none();
    if by_exchange && unlooked {
        draft = draft.seen("Exchange may give the app the same for some mailboxes. Nobody has looked there.");
    }
    // A grant is a right: no button for one that gives control, or that would open what Exchange keeps shut.
    if critical {
        draft.look("Find out what the app is for. Grant it only if you trust the app with so much.").done()
    } else if by_exchange && unlooked {
        draft.look("Look at its mailbox access first. Then grant what the product needs.").done()
    } else if case.off.is_some() {
        draft.look("Find out why it is switched off before you grant anything.").done()
    } else {
        let sentence = format!("If you know the app and its product, grant {them}.");
        draft.remedy(sentence, "Grant", RemedyAction::Grant).done()
    }
}

/// Whether a grant is one that the app does not ask for. A grant or a request that nobody can name is left alone.
fn is_excess(case: &Case<'_>, grant: &Granted, requested: &[Requested]) -> bool {
    let Some(api) = grant.resource.as_deref() else { return false };
    let mut of_api = requested.iter().filter(|wanted| {
        wanted.application == grant.application && wanted.resource.eq_ignore_ascii_case(api)
    });
    if grant.application {
        return !of_api.any(|wanted| wanted.id.eq_ignore_ascii_case(&grant.permission));
    }
    // What one person agreed to is that person's choice; apps may ask for it without a word on the registration.
    if !grant.everybody || SIGNING_IN.iter().any(|basic| basic.eq_ignore_ascii_case(&grant.permission)) {
        return false;
    }
    of_api.all(|wanted| {
        case.context
            .permissions
            .name(wanted)
            .is_some_and(|name| !name.eq_ignore_ascii_case(&grant.permission))
    })
}

fn not_asked_for(case: &Case<'_>, excess: &[&Granted]) -> Finding {
    let entries: Vec<Option<&Entry>> = excess.iter().map(|grant| permissions::granted(grant)).collect();
    let names: Vec<&str> = excess
        .iter()
        .zip(&entries)
        .map(|(grant, entry)| match entry {
            Some(entry) => entry.value,
            None if grant.application => "a permission that has no name here",
            None => grant.permission.as_str(),
        })
        .collect();
    let title = match names.as_slice() {
        [one] => format!("{} is granted, but not asked for.", words::capital(&words::short(one))),
        many => format!("{} permissions are granted, but not asked for.", many.len()),
    };
    let harmful = excess
        .iter()
        .zip(&entries)
        .any(|(grant, entry)| grant.application && entry.is_none_or(|entry| entry.risk >= Risk::High));
    let severity = if harmful { Severity::Warning } else { Severity::Info };
    let mut draft = case
        .finding(Rule::ExcessConsent, &subject(&names), severity, title)
        .why("What an app can do but does not need helps only somebody who breaks in.");
    for ((grant, entry), name) in excess.iter().zip(&entries).zip(&names).take(5) {
        let since = grant.since.map(|since| format!(", since {}", case.days.day(since))).unwrap_or_default();
        let name = words::capital(&words::short(name));
        draft = draft.seen(match entry {
            Some(entry) => format!("{name} is granted{since}. It means: {}", entry.sentence),
            None => format!("{name} is granted{since}."),
        });
    }
    draft
        .look("Ask who runs the product whether it uses them. Taking away what it uses would stop it.")
        .done()
}

/// What a finding about several permissions is about: with another one, it is another finding.
pub(super) fn subject(names: &[&str]) -> String {
    let mut names = names.to_vec();
    names.sort_unstable();
    names.join(" ")
}
