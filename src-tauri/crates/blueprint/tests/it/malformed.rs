//! Files with mistakes: each mistake is told with its place and what to do.

use std::fmt::Write as _;

use blueprint::{BlueprintError, Connector, MAX_FILE_BYTES};

/// A file without mistakes; the cases below change one thing in it.
const GOOD: &str = r#"format = 1
id = "sample"
version = "1.0.0"
vendor = "Example"
product = "Sample"
name = "Sample"
summary = "A sample."
purpose = "It is a sample."
guide = "https://example.com/guide"

[[features]]
id = "calendar"
name = "Calendar"
summary = "Reads calendars."
default = true

[[inputs]]
id = "agency"
kind = "host-label"
label = "Agency"
help = "The agency's name."

[[inputs]]
id = "mailbox"
kind = "mailbox"
label = "Mailbox"
help = "It is read once."

[[inputs]]
id = "region"
kind = "choice"
label = "Region"
help = "Where it runs."
choices = [{ value = "eu", label = "Europe" }]

[[registrations]]
key = "app"
title = "App"
display_name = "Sample {agency}"
redirects = [{ platform = "web", uri = "https://{agency}.example.com/return" }]

[[registrations.permissions]]
resource = "Microsoft Graph"
value = "Calendars.Read"
kind = "application"
features = ["calendar"]
why = "To read calendars."

[registrations.credential]
kind = "secret"
display_name = "Sample"
months = 12

[[proofs]]
kind = "calendar-read"
registration = "app"
mailbox = "mailbox"

[[hand_over]]
title = "Form"
registration = "app"
fields = [{ label = "Client id", from = "client-id" }]

[[follow_ups]]
id = "tell"
text = "Tell the others."
tick = "They know"
moment = "after-hand-over"
"#;

