//! C: the Exchange service account of Cirrus Insight.

use serde_json::json;

use super::{DOMAIN, GROUP, INSIDE, begin, field, set_up, stands, undo_all};

const ACCOUNT: &str = "svc-cirrus@lindqvist-practice.example";

#[test]
fn row_c1_a_service_account_with_a_mailbox_is_made_and_undone() {
    let (bed, machine) = begin(&["people"]);
    let before = bed.state();
    let account = format!("account={ACCOUNT}");
    let domains = format!("domains={DOMAIN}");
    let arguments = [
        "cirrus-insight-exchange",
        "--input",
        &account,
        "--input",
        "country=SE",
        "--input",
        "licence=SPB",
        "--input",
        &domains,
    ];
    let run = set_up(&machine, &arguments);
    assert!(run["steps"].as_array().unwrap().len() > 5, "{run}");
    assert!(bed.has_mailbox(ACCOUNT));
    let view = super::connection(&machine);
    let shown = machine.run(&["status", &machine.connection()]).ends(0);
    assert!(!shown.out.contains("password:"), "{}", shown.out);
    assert!(view["summary"]["connectorName"].as_str().unwrap().contains("Cirrus"), "{view}");
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Cirrus Insight Exchange service account");
    bed.is_as(&before);
}

/// The account's mailbox lies in the group that the app is limited to.
#[test]
fn row_c5_access_is_limited_to_a_group() {
    let (bed, machine) = begin(&["mailboxes", "people"]);
    let before = bed.state();
    let account = format!("account={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let limit = format!("service-account=group:{GROUP}");
    let arguments =
        ["cirrus-insight-exchange", "--input", &account, "--input", &domains, "--mailboxes", &limit];
    set_up(&machine, &arguments);
    stands(&bed, &machine, &arguments);
    undo_all(&machine, "Set up Cirrus Insight Exchange service account");
    bed.is_as(&before);
}

/// An account that exists is taken as it is, and left as it was.
#[test]
fn row_c1_an_account_that_exists_is_chosen_and_not_touched() {
    let (bed, machine) = begin(&["mailboxes", "people"]);
    let before = bed.state();
    let account = format!("account={INSIDE}");
    let domains = format!("domains={DOMAIN}");
    let run = set_up(&machine, &["cirrus-insight-exchange", "--input", &account, "--input", &domains]);
    let steps = run["steps"].as_array().unwrap();
    let of_account: Vec<_> =
        steps.iter().filter(|step| step["step"]["id"].as_str().unwrap().starts_with("account:")).collect();
    assert!(of_account.iter().all(|step| step["step"]["already"] == json!(true)), "{of_account:?}");
    undo_all(&machine, "Set up Cirrus Insight Exchange service account");
    bed.is_as(&before);
}

/// An Exchange Server still knows impersonation: the script carries the person's own values, quoted.
#[test]
fn row_c2_c3_an_exchange_server_gets_a_reviewed_script() {
    let (_bed, machine) = begin(&["people"]);
    let account = format!("account={INSIDE}");
    let group = format!("group={GROUP}");
    let run = machine.run(&[
        "--json",
        "setup",
        "cirrus-insight-exchange",
        "--input",
        "mailboxes=server",
        "--input",
        &account,
        "--input",
        &group,
        "--input",
        "ews-address=https://mail.lindqvist-practice.example/EWS/Exchange.asmx",
        "--yes",
    ]);
    run.ends(0);
    let view = super::connection(&machine);
    let scripts: Vec<&str> = view["followUps"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["script"]["text"].as_str())
        .collect();
    assert_eq!(scripts.len(), 1, "{view:#}");
    for words in ["ApplicationImpersonation", INSIDE, GROUP] {
        assert!(scripts[0].contains(words), "{words}");
    }
    assert_eq!(
        field(&view, "EWS address")["value"],
        json!("https://mail.lindqvist-practice.example/EWS/Exchange.asmx")
    );
}

/// In Exchange Online the old way is named as gone, with what took its place.
#[test]
fn row_c2_the_retired_way_is_recognised_and_explained() {
    let (_bed, machine) = begin(&["mailboxes"]);
    let view = machine.run(&["--json", "connectors", "cirrus-insight-exchange"]).ends(0).json();
    let legacy = view["summary"]["legacy"].as_str().unwrap();
    assert!(legacy.contains("ApplicationImpersonation") && legacy.contains("2025"), "{legacy}");
    // The vendor's app and Exchange Web Services: how long, and what to do.
    let ews = machine.run(&["--json", "ews", "11111111-2222-4333-8444-555555555555"]).ends(0).json();
    assert!(
        ews["advice"].as_array().unwrap().iter().any(|one| one.as_str().unwrap().contains("Graph")),
        "{ews}"
    );
    assert!(ews["script"].is_null() || ews["script"]["text"].as_str().unwrap().contains("EwsAllowedAppIDs"));
}
