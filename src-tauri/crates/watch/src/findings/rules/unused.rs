//! Credentials that nothing uses, by Microsoft's own records and never by a guess.

use jiff::Timestamp;

use super::super::case::Case;
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use super::{remedies, ways_in};
use crate::{Credential, CredentialKind, Known, LastUse};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    for one in ways_in(case.app) {
        let works = one.ends.is_none_or(|ends| ends > case.now());
        if one.kind != CredentialKind::Federated && works {
            found.extend(unused(case, one));
        }
    }
}

fn unused(case: &Case<'_>, one: &Credential) -> Option<Finding> {
    let limit = case.context.thresholds.unused;
    let long_ago = |at: Timestamp| -case.days.until(at) >= limit;
    // One that is newer than that had no time to be used.
    if !one.starts.is_some_and(long_ago) {
        return None;
    }
    let (since, sentence) = match one.last_use {
        Known::Seen(LastUse::At { at }) if long_ago(at) => {
            (at, format!("Microsoft last saw it in use on {}.", case.days.day(at)))
        }
        Known::Seen(LastUse::NotSince { since }) if long_ago(since) => (
            since,
            format!("Microsoft's records go back to {}, and it is not in them.", case.days.day(since)),
        ),
        _ => return None,
    };
    let name = words::credential(one);
    let title = format!("Nothing has used {name} since {}.", case.days.day(since));
    let draft = case
        .finding(Rule::UnusedCredential, &one.key_id, Severity::Info, title)
        .why("What nobody uses can only be stolen.")
        .seen(sentence)
        .at(one.ends);
    // Only another one that is in use proves that the product does not need this one.
    let proof = ways_in(case.app).find(|other| {
        other.key_id != one.key_id
            && matches!(other.last_use, Known::Seen(LastUse::At { at }) if -case.days.until(at) <= case.context.thresholds.lately)
    });
    Some(match proof {
        Some(other) if remedies::removable(case, one) => draft
            .seen(format!("The app uses {} instead.", words::credential(other)))
            .remedy(
                "Take it away. The app signs in with another one.",
                "Remove it",
                RemedyAction::RemoveCredentials { key_ids: vec![one.key_id.clone()] },
            )
            .done(),
        _ => draft
            .seen("Something that runs once a year may still need it.")
            .look("Ask who runs the product before you take it away.")
            .done(),
    })
}
