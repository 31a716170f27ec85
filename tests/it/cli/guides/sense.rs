//! D: Sense calendar sync.

use serde_json::json;

use super::{begin, field, set_up_for_people, undo_all};

const NAME: &str = "Sense";
const REDIRECT: &str = "https://acme-staffing.sensehq.com/settings/calendar-sync/auth-result";

#[test]
fn row_d1_d4_d5_the_app_is_set_up_for_an_agency_handed_over_and_undone() {
    let (bed, machine) = begin(&[]);
    let before = bed.state();
    let arguments = ["sense", "--input", "agency=acme-staffing"];
    set_up_for_people(&machine, &arguments);
    let app_id = bed.client_id_that_begins_with(NAME);
    let view = machine.run(&["--json", "registration", &app_id]).ends(0).json();
    assert_eq!(view["audience"], json!("AzureADMultipleOrgs"), "{view}");
    assert_eq!(view["redirects"], json!([{ "platform": "web", "uri": REDIRECT }]));
    assert_eq!(view["expectedRedirects"][0]["present"], json!(true));
    let truths = machine.run(&["--json", "permissions", &app_id]).ends(0).json();
    let granted: Vec<&str> = truths["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["granted"]["kind"] == "yes")
        .map(|one| one["permission"]["value"].as_str().unwrap())
        .collect();
    assert!(granted.contains(&"Calendars.ReadWrite.Shared"), "{granted:?}");
    let shown = super::connection(&machine);
    assert!(shown["handOver"]["sections"].as_array().is_some_and(|all| !all.is_empty()), "{shown}");
    undo_all(&machine, "Set up Sense calendar sync");
    bed.is_as(&before);
}

#[test]
fn row_d5_what_the_app_does_for_people_is_tried_by_signing_in_through_it() {
    let (bed, machine) = begin(&[]);
    set_up_for_people(&machine, &["sense", "--input", "agency=acme-staffing"]);
    let (connection, before) = (machine.connection(), bed.state());
    assert_eq!(super::connection(&machine)["toTry"], json!(["calendar-sync"]));
    machine.run(&["authorize", &connection, "--yes"]).ends(0);
    let shown = super::connection(&machine);
    assert_eq!((&shown["summary"]["state"], &shown["toTry"]), (&json!("works"), &json!([])), "{shown}");
    bed.is_as(&before);
}

#[test]
fn row_d1_an_agency_name_is_looked_at_before_anything_is_made() {
    let (bed, machine) = begin(&[]);
    let before = bed.state();
    for wrong in ["acme staffing", "acme.staffing", "https://", "-acme", "ä b"] {
        let answer = format!("agency={wrong}");
        let said = machine.run(&["--json", "setup", "sense", "--input", &answer, "--yes"]).ends(6).json();
        assert_eq!(said["error"]["issues"][0]["input"], json!("agency"), "{wrong}: {said}");
    }
    bed.is_as(&before);
}

/// What the guide asks for and Microsoft has retired is off, can be switched on, and says why.
#[test]
fn row_d3_retired_permissions_are_off_until_switched_on() {
    let (bed, machine) = begin(&[]);
    let view = machine.run(&["--json", "connectors", "sense"]).ends(0).json();
    let off: Vec<&str> = view["optionalPermissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["permission"]["value"].as_str().unwrap())
        .collect();
    assert!(off.contains(&"EWS.AccessAsUser.All") && off.contains(&"User.Read"), "{off:?}");
    for one in view["optionalPermissions"].as_array().unwrap() {
        assert_eq!(one["defaultOn"], json!(false));
        assert!(one["whyOff"].as_str().is_some_and(|why| why.len() > 20), "{one}");
    }
    set_up_for_people(
        &machine,
        &["sense", "--input", "agency=acme-staffing", "--permission-on", "EWS.AccessAsUser.All"],
    );
    let app_id = bed.client_id_that_begins_with(NAME);
    let truths = machine.run(&["permissions", &app_id]).ends(0);
    assert!(truths.out.contains("EWS.AccessAsUser.All"), "{}", truths.out);
    machine
        .run(&["setup", "sense", "--input", "agency=x", "--permission-on", "Wombat.Juggle", "--yes"])
        .ends(6);
}

#[test]
fn row_d2_a_manifest_fragment_is_named_compared_and_merged() {
    let (bed, machine) = begin(&[]);
    set_up_for_people(&machine, &["sense", "--input", "agency=acme-staffing"]);
    let app_id = bed.client_id_that_begins_with(NAME);
    let before = bed.state();
    let fragment = r#"// as the guide prints it
    "requiredResourceAccess": [{ "resourceAppId": "00000003-0000-0000-c000-000000000000", "resourceAccess": [
        { "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" },
        { "id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca", "type": "Scope" },
        { "id": "00000000-1111-2222-3333-444444444444", "type": "Scope" },
    ]}],"#;
    let file = machine.home().join("fragment.json");
    std::fs::write(&file, fragment).unwrap();
    let file = file.to_str().unwrap();
    let plan = machine.run(&["permissions", &app_id, "--merge", file, "--plan"]).ends(0);
    assert!(plan.err.contains("Mail.Read") && plan.err.contains("[unknown]"), "{}", plan.err);
    bed.is_as(&before);
    machine.run(&["permissions", &app_id, "--merge", file, "--yes"]).ends(0);
    let truths = machine.run(&["permissions", &app_id]).ends(0);
    assert!(
        truths.out.contains("Mail.Read") && truths.out.contains("Calendars.ReadWrite.Shared"),
        "{}",
        truths.out
    );
    undo_all(&machine, "Change what Sense");
    bed.is_as(&before);
    // Not a fragment at all.
    std::fs::write(machine.home().join("fragment.json"), "hello").unwrap();
    machine.run(&["permissions", &app_id, "--merge", file, "--yes"]).ends(1);
}

#[test]
fn row_d6_account_types_are_changed_in_place_and_back() {
    let (bed, machine) = begin(&[]);
    set_up_for_people(&machine, &["sense", "--input", "agency=acme-staffing"]);
    let app_id = bed.client_id_that_begins_with(NAME);
    let before = bed.state();
    let plan = machine.run(&["registration", &app_id, "--audience", "single", "--plan"]).ends(0);
    assert!(plan.out.contains("other organisations"), "{}", plan.out);
    machine.run(&["registration", &app_id, "--audience", "single", "--yes"]).ends(0);
    let view = machine.run(&["--json", "registration", &app_id]).ends(0).json();
    assert_eq!(view["audience"], json!("AzureADMyOrg"));
    undo_all(&machine, "Change Sense");
    bed.is_as(&before);
}

#[test]
fn row_d7_an_account_is_made_with_a_sealed_password_and_undone() {
    let (bed, machine) = begin(&["people"]);
    let before = bed.state();
    let account = "svc-sense@lindqvist-practice.example";
    let answer = format!("account={account}");
    set_up_for_people(&machine, &["sense", "--input", "agency=acme-staffing", "--input", &answer]);
    assert!(bed.has_account(account));
    let view = super::connection(&machine);
    let password = find_secret(&view, "assword");
    let shown = machine.run(&["hand-over", &machine.connection(), "--show-secret", &password]).ends(0);
    assert!(shown.out.trim().len() >= 16);
    let status = machine.run(&["status", &machine.connection()]).ends(0);
    assert!(!status.out.contains(shown.out.trim()));
    undo_all(&machine, "Set up Sense calendar sync");
    bed.is_as(&before);
}

fn find_secret(view: &serde_json::Value, words: &str) -> String {
    let sections = view["handOver"]["sections"].as_array().unwrap();
    let mut fields = sections.iter().flat_map(|section| section["fields"].as_array().unwrap());
    let found =
        fields.find(|one| one["secret"] == json!(true) && one["label"].as_str().unwrap().contains(words));
    found.unwrap_or_else(|| panic!("{view:#}"))["id"].as_str().unwrap().to_owned()
}

#[test]
fn row_d8_d9_impersonation_leads_to_a_script_for_a_server() {
    let (_bed, machine) = begin(&["people"]);
    let account = format!("account={}", super::INSIDE);
    let group = format!("group={}", super::GROUP);
    set_up_for_people(
        &machine,
        &[
            "sense",
            "--input",
            "agency=acme-staffing",
            "--input",
            "calendars=server",
            "--input",
            &account,
            "--input",
            &group,
        ],
    );
    let view = super::connection(&machine);
    let script = view["followUps"].as_array().unwrap().iter().find_map(|one| one["script"]["text"].as_str());
    let script = script.unwrap_or_else(|| panic!("{view:#}"));
    assert!(script.contains("ApplicationImpersonation") && script.contains("two hours"), "{script}");
}

#[test]
fn row_d1_set_up_again_changes_nothing() {
    let (bed, machine) = begin(&[]);
    let arguments = ["sense", "--input", "agency=acme-staffing"];
    set_up_for_people(&machine, &arguments);
    let seen = bed.requests().len();
    set_up_for_people(&machine, &arguments);
    assert_eq!(bed.writes_since(seen), Vec::<String>::new());
    let shown = super::connection(&machine);
    let client = bed.client_id_that_begins_with(NAME);
    assert_eq!(shown["registrations"][0]["appId"], json!(client));
    assert!(!field(&shown, "Client ID")["value"].is_null());
}
