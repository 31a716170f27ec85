//! Small pieces of sentences.

use crate::{Credential, CredentialKind};

/// How many names a sentence holds before it only counts.
const MOST_NAMED: usize = 5;

/// “A”, “A and B”, “A, B and 3 more”.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let (shown, more) = if names.len() > MOST_NAMED {
        (&names[..MOST_NAMED - 1], names.len() - (MOST_NAMED - 1))
    } else {
        (names, 0)
    };
    let mut shown: Vec<String> = shown.iter().map(|name| name.as_ref().to_owned()).collect();
    let last = if more > 0 { Some(format!("{more} more")) } else { shown.pop() };
    match (shown.is_empty(), last) {
        (_, None) => String::new(),
        (true, Some(last)) => last,
        (false, Some(last)) => format!("{} and {last}", shown.join(", ")),
    }
}

/// “the secret “prod-1””; a secret without a name by its first characters.
pub(super) fn credential(one: &Credential) -> String {
    let name = short(one.name.trim());
    let what = kind(one.kind);
    match one.hint.as_deref().map(str::trim).filter(|hint| !hint.is_empty()) {
        _ if !name.is_empty() => format!("the {what} “{name}”"),
        Some(hint) => format!("the {what} that begins with “{}”", short(hint)),
        None => format!("a {what} without a name"),
    }
}

/// The word for what it is.
pub(super) fn kind(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Secret => "secret",
        CredentialKind::Certificate => "certificate",
        CredentialKind::SigningCertificate => "signing certificate",
        CredentialKind::Federated => "trust",
    }
}

/// The same with a capital letter, to begin a sentence.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name that fits into a sentence: at most 60 letters, and nothing that turns the writing around or hides in it.
pub(super) fn short(name: &str) -> String {
    const MOST: usize = 60;
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = name.chars().map(|c| if hidden(c) { ' ' } else { c }).take(MOST + 1).collect();
    if clean.chars().count() > MOST {
        let cut: String = clean.chars().take(MOST - 1).collect();
        return format!("{}…", cut.trim_end());
    }
    clean
}
