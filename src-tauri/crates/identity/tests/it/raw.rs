//! Requests byte by byte, as no well-behaved client sends them.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::authority::query;

/// The listener of the sign-in that `authorize` starts.
pub(crate) fn listener_of(authorize: &Url) -> SocketAddr {
    let redirect = Url::parse(&query(authorize, "redirect_uri")).unwrap();
    assert_eq!((redirect.scheme(), redirect.host_str()), ("http", Some("localhost")));
    SocketAddr::from(([127, 0, 0, 1], redirect.port().unwrap()))
}

/// Sends `bytes` and returns everything that comes back.
pub(crate) async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The other side may refuse before it has read everything.
    let _ = stream.write_all(bytes).await;
    answer(stream).await
}

pub(crate) async fn answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

pub(crate) fn post(address: SocketAddr, origin: Option<&str>, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    let origin = origin.map(|origin| format!("Origin: {origin}\r\n")).unwrap_or_default();
    format!(
        "POST / HTTP/1.1\r\nHost: localhost:{}\r\n{origin}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        address.port(),
        body.len()
    )
    .into_bytes()
}

/// Posts what the sign-in page would post after a yes.
pub(crate) async fn answer_yes(authorize: &Url) -> String {
    let state = query(authorize, "state");
    let address = listener_of(authorize);
    exchange(address, &post(address, Some("null"), &[("code", "the-code"), ("state", &state)])).await
}

pub(crate) fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// Whether nobody accepts connections there any more.
pub(crate) async fn is_closed(address: SocketAddr) -> bool {
    TcpStream::connect(address).await.is_err()
}
