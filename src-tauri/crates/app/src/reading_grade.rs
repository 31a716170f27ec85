//! What a person without any special knowledge reads has a reading grade of 8 or lower: every sentence that this side of the
//! window says on My account, of what waits for an admin, of invitations and of who is connected. The page's own sentences
//! are held to the same by `ui/src/words/readingGrade.test.ts`, which counts as this does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use contract::{AppError, ErrorCode};
use proc_macro2::{Delimiter, Literal, TokenStream, TokenTree};

use crate::personal::features;

/// The highest Flesch-Kincaid grade that a text and each sentence of it may have.
const HIGHEST: f64 = 8.0;
/// The formula says nothing about labels of a few words.
const FEWEST_WORDS: usize = 5;

/// Where everything that can be read on these screens is written, below `src-tauri/crates`.
const WRITTEN_IN: [&str; 6] = [
    "app/src/personal",
    "app/src/approvals",
    "app/src/invitations",
    "app/src/notes",
    "app/src/connected.rs",
    "identity/src/explain",
];

/// What only happens to who sets something up.
const FOR_ADMINS: [ErrorCode; 4] = [
    ErrorCode::NameTaken,
    ErrorCode::QuotaReached,
    ErrorCode::PolicyForbidsSecrets,
    ErrorCode::RegistrationDisabled,
];

/// Long words that everybody who has an Office account reads each day. The formula takes length for difficulty; each counts
/// as two syllables.
const EASY: [&str; 9] = [
    "account",
    "admin",
    "calendar",
    "computer",
    "connection",
    "gatehouse",
    "invitation",
    "organisation",
    "permission",
];

/// A text, and the place that says it.
type Said = (String, String);

/// The whole catalogue.
fn catalogue() -> Vec<Said> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all: Vec<Said> = Vec::new();
    for file in WRITTEN_IN.iter().flat_map(|place| sources(&crates.join(place))) {
        let source: TokenStream = std::fs::read_to_string(&file).unwrap().parse().unwrap();
        let place = file.strip_prefix(crates).unwrap().display().to_string();
        let mut texts = Vec::new();
        literals(source, &mut texts);
        all.extend(texts.into_iter().map(|text| (place.clone(), text)));
    }
    for code in ErrorCode::ALL.iter().filter(|code| !FOR_ADMINS.contains(code)) {
        let error = AppError::new(*code);
        all.extend([error.title, error.why, error.next].map(|text| (format!("{code:?}"), text)));
    }
    for permission in features::ALL.map(features::words) {
        all.extend([permission.sentence, permission.why].map(|text| (permission.value.clone(), text)));
    }
    all
}

/// The files of a module, or the one file; without tests that stand in files of their own.
fn sources(place: &Path) -> Vec<PathBuf> {
    let name = place.file_name().unwrap().to_string_lossy();
    if place.is_dir() {
        let inside = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
        return inside.flat_map(|path| sources(&path)).collect();
    }
    let is_read = name.ends_with(".rs") && name != "tests.rs" && name != "mutated.rs";
    if is_read { vec![place.to_owned()] } else { Vec::new() }
}

/// Every text in a source, but for comments, attributes that are no errors' words, logs and tests.
fn literals(source: TokenStream, found: &mut Vec<String>) {
    let mut tokens = source.into_iter().peekable();
    let mut last = String::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                tokens.next_if(|next| next.to_string() == "!");
                let Some(TokenTree::Group(attribute)) = tokens.next_if(is_group) else {
                    continue;
                };
                let words = attribute.stream().to_string();
                if words.starts_with("error") {
                    literals(attribute.stream(), found);
                } else if words.replace(' ', "") == "cfg(test)" {
                    let is_body = |token: &TokenTree| {
                        matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
                            || token.to_string() == ";"
                    };
                    tokens.by_ref().find(is_body);
                }
            }
            TokenTree::Group(group) if last != "tracing" => literals(group.stream(), found),
            TokenTree::Literal(literal) => found.extend(text_of(&literal)),
            TokenTree::Ident(name) => {
                // `tracing::warn!(…)` is one thing, up to its brackets.
                if last != "tracing" || name != "warn" && name != "info" && name != "debug" {
                    last = name.to_string();
                }
                continue;
            }
            TokenTree::Punct(_) => continue,
            TokenTree::Group(_) => {}
        }
        last.clear();
    }
}