/// What is changed, into what.
const CASES: &[(&str, &str)] = &[
    // The form.
    ("format = 1", "format = 2"),
    ("format = 1", "format = \"1\""),
    ("format = 1\n", ""),
    ("id = \"sample\"", "id = \"sample"),
    ("id = \"sample\"", "id = \"sample\"\nid = \"again\""),
    ("id = \"sample\"", "id = \"Sample Connector\""),
    ("id = \"sample\"", "id = \"sample\"\nsumary = \"twice\""),
    ("id = \"sample\"", "id = \"sample\"\n\"a\\u202Eb\" = 1"),
    ("version = \"1.0.0\"", "version = \"1.0\""),
    ("version = \"1.0.0\"", "version = 1.0"),
    ("vendor = \"Example\"", "vendor = \"\""),
    ("vendor = \"Example\"", "vendor = \" Example\""),
    ("vendor = \"Example\"", "vendor = [\"Example\"]"),
    ("vendor = \"Example\"", "vendor = \"Micro\\u200Bsoft\""),
    ("vendor = \"Example\"", "vendor = \"\\u202Eelpmaxe\""),
    ("vendor = \"Example\"", "vendor = \"Micr\u{43e}soft\""),
    ("vendor = \"Example\"", "vendor = \"Ex\\nample\""),
    ("guide = \"https://example.com/guide\"", "guide = \"http://example.com/guide\""),
    ("guide = \"https://example.com/guide\"", "guide = \"javascript:alert(1)\""),
    ("guide = \"https://example.com/guide\"", "guide = \"https://ex\u{430}mple.com/guide\""),
    ("default = true", "default = \"yes\""),
    ("moment = \"after-hand-over\"", "moment = \"after-handover\""),
    ("months = 12", "months = 120"),
    ("months = 12", "months = -1"),
    ("kind = \"secret\"", "kind = \"password\""),
    ("kind = \"secret\"\n", ""),
    ("months = 12", "months = 12\nsource = \"vendor\""),
    ("fields = [{ label = \"Client id\", from = \"client-id\" }]", "fields = []"),
    ("platform = \"web\"", "platform = \"desktop\""),
    // Names.
    ("id = \"mailbox\"", "id = \"agency\""),
    ("id = \"mailbox\"", "id = \"environment\""),
    ("features = [\"calendar\"]", "features = [\"calender\"]"),
    ("mailbox = \"mailbox\"", "mailbox = \"postbox\""),
    ("mailbox = \"mailbox\"", "mailbox = \"agency\""),
    ("mailbox = \"mailbox\"\n", ""),
    ("registration = \"app\"\nmailbox", "registration = \"ap\"\nmailbox"),
    ("registration = \"app\"\nfields", "registration = \"apps\"\nfields"),
    // Templates and addresses.
    ("Sample {agency}", "Sample {agencies}"),
    ("Sample {agency}", "Sample {agency"),
    ("Sample {agency}", "Sample {environment}"),
    ("https://{agency}.example.com/return", "http://{agency}.example.com/return"),
    ("https://{agency}.example.com/return", "https://*.example.com/return"),
    ("https://{agency}.example.com/return", "https://{agency}.example.com/#return"),
    ("https://{agency}.example.com/return", "https://me:pass@example.com/return"),
    ("https://{agency}.example.com/return", "https://{mailbox}/return"),
    ("https://{agency}.example.com/return", "{agency}"),
    ("kind = \"host-label\"", "kind = \"host-label\"\nrequired = false"),
    ("kind = \"host-label\"", "kind = \"host-label\"\nwhen = { features = [\"calendar\"] }"),
    // Permissions.
    ("resource = \"Microsoft Graph\"", "resource = \"Microsoft Graf\""),
    ("resource = \"Microsoft Graph\"", "resource = \"00000003-0000-0ff1-ce00-000000000000\""),
    ("value = \"Calendars.Read\"", "value = \"Calendar.Read\""),
    ("value = \"Calendars.Read\"", "value = \"calendars.read\""),
    ("value = \"Calendars.Read\"", "value = \"Calendars.Raed\""),
    ("value = \"Calendars.Read\"", "value = \"Calendars.Read.Shared\""),
    ("value = \"Calendars.Read\"", "value = \"Email.Send\""),
    ("value = \"Calendars.Read\"", "value = \"Calendars Read\""),
    ("value = \"Calendars.Read\"", "value = \"Mail.Send\""),
    ("why = \"To read calendars.\"", "why = \"To read calendars.\"\nconsent = \"admin\""),
    // Contradictions.
    ("default = true", "default = true\nunavailable = \"Not yet.\""),
    ("choices = [{ value = \"eu\", label = \"Europe\" }]", ""),
    (
        "choices = [{ value = \"eu\", label = \"Europe\" }]",
        "choices = [{ value = \"eu\", label = \"Europe\" }]\ndefault = \"us\"",
    ),
    ("help = \"It is read once.\"", "help = \"It is read once.\"\nexample = \"megan\""),
    (
        "help = \"It is read once.\"",
        "help = \"It is read once.\"\nwhen = { input = \"region\", is = [\"eu\"] }",
    ),
    (
        "help = \"It is read once.\"",
        "help = \"It is read once.\"\nwhen = { input = \"agency\", is = [\"eu\"] }",
    ),
    ("help = \"Where it runs.\"", "help = \"Where it runs.\"\ncharacters = \"z-a\""),
    ("title = \"App\"", "title = \"App\"\neach_environment = true"),
    ("from = \"client-id\"", "from = \"input\""),
    ("from = \"client-id\"", "from = \"client-id\", text = \"x\""),
    ("from = \"client-id\"", "from = \"certificate-file\""),
    ("months = 12", "months = 12\nmax_months = 6"),
    // Accounts, settings and scripts.
    (
        "[[proofs]]",
        "[[accounts]]\nkey = \"svc\"\ntitle = \"Account\"\ninput = \"mailbox\"\ndisplay_name = \"Svc {agenda}\"\nwhy = \"It signs in.\"\n\n[[proofs]]",
    ),
    (
        "[[proofs]]",
        "[[accounts]]\nkey = \"svc\"\ntitle = \"Account\"\ninput = \"acount\"\ndisplay_name = \"Svc\"\nlicence_input = \"region\"\nwhy = \"It signs in.\"\n\n[[proofs]]",
    ),
    ("[[proofs]]", "[[settings]]\nkind = \"no-audit\"\nwhy = \"It is in the way.\"\n\n[[proofs]]"),
    (
        "moment = \"after-hand-over\"",
        "moment = \"after-hand-over\"\nscript = { kind = \"format-disk\", account = \"mailbox\" }",
    ),
    (
        "moment = \"after-hand-over\"",
        "moment = \"after-hand-over\"\nscript = { kind = \"exchange-server-impersonation\", account = \"region\", group = \"agency\" }",
    ),
    ("moment = \"after-hand-over\"", "moment = \"after-hand-over\"\nscript = \"Remove-Item\""),
    ("from = \"client-id\"", "from = \"account-password\""),
    ("from = \"client-id\"", "from = \"account-address\", account = \"svc\""),
    ("registration = \"app\"\nfields", "fields"),
    ("title = \"App\"", "title = \"App\"\nwhen = { input = \"region\", is = [\"mars\"] }"),
    ("kind = \"host-label\"", "kind = \"licence\"\nmultiple = true\nmax = 3"),
];

