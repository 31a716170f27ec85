//! An admin must agree first: on the command line, with an invitation, on two computers.

use serde_json::json;

use super::bed::Bed;
use super::machine::Machine;

#[test]
fn an_invitation_waits_for_an_admin_and_then_goes_through() {
    let bed = Bed::new();
    let astrid = Machine::on(&bed.cloud_file());
    astrid.sign_in();
    let client_id = bed.registrations("Gatehouse")[0].0.clone();
    bed.look(|tables| {
        let policy = &mut tables.policies["authorizationPolicy"].body;
        policy["defaultUserRolePermissions"]["permissionGrantPoliciesAssigned"] =
            json!(["ManagePermissionGrantsForSelf.microsoft-user-default-low"]);
    });
    let invite =
        ["--json", "invite", "--client-id", &client_id, "--product", "Totalview", "--for", "contacts"];
    let made = astrid.run(&[&invite[..], &["--organisation", bed.id()]].concat()).ends(0).json();
    let link = made["link"].as_str().unwrap();

    // What it asks for is shown, and nothing happens without a yes.
    let noor = Machine::on(&bed.cloud_file()).of("noor.haddad");
    let shown = noor.run(&["connect", "--invitation", link]).ends(130);
    assert!(
        shown.err.contains("Contacts.Read") && shown.err.contains("Nobody can tell who sent this"),
        "{}",
        shown.err
    );
    assert_eq!(noor.seen(), "");

    let waits = noor.run(&["--json", "connect", "--invitation", link, "--yes"]).ends(4).json();
    assert!(waits["letter"].as_str().unwrap().contains(&client_id), "{waits}");
    let id = waits["id"].as_str().unwrap();
    let all = noor.run(&["approvals"]).ends(0);
    assert!(all.out.contains(id) && all.out.contains("Totalview: waits"), "{}", all.out);
    let letter = noor.run(&["approvals", id]).ends(0);
    assert!(letter.out.contains("Contacts.Read") && letter.out.contains("adminconsent"), "{}", letter.out);
    noor.run(&["approvals", id, "--look"]).ends(4);
    let saved = noor.run(&["--json", "approvals", id, "--save-request"]).ends(0).json();

    astrid.run(&["grant", "--request", saved["file"].as_str().unwrap(), "--yes"]).ends(0);
    let file = noor.file("totalview.gatehouse-invitation", &file_of(&astrid, &client_id, bed.id()));
    let connected =
        noor.run(&["--json", "connect", "--invitation", file.to_str().unwrap(), "--yes"]).ends(0).json();
    assert_eq!(connected["features"], json!(["contactsRead"]), "{connected}");
    let all = noor.run(&["--json", "approvals"]).ends(0).json();
    assert_eq!(all[0]["watch"], json!({ "kind": "granted" }), "{all}");
    noor.run(&["approvals", id, "--forget"]).ends(0);
    assert_eq!(noor.run(&["--json", "approvals"]).ends(0).json(), json!([]));
    noor.run(&["approvals", id]).ends(1);
}

/// The same invitation as a file.
fn file_of(machine: &Machine, client_id: &str, tenant: &str) -> String {
    let arguments = [
        "--json",
        "invite",
        "--client-id",
        client_id,
        "--product",
        "Totalview",
        "--for",
        "contacts",
        "--save",
        "--organisation",
        tenant,
    ];
    let saved = machine.run(&arguments).ends(0).json();
    std::fs::read_to_string(saved["file"].as_str().unwrap()).unwrap()
}
