//! Cells of a CSV file that a spreadsheet can open without running anything in them.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab, a line break or NUL may be taken for a formula. Such a cell gets a
//! single quote before it (OWASP ASVS 1.2.10), and so does one that begins with a single quote, so that what was written
//! can be told back exactly ([`original`]).

use std::borrow::Cow;

/// The text as it stands in a cell.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was written into a cell, for whoever reads the file again.
#[must_use]
pub fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_dangerous(text) => text,
        _ => cell,
    }
}

fn is_dangerous(text: &str) -> bool {
    // A negative number is a number and nothing else.
    if text.starts_with('-') && text.parse::<i64>().is_ok() {
        return false;
    }
    // Some spreadsheets drop leading space before they look.
    let seen = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\u{3000}']);
    seen.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0',
        '\'', // And the wide forms, which some locales take for the same.
        '＝', '＋', '－', '＠',
    ])
}

/// Adds a cell to a line (RFC 4180: quoted where needed, quotes doubled).
pub(super) fn add(line: &mut String, text: &str) {
    let text = guarded(text);
    let quoted = text.contains(['"', ',', ';', '\r', '\n', '\t', '\0']) || text.starts_with([' ', '\'']);
    if quoted {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(&text);
    }
}
