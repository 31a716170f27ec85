//! Manifest fragments as people paste them.

use std::fmt::Write as _;

use blueprint::manifest::{Difference, Entry, MAX_BYTES, MAX_PERMISSIONS, ManifestError, read};
use blueprint::{PermissionKind, Risk};
use proptest::prelude::*;

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const MAIL_READ: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
const UNKNOWN: &str = "12345678-1234-4234-8234-123456789abc";

fn api(resource: &str, accesses: &[(&str, &str)]) -> String {
    let accesses: Vec<String> =
        accesses.iter().map(|(id, kind)| format!("{{ \"id\": \"{id}\", \"type\": \"{kind}\" }}")).collect();
    format!("{{ \"resourceAppId\": \"{resource}\", \"resourceAccess\": [{}] }}", accesses.join(", "))
}

fn mail() -> String {
    api(GRAPH, &[(MAIL_READ, "Role")])
}

fn names(text: &str) -> Vec<String> {
    read(text).unwrap_or_else(|error| panic!("{error}: {text}")).iter().map(Entry::name).collect()
}

#[test]
fn row_d2_every_usual_shape_is_read() {
    let mail = mail();
    for pasted in [
        format!("[{mail}]"),
        mail.clone(),
        format!("{{ \"requiredResourceAccess\": [{mail}] }}"),
        format!("\"requiredResourceAccess\": [{mail}]"),
        format!("\"requiredResourceAccess\": [{mail}],"),
        // A whole manifest of the portal's shape.
        format!(
            "{{ \"id\": \"x\", \"appId\": \"y\", \"replyUrlsWithType\": [], \"requiredResourceAccess\": [{mail}], \"signInAudience\": \"AzureADMyOrg\" }}"
        ),
        // And of Microsoft Graph's.
        format!(
            "{{ \"@odata.context\": \"x\", \"displayName\": \"y\", \"web\": {{ \"redirectUris\": [] }}, \"requiredResourceAccess\": [{mail}] }}"
        ),
        format!("// from the guide\n[ /* mail */ {mail}, ]"),
        format!("\u{feff}[{}]", mail.replace('"', "\u{201d}")),
        format!("[{}]", mail.replace("\"Role\"", "\"role\"").replace("resourceAppId", "ResourceAppId")),
        format!("[{}]", mail.replace(' ', "\u{a0}")),
        format!("[{mail}, {mail}]"),
    ] {
        assert_eq!(names(&pasted), ["Mail.Read"], "{pasted}");
    }
    assert_eq!(names("[]"), Vec::<String>::new());
    assert_eq!(names(&format!("[{}]", api(GRAPH, &[]))), Vec::<String>::new());
}

#[test]
fn row_d2_an_unknown_id_is_kept_and_marked() {
    let entries =
        read(&format!("[{}, {}]", api(GRAPH, &[(UNKNOWN, "Scope")]), api(UNKNOWN, &[(UNKNOWN, "Role")])))
            .unwrap();
    assert_eq!(entries.len(), 2);
    for entry in &entries {
        assert_eq!((entry.name(), entry.permission.is_some()), (UNKNOWN.to_owned(), false));
        assert_eq!(entry.risk(), Risk::High, "nobody has judged it");
    }
    assert_eq!(entries[0].resource_name, Some("Microsoft Graph"));
    assert_eq!(entries[1].resource_name, None);
}

#[test]
fn row_d2_the_kind_belongs_to_the_key() {
    let both = format!("[{}]", api(GRAPH, &[(MAIL_READ, "Role"), (MAIL_READ, "Scope")]));
    let kinds: Vec<_> =
        read(&both).unwrap().iter().map(|entry| (entry.key.kind, entry.permission.is_some())).collect();
    assert_eq!(kinds, [(PermissionKind::Application, true), (PermissionKind::Delegated, false)]);
    let in_one = format!("[{}]", api(GRAPH, &[(MAIL_READ, "Role,Scope")]));
    assert_eq!(read(&in_one).unwrap(), read(&both).unwrap());
}

