//! The sentences about taking back what was allowed.

use crate::plan::words::{Words, words};

/// Names in one sentence; the others are counted.
const NAMED: usize = 3;
/// They only say who it is: named last.
const IDENTITY: [&str; 4] = ["openid", "profile", "email", "offline_access"];

pub(super) fn of_person(app: &str, person: &str, scopes: &[&str]) -> Words {
    let what = listed(scopes);
    words(
        format!("Take back what {person} allowed “{app}”: {what}."),
        format!("Took back what {person} allowed “{app}”: {what}."),
        Some("What the person had allowed is given again, as it was."),
    )
}

pub(super) fn of_everyone(app: &str, scopes: &[&str]) -> Words {
    let what = listed(scopes);
    words(
        format!("Take back what an admin allowed “{app}” for everyone: {what}."),
        format!("Took back what an admin allowed “{app}” for everyone: {what}."),
        Some("What was allowed for everyone is given again, as it was."),
    )
}

pub(super) fn of_many(app: &str, people: usize) -> Words {
    words(
        format!("Take back what {people} people allowed “{app}”."),
        format!("Took back what {people} people allowed “{app}”."),
        Some("What these people had allowed is given again, as it was."),
    )
}

pub(super) fn nothing_of(app: &str, person: &str) -> Words {
    let text = format!("{person} has allowed “{app}” nothing.");
    words(text.clone(), text, None)
}

pub(super) fn nothing_of_many(app: &str, people: usize) -> Words {
    let text = format!("Of these people, {people} have allowed “{app}” nothing.");
    words(text.clone(), text, None)
}

pub(super) fn nothing(app: &str) -> Words {
    let text = format!("Nobody has allowed “{app}” anything.");
    words(text.clone(), text, None)
}

pub(super) fn read() -> Words {
    words("Look again what is allowed, and compare.".into(), "Looked again: it is taken back.".into(), None)
}

/// What does not stop at once, and what not at all.
pub(super) fn not_at_once(app: &str) -> (String, String) {
    let title = "It does not stop at once".to_owned();
    let why = format!(
        "What “{app}” has in its hands goes on working for up to about 90 minutes, with some products for up to 28 hours. What it \
         has copied stays with it. To end open sessions at once, revoke a person's sessions in the Microsoft Entra admin center."
    );
    (title, why)
}

pub(super) fn can_come_back(app: &str, by_themselves: bool) -> (String, String) {
    if by_themselves {
        let why = format!(
            "In this organisation people may allow apps by themselves, so anybody can allow “{app}” again. An admin can stop that in \
             the settings for user consent."
        );
        return ("People can allow it again".to_owned(), why);
    }
    let why = format!(
        "In this organisation only an admin allows apps. Without “{app}”, these people have to wait until an admin allows it again."
    );
    ("Only an admin can allow it again".to_owned(), why)
}

pub(super) fn still_for_everyone(app: &str) -> (String, String) {
    let why = format!(
        "An admin allowed “{app}” some things for everyone. That still holds for these people too. To end it, take it back for all."
    );
    ("A part is allowed for everyone".to_owned(), why)
}

pub(super) fn acts_by_itself(app: &str) -> (String, String) {
    let why = format!(
        "“{app}” also has permissions of its own, which work without anybody signing in. They stay as they are."
    );
    ("It also works by itself".to_owned(), why)
}

fn listed(scopes: &[&str]) -> String {
    let is_identity = |scope: &&str| IDENTITY.iter().any(|name| name.eq_ignore_ascii_case(scope));
    let (last, first): (Vec<&str>, Vec<&str>) = scopes.iter().copied().partition(is_identity);
    let mut all = first;
    all.extend(last);
    all.dedup();
    match all.len().checked_sub(NAMED) {
        None | Some(0) => all.join(", "),
        Some(more) => format!("{} and {more} more", all[..NAMED].join(", ")),
    }
}

#[cfg(test)]
pub(in crate::plan) fn all() -> Vec<Words> {
    let scopes = ["openid", "Calendars.ReadWrite", "Mail.Read", "Mail.Send", "profile"];
    vec![
        of_person("App", "Anna Berg", &scopes),
        of_everyone("App", &scopes[..2]),
        of_many("App", 100),
        nothing_of("App", "Anna Berg"),
        nothing_of_many("App", 60),
        nothing("App"),
        read(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matters_is_named_first_and_the_rest_is_counted() {
        assert_eq!(listed(&["openid", "Mail.Read"]), "Mail.Read, openid");
        assert_eq!(listed(&["profile", "A", "B", "C", "D"]), "A, B, C and 2 more");
        assert_eq!(listed(&["A", "B", "C"]), "A, B, C");
    }

    #[test]
    fn what_is_to_be_known_is_said_in_plain_sentences() {
        let all = [
            not_at_once("App"),
            can_come_back("App", true),
            can_come_back("App", false),
            still_for_everyone("App"),
            acts_by_itself("App"),
        ];
        for (title, why) in all {
            assert!(!title.ends_with('.') && why.ends_with('.'), "{title}: {why}");
            assert!(why.split(". ").all(|sentence| sentence.split(' ').count() <= 24), "{why}");
        }
    }
}