fn refused(text: &str) -> BlueprintError {
    match Connector::parse("sample.toml", text) {
        Ok(_) => panic!("this was not refused:\n{text}"),
        Err(error) => error,
    }
}

#[test]
fn every_mistake_is_told_in_its_place() {
    Connector::parse("sample.toml", GOOD).unwrap();
    let mut told = String::new();
    for (from, to) in CASES {
        assert_eq!(GOOD.matches(from).count().min(1), 1, "nothing to change: {from}");
        let changed = GOOD.replacen(from, to, 1);
        let Err(error) = Connector::parse("sample.toml", &changed) else {
            panic!("not refused: {from} → {to}")
        };
        writeln!(told, "{}  →  {}\n{error}\n", from.escape_debug(), to.escape_debug()).unwrap();
    }
    insta::assert_snapshot!(told);
}

#[test]
fn all_mistakes_are_told_at_once_and_in_order() {
    let bad = GOOD
        .replace("version = \"1.0.0\"", "version = \"one\"")
        .replace("default = true", "default = 1")
        .replace("months = 12", "months = \"12\"")
        .replace("moment = \"after-hand-over\"", "");
    let error = refused(&bad);
    let places: Vec<_> =
        error.problems.iter().map(|problem| (problem.line, problem.field.as_str())).collect();
    assert_eq!(
        places,
        [
            (3, "version"),
            (15, "features[0].default"),
            (52, "registrations[0].credential.months"),
            (64, "follow_ups[0]"),
        ]
    );
    assert!(error.to_string().lines().all(|line| line.starts_with("sample.toml:")));
}

#[test]
fn columns_count_characters() {
    let error = refused(
        &GOOD.replace("{ value = \"eu\", label = \"Europe\" }", "{ label = \"Zürich é\", value = 7 }"),
    );
    assert_eq!((error.problems[0].line, error.problems[0].column), (34, 42));
}

#[test]
fn a_file_name_cannot_disguise_itself() {
    let error = Connector::parse("evil\u{202e}lmot.toml\n", "x").unwrap_err();
    assert!(error.source_name.starts_with("evil\\u{202e}lmot"), "{}", error.source_name);
}

#[test]
fn bytes_are_read_with_care() {
    assert!(Connector::parse_bytes("a.toml", GOOD.as_bytes()).is_ok());
    assert!(
        Connector::parse_bytes("a.toml", format!("\u{feff}{GOOD}").as_bytes()).is_ok(),
        "a byte order mark is fine"
    );
    assert!(Connector::parse_bytes("a.toml", GOOD.replace('\n', "\r\n").as_bytes()).is_ok());

    let mut broken = GOOD.as_bytes().to_vec();
    broken[20] = 0xff;
    let error = Connector::parse_bytes("a.toml", &broken).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a.toml:2:10: The file is not text in UTF-8. Save it again with that encoding."
    );

    for huge in [vec![b'#'; MAX_FILE_BYTES + 1], vec![0xff; MAX_FILE_BYTES + 1]] {
        let error = Connector::parse_bytes("a.toml", &huge).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a.toml:1:1: The file has 262145 bytes. A connector can have 262144 at most."
        );
    }
    let padded = format!("{GOOD}#{}", "x".repeat(MAX_FILE_BYTES - GOOD.len() - 1));
    assert!(Connector::parse("a.toml", &padded).is_ok(), "the limit itself is allowed");
}

/// The good file and its cases, for tests that break files at random.
pub(crate) fn good() -> &'static str {
    GOOD
}

/// Every case as a whole file.
pub(crate) fn bad_files() -> impl Iterator<Item = String> {
    CASES.iter().map(|(from, to)| GOOD.replacen(from, to, 1))
}
