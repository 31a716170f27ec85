//! What is said about permissions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use blueprint::catalogue::{
    self, AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH, NameMatch, Permission, WhoseData, resolve_name,
};
use blueprint::{PermissionKey, PermissionKind, Risk};

use PermissionKind::{Application, Delegated};

const APIS: [uuid::Uuid; 3] = [MICROSOFT_GRAPH, EXCHANGE_ONLINE, AZURE_AD_GRAPH];

fn everything() -> impl Iterator<Item = Permission> {
    APIS.into_iter().flat_map(catalogue::all)
}

fn graph(value: &str, kind: PermissionKind) -> Permission {
    catalogue::find(MICROSOFT_GRAPH, value, kind).unwrap()
}

/// A title as the table keeps it, made a sentence.
fn is_microsofts_title(permission: &Permission) -> bool {
    permission.sentence.trim_end_matches('.') == permission.microsoft_name.trim_end_matches('.')
}

#[test]
fn our_own_sentences_are_as_recorded() {
    let mut lines = String::new();
    for permission in everything().filter(|permission| !is_microsofts_title(permission)) {
        writeln!(
            lines,
            "{} {} ({}), {}: {} {}",
            permission.resource_name,
            permission.value,
            permission.key.kind,
            permission.risk.word(),
            permission.sentence,
            permission.risk_reason
        )
        .unwrap();
    }
    insta::assert_snapshot!(lines);
    let every = everything().count();
    assert!(everything().all(|one| one.sentence.ends_with('.') && one.sentence.len() > 8), "{every}");
}

#[test]
fn a_key_leads_to_one_permission() {
    let mut keys = BTreeSet::new();
    for permission in everything() {
        assert!(keys.insert(permission.key), "{} twice", permission.value);
        assert_eq!(catalogue::get(permission.key), Some(permission));
    }
    assert_eq!(keys.len(), 1_529 + 76 + 19);
}

#[test]
fn one_id_stands_for_different_permissions() {
    let id = graph("Mail.Read", Application).key.id;
    let on = |resource| catalogue::get(PermissionKey { resource, id, kind: Application });
    assert_eq!(on(MICROSOFT_GRAPH).unwrap().retired, None);
    assert!(on(EXCHANGE_ONLINE).unwrap().retired.is_some());
    assert_eq!(on(AZURE_AD_GRAPH), None);

    // The same id on two APIs with two names, and on one API with two kinds.
    let calendars = graph("Calendars.ReadWrite", Application).key.id;
    let other = catalogue::get(PermissionKey { resource: EXCHANGE_ONLINE, id: calendars, kind: Application });
    assert_eq!(other.unwrap().value, "Calendars.ReadWrite.All");
    let export = |kind| graph("User.Export.All", kind);
    assert_eq!(export(Application).key.id, export(Delegated).key.id);
    assert_ne!(export(Application).sentence, export(Delegated).sentence);
}

#[test]
fn a_new_meaning_is_not_told_with_old_words() {
    assert_eq!(
        graph("Calendars.Read.All", Application).sentence,
        "Read the work hours and work places of all people."
    );
    let older = catalogue::find(EXCHANGE_ONLINE, "Calendars.Read.All", Application).unwrap();
    assert_eq!(older.sentence, "Read every calendar in the organisation.");
    assert_eq!(older.retired.unwrap().instead, ["Calendars.Read"]);
}

/// By API and name: what is said of each kind.
fn by_name() -> BTreeMap<(&'static str, &'static str), BTreeMap<PermissionKind, Risk>> {
    let mut names: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for permission in everything() {
        names
            .entry((permission.resource_name, permission.value))
            .or_default()
            .entry(permission.key.kind)
            .and_modify(|risk: &mut Risk| *risk = permission.risk.max(*risk))
            .or_insert(permission.risk);
    }
    names
}

