//! The admin endpoint itself: who is let in, how it refuses, pages and batches.

use practice::Options;
use serde_json::{Value, json};

use crate::graph_world::{EXCHANGE, GLOBAL_ADMINISTRATOR, GLOBAL_READER, Reply, USER_ADMINISTRATOR, World};

const OUTLOOK: &str = "https://outlook.office365.com";
const EXCHANGE_ADMINISTRATOR: &str = "ingrid.solberg@lindqvist-practice.example";
const ELIGIBLE: &str = "priya.raman@lindqvist-practice.example";

/// What the cmdlet said, without code and exception type.
fn said(reply: &Reply) -> &str {
    let message = reply.body["error"]["details"][0]["message"].as_str().unwrap_or_default();
    message.rsplit('|').next().unwrap()
}

#[tokio::test]
async fn both_addresses_and_versions_answer() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let body = json!({ "CmdletInput": { "CmdletName": "Get-AcceptedDomain" } });
    for root in ["adminapi/beta", "adminapi/v1.0", "exchange/adminapi/beta", "exchange/adminapi/v1.0"] {
        let url = format!("{}/{root}/{}/InvokeCommand", world.base(), world.tenant.tenant_id());
        let found = admin.post(&url, body.clone()).await.expect(200);
        assert_eq!(found.value().iter().filter(|domain| domain["Default"] == true).count(), 1, "{root}");
    }
    let url = world.cmdlets("InvokeCommand");
    assert_eq!(admin.get(&url).await.status, 405);
    assert_eq!(admin.post(&url.replace("beta", "v9"), body.clone()).await.status, 404);
    let elsewhere = url.replace(world.tenant.tenant_id(), "00000000-0000-4000-8000-000000000000");
    assert_eq!(admin.post(&elsewhere, body).await.status, 403);
}

#[tokio::test]
async fn tokens_without_the_permission_are_turned_away_with_401() {
    let world = World::start().await;
    let url = world.cmdlets("InvokeCommand");
    let body = json!({ "CmdletInput": { "CmdletName": "Get-AcceptedDomain" } }).to_string();
    let nobody = world.send(reqwest::Method::POST, &url, &[], Some(body)).await.expect(401);
    assert!(nobody.header("www-authenticate").contains("authorization_uri="), "{:?}", nobody.headers);
    assert_eq!(nobody.text, "");
    let graph = world.person_with(GLOBAL_ADMINISTRATOR, "Directory.Read.All").await;
    graph.run("Get-AcceptedDomain", json!({})).await.expect(401);
    let mail = world.person_for(GLOBAL_ADMINISTRATOR, EXCHANGE, OUTLOOK, "EWS.AccessAsUser.All").await;
    let refused = mail.run("Get-AcceptedDomain", json!({})).await.expect(401);
    assert!(refused.header("x-ms-diagnostics").starts_with("2000008;"), "{:?}", refused.headers);
}

#[tokio::test]
async fn people_without_an_active_role_are_turned_away_with_403_and_no_body() {
    let world = World::start().await;
    for upn in [USER_ADMINISTRATOR, ELIGIBLE] {
        let person = world.exchange_person(upn).await;
        let refused = person.run("Get-Mailbox", json!({})).await.expect(403);
        assert_eq!(refused.text, "", "{upn}");
        assert!(refused.header("x-ms-diagnostics").contains("management roles"), "{:?}", refused.headers);
        assert!(!refused.header("request-id").is_empty());
    }
    let admin = world.exchange_person(EXCHANGE_ADMINISTRATOR).await;
    admin.run("Get-Mailbox", json!({})).await.expect(200);
}

#[tokio::test]
async fn an_application_needs_the_permission_and_a_role() {
    let world = World::start().await;
    let without = world.application_for(EXCHANGE, OUTLOOK, &["full_access_as_app"]).await;
    without.run("Get-Mailbox", json!({})).await.expect(401);
    let app = world.application_for(EXCHANGE, OUTLOOK, &["Exchange.ManageAsApp"]).await;
    app.run("Get-Mailbox", json!({})).await.expect(403);
    world.tenant.tables(|tables| {
        let assignment = json!({
            "id": "a", "principalId": app.id, "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de", "directoryScopeId": "/",
        });
        tables.role_assignments.insert("a".into(), crate::graph_world::row(&assignment));
    });
    app.run("Get-Mailbox", json!({})).await.expect(200);
}

#[tokio::test]
async fn what_one_may_not_run_does_not_exist() {
    let world = World::start().await;
    let reader = world.exchange_person(GLOBAL_READER).await;
    reader.run("Get-ManagementScope", json!({})).await.expect(200);
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    for (caller, cmdlet) in [(&reader, "New-ManagementScope"), (&admin, "Get-Nothing")] {
        let refused = caller.run(cmdlet, json!({ "Name": "x" })).await.expect(403);
        assert!(
            !refused.text.is_empty() && refused.text.chars().all(|character| character == '\0'),
            "{cmdlet}"
        );
    }
}

