//! Every text is complete, plain and kind; none shows a number.

use std::collections::BTreeSet;
use std::sync::Arc;

use net::{NetError, Sent};

use super::*;
use crate::error::{
    AnswerProblem, AuthorityProblem, IdTokenProblem, IdentityError, Interaction, InteractionReason,
    WrongAccount,
};
use crate::ids::AccountKey;
use crate::token::StoreError;

const OAUTH: [OAuthError; 20] = [
    OAuthError::InvalidRequest,
    OAuthError::InvalidClient,
    OAuthError::InvalidGrant,
    OAuthError::UnauthorizedClient,
    OAuthError::UnsupportedGrantType,
    OAuthError::UnsupportedResponseType,
    OAuthError::InvalidScope,
    OAuthError::InvalidResource,
    OAuthError::AccessDenied,
    OAuthError::InteractionRequired,
    OAuthError::ConsentRequired,
    OAuthError::LoginRequired,
    OAuthError::ServerError,
    OAuthError::TemporarilyUnavailable,
    OAuthError::AuthorizationPending,
    OAuthError::AuthorizationDeclined,
    OAuthError::BadVerificationCode,
    OAuthError::ExpiredToken,
    OAuthError::SlowDown,
    OAuthError::Unknown,
];

fn account() -> AccountKey {
    let id = "11111111-2222-4333-8444-555555555555";
    AccountKey { tenant_id: id.parse().unwrap(), object_id: id.parse().unwrap() }
}

fn interaction(reason: InteractionReason) -> IdentityError {
    IdentityError::NeedsInteraction(Box::new(Interaction { reason, claims: None, error: None }))
}

fn local_errors() -> Vec<IdentityError> {
    let wrong = Box::new(WrongAccount { expected: None, actual: account(), actual_name: Some("Ann".into()) });
    let nets = [
        NetError::Offline,
        NetError::Connect,
        NetError::Timeout(Sent::Maybe),
        NetError::TlsUntrusted { issuer: None },
        NetError::TlsUntrusted { issuer: Some("Contoso Web Filter".into()) },
        NetError::TlsDates,
        NetError::TlsOther,
        NetError::ProxyAuth,
        NetError::WebPage,
        NetError::NotJson,
    ];
    let others = [
        IdentityError::Cancelled,
        IdentityError::TimedOut,
        IdentityError::Listener(Arc::new(std::io::Error::other("x"))),
        IdentityError::WrongAccount(wrong.clone()),
        IdentityError::WrongTenant(wrong),
        IdentityError::Authority(AuthorityProblem::NoSuchTenant),
        IdentityError::Authority(AuthorityProblem::Issuer),
        IdentityError::IdToken(IdTokenProblem::Expired),
        IdentityError::IdToken(IdTokenProblem::Nonce),
        IdentityError::Answer(AnswerProblem::Form),
        IdentityError::SecretIdPasted,
        IdentityError::Certificate,
        IdentityError::ChallengeRepeated,
        IdentityError::Store(StoreError::Locked),
        IdentityError::Store(StoreError::Absent),
        IdentityError::Store(StoreError::Failed),
        interaction(InteractionReason::SignedOut),
        interaction(InteractionReason::Renew),
        interaction(InteractionReason::Consent),
        interaction(InteractionReason::Challenge),
    ];
    nets.into_iter().map(IdentityError::Net).chain(others).collect()
}

fn every_explanation() -> Vec<Explanation> {
    let mut all: Vec<Explanation> = class::known_codes().into_iter().map(explain_code).collect();
    all.extend(OAUTH.map(|error| explain(&AadError::bare(error))));
    all.extend(local_errors().iter().map(error));
    all
}

#[test]
fn every_published_number_and_every_failure_is_explained() {
    assert_eq!(class::known_codes().len(), 342, "reference/aadsts.json is read whole");
    for explanation in every_explanation() {
        for text in [&explanation.what, &explanation.why, &explanation.next] {
            assert!(text.len() > 4, "{explanation:?}");
        }
        assert!(!explanation.what.ends_with('.'), "a headline has no full stop: {}", explanation.what);
        assert!(explanation.why.ends_with('.') && explanation.next.ends_with('.'), "{explanation:?}");
    }
}

