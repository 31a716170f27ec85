//! Attack 26: the way out through a proxy, and that this computer is never asked of one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use net::NetError;
use net::http::{ClientOptions, ProxySource};
use tokio::io::AsyncWriteExt as _;

use crate::server::{answering, head, serve};

fn through(proxy: &str) -> reqwest::Client {
    net::http::client(&ClientOptions {
        proxy: ProxySource::Fixed(proxy.parse().unwrap()),
        ..ClientOptions::new("test")
    })
    .unwrap()
}

#[tokio::test]
async fn loopback_never_goes_through_a_proxy() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let proxy = serve(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        async {}
    })
    .await;
    let server = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
    let client = through(&format!("http://{proxy}"));
    for host in ["127.0.0.1", "localhost"] {
        let answer = client.get(format!("http://{host}:{}/", server.port())).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    // The same client does ask the proxy for anything else, so the count above means something.
    let _ = client.get("http://elsewhere.invalid/").send().await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_named_as_such() {
    let proxy = answering(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".to_vec()).await;
    let error: NetError =
        through(&format!("http://{proxy}")).get("https://graph.invalid/").send().await.unwrap_err().into();
    assert_eq!(error, NetError::ProxyAuth);
    assert!(error.is_before_send());
}

#[tokio::test]
async fn proxy_credentials_reach_the_proxy_and_no_message() {
    let (sent, mut heads) = tokio::sync::mpsc::channel(1);
    let proxy = serve(move |mut stream| {
        let sent = sent.clone();
        async move {
            sent.send(head(&mut stream).await).await.unwrap();
            let _ = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").await;
        }
    })
    .await;
    let client = through(&format!("http://user:canary@{proxy}"));
    assert!(!format!("{client:?}").contains("canary"));
    let error: NetError = client.get("https://graph.invalid/").send().await.unwrap_err().into();
    assert!(!format!("{error:?} {error}").contains("canary"));
    assert_eq!(error, NetError::Connect);
    let head = heads.recv().await.unwrap().to_ascii_lowercase();
    assert!(
        head.starts_with("connect graph.invalid:443 ") && head.contains("proxy-authorization: basic "),
        "{head}"
    );
}
