//! A set-up that two people finish: a Cloud Application Administrator begins, a Privileged Role Administrator grants.

use serde_json::json;

use super::bed::Bed;
use super::machine::{Machine, upn};
use super::normal;

#[test]
fn one_sets_up_another_grants_and_then_it_is_proved() {
    let bed = Bed::new();
    let chiara = Machine::on(&bed.cloud_file()).of("chiara.bianchi");
    let signed_in = chiara.run(&["--json", "sign-in", "--create-registration", "--yes"]).ends(0).json();
    assert_eq!(signed_in["upn"], json!(upn("chiara.bianchi")));
    let client_id = signed_in["clientId"].as_str().unwrap().to_owned();

    // Told before anything is changed, with the people who can do the rest.
    let seen = bed.requests().len();
    let plan = chiara
        .run(&[
            "setup",
            "totalview",
            "--input",
            super::machine::MAILBOX,
            "--input",
            super::machine::SENDER,
            "--plan",
        ])
        .ends(0);
    assert!(plan.out.contains("for another person"), "{}", plan.out);
    assert!(plan.out.contains("Marcus Öberg (Privileged Role Administrator)"), "{}", plan.out);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());

    let run = chiara.set_up().ends(4);
    assert_eq!(run.json()["summary"]["state"], json!("waitingForOther"));
    assert_eq!(chiara.state(), "waitingForOther");
    let id = chiara.connection();
    assert!(run.err.contains(&format!("gatehouse hand-over {id} --save-request")), "{}", run.err);
    let in_full = chiara.run(&["status", &id]).ends(0);
    insta::assert_snapshot!("waiting", normal::words(&in_full.out));
    // A test before that is no success, and changes nothing about what it waits for.
    chiara.run(&["test", &id]).ends(5);
    assert_eq!(chiara.state(), "waitingForOther");

    let saved = chiara.run(&["--json", "hand-over", &id, "--save-request"]).ends(0).json();
    let request = saved["file"].as_str().unwrap();
    let text = std::fs::read_to_string(request).unwrap();
    let secrets: Vec<String> =
        bed.look(|tables| tables.secrets.values().map(|secret| secret.value.clone()).collect());
    assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())), "the request holds a secret");
    // A second one does not overwrite the first.
    let second = chiara.run(&["--json", "hand-over", &id, "--save-request"]).ends(0).json();
    assert_ne!(second["file"], saved["file"]);

    // Another computer, another person, the same organisation.
    let marcus = Machine::on(&bed.cloud_file()).of("marcus.oberg");
    marcus.run(&["sign-in", "--client-id", &client_id, "--organisation", bed.id()]).ends(0);
    let seen = bed.requests().len();
    let asked = marcus.run(&["grant", "--request", request]).ends(130);
    assert!(asked.err.contains("Calendars.ReadWrite"), "{}", asked.err);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
    let granted = marcus.run(&["grant", "--request", request, "--yes"]).ends(0);
    insta::assert_snapshot!("granted", normal::words(&granted.out));

    let tested = chiara.run(&["test", &id]).ends(0);
    assert!(tested.out.contains("[proved]") && !tested.out.contains("[not"), "{}", tested.out);
    assert_eq!(chiara.state(), "works");
    let truths = chiara.run(&["--json", "status", &id]).ends(0).json();
    for registration in truths["registrations"].as_array().unwrap() {
        for permission in registration["permissions"].as_array().unwrap() {
            assert_eq!(permission["granted"], json!({ "kind": "yes" }), "{permission}");
            assert_eq!(permission["inToken"], json!({ "kind": "yes" }), "{permission}");
        }
    }
    // Granting what is granted is done already.
    marcus.run(&["grant", "--request", request, "--yes"]).ends(0);
}

/// A request for another organisation is no reason to change this one.
#[test]
fn a_request_of_another_organisation_is_refused() {
    let bed = Bed::new();
    let machine = Machine::on(&bed.cloud_file());
    machine.sign_in();
    let text = json!({
        "format": "gatehouse-grant-request",
        "version": 1,
        "tenantId": "11111111-2222-3333-4444-555555555555",
        "tenantName": "Somebody else",
        "requestedBy": "Somebody",
        "apps": [{
            "appId": bed.registrations("Gatehouse")[0].0,
            "name": "Gatehouse",
            "permissions": [{
                "resource": "00000003-0000-0000-c000-000000000000",
                "id": "798ee544-9d2d-430c-a058-570e29e34338",
                "kind": "application",
                "value": "Calendars.Read",
            }],
        }],
    });
    let file = machine.file("request.json", &text.to_string());
    let seen = bed.requests().len();
    let refused = machine.run(&["--json", "grant", "--request", file.to_str().unwrap(), "--yes"]).ends(1);
    assert_eq!(refused.json()["error"]["code"], json!("wrongOrganisation"), "{}", refused.err);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
}
