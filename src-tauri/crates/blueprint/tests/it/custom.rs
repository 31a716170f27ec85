//! Connectors that did not come with Gatehouse.

use std::collections::BTreeSet;

use blueprint::catalogue::{self, AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use blueprint::custom::{
    Draft, DraftPermission, ExistingPermission, ExistingRegistration, from_registration, import, review,
};
use blueprint::{
    Connector, MAX_FILE_BYTES, PermissionKey, PermissionKind, RedirectPlatform, RedirectUri, Risk,
    SignInAudience, builtin,
};
use proptest::prelude::*;
use uuid::uuid;

use crate::malformed::good;

fn draft() -> Draft {
    let permission = |value: &str, kind| DraftPermission {
        resource: "Microsoft Graph".to_owned(),
        resource_name: None,
        value: value.to_owned(),
        kind,
        why: "It needs it.".to_owned(),
    };
    Draft {
        id: String::new(),
        name: "Contoso Rooms 2".to_owned(),
        vendor: "Contoso".to_owned(),
        summary: "Shows on each door whether a room is free.".to_owned(),
        guide: None,
        display_name: "Contoso Rooms".to_owned(),
        audience: SignInAudience::AzureAdMyOrg,
        redirects: vec![RedirectUri {
            platform: RedirectPlatform::Web,
            uri: "https://rooms.contoso.com/return".to_owned(),
        }],
        permissions: vec![
            permission("Calendars.Read", PermissionKind::Application),
            permission("User.Read", PermissionKind::Delegated),
        ],
        secret_months: Some(12),
        mailbox_limit: true,
    }
}

#[test]
fn every_connector_survives_being_written_and_read() {
    let everything = Connector::parse("everything.toml", include_str!("everything.toml")).unwrap();
    for connector in builtin::all().unwrap().iter().chain([&everything]) {
        let text = connector.to_toml();
        let again = Connector::parse("again.toml", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(again, *connector);
        assert_eq!(again.to_toml(), text, "writing it again changes nothing");
    }
}

#[test]
fn a_draft_becomes_a_connector() {
    let connector = draft().connector().unwrap();
    insta::assert_snapshot!(connector.to_toml());
    let mut choices = connector.default_choices();
    choices.inputs.insert("test-mailbox".to_owned(), "room1@contoso.com".to_owned());
    let setup = connector.setup(&choices).unwrap();
    assert_eq!(setup.proofs.len(), 1);
    assert!(
        connector.setup(&connector.default_choices()).unwrap().proofs.is_empty(),
        "without a mailbox, none"
    );
}

#[test]
fn a_draft_with_mistakes_is_told() {
    let mut wrong = draft();
    wrong.permissions[0].value = "Calendar.Read".to_owned();
    wrong.redirects[0].uri = "http://rooms.contoso.com/*".to_owned();
    wrong.display_name = "Rooms {door}".to_owned();
    wrong.vendor = "C\u{43e}ntoso".to_owned();
    let told = |draft: &Draft| {
        draft
            .connector()
            .unwrap_err()
            .problems
            .iter()
            .map(|one| format!("{}: {}", one.field, one.kind))
            .collect::<Vec<_>>()
            .join("\n")
    };
    // What cannot be read is told first, what it means after that.
    assert_eq!(told(&wrong), "vendor: The letter “\u{43e}” (U+043E) looks like another one but is not it.");
    wrong.vendor = "Contoso".to_owned();
    insta::assert_snapshot!(told(&wrong));
    for id in ["", "Contoso Rooms", "1-2-3", "москва", "-"] {
        let named = Draft { name: id.to_owned(), ..draft() };
        if !id.is_empty() {
            assert!(named.connector().is_ok(), "{id}");
        }
    }
}

fn existing(value: &str, resource: uuid::Uuid, kind: PermissionKind) -> ExistingPermission {
    let key = catalogue::find(resource, value, kind).unwrap().key;
    ExistingPermission { key, resource_name: None, value: None }
}

#[test]
fn a_registration_becomes_a_connector_without_its_secrets() {
    let unknown = uuid!("12345678-1234-4234-8234-123456789abc");
    let key = |resource, id| PermissionKey { resource, id, kind: PermissionKind::Application };
    let registration = ExistingRegistration {
        display_name: "  Old {app}\u{202e} ".to_owned(),
        audience: Some(SignInAudience::AzureAdMultipleOrgs),
        redirects: ["https://app.contoso.com/return", "http://app.contoso.com/", "https://*.contoso.com/"]
            .map(|uri| RedirectUri { platform: RedirectPlatform::Web, uri: uri.to_owned() })
            .to_vec(),
        permissions: vec![
            existing("Mail.Read", MICROSOFT_GRAPH, PermissionKind::Application),
            existing("Mail.Read", MICROSOFT_GRAPH, PermissionKind::Application),
            existing("EWS.AccessAsUser.All", EXCHANGE_ONLINE, PermissionKind::Delegated),
            existing("User.Read", AZURE_AD_GRAPH, PermissionKind::Delegated),
            ExistingPermission {
                key: key(MICROSOFT_GRAPH, unknown),
                resource_name: None,
                value: Some("New.Thing".to_owned()),
            },
            ExistingPermission {
                key: key(unknown, unknown),
                resource_name: Some("Contoso API".to_owned()),
                value: Some("Rooms.Read".to_owned()),
            },
            ExistingPermission { key: key(unknown, MICROSOFT_GRAPH), resource_name: None, value: None },
        ],
        secrets: 2,
        certificates: 1,
    };
    let made = from_registration(&registration).unwrap();
    insta::assert_snapshot!(format!(
        "{}\n--- left out\n{}",
        made.connector.to_toml(),
        made.left_out.join("\n")
    ));
    assert!(made.left_out[0].starts_with("Secrets: 2 client secrets and one certificate."));
}

#[test]
fn a_bare_registration_is_enough() {
    let made = from_registration(&ExistingRegistration {
        display_name: "\u{200b}".to_owned(),
        audience: None,
        redirects: Vec::new(),
        permissions: Vec::new(),
        secrets: 0,
        certificates: 0,
    })
    .unwrap();
    assert_eq!(made.connector.name, "App");
    assert_eq!(made.left_out.len(), 1, "that the account types are not known");
    assert!(made.connector.setup(&made.connector.default_choices()).is_ok());
}

/// The good file, asking for what gives control.
fn dangerous() -> String {
    good()
        .replace(
            "[registrations.credential]",
            "[[registrations.permissions]]\nresource = \"Microsoft Graph\"\nvalue = \"RoleManagement.ReadWrite.Directory\"\n\
             kind = \"application\"\nwhy = \"To help.\"\n\n[[registrations.permissions]]\n\
             resource = \"Azure AD Graph\"\nvalue = \"User.Read\"\nkind = \"delegated\"\nwhy = \"To help.\"\n\n\
             [[registrations.roles]]\nname = \"Global Administrator\"\n\
             template_id = \"62e90394-69f5-4237-9190-012177145e10\"\nwhy = \"To help.\"\n\n[registrations.credential]",
        )
        .replace("redirects = [", "audiences = [{ audience = \"AzureADMultipleOrgs\" }]\nredirects = [")
}

fn answers(connector: &Connector) -> blueprint::Choices {
    crate::wants::choices(
        connector,
        &[("agency", "acme"), ("mailbox", "megan@contoso.com"), ("region", "eu")],
    )
}

#[test]
fn what_could_harm_everybody_is_off_until_it_is_switched_on() {
    let text = dangerous();
    let review = import("file.toml", text.as_bytes()).unwrap();
    let off: Vec<_> = review.permissions.iter().filter(|one| !one.on).map(|one| one.value.as_str()).collect();
    assert_eq!(off, ["RoleManagement.ReadWrite.Directory", "User.Read", "Global Administrator"]);
    assert!(review.permissions.iter().all(|one| one.on == one.why_off.is_none()));

    let nothing = review.accept(&BTreeSet::new());
    let setup = nothing.setup(&answers(&nothing)).unwrap();
    let names: Vec<_> = setup.registrations[0].permissions.iter().map(|need| need.value.as_str()).collect();
    assert_eq!(names, ["Calendars.Read"]);
    assert!(setup.registrations[0].roles.is_empty());
    assert_eq!(setup.critical_permissions().count(), 0);

    let critical = review.permissions.iter().find(|one| one.risk == Risk::Critical).unwrap().switch.clone();
    let one = review.accept(&BTreeSet::from([critical, "something/else/delegated".to_owned()]));
    let setup = one.setup(&answers(&one)).unwrap();
    assert_eq!(setup.critical_permissions().count(), 1);
    assert!(setup.registrations[0].roles.is_empty(), "one switch is one permission");

    // What was accepted can be kept as a file, and stays as it was accepted.
    assert_eq!(Connector::parse("kept.toml", &one.to_toml()).unwrap(), one);
}

#[test]
fn a_file_is_shown_in_plain_words() {
    let review = import("file.toml", dangerous().as_bytes()).unwrap();
    let permissions: Vec<String> = review
        .permissions
        .iter()
        .map(|one| {
            format!(
                "[{}] {} {} {}",
                if one.on { "x" } else { " " },
                one.value,
                one.risk.word(),
                one.why_off.as_deref().unwrap_or("")
            )
        })
        .collect();
    insta::assert_snapshot!(format!(
        "{}\n---\n{}\n---\n{}",
        review.sentences.join("\n"),
        permissions.join("\n"),
        review.warnings.join("\n")
    ));
    for connector in builtin::all().unwrap() {
        let review = blueprint::custom::review(connector);
        insta::assert_snapshot!(format!("review_{}", connector.id), review.sentences.join("\n"));
    }
}

#[test]
fn a_file_cannot_take_the_place_of_a_built_in_connector() {
    let text = good()
        .replace("id = \"sample\"", "id = \"totalview\"")
        .replace("vendor = \"Example\"", "vendor = \"Microsoft\"");
    let review = import("file.toml", text.as_bytes()).unwrap();
    assert_eq!(review.connector.id, "custom-totalview");
    assert!(review.warnings.iter().any(|warning| warning.contains("This is another one.")));
    assert!(review.warnings.iter().any(|warning| warning.contains("uses the name Microsoft")));
}

#[test]
fn a_word_of_look_alikes_is_warned_of() {
    // Mixed alphabets are refused outright; a whole word of another alphabet is possible, and looked at twice.
    let text = good().replace("vendor = \"Example\"", "vendor = \"\u{421}\u{41e}\u{421}\u{41e}\"");
    let review = import("file.toml", text.as_bytes()).unwrap();
    assert!(
        review.warnings.iter().any(|warning| warning.contains("looks like a Latin word")),
        "{:?}",
        review.warnings
    );
    let honest = good().replace("vendor = \"Example\"", "vendor = \"Москва\"");
    assert_eq!(import("file.toml", honest.as_bytes()).unwrap().warnings.len(), 1);
    for hidden in ["Exa\u{200b}mple", "\u{202e}elpmaxE", "Ex\u{430}mple", "Ｅxample"] {
        let text = good().replace("vendor = \"Example\"", &format!("vendor = \"{hidden}\""));
        assert!(import("file.toml", text.as_bytes()).is_err(), "{hidden:?}");
    }
}

#[test]
fn files_that_are_no_connectors_are_refused() {
    for bytes in [
        vec![b'#'; MAX_FILE_BYTES + 1],
        vec![0xff; 10],
        b"".to_vec(),
        good().replace("version", "verson").into_bytes(),
        good().replace("kind = \"secret\"", "kind = \"secret\"\nsecret = \"hunter2\"").into_bytes(),
        good()
            .replace("moment =", "script = { kind = \"run-this\", account = \"mailbox\" }\nmoment =")
            .into_bytes(),
    ] {
        let error = import("file.toml", &bytes).unwrap_err();
        assert!(!error.problems.is_empty() && error.to_string().len() < 64 * 1024);
    }
}

#[test]
fn reviewing_twice_changes_nothing_more() {
    for (_, text) in builtin::files() {
        let once = import("file.toml", text.as_bytes()).unwrap();
        let again = review(&once.connector);
        assert_eq!(again.connector, once.connector);
    }
}

#[test]
fn a_registration_with_as_much_as_microsoft_allows_becomes_a_connector() {
    let all = catalogue::all(MICROSOFT_GRAPH).filter(|one| one.retired.is_none()).take(400);
    let permissions = all.map(|one| existing(one.value, MICROSOFT_GRAPH, one.key.kind)).collect();
    let uri = |number: usize| format!("https://app.contoso.com/return/{number}");
    let made = from_registration(&ExistingRegistration {
        display_name: "Everything".to_owned(),
        audience: Some(SignInAudience::AzureAdMyOrg),
        redirects: (0..256).map(|at| RedirectUri { platform: RedirectPlatform::Web, uri: uri(at) }).collect(),
        permissions,
        secrets: 1,
        certificates: 0,
    })
    .unwrap();
    assert_eq!((made.connector.registrations[0].redirects.len(), made.left_out.len()), (256, 1));
    let text = made.connector.to_toml();
    assert!(text.len() < MAX_FILE_BYTES, "{} bytes", text.len());
    assert!(
        review(&made.connector).permissions.iter().any(|one| !one.on),
        "some of them could harm everybody"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_registration_becomes_a_connector(name in "[\\PC{}\"\\\\\n\t]{0,140}", api in "[\\PC{}\"\n]{0,100}", value in "[\\PC{}\"\n]{0,40}", uri in "[\\PC{}\"\n]{0,60}") {
        let id = uuid!("12345678-1234-4234-8234-123456789abc");
        let registration = ExistingRegistration {
            display_name: name,
            audience: None,
            redirects: vec![RedirectUri { platform: RedirectPlatform::Spa, uri: format!("https://a.example/{uri}") }],
            permissions: vec![ExistingPermission {
                key: PermissionKey { resource: id, id, kind: PermissionKind::Delegated },
                resource_name: Some(api),
                value: Some(value),
            }],
            secrets: 1,
            certificates: 0,
        };
        let made = from_registration(&registration);
        prop_assert!(made.is_ok(), "{}", made.unwrap_err());
        let connector = made.unwrap().connector;
        prop_assert_eq!(&Connector::parse("again.toml", &connector.to_toml()).unwrap(), &connector);
    }

    #[test]
    fn any_draft_is_a_connector_or_told(text in "[\\PC{}\"\\\\\n]{0,100}", at in 0usize..8) {
        let mut wrong = draft();
        let field = match at {
            0 => &mut wrong.id,
            1 => &mut wrong.name,
            2 => &mut wrong.vendor,
            3 => &mut wrong.summary,
            4 => &mut wrong.display_name,
            5 => &mut wrong.redirects[0].uri,
            6 => &mut wrong.permissions[0].value,
            _ => &mut wrong.permissions[0].why,
        };
        field.clone_from(&text);
        match wrong.connector() {
            Ok(connector) => {
                let review = review(&connector);
                let accepted = review.accept(&BTreeSet::new());
                prop_assert_eq!(&Connector::parse("again.toml", &accepted.to_toml()).unwrap(), &accepted);
            }
            Err(error) => prop_assert!(!error.problems.is_empty()),
        }
    }
}
