//! Lists in pages.

use futures_util::StreamExt;
use graph::{GraphError, applications, directory};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fault_server::{Answer, FaultServer};
use crate::world::World;

fn user(n: usize) -> Value {
    json!({"id": format!("44444444-4444-4444-8444-{n:012}")})
}

fn next(request: &crate::fault_server::Received, to: &str) -> String {
    format!("http://{}{to}", request.header("host").unwrap())
}

#[tokio::test]
async fn all_pages_are_read_and_an_empty_one_is_not_the_end() {
    let server = FaultServer::answering(|n, request| match n {
        0 => Answer::json(200, &json!({"value": [user(1), user(2)], "@odata.nextLink": next(request, "/v1.0/users?$skiptoken=a%20b")})),
        1 => Answer::json(200, &json!({"value": [], "@odata.nextLink": next(request, "/v1.0/users?$skiptoken=c")})),
        _ => Answer::json(200, &json!({"value": [user(3)]})),
    })
    .await;
    let users = World::default().client(server.url()).all(directory::users()).await.unwrap();
    assert_eq!(users.len(), 3);
    let targets: Vec<_> = server.received().iter().map(|request| request.target.clone()).collect();
    assert_eq!(
        targets[1..],
        ["/v1.0/users?$skiptoken=a%20b", "/v1.0/users?$skiptoken=c"],
        "links are used as given"
    );
    assert!(targets[0].contains("$top=999") && targets[0].contains("$select="), "{}", targets[0]);
}

#[tokio::test]
async fn the_consistency_level_is_sent_with_every_page() {
    let server = FaultServer::answering(|n, request| match n {
        0 => Answer::json(200, &json!({"value": [], "@odata.count": 2, "@odata.nextLink": next(request, "/v1.0/applications?$skiptoken=1")})),
        _ => Answer::json(200, &json!({"value": []})),
    })
    .await;
    World::default().client(server.url()).all(applications::search("Total \"view\" \\ x")).await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    for request in &received {
        assert_eq!(request.header("consistencylevel"), Some("eventual"));
    }
    assert!(
        received[0].target.contains("%22displayName%3ATotal%20%5C%22view%5C%22%20%5C%5C%20x%22"),
        "{}",
        received[0].target
    );
}

#[tokio::test]
async fn a_link_to_another_host_is_refused_and_the_token_stays() {
    let foreign = FaultServer::answering(|_, _| Answer::json(200, &json!({"value": []}))).await;
    let other = foreign.url();
    let port = other.port().unwrap();
    for link in [
        format!("{other}v1.0/users"),
        format!("http://localhost:{port}/v1.0/users"),
        "https://graph.microsoft.com.evil.example/v1.0/users".to_owned(),
        "//evil.example/v1.0/users".to_owned(),
        "ftp://127.0.0.1/v1.0/users".to_owned(),
    ] {
        let page = json!({"value": [user(1)], "@odata.nextLink": link});
        let server = FaultServer::with([Answer::json(200, &page)]).await;
        let mut pager = World::default().client(server.url()).pages(directory::users());
        let first = pager.next_page().await;
        if first.is_ok() {
            assert_eq!(pager.next_page().await.unwrap_err(), GraphError::ForeignLink, "{link}");
        }
        assert_eq!(server.received().len(), 1);
    }
    assert_eq!(foreign.connections(), 0);
}

#[tokio::test]
async fn a_link_that_only_looks_like_ours_is_refused() {
    for (user_info, path) in
        [("", "/beta/users"), ("", "/v1.0evil"), ("user:pw@", "/v1.0/users"), ("", "/v1.0/../x")]
    {
        let server = FaultServer::answering(move |_, request| {
            let link = format!("http://{user_info}{}{path}", request.header("host").unwrap());
            Answer::json(200, &json!({"value": [], "@odata.nextLink": link}))
        })
        .await;
        let error = World::default().client(server.url()).all(directory::users()).await.unwrap_err();
        assert_eq!(error, GraphError::ForeignLink, "{user_info}{path}");
    }
}

#[tokio::test]
async fn a_page_that_leads_to_itself_ends() {
    let server = FaultServer::answering(|_, request| {
        Answer::json(
            200,
            &json!({"value": [user(1)], "@odata.nextLink": next(request, "/v1.0/users?$skiptoken=same")}),
        )
    })
    .await;
    let error = World::default().client(server.url()).all(directory::users()).await.unwrap_err();
    assert_eq!(error, GraphError::EndlessList);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_page_that_failed_can_be_asked_for_again() {
    let server = FaultServer::answering(|n, request| match n {
        0 => Answer::json(
            200,
            &json!({"value": [user(1)], "@odata.nextLink": next(request, "/v1.0/users?$skiptoken=b")}),
        ),
        1 => Answer::refused(403, &[], "Authorization_RequestDenied", "no"),
        _ => Answer::json(200, &json!({"value": [user(2)]})),
    })
    .await;
    let mut pager = World::default().client(server.url()).pages(directory::users());
    assert_eq!(pager.next_page().await.unwrap().unwrap().value.len(), 1);
    pager.next_page().await.unwrap_err();
    assert_eq!(pager.next_page().await.unwrap().unwrap().value.len(), 1);
    assert!(pager.next_page().await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_gives_the_first_page_before_the_second_is_asked_for() {
    let server = FaultServer::answering(|n, request| match n {
        0 => Answer::json(
            200,
            &json!({"value": [user(1)], "@odata.nextLink": next(request, "/v1.0/users?$skiptoken=b")}),
        ),
        _ => Answer::status(404),
    })
    .await;
    let stream = World::default().client(server.url()).pages(directory::users()).into_stream();
    let mut stream = std::pin::pin!(stream);
    assert!(stream.next().await.unwrap().is_ok());
    assert_eq!(server.received().len(), 1);
    assert!(stream.next().await.unwrap().is_err());
    assert!(stream.next().await.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn however_a_list_is_cut_into_pages_nothing_is_lost_or_doubled(sizes in proptest::collection::vec(0usize..5, 1..8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let cuts = sizes.clone();
            let server = FaultServer::answering(move |n, request| {
                let start: usize = cuts[..n].iter().sum();
                let value: Vec<Value> = (start..start + cuts[n]).map(user).collect();
                if n + 1 < cuts.len() {
                    let link = next(request, &format!("/v1.0/users?$skiptoken={n}"));
                    Answer::json(200, &json!({"value": value, "@odata.nextLink": link}))
                } else {
                    Answer::json(200, &json!({"value": value}))
                }
            })
            .await;
            let users = World::default().client(server.url()).all(directory::users()).await.unwrap();
            let ids: Vec<String> = users.iter().map(|one| one.id.to_string()).collect();
            let expected: Vec<String> =
                (0..sizes.iter().sum()).map(|n| user(n)["id"].as_str().unwrap().to_owned()).collect();
            assert_eq!(ids, expected);
        });
    }
}
