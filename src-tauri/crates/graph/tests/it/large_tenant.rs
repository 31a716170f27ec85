//! Fifty thousand registrations.

use graph::{applications, resources::Application};

use crate::fault_server::{Answer, FaultServer};
use crate::world::World;

const REGISTRATIONS: usize = 50_000;
const PAGE: usize = 999;

/// Text and not `json!`: the test is about the client, not about building a megabyte of values.
fn registration(n: usize) -> String {
    format!(
        r#"{{"id":"11111111-1111-4111-8111-{n:012}","appId":"33333333-3333-4333-8333-{n:012}","displayName":"App {n}",
        "tags":[],"keyCredentials":[],"passwordCredentials":[{{"keyId":"66666666-6666-4666-8666-{n:012}","displayName":"s",
        "hint":"abc","customKeyIdentifier":null,"secretText":null,"startDateTime":"2025-11-20T00:00:00Z",
        "endDateTime":"2026-12-20T00:00:00Z"}}]}}"#
    )
}

#[tokio::test]
async fn a_large_organisation_takes_one_request_for_each_page_and_nothing_more() {
    let server = FaultServer::answering(|n, request| {
        let range = n * PAGE..((n + 1) * PAGE).min(REGISTRATIONS);
        let link = match request.header("host") {
            Some(host) if range.end < REGISTRATIONS => {
                format!(r#","@odata.nextLink":"http://{host}/v1.0/applications?$skiptoken={n}""#)
            }
            _ => String::new(),
        };
        let value = range.map(registration).collect::<Vec<_>>().join(",");
        Answer::text(200, &[], &format!(r#"{{"value":[{value}]{link}}}"#))
    })
    .await;
    let mut pager = World::default().client(server.url()).pages(applications::list());
    let first = pager.next_page().await.unwrap().unwrap();
    assert_eq!(
        (first.value.len(), server.received().len()),
        (PAGE, 1),
        "the first rows do not wait for the last"
    );
    let mut seen = first.value.len();
    let mut last: Option<Application> = None;
    while let Some(page) = pager.next_page().await.unwrap() {
        seen += page.value.len();
        last = page.value.into_iter().next_back();
    }
    assert_eq!((seen, server.received().len()), (REGISTRATIONS, 51));
    let last = last.unwrap();
    assert_eq!(last.display_name.as_deref(), Some("App 49999"));
    assert_eq!(last.password_credentials[0].end_date_time, Some("2026-12-20T00:00:00Z".parse().unwrap()));
    assert_eq!(server.connections(), 1, "one connection is kept");
}
