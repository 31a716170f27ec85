//! Credentials that ended, and those that end soon.

use jiff::{SignedDuration, Timestamp};

use super::super::case::{Case, Draft};
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use super::{remedies, signing, ways_in};
use crate::{Credential, CredentialKind, Known, LastUse};

/// How long an app may go on with the token that it had: with continuous access evaluation, up to 28 hours
/// (learn.microsoft.com, "Access tokens in the Microsoft identity platform").
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(28);

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let ways: Vec<&Credential> = ways_in(case.app).collect();
    let signs: Vec<&Credential> = signing(case.app).collect();
    for (group, signs) in [(ways, false), (signs, true)] {
        let (ended, works): (Vec<_>, Vec<_>) = group.into_iter().partition(|one| has_ended(case, one));
        let left = still_matter(case, &ended, &works, signs, found);
        left_behind(case, &left, &works, signs, found);
        found.extend(works.iter().filter_map(|one| ends_soon(case, one, &works)));
    }
}

fn has_ended(case: &Case<'_>, one: &Credential) -> bool {
    one.ends.is_some_and(|ends| ends <= case.now())
}

/// The ended ones that something waits for; gives back the rest.
fn still_matter<'c>(
    case: &Case<'_>,
    ended: &[&'c Credential],
    works: &[&Credential],
    signs: bool,
    found: &mut Vec<Finding>,
) -> Vec<&'c Credential> {
    let started = |one: &&Credential| one.starts.is_none_or(|starts| starts <= case.now());
    // Of an app that is registered elsewhere, only a part of the credentials is seen.
    let sees_all = case.app.registration.is_some() || signs;
    let alone = sees_all && !works.iter().any(started) && case.off.is_none();
    let last = ended.iter().max_by_key(|one| one.ends).map(|one| one.key_id.as_str());
    let mut left = Vec::new();
    for one in ended {
        let Some(ends) = one.ends else { continue };
        if alone && last == Some(one.key_id.as_str()) && !lives_without(case, ends, signs) {
            found.push(nothing_took_its_place(case, one, ends, works, signs));
        } else if let Some(severity) = used_until_the_end(case, one, works) {
            found.push(still_used(case, one, ends, severity));
        } else {
            left.push(*one);
        }
    }
    left
}

/// Whether Microsoft's own records show that nothing waits for the credential: nobody used the app while it still worked,
/// or the app went on without it.
fn lives_without(case: &Case<'_>, ends: Timestamp, signs: bool) -> bool {
    match case.app.last_sign_in {
        // Microsoft goes on signing with an ended certificate, so that sign-ins after its end prove nothing of it.
        Known::Seen(LastUse::At { at }) => {
            !signs && at > ends.saturating_add(TOKEN_LIFE).unwrap_or(Timestamp::MAX)
        }
        Known::Seen(LastUse::NotSince { since }) => since <= ends,
        Known::NotLooked | Known::Hidden(_) => false,
    }
}

fn nothing_took_its_place(
    case: &Case<'_>,
    one: &Credential,
    ends: Timestamp,
    works: &[&Credential],
    signs: bool,
) -> Finding {
    let forgotten = -case.days.until(ends) > case.context.thresholds.forgotten;
    let severity = if forgotten || signs { Severity::Warning } else { Severity::Critical };
    let title = format!(
        "{} ended {}, and nothing took its place.",
        words::capital(&words::credential(one)),
        case.days.distance(ends)
    );
    let mut draft = case
        .finding(Rule::Expired, &one.key_id, severity, title)
        .why(if signs {
            "Many products turn people away when the signing certificate has ended."
        } else {
            "The app cannot sign in any more, so what depends on it has stopped."
        })
        .seen(format!("It ended {}.", case.days.full(ends)))
        .at(Some(ends))
        .counts_days();
    draft = match works.iter().min_by_key(|next| next.starts) {
        Some(next) => {
            let day = next.starts.map(|starts| case.days.day(starts)).unwrap_or_default();
            let name = words::capital(&words::credential(next));
            draft.seen(format!("{name} works only from {day} on."))
        }
        None => draft.seen("The app has no other one that works."),
    };
    remedies::renew(case, one, draft.seen(case.last_sign_in())).done()
}

/// Whether an ended credential was in use while another one already worked. `None` when it was not, or nobody knows.
fn used_until_the_end(case: &Case<'_>, one: &Credential, works: &[&Credential]) -> Option<Severity> {
    let Known::Seen(LastUse::At { at }) = one.last_use else { return None };
    if -case.days.until(at) > case.context.thresholds.lately || case.off.is_some() {
        return None;
    }
    let used_later =
        |other: &&Credential| matches!(other.last_use, Known::Seen(LastUse::At { at: then }) if then >= at);
    if works.iter().any(used_later) {
        return None;
    }
    // Where the use of the others cannot be seen, the app may have moved on.
    let all_seen = works.iter().all(|other| other.last_use.seen().is_some());
    Some(if all_seen { Severity::Critical } else { Severity::Warning })
}

fn still_used(case: &Case<'_>, one: &Credential, ends: Timestamp, severity: Severity) -> Finding {
    let title = format!(
        "{} was in use until it ended {}.",
        words::capital(&words::credential(one)),
        case.days.distance(ends)
    );
    let mut draft = case
        .finding(Rule::Expired, &one.key_id, severity, title)
        .why("The product may still try to sign in with it, and be turned away.")
        .seen(format!("It ended {}.", case.days.full(ends)))
        .at(Some(ends))
        .counts_days();
    draft = last_use(case, one, draft);
    draft = draft.seen(if severity == Severity::Critical {
        "Microsoft has not seen the app use another one since then."
    } else {
        "Another one works, but whether the app uses it is not known."
    });
    draft.look("Give the product the newer one, or make a new one in the app.").done()
}