#[test]
fn row_d2_a_retired_api_is_told_even_for_unknown_ids() {
    let entries =
        read(&format!("[{}]", api("00000002-0000-0000-c000-000000000000", &[(UNKNOWN, "Scope")]))).unwrap();
    assert!(entries[0].retired().unwrap().why.contains("Azure AD Graph"));
}

#[test]
fn row_d2_what_is_wrong_is_told() {
    let mail = mail();
    let wrong = [
        String::new(),
        "  // nothing\n".to_owned(),
        "not a manifest".to_owned(),
        format!("[{mail}"),
        format!("{{\n  \"requiredResourceAccess\": [\n    {mail}\n    {mail}\n  ]\n}}"),
        "{ \"displayName\": \"x\" }".to_owned(),
        "{ \"requiredResourceAccess\": \"x\" }".to_owned(),
        "[1]".to_owned(),
        "[{}]".to_owned(),
        format!("[{}]", mail.replace(GRAPH, "graph")),
        format!("[{}]", mail.replace(MAIL_READ, "Mail.Read")),
        format!("[{}]", mail.replace("\"Role\"", "\"Group\"")),
        format!("[{mail}, {{ \"resourceAppId\": \"{GRAPH}\", \"resourceAccess\": {{}} }}]"),
        "\"just a text\"".to_owned(),
        "null".to_owned(),
    ];
    let mut told = String::new();
    for text in &wrong {
        writeln!(told, "{}\n    {}", text.escape_debug(), read(text).unwrap_err()).unwrap();
    }
    insta::assert_snapshot!(told);
    assert_eq!(read(&wrong[4]).unwrap_err().line(), Some(4));
}

#[test]
fn row_d2_five_hundred_permissions_are_read_and_more_than_a_thousand_are_not() {
    let many = |count: usize| {
        let ids: Vec<String> =
            (0..count).map(|number| format!("12345678-1234-4234-8234-{number:012x}")).collect();
        let accesses: Vec<(&str, &str)> = ids.iter().map(|id| (id.as_str(), "Role")).collect();
        format!("[{}]", api(GRAPH, &accesses))
    };
    let entries = read(&many(500)).unwrap();
    assert_eq!(entries.len(), 500);
    let difference = Difference::between(&entries, &[]);
    assert_eq!(difference.new.len(), 500);
    assert!(read(&many(MAX_PERMISSIONS)).is_ok());
    assert_eq!(read(&many(MAX_PERMISSIONS + 1)).unwrap_err(), ManifestError::TooMany);
    assert!(matches!(read(&"[".repeat(MAX_BYTES + 1)), Err(ManifestError::TooLarge { .. })));
    assert!(matches!(read(&"[".repeat(MAX_BYTES)), Err(ManifestError::NotJson { .. })), "deep nesting ends");
    assert!(read(&format!("[{}]", "/*".repeat(100_000))).is_err());
}

#[test]
fn replacing_takes_away_what_merging_keeps() {
    let fragment = read(&format!("[{}]", mail())).unwrap();
    let there = read(&format!("[{}]", api(GRAPH, &[(UNKNOWN, "Role")]))).unwrap()[0].key;
    let difference = Difference::between(&fragment, &[there, there]);
    assert_eq!(difference.only_there.len(), 1);
    assert_eq!(difference.merged(&[there]), [there, fragment[0].key]);
    assert_eq!(Difference::replaced(&fragment), [fragment[0].key]);
    assert_eq!(
        Difference::between(&fragment, &[fragment[0].key]).sentence(),
        "Everything in the text is on the app already."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_told(text in "[\\PC\n\"\\[\\]{}:,/*\\\\]{0,120}") {
        if let Err(error) = read(&text) {
            prop_assert!(error.to_string().len() < 400);
        }
    }

    #[test]
    fn a_broken_fragment_is_read_or_told(cut in 0usize..200, length in 0usize..20, put in "[\\PC\"\\[\\]{},/*]{0,6}") {
        let text = format!("\"requiredResourceAccess\": [{}]", mail());
        let start = cut.min(text.len());
        let end = (start + length).min(text.len());
        let _ = read(&format!("{}{put}{}", &text[..start], &text[end..]));
    }
}
