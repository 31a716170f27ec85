//! Sentences for people are short, plain and without blame.

use blueprint::catalogue::{self, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::{Connector, PermissionKind, ProofKind, SECRET_ID_EXPLANATION, SignInAudience, builtin};

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

/// Names of products and of things at Microsoft, and words without which nothing could be said: read as one short word.
const NAMES: [&str; 33] = [
    "Microsoft's",
    "Microsoft",
    "Cirrus Insight",
    "Salesforce",
    "Gatehouse",
    "Totalview",
    "Certero",
    "Sense",
    "onmicrosoft.com",
    "Calendar Scheduling",
    "Calendar Sync",
    "Email Sync",
    "Task Sync",
    "Exchange Web Services",
    "Exchange ActiveSync",
    "Exchange Management Shell",
    "Organization Management",
    "ApplicationImpersonation",
    "Exchange Online",
    "Exchange Server",
    "Exchange",
    "SharePoint",
    "OneNote",
    "Outlook",
    "Teams",
    "Azure AD Graph",
    "organisation",
    "application",
    "directory",
    "mailboxes",
    "mailbox",
    "calendars",
    "calendar",
];

fn without_names(text: &str) -> String {
    NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "name"))
}

/// Where a sentence stands, and the sentence.
fn ours() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for resource in [MICROSOFT_GRAPH, EXCHANGE_ONLINE] {
        for permission in catalogue::all(resource) {
            // A sentence made from Microsoft's title is not ours.
            let title = permission.microsoft_name.trim_end_matches('.');
            let made = [title.to_owned(), title.replacen("Read", "Read and change", 1)];
            let unknown = permission.sentence.starts_with("Use what Microsoft calls");
            if !unknown && !made.iter().any(|made| permission.sentence.trim_end_matches('.') == made) {
                all.push((permission.value.to_owned(), permission.sentence.to_string()));
            }
            all.push((permission.value.to_owned(), permission.risk_reason.to_string()));
            if let Some(retirement) = permission.retired {
                all.push((permission.value.to_owned(), retirement.why.to_owned()));
            }
        }
    }
    for connector in builtin::all().unwrap() {
        all.extend(of_connector(connector).into_iter().map(|sentence| (connector.id.clone(), sentence)));
    }
    let own = blueprint::own_registration();
    all.extend(own.permissions.into_iter().map(|need| (need.value, need.why)));
    all.extend(ProofKind::ALL.map(|kind| (format!("{kind:?}"), kind.sentence().to_owned())));
    for kind in [PermissionKind::Application, PermissionKind::Delegated] {
        all.push((kind.to_string(), kind.sentence().to_owned()));
    }
    for audience in [SignInAudience::AzureAdMyOrg, SignInAudience::AzureAdMultipleOrgs] {
        all.push((audience.as_graph().to_owned(), audience.sentence().to_owned()));
    }
    let setting = blueprint::SettingKind::ReportsShowNames;
    all.push(("setting".to_owned(), setting.sentence().to_owned()));
    all.push(("setting".to_owned(), setting.consequence().to_owned()));
    for standing in crate::ews::ALL {
        all.push((format!("{standing:?}"), standing.sentence().to_owned()));
        all.extend(standing.advice().iter().map(|advice| (format!("{standing:?}"), (*advice).to_owned())));
    }
    all.extend(
        catalogue::retired_exchange_role("ApplicationImpersonation")
            .into_iter()
            .map(|role| ("ApplicationImpersonation".to_owned(), role.why.to_owned())),
    );
    all.push(("secret id".to_owned(), SECRET_ID_EXPLANATION.to_owned()));
    all
}

fn of_connector(connector: &Connector) -> Vec<String> {
    let mut all = vec![connector.summary.clone(), connector.purpose.clone()];
    all.extend(connector.legacy.clone());
    all.extend(connector.inputs.iter().flat_map(|one| &one.choices).filter_map(|choice| choice.note.clone()));
    all.extend(connector.accounts.iter().map(|one| one.why.clone()));
    all.extend(connector.settings.iter().map(|one| one.why.clone()));
    all.extend(
        connector
            .features
            .iter()
            .flat_map(|one| [Some(one.summary.clone()), one.unavailable.clone()])
            .flatten(),
    );
    all.extend(connector.inputs.iter().map(|one| one.help.clone()));
    all.extend(connector.follow_ups.iter().map(|one| one.text.clone()));
    for section in &connector.hand_over {
        all.extend(section.note.clone());
        all.extend(section.fields.iter().filter_map(|field| field.note.clone()));
    }
    for registration in &connector.registrations {
        all.extend(registration.permissions.iter().map(|one| one.why.clone()));
        all.extend(registration.audiences.iter().filter_map(|one| one.note.clone()));
        all.extend(registration.removes.iter().map(|one| one.why.clone()));
        all.extend(registration.mailbox_limit.iter().map(|one| one.note.clone()));
    }
    all
}

#[test]
fn the_measure_measures() {
    assert!(grade("The cat sat on the mat.") < 1.0);
    assert!(
        grade("Organisational administrators subsequently necessitate comprehensive authentication.") > 20.0
    );
    assert_eq!(
        ["read", "calendar", "organisation", "the", "table", "moved"].map(syllables),
        [1, 3, 5, 1, 2, 1]
    );
}

#[test]
fn every_sentence_of_ours_can_be_read_at_grade_eight() {
    let hard: Vec<_> = ours()
        .into_iter()
        .map(|(place, sentence)| (grade(&without_names(&sentence)), place, sentence))
        .filter(|(grade, ..)| *grade > 8.0)
        .map(|(grade, place, sentence)| format!("{grade:.1} {place}: {sentence}"))
        .collect();
    assert!(hard.is_empty(), "{} are too hard:\n{}", hard.len(), hard.join("\n"));
}

#[test]
fn error_sentences_can_be_read_at_grade_eight_on_the_whole() {
    // The messages themselves are recorded as snapshots; here they are taken as one text.
    let snapshots = [
        include_str!("snapshots/it__answers__mailboxes.snap"),
        include_str!("snapshots/it__answers__domains.snap"),
        include_str!("snapshots/it__answers__host_labels.snap"),
        include_str!("snapshots/it__answers__web_addresses.snap"),
    ];
    let messages: Vec<&str> = snapshots
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.trim().strip_prefix("! "))
        .collect();
    assert!(messages.len() > 50);
    for message in messages {
        let words = message.split('“').next().unwrap();
        assert!(grade(words) <= 8.0, "{:.1} {message}", grade(words));
    }
}

#[test]
fn nothing_blames_or_begs() {
    let forbidden = ["please", "invalid", "illegal", "error", "failed", "must not", "simply", "just "];
    for (place, sentence) in ours() {
        let lower = sentence.to_lowercase();
        for word in forbidden {
            assert!(!lower.contains(word), "{place}: “{word}” in: {sentence}");
        }
        let end = sentence.chars().last().unwrap();
        assert!(matches!(end, '.' | '?'), "{place}: {sentence}");
    }
}
