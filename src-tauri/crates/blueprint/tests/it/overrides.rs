//! Choices besides features and answers: names, lifetimes, account types, environments.

use std::collections::BTreeSet;

use blueprint::{Choices, Connector, CredentialSpec, HandOverValue, Setup, SignInAudience};

const CERTIFICATE: &str =
    "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ2VydA==\n-----END CERTIFICATE-----";

fn everything() -> Connector {
    Connector::parse("everything.toml", include_str!("everything.toml")).unwrap()
}

fn choices() -> Choices {
    let mut choices = everything().default_choices();
    choices.inputs.insert("agency".to_owned(), "contoso".to_owned());
    choices
}

fn set_up(choices: &Choices) -> Setup {
    everything().setup(choices).unwrap()
}

fn problems(choices: &Choices) -> Vec<String> {
    everything().setup(choices).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn one_registration_is_made_for_each_environment() {
    let mut choices = choices();
    choices.environments = BTreeSet::from(["production".to_owned(), "sandbox".to_owned()]);
    choices.inputs.insert("test-mailbox".to_owned(), "room@contoso.com".to_owned());
    let setup = set_up(&choices);
    let made: Vec<_> =
        setup.registrations.iter().map(|one| (one.key.as_str(), one.display_name.as_str())).collect();
    assert_eq!(
        made,
        [
            ("rooms@production", "Example Rooms Production eu"),
            ("rooms@sandbox", "Example Rooms Sandbox eu"),
            ("reports", "Example Reports"),
            ("device", "Example Device"),
        ]
    );
    let of = |key: &str| setup.registration(key).unwrap().permissions.len();
    assert_eq!(
        (of("rooms@production"), of("rooms@sandbox")),
        (2, 1),
        "a condition on the environment is decided for each"
    );
    assert_eq!(
        setup.proofs.iter().map(|proof| proof.registration.as_str()).collect::<Vec<_>>(),
        ["rooms@production", "rooms@sandbox"]
    );
    let pages: Vec<_> = setup.hand_over.pages.iter().map(|page| page.title.as_str()).collect();
    assert_eq!(pages, ["Connection (Production)", "Connection (Sandbox)", "Whole set-up"]);
    let of_reports = setup.hand_over.pages[1].entries.iter().filter(|entry| {
        matches!(&entry.value, HandOverValue::OfRegistration { registration, .. } if registration == "reports")
    });
    assert_eq!(of_reports.count(), 1);
}

#[test]
fn an_answer_chooses_the_redirect_address() {
    let mut choices = choices();
    choices.features = BTreeSet::from(["people".to_owned()]);
    choices.inputs.insert("vendor-certificate".to_owned(), CERTIFICATE.to_owned());
    let uris = |choices: &Choices| -> Vec<String> {
        set_up(choices)
            .registration("people")
            .unwrap()
            .redirect_uris
            .iter()
            .map(|uri| uri.uri.clone())
            .collect()
    };
    assert_eq!(uris(&choices), ["https://contoso.example.com/return", "http://localhost"]);
    choices.inputs.insert("region".to_owned(), "United States".to_owned());
    assert_eq!(uris(&choices), ["https://contoso.example.net/return", "http://localhost"]);
    let setup = set_up(&choices);
    let CredentialSpec::Certificate(certificate) = &setup.registration("people").unwrap().credential else {
        panic!()
    };
    assert!(certificate.pem.as_ref().unwrap().ends_with("-----END CERTIFICATE-----\n"));
}

#[test]
fn names_lifetimes_and_account_types_can_be_chosen() {
    let mut choices = choices();
    choices.features.insert("people".to_owned());
    choices.inputs.insert("vendor-certificate".to_owned(), CERTIFICATE.to_owned());
    choices.display_names.insert("rooms".to_owned(), "  Räume  ".to_owned());
    choices.secret_months.insert("rooms@production".to_owned(), 3);
    choices.audiences.insert("people".to_owned(), SignInAudience::AzureAdAndPersonalMicrosoftAccount);
    let setup = set_up(&choices);
    let rooms = setup.registration("rooms@production").unwrap();
    assert_eq!((rooms.display_name.as_str(), rooms.secret().unwrap().months), ("Räume", 3));
    assert_eq!(
        setup.registration("people").unwrap().sign_in_audience,
        SignInAudience::AzureAdAndPersonalMicrosoftAccount
    );
}

#[test]
fn a_choice_that_cannot_be_is_told() {
    let mut choices = choices();
    choices.display_names.insert("rooms".to_owned(), "a\u{202e}b".to_owned());
    choices.secret_months.insert("rooms".to_owned(), 13);
    choices.audiences.insert("device".to_owned(), SignInAudience::PersonalMicrosoftAccount);
    choices.audiences.insert("nowhere".to_owned(), SignInAudience::AzureAdMyOrg);
    choices.features.insert("levitation".to_owned());
    choices.environments.insert("moon".to_owned());
    choices.inputs.insert("shoe-size".to_owned(), "44".to_owned());
    insta::assert_snapshot!(problems(&choices).join("\n"));
}

#[test]
fn nothing_chosen_is_told() {
    insta::assert_snapshot!(problems(&Choices::default()).join("\n"));
}

#[test]
fn a_set_up_survives_storage() {
    let mut choices = choices();
    choices.inputs.insert("domains".to_owned(), "contoso.com, fabrikam.com".to_owned());
    let setup = set_up(&choices);
    let stored = serde_json::to_string(&setup).unwrap();
    assert_eq!(serde_json::from_str::<Setup>(&stored).unwrap(), setup);
}

#[test]
fn a_set_up_stored_by_an_older_version_is_read() {
    let setup = set_up(&choices());
    let mut stored = serde_json::to_value(&setup).unwrap();
    let drop = |value: &mut serde_json::Value, names: &[&str]| {
        for name in names {
            value.as_object_mut().unwrap().remove(*name);
        }
    };
    drop(&mut stored, &["accounts", "settings", "scripts"]);
    for registration in stored["registrations"].as_array_mut().unwrap() {
        drop(registration, &["left_out", "mailbox_access"]);
        for role in registration["roles"].as_array_mut().unwrap() {
            drop(role, &["default"]);
        }
    }
    for proof in stored["proofs"].as_array_mut().unwrap() {
        drop(proof, &["access"]);
    }
    for task in stored["follow_ups"].as_array_mut().unwrap() {
        drop(task, &["script"]);
    }
    let read: Setup = serde_json::from_value(stored).unwrap();
    assert_eq!(read.registrations.len(), setup.registrations.len());
    assert!(read.registrations.iter().all(|one| !one.mailbox_access.is_limited() && one.left_out.is_empty()));
    let older: Choices = serde_json::from_str("{\"features\":[\"rooms\"]}").unwrap();
    assert!(older.permissions_on.is_empty() && older.mailbox_access.is_empty());
}

#[test]
fn what_was_typed_is_in_no_log() {
    let mut choices = choices();
    choices.inputs.insert("agency".to_owned(), "canary-8Q~secret".to_owned());
    choices.display_names.insert("rooms".to_owned(), "canary-9Q~secret".to_owned());
    let shown = format!("{choices:?}");
    assert!(shown.contains("agency") && !shown.contains("canary"), "{shown}");
}