#[tokio::test]
async fn wrong_parameters_fail_as_exchange_fails_them() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let unknown = admin.run("Get-Mailbox", json!({ "Identiti": "x" })).await.expect(400);
    assert_eq!(said(&unknown), "A parameter cannot be found that matches parameter name 'Identiti'.");
    assert_eq!(unknown.body["error"]["message"], "Error executing cmdlet");
    let missing = admin
        .run("New-ManagementScope", json!({ "RecipientRestrictionFilter": "Alias -eq 'x'" }))
        .await
        .expect(400);
    assert!(said(&missing).ends_with("missing mandatory parameters: Name."), "{}", missing.text);
    let gone = admin.run("Get-Mailbox", json!({ "Identity": "nobody@x" })).await.expect(404);
    assert_eq!(gone.code(), "NotFound");
    assert!(
        gone.body["error"]["details"][0]["message"]
            .as_str()
            .unwrap()
            .starts_with("Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'nobody@x'"),
        "{}",
        gone.text
    );
    // Names in any case, common parameters, and null are fine.
    admin
        .run("get-mailbox", json!({ "identity": null, "ErrorAction": "Stop", "ResultSize": "Unlimited" }))
        .await
        .expect(200);
    let unreadable = admin.post(&world.cmdlets("InvokeCommand"), json!({ "Cmdlet": 1 })).await;
    assert_eq!(unreadable.status, 400);
}

#[tokio::test]
async fn pages_are_followed_by_sending_the_same_body_again() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let everybody = admin.run("Get-Mailbox", json!({})).await.expect(200).value().len();
    let body = json!({ "CmdletInput": { "CmdletName": "Get-Mailbox", "Parameters": {} } });
    let mut url = world.cmdlets("InvokeCommand");
    let mut addresses = std::collections::BTreeSet::new();
    let mut pages = 0;
    loop {
        let page = admin.with("Prefer", "odata.maxpagesize=10").post(&url, body.clone()).await.expect(200);
        assert!(page.value().len() <= 10);
        addresses.extend(page.all("PrimarySmtpAddress").iter().map(|address| (*address).to_owned()));
        pages += 1;
        let Some(next) = page.body["@odata.nextLink"].as_str() else { break };
        assert_eq!(page.body["@adminapi.warnings"].as_array().unwrap().len(), 1);
        url = next.to_owned();
    }
    assert_eq!((addresses.len(), pages), (everybody, everybody.div_ceil(10)));

    let first = admin.with("Prefer", "odata.maxpagesize=5").run("Get-Recipient", json!({})).await.expect(200);
    let next = first.text("@odata.nextLink");
    assert!(next.starts_with(&world.cmdlets("InvokeCommand")), "{next}");
    assert_eq!(admin.post(&next, body).await.status, 400, "a link of another command");
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(11));
    let again = json!({ "CmdletInput": { "CmdletName": "Get-Recipient", "Parameters": {} } });
    assert_eq!(admin.post(&next, again).await.status, 400, "a link that is too old");
}

#[tokio::test]
async fn select_narrows_the_objects() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let url = format!("{}?$select=Alias,PrimarySmtpAddress", world.cmdlets("InvokeCommand"));
    let body = json!({ "CmdletInput": { "CmdletName": "Get-Mailbox", "Parameters": { "Identity": GLOBAL_ADMINISTRATOR } } });
    let one = admin.post(&url, body).await.expect(200);
    assert_eq!(
        one.value(),
        [json!({ "Alias": "astrid.lindqvist", "PrimarySmtpAddress": GLOBAL_ADMINISTRATOR })]
    );
}

#[tokio::test]
async fn ten_commands_fit_into_a_batch_and_each_has_its_own_fate() {
    let world = World::start().await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let member = |id: usize, cmdlet: &str| {
        json!({
            "id": id.to_string(), "method": "POST", "url": world.cmdlets("InvokeCommand"),
            "body": { "CmdletInput": { "CmdletName": cmdlet, "Parameters": { "Identity": "nobody" } } },
        })
    };
    let batch = world.cmdlets("$batch");
    let requests = json!({ "requests": [member(1, "Get-Mailbox"), member(2, "Get-Nothing"), member(3, "Get-ManagementScope")] });
    let answer = admin.post(&batch, requests).await.expect(200);
    let fates: Vec<&Value> =
        answer.body["responses"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(fates, [404, 403, 404]);
    let many: Vec<Value> = (0..11).map(|id| member(id, "Get-Mailbox")).collect();
    admin.post(&batch, json!({ "requests": many })).await.expect(400);
}

#[tokio::test]
async fn faults_reach_the_endpoint_too() {
    let world = World::with(Options::default()).await;
    let admin = world.exchange_person(GLOBAL_ADMINISTRATOR).await;
    let busy = practice::Action::Throttle { retry_after: Some(3) };
    world.tenant.faults().arm(practice::Fault::on("POST", "/exchange/adminapi/**", busy).once());
    let refused = admin.run("Get-Mailbox", json!({})).await.expect(429);
    assert_eq!(refused.header("retry-after"), "3");
    admin.run("Get-Mailbox", json!({})).await.expect(200);
    assert_eq!(
        world.tenant.requests().last().unwrap().path,
        world.cmdlets("InvokeCommand").replace(&world.base(), "")
    );
}
