//! Answers that want to do harm.

use graph::{GraphError, Outcome, applications, directory};
use net::NetError;
use proptest::prelude::*;

use crate::fault_server::{Answer, FaultServer};
use crate::world::{World, application};

/// Deflate data of `megabytes` of zeros: one fixed block of matches "258 bytes, distance 1" (RFC 1951), in gzip's frame.
fn gzip_bomb(megabytes: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false]; // last block, fixed codes
    bits.extend([false, false, true, true, false, false, false, false]); // literal 0
    for _ in 0..megabytes * 1024 * 1024 / 258 {
        bits.extend([true, true, false, false, false, true, false, true]); // length 258
        bits.extend([false; 5]); // distance 1
    }
    bits.extend([false; 7]); // end of block
    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bomb.extend(
        bits.chunks(8).map(|byte| byte.iter().enumerate().map(|(i, bit)| u8::from(*bit) << i).sum::<u8>()),
    );
    bomb
}

#[tokio::test]
async fn a_gzip_bomb_is_refused() {
    let bomb = gzip_bomb(64);
    assert!(bomb.len() < 512 * 1024);
    let server = FaultServer::with([Answer::body(200, &[("Content-Encoding", "gzip")], &bomb)]).await;
    let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(matches!(error, GraphError::Network { fault: NetError::BodyTooLarge { .. }, .. }), "{error:?}");
}

#[tokio::test]
async fn an_endless_body_is_left_early() {
    let server = FaultServer::with([Answer::Endless]).await;
    let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(matches!(error, GraphError::Network { fault: NetError::BodyTooLarge { .. }, .. }), "{error:?}");
    assert!(server.streamed() < 64 * 1024 * 1024, "{}", server.streamed());
}

#[tokio::test]
async fn a_body_announced_as_a_gigabyte_is_not_read() {
    let server = FaultServer::with([Answer::Bytes(
        b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n{".to_vec(),
    )])
    .await;
    let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(matches!(error, GraphError::Network { fault: NetError::BodyTooLarge { .. }, .. }), "{error:?}");
}

#[tokio::test]
async fn json_that_is_deep_or_wrong_is_an_error() {
    let deep = format!("{{\"id\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    for body in [
        deep.as_str(),
        "{\"id\":NaN}",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"id\":\"..\"}",
        "{\"id\":\"\"}",
        "[]",
        "\0\0\0",
        "nul",
        "{}",
    ] {
        let server = FaultServer::with([Answer::text(200, &[], body)]).await;
        let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
        assert!(matches!(error, GraphError::Unreadable { .. }), "{}: {error:?}", &body[..body.len().min(40)]);
        assert_eq!(error.outcome(), Outcome::Refused, "it was only a read");
    }
}

#[tokio::test]
async fn depth_in_a_field_that_nobody_reads_is_harmless() {
    let deep = format!("{{\"id\":\"x\",\"more\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let server = FaultServer::with([Answer::text(200, &[], &deep)]).await;
    World::default().client(server.url()).send(directory::me()).await.unwrap();
}

#[tokio::test]
async fn a_sign_in_page_of_a_network_is_never_a_success() {
    let page = "<!DOCTYPE html><title>Hotel</title>";
    for status in [200, 403, 511] {
        let server = FaultServer::with([Answer::text(status, &[("Content-Type", "text/html")], page)]).await;
        let error = World::default()
            .client(server.url())
            .send(applications::remove(&application()))
            .await
            .unwrap_err();
        let expected = GraphError::Network { fault: NetError::WebPage, outcome: Outcome::Ambiguous };
        assert_eq!(error, expected, "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = FaultServer::answering(|_, _| Answer::status(200)).await;
    for status in [301, 302, 303, 307, 308] {
        let to = other.url().to_string();
        let server = FaultServer::with([Answer::text(status, &[("Location", &to)], "")]).await;
        let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
        assert_eq!(error, GraphError::Redirected { status });
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn a_client_is_not_made_for_an_address_in_plain_text() {
    for base in
        ["http://graph.microsoft.com", "ftp://localhost", "https://user:pw@graph.microsoft.com", "data:x"]
    {
        let world = World::default();
        let clock = world.clone();
        let made = graph::GraphClient::new(
            crate::world::http(),
            base.parse().unwrap(),
            std::sync::Arc::new(world),
            std::sync::Arc::new(move || clock.now()),
        );
        assert!(made.is_err(), "{base}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn any_bytes_as_a_body_are_an_error_and_not_a_panic(status in 200u16..600, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = FaultServer::answering(move |_, _| Answer::body(status, &[("Connection", "close")], &body)).await;
            let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
            let _ = (error.to_string(), format!("{error:?}"));
        });
    }
}
