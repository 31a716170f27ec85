//! Files that are made to do harm: no panic, no endless work, a bounded answer.

use std::fmt::Write as _;

use blueprint::{Choices, Connector};
use proptest::prelude::*;

use crate::malformed::{bad_files, good};

/// Reads a file as the app would, and uses what comes out.
fn read(text: &str) -> usize {
    match Connector::parse("hostile.toml", text) {
        Ok(connector) => {
            let _ = connector.setup(&Choices::default());
            let _ = connector.setup(&connector.default_choices());
            0
        }
        Err(error) => {
            assert!(!error.problems.is_empty());
            assert!(error.problems.len() <= 50);
            let told = error.to_string();
            assert!(told.len() < 64 * 1024, "an answer of {} bytes", told.len());
            told.len()
        }
    }
}

#[test]
fn nesting_ends() {
    for (open, close) in [("[", "]"), ("{ a = ", " }"), ("[{ b = ", " }]")] {
        for depth in [10, 79, 80, 81, 1_000, 30_000] {
            read(&format!("id = {}1{}", open.repeat(depth), close.repeat(depth)));
            read(&format!("id = {}", open.repeat(depth)));
        }
    }
    read(&format!("{} = 1", vec!["a"; 60_000].join(".")));
    read(&format!("[{}]", vec!["a"; 60_000].join(".")));
    read(&format!("[[{}]]", vec!["a"; 60_000].join(".")));
}

#[test]
fn many_mistakes_are_not_much_work() {
    let mut keys = String::new();
    for number in 0..20_000 {
        writeln!(keys, "feature{number} = 1").unwrap();
    }
    read(&keys);
    read(&format!("{}\n", "id = 1\n".repeat(30_000)));
    read(&"= ".repeat(100_000));
    read(&"\"\"\"".repeat(80_000));
    read(&format!("features = [{}]", "{},".repeat(80_000)));
    read(&format!("features = [{}]", "1,".repeat(120_000)));
    read(&format!("{} = 1", "k".repeat(200_000)));
    read(&format!("id = \"{}\"", "x".repeat(200_000)));
    read(&good().replace("Calendars.Read", &"Calendars.".repeat(12)));
}

#[test]
fn odd_values_are_told() {
    for value in [
        "nan",
        "inf",
        "-0",
        "1e400",
        "0x7fffffffffffffff",
        "99999999999999999999999",
        "1979-05-27",
        "07:32:00",
        "''",
        "\"\\u0000\"",
        "\"\\U0010FFFF\"",
        "[]",
        "{}",
        "true",
    ] {
        for field in ["format", "id", "guide", "choices", "months"] {
            let bad = good().replacen(&format!("{field} = "), &format!("{field} = {value} #"), 1);
            assert_ne!(read(&bad), 0, "{field} = {value}");
            read(&format!("{field} = {value}"));
        }
    }
}

#[test]
fn a_dangerous_connector_is_read_and_marked() {
    // Nothing in the form is wrong with it: the person decides, with the risk in view.
    let text = good().replace("Calendars.Read", "RoleManagement.ReadWrite.Directory").replace(
        "why = \"To read calendars.\"",
        "why = \"To read calendars.\"\n\n[[registrations.permissions]]\nresource = \"Microsoft Graph\"\n\
         value = \"Calendars.Read\"\nkind = \"application\"\nwhy = \"To read calendars.\"",
    );
    let connector = Connector::parse("dangerous.toml", &text).unwrap();
    let mut choices = connector.default_choices();
    for (id, answer) in [("agency", "acme"), ("mailbox", "megan@contoso.com"), ("region", "eu")] {
        choices.inputs.insert(id.to_owned(), answer.to_owned());
    }
    let setup = connector.setup(&choices).unwrap();
    let critical: Vec<_> =
        setup.critical_permissions().map(|(key, need)| (key, need.value.as_str())).collect();
    assert_eq!(critical, [("app", "RoleManagement.ReadWrite.Directory")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        read(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Connector::parse_bytes("bytes.toml", &bytes);
    }

    #[test]
    fn a_broken_file_is_read(cut in 0usize..1_800, length in 0usize..60, put in "[\\PC\n\"\\[\\]{}=.]{0,12}") {
        let text = good();
        let start = text.floor_char_boundary(cut.min(text.len()));
        let end = text.floor_char_boundary((start + length).min(text.len()));
        read(&format!("{}{put}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn a_built_in_file_with_a_flipped_character_is_read(at in 0usize..6_000, with in any::<char>()) {
        let (_, text) = blueprint::builtin::files()[at % blueprint::builtin::files().len()];
        let start = text.floor_char_boundary(at % text.len());
        let end = text.ceil_char_boundary(start + 1);
        read(&format!("{}{with}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn two_mistakes_are_no_worse_than_one(first in 0usize..60, second in 0usize..60) {
        let files: Vec<String> = bad_files().collect();
        let (first, second) = (&files[first % files.len()], &files[second % files.len()]);
        let half = first.floor_char_boundary(first.len() / 2);
        let other = second.floor_char_boundary(second.len() / 2);
        read(&format!("{}{}", &first[..half], &second[other..]));
    }

    #[test]
    fn any_answer_is_judged(answer in "\\PC{0,80}", kind in 0usize..3) {
        let connector = Connector::parse("good.toml", good()).unwrap();
        let mut choices = connector.default_choices();
        let id = ["agency", "mailbox", "region"][kind];
        choices.inputs.insert(id.to_owned(), answer);
        if let Err(issues) = connector.setup(&choices) {
            for issue in issues {
                prop_assert!(!issue.to_string().is_empty());
            }
        }
    }
}
