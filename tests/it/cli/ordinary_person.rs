//! A person without any admin role: told before starting, and what cannot be done is handed to somebody who can.

use serde_json::json;

use super::bed::Bed;
use super::machine::{MAILBOX, Machine, SENDER};
use super::normal;

#[test]
fn without_a_role_the_registration_waits_for_an_admin() {
    let bed = Bed::new();
    let noor = Machine::on(&bed.cloud_file()).of("noor.haddad");
    let begun = noor.run(&["sign-in", "--create-registration", "--yes"]).ends(4);
    // Said in the plan, before anything was made.
    let told = begun.err.find("Someone else has to grant a part").expect("nothing was said");
    let made = begun.err.find("Created the app registration").expect("nothing was made");
    assert!(told < made, "{}", begun.err);
    let client_id = &bed.registrations("Gatehouse")[0].0;
    assert!(begun.err.contains(&format!("gatehouse grant {client_id}")), "{}", begun.err);
    insta::assert_snapshot!("registration_waits", normal::words(&begun.out));

    // An admin grants it, and then the same person gets in.
    let astrid = Machine::on(&bed.cloud_file());
    astrid.run(&["sign-in", "--client-id", client_id, "--organisation", bed.id()]).ends(0);
    astrid.run(&["grant", client_id, "--yes"]).ends(0);
    let noor_again =
        noor.run(&["sign-in", "--client-id", client_id, "--organisation", bed.id(), "--identify"]);
    noor_again.ends(0);
    // Known by now: a session that only says who it is does not carry a set-up, and is told so.
    let refused =
        noor.run(&["--json", "setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]).ends(3);
    assert_eq!(refused.json()["error"]["code"], json!("signInForMore"));
}

#[test]
fn told_before_starting_that_the_role_is_missing() {
    let bed = Bed::new();
    let astrid = Machine::on(&bed.cloud_file());
    astrid.sign_in();
    let client_id = bed.registrations("Gatehouse")[0].0.clone();

    // Consent for a set-up is an admin's to give: Microsoft's page says so. Its way back does not, so both reasons are told.
    let mut noor = Machine::on(&bed.cloud_file()).of("noor.haddad");
    noor.person_does("cancel");
    let declined = noor.run(&["--json", "sign-in", "--client-id", &client_id, "--organisation", bed.id()]);
    assert!(noor.seen().contains("only an admin can grant"), "{}", noor.seen());
    let declined = declined.ends(1);
    let error = &declined.json()["error"];
    assert_eq!(error["code"], json!("consentDeclined"), "{}", declined.err);
    assert_eq!(error["next"], json!("Sign in again, or ask an admin."));

    // Somebody whose session would carry it, but whose role was taken away since.
    let erik = Machine::on(&bed.cloud_file()).of("chiara.bianchi");
    erik.run(&["sign-in", "--client-id", &client_id, "--organisation", bed.id()]).ends(0);
    bed.look(|tables| {
        let id = tables.user(&super::machine::upn("chiara.bianchi")).unwrap().text("id").to_owned();
        tables.role_assignments.retain(|_, row| row.text("principalId") != id);
        let policy = &mut tables.policies["authorizationPolicy"].body;
        policy["defaultUserRolePermissions"]["allowedToCreateApps"] = json!(false);
    });
    let seen = bed.requests().len();
    let refused = erik.run(&["setup", "totalview", "--input", MAILBOX, "--input", SENDER, "--yes"]).ends(4);
    insta::assert_snapshot!("role_missing", normal::words(&refused.err));
    assert_eq!(bed.writes_since(seen), Vec::<String>::new(), "told before anything was changed");
}