/// Checklist 23 and 25: nobody is blamed, nobody is begged, and no number shows.
#[test]
fn the_words_are_plain_and_kind() {
    let forbidden = [
        "please",
        "invalid",
        "error",
        "fail",
        "illegal",
        "fatal",
        "abort",
        "must",
        "sorry",
        "oops",
        "wrong password!",
        "aadsts",
        "token",
        "oauth",
        "grant_type",
        "exception",
        "your fault",
        "you did",
        "you entered",
        "unauthorized",
        "forbidden",
        "parameter",
        "json",
        "http status",
        "gatekeeper",
    ];
    for explanation in every_explanation() {
        for text in [&explanation.what, &explanation.why, &explanation.next] {
            let lower = text.to_lowercase();
            for word in forbidden {
                assert!(!lower.contains(word), "{word:?} in {text:?}");
            }
            let longest_number = lower.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
            assert!(longest_number < 5, "a raw number in {text:?}");
            assert!(!text.contains('!'), "{text:?}");
        }
    }
}

/// Checklist 26: understood with eight years of school, by the Flesch-Kincaid grade over all texts and, more loosely,
/// over each.
#[test]
fn the_words_are_easy_to_read() {
    let texts: BTreeSet<String> =
        every_explanation().into_iter().map(|e| format!("{}. {} {}", e.what, e.why, e.next)).collect();
    let all = texts.iter().cloned().collect::<Vec<_>>().join(" ");
    assert!(grade(&all) <= 8.0, "grade {:.1} over all", grade(&all));
    for text in &texts {
        assert!(grade(text) <= 11.5, "grade {:.1}: {text}", grade(text));
    }
}

fn grade(text: &str) -> f64 {
    let sentences = text.matches(['.', '?', ':']).count().max(1) as f64;
    let words: Vec<&str> = text.split_whitespace().collect();
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    0.39 * words.len() as f64 / sentences + 11.8 * syllables as f64 / words.len() as f64 - 15.59
}

fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let word = word.strip_suffix('e').unwrap_or(&word);
    let mut count = 0;
    let mut in_vowels = false;
    for c in word.chars() {
        let vowel = "aeiouy".contains(c);
        count += usize::from(vowel && !in_vowels);
        in_vowels = vowel;
    }
    count.max(1)
}

#[test]
fn a_number_has_one_set_of_words() {
    let codes = table::codes();
    let unique: BTreeSet<u32> = codes.iter().copied().collect();
    assert_eq!(unique.len(), codes.len(), "a number is listed twice");
    assert!(unique.len() >= 60);
    let known: BTreeSet<u32> = class::known_codes().into_iter().collect();
    let strangers: Vec<_> = unique.difference(&known).copied().collect();
    assert_eq!(strangers, [500_200, 700_021, 700_024], "known from practice, not from Microsoft's list");
}

#[test]
fn the_number_that_says_most_is_explained() {
    let both = AadError { codes: vec![999_999_999, 7_000_215], ..AadError::bare(OAuthError::InvalidClient) };
    let explained = explain(&both);
    assert_eq!(explained.action, Some(NextStep::CheckSecret));
    assert_eq!(explained.reference.unwrap().as_str(), "https://login.microsoftonline.com/error?code=7000215");
    let unknown = AadError { codes: vec![999_999_999], ..AadError::bare(OAuthError::Unknown) };
    assert_eq!(explain(&unknown).action, Some(NextStep::CopyDetails));
    let inspected =
        error(&IdentityError::Net(NetError::TlsUntrusted { issuer: Some("Contoso Web Filter".into()) }));
    assert!(inspected.why.contains("Contoso Web Filter"));
}

#[test]
fn all_the_words() {
    let table: Vec<_> = table::all()
        .into_iter()
        .map(|(codes, words)| format!("{codes:?}\n{}", shown(&words.explanation(None))))
        .collect();
    insta::assert_snapshot!("table", table.join("\n\n"));
    let oauth: Vec<_> =
        OAUTH.iter().map(|e| format!("{e:?}\n{}", shown(&explain(&AadError::bare(*e))))).collect();
    insta::assert_snapshot!("oauth", oauth.join("\n\n"));
    let local: Vec<_> = local_errors().iter().map(|e| format!("{e}\n{}", shown(&error(e)))).collect();
    insta::assert_snapshot!("local", local.join("\n\n"));
}

fn shown(e: &Explanation) -> String {
    format!("  {}\n  {}\n  {}\n  {:?}", e.what, e.why, e.next, e.action)
}
