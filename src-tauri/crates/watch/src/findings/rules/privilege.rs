//! Apps that could take control of the organisation.

use blueprint::Risk;

use super::super::case::Case;
use super::super::permissions::{self, Entry};
use super::super::{Finding, Rule, Severity, words};
use super::consent;
use crate::{Known, LastUse};

/// What often does as well, where Microsoft has something narrower, and for what.
const NARROWER: [(&str, &str); 8] = [
    ("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy is enough for apps that it made itself."),
    (
        "Directory.ReadWrite.All",
        "User.ReadWrite.All or Group.ReadWrite.All is enough for people or for groups.",
    ),
    (
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.Read.Directory is enough to see who has which role.",
    ),
    ("AppRoleAssignment.ReadWrite.All", "Application.Read.All is enough to see what apps may do."),
    ("Group.ReadWrite.All", "Group.Read.All is enough to see who is in which group."),
    ("User.ReadWrite.All", "User.Read.All is enough to see who is there."),
    ("Sites.FullControl.All", "Sites.Selected is enough for sites that you pick."),
    ("full_access_as_app", "Microsoft Graph has a right for each thing, such as Mail.Read."),
];

/// What products for mail and calendars ask for.
const OF_MAIL: [&str; 5] = ["Calendars.", "Contacts.", "Mail.", "MailboxSettings.", "Place."];

/// What they ask for beside it, to know whose mail it is.
const OF_PEOPLE: [&str; 3] = ["User.Read", "User.Read.All", "User.ReadBasic.All"];

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(grants) = case.app.grants.seen() else { return };
    // A scope for one person can do no more than that person.
    let held: Vec<&Entry> = grants
        .iter()
        .filter(|grant| grant.everybody || grant.application)
        .filter_map(permissions::granted)
        .collect();
    let (critical, others): (Vec<&Entry>, Vec<&Entry>) =
        held.into_iter().partition(|entry| entry.risk == Risk::Critical);
    let mut critical: Vec<&Entry> =
        critical.into_iter().filter(|entry| !is_needed(case, entry) && !is_limited(case, entry)).collect();
    critical.sort_by_key(|entry| entry.value);
    critical.dedup_by_key(|entry| entry.value);
    if !critical.is_empty() {
        found.push(too_much(case, &critical, &others));
    }
}

/// Whether the connector that the app was set up with asks for it.
fn is_needed(case: &Case<'_>, entry: &Entry) -> bool {
    case.connection.is_some_and(|connection| {
        connection.spec.permissions.iter().any(|need| {
            need.resource.app_id == entry.key.resource
                && need.kind == entry.key.kind
                && need.value == entry.value
        })
    })
}

/// Whether Exchange keeps a permission on mailboxes to some of them.
fn is_limited(case: &Case<'_>, entry: &Entry) -> bool {
    let limits = case.context.mailboxes.seen().and_then(|all| all.get(&case.app.app_id));
    entry.exchange_role.is_some() && limits.is_some_and(|limits| limits.restricted_by_policy)
}

fn too_much(case: &Case<'_>, critical: &[&Entry], others: &[&Entry]) -> Finding {
    let names: Vec<&str> = critical.iter().map(|entry| entry.value).collect();
    let title = match names.as_slice() {
        [one] => format!("It holds {one}, which gives very much."),
        many => format!("It holds {} permissions that give very much.", many.len()),
    };
    let unwatched = unwatched(case);
    let severity = if unwatched.is_empty() { Severity::Warning } else { Severity::Critical };
    let why = match critical {
        [one] => one.risk_reason.as_str(),
        _ => "With these rights, whoever has its secret can take over the organisation.",
    };
    let mut draft = case.finding(Rule::OverPrivileged, &consent::subject(&names), severity, title).why(why);
    for entry in critical.iter().take(5) {
        draft = draft.seen(format!("{} means: {}", entry.value, entry.sentence));
    }
    if critical.len() > 5 {
        draft = draft.seen(format!("There are {} more of them.", critical.len() - 5));
    }
    if let Some(connection) = case.connection {
        draft =
            draft.seen(format!("The connector of {} does not ask for it.", words::short(&connection.name)));
    }
    let mail = |entry: &&Entry| OF_MAIL.iter().any(|area| entry.value.starts_with(area));
    let people = |entry: &&Entry| OF_PEOPLE.contains(&entry.value);
    if others.iter().any(mail) && others.iter().all(|entry| mail(entry) || people(entry)) {
        draft =
            draft.seen("All else that it holds is about mail and calendars, which need nothing of the kind.");
    }
    if critical.iter().any(|entry| entry.exchange_role.is_some()) && case.context.mailboxes.seen().is_none() {
        draft = draft.seen("Whether Exchange limits it to some mailboxes is not known.");
    }
    for sentence in unwatched {
        draft = draft.seen(sentence);
    }
    let narrower: Vec<&str> = NARROWER
        .iter()
        .filter(|(wide, _)| names.contains(wide))
        .map(|(_, sentence)| *sentence)
        .take(2)
        .collect();
    // Taking away what a product uses stops it: no button for that.
    let ask = "Ask who runs the product what it needs.";
    draft
        .look(if narrower.is_empty() {
            ask.to_owned()
        } else {
            format!("{ask} Often, {}", narrower.join(" Often, "))
        })
        .done()
}

/// What makes a powerful app a present danger: nobody looks after it, nobody uses it, or strangers can try it.
fn unwatched(case: &Case<'_>) -> Vec<String> {
    let mut all = Vec::new();
    if case.app.owners.seen().is_some_and(Vec::is_empty) && case.app.registration.is_some() {
        all.push("Nobody owns the app.".to_owned());
    }
    if let Known::Seen(LastUse::NotSince { since }) = case.app.last_sign_in
        && -case.days.until(since) >= case.context.thresholds.lately
    {
        all.push(format!("Microsoft has not seen the app sign in since {}.", case.days.day(since)));
    }
    let audience = case.app.registration.as_ref().and_then(|one| one.audience.as_deref());
    if audience.is_some_and(|one| !one.eq_ignore_ascii_case("AzureADMyOrg")) {
        all.push("People of other organisations can try to sign in to it.".to_owned());
    }
    all
}