#[test]
fn acting_alone_is_never_less_risky_than_acting_for_a_person() {
    let wrong: Vec<_> = by_name()
        .into_iter()
        .filter(|(_, kinds)| match (kinds.get(&Application), kinds.get(&Delegated)) {
            (Some(alone), Some(for_person)) => alone < for_person,
            _ => false,
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn changing_is_never_less_risky_than_reading() {
    let names = by_name();
    let mut wrong = Vec::new();
    for ((resource, value), kinds) in &names {
        let reading = value.replace("ReadWrite", "Read");
        let Some(read) = names.get(&(*resource, reading.as_str())).filter(|_| value.contains("ReadWrite"))
        else {
            continue;
        };
        for (kind, risk) in kinds {
            let lower = read.get(kind).copied().unwrap_or(Risk::Low);
            if *risk < lower {
                wrong.push(format!("{resource} {value} ({kind}): {risk:?}, but reading {lower:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_gives_control_is_critical() {
    let critical: Vec<_> = catalogue::all(MICROSOFT_GRAPH)
        .filter(|permission| permission.risk == Risk::Critical)
        .map(|permission| format!("{} ({})", permission.value, permission.key.kind))
        .collect();
    insta::assert_snapshot!(critical.join("\n"));
    for value in
        ["RoleManagement.ReadWrite.Directory", "AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All"]
    {
        assert_eq!(graph(value, Application).risk, Risk::Critical, "{value}");
    }
}

#[test]
fn an_app_alone_always_needs_an_admin() {
    assert!(
        everything().all(|permission| permission.key.kind == Delegated || permission.admin_consent_required)
    );
    assert!(!graph("User.Read", Delegated).admin_consent_required);
    assert!(graph("User.Read.All", Delegated).admin_consent_required);
}

#[test]
fn what_is_retired_leads_to_something_that_is_not() {
    let mut lines = String::new();
    let mut retired = 0;
    for permission in everything() {
        let Some(retirement) = permission.retired else { continue };
        retired += 1;
        for instead in &retirement.instead {
            let exists = [Application, Delegated].iter().any(|kind| {
                catalogue::find(MICROSOFT_GRAPH, instead, *kind).is_some_and(|found| found.retired.is_none())
            });
            assert!(exists, "{}: {instead}", permission.value);
        }
        writeln!(
            lines,
            "{} {} ({}), {}: {}",
            permission.resource_name,
            permission.value,
            permission.key.kind,
            retirement.since.unwrap_or("no date"),
            retirement.instead.join(" ")
        )
        .unwrap();
    }
    insta::assert_snapshot!(lines);
    assert_eq!(retired, 67);

    // Both APIs have EWS under ids of their own; both are told.
    for resource in [MICROSOFT_GRAPH, EXCHANGE_ONLINE] {
        let ews = catalogue::find(resource, "EWS.AccessAsUser.All", Delegated).unwrap();
        assert_eq!(ews.retired.unwrap().since, Some("2026-10-01"));
        let eas = catalogue::find(resource, "EAS.AccessAsUser.All", Delegated).unwrap().retired.unwrap();
        assert_eq!(eas.since, Some("2026-03-01"));
        assert!(eas.still_valid.is_some(), "newer versions go on");
        assert_eq!(
            catalogue::find(resource, "IMAP.AccessAsUser.All", Delegated).and_then(|one| one.retired),
            None
        );
    }
}

#[test]
fn a_wrong_name_in_a_guide_is_resolved_and_said() {
    let corrected = |name: &str, kind| match resolve_name(MICROSOFT_GRAPH, name, kind) {
        NameMatch::Corrected { permission, note } => format!("{} – {note}", permission.value),
        other => format!("{other:?}"),
    };
    insta::assert_snapshot!(
        [
            corrected("Email.Send", Application),
            corrected("Calendar.ReadWrite", Application),
            corrected("mail.read", Delegated),
            corrected("Users.Read.All", Application),
            corrected("Read calendars in all mailboxes", Application),
        ]
        .join("\n")
    );
    assert!(matches!(resolve_name(MICROSOFT_GRAPH, "Mail.Send", Application), NameMatch::Exact(_)));
    let NameMatch::OtherKind { note, .. } =
        resolve_name(MICROSOFT_GRAPH, "Calendars.Read.Shared", Application)
    else {
        panic!("the other kind was not found")
    };
    assert_eq!(note, "Calendars.Read.Shared exists only as a delegated permission.");
    assert_eq!(
        resolve_name(MICROSOFT_GRAPH, "Calenders.Raed", Application),
        NameMatch::Unknown { nearest: Some("Calendars.Read") }
    );
    assert_eq!(
        resolve_name(MICROSOFT_GRAPH, "Coffee.Brew.All", Application),
        NameMatch::Unknown { nearest: None }
    );
}

#[test]
fn apis_go_by_name_or_by_id() {
    let by_name = catalogue::resource("Microsoft Graph", None).unwrap();
    assert_eq!(catalogue::resource("00000003-0000-0000-C000-000000000000", Some("ignored")), Some(by_name));
    let other = catalogue::resource("c5393580-f805-4401-95e8-94b7a6ef2fc2", Some("Management")).unwrap();
    assert_eq!(other.name, "Management");
    assert_eq!(catalogue::resource("Skynet", None), None);
}

#[test]
fn whose_data_is_told_apart() {
    assert_eq!(graph("Calendars.Read", Application).whose_data, WhoseData::Everyone);
    assert_eq!(graph("Calendars.Read", Delegated).whose_data, WhoseData::SignedIn);
    assert_eq!(graph("Calendars.Read.Shared", Delegated).whose_data, WhoseData::Shared);
    assert_eq!(graph("Sites.Selected", Application).whose_data, WhoseData::Picked);
}
