//! Accounts, licences and usage reports on the wire.

use graph::users::NewAccount;
use graph::{Batch, GraphError, UserRef, groups, licences, probes, reports, users};
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::json;

use crate::fault_server::{Answer, FaultServer};
use crate::world::World;

fn account() -> NewAccount {
    NewAccount {
        account_enabled: true,
        display_name: "Sense".into(),
        mail_nickname: "sense".into(),
        user_principal_name: "sense@contoso.example".into(),
        usage_location: Some("SE".into()),
        employee_id: Some("0123456789abcdef".into()),
    }
}

fn person() -> UserRef {
    UserRef::new("sense@contoso.example").unwrap()
}

#[tokio::test]
async fn a_password_is_on_the_wire_and_nowhere_else() {
    let made = json!({"id": "u", "userPrincipalName": "sense@contoso.example"});
    let server = FaultServer::with([Answer::json(201, &made)]).await;
    let request = users::create(&account(), Some(SecretString::from("canary-password")));
    let told = format!("{request:?} {:?} {}", request.describe(), request.shape());
    assert!(!told.contains("canary"), "{told}");
    let copy = request.clone();
    World::default().client(server.url()).send(request).await.unwrap();
    let sent = server.received()[0].json();
    assert_eq!(sent["passwordProfile"]["password"], "canary-password");
    assert_eq!(sent["passwordProfile"]["forceChangePasswordNextSignIn"], false);
    assert_eq!(copy.describe().body.unwrap()["userPrincipalName"], sent["userPrincipalName"]);
}

#[tokio::test]
async fn an_account_without_its_password_can_be_shown_and_not_sent() {
    let server = FaultServer::with([]).await;
    let client = World::default().client(server.url());
    assert!(users::create(&account(), None).describe().body.is_some());
    assert_eq!(client.send(users::create(&account(), None)).await.unwrap_err(), GraphError::Incomplete);
    let mut batch = Batch::new();
    let slot = batch.add(users::create(&account(), Some("canary".into())));
    assert_eq!(client.batch(batch).await.take(slot).unwrap_err(), GraphError::Incomplete);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_name_that_is_taken_is_told_apart() {
    let text = "Another object with the same value for property userPrincipalName already exists.";
    let server = FaultServer::with([Answer::refused(400, &[], "Request_BadRequest", text)]).await;
    let sent = World::default().client(server.url()).send(users::create(&account(), Some("p".into()))).await;
    assert!(matches!(sent, Err(GraphError::AlreadyExists(_))), "{sent:?}");
}

fn csv(names: &str) -> Answer {
    let text = format!("\u{feff}Report Refresh Date,User Principal Name\n2026-11-18,{names}\n");
    Answer::text(200, &[("content-type", "application/octet-stream")], &text)
}

#[tokio::test]
async fn a_report_is_fetched_once_without_the_token() {
    let server = FaultServer::with([]).await;
    let link = format!("{}download?token=canary", server.url());
    let server = FaultServer::with([Answer::text(
        302,
        &[("location", &link.replace(server.url().as_str(), "/"))],
        "",
    )])
    .await;
    // A relative link names no host that could be checked.
    let refused = World::default().client(server.url()).usage_report().await.unwrap_err();
    assert!(matches!(refused, GraphError::Unreadable { .. }), "{refused:?}");
    assert!(!format!("{refused:?}").contains("canary"));
}

#[tokio::test]
async fn a_report_elsewhere_than_at_microsoft_is_not_asked_for() {
    for host in [
        "https://reports.office.com.evil.example/x",
        "https://evil.example/reports.office.com",
        "http://reports.office.com/x",
        "https://reports.office.com:8443/x",
        "https://user@reports.office.com/x",
        "https://reports.evil.office.com/x",
        "https://www.office.com/x",
    ] {
        let server = FaultServer::with([Answer::text(302, &[("location", host)], "")]).await;
        let refused = World::default().client(server.url()).usage_report().await.unwrap_err();
        assert_eq!(refused, GraphError::ForeignLink, "{host}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn a_report_that_is_none_is_said() {
    // Without a redirect there is no report.
    let server = FaultServer::with([csv("ann@contoso.example")]).await;
    let refused = World::default().client(server.url()).usage_report().await.unwrap_err();
    assert!(matches!(refused, GraphError::Unreadable { .. }), "{refused:?}");
    let mut batch = Batch::new();
    let slot = batch.add(reports::active_users());
    let answers = World::default().client(server.url()).batch(batch).await;
    assert_eq!(
        answers.take(slot).unwrap_err(),
        GraphError::Incomplete,
        "a link is never asked for in a batch"
    );
}

#[test]
fn requests_are_what_microsoft_documents() {
    let give = licences::assign(&person(), "sku").describe();
    assert_eq!(give.url, "/v1.0/users/sense@contoso.example/assignLicense");
    assert_eq!(
        give.body.unwrap(),
        json!({"addLicenses": [{"skuId": "sku", "disabledPlans": []}], "removeLicenses": []})
    );
    let take = licences::take_back(&person(), "sku").describe();
    assert_eq!(take.body.unwrap(), json!({"addLicenses": [], "removeLicenses": ["sku"]}));
    let names = reports::conceal_names(false).describe();
    assert_eq!((names.method.as_str(), names.url.as_str()), ("PATCH", "/v1.0/admin/reportSettings"));
    assert_eq!(names.body.unwrap(), json!({"displayConcealedNames": false}));
    assert_eq!(
        reports::active_users().describe().url,
        "/v1.0/reports/getOffice365ActiveUserDetail(period='D7')"
    );
    assert_eq!(
        users::set_usage_location(&person(), None).describe().body.unwrap(),
        json!({"usageLocation": null})
    );
    assert!(groups::search("O'Brien", 5).describe().url.contains("startsWith(displayName,'O''Brien')"));
    let at: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    let event =
        probes::add_event(&graph::mail::Mailbox::Mine, "Test", at, at, "once").describe().body.unwrap();
    assert_eq!((&event["transactionId"], &event["showAs"]), (&json!("once"), &json!("free")));
    assert!(event.get("attendees").is_none(), "nobody is invited");
    assert!(
        probes::remove_event(&graph::mail::Mailbox::Mine, "..").is_none(),
        "an id that would leave the mailbox"
    );
}

#[test]
fn seats_and_mailboxes_are_read_from_what_is_there() {
    let sku: graph::resources::SubscribedSku =
        serde_json::from_value(json!({"skuId": "s", "skuPartNumber": "SPB",
        "consumedUnits": 7, "prepaidUnits": {"enabled": 5, "warning": 1, "suspended": 9}}))
        .unwrap();
    assert_eq!(sku.free(), Some(0), "never less than none");
    let with = |mail: &str, status: &str| -> graph::resources::Account {
        serde_json::from_value(json!({"id": "u", "mail": mail, "assignedLicenses": [{"skuId": "S"}],
            "assignedPlans": [{"service": "exchange", "capabilityStatus": status}]}))
        .unwrap()
    };
    assert!(with("a@contoso.example", "Enabled").has_mailbox());
    assert!(!with("", "Enabled").has_mailbox() && !with("a@contoso.example", "Deleted").has_mailbox());
    assert!(with("", "Enabled").has_license("s"));
}
