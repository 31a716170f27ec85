//! Names of permissions that are not quite right, as they stand in guides.

use uuid::Uuid;

use super::key::MICROSOFT_GRAPH;
use super::table::{self, Row};
use super::{Permission, PermissionKind};

/// What a name turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameMatch {
    /// A permission's name, letter by letter.
    Exact(Permission),
    /// Another way to write it; `note` says so in a sentence.
    Corrected {
        /// The permission that is meant.
        permission: Permission,
        /// What to tell the reader of the guide.
        note: String,
    },
    /// A permission of this name exists, but only of the other kind.
    OtherKind {
        /// The permission of the other kind.
        permission: Permission,
        /// What to tell the reader of the guide.
        note: String,
    },
    /// No permission; `nearest` comes nearest, if any does.
    Unknown {
        /// The name that comes nearest.
        nearest: Option<&'static str>,
    },
}

/// Names in vendors' guides that are not Microsoft's. The first part of a name, and what it stands for.
const FIRST_PARTS: [(&str, &str); 14] = [
    ("apps", "Application"),
    ("calendar", "Calendars"),
    ("contact", "Contacts"),
    ("email", "Mail"),
    ("emails", "Mail"),
    ("event", "Calendars"),
    ("events", "Calendars"),
    ("file", "Files"),
    ("groups", "Group"),
    ("mails", "Mail"),
    ("mailboxsetting", "MailboxSettings"),
    ("organisation", "Organization"),
    ("site", "Sites"),
    ("users", "User"),
];

/// The permission that a name in a guide means: `Email.Send` is Microsoft's `Mail.Send`.
///
/// Only one outcome counts as a correction: a change of spelling that leaves a single permission. Anything less sure
/// is [`NameMatch::Unknown`] with a proposal.
#[must_use]
pub fn resolve_name(resource: Uuid, name: &str, kind: PermissionKind) -> NameMatch {
    let rows = table::of(resource);
    let of_kind = |value: &str, kind: PermissionKind| {
        rows.iter().find(|row| row.key.kind == kind && row.value == value)
    };
    if let Some(row) = of_kind(name, kind) {
        return NameMatch::Exact(row.explain());
    }
    let tidy = name.trim().trim_end_matches('.');
    let by_spelling = |kind: PermissionKind| {
        rows.iter().find(|row| row.key.kind == kind && row.value.eq_ignore_ascii_case(tidy)).or_else(|| {
            let other = with_known_first_part(tidy)?;
            rows.iter().find(|row| row.key.kind == kind && row.value.eq_ignore_ascii_case(&other))
        })
    };
    if let Some(row) = by_spelling(kind).or_else(|| by_title(rows, tidy, kind)) {
        return NameMatch::Corrected {
            permission: row.explain(),
            note: format!("The guide says “{tidy}”. Microsoft's name for it is {}.", row.value),
        };
    }
    let other = match kind {
        PermissionKind::Application => PermissionKind::Delegated,
        PermissionKind::Delegated => PermissionKind::Application,
    };
    if let Some(row) = by_spelling(other) {
        let article = if other == PermissionKind::Application { "an" } else { "a" };
        return NameMatch::OtherKind {
            permission: row.explain(),
            note: format!("{} exists only as {article} {other} permission.", row.value),
        };
    }
    NameMatch::Unknown {
        nearest: nearest(tidy, rows.iter().filter(|row| row.key.kind == kind).map(|row| row.value)),
    }
}

fn with_known_first_part(name: &str) -> Option<String> {
    let (first, rest) = name.split_once('.')?;
    let known = FIRST_PARTS.iter().find(|(wrong, _)| first.eq_ignore_ascii_case(wrong))?.1;
    Some(format!("{known}.{rest}"))
}

/// The permission whose title on Microsoft's consent page this is, if it is only one's.
fn by_title(rows: &'static [Row], title: &str, kind: PermissionKind) -> Option<&'static Row> {
    let mut matching = rows.iter().filter(|row| {
        row.key.kind == kind && row.microsoft_name.trim_end_matches(['.', ' ']).eq_ignore_ascii_case(title)
    });
    let first = matching.next()?;
    matching.next().is_none().then_some(first)
}

/// Whether a permission's name begins with this word, or with one that guides write for it.
pub(crate) fn begins_a_name(word: &str) -> bool {
    let known = FIRST_PARTS
        .iter()
        .any(|(wrong, right)| word.eq_ignore_ascii_case(wrong) || word.eq_ignore_ascii_case(right));
    known
        || table::of(MICROSOFT_GRAPH)
            .iter()
            .any(|row| row.value.split_once('.').is_some_and(|(first, _)| first.eq_ignore_ascii_case(word)))
}

/// The candidate that is fewest edits away, if that is at most a third of the name.
pub(crate) fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let name = name.to_lowercase();
    // A name of any length is compared letter by letter with some 800 others: only the beginning of a long one counts.
    let name: Vec<char> = name.chars().take(80).collect();
    // Of two letters, one edit leaves nothing in common.
    let limit = if name.len() < 3 { 0 } else { name.len() / 3 };
    // A difference in length is at least as many edits.
    candidates
        .filter(|candidate| candidate.chars().count().abs_diff(name.len()) <= limit)
        .map(|candidate| (edits(&name, &candidate.to_lowercase().chars().collect::<Vec<_>>()), candidate))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edits(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        let count = |a: &str, b: &str| edits(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("", "abc"), 3);
        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("same", "same"), 0);
    }

    #[test]
    fn a_long_name_is_no_work() {
        let long = "Mail.".repeat(100_000);
        assert_eq!(
            resolve_name(MICROSOFT_GRAPH, &long, PermissionKind::Application),
            NameMatch::Unknown { nearest: None }
        );
    }
}
