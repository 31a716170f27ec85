//! Apps that nobody looks after, or only one person.

use super::super::case::Case;
use super::super::{Finding, RemedyAction, Rule, Severity, words};
use crate::Owner;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(owners) = case.app.owners.seen() else { return };
    // An app can own an app, but reads no mail and renews nothing.
    let people: Vec<&Owner> = owners.iter().filter(|one| one.upn.is_some()).collect();
    let working: Vec<&Owner> = people.iter().copied().filter(|one| one.enabled != Some(false)).collect();
    match working.as_slice() {
        [] => found.push(nobody(case, &people, owners.len())),
        [one] => found.push(only_one(case, one, &people)),
        _ => {}
    }
}

fn nobody(case: &Case<'_>, people: &[&Owner], all: usize) -> Finding {
    let title = match people {
        [] => "Nobody owns the app.".to_owned(),
        [one] => format!("Its only owner, {}, can no longer sign in.", name(one)),
        _ => "None of its owners can sign in any more.".to_owned(),
    };
    let evidence = match people {
        [] if all > 0 => "Only other apps own it, and no person.".to_owned(),
        [] => "Its list of owners is empty.".to_owned(),
        many => format!("The account is switched off for {}.", words::list(&names(many))),
    };
    case.finding(Rule::NoOwner, "", Severity::Warning, title)
        .why("When it needs something, nobody hears of it.")
        .seen(evidence)
        .remedy("Make two people its owners.", "Add an owner", RemedyAction::AddOwner)
        .done()
}

fn only_one(case: &Case<'_>, one: &Owner, people: &[&Owner]) -> Finding {
    let title = format!("{} is its only owner.", name(one));
    let mut draft = case
        .finding(Rule::OneOwner, "", Severity::Info, title)
        .why("When that person leaves, nobody looks after it.")
        .seen("No other owner can sign in.");
    let gone: Vec<&Owner> = people.iter().copied().filter(|other| other.id != one.id).collect();
    if !gone.is_empty() {
        draft = draft.seen(format!("The account is switched off for {}.", words::list(&names(&gone))));
    }
    draft.remedy("Make a second person its owner.", "Add an owner", RemedyAction::AddOwner).done()
}

fn names(owners: &[&Owner]) -> Vec<String> {
    owners.iter().map(|one| name(one)).collect()
}

/// The name, else the sign-in name.
fn name(owner: &Owner) -> String {
    let name = words::short(owner.name.trim());
    if name.is_empty() { words::short(owner.upn.as_deref().unwrap_or(&owner.id)) } else { name }
}
