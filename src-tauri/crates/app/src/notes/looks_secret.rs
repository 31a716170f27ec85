//! Whether words that people write down hold a secret. A guess, and a cautious one: it warns, and keeps such words from
//! leaving this machine. The page asks the same before anything is sent (`ui/src/screens/connection/looksLikeSecret.ts`);
//! both agree on the cases of `secretWords.json` beside it.

/// From this length on, a run of letters and digits is no word. Microsoft's secrets have 40 characters.
const LONG: usize = 24;
/// A password that stands behind its name has this many characters at least.
const PASSWORD: usize = 8;
/// Names behind which a password stands.
const LABELS: [&str; 5] = ["password", "passwort", "passphrase", "pwd", "pw"];
/// The best-known place for passwords looks like one.
const PLACES: [&str; 1] = ["1password"];

/// Whether a part of the text looks like a secret: a long run of letters and digits that is no address, path, GUID or
/// thumbprint, or what stands behind "password:".
pub(crate) fn looks_secret(text: &str) -> bool {
    let mut after_label = false;
    text.split_whitespace().any(|word| {
        let (label, value) = match word.split_once([':', '=']) {
            Some((label, value))
                if label.chars().all(char::is_alphabetic) && !value.starts_with(['/', '\\']) =>
            {
                (Some(label.to_lowercase()), bare(value))
            }
            _ => (None, bare(word)),
        };
        let labelled = label.is_some_and(|label| LABELS.contains(&label.as_str()));
        let password = after_label || labelled;
        after_label = labelled && value.is_empty();
        is_long(value) || (password && is_password(value))
    })
}

/// Without the marks that stand around a word in a sentence.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| "\"'“”‘’«»„()[]{}<>,;.".contains(c))
}

fn is_long(word: &str) -> bool {
    let place = word.contains(['/', '\\', ':', '@']);
    let hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    !place && !hexadecimal && word.chars().count() >= LONG && is_mixed(word)
}

fn is_password(word: &str) -> bool {
    word.chars().count() >= PASSWORD && is_mixed(word) && !PLACES.contains(&word.to_lowercase().as_str())
}

fn is_mixed(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Cases {
        looks: Vec<String>,
        fine: Vec<String>,
    }

    #[test]
    fn what_looks_like_a_secret_is_told_from_what_does_not_as_the_page_tells_it() {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/screens/connection/secretWords.json");
        let cases: Cases = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for text in &cases.looks {
            assert!(looks_secret(text), "{text}");
        }
        for text in &cases.fine {
            assert!(!looks_secret(text), "{text}");
        }
    }
}
