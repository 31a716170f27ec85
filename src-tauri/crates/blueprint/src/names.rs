//! Names of permissions in vendors' texts, right or wrong.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::catalogue::{self, MICROSOFT_GRAPH, NameMatch, Permission, PermissionKind, resolve_name};

/// Longest text that is looked at, in bytes; what is behind is left out.
const MAX_BYTES: usize = 512 * 1024;
/// Most names that are told.
const MAX_FINDINGS: usize = 100;

/// A name in a vendor's text, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name as it was written.
    pub written: String,
    /// The line that it is on, counted from 1.
    pub line: usize,
    /// What is meant: one permission, or the two kinds of it. Empty where nothing is like it.
    pub meant: Vec<Permission>,
    /// Whether the name is right as it stands.
    pub exact: bool,
    /// What to tell the reader, in a sentence.
    pub sentence: String,
}

/// What a name in a guide means on this API, for one kind of permission. See [`resolve_name`].
#[must_use]
pub fn resolve(resource: Uuid, name: &str, kind: PermissionKind) -> NameMatch {
    resolve_name(resource, name, kind)
}

/// What a name means when nobody has said which kind: on Microsoft Graph, both kinds are looked at.
#[must_use]
pub fn suggest(name: &str) -> Finding {
    of(name.trim(), 1)
}

/// Reads a vendor's text and judges every name in it that looks like a permission's, each once, in the text's order.
#[must_use]
pub fn lint(text: &str) -> Vec<Finding> {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (at, line) in text.lines().enumerate() {
        for word in line.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | '-')) {
            let word = word.trim_matches('.');
            if findings.len() == MAX_FINDINGS {
                return findings;
            }
            if seen.insert(word) && looks_like_a_name(word) {
                findings.push(of(word, at + 1));
            }
        }
    }
    findings
}

/// Two or three words with dots between them, of which the first one begins a permission's name. The names of hosts and
/// files begin otherwise.
fn looks_like_a_name(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    // A slip of the pen counts too: `Mail.Raed`.
    let is_a_verb = |part: &str| {
        const VERBS: [&str; 12] = [
            "all",
            "create",
            "export",
            "manage",
            "read",
            "readbasic",
            "readwrite",
            "selected",
            "send",
            "shared",
            "write",
            "accessasuser",
        ];
        let letters = |word: &str| {
            let mut letters = word.to_ascii_lowercase().into_bytes();
            letters.sort_unstable();
            letters
        };
        VERBS.iter().any(|verb| letters(verb) == letters(part))
            || catalogue::nearest(part, VERBS.into_iter()).is_some()
    };
    word.len() <= 120
        && (2..=4).contains(&parts.len())
        && parts.iter().all(|part| {
            part.len() > 1 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
        })
        && parts[1..].iter().any(|part| is_a_verb(part))
        && catalogue::begins_a_name(parts[0])
}

fn of(written: &str, line: usize) -> Finding {
    let matches = [PermissionKind::Application, PermissionKind::Delegated]
        .map(|kind| resolve_name(MICROSOFT_GRAPH, written, kind));
    let finding = |meant: Vec<Permission>, exact, sentence| Finding {
        written: written.to_owned(),
        line,
        meant,
        exact,
        sentence,
    };
    let exact: Vec<Permission> = matches
        .iter()
        .filter_map(|one| match one {
            NameMatch::Exact(permission) => Some(permission.clone()),
            _ => None,
        })
        .collect();
    if !exact.is_empty() {
        return finding(exact, true, "This is Microsoft's name.".to_owned());
    }
    let corrected = matches.iter().filter_map(|one| match one {
        NameMatch::Corrected { permission, note } => Some((permission.clone(), note.clone())),
        _ => None,
    });
    let (meant, notes): (Vec<Permission>, Vec<String>) = corrected.unzip();
    if let Some(note) = notes.into_iter().next() {
        return finding(meant, false, note);
    }
    let nearest = matches.iter().find_map(|one| match one {
        NameMatch::Unknown { nearest: Some(nearest) } => Some(*nearest),
        _ => None,
    });
    match nearest {
        Some(nearest) => {
            let kinds = [PermissionKind::Application, PermissionKind::Delegated];
            let meant =
                kinds.iter().filter_map(|kind| catalogue::find(MICROSOFT_GRAPH, nearest, *kind)).collect();
            let sentence =
                format!("Microsoft has no permission called “{written}”. The nearest name is {nearest}.");
            finding(meant, false, sentence)
        }
        None => finding(
            Vec::new(),
            false,
            format!("Microsoft Graph has no permission called “{written}”, and none like it."),
        ),
    }
}