fn is_group(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(_))
}

/// The text of a literal as it is read: values are names, and paragraphs stand apart.
fn text_of(literal: &Literal) -> Vec<String> {
    let written = literal.to_string();
    let Some(inside) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Vec::new();
    };
    let mut text = String::new();
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('\n')) => while chars.next_if(|next| next.is_whitespace()).is_some() {},
            ('\\', Some('n')) => {
                chars.next();
                text.push('\n');
            }
            ('\\', Some('u')) => {
                let code: String = chars.by_ref().skip(2).take_while(|next| *next != '}').collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some(_)) => text.extend(chars.next()),
            ('{', _) => {
                chars.by_ref().find(|next| *next == '}');
                text.push_str("Anna");
            }
            _ => text.push(c),
        }
    }
    text.lines().map(str::to_owned).collect()
}

/// Words in quotation marks are looked for on another screen, not read: a name.
fn without_quotes(text: &str) -> String {
    let mut parts = text.split(['“', '”']);
    let mut spoken = parts.next().unwrap_or_default().to_owned();
    while let Some(_quoted) = parts.next() {
        spoken.push_str("Anna");
        spoken.push_str(parts.next().unwrap_or_default());
    }
    spoken
}

fn words(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_alphanumeric() || "'.:/@-’".contains(c);
    let trimmed = text.split(|c| !is_part(c)).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|word| !word.is_empty()).collect()
}

/// A sentence ends with a mark and a space.
fn sentences(text: &str) -> Vec<&str> {
    let parts = text.split_inclusive(". ").flat_map(|part| part.split_inclusive("? "));
    parts
        .flat_map(|part| part.split_inclusive(": "))
        .map(str::trim)
        .filter(|one| !words(one).is_empty())
        .collect()
}

/// Syllables of a word, by the rules that children learn. Addresses and numbers are looked at, not read.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.strip_suffix("'s").unwrap_or(&word);
    let singular = word.strip_suffix('s').unwrap_or(word);
    let is_looked_at = word.contains(|c: char| ".:/@".contains(c) || c.is_ascii_digit());
    if is_looked_at || EASY.contains(&singular) || word == "microsoft" {
        return 2;
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let letters: Vec<char> = word.chars().collect();
    let begins = |at: &usize| is_vowel(letters[*at]) && (*at == 0 || !is_vowel(letters[at - 1]));
    let mut count = (0..letters.len()).filter(begins).count();
    let times = |all: &[&str]| all.iter().map(|one| word.matches(one).count()).sum::<usize>();
    // Vowels that stand together and are said apart, and those that only look so.
    count +=
        times(&["ia", "io", "iu", "ien", "lier", "eo", "ua", "crea", "iet", "uing", "ying", "eing", "oing"]);
    count -=
        times(&["tio", "sio", "cia", "tia", "gio", "cio", "cien", "tien", "qua", "gua", "sia", "peo", "geo"])
            .min(count);
    count -= times(&[
        "ement",
        "eless",
        "eful",
        "ely",
        "something",
        "someone",
        "somewhere",
        "sometimes",
        "somebody",
    ])
    .min(count);
    let nth_last = |nth: usize| letters.len().checked_sub(nth).map_or('a', |at| letters[at]);
    // An `e` that is not heard.
    let is_mute = match letters.as_slice() {
        [.., 'l', 'e'] => is_vowel(nth_last(3)),
        [.., before, 'e'] => !is_vowel(*before),
        [.., before, 'e', 'd'] => !is_vowel(*before) && !matches!(before, 't' | 'd'),
        [.., 'l', 'e', 's'] => is_vowel(nth_last(4)),
        [.., before, 'e', 's'] => !is_vowel(*before) && !matches!(before, 's' | 'x' | 'z' | 'h' | 'c' | 'g'),
        _ => false,
    };
    count.saturating_sub(usize::from(is_mute)).max(1)
}

