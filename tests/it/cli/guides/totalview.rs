//! B: Totalview Exchange365.

use serde_json::{Value, json};

use super::super::machine::SENDER;
use super::{GROUP, INSIDE, OUTSIDE, begin, client_id, field, set_up, stands, undo_all};

const CALENDAR: &str = "Totalview Calendar Synchronization";
const MAIL: &str = "Totalview E-Mail Sending";

#[test]
fn row_b8_calendars_are_limited_to_a_group_and_the_sender_to_one_mailbox() {
    let (bed, machine) = begin(&["mailboxes"]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let calendars = format!("calendar=group:{GROUP}");
    let sender = "email=people:svc-mail@lindqvist-practice.example";
    let arguments = [
        "totalview",
        "--input",
        &mailbox,
        "--input",
        SENDER,
        "--mailboxes",
        &calendars,
        "--mailboxes",
        sender,
    ];
    let run = set_up(&machine, &arguments);
    for proof in run["proofs"].as_array().unwrap() {
        assert_eq!(proof["result"]["kind"], json!("proved"), "{proof}");
    }
    let (calendar, mail) = (client_id(&bed, CALENDAR), client_id(&bed, MAIL));
    for app_id in [&calendar, &mail] {
        let access = machine.run(&["--json", "mailboxes", app_id]).ends(0).json();
        assert_eq!((&access["reach"], &access["unionTrap"]), (&json!("limited"), &Value::Null), "{access}");
        machine.run(&["mailboxes", app_id, "--test", OUTSIDE]).ends(5);
    }
    machine.run(&["mailboxes", &calendar, "--test", INSIDE]).ends(0);
    machine.run(&["mailboxes", &mail, "--test", "svc-mail@lindqvist-practice.example"]).ends(0);
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Totalview");
    bed.is_as(&before);
}

#[test]
fn row_b1_to_b7_two_apps_are_set_up_handed_over_and_undone() {
    let (bed, machine) = begin(&[]);
    let before = bed.state();
    let mailbox = format!("test-mailbox={INSIDE}");
    let arguments = ["totalview", "--input", &mailbox, "--input", SENDER];
    set_up(&machine, &arguments);
    let view = super::connection(&machine);
    assert_eq!(field(&view, "Client id")["value"], json!(client_id(&bed, CALENDAR)));
    assert_eq!(field(&view, "Mail client id")["value"], json!(client_id(&bed, MAIL)));
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Totalview");
    bed.is_as(&before);
}

#[test]
fn row_b6_a_wrong_name_in_a_vendors_text_is_resolved_and_said() {
    let (_bed, machine) = begin(&[]);
    let found = machine.run(&["--json", "permission-name", "Email.Send"]).ends(0).json();
    let meant =
        found.as_array().unwrap().iter().find(|one| one["permission"]["value"] == "Mail.Send").unwrap();
    assert_eq!(meant["exact"], json!(false));
    assert!(meant["sentence"].as_str().unwrap().contains("Mail.Send"), "{meant}");
    let right = machine.run(&["--json", "permission-name", "Mail.Send"]).ends(0).json();
    assert_eq!(right[0]["exact"], json!(true));
    machine.run(&["permission-name", "Wombat.Juggle"]).ends(1);
}

/// What one person cannot grant, another one opens and grants.
#[test]
fn row_b7_a_request_file_is_opened_in_plain_words_and_granted() {
    let bed = super::Bed::new();
    let colleague = super::Machine::on(&bed.cloud_file()).of("chiara.bianchi");
    colleague.run(&["sign-in", "--create-registration", "--yes"]).ends(0);
    let client = client_id(&bed, "Gatehouse");
    let mailbox = format!("test-mailbox={INSIDE}");
    // Her role makes apps, and does not grant what apps do by themselves.
    colleague.run(&["setup", "totalview", "--feature", "calendar", "--input", &mailbox, "--yes"]).ends(4);
    let machine = super::Machine::on(&bed.cloud_file());
    machine.run(&["sign-in", "--client-id", &client, "--organisation", bed.id()]).ends(0);
    let connection = colleague.connection();
    let saved = colleague.run(&["--json", "hand-over", &connection, "--save-request"]).ends(0).json();
    let file = saved["file"].as_str().unwrap();
    let view = machine.run(&["--json", "request", "open", file]).ends(0).json();
    assert_eq!(view["thisOrganisation"], json!(true));
    let values: Vec<&str> = view["apps"][0]["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].as_str().unwrap())
        .collect();
    assert!(values.contains(&"Calendars.Read"), "{view}");
    machine.run(&["grant", "--request", file, "--yes"]).ends(0);
}
