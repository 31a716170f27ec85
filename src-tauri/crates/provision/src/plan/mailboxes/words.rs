//! The sentences of a limit.

use super::{HeldPolicy, LimitedMailboxes};
use crate::plan::words::Words;

fn whose(limited: &LimitedMailboxes) -> String {
    let titles: Vec<String> = limited.groups.iter().map(|group| format!("“{}”", group.title())).collect();
    titles.join(" and ")
}

pub(super) fn limit(name: &str, limited: &LimitedMailboxes, permissions: &[String]) -> Words {
    let (whose, permissions) = (whose(limited), permissions.join(", "));
    Words {
        sentence: format!("Let “{name}” into the mailboxes of {whose} only: {permissions}."),
        done: format!("“{name}” is let into the mailboxes of {whose} only: {permissions}."),
        undo: Some("What was made in Exchange for the limit is taken away again.".to_owned()),
    }
}

pub(super) fn take_wide(permissions: &[String]) -> Words {
    let names = permissions.join(", ");
    Words {
        sentence: format!("Take away what opens every mailbox beside the limit: {names}."),
        done: format!("Took away what opens every mailbox beside the limit: {names}."),
        undo: Some("What was taken away is granted again.".to_owned()),
    }
}

pub(super) fn migrate(policies: &[HeldPolicy]) -> Words {
    let groups: Vec<String> = policies.iter().map(|policy| format!("“{}”", policy.group)).collect();
    let groups = groups.join(" and ");
    Words {
        sentence: format!("Remove the application access policy for {groups}: the roles take its place."),
        done: format!("Removed the application access policy for {groups}."),
        undo: Some("The application access policy is made again.".to_owned()),
    }
}

pub(super) fn ask() -> Words {
    Words {
        sentence: "Ask Exchange whose mailboxes the app reaches now.".to_owned(),
        done: "Asked Exchange whose mailboxes the app reaches now.".to_owned(),
        undo: None,
    }
}
