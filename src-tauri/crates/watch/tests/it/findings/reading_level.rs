//! Sentences for people are short, plain and without blame.

use watch::findings::{Rule, Subject, gaps};
use watch::{App, Known, Unseen};

use super::apps::{context, healthy};
use super::gallery;

/// Flesch-Kincaid grade, the school year in which a text is read with ease (Kincaid and others, 1975).
fn grade(text: &str) -> f64 {
    let sentences =
        text.split(['.', '!', '?', ':', ';']).filter(|part| part.contains(char::is_alphabetic)).count();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (words, sentences) = (words.len().max(1) as f64, sentences.max(1) as f64);
    0.39 * words / sentences + 11.8 * syllables as f64 / words - 15.59
}

/// Groups of vowels, without a silent `e` at the end; at least one.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase().replace("every", "evry");
    let is_vowel = |c: char| "aeiouyé".contains(c);
    let letters: Vec<char> = word.chars().collect();
    let groups = letters
        .iter()
        .enumerate()
        .filter(|(at, c)| is_vowel(**c) && (*at == 0 || !is_vowel(letters[*at - 1])))
        .count();
    let silent = word.ends_with('e') && !word.ends_with("le")
        || word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
    groups.saturating_sub(usize::from(silent && groups > 1)).max(1)
}

/// Names of products and things, and words without which nothing could be said: read as one short word.
const NAMES: [&str; 24] = [
    "Microsoft's",
    "Microsoft Graph",
    "Microsoft",
    "Exchange Web Services",
    "Exchange ActiveSync",
    "ApplicationImpersonation",
    "Exchange Online",
    "Exchange Server",
    "Exchange",
    "Outlook",
    "Gatehouse",
    "Entra",
    "Azure AD Graph",
    "enterprise app",
    "organisation",
    "application",
    "certificates",
    "certificate",
    "directory",
    "mailboxes",
    "mailbox",
    "calendars",
    "calendar",
    "permission",
];

/// Without names: of products, of permissions and hosts (words with a dot or an underscore inside), and what stands
/// between quotation marks.
fn without_names(text: &str) -> String {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "name"));
    let plain: Vec<&str> = text
        .split_whitespace()
        .map(|word| {
            let inside = word.trim_end_matches(['.', ',', ':']);
            if inside.contains(['.', '_', '/']) || inside.starts_with("AzureAD") { "name" } else { word }
        })
        .collect();
    let mut kept = String::new();
    for (at, part) in plain.join(" ").split(['“', '”']).enumerate() {
        kept.push_str(if at % 2 == 0 { part } else { "name" });
    }
    kept
}

fn sentences() -> Vec<String> {
    let mut all: Vec<String> = Rule::ALL.iter().map(|rule| format!("{}.", rule.title())).collect();
    for finding in gallery::findings() {
        all.extend([finding.title, finding.why]);
        all.extend(finding.evidence);
        if let Some(remedy) = finding.remedy {
            all.push(remedy.sentence);
            all.extend(remedy.button.map(|button| format!("{}.", button.label)));
        }
    }
    let unknown = App {
        owners: Known::Hidden(Unseen::NotAllowed),
        grants: Known::Hidden(Unseen::NoAnswer),
        last_sign_in: Known::Hidden(Unseen::NotLicensed),
        ..healthy()
    };
    all.extend(gaps(&unknown, &context()).iter().map(watch::findings::Gap::sentence));
    let why = [None, Some(Unseen::NotLicensed), Some(Unseen::NotAllowed), Some(Unseen::NoAnswer)];
    all.extend(why.map(|why| watch::findings::Gap { subject: Subject::MailboxLimits, why }.sentence()));
    all.sort();
    all.dedup();
    all
}

#[test]
fn every_sentence_can_be_read_at_grade_eight() {
    let hard: Vec<String> = sentences()
        .into_iter()
        // A label of a word or two says what it says.
        .filter(|sentence| sentence.split_whitespace().count() > 2)
        .map(|sentence| (grade(&without_names(&sentence)), sentence))
        .filter(|(grade, _)| *grade > 8.0)
        .map(|(grade, sentence)| format!("{grade:.1} {sentence}"))
        .collect();
    assert!(hard.is_empty(), "{} are too hard:\n{}", hard.len(), hard.join("\n"));
}

#[test]
fn nothing_blames_or_begs() {
    let forbidden = ["please", "invalid", "illegal", "error", "failed", "must not", "simply", "just "];
    for sentence in sentences() {
        let lower = sentence.to_lowercase();
        for word in forbidden {
            assert!(!lower.contains(word), "“{word}” in: {sentence}");
        }
        assert!(sentence.ends_with('.'), "{sentence}");
        assert!(sentence.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "{sentence}");
        assert!(!sentence.contains("  ") && !sentence.contains(".."), "{sentence}");
    }
}
