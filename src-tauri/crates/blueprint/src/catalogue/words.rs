//! Our own words for permissions.
//!
//! `words.txt` holds hand-written ones, one line each; every other permission gets a sentence from Microsoft's title.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Serialize;

use super::table::Row;
use super::{PermissionKind, Risk, packed};

/// Whose data a permission touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhoseData {
    /// Nobody's.
    Nobody,
    /// That of the person who signed in.
    SignedIn,
    /// That of the person who signed in, and what others share with that person.
    Shared,
    /// Whatever the person who signed in can reach.
    Reachable,
    /// That of every person in the organisation.
    Everyone,
    /// The organisation's own: settings, groups, apps, reports.
    Organisation,
    /// Only what an admin picks.
    Picked,
}

impl WhoseData {
    /// The answer to "whose data?".
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Nobody => "Nobody's data.",
            Self::SignedIn => "The data of the person who signed in.",
            Self::Shared => "The data of the person who signed in, and what others share with that person.",
            Self::Reachable => "Whatever the person who signed in can reach.",
            Self::Everyone => "The data of everybody in the organisation.",
            Self::Organisation => "The organisation's own data.",
            Self::Picked => "Only what an admin picks.",
        }
    }

    /// From the permission's name, where nobody has written it down.
    pub(super) fn guess(row: &Row) -> Self {
        const OF_PEOPLE: [&str; 16] = [
            "Calendar",
            "Call",
            "Chat",
            "Contact",
            "Files",
            "Mail",
            "Notes",
            "OnlineMeeting",
            "People",
            "Presence",
            "ShortNotes",
            "Tasks",
            "User",
            "VirtualAppointment",
            "AiEnterpriseInteraction",
            "Message",
        ];
        let parts: Vec<&str> = row.value.split('.').collect();
        let last = parts.last().copied().unwrap_or_default();
        match row.key.kind {
            _ if last == "Selected" => Self::Picked,
            PermissionKind::Delegated if last == "Shared" => Self::Shared,
            PermissionKind::Delegated if last == "All" => Self::Reachable,
            PermissionKind::Delegated => Self::SignedIn,
            PermissionKind::Application if OF_PEOPLE.iter().any(|prefix| row.value.starts_with(prefix)) => {
                Self::Everyone
            }
            PermissionKind::Application => Self::Organisation,
        }
    }
}

/// One line of `words.txt`.
pub(super) struct Words {
    value: &'static str,
    kind: PermissionKind,
    sentence: &'static str,
    pub(super) whose_data: WhoseData,
    pub(super) risk: Risk,
    pub(super) risk_reason: &'static str,
}

/// The hand-written words for a permission. They go by name and kind and hold on every API, but for the names that
/// Microsoft Graph has given a new meaning, which are written down with the API's name in front.
pub(super) fn of(row: &Row) -> Option<&'static Words> {
    let words = all();
    let find = |value: &str| words.iter().find(|words| words.kind == row.key.kind && words.value == value);
    find(&format!("{}: {}", row.resource_name(), row.value)).or_else(|| find(row.value))
}

/// The sentence for a permission: ours, or one made from Microsoft's title.
pub(super) fn sentence(row: &Row, words: Option<&&'static Words>) -> Cow<'static, str> {
    if let Some(words) = words {
        return Cow::Borrowed(words.sentence);
    }
    let mut sentence = row.microsoft_name.split_whitespace().collect::<Vec<_>>().join(" ");
    // A few titles say "Read" of a permission that also writes.
    if row.value.contains("ReadWrite") && sentence.starts_with("Read ") && !says_write(&sentence) {
        sentence.replace_range(..4, "Read and change");
    }
    if sentence == row.value {
        sentence = format!("Use what Microsoft calls {}", row.value);
    }
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    Cow::Owned(sentence)
}

fn says_write(sentence: &str) -> bool {
    const WORDS: [&str; 13] = [
        "write",
        "update",
        "create",
        "change",
        "manage",
        "edit",
        "delete",
        "modify",
        "execute",
        "configure",
        "perform",
        "add",
        "set",
    ];
    WORDS.iter().any(|word| sentence.to_lowercase().contains(word))
}

fn all() -> &'static [Words] {
    static WORDS: OnceLock<Vec<Words>> = OnceLock::new();
    WORDS.get_or_init(|| packed::words().filter_map(read).collect())
}

/// `name | kind | sentence | whose data | risk | why that risk`
fn read(line: &'static str) -> Option<Words> {
    let mut columns = line.split('|').map(str::trim);
    Some(Words {
        value: columns.next()?,
        kind: match columns.next()? {
            "app" => PermissionKind::Application,
            "delegated" => PermissionKind::Delegated,
            _ => return None,
        },
        sentence: columns.next()?,
        whose_data: match columns.next()? {
            "nobody" => WhoseData::Nobody,
            "signed-in" => WhoseData::SignedIn,
            "shared" => WhoseData::Shared,
            "reachable" => WhoseData::Reachable,
            "everyone" => WhoseData::Everyone,
            "organisation" => WhoseData::Organisation,
            "picked" => WhoseData::Picked,
            _ => return None,
        },
        risk: match columns.next()? {
            "low" => Risk::Low,
            "medium" => Risk::Medium,
            "high" => Risk::High,
            "critical" => Risk::Critical,
            _ => return None,
        },
        risk_reason: columns.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::table;

    #[test]
    fn every_line_is_read_and_belongs_to_a_permission() {
        assert_eq!(all().len(), packed::words().count());
        for (at, words) in all().iter().enumerate() {
            let used =
                table::rows().iter().any(|row| of(row).is_some_and(|found| std::ptr::eq(found, words)));
            assert!(used, "no permission is called {} ({})", words.value, words.kind);
            let twice =
                all()[..at].iter().any(|other| other.value == words.value && other.kind == words.kind);
            assert!(!twice, "{} ({}) is there twice", words.value, words.kind);
            assert!(words.sentence.ends_with('.') && words.risk_reason.ends_with('.'), "{}", words.value);
        }
    }
}
