//! E: Certero for Microsoft 365.

use serde_json::json;

use super::{DOMAIN, begin, client_id, field, set_up, set_up_for_people, stands, undo_all};

const NAME: &str = "Certero for Microsoft 365";
const REDIRECT: &str = "https://cc.certero.com/cmp/AuthorizeOffice365Connector";

fn arguments(kind: &str) -> Vec<String> {
    ["certero", "--input", kind, "--input", &format!("tenant-name={DOMAIN}")].map(str::to_owned).to_vec()
}

#[test]
fn row_e1_to_e6_certero_by_itself_is_set_up_proved_and_undone() {
    let (bed, machine) = begin(&["reports"]);
    let before = bed.state();
    let arguments = arguments("kind=application");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = set_up(&machine, &arguments);
    assert!(run["proofs"].as_array().unwrap().len() >= 4, "{run}");
    let app_id = client_id(&bed, NAME);
    let view = machine.run(&["--json", "registration", &app_id]).ends(0).json();
    assert_eq!(view["redirects"], json!([{ "platform": "web", "uri": REDIRECT }]));
    assert_eq!(view["audience"], json!("AzureADMyOrg"));
    let shown = super::connection(&machine);
    assert_eq!(field(&shown, "Tenant Name")["value"], json!(DOMAIN));
    assert_eq!(field(&shown, "Token")["authorize"], json!("connector"));
    let reports = machine.run(&["--json", "reports"]).ends(0).json();
    assert_eq!(reports["namesShown"]["kind"], json!("yes"), "{reports}");
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Certero for Microsoft 365");
    bed.is_as(&before);
}

#[test]
fn row_e4_certero_for_one_person_is_set_up_and_undone() {
    let (bed, machine) = begin(&["reports"]);
    let before = bed.state();
    let arguments = arguments("kind=delegated");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    set_up_for_people(&machine, &arguments);
    let shown = super::connection(&machine);
    assert_eq!(field(&shown, "Client ID")["value"], json!(client_id(&bed, NAME)));
    let truths = machine.run(&["--json", "permissions", &client_id(&bed, NAME)]).ends(0).json();
    for one in truths["permissions"].as_array().unwrap() {
        assert_eq!(one["permission"]["kind"], json!("delegated"), "{one}");
        assert_eq!(one["granted"]["kind"], json!("yes"), "{one}");
    }
    undo_all(&machine, "Set up Certero for Microsoft 365");
    bed.is_as(&before);
}

#[test]
fn row_e6_names_in_reports_are_shown_explained_and_put_back() {
    let (bed, machine) = begin(&["reports"]);
    let before = bed.state();
    let now = machine.run(&["--json", "reports"]).ends(0).json();
    assert_eq!(now["namesShown"]["kind"], json!("no"), "{now}");
    assert!(!now["consequences"].as_array().unwrap().is_empty());
    machine.run(&["reports", "--show-names", "yes", "--yes"]).ends(0);
    assert_eq!(machine.run(&["--json", "reports"]).ends(0).json()["namesShown"]["kind"], json!("yes"));
    let runs = machine.run(&["--json", "runs"]).ends(0).json();
    machine.run(&["undo", runs[0]["id"].as_str().unwrap()]).ends(0);
    bed.is_as(&before);
    // A session that was not asked for it says what to sign in for.
    let (_other, stranger) = begin(&[]);
    let error = stranger.run(&["--json", "reports"]).ends(3).json();
    assert_eq!(error["error"]["purpose"], json!("reports"));
}

#[test]
fn row_e7_a_token_through_the_app_is_shown_in_words_and_printed_only_when_asked_for() {
    let (bed, machine) = begin(&["reports"]);
    let arguments = arguments("kind=delegated");
    set_up_for_people(&machine, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let (connection, before) = (machine.connection(), bed.state());
    assert_eq!(super::connection(&machine)["toTry"], json!(["connector"]));
    let said = machine.run(&["authorize", &connection, "--yes"]).ends(0);
    // The person's own sign-in has shown what works.
    let shown = super::connection(&machine);
    assert_eq!((&shown["summary"]["state"], &shown["toTry"]), (&json!("works"), &json!([])), "{shown}");
    assert!(said.out.contains("User.Read.All") && said.out.contains("It works for about"), "{}", said.out);
    // The way back to this computer was there for the time of the sign-in only.
    bed.is_as(&before);
    let token = machine.run(&["authorize", &connection, "--show-token", "--yes"]).ends(0);
    assert_eq!(token.out.trim().split('.').count(), 3, "a token, and nothing else");
    assert!(!said.all().contains(token.out.trim()));
    bed.is_as(&before);
}

#[test]
fn row_e7_an_app_that_works_by_itself_gets_its_own_token() {
    let (bed, machine) = begin(&["reports"]);
    let arguments = arguments("kind=application");
    set_up(&machine, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let (connection, before) = (machine.connection(), bed.state());
    let said = machine.run(&["--json", "authorize", &connection, "--yes"]).ends(0).json();
    let scopes: Vec<&str> =
        said["scopes"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap()).collect();
    assert!(scopes.contains(&"Directory.Read.All"), "{said}");
    bed.is_as(&before);
}

/// The person turns back at Microsoft's page: nothing of the sign-in stays.
#[test]
fn row_e7_turning_back_leaves_nothing_behind() {
    let (bed, mut machine) = begin(&["reports"]);
    let arguments = arguments("kind=delegated");
    set_up_for_people(&machine, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let (connection, before) = (machine.connection(), bed.state());
    bed.goes_wrong(
        json!([{ "path": "/*/oauth2/v2.0/token", "times": 1, "action": { "do": "status", "status": 400 } }]),
    );
    machine.person_does("accept");
    let said = machine.run(&["authorize", &connection, "--yes"]);
    assert_ne!(said.code, 0, "{}", said.all());
    bed.goes_well();
    bed.is_as(&before);
}
