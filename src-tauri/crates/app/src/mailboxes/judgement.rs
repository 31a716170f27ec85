//! A report on an app's ways to mailboxes, in sentences.

use contract::{MailboxMeans, MailboxMeansKind, MailboxReach, UnionTrap};
use provision::{MailboxReport, MailboxRole, MailboxVerdict};

/// Whose mailboxes an app reaches, in one word.
pub(super) fn reach(report: &MailboxReport) -> MailboxReach {
    match &report.verdict {
        MailboxVerdict::Nothing => MailboxReach::Nobody,
        MailboxVerdict::Everything if denied(report).is_empty() || wide_role(report) => {
            MailboxReach::Everyone
        }
        // A policy that denies is no limit: all others stay open.
        MailboxVerdict::Everything => MailboxReach::AllBut,
        MailboxVerdict::Limited | MailboxVerdict::LimitedByPolicy => MailboxReach::Limited,
        MailboxVerdict::Trap => MailboxReach::Everyone,
        MailboxVerdict::Unknown(_) => MailboxReach::Unknown,
    }
}

/// The same in a sentence.
pub(super) fn sentence(report: &MailboxReport) -> String {
    let name = &report.display_name;
    match &report.verdict {
        MailboxVerdict::Nothing => format!("{name} can open no mailbox by itself."),
        MailboxVerdict::Everything if reach(report) == MailboxReach::AllBut => {
            format!("{name} can open all mailboxes except those of {}.", denied(report).join(", "))
        }
        MailboxVerdict::Everything => format!("{name} can open every mailbox of the organisation."),
        MailboxVerdict::Trap => {
            format!("{name} can open every mailbox of the organisation, although it looks limited.")
        }
        MailboxVerdict::Limited | MailboxVerdict::LimitedByPolicy => {
            let mut whom = restricted(report);
            for one in report.roles.iter().map(limit) {
                if !whom.contains(&one) {
                    whom.push(one);
                }
            }
            let whom = whom.join(", ");
            match denied(report).as_slice() {
                // What a policy closes stays closed, whoever lets the app in; a role in Exchange is beside policies.
                but @ [_, ..] if report.roles.is_empty() => {
                    format!(
                        "{name} can open the mailboxes of {whom} and no others, except those of {}.",
                        but.join(", ")
                    )
                }
                _ => format!("{name} can open the mailboxes of {whom} and no others."),
            }
        }
        MailboxVerdict::Unknown(why) => format!("Whose mailboxes {name} can open is not known. {why}"),
    }
}

/// Every way in: what Entra grants, then the roles.
pub(super) fn means(report: &MailboxReport) -> Vec<MailboxMeans> {
    let granted = (!report.granted.is_empty()).then(|| MailboxMeans {
        kind: MailboxMeansKind::EntraGrant,
        sentence: granted(report),
        names: report.granted.clone(),
        scope: None,
    });
    let roles = report.roles.iter().map(|role| MailboxMeans {
        kind: MailboxMeansKind::ExchangeRole,
        sentence: match role.reach {
            provision::MailboxReach::Everybody => "A role in Exchange, for every mailbox.".to_owned(),
            _ => format!("A role in Exchange, for the mailboxes of {}.", limit(role)),
        },
        names: vec![role.role.clone()],
        scope: match role.reach {
            provision::MailboxReach::Everybody => None,
            _ => Some(limit(role)),
        },
    });
    granted.into_iter().chain(roles).collect()
}

/// A limited role beside an unlimited grant: Exchange allows what either of them allows.
pub(super) fn trap(report: &MailboxReport) -> Option<UnionTrap> {
    (report.verdict == MailboxVerdict::Trap).then(|| UnionTrap {
        title: "The limit does not limit anything.".to_owned(),
        why: format!(
            "The app has a role for some mailboxes, but Entra also grants {} for all of them, and either is enough. \
             Limit the app again: Gatehouse then takes the wide grant away.",
            report.granted.join(", ")
        ),
        permissions: report.granted.clone(),
    })
}

fn granted(report: &MailboxReport) -> String {
    let (only, but) = (restricted(report), denied(report));
    match (&report.verdict, only.as_slice(), but.as_slice()) {
        (MailboxVerdict::Unknown(_), _, _) => {
            "Granted in Entra for every mailbox. Whether Exchange limits it is not known.".to_owned()
        }
        (_, [], []) => "Granted in Entra for every mailbox, and nothing limits it.".to_owned(),
        (_, [], but) => {
            format!("Granted in Entra for every mailbox. A policy closes those of {}.", but.join(", "))
        }
        (_, only, []) => format!("Granted in Entra, and a policy limits it to {}.", only.join(", ")),
        (_, only, but) => format!(
            "Granted in Entra. A policy limits it to {}, and another one closes those of {}.",
            only.join(", "),
            but.join(", ")
        ),
    }
}

fn restricted(report: &MailboxReport) -> Vec<String> {
    let of = report.policies.iter().filter(|policy| !policy.denies);
    of.map(|policy| format!("“{}”", policy.group)).collect()
}

fn denied(report: &MailboxReport) -> Vec<String> {
    let of = report.policies.iter().filter(|policy| policy.denies);
    of.map(|policy| format!("“{}”", policy.group)).collect()
}

fn wide_role(report: &MailboxReport) -> bool {
    report.roles.iter().any(|role| role.reach == provision::MailboxReach::Everybody)
}

/// Whom a role's limit lets in.
fn limit(role: &MailboxRole) -> String {
    match &role.reach {
        provision::MailboxReach::Everybody => "everybody".to_owned(),
        provision::MailboxReach::Groups(groups) => {
            groups.iter().map(|group| format!("“{group}”")).collect::<Vec<_>>().join(", ")
        }
        provision::MailboxReach::Filter(filter) => format!("whoever fits the filter {filter}"),
        provision::MailboxReach::Other => {
            "a part of the organisation that Gatehouse does not look into".to_owned()
        }
    }
}
