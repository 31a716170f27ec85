//! What went wrong is told apart, and above all whether the server may have acted on the request.

use std::time::Duration;

use net::http::{ClientOptions, ProxySource};
use net::{NetError, Sent};
use tokio::net::TcpListener;

use crate::server::{direct, head, serve};

async fn failure(url: &str) -> NetError {
    direct().post(url).body("x").send().await.unwrap_err().into()
}

#[tokio::test]
async fn a_closed_port_is_refused_before_sending() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = failure(&format!("http://{address}/")).await;
    assert_eq!(error, NetError::Connect);
    assert!(error.is_before_send());
}

#[tokio::test]
async fn an_unknown_name_means_no_network() {
    let error = failure("http://no-such-host.invalid/").await;
    assert_eq!(error, NetError::Offline);
    assert!(error.is_before_send());
}

#[tokio::test]
async fn silence_after_the_request_may_have_done_something() {
    let address = serve(|mut stream| async move {
        head(&mut stream).await;
        std::future::pending::<()>().await;
    })
    .await;
    let impatient = net::http::client(&ClientOptions {
        proxy: ProxySource::Direct,
        read_timeout: Duration::from_millis(50),
        ..ClientOptions::new("test")
    })
    .unwrap();
    let error: NetError = impatient.post(format!("http://{address}/")).send().await.unwrap_err().into();
    assert_eq!(error, NetError::Timeout(Sent::Maybe));
    assert!(!error.is_before_send());
}

#[tokio::test]
async fn a_connection_cut_after_the_request_may_have_done_something() {
    let address = serve(|mut stream| async move {
        head(&mut stream).await;
    })
    .await;
    let error = failure(&format!("http://{address}/")).await;
    assert_eq!(error, NetError::Reset(Sent::Maybe));
    assert!(!error.is_before_send());
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_an_error_without_text_from_the_server() {
    let address = crate::server::answering(b"canary canary canary\r\n\r\n".to_vec()).await;
    let error = failure(&format!("http://{address}/?canary")).await;
    assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
    assert!(!error.is_before_send());
}

#[tokio::test]
async fn a_malformed_address_is_our_own_mistake() {
    assert_eq!(failure("not an address").await, NetError::Request);
}