/// The Flesch-Kincaid grade of a text: the school year in which people read it with ease.
#[expect(clippy::cast_precision_loss, reason = "a text has few words")]
fn grade(text: &str) -> f64 {
    let words = words(text);
    let spoken: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * (count / sentences(text).len() as f64) + 11.8 * (spoken as f64 / count) - 15.59
}

/// What is too hard, message by message and sentence by sentence.
fn too_hard(all: &[Said]) -> BTreeSet<String> {
    let mut hard = BTreeSet::new();
    for (place, text) in all {
        let text = without_quotes(text);
        let parts = std::iter::once(text.as_str()).chain(sentences(&text));
        let graded = parts.filter(|part| words(part).len() >= FEWEST_WORDS).map(|part| (grade(part), part));
        hard.extend(
            graded
                .filter(|(grade, _)| *grade > HIGHEST)
                .map(|(grade, part)| format!("{place}: {grade:.1}: {part}")),
        );
    }
    hard
}

#[test]
fn every_sentence_can_be_read_by_everybody() {
    let all = catalogue();
    assert!(all.len() > 400, "{} texts: the catalogue lost some", all.len());
    let said = |words: &str| all.iter().any(|(_, text)| text.contains(words));
    // One of each kind of source: a text in a macro, over several lines, of an error's attribute, by code, of a permission.
    assert!(
        said("signed in")
            && said("Each of these works only for the person who signs in, and never reaches more")
    );
    assert!(said("It asks for something that Gatehouse does not know.") && said("Nothing was allowed."));
    assert!(!said("a session that only looked was not wiped"), "what is logged is not read");
    assert_eq!(too_hard(&all), BTreeSet::new());
}

#[test]
fn a_hard_sentence_is_found_wherever_it_stands() {
    let source = r#"
        /// Delegated authorization requires administrative consent; this is a comment.
        #[error("Authorization necessitates administrative intervention beforehand.")]
        fn of() { format!("Hello. {name} requires administrative consent before \
                  delegated impersonation of directory users.") }
        #[cfg(test)]
        mod tests { const TEXT: &str = "Organizational administrators authorise delegated impersonation."; }
    "#;
    let mut texts = Vec::new();
    literals(source.parse().unwrap(), &mut texts);
    let hard = too_hard(&texts.into_iter().map(|text| ("here".to_owned(), text)).collect::<Vec<_>>());
    assert_eq!(hard.len(), 3, "the attribute's, the text and its second sentence: {hard:#?}");
    assert!(hard.iter().any(|one| one.ends_with(
        "Anna requires administrative consent before delegated impersonation of directory users."
    )));
}

#[test]
fn it_is_measured_as_others_measure_it() {
    // Counted by hand: 2 sentences, 18 words, 26 syllables; 0.39 * 9 + 11.8 * 26 / 18 - 15.59.
    let text = "The sun had gone down before the travellers saw the city. Nobody was awake to open the gate.";
    assert!((grade(text) - 4.96).abs() < 0.05, "{}", grade(text));
    let counted = [
        ("license", 2),
        ("people", 2),
        ("allowed", 2),
        ("wanted", 2),
        ("uses", 2),
        ("table", 2),
        ("sentence", 2),
        ("administrator", 5),
        ("authorization", 5),
        ("quiet", 2),
        ("certificate", 4),
        ("everything", 4),
        ("address", 2),
        ("create", 2),
        ("client", 2),
        ("seen", 1),
        ("used", 1),
        ("times", 1),
        ("mailbox", 2),
        ("application", 4),
    ];
    for (word, number) in counted {
        assert_eq!(syllables(word), number, "{word}");
    }
}
