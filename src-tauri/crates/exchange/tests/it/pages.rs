//! Lists that come in pages: the same command, sent to the link.

use exchange::{ExchangeError, scopes};
use serde_json::json;

use crate::server::{Server, answer, json as page};
use crate::world::{TENANT, World, named};

#[tokio::test]
async fn the_same_command_is_sent_to_the_next_page() {
    let server = Server::with_links(|base| {
        let next = format!("{base}adminapi/beta/{TENANT}/InvokeCommand?$skiptoken=2");
        [
            page(
                200,
                &json!({"value": [{"Name": "a"}], "@odata.nextLink": next, "@adminapi.warnings": ["one"]}),
            ),
            page(200, &json!({"value": [{"Name": "b"}, {"Name": "c"}], "@adminapi.warnings": ["two"]})),
        ]
    })
    .await;
    let all = World::default().client(&server.base).answer(scopes::list()).await.unwrap();
    assert_eq!(all.value.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(all.warnings, ["one", "two"]);
    let [first, second] = &server.received()[..] else { panic!("two requests") };
    assert_eq!(first.body, second.body);
    assert!(second.line.contains("$skiptoken=2"), "{}", second.line);
}

#[tokio::test]
async fn a_link_to_another_place_is_not_followed() {
    for link in [
        "https://evil.example/adminapi/beta/x/InvokeCommand".to_owned(),
        format!("http://127.0.0.1:1/adminapi/beta/{TENANT}/InvokeCommand"),
        "{base}adminapi/beta/22222222-2222-4222-8222-222222222222/InvokeCommand".to_owned(),
        "{base}other".to_owned(),
    ] {
        let server = Server::with_links(|base| {
            let link = link.replace("{base}", base.as_str());
            [page(200, &json!({"value": [], "@odata.nextLink": link}))]
        })
        .await;
        let refused = World::default().client(&server.base).invoke(scopes::list()).await;
        assert_eq!(refused, Err(ExchangeError::ForeignLink), "{link}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn a_list_that_names_itself_ends() {
    let server = Server::with_links(|base| {
        let own = format!("{base}adminapi/beta/{TENANT}/InvokeCommand");
        [page(200, &json!({"value": [], "@odata.nextLink": own}))]
    })
    .await;
    let endless = World::default().client(&server.base).invoke(scopes::list()).await;
    assert_eq!(endless, Err(ExchangeError::EndlessList));
}

#[tokio::test]
async fn what_writes_is_never_sent_to_a_second_page() {
    let server = Server::with_links(|base| {
        let next = format!("{base}adminapi/beta/{TENANT}/InvokeCommand?$skiptoken=2");
        [page(200, &json!({"value": [], "@odata.nextLink": next}))]
    })
    .await;
    World::default().client(&server.base).invoke(scopes::remove(&named("x"))).await.unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_cmdlet_that_gives_nothing_may_answer_with_nothing() {
    let server = Server::with([answer(200, &[], b""), answer(204, &[], b"")]).await;
    let client = World::default().client(&server.base);
    client.invoke(scopes::remove(&named("x"))).await.unwrap();
    client.invoke(scopes::remove(&named("x"))).await.unwrap();
}
