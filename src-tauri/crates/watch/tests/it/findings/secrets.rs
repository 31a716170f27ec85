//! Which secret somebody pasted.

use secrecy::SecretString;
use watch::findings::{Certainty, Match, same_secret, secret_match};
use watch::{App, Credential, CredentialKind};

use super::apps::{APP_ID, app, context, credential, healthy, secret};

const VALUE: &str = "abc8Q~3HnJ.xYz0-pretend-value-0123456789";
const KEY_ID: &str = "d1f2c3b4-5a69-4788-97a6-b5c4d3e2f101";

fn pasted(text: &str) -> SecretString {
    SecretString::from(text)
}

fn nothing_kept(_: &SecretString) -> Option<String> {
    None
}

fn look(text: &str, apps: &[App]) -> Match {
    secret_match(&pasted(text), apps, nothing_kept, &context())
}

#[test]
fn the_first_three_characters_tell_which_one_it_is() {
    let other = app(|app| app.credentials[0].hint = Some("xyz".to_owned()));
    let found = look(VALUE, &[other, healthy()]);
    assert_eq!(
        found.sentence(),
        "This is the secret “prod-1” of Fleetboard Sync. It ends on 22 Sept 2027. Its first three characters fit, \
         which is all that Microsoft shows."
            .replace("Sept", "Sep")
    );
    let Match::Secret { fits, certainty } = found else { panic!("{found:?}") };
    assert_eq!((fits[0].app_id.as_str(), certainty), (APP_ID, Certainty::Hint));
}

#[test]
fn what_is_copied_around_a_value_does_not_matter() {
    for text in [format!(" {VALUE}\n"), format!("\"{VALUE}\","), format!("“{VALUE}”")] {
        assert!(matches!(look(&text, &[healthy()]), Match::Secret { .. }), "{text}");
    }
}

#[test]
fn one_that_ended_says_so() {
    let ended = app(|app| app.credentials = vec![secret("prod-0", -400, -20)]);
    let found = look(VALUE, &[ended]);
    assert!(
        found.sentence().starts_with("This is the secret “prod-0” of Fleetboard Sync. It ended on 1 Nov.")
    );
    assert!(matches!(found, Match::Secret { fits, .. } if fits[0].ended));
}

#[test]
fn several_that_fit_are_all_named_the_longest_lasting_first() {
    let app = app(|app| app.credentials = vec![secret("old", -400, 20), secret("new", -5, 360)]);
    let Match::Secret { fits, certainty } = look(VALUE, &[app]) else { panic!("no match") };
    assert_eq!(certainty, Certainty::Several);
    assert_eq!(fits.iter().map(|one| one.key_id.as_str()).collect::<Vec<_>>(), ["key of new", "key of old"]);
    let many: Vec<App> = (0..50).map(|_| healthy()).collect();
    assert!(matches!(look(VALUE, &many), Match::Secret { fits, .. } if fits.len() == 20));
}

#[test]
fn a_value_that_is_kept_here_is_sure() {
    let app = app(|app| app.credentials = vec![secret("old", -400, 20), secret("new", -5, 360)]);
    let kept = pasted(VALUE);
    let compare = |text: &SecretString| same_secret(text, &kept).then(|| "KEY OF OLD".to_owned());
    let found = secret_match(&pasted(&format!("{VALUE} ")), [&app], compare, &context());
    let Match::Secret { fits, certainty } = &found else { panic!("{found:?}") };
    assert_eq!((fits[0].key_id.as_str(), fits.len(), *certainty), ("key of old", 1, Certainty::Value));
    let other = secret_match(&pasted("abcdef"), [&app], compare, &context());
    assert!(matches!(other, Match::Secret { certainty: Certainty::Several, .. }));
}

#[test]
fn an_id_is_no_secret() {
    let app = app(|app| app.credentials[0].key_id = KEY_ID.to_owned());
    for text in [KEY_ID.to_owned(), KEY_ID.to_uppercase(), format!(" {{{KEY_ID}}}")] {
        let found = look(&text, std::slice::from_ref(&app));
        assert!(
            matches!(&found, Match::KeyId { of: Some(one) } if one.key_id == KEY_ID),
            "{text}: {found:?}"
        );
        assert!(
            found.sentence().contains("“prod-1”") && found.sentence().contains("Secret ID"),
            "{}",
            found.sentence()
        );
    }
    let unknown = look("0f0f0f0f-0000-4000-8000-00000000aaaa", std::slice::from_ref(&app));
    assert_eq!(unknown, Match::KeyId { of: None });
    assert!(matches!(look(APP_ID, &[app]), Match::ClientId { app_name } if app_name == "Fleetboard Sync"));
}

#[test]
fn what_fits_nothing_is_unknown() {
    assert_eq!(look("zzz8Q~3HnJ.xYz0-pretend", &[healthy()]), Match::Unknown);
    assert_eq!(look(" \n\"\"", &[healthy()]), Match::Empty);
    let hintless = app(|app| app.credentials[0].hint = None);
    assert_eq!(look(VALUE, &[hintless]), Match::Unknown);
    let short = app(|app| app.credentials[0].hint = Some("ab".to_owned()));
    assert_eq!(look("ab", &[short]), Match::Unknown, "less than three characters fit too many");
    let certificate = app(|app| {
        app.credentials = vec![Credential {
            hint: Some("abc".to_owned()),
            ..credential(CredentialKind::Certificate, "x", 0, 9)
        }];
    });
    assert_eq!(look(VALUE, &[certificate]), Match::Unknown);
}

#[test]
fn nothing_of_the_secret_is_told() {
    for found in [look(VALUE, &[healthy()]), look("zzz8Q~3HnJ.xYz0-pretend", &[healthy()])] {
        let told = format!("{found:?} {}", found.sentence());
        assert!(!told.contains("8Q~") && !told.contains("pretend"), "{told}");
    }
}

#[test]
fn equal_is_equal() {
    assert!(same_secret(&pasted(VALUE), &pasted(VALUE)));
    for other in ["", "abc", &VALUE[..VALUE.len() - 1]] {
        assert!(!same_secret(&pasted(VALUE), &pasted(other)), "{other}");
    }
}