fn last_use(case: &Case<'_>, one: &Credential, draft: Draft) -> Draft {
    match one.last_use {
        Known::Seen(LastUse::At { at }) => {
            draft.seen(format!("Microsoft last saw it in use on {}.", case.days.day(at)))
        }
        Known::Seen(LastUse::NotSince { since }) => {
            draft.seen(format!("Microsoft has not seen it in use since {}.", case.days.day(since)))
        }
        Known::NotLooked | Known::Hidden(_) => draft,
    }
}

fn left_behind(
    case: &Case<'_>,
    left: &[&Credential],
    works: &[&Credential],
    signs: bool,
    found: &mut Vec<Finding>,
) {
    // A signing certificate that took another's place leaves nothing to do.
    if left.is_empty() || (signs && !works.is_empty()) {
        return;
    }
    let title = match left {
        [one] => format!("{} has ended and is still there.", words::capital(&words::credential(one))),
        many => format!("{} secrets or certificates have ended and are still there.", many.len()),
    };
    let about = if signs { "signing" } else { "" };
    let mut draft = case
        .finding(Rule::ExpiredLeftBehind, about, Severity::Info, title)
        .why("What no longer works hides what counts.")
        .at(left.iter().filter_map(|one| one.ends).max());
    for one in left.iter().take(5) {
        let ends = one.ends.map(|ends| case.days.day(ends)).unwrap_or_default();
        draft = draft.seen(format!("{} ended on {ends}.", words::capital(&words::credential(one))));
    }
    if left.len() > 5 {
        draft = draft.seen(format!("There are {} more of them.", left.len() - 5));
    }
    let keys: Vec<String> =
        left.iter().filter(|one| remedies::removable(case, one)).map(|one| one.key_id.clone()).collect();
    draft = if keys.is_empty() {
        draft.look("Take them away where the product is looked after.")
    } else {
        let label = if keys.len() == 1 { "Remove it" } else { "Remove them" };
        let action = RemedyAction::RemoveCredentials { key_ids: keys };
        draft.remedy(
            "Take away what has ended. Nothing can sign in with it, so nothing stops.",
            label,
            action,
        )
    };
    found.push(draft.done());
}

fn ends_soon(case: &Case<'_>, one: &Credential, works: &[&Credential]) -> Option<Finding> {
    let ends = one.ends?;
    let days = case.days.until(ends);
    let limits = &case.context.thresholds;
    let base = match days {
        days if days <= limits.emergency => Severity::Critical,
        days if days <= limits.warning => Severity::Warning,
        days if days <= limits.notice => Severity::Info,
        _ => return None,
    };
    let next = works.iter().filter(|other| other.key_id != one.key_id).find(|other| {
        let in_time = other.starts.is_none_or(|starts| starts <= ends);
        in_time && other.ends.is_none_or(|later| case.days.until(later) > limits.notice)
    });
    let moved = next.is_some_and(|next| moved_on(one, next));
    let severity = match next {
        Some(_) if moved => Severity::Info,
        Some(next) if stays(one, next) => base,
        Some(_) => base.lower(),
        None => base,
    };
    let title = format!("{} ends {}.", words::capital(&words::credential(one)), case.days.distance(ends));
    let mut draft = case
        .finding(Rule::Expiring, &one.key_id, severity, title)
        .why(match (one.kind, next) {
            (CredentialKind::SigningCertificate, _) => {
                "From then on, many products turn people away until they know a new one."
            }
            (_, Some(_)) => "If the product still uses it, it stops on that day.",
            (_, None) => "From then on, the app cannot sign in, and what depends on it stops.",
        })
        .seen(format!("It ends {}.", case.days.full(ends)))
        .at(Some(ends))
        .counts_days();
    draft = match next {
        Some(next) => {
            let name = words::capital(&words::credential(next));
            match next.ends {
                Some(later) => {
                    draft.seen(format!("{name} is there too, and works until {}.", case.days.day(later)))
                }
                None => draft.seen(format!("{name} is there too.")),
            }
        }
        None => draft.seen("Nothing is there yet to take its place."),
    };
    draft = last_use(case, one, draft);
    let draft = match next {
        Some(_) if moved => {
            draft.look("The app already uses the newer one. Take this one away when you like.")
        }
        Some(_) => draft.look("Make sure that the product uses the newer one. Then take this one away."),
        None => remedies::renew(case, one, draft),
    };
    Some(draft.done())
}

/// Microsoft's records show that the app left this one for the other.
fn moved_on(one: &Credential, next: &Credential) -> bool {
    let Known::Seen(LastUse::At { at: newer }) = next.last_use else { return false };
    match one.last_use {
        Known::Seen(LastUse::At { at }) => at < newer,
        Known::Seen(LastUse::NotSince { .. }) => true,
        Known::NotLooked | Known::Hidden(_) => false,
    }
}

/// Microsoft's records show that the app still uses this one and not the other.
fn stays(one: &Credential, next: &Credential) -> bool {
    matches!(one.last_use, Known::Seen(LastUse::At { .. }))
        && next.last_use.seen().is_some()
        && !moved_on(one, next)
}
