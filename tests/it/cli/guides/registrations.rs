//! Any registration: addresses compared letter for letter, changed in place and put back.

use serde_json::json;

use super::{INSIDE, begin, set_up, undo_all};

const NAME: &str = "Totalview Calendar Synchronization";

#[test]
fn row_d1_e2_redirect_addresses_are_added_removed_and_put_back() {
    let (bed, machine) = begin(&[]);
    set_up(&machine, &["totalview", "--feature", "calendar", "--input", &format!("test-mailbox={INSIDE}")]);
    let app_id = bed.registrations(NAME)[0].0.clone();
    let before = bed.state();
    let address = "https://example.com/back";
    machine.run(&["registration", &app_id, "--redirect", &format!("web={address}"), "--yes"]).ends(0);
    let view = machine.run(&["--json", "registration", &app_id]).ends(0).json();
    assert_eq!(view["redirects"], json!([{ "platform": "web", "uri": address }]));
    machine
        .run(&["registration", &app_id, "--without-redirect", "https://example.com/BACK", "--yes"])
        .ends(6);
    machine.run(&["registration", &app_id, "--without-redirect", address, "--yes"]).ends(0);
    undo_all(&machine, &format!("Change {NAME}"));
    bed.is_as(&before);
    // What Microsoft does not take is told before it is sent.
    let plan = machine.run(&["registration", &app_id, "--redirect", "web=http://example.com/#x", "--plan"]);
    assert!(plan.code != 0 && plan.all().contains("not allowed"), "{}", plan.all());
}
