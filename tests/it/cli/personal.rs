//! A person's own connections on the command line.

use serde_json::json;

use super::bed::Bed;
use super::machine::{Machine, upn};

/// A public client that is known everywhere: it stands for a vendor's product.
const PRODUCT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

#[test]
fn connected_listed_changed_and_ended() {
    let bed = Bed::new();
    let noor = Machine::on(&bed.cloud_file()).of("noor.haddad");
    let connect =
        ["connect", "--client-id", PRODUCT, "--product", "Totalview", "--for", "calendar", "--for", "send"];
    let plan = noor.run(&[&connect[..], &["--plan"]].concat()).ends(0);
    assert!(plan.out.contains("Calendars.Read") && plan.out.contains("Mail.Send"), "{}", plan.out);
    noor.run(&connect).ends(130);
    assert_eq!(noor.seen(), "", "nobody went to the browser without a yes");

    let made = noor.run(&[&["--json"][..], &connect[..], &["--yes"]].concat()).ends(0).json();
    assert_eq!((&made["product"], &made["upn"]), (&json!("Totalview"), &json!(upn("noor.haddad"))));
    let id = made["id"].as_str().unwrap();

    // People who administer and people who connect are in one list, told apart.
    let listed = noor.run(&["--json", "accounts"]).ends(0).json();
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["kind"]), (1, &json!("connection")));
    let plain = noor.run(&["accounts", "--check"]).ends(0);
    assert!(plain.out.starts_with("connected  Noor Haddad") && plain.out.contains("works"), "{}", plain.out);
    let sent = noor.run(&["accounts", id, "--test-message"]).ends(0);
    assert!(sent.out.contains("A test message went to"), "{}", sent.out);
    let saved = noor.run(&["--json", "accounts", id, "--save-file"]).ends(0).json();
    let file = std::fs::read_to_string(saved["path"].as_str().unwrap()).unwrap();
    assert!(file.contains("gatehouse-connection/1"), "{file}");

    // A token is printed when it is asked for by name, and then alone.
    let token = noor.run(&["accounts", id, "--show-token"]).ends(0).out.trim().to_owned();
    assert!(token.len() > 100 && !token.contains(' '), "{token}");
    assert!(!file.contains(&token));

    let less = noor.run(&["connect", "--connection", id, "--for", "calendar"]).ends(0);
    assert!(less.out.contains("Stays: Microsoft still allows Totalview"), "{}", less.out);

    noor.run(&["disconnect", id]).ends(130);
    let ended = noor.run(&["disconnect", id, "--yes", "--look-first"]).ends(0);
    assert!(
        ended.out.contains("deleted from this computer") && ended.out.contains("/myapps"),
        "{}",
        ended.out
    );
    assert_eq!(noor.run(&["--json", "accounts"]).ends(0).json(), json!([]));
    noor.run(&["disconnect", id, "--yes"]).ends(1);
}

#[test]
fn an_ended_session_and_the_wrong_account_end_with_their_codes() {
    let bed = Bed::new();
    let mut machine = Machine::on(&bed.cloud_file()).of("noor.haddad");
    let connect = ["--json", "connect", "--client-id", PRODUCT, "--for", "mail", "--yes"];
    let id = machine.run(&connect).ends(0).json()["id"].as_str().unwrap().to_owned();
    bed.look(|tables| {
        let person = tables.user(&upn("noor.haddad")).unwrap().text("id").to_owned();
        tables.oauth2_permission_grants.retain(|_, grant| grant.text("principalId") != person);
    });
    let checked = machine.run(&["--json", "accounts", &id, "--check"]).ends(3).json();
    assert_eq!(checked["state"]["kind"], json!("reconnect"));

    machine.person_is("erik.johansson");
    let wrong = machine.run(&["--json", "connect", "--connection", &id, "--yes"]).ends(1).json();
    assert_eq!(wrong["error"]["code"], json!("wrongAccount"));
    machine.person_is("noor.haddad");
    let back = machine.run(&["--json", "connect", "--connection", &id, "--yes"]).ends(0).json();
    assert_eq!(back["state"]["kind"], json!("works"));
}
