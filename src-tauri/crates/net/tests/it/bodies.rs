//! Attack 24: answers that are too large, before and after decompression; and redirects.

use std::io::Write as _;

use net::NetError;
use net::body::{read_limited, read_secret};
use secrecy::ExposeSecret as _;
use tokio::io::AsyncWriteExt as _;

use crate::server::{answering, direct, head, serve};

const LIMIT: usize = 100_000;

fn with_body(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

async fn read(answer: Vec<u8>) -> Result<Vec<u8>, NetError> {
    let address = answering(answer).await;
    let response = direct().get(format!("http://{address}/")).send().await.unwrap();
    read_limited(response, LIMIT).await
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_read_and_one_byte_more_is_not() {
    let whole = vec![b'x'; LIMIT];
    assert_eq!(read(with_body("", &whole)).await.unwrap().len(), LIMIT);
    assert_eq!(read(with_body("", &[b'x'; LIMIT + 1])).await, Err(NetError::BodyTooLarge { limit: LIMIT }));
    let announced = with_body("content-length: 1000000000\r\n", b"x");
    assert_eq!(read(announced).await, Err(NetError::BodyTooLarge { limit: LIMIT }));
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_huge_one_is_refused() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![0_u8; 1024 * 1024];
    for _ in 0..64 {
        packed.write_all(&piece).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < LIMIT, "the bomb itself is below the limit: {}", packed.len());
    let headers = format!("content-encoding: gzip\r\ncontent-length: {}\r\n", packed.len());
    assert_eq!(read(with_body(&headers, &packed)).await, Err(NetError::BodyTooLarge { limit: LIMIT }));
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let address = serve(|mut stream| async move {
        head(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").await;
        while stream.write_all(b"5\r\nxxxxx\r\n").await.is_ok() {}
    })
    .await;
    let response = direct().get(format!("http://{address}/")).send().await.unwrap();
    assert_eq!(read_limited(response, LIMIT).await, Err(NetError::BodyTooLarge { limit: LIMIT }));
}

#[tokio::test]
async fn a_cut_body_is_a_cut_connection_not_a_short_answer() {
    let cut = with_body("content-length: 10\r\n", b"12345");
    assert_eq!(read(cut).await, Err(NetError::Reset(net::Sent::Maybe)));
}

#[tokio::test]
async fn a_secret_body_is_redacted() {
    let address = answering(with_body("", b"canary")).await;
    let response = direct().get(format!("http://{address}/")).send().await.unwrap();
    let secret = read_secret(response, LIMIT).await.unwrap();
    assert_eq!(secret.expose_secret(), b"canary");
    assert!(!format!("{secret:?}").contains("canary"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_credential_stays() {
    let (reached, mut elsewhere) = tokio::sync::mpsc::channel::<String>(1);
    let other = serve(move |mut stream| {
        let reached = reached.clone();
        async move {
            let _ = reached.send(head(&mut stream).await).await;
        }
    })
    .await;
    for status in [301, 302, 303, 307, 308] {
        let moved =
            format!("HTTP/1.1 {status} Moved\r\nlocation: http://{other}/\r\ncontent-length: 0\r\n\r\n");
        let address = answering(moved.into_bytes()).await;
        let response = direct().get(format!("http://{address}/")).bearer_auth("canary").send().await.unwrap();
        assert_eq!(response.status().as_u16(), status);
    }
    assert!(elsewhere.try_recv().is_err(), "nothing may reach the other host");
}
