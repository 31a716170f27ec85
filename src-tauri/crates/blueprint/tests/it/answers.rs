//! Answers as people type them.

use std::fmt::Write as _;

use blueprint::{Choices, Connector};

/// A connector with one question of this kind.
fn asks(kind: &str, more: &str) -> Connector {
    let text = format!(
        r#"
format = 1
id = "asks"
version = "1.0.0"
vendor = "Example"
product = "Example"
name = "Example"
summary = "Asks."
purpose = "Asks."
guide = "https://example.com/guide"
[[inputs]]
id = "answer"
kind = "{kind}"
label = "Answer"
help = "Whatever."
{more}
[[registrations]]
key = "app"
title = "App"
display_name = "App"
credential = {{ kind = "none" }}
"#
    );
    Connector::parse("asks.toml", &text).unwrap()
}

/// What becomes of each answer, one line each.
fn judged(kind: &str, more: &str, answers: &[&str]) -> String {
    let connector = asks(kind, more);
    let mut lines = String::new();
    for answer in answers {
        let mut choices = Choices::default();
        choices.inputs.insert("answer".to_owned(), (*answer).to_owned());
        let shown = answer.escape_debug();
        match connector.setup(&choices) {
            Ok(setup) => {
                let kept = setup.inputs.get("answer").map(ToString::to_string).unwrap_or_default();
                writeln!(lines, "{shown}\n    = {kept}").unwrap();
            }
            Err(issues) => {
                writeln!(lines, "{shown}\n    ! {}", issues[0]).unwrap();
                if let Some(suggestion) = issues[0].suggestion() {
                    // A suggestion that is refused in its turn would be worse than none.
                    choices.inputs.insert("answer".to_owned(), suggestion.to_owned());
                    assert!(connector.setup(&choices).is_ok(), "{shown} → {suggestion}");
                    writeln!(lines, "    → {suggestion}").unwrap();
                }
            }
        }
    }
    lines
}

#[test]
fn mailboxes() {
    insta::assert_snapshot!(judged(
        "mailbox",
        "",
        &[
            "megan@contoso.com",
            "  Megan.Bowen@CONTOSO.com ",
            "o'neill+x@contoso.co.uk",
            "",
            "   ",
            "megan",
            "megan@contoso",
            "@contoso.com",
            "megan@",
            "megan@contoso..com",
            ".megan@contoso.com",
            "megan@@contoso.com",
            "megan@contoso.com, adele@contoso.com",
            "megan @contoso.com",
            "Megan Bowen <megan@contoso.com>",
            "mailto:megan@contoso.com?subject=hi",
            "MAILTO:megan@contoso.com",
            "megan@192.168.0.1",
            "megan@[192.168.0.1]",
            "\"megan bowen\"@contoso.com",
            "m\u{435}gan@contoso.com",
            "megan@c\u{43e}ntoso.com",
            "megan@xn--cntoso-wqf.com",
            "megan@m\u{fc}nchen.de",
            "megan\u{200b}@contoso.com",
            "megan\u{202e}@contoso.com",
            "megan@contoso.com\0",
            "https://contoso.com/megan",
        ]
    ));
    let long = format!("{}@contoso.com", "m".repeat(65));
    assert!(judged("mailbox", "", &[&long]).contains("not a whole e-mail address"));
}

#[test]
fn domains() {
    insta::assert_snapshot!(judged(
        "domain",
        "",
        &[
            "contoso.com",
            "CONTOSO.onmicrosoft.com",
            "@contoso.com",
            "contoso.com.",
            "megan@contoso.com",
            "https://www.contoso.com/about",
            "contoso.com/about",
            "con toso.com",
            "contoso",
            "contoso.1",
            "192.168.0.1",
            "-contoso.com",
            "contoso-.com",
            "con_toso.com",
            "m\u{fc}nchen.de",
            "xn--mnchen-3ya.de",
            "\u{440}\u{430}\u{443}\u{440}\u{430}l.com",
            "\u{430}\u{440}\u{440}\u{4cf}\u{435}.com",
            "xn--80ak6aa92e.com",
            "\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}",
            "contoso\u{3002}com",
            "\u{ff43}ontoso.com",
            "xn--\u{fc}.com",
            "javascript:alert(1)",
        ]
    ));
}

#[test]
fn several_domains() {
    insta::assert_snapshot!(judged(
        "verified-domain",
        "multiple = true",
        &[
            "contoso.com",
            "contoso.com, fabrikam.com;contoso.com\nnorthwind.com",
            ", ,",
            "contoso.com, fabrikam"
        ]
    ));
}

#[test]
fn host_labels() {
    insta::assert_snapshot!(judged(
        "host-label",
        "",
        &[
            "acme",
            "Acme",
            "acme-2",
            "https://acme.example.com/settings/calendar",
            "acme.example.com",
            "http://Acme.example.com",
            "acme staffing",
            "acme/",
            "-acme",
            "acme_staffing",
            "acme:8080",
            "../acme",
            "acme?",
            "acme#",
            "acme@evil",
            "\u{430}cme",
            "xn--cme-7cd",
            "https://192.168.0.1/",
        ]
    ));
}

#[test]
fn web_addresses() {
    insta::assert_snapshot!(judged(
        "url",
        "",
        &[
            "https://example.com",
            "https://example.com/return?x=1",
            "http://example.com/return",
            "example.com/return",
            "example.com:8443/return",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "\\\\server\\share",
            "https://example.com\\@evil.example",
            "https://megan:secret@example.com",
            "https://192.168.0.1/",
            "https://localhost/",
            "https://ex\u{430}mple.com/",
            "https://exa mple.com/",
            "https://",
            "--flag",
        ]
    ));
}

#[test]
fn numbers_choices_and_texts() {
    insta::assert_snapshot!(judged(
        "number",
        "min = 2\nmax = 40",
        &["2", "40", "1", "41", "-3", "3.5", "3e1", "٣", "99999999999999999999", "two"]
    ));
    let choices =
        "choices = [{ value = \"eu\", label = \"Europe\" }, { value = \"us\", label = \"United States\" }]";
    insta::assert_snapshot!(judged("choice", choices, &["eu", "EU", "europe", "ue", "Asia"]));
    insta::assert_snapshot!(judged(
        "text",
        "characters = \"A-Za-z0-9 \"\nmin = 3\nmax = 10",
        &["Contoso 1", "ab", "Contoso Limited", "Contoso!", "a\tb c"]
    ));
}

#[test]
fn certificates() {
    let pem = "-----BEGIN CERTIFICATE-----\r\nMIIBszCCAVmgAwIBAgIUQ2VydA==\r\n-----END CERTIFICATE-----\r\n";
    let key = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----";
    insta::assert_snapshot!(judged(
        "certificate",
        "",
        &[
            pem,
            key,
            "MIIBszCCAVmgAwIBAgIUQ2VydA==",
            "-----BEGIN CERTIFICATE-----\n<xml>\n-----END CERTIFICATE-----"
        ]
    ));
    let huge = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----", "MIIB".repeat(10_000));
    assert!(judged("certificate", "", &[&huge]).contains("too long"));
}

#[test]
fn an_optional_question_may_stay_open() {
    assert!(judged("mailbox", "required = false", &["", "  "]).contains("= \n"));
}
