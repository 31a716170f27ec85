//! Every connector: undone, the organisation is what it was; run again, nothing is written.

use blueprint::Setup;
use tokio_util::sync::CancellationToken;

use super::{NEW, certero, connector, done, everything, run, sense, writes_since};
use crate::setups::{MAILBOX, assert_same, totalview};
use crate::world::{ADMIN, World};

async fn there_and_back(setup: &Setup) {
    let world = World::new(ADMIN);
    let before = everything(&world.tenant);
    let (id, _) = done(&world, setup).await;
    let again = world.plan(setup).await;
    assert!(again.is_settled(), "{:#?}", again.steps.iter().filter(|step| !step.already).collect::<Vec<_>>());
    let mark = world.mark();
    run(&world, again).await;
    let writes: Vec<String> =
        writes_since(&world, mark).into_iter().filter(|one| !one.contains("/sendMail")).collect();
    assert_eq!(writes, Vec::<String>::new(), "{}", setup.connector);
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn cirrus_insight() {
    there_and_back(&connector(
        "cirrus-insight",
        &[("test-mailbox", MAILBOX), ("domains", "lindqvist-practice.example")],
    ))
    .await;
}

#[tokio::test]
async fn cirrus_insight_exchange_with_a_new_account() {
    let answers = [
        ("mailboxes", "online"),
        ("account", NEW),
        ("country", "SE"),
        ("licence", "SPB"),
        ("domains", "lindqvist-practice.example"),
    ];
    there_and_back(&connector("cirrus-insight-exchange", &answers)).await;
}

#[tokio::test]
async fn cirrus_insight_exchange_on_a_server_needs_nothing_here() {
    let setup = connector(
        "cirrus-insight-exchange",
        &[
            ("mailboxes", "server"),
            ("account", "cirrus@contoso.example"),
            ("ews-address", "https://mail.contoso.example/EWS/Exchange.asmx"),
        ],
    );
    assert!(setup.registrations.is_empty() && setup.accounts.is_empty() && !setup.scripts.is_empty());
    let world = World::new(ADMIN);
    let plan = world.plan(&setup).await;
    assert!(plan.steps.is_empty() && plan.is_settled());
}

#[tokio::test]
async fn totalview_both() {
    there_and_back(&totalview()).await;
}

#[tokio::test]
async fn sense_with_a_new_account() {
    there_and_back(&sense(NEW, "SPB")).await;
}

#[tokio::test]
async fn certero_by_itself() {
    there_and_back(&certero("application")).await;
}

#[tokio::test]
async fn certero_for_a_person() {
    there_and_back(&certero("delegated")).await;
}
