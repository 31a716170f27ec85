//! A: Cirrus Insight over Microsoft Graph.

use serde_json::{Value, json};

use super::{DOMAIN, GROUP, INSIDE, OUTSIDE, begin, client_id, field, proof, set_up, stands, undo_all};

const NAME: &str = "Cirrus Insight Service Account";

#[test]
fn row_a10_mailbox_access_is_limited_to_a_group_tested_and_undone() {
    let (bed, machine) = begin(&["mailboxes"]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let limit = format!("service-account=group:{GROUP}");
    let arguments = ["cirrus-insight", "--input", &mailbox, "--input", &domains, "--mailboxes", &limit];
    let run = set_up(&machine, &arguments);
    // The mailbox inside is opened, and one outside is refused.
    for proof in run["proofs"].as_array().unwrap() {
        assert_eq!(proof["result"]["kind"], json!("proved"), "{proof}");
    }
    let app_id = client_id(&bed, NAME);
    let access = machine.run(&["--json", "mailboxes", &app_id]).ends(0).json();
    assert_eq!(access["reach"], json!("limited"), "{access}");
    assert_eq!(access["unionTrap"], Value::Null);
    assert!(access["script"]["text"].as_str().unwrap().contains(&app_id));

    let inside = machine.run(&["--json", "mailboxes", &app_id, "--test", INSIDE]).ends(0).json();
    assert_eq!(inside["reached"]["kind"], json!("yes"), "{inside}");
    let outside = machine.run(&["--json", "mailboxes", &app_id, "--test", OUTSIDE]).ends(5).json();
    assert_eq!(outside["reached"]["kind"], json!("no"), "{outside}");
    machine.run(&["mailboxes", &app_id, "--test", "nobody@lindqvist-practice.example"]).ends(1);

    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Cirrus Insight");
    bed.is_as(&before);
}

/// A limit beside an unlimited grant limits nothing: found, said and mended.
#[test]
fn row_a10_mailbox_access_the_union_trap_is_found_and_mended() {
    let (bed, machine) = begin(&["mailboxes"]);
    let mailbox = format!("test-mailbox={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let limit = format!("service-account=group:{GROUP}");
    set_up(&machine, &["cirrus-insight", "--input", &mailbox, "--input", &domains, "--mailboxes", &limit]);
    let app_id = client_id(&bed, NAME);
    bed.grants_for_everybody(&app_id, "Calendars.Read");

    let access = machine.run(&["--json", "mailboxes", &app_id]).ends(0).json();
    assert_eq!(access["reach"], json!("everyone"), "{access}");
    assert_eq!(access["unionTrap"]["permissions"], json!(["Calendars.Read"]), "{access}");
    let outside = machine.run(&["mailboxes", &app_id, "--test", OUTSIDE]).ends(0);
    assert!(outside.out.contains("can open"), "{}", outside.out);

    let whose = format!("group:{GROUP}");
    machine.run(&["mailboxes", &app_id, "--limit", &whose, "--yes"]).ends(0);
    let access = machine.run(&["--json", "mailboxes", &app_id]).ends(0).json();
    assert_eq!((&access["reach"], &access["unionTrap"]), (&json!("limited"), &Value::Null), "{access}");
    machine.run(&["mailboxes", &app_id, "--test", OUTSIDE]).ends(5);
}

#[test]
fn row_a10_mailbox_access_groups_that_do_not_do_are_told_before_anything_is_made() {
    let (bed, machine) = begin(&["mailboxes"]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    for (group, words) in [
        ("nobody@lindqvist-practice.example", "The group is not there"),
        ("drivers-and-sellers@lindqvist-practice.example", "Groups in the group do not count"),
    ] {
        let limit = format!("service-account=group:{group}");
        let plan = machine.run(&[
            "setup",
            "cirrus-insight",
            "--input",
            &mailbox,
            "--input",
            &domains,
            "--mailboxes",
            &limit,
            "--plan",
        ]);
        assert!(plan.all().contains(words), "{group}: {}", plan.all());
    }
    bed.is_as(&before);
}

/// Somebody whose session was not asked for Exchange is told what to sign in for, before anything is made.
#[test]
fn row_a10_mailbox_access_is_asked_for_only_when_it_is_needed() {
    let (bed, machine) = begin(&[]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let limit = format!("service-account=group:{GROUP}");
    let said = machine.run(&[
        "--json",
        "setup",
        "cirrus-insight",
        "--input",
        &mailbox,
        "--input",
        &domains,
        "--mailboxes",
        &limit,
        "--yes",
    ]);
    let error = said.ends(3).json();
    assert_eq!(error["error"]["code"], json!("signInForMore"));
    assert_eq!(error["error"]["purpose"], json!("mailboxes"));
    bed.is_as(&before);
    // Without a limit nothing of Exchange is needed.
    set_up(&machine, &["cirrus-insight", "--input", &mailbox, "--input", &domains]);
}

#[test]
fn row_a3_to_a9_a_service_account_is_set_up_handed_over_and_undone() {
    let (bed, machine) = begin(&[]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let arguments = ["cirrus-insight", "--input", &mailbox, "--input", &domains];
    let run = set_up(&machine, &arguments);
    assert_eq!(proof(&run, "calendar"), "proved");
    let view = super::connection(&machine);
    assert_eq!(field(&view, "Client Id")["value"], json!(client_id(&bed, NAME)));
    let secret = field(&view, "Client Secret");
    assert_eq!((&secret["secret"], &secret["value"]), (&json!(true), &Value::Null));
    assert_eq!(field(&view, "Test Account")["value"], json!(INSIDE));
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Cirrus Insight");
    bed.is_as(&before);
}
